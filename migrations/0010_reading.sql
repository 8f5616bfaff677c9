-- Mail is read as its sender meant it, and answered as a mail program would.

-- Pictures that the HTML of a mail wants from elsewhere, by their place in it. The stored HTML names them by number only.
CREATE TABLE remote_image (
  message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  number     INTEGER NOT NULL CHECK (number >= 0),
  url        TEXT NOT NULL,
  -- Fetched once, when somebody asked for it.
  blob_id    INTEGER REFERENCES blob (id),
  mime       TEXT,
  PRIMARY KEY (message_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX remote_image_blob ON remote_image (blob_id) WHERE blob_id IS NOT NULL;

-- Somebody asked for the pictures of one mail, or of all that come from an address.
CREATE TABLE image_consent (
  message_id INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  given_by   INTEGER NOT NULL REFERENCES user (id),
  given_at   INTEGER NOT NULL
) STRICT;
CREATE TABLE image_sender (
  address  TEXT PRIMARY KEY,
  given_by INTEGER NOT NULL REFERENCES user (id),
  given_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The message that an answer of ours is to, or that it passes on.
ALTER TABLE message ADD COLUMN answers_id INTEGER REFERENCES message (id) ON DELETE SET NULL;
CREATE INDEX message_answers ON message (answers_id) WHERE answers_id IS NOT NULL;
-- How it leaves: to whom we talk with, on to somebody else, or by itself.
ALTER TABLE message ADD COLUMN way TEXT NOT NULL DEFAULT 'reply' CHECK (way IN ('reply', 'forward', 'automatic'));
-- What stands below the text of a message of ours, as it was on that day.
ALTER TABLE message ADD COLUMN signature TEXT NOT NULL DEFAULT '';
-- The provider's filter took this mail for spam.
ALTER TABLE message ADD COLUMN spam INTEGER NOT NULL DEFAULT 0 CHECK (spam IN (0, 1));
ALTER TABLE message ADD COLUMN protection TEXT CHECK (protection IN ('signed', 'encrypted', 'sealed'));
ALTER TABLE message ADD COLUMN invitation TEXT CHECK (invitation IS NULL OR json_valid(invitation));

-- Why an address takes part: it wrote or was written to, somebody accepted it, or a mail was passed on to it.
ALTER TABLE participant ADD COLUMN origin TEXT NOT NULL DEFAULT 'wrote' CHECK (origin IN ('wrote', 'accepted', 'forwarded'));

-- Outside of all sections. A conversation that is spam is never open, so no counter counts it.
ALTER TABLE conversation ADD COLUMN spam INTEGER NOT NULL DEFAULT 0 CHECK (spam = 0 OR (spam = 1 AND state = 'closed'));
DROP INDEX conversation_closed;
CREATE INDEX conversation_closed ON conversation (inbox_id, last_activity_at DESC, id DESC)
  WHERE state = 'closed' AND spam = 0;
CREATE INDEX conversation_spam ON conversation (inbox_id, last_activity_at DESC, id DESC) WHERE spam = 1;

-- Nobody in marked_by: the provider's filter.
CREATE TABLE spam_verdict (
  id              INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  marked_by       INTEGER REFERENCES user (id),
  marked_at       INTEGER NOT NULL,
  cleared_by      INTEGER REFERENCES user (id),
  cleared_at      INTEGER
) STRICT;
CREATE UNIQUE INDEX spam_verdict_standing ON spam_verdict (conversation_id) WHERE cleared_at IS NULL;

-- An address, or a domain written with its @: mail from there stays in the journal and goes nowhere.
CREATE TABLE blocked_sender (
  id         INTEGER PRIMARY KEY,
  pattern    TEXT NOT NULL UNIQUE CHECK (length(pattern) BETWEEN 3 AND 320),
  refused    INTEGER NOT NULL DEFAULT 0,
  refused_at INTEGER,
  blocked_by INTEGER NOT NULL REFERENCES user (id),
  blocked_at INTEGER NOT NULL
) STRICT;
CREATE INDEX inbound_blocked ON inbound (received_at) WHERE outcome = 'blocked';

-- Answers that left by themselves: at most one for each sender, inbox and kind in a day.
CREATE TABLE automatic_answer (
  id         INTEGER PRIMARY KEY,
  inbox_id   INTEGER NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
  address    TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('acknowledgement')),
  message_id INTEGER REFERENCES message (id) ON DELETE SET NULL,
  sent_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX automatic_answer_to ON automatic_answer (inbox_id, address, kind, sent_at);
CREATE INDEX automatic_answer_rate ON automatic_answer (inbox_id, sent_at);
-- Too many in an hour: none leaves from here for a day, and the owner was told.
CREATE TABLE answer_stop (
  inbox_id   INTEGER PRIMARY KEY REFERENCES inbox (id) ON DELETE CASCADE,
  stopped_at INTEGER NOT NULL
) STRICT;

-- What a person wants below their answers, in place of the inbox's own words.
CREATE TABLE user_signature (
  user_id INTEGER PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
  text    TEXT NOT NULL
) STRICT;

INSERT INTO audited_kind (kind) VALUES
  ('spam.marked'), ('spam.cleared'), ('sender.blocked'), ('sender.unblocked'), ('answers.stopped');
