-- Mailboxes that mail is fetched from, and what an inbox signs in with.

-- One secret of a kind per inbox, sealed; the key stands outside the database.
CREATE TABLE inbox_secret (
  inbox_id INTEGER NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
  kind     TEXT NOT NULL CHECK (kind IN ('smtp', 'imap', 'oauth')),
  sealed   BLOB NOT NULL,
  PRIMARY KEY (inbox_id, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO inbox_secret (inbox_id, kind, sealed) SELECT id, 'smtp', secret FROM inbox WHERE secret IS NOT NULL;
ALTER TABLE inbox DROP COLUMN secret;

-- What is wrong with the way in; `problem` is about the way out. Both: message keys, since when, in the server's words.
ALTER TABLE inbox ADD COLUMN problem_at INTEGER;
ALTER TABLE inbox ADD COLUMN problem_detail TEXT NOT NULL DEFAULT '';
ALTER TABLE inbox ADD COLUMN problem_in TEXT;
ALTER TABLE inbox ADD COLUMN problem_in_at INTEGER;
ALTER TABLE inbox ADD COLUMN problem_in_detail TEXT NOT NULL DEFAULT '';
-- When its owner was last told by mail that it is lost; none while it works.
ALTER TABLE inbox ADD COLUMN told_at INTEGER;

-- How far a folder was read. The cursor moves in the transaction that stores the mails before it, or after it.
CREATE TABLE mailbox_cursor (
  inbox_id     INTEGER NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
  folder       TEXT NOT NULL,
  uid_validity INTEGER NOT NULL,
  last_uid     INTEGER NOT NULL CHECK (last_uid >= 0),
  -- Mails up to this UID were there before the inbox was connected: they come in closed, silent and unanswered.
  history_uid  INTEGER NOT NULL DEFAULT 0,
  -- Only mails from this day on are taken of what was there before (milliseconds); none: no limit.
  history_from INTEGER,
  connected_at INTEGER,
  checked_at   INTEGER,
  PRIMARY KEY (inbox_id, folder)
) STRICT, WITHOUT ROWID;
