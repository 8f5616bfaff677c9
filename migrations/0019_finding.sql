-- Finding conversations again, and changing many at once.

-- What filters start from where few conversations fit: closed ones of a person, those that press, people of a company.
CREATE INDEX conversation_closed_of ON conversation (inbox_id, assignee_id, last_activity_at DESC, id DESC)
  WHERE state = 'closed' AND spam = 0 AND assignee_id IS NOT NULL;
CREATE INDEX conversation_pressing ON conversation (priority) WHERE priority > 0;
CREATE INDEX contact_of_company ON contact (company_id) WHERE company_id IS NOT NULL;

-- A filter under a name, for its owner or for everybody. What it lets through stands there as in an address; what of it
-- somebody sees is decided when they look.
CREATE TABLE saved_filter (
  id         INTEGER PRIMARY KEY,
  owner_id   INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  query      TEXT NOT NULL CHECK (length(query) <= 2000),
  shared     INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1)),
  -- Where it stands among the others: the lower, the higher up.
  place      INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_filter_of ON saved_filter (owner_id, place, id);
CREATE INDEX saved_filter_shared ON saved_filter (place, id) WHERE shared = 1;

-- One change of many conversations. Its rows are collected first and then worked through, each once; a server that starts
-- again goes on where it stopped.
CREATE TABLE bulk (
  id         INTEGER PRIMARY KEY,
  user_id    INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  action     TEXT NOT NULL,
  -- Where it was begun, as in an address.
  query      TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('collecting', 'running', 'done', 'canceled', 'undoing', 'undone')),
  -- How far the collecting has come in the list.
  reached_at INTEGER,
  reached_id INTEGER,
  total      INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  ended_at   INTEGER
) STRICT;
CREATE INDEX bulk_of ON bulk (user_id, id);

CREATE TABLE bulk_row (
  bulk_id         INTEGER NOT NULL REFERENCES bulk (id) ON DELETE CASCADE,
  conversation_id INTEGER NOT NULL,
  -- same: it was so already. back: undone. kept: somebody changed it meanwhile, so it was not undone.
  state           TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'same', 'refused', 'back', 'kept')),
  -- Message key of why it was refused.
  reason          TEXT,
  -- How it was before, where undoing needs to know.
  before          TEXT,
  -- The newest fact about it after the change.
  event_id        INTEGER,
  PRIMARY KEY (bulk_id, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX bulk_row_state ON bulk_row (bulk_id, state, conversation_id);
