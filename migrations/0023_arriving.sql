-- Greetings by business hours: the one text that left by itself becomes the greeting, in the language it was most likely
-- written in.
UPDATE inbox SET settings = json_set(
    json_remove(settings, '$.answering.acknowledgement'),
    '$.answering.greeting',
    json_object(
      coalesce(settings ->> '$.answering.language', (SELECT language FROM workspace WHERE id = 1), 'pt-BR'),
      settings ->> '$.answering.acknowledgement'))
 WHERE settings ->> '$.answering.acknowledgement' IS NOT NULL;

CREATE TABLE automatic_answer_of (
  id         INTEGER PRIMARY KEY,
  inbox_id   INTEGER NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
  address    TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('greeting', 'closed')),
  message_id INTEGER REFERENCES message (id) ON DELETE SET NULL,
  sent_at    INTEGER NOT NULL
) STRICT;
INSERT INTO automatic_answer_of (id, inbox_id, address, kind, message_id, sent_at)
  SELECT id, inbox_id, address, 'greeting', message_id, sent_at FROM automatic_answer;
DROP TABLE automatic_answer;
ALTER TABLE automatic_answer_of RENAME TO automatic_answer;
CREATE INDEX automatic_answer_to ON automatic_answer (inbox_id, address, kind, sent_at);
CREATE INDEX automatic_answer_rate ON automatic_answer (inbox_id, sent_at);

-- What people outside did to a message after it was sent. What the page shows is what these rows amount to in the order of
-- their times.
CREATE TABLE sequel (
  id          INTEGER PRIMARY KEY,
  -- The piece it came as; none for the words that a message had before its first edit.
  inbound_id  INTEGER REFERENCES inbound (id) ON DELETE CASCADE,
  inbox_id    INTEGER NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
  -- The channel's id of the message; message_id is set once that is here.
  about       TEXT NOT NULL,
  message_id  INTEGER REFERENCES message (id) ON DELETE CASCADE,
  kind        TEXT NOT NULL CHECK (kind IN ('reaction', 'original', 'edit', 'deletion')),
  contact_id  INTEGER NOT NULL REFERENCES contact (id),
  -- The emoji (empty: withdrawn) or the words.
  text        TEXT NOT NULL,
  happened_at INTEGER NOT NULL,
  CHECK ((kind = 'original') = (inbound_id IS NULL))
) STRICT;
CREATE INDEX sequel_of_message ON sequel (message_id, happened_at, id) WHERE message_id IS NOT NULL;
CREATE INDEX sequel_waiting ON sequel (inbox_id, about) WHERE message_id IS NULL;
CREATE INDEX sequel_piece ON sequel (inbound_id) WHERE inbound_id IS NOT NULL;

-- The channel's name for the kind of a message that nobody here knows.
ALTER TABLE message ADD COLUMN unknown_kind TEXT;

-- Whose mail was refused, beside its piece in the journal, so that a mistake can be found.
CREATE TABLE refused (
  inbound_id INTEGER PRIMARY KEY REFERENCES inbound (id) ON DELETE CASCADE,
  address    TEXT NOT NULL,
  subject    TEXT NOT NULL
) STRICT;

INSERT INTO audited_kind (kind) VALUES ('inbox.answering_changed');
