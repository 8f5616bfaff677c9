-- Moving a conversation to another inbox, merging two, splitting messages off.

-- Where a conversation stood before: answers to what left from there still find it.
CREATE TABLE relocation (
  id              INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  from_id         INTEGER NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
  to_id           INTEGER NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
  moved_by        INTEGER REFERENCES user (id),
  moved_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX relocation_of ON relocation (conversation_id, from_id);

-- A conversation that was merged leads to the one that stays. It stands in no list, and nothing is done with it.
ALTER TABLE conversation ADD COLUMN merged_into_id INTEGER REFERENCES conversation (id) ON DELETE CASCADE
  CHECK (merged_into_id IS NULL OR (state = 'closed' AND spam = 0 AND merged_into_id != id));
CREATE INDEX conversation_merged_into ON conversation (merged_into_id) WHERE merged_into_id IS NOT NULL;
DROP INDEX conversation_closed;
CREATE INDEX conversation_closed ON conversation (inbox_id, last_activity_at DESC, id DESC)
  WHERE state = 'closed' AND spam = 0 AND merged_into_id IS NULL;
DROP INDEX conversation_closed_of;
CREATE INDEX conversation_closed_of ON conversation (inbox_id, assignee_id, last_activity_at DESC, id DESC)
  WHERE state = 'closed' AND spam = 0 AND assignee_id IS NOT NULL AND merged_into_id IS NULL;

-- The conversation whose messages it was made of.
ALTER TABLE conversation ADD COLUMN split_from_id INTEGER REFERENCES conversation (id) ON DELETE SET NULL;
CREATE INDEX conversation_split_from ON conversation (split_from_id) WHERE split_from_id IS NOT NULL;

-- Two became one, and how both were before. It can be undone until a message comes or leaves.
CREATE TABLE merger (
  id              INTEGER PRIMARY KEY,
  kept_id         INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  merged_id       INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  merged_by       INTEGER REFERENCES user (id),
  merged_at       INTEGER NOT NULL,
  -- The newest message of all then.
  after_id        INTEGER NOT NULL,
  kept_state      TEXT NOT NULL CHECK (kept_state IN ('open', 'snoozed', 'closed')),
  merged_state    TEXT NOT NULL CHECK (merged_state IN ('open', 'snoozed', 'closed')),
  kept_unanswered INTEGER NOT NULL CHECK (kept_unanswered IN (0, 1)),
  kept_priority   INTEGER NOT NULL,
  undone_by       INTEGER REFERENCES user (id),
  undone_at       INTEGER
) STRICT;
CREATE INDEX merger_of_kept ON merger (kept_id);
CREATE INDEX merger_of_merged ON merger (merged_id);
CREATE UNIQUE INDEX merger_standing ON merger (merged_id) WHERE undone_at IS NULL;

-- What came along: messages, drafts, tags and who watches by number, participants by address.
CREATE TABLE merger_part (
  merger_id INTEGER NOT NULL REFERENCES merger (id) ON DELETE CASCADE,
  kind      TEXT NOT NULL CHECK (kind IN ('message', 'draft', 'tag', 'participant', 'watch')),
  part      ANY NOT NULL,
  PRIMARY KEY (merger_id, kind, part)
) STRICT, WITHOUT ROWID;

INSERT INTO audited_kind (kind) VALUES
  ('conversation.moved'), ('conversation.merged'), ('conversation.parted'), ('conversation.split');
