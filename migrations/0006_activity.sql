-- The activity log: facts that people may be asked about later, copied in the transaction in which they happen. Append-only.

-- Kinds of facts that belong into the log. A feature adds its own.
CREATE TABLE audited_kind (
  kind TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO audited_kind (kind) VALUES
  ('user.created'), ('user.changed'), ('session.opened'), ('inbox.created'), ('inbox.changed'),
  ('inbox.lost'), ('inbox.restored');

CREATE TABLE activity (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  kind            TEXT NOT NULL,
  -- Who did it; none: the product itself or a command.
  actor_id        INTEGER,
  -- Whom or what it concerns: ids only, never names or texts.
  user_id         INTEGER,
  inbox_id        INTEGER,
  conversation_id INTEGER,
  contact_id      INTEGER,
  payload         TEXT NOT NULL CHECK (json_valid(payload)),
  created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX activity_by_actor ON activity (actor_id, id);
CREATE INDEX activity_by_kind ON activity (kind, id);
CREATE INDEX activity_of_user ON activity (user_id, id) WHERE user_id IS NOT NULL;

ALTER TABLE workspace ADD COLUMN activity_days INTEGER NOT NULL DEFAULT 730 CHECK (activity_days BETWEEN 30 AND 3650);

CREATE TRIGGER activity_noted AFTER INSERT ON event
  WHEN EXISTS (SELECT 1 FROM audited_kind k WHERE k.kind = new.kind)
BEGIN
  INSERT INTO activity (kind, actor_id, user_id, inbox_id, conversation_id, contact_id, payload, created_at)
    VALUES (new.kind, coalesce(new.payload ->> '$.by', iif(new.kind LIKE 'session.%', new.user_id, NULL)),
            new.user_id, new.inbox_id, new.conversation_id, new.contact_id, new.payload, new.created_at);
END;
CREATE TRIGGER activity_stays AFTER UPDATE ON activity BEGIN
  SELECT RAISE(ABORT, 'the activity log is append-only');
END;
-- Only what is older than the retention may go, by the clock of the newest entry (the product's clock, not the machine's).
CREATE TRIGGER activity_kept BEFORE DELETE ON activity
  WHEN old.created_at > (SELECT max(created_at) FROM activity)
                        - 86400000 * coalesce((SELECT activity_days FROM workspace), 730)
BEGIN
  SELECT RAISE(ABORT, 'the activity log is append-only');
END;
