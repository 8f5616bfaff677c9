-- Conversations, their messages, and the journal through which everything from outside comes in.

CREATE TABLE conversation (
  id               INTEGER PRIMARY KEY,
  inbox_id         INTEGER NOT NULL REFERENCES inbox (id),
  contact_id       INTEGER NOT NULL REFERENCES contact (id),
  subject          TEXT NOT NULL DEFAULT '',
  state            TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'snoozed', 'closed')),
  assignee_id      INTEGER REFERENCES user (id),
  -- The conversation it continues when it could not be joined to it.
  linked_id        INTEGER REFERENCES conversation (id) ON DELETE SET NULL,
  preview          TEXT NOT NULL DEFAULT '',
  last_kind        TEXT NOT NULL DEFAULT 'incoming' CHECK (last_kind IN ('incoming', 'outgoing', 'note')),
  last_delivery    TEXT,
  last_activity_at INTEGER NOT NULL,
  -- Messages received so far; what a person has read of them is in read_mark.
  incoming_count   INTEGER NOT NULL DEFAULT 0,
  last_incoming_at INTEGER,
  unanswered       INTEGER NOT NULL DEFAULT 0 CHECK (unanswered IN (0, 1)),
  created_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX conversation_unassigned ON conversation (inbox_id, last_activity_at DESC, id DESC)
  WHERE state = 'open' AND assignee_id IS NULL;
CREATE INDEX conversation_assigned ON conversation (inbox_id, last_activity_at DESC, id DESC, assignee_id)
  WHERE state = 'open' AND assignee_id IS NOT NULL;
CREATE INDEX conversation_mine ON conversation (inbox_id, assignee_id, last_activity_at DESC, id DESC)
  WHERE state = 'open' AND assignee_id IS NOT NULL;
CREATE INDEX conversation_closed ON conversation (inbox_id, last_activity_at DESC, id DESC) WHERE state = 'closed';
CREATE INDEX conversation_of_contact ON conversation (contact_id, last_activity_at DESC, id DESC);

-- How many are open per inbox and assignee (0: nobody), and how many of them wait for an answer. Kept by triggers, so
-- that no page counts and no code can forget.
CREATE TABLE conversation_counter (
  inbox_id    INTEGER NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
  assignee_id INTEGER NOT NULL,
  open        INTEGER NOT NULL DEFAULT 0 CHECK (open >= 0),
  unanswered  INTEGER NOT NULL DEFAULT 0 CHECK (unanswered >= 0),
  PRIMARY KEY (inbox_id, assignee_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER conversation_counted_insert AFTER INSERT ON conversation WHEN new.state = 'open' BEGIN
  INSERT INTO conversation_counter (inbox_id, assignee_id, open, unanswered)
    VALUES (new.inbox_id, coalesce(new.assignee_id, 0), 1, new.unanswered)
    ON CONFLICT DO UPDATE SET open = open + 1, unanswered = unanswered + excluded.unanswered;
END;
CREATE TRIGGER conversation_counted_delete AFTER DELETE ON conversation WHEN old.state = 'open' BEGIN
  UPDATE conversation_counter SET open = open - 1, unanswered = unanswered - old.unanswered
    WHERE inbox_id = old.inbox_id AND assignee_id = coalesce(old.assignee_id, 0);
END;
CREATE TRIGGER conversation_counted_update AFTER UPDATE OF state, assignee_id, unanswered, inbox_id ON conversation
  WHEN old.state IS NOT new.state OR old.assignee_id IS NOT new.assignee_id
    OR old.unanswered IS NOT new.unanswered OR old.inbox_id IS NOT new.inbox_id
BEGIN
  UPDATE conversation_counter SET open = open - 1, unanswered = unanswered - old.unanswered
    WHERE old.state = 'open' AND inbox_id = old.inbox_id AND assignee_id = coalesce(old.assignee_id, 0);
  INSERT INTO conversation_counter (inbox_id, assignee_id, open, unanswered)
    SELECT new.inbox_id, coalesce(new.assignee_id, 0), 1, new.unanswered WHERE new.state = 'open'
    ON CONFLICT DO UPDATE SET open = open + 1, unanswered = unanswered + excluded.unanswered;
END;

-- A state with a who and a when is a row.
CREATE TABLE assignment (
  id              INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  assignee_id     INTEGER REFERENCES user (id),
  assigned_by     INTEGER REFERENCES user (id),
  assigned_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX assignment_of_conversation ON assignment (conversation_id, id);

CREATE TABLE closure (
  id              INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  closed_by       INTEGER REFERENCES user (id),
  closed_at       INTEGER NOT NULL,
  reopened_by     INTEGER REFERENCES user (id),
  reopened_at     INTEGER
) STRICT;
CREATE INDEX closure_of_conversation ON closure (conversation_id, id);
CREATE UNIQUE INDEX closure_standing ON closure (conversation_id) WHERE reopened_at IS NULL;

CREATE TABLE message (
  id              INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  inbox_id        INTEGER NOT NULL REFERENCES inbox (id),
  kind            TEXT NOT NULL CHECK (kind IN ('incoming', 'outgoing', 'note')),
  user_id         INTEGER REFERENCES user (id),
  contact_id      INTEGER REFERENCES contact (id),
  sender_name     TEXT NOT NULL DEFAULT '',
  sender_address  TEXT NOT NULL DEFAULT '',
  subject         TEXT NOT NULL DEFAULT '',
  -- What was written now, and what was quoted below it; together they are all of the text.
  text            TEXT NOT NULL DEFAULT '',
  quoted          TEXT NOT NULL DEFAULT '',
  html            TEXT,
  quoted_html     TEXT,
  recipients      TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(recipients)),
  -- The id the channel gives a message: for e-mail the Message-ID.
  external_id     TEXT,
  -- Made by the browser, so that the same answer sent twice is one message.
  client_id       TEXT,
  delivery        TEXT CHECK (delivery IN ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'uncertain')),
  delivery_error  TEXT,
  delivery_detail TEXT,
  resent          INTEGER NOT NULL DEFAULT 0 CHECK (resent IN (0, 1)),
  sent_at         INTEGER,
  -- Marks of an incoming message: automatic mail, an address not seen before, too large, unreadable.
  automatic       TEXT,
  unfamiliar      INTEGER NOT NULL DEFAULT 0 CHECK (unfamiliar IN (0, 1)),
  oversize        INTEGER,
  unreadable      INTEGER NOT NULL DEFAULT 0 CHECK (unreadable IN (0, 1)),
  remote_images   INTEGER NOT NULL DEFAULT 0,
  raw_id          INTEGER REFERENCES blob (id),
  -- When it was written by its author's clock; the order of a conversation is that of the ids.
  written_at      INTEGER NOT NULL,
  created_at      INTEGER NOT NULL,
  CHECK ((kind = 'outgoing') = (delivery IS NOT NULL))
) STRICT;
CREATE INDEX message_of_conversation ON message (conversation_id, id);
CREATE UNIQUE INDEX message_external ON message (inbox_id, external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX message_client ON message (conversation_id, client_id) WHERE client_id IS NOT NULL;

-- Who takes part by address: customers in To and CC who may answer in the same conversation.
CREATE TABLE participant (
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  address         TEXT NOT NULL,
  PRIMARY KEY (conversation_id, address)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachment (
  id         INTEGER PRIMARY KEY,
  -- What stands in its address: random, so that it cannot be guessed.
  key        TEXT NOT NULL UNIQUE,
  message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  blob_id    INTEGER NOT NULL REFERENCES blob (id),
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
  mime       TEXT NOT NULL,
  content_id TEXT,
  inline     INTEGER NOT NULL DEFAULT 0 CHECK (inline IN (0, 1))
) STRICT;
CREATE INDEX attachment_of_message ON attachment (message_id, id);
CREATE INDEX attachment_blob ON attachment (blob_id);
CREATE INDEX message_raw ON message (raw_id) WHERE raw_id IS NOT NULL;

CREATE TABLE read_mark (
  user_id         INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  -- How many of the received messages this person has seen.
  incoming_seen   INTEGER NOT NULL,
  message_id      INTEGER NOT NULL,
  read_at         INTEGER NOT NULL,
  PRIMARY KEY (user_id, conversation_id)
) STRICT, WITHOUT ROWID;

-- The journal: what came in, stored before it was acknowledged, found again by its key.
CREATE TABLE inbound (
  id          INTEGER PRIMARY KEY,
  inbox_id    INTEGER NOT NULL REFERENCES inbox (id),
  -- The same piece delivered twice has the same key.
  key         TEXT NOT NULL,
  raw_id      INTEGER NOT NULL REFERENCES blob (id),
  state       TEXT NOT NULL CHECK (state IN ('received', 'done', 'failed')),
  outcome     TEXT,
  message_id  INTEGER REFERENCES message (id) ON DELETE SET NULL,
  error       TEXT,
  received_at INTEGER NOT NULL,
  UNIQUE (inbox_id, key)
) STRICT;
CREATE INDEX inbound_waiting ON inbound (id) WHERE state = 'received';

-- Full text, filled in the same transaction. The newest come first by their id, so no ranking is needed.
CREATE VIRTUAL TABLE message_fts USING fts5 (
  subject, text, content = 'message', content_rowid = 'id',
  tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
CREATE TRIGGER message_fts_insert AFTER INSERT ON message BEGIN
  INSERT INTO message_fts (rowid, subject, text) VALUES (new.id, new.subject, new.text);
END;
CREATE TRIGGER message_fts_delete AFTER DELETE ON message BEGIN
  INSERT INTO message_fts (message_fts, rowid, subject, text) VALUES ('delete', old.id, old.subject, old.text);
END;
CREATE TRIGGER message_fts_update AFTER UPDATE OF subject, text ON message BEGIN
  INSERT INTO message_fts (message_fts, rowid, subject, text) VALUES ('delete', old.id, old.subject, old.text);
  INSERT INTO message_fts (rowid, subject, text) VALUES (new.id, new.subject, new.text);
END;
