-- Connected accounts and who reads them.

CREATE TABLE inbox (
  id           INTEGER PRIMARY KEY,
  channel      TEXT NOT NULL,
  name         TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- What the customer writes to; one connected account belongs to one inbox.
  external_id  TEXT NOT NULL,
  access       TEXT NOT NULL CHECK (access IN ('all', 'selected', 'owner')),
  owner_id     INTEGER REFERENCES user (id),
  state        TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'disabled')),
  capabilities TEXT NOT NULL CHECK (json_valid(capabilities)),
  settings     TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings)),
  secret       BLOB,
  problem      TEXT,
  last_in_at   INTEGER,
  last_out_at  INTEGER,
  created_at   INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL,
  UNIQUE (channel, external_id)
) STRICT;
CREATE UNIQUE INDEX inbox_name ON inbox (name COLLATE NOCASE);

CREATE TABLE inbox_member (
  inbox_id INTEGER NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
  user_id  INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  PRIMARY KEY (inbox_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_member_user ON inbox_member (user_id, inbox_id);

-- Who reads which inbox: the one place that says it. Every list, count, search, stream and file asks here.
CREATE VIEW inbox_reader (inbox_id, user_id) AS
  SELECT i.id, u.id
    FROM inbox i
    JOIN user u ON u.state = 'active'
    JOIN user_right r ON r.user_id = u.id AND r.name = 'conversations'
   WHERE i.access = 'all'
      OR i.owner_id = u.id
      OR (i.access = 'selected'
          AND EXISTS (SELECT 1 FROM inbox_member m WHERE m.inbox_id = i.id AND m.user_id = u.id));
