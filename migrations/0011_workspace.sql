-- What the company says about itself and when it is open; the activity log, ready to be read by person, kind and time.

ALTER TABLE workspace ADD COLUMN logo_id INTEGER REFERENCES blob (id);
-- Changes with the picture and says its type by its ending.
ALTER TABLE workspace ADD COLUMN logo_key TEXT;
ALTER TABLE workspace ADD COLUMN hours TEXT NOT NULL DEFAULT 'always' CHECK (hours IN ('always', 'week'));

-- When the company is open in a week, in minutes of its own zone's day. Intervals of a day do not overlap: the product
-- sees to that; none: closed on that day.
CREATE TABLE business_hour (
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  opens   INTEGER NOT NULL CHECK (opens BETWEEN 0 AND 1439),
  closes  INTEGER NOT NULL CHECK (closes BETWEEN 1 AND 1440),
  PRIMARY KEY (weekday, opens),
  CHECK (opens < closes)
) STRICT, WITHOUT ROWID;

-- Days on which it is closed: one date, the same date every year, or so many days from Easter every year.
CREATE TABLE holiday (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  repeats     TEXT NOT NULL CHECK (repeats IN ('once', 'yearly', 'easter')),
  date        TEXT CHECK (date IS date(date)),
  easter_days INTEGER CHECK (easter_days BETWEEN -100 AND 100),
  created_at  INTEGER NOT NULL,
  CHECK ((repeats = 'easter') = (date IS NULL) AND (repeats = 'easter') = (easter_days IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX holiday_day ON holiday (repeats, coalesce(date, easter_days));

INSERT INTO audited_kind (kind) VALUES
  ('workspace.changed'), ('password.changed'), ('activity.exported'), ('activity.purged'),
  ('database.copied'), ('database.restored')
  ON CONFLICT DO NOTHING;

-- What a fact is about, as its kind says it: 'user' of 'user.created'.
ALTER TABLE activity ADD COLUMN noun TEXT GENERATED ALWAYS AS (substr(kind, 1, instr(kind, '.') - 1)) VIRTUAL;
DROP INDEX activity_by_actor;
DROP INDEX activity_by_kind;
DROP INDEX activity_of_user;
CREATE INDEX activity_by_time ON activity (created_at, id);
CREATE INDEX activity_by_actor ON activity (actor_id, created_at, id);
CREATE INDEX activity_of_user ON activity (user_id, created_at, id) WHERE user_id IS NOT NULL;
CREATE INDEX activity_by_noun ON activity (noun, created_at, id);

-- Who fails to sign in is nobody yet, whoever's address was typed. What people change about their own account (their
-- photo, whether they are available) is no business of the log.
DROP TRIGGER activity_noted;
CREATE TRIGGER activity_noted AFTER INSERT ON event
  WHEN EXISTS (SELECT 1 FROM audited_kind k WHERE k.kind = new.kind)
   AND NOT (new.kind = 'user.changed' AND new.payload ->> '$.by' IS new.user_id)
BEGIN
  INSERT INTO activity (kind, actor_id, user_id, inbox_id, conversation_id, contact_id, payload, created_at)
    VALUES (new.kind,
            coalesce(new.payload ->> '$.by', iif(new.kind IN ('session.opened', 'session.ended'), new.user_id, NULL)),
            new.user_id, new.inbox_id, new.conversation_id, new.contact_id, new.payload, new.created_at);
END;
-- REPLACE would put a row in the place of another without a DELETE that triggers see.
CREATE TRIGGER activity_added BEFORE INSERT ON activity
  WHEN EXISTS (SELECT 1 FROM activity a WHERE a.id = new.id)
BEGIN
  SELECT RAISE(ABORT, 'the activity log is append-only');
END;
