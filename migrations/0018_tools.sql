-- Tools of the answer box: who is named in notes, prepared texts, actions in a row, tags kept in order.

-- Somebody whom a note names, by their own name or by that of a team.
CREATE TABLE mention (
  message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  user_id    INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  -- As it stands in the note, with its @.
  words      TEXT NOT NULL,
  team_id    INTEGER REFERENCES team (id) ON DELETE SET NULL,
  PRIMARY KEY (message_id, user_id, words)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_of_team ON mention (team_id) WHERE team_id IS NOT NULL;

-- Where somebody is named: one row for a person and a conversation, so that the list of them is one sorted run per inbox.
CREATE TABLE mention_place (
  user_id         INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  inbox_id        INTEGER NOT NULL REFERENCES inbox (id),
  -- The newest note that names them, and when that was.
  message_id      INTEGER NOT NULL,
  last_at         INTEGER NOT NULL,
  unread          INTEGER NOT NULL CHECK (unread IN (0, 1)),
  PRIMARY KEY (user_id, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_place_listed ON mention_place (user_id, inbox_id, last_at DESC, conversation_id DESC);
CREATE INDEX mention_place_of_conversation ON mention_place (conversation_id);

-- Kept by triggers: how many such conversations there are, and how many of them wait to be opened.
CREATE TABLE mention_counter (
  user_id  INTEGER NOT NULL,
  inbox_id INTEGER NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
  places   INTEGER NOT NULL DEFAULT 0 CHECK (places >= 0),
  unread   INTEGER NOT NULL DEFAULT 0 CHECK (unread >= 0),
  PRIMARY KEY (user_id, inbox_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER mention_counted_insert AFTER INSERT ON mention_place BEGIN
  INSERT INTO mention_counter (user_id, inbox_id, places, unread)
    VALUES (new.user_id, new.inbox_id, 1, new.unread)
    ON CONFLICT DO UPDATE SET places = places + 1, unread = unread + excluded.unread;
END;
CREATE TRIGGER mention_counted_delete AFTER DELETE ON mention_place BEGIN
  UPDATE mention_counter SET places = places - 1, unread = unread - old.unread
   WHERE user_id = old.user_id AND inbox_id = old.inbox_id;
END;
CREATE TRIGGER mention_counted_update AFTER UPDATE OF unread, inbox_id ON mention_place
  WHEN old.unread != new.unread OR old.inbox_id != new.inbox_id
BEGIN
  UPDATE mention_counter SET places = places - 1, unread = unread - old.unread
   WHERE user_id = old.user_id AND inbox_id = old.inbox_id;
  INSERT INTO mention_counter (user_id, inbox_id, places, unread)
    VALUES (new.user_id, new.inbox_id, 1, new.unread)
    ON CONFLICT DO UPDATE SET places = places + 1, unread = unread + excluded.unread;
END;
CREATE TRIGGER mention_moved AFTER UPDATE OF inbox_id ON conversation WHEN old.inbox_id != new.inbox_id BEGIN
  UPDATE mention_place SET inbox_id = new.inbox_id WHERE conversation_id = new.id;
END;

-- Prepared texts. Without an owner: shared with the team.
CREATE TABLE saved_reply (
  id         INTEGER PRIMARY KEY,
  owner_id   INTEGER REFERENCES user (id) ON DELETE CASCADE,
  -- What is typed behind the slash, in lower case.
  code       TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 30),
  title      TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
  text       TEXT NOT NULL CHECK (length(text) <= 20000),
  created_by INTEGER REFERENCES user (id),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX saved_reply_own ON saved_reply (owner_id, code) WHERE owner_id IS NOT NULL;
CREATE UNIQUE INDEX saved_reply_shared ON saved_reply (code) WHERE owner_id IS NULL;
CREATE TABLE saved_reply_file (
  id       INTEGER PRIMARY KEY,
  -- What stands in its address: random, so that it cannot be guessed.
  key      TEXT NOT NULL UNIQUE,
  reply_id INTEGER NOT NULL REFERENCES saved_reply (id) ON DELETE CASCADE,
  blob_id  INTEGER NOT NULL REFERENCES blob (id),
  name     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
  mime     TEXT NOT NULL
) STRICT;
CREATE INDEX saved_reply_file_of ON saved_reply_file (reply_id, id);
CREATE INDEX saved_reply_file_blob ON saved_reply_file (blob_id);

DROP VIEW blob_holder;
CREATE VIEW blob_holder (blob_id) AS
  SELECT photo_id FROM user WHERE photo_id IS NOT NULL
  UNION ALL SELECT logo_id FROM workspace WHERE logo_id IS NOT NULL
  UNION ALL SELECT raw_id FROM message WHERE raw_id IS NOT NULL
  UNION ALL SELECT raw_id FROM inbound
  UNION ALL SELECT blob_id FROM attachment
  UNION ALL SELECT blob_id FROM remote_image WHERE blob_id IS NOT NULL
  UNION ALL SELECT blob_id FROM draft_file
  UNION ALL SELECT blob_id FROM saved_reply_file;

-- Actions in a row, run on demand. Without an owner: shared with the team.
CREATE TABLE macro (
  id         INTEGER PRIMARY KEY,
  owner_id   INTEGER REFERENCES user (id) ON DELETE CASCADE,
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- What happens behind an action that was refused.
  refusal    TEXT NOT NULL CHECK (refusal IN ('stop', 'go_on')),
  created_by INTEGER REFERENCES user (id),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX macro_of ON macro (owner_id, name);
CREATE TABLE macro_step (
  id       INTEGER PRIMARY KEY,
  macro_id INTEGER NOT NULL REFERENCES macro (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind     TEXT NOT NULL CHECK (kind IN ('assign_me', 'assign', 'unassign', 'tag', 'untag', 'priority', 'answer', 'reply',
                                         'note', 'snooze', 'close', 'reopen', 'unread')),
  value    TEXT NOT NULL DEFAULT '' CHECK (length(value) <= 20000),
  -- Whether an answer of it counts as one: nobody waits any more.
  counts   INTEGER NOT NULL DEFAULT 0 CHECK (counts IN (0, 1))
) STRICT;
CREATE INDEX macro_step_of ON macro_step (macro_id, position);

-- What a run did, action by action; its name as it was then.
CREATE TABLE macro_run (
  id              INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  name            TEXT NOT NULL,
  run_by          INTEGER NOT NULL REFERENCES user (id),
  run_at          INTEGER NOT NULL,
  -- Made by the page: the same one twice is one run.
  once            TEXT UNIQUE,
  done            INTEGER NOT NULL,
  refused         INTEGER NOT NULL,
  skipped         INTEGER NOT NULL
) STRICT;
CREATE INDEX macro_run_of ON macro_run (conversation_id, id);

-- Names of tags that are gone, for lines that tell of them. Their numbers are not given again.
CREATE TABLE former_tag (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;
CREATE TRIGGER tag_gone AFTER DELETE ON tag BEGIN
  INSERT INTO former_tag (id, name) VALUES (old.id, old.name);
END;
-- Being taken off everywhere, and what it becomes.
ALTER TABLE tag ADD COLUMN leaving INTEGER NOT NULL DEFAULT 0 CHECK (leaving IN (0, 1));
ALTER TABLE tag ADD COLUMN becomes_id INTEGER REFERENCES tag (id);

INSERT INTO audited_kind (kind) VALUES ('tag.changed'), ('tag.merged'), ('tag.deleted');
