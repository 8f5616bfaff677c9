-- Who handles what: deleting for good, handing out by itself, putting off, tags and priority.

-- A deleted conversation leaves who deleted it and when, so that its open page can say so.
CREATE TABLE deletion (
  conversation_id INTEGER PRIMARY KEY,
  inbox_id        INTEGER NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
  deleted_by      INTEGER REFERENCES user (id),
  deleted_at      INTEGER NOT NULL
) STRICT;

-- The highest numbers that were deleted. A number is never given twice: addresses that customers answer to, facts and
-- jobs name conversations and messages by it.
CREATE TABLE spent_number (
  kind TEXT PRIMARY KEY CHECK (kind IN ('conversation', 'message')),
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO spent_number (kind, last) VALUES ('conversation', 0), ('message', 0);
CREATE TRIGGER conversation_number_spent AFTER DELETE ON conversation BEGIN
  UPDATE spent_number SET last = max(last, old.id) WHERE kind = 'conversation';
END;
CREATE TRIGGER message_number_spent AFTER DELETE ON message BEGIN
  UPDATE spent_number SET last = max(last, old.id) WHERE kind = 'message';
END;
CREATE TRIGGER conversation_number_new AFTER INSERT ON conversation
  WHEN new.id <= (SELECT last FROM spent_number WHERE kind = 'conversation')
BEGIN
  SELECT RAISE(ABORT, 'the number of a deleted conversation is not given again');
END;
CREATE TRIGGER message_number_new AFTER INSERT ON message
  WHEN new.id <= (SELECT last FROM spent_number WHERE kind = 'message')
BEGIN
  SELECT RAISE(ABORT, 'the number of a deleted message is not given again');
END;

-- What came in or went out in a deleted conversation, by the SHA-256 of its key in the journal: the same piece does not
-- come back.
CREATE TABLE forgotten (
  inbox_id        INTEGER NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
  key_hash        BLOB NOT NULL CHECK (length(key_hash) = 32),
  conversation_id INTEGER NOT NULL,
  message_id      INTEGER NOT NULL,
  PRIMARY KEY (inbox_id, key_hash)
) STRICT, WITHOUT ROWID;

-- Words of a deleted message leave the index at once, not when its parts are merged some day.
INSERT INTO message_fts (message_fts, rank) VALUES ('secure-delete', 1);

-- What a deletion follows to the rows that go with it.
CREATE INDEX conversation_linked ON conversation (linked_id) WHERE linked_id IS NOT NULL;
CREATE INDEX inbound_of_message ON inbound (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX read_mark_of_conversation ON read_mark (conversation_id);

-- How an inbox hands out new conversations, and where one goes that was closed when its contact writes again.
CREATE TABLE inbox_assigning (
  inbox_id  INTEGER PRIMARY KEY REFERENCES inbox (id) ON DELETE CASCADE,
  way       TEXT NOT NULL CHECK (way IN ('off', 'round_robin', 'fewest')),
  -- Open conversations of one person, in all inboxes, above which nothing more is handed out to them; none: no limit.
  cap       INTEGER CHECK (cap BETWEEN 1 AND 999),
  reopening TEXT NOT NULL CHECK (reopening IN ('keep', 'release'))
) STRICT;
-- Whose turn it was: the higher, the later.
CREATE TABLE inbox_turn (
  inbox_id INTEGER NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
  user_id  INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  turn     INTEGER NOT NULL,
  PRIMARY KEY (inbox_id, user_id)
) STRICT, WITHOUT ROWID;

-- Put off until a time, or until somebody writes. One stands at a time.
CREATE TABLE snooze (
  id              INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  snoozed_by      INTEGER REFERENCES user (id),
  snoozed_at      INTEGER NOT NULL,
  -- None: until somebody writes.
  until_at        INTEGER,
  ended_at        INTEGER
) STRICT;
CREATE UNIQUE INDEX snooze_standing ON snooze (conversation_id) WHERE ended_at IS NULL;
CREATE INDEX snooze_of_conversation ON snooze (conversation_id);
CREATE INDEX conversation_snoozed ON conversation (inbox_id, last_activity_at DESC, id DESC) WHERE state = 'snoozed';

CREATE TABLE tag (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  -- The name in lower case: one tag for all ways to write it.
  folded     TEXT NOT NULL UNIQUE,
  -- One of the six tints.
  tint       INTEGER NOT NULL CHECK (tint BETWEEN 1 AND 6),
  created_by INTEGER REFERENCES user (id),
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE tagging (
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  tag_id          INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  tagged_by       INTEGER REFERENCES user (id),
  tagged_at       INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tagging_of_tag ON tagging (tag_id, conversation_id);
-- 0 none, 1 low, 2 normal, 3 high, 4 urgent.
ALTER TABLE conversation ADD COLUMN priority INTEGER NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 4);

-- What is put off is counted beside what is open.
ALTER TABLE conversation_counter ADD COLUMN snoozed INTEGER NOT NULL DEFAULT 0 CHECK (snoozed >= 0);
DROP TRIGGER conversation_counted_insert;
DROP TRIGGER conversation_counted_delete;
DROP TRIGGER conversation_counted_update;
CREATE TRIGGER conversation_counted_insert AFTER INSERT ON conversation WHEN new.state IN ('open', 'snoozed') BEGIN
  INSERT INTO conversation_counter (inbox_id, assignee_id, open, unanswered, snoozed)
    VALUES (new.inbox_id, coalesce(new.assignee_id, 0), new.state = 'open', iif(new.state = 'open', new.unanswered, 0),
            new.state = 'snoozed')
    ON CONFLICT DO UPDATE SET open = open + excluded.open, unanswered = unanswered + excluded.unanswered,
                              snoozed = snoozed + excluded.snoozed;
END;
CREATE TRIGGER conversation_counted_delete AFTER DELETE ON conversation WHEN old.state IN ('open', 'snoozed') BEGIN
  UPDATE conversation_counter
     SET open = open - (old.state = 'open'), unanswered = unanswered - iif(old.state = 'open', old.unanswered, 0),
         snoozed = snoozed - (old.state = 'snoozed')
   WHERE inbox_id = old.inbox_id AND assignee_id = coalesce(old.assignee_id, 0);
END;
CREATE TRIGGER conversation_counted_update AFTER UPDATE OF state, assignee_id, unanswered, inbox_id ON conversation
  WHEN old.state IS NOT new.state OR old.assignee_id IS NOT new.assignee_id
    OR old.unanswered IS NOT new.unanswered OR old.inbox_id IS NOT new.inbox_id
BEGIN
  UPDATE conversation_counter
     SET open = open - (old.state = 'open'), unanswered = unanswered - iif(old.state = 'open', old.unanswered, 0),
         snoozed = snoozed - (old.state = 'snoozed')
   WHERE old.state IN ('open', 'snoozed') AND inbox_id = old.inbox_id AND assignee_id = coalesce(old.assignee_id, 0);
  INSERT INTO conversation_counter (inbox_id, assignee_id, open, unanswered, snoozed)
    SELECT new.inbox_id, coalesce(new.assignee_id, 0), new.state = 'open', iif(new.state = 'open', new.unanswered, 0),
           new.state = 'snoozed'
     WHERE new.state IN ('open', 'snoozed')
    ON CONFLICT DO UPDATE SET open = open + excluded.open, unanswered = unanswered + excluded.unanswered,
                              snoozed = snoozed + excluded.snoozed;
END;

INSERT INTO audited_kind (kind) VALUES ('conversation.deleted');

-- The number of the next one.
CREATE VIEW next_conversation (id) AS
  SELECT max(coalesce((SELECT max(id) FROM conversation), 0),
             (SELECT last FROM spent_number WHERE kind = 'conversation')) + 1;
CREATE VIEW next_message (id) AS
  SELECT max(coalesce((SELECT max(id) FROM message), 0), (SELECT last FROM spent_number WHERE kind = 'message')) + 1;
