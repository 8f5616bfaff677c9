-- What connecting mailboxes needs: mails that try an inbox, and consents that were used.

-- The last mail that was sent to try an inbox, and what became of it.
CREATE TABLE inbox_test (
  inbox_id   INTEGER PRIMARY KEY REFERENCES inbox (id) ON DELETE CASCADE,
  user_id    INTEGER REFERENCES user (id) ON DELETE SET NULL,
  recipient  TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'uncertain')),
  -- Message key of why not, and the other side's own words.
  error      TEXT,
  detail     TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  ended_at   INTEGER
) STRICT;

-- Answers of a provider that were taken already: each counts once.
CREATE TABLE consent_used (
  nonce   TEXT PRIMARY KEY,
  used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_used_at ON consent_used (used_at);

-- The queue of an inbox, for its health page.
CREATE INDEX message_waiting ON message (inbox_id, created_at) WHERE delivery IN ('queued', 'sending');

INSERT INTO audited_kind (kind) VALUES ('inbox.joined'), ('inbox.disconnected');
