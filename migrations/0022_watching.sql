-- Who follows conversations that are not theirs, who wants to hear nothing of one, and what changes and macros report.

CREATE TABLE watch (
  user_id         INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  -- watching: told as if it were theirs. muted: told nothing of what is written in it.
  level           TEXT NOT NULL CHECK (level IN ('watching', 'muted')),
  set_by          INTEGER REFERENCES user (id),
  set_at          INTEGER NOT NULL,
  PRIMARY KEY (user_id, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX watch_of_conversation ON watch (conversation_id);

-- It ends with the access, in the same transaction, whoever takes that away.
CREATE TRIGGER watch_ended_member AFTER DELETE ON inbox_member BEGIN
  DELETE FROM watch WHERE user_id = old.user_id
    AND NOT EXISTS (SELECT 1 FROM conversation c
                      JOIN inbox_reader r ON r.inbox_id = c.inbox_id AND r.user_id = watch.user_id
                     WHERE c.id = watch.conversation_id);
END;
CREATE TRIGGER watch_ended_right AFTER DELETE ON user_right WHEN old.name = 'conversations' BEGIN
  DELETE FROM watch WHERE user_id = old.user_id;
END;
CREATE TRIGGER watch_ended_user AFTER UPDATE OF state ON user WHEN new.state != 'active' BEGIN
  DELETE FROM watch WHERE user_id = new.id;
END;
CREATE TRIGGER watch_ended_inbox AFTER UPDATE OF access, owner_id ON inbox
  WHEN old.access != new.access OR old.owner_id IS NOT new.owner_id
BEGIN
  DELETE FROM watch
   WHERE user_id IN (SELECT u.id FROM user u
                      WHERE NOT EXISTS (SELECT 1 FROM inbox_reader r WHERE r.inbox_id = new.id AND r.user_id = u.id))
     AND EXISTS (SELECT 1 FROM conversation c WHERE c.id = watch.conversation_id AND c.inbox_id = new.id);
END;
CREATE TRIGGER watch_moved AFTER UPDATE OF inbox_id ON conversation WHEN old.inbox_id != new.inbox_id BEGIN
  DELETE FROM watch
   WHERE conversation_id = new.id
     AND NOT EXISTS (SELECT 1 FROM inbox_reader r WHERE r.inbox_id = new.inbox_id AND r.user_id = watch.user_id);
END;

-- Two more reasons of being told: a message, and a note, in a conversation that somebody watches.
DROP VIEW notification_in_sight;
CREATE TABLE notification_new (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id        INTEGER NOT NULL,
  user_id         INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  message_id      INTEGER REFERENCES message (id) ON DELETE CASCADE,
  cause           TEXT NOT NULL
                  CHECK (cause IN ('mine', 'others', 'unassigned', 'assigned', 'mention', 'watched', 'note')),
  -- Who did it, when it was one of the team.
  by_id           INTEGER REFERENCES user (id),
  desktop         INTEGER NOT NULL CHECK (desktop IN (0, 1)),
  email           INTEGER NOT NULL CHECK (email IN (0, 1)),
  created_at      INTEGER NOT NULL,
  read_at         INTEGER,
  mailed_at       INTEGER,
  UNIQUE (event_id, user_id)
) STRICT;
INSERT INTO notification_new SELECT id, event_id, user_id, conversation_id, message_id, cause, by_id, desktop, email,
                                    created_at, read_at, mailed_at FROM notification;
-- Browsers remember the number they were told last: none is given twice, though all rows may be gone.
DELETE FROM sqlite_sequence WHERE name = 'notification_new';
INSERT INTO sqlite_sequence (name, seq) SELECT 'notification_new', seq FROM sqlite_sequence WHERE name = 'notification';
DROP TABLE notification;
ALTER TABLE notification_new RENAME TO notification;
CREATE INDEX notification_unread ON notification (user_id, conversation_id, id) WHERE read_at IS NULL;
CREATE INDEX notification_fresh ON notification (user_id, id) WHERE read_at IS NULL AND desktop = 1;
CREATE INDEX notification_of_conversation ON notification (conversation_id);
CREATE INDEX notification_of_message ON notification (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX notification_age ON notification (created_at);
CREATE VIEW notification_in_sight AS
  SELECT n.id, n.user_id, n.conversation_id, n.cause, n.desktop, n.email, n.created_at, n.read_at, n.mailed_at,
         c.contact_id, c.subject,
         coalesce(nullif(t.name, ''), (SELECT p.value FROM contact_point p WHERE p.contact_id = t.id
                                        ORDER BY p.is_primary DESC, p.id LIMIT 1), '') AS contact_name,
         coalesce(nullif(m.sender_name, ''), m.sender_address, '') AS sender,
         coalesce(u.name, '') AS by_name, coalesce(m.text, '') AS text
    FROM notification n
    JOIN conversation c ON c.id = n.conversation_id AND c.spam = 0
    JOIN inbox_reader r ON r.inbox_id = c.inbox_id AND r.user_id = n.user_id
    JOIN contact t ON t.id = c.contact_id
    LEFT JOIN message m ON m.id = n.message_id
    LEFT JOIN user u ON u.id = n.by_id;

-- Whether a change of many reached as many as one may have and left others; where it stopped is in reached_at.
ALTER TABLE bulk ADD COLUMN is_cut INTEGER NOT NULL DEFAULT 0 CHECK (is_cut IN (0, 1));

-- How each action of a run ended; kept for the last run in a conversation.
CREATE TABLE macro_run_line (
  run_id   INTEGER NOT NULL REFERENCES macro_run (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  -- As the action was then, shortened; and what the number in it stood for.
  value    TEXT NOT NULL,
  about    TEXT NOT NULL,
  counts   INTEGER NOT NULL CHECK (counts IN (0, 1)),
  ended    TEXT NOT NULL CHECK (ended IN ('done', 'already', 'refused', 'skipped')),
  -- Message key of why it was refused.
  reason   TEXT,
  PRIMARY KEY (run_id, position),
  CHECK ((ended = 'refused') = (reason IS NOT NULL))
) STRICT, WITHOUT ROWID;
