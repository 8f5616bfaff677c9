-- The ground that every feature stands on: facts, jobs, attachments. Times are milliseconds since 1970 UTC.

CREATE TABLE workspace (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  language   TEXT NOT NULL CHECK (language IN ('pt-BR', 'en')),
  zone       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE event (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  kind            TEXT NOT NULL,
  payload         TEXT NOT NULL CHECK (json_valid(payload)),
  inbox_id        INTEGER,
  conversation_id INTEGER,
  contact_id      INTEGER,
  user_id         INTEGER,
  created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX event_of_conversation ON event (conversation_id, id) WHERE conversation_id IS NOT NULL;
CREATE INDEX event_of_contact ON event (contact_id, id) WHERE contact_id IS NOT NULL;

CREATE TABLE event_cursor (
  name     TEXT PRIMARY KEY,
  event_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- lane: jobs of one lane run one after the other (one message in flight per conversation).
CREATE TABLE job (
  -- Never given twice: who settles a job late must not meet a newer one under its number.
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  kind        TEXT NOT NULL,
  key         TEXT UNIQUE,
  lane        TEXT,
  payload     TEXT NOT NULL CHECK (json_valid(payload)),
  state       TEXT NOT NULL CHECK (state IN ('ready', 'running', 'dead')),
  run_at      INTEGER NOT NULL,
  attempts    INTEGER NOT NULL DEFAULT 0,
  lease_until INTEGER,
  last_error  TEXT,
  created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX job_ready ON job (run_at, id) WHERE state = 'ready';
CREATE INDEX job_running ON job (lease_until) WHERE state = 'running';
CREATE INDEX job_lane ON job (lane, id) WHERE lane IS NOT NULL AND state != 'dead';

-- Content addressed by its SHA-256; staged until the last chunk is in.
CREATE TABLE blob (
  id         INTEGER PRIMARY KEY,
  sha256     BLOB UNIQUE CHECK (sha256 IS NULL OR length(sha256) = 32),
  size       INTEGER NOT NULL CHECK (size >= 0),
  state      TEXT NOT NULL CHECK (state IN ('staged', 'complete')),
  created_at INTEGER NOT NULL,
  CHECK (state = 'staged' OR sha256 IS NOT NULL)
) STRICT;
CREATE INDEX blob_staged ON blob (created_at) WHERE state = 'staged';

CREATE TABLE blob_chunk (
  blob_id INTEGER NOT NULL REFERENCES blob (id) ON DELETE CASCADE,
  seq     INTEGER NOT NULL CHECK (seq >= 0),
  data    BLOB NOT NULL CHECK (length(data) BETWEEN 1 AND 262144),
  UNIQUE (blob_id, seq)
) STRICT;

-- Empty but in a back-up made with a passphrase: the key file, wrapped.
CREATE TABLE wrapped_key (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  sealed BLOB NOT NULL
) STRICT;
