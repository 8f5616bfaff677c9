-- What people write before it leaves: drafts, and answers that wait for their time.

-- One text. While leaves_at is none it is the draft of a person in a conversation; with it, it is an answer that leaves
-- then, and is no message before.
CREATE TABLE draft (
  id              INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  user_id         INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  -- reply, note, or forward- with the number of the message that goes on.
  slot            TEXT NOT NULL CHECK (slot IN ('reply', 'note') OR slot GLOB 'forward-[0-9]*'),
  text            TEXT NOT NULL DEFAULT '',
  about_id        INTEGER REFERENCES message (id) ON DELETE SET NULL,
  scope           TEXT NOT NULL DEFAULT 'all' CHECK (scope IN ('all', 'one', 'forward')),
  -- Who gets it and which files of the message go on, where somebody chose.
  recipients      TEXT CHECK (recipients IS NULL OR json_valid(recipients)),
  keep            TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(keep)),
  -- The open page that wrote it last, and how often it was written.
  page            TEXT NOT NULL DEFAULT '',
  version         INTEGER NOT NULL DEFAULT 1,
  -- The newest message when it was begun, or when it began to wait.
  after_id        INTEGER NOT NULL DEFAULT 0,
  saved_at        INTEGER NOT NULL,
  leaves_at       INTEGER,
  held            TEXT CHECK (held IN ('undo', 'schedule')),
  -- Message key of why it did not leave at its time.
  problem         TEXT,
  CHECK ((leaves_at IS NULL) = (held IS NULL)),
  CHECK (leaves_at IS NULL OR slot != 'note')
) STRICT;
CREATE UNIQUE INDEX draft_of_person ON draft (user_id, conversation_id, slot) WHERE leaves_at IS NULL;
CREATE INDEX draft_of_conversation ON draft (conversation_id, leaves_at);
CREATE INDEX draft_about ON draft (about_id) WHERE about_id IS NOT NULL;

CREATE TABLE draft_file (
  id       INTEGER PRIMARY KEY,
  key      TEXT NOT NULL UNIQUE,
  draft_id INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,

  blob_id  INTEGER NOT NULL REFERENCES blob (id),
  name     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
  mime     TEXT NOT NULL,
  width    INTEGER,
  height   INTEGER
) STRICT;
CREATE INDEX draft_file_of_draft ON draft_file (draft_id, id);
CREATE INDEX draft_file_blob ON draft_file (blob_id);

-- What another open page had written when this one overtook it. Nothing typed is lost.
CREATE TABLE draft_aside (
  draft_id INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
  page     TEXT NOT NULL,
  text     TEXT NOT NULL,
  kept_at  INTEGER NOT NULL,
  PRIMARY KEY (draft_id, page)
) STRICT, WITHOUT ROWID;

-- How long one's answers wait, so that they can be taken back; no row: the usual 10 seconds.
CREATE TABLE writing_choice (
  user_id      INTEGER PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
  undo_seconds INTEGER NOT NULL CHECK (undo_seconds IN (0, 10))
) STRICT;

-- Who holds a content, drafts included.
DROP VIEW blob_holder;
CREATE VIEW blob_holder (blob_id) AS
  SELECT photo_id FROM user WHERE photo_id IS NOT NULL
  UNION ALL SELECT logo_id FROM workspace WHERE logo_id IS NOT NULL
  UNION ALL SELECT raw_id FROM message WHERE raw_id IS NOT NULL
  UNION ALL SELECT raw_id FROM inbound
  UNION ALL SELECT blob_id FROM attachment
  UNION ALL SELECT blob_id FROM remote_image WHERE blob_id IS NOT NULL
  UNION ALL SELECT blob_id FROM draft_file;
