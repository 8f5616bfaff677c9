-- How long an inbox keeps what was said in it; nothing here: for ever.
CREATE TABLE inbox_keeping (
  inbox_id INTEGER PRIMARY KEY REFERENCES inbox (id) ON DELETE CASCADE,
  -- The newest messages of each conversation; none: all of them.
  messages INTEGER CHECK (messages BETWEEN 50 AND 100000),
  -- Days after the last activity in which a closed conversation is kept; none: for ever.
  days     INTEGER CHECK (days BETWEEN 30 AND 36500),
  CHECK (messages IS NOT NULL OR days IS NOT NULL)
) STRICT;

INSERT INTO audited_kind (kind) VALUES ('inbox.keeping_changed'), ('conversation.exported');
