-- People who sign in, what they may do, and how they prove who they are.

CREATE TABLE user (
  id            INTEGER PRIMARY KEY,
  email         TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(email) BETWEEN 3 AND 254),
  name          TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  role          TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'agent')),
  password_hash TEXT,
  language      TEXT CHECK (language IN ('pt-BR', 'en')),
  zone          TEXT NOT NULL,
  theme         TEXT NOT NULL DEFAULT 'auto' CHECK (theme IN ('auto', 'light', 'dark')),
  shortcuts     TEXT NOT NULL DEFAULT 'on' CHECK (shortcuts IN ('on', 'off')),
  photo_id      INTEGER REFERENCES blob (id),
  photo_key     TEXT UNIQUE,
  state         TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'disabled')),
  availability  TEXT NOT NULL DEFAULT 'available' CHECK (availability IN ('available', 'unavailable')),
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX user_photo ON user (photo_id) WHERE photo_id IS NOT NULL;
-- One owner, always.
CREATE UNIQUE INDEX user_owner ON user (role) WHERE role = 'owner';

CREATE TABLE user_right (
  user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  name    TEXT NOT NULL CHECK (name IN ('conversations', 'contacts', 'contacts.export', 'cards', 'feed.publish',
                                        'inboxes.manage', 'settings', 'reports', 'audit')),
  PRIMARY KEY (user_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  id         INTEGER PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  user_id    INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  device     TEXT NOT NULL,
  address    TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX session_of_user ON session (user_id, seen_at);

-- Single-use secrets sent to a person: bound to a purpose and, but for the set-up code, to a user.
CREATE TABLE one_time_token (
  id         INTEGER PRIMARY KEY,
  purpose    TEXT NOT NULL CHECK (purpose IN ('setup', 'password_reset')),
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  user_id    INTEGER REFERENCES user (id) ON DELETE CASCADE,
  expires_at INTEGER,
  used_at    INTEGER,
  created_at INTEGER NOT NULL,
  CHECK ((purpose = 'setup') = (user_id IS NULL))
) STRICT;
CREATE INDEX one_time_token_of_user ON one_time_token (user_id, purpose);

-- Mail the product itself sends (reset links and the like): built when queued, delivered by a job.
CREATE TABLE system_mail (
  id         INTEGER PRIMARY KEY,
  sender     TEXT NOT NULL,
  recipient  TEXT NOT NULL,
  raw        BLOB NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed')),
  error      TEXT,
  created_at INTEGER NOT NULL,
  -- When the mail was given but the answer was lost: it is sent once more at most.
  unsure_at  INTEGER,
  sent_at    INTEGER
) STRICT;
