-- People and companies outside. How they are reached is a row of its own: a phone or an address is never their key.

CREATE TABLE contact (
  id              INTEGER PRIMARY KEY,
  -- Short number people see; given once, never used again.
  number          INTEGER NOT NULL UNIQUE,
  kind            TEXT NOT NULL CHECK (kind IN ('person', 'company')),
  name            TEXT NOT NULL CHECK (length(name) <= 200),
  company_id      INTEGER REFERENCES contact (id),
  main_contact_id INTEGER REFERENCES contact (id) CHECK (main_contact_id IS NULL OR main_contact_id != id),
  language        TEXT CHECK (language IN ('pt-BR', 'en')),
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  deleted_at      INTEGER
) STRICT;

CREATE TABLE contact_number (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  last INTEGER NOT NULL
) STRICT;
INSERT INTO contact_number (id, last) VALUES (1, 1000);

CREATE TABLE contact_point (
  id         INTEGER PRIMARY KEY,
  contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  kind       TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'address', 'site')),
  -- As typed, normalized for sending, and folded for matching.
  value      TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 500),
  normalized TEXT NOT NULL,
  match_key  TEXT NOT NULL,
  label      TEXT NOT NULL DEFAULT '',
  is_primary INTEGER NOT NULL DEFAULT 0 CHECK (is_primary IN (0, 1)),
  -- An address a server said does not exist.
  undeliverable_at INTEGER,
  created_at INTEGER NOT NULL,
  UNIQUE (contact_id, kind, normalized)
) STRICT;
CREATE INDEX contact_point_match ON contact_point (kind, match_key);
CREATE UNIQUE INDEX contact_point_primary ON contact_point (contact_id, kind) WHERE is_primary = 1;

-- Who somebody is on a channel. inbox_id is set where the channel's ids mean something only within one account.
CREATE TABLE identity (
  id          INTEGER PRIMARY KEY,
  channel     TEXT NOT NULL,
  inbox_id    INTEGER REFERENCES inbox (id) ON DELETE CASCADE,
  external_id TEXT NOT NULL,
  contact_id  INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  handle      TEXT NOT NULL DEFAULT '',
  created_at  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX identity_key ON identity (channel, coalesce(inbox_id, 0), external_id);
CREATE INDEX identity_of_contact ON identity (contact_id);

-- Names and addresses are found by any part of them; the row's id is the contact's.
CREATE VIRTUAL TABLE contact_fts USING fts5 (
  name, points, content = '', contentless_delete = 1, tokenize = "trigram remove_diacritics 1"
);
CREATE VIEW contact_searchable (id, name, points) AS
  SELECT c.id, c.name, coalesce((SELECT group_concat(p.normalized, ' ') FROM contact_point p WHERE p.contact_id = c.id), '')
    FROM contact c;
CREATE TRIGGER contact_fts_insert AFTER INSERT ON contact BEGIN
  INSERT INTO contact_fts (rowid, name, points) SELECT id, name, points FROM contact_searchable WHERE id = new.id;
END;
CREATE TRIGGER contact_fts_update AFTER UPDATE OF name ON contact BEGIN
  DELETE FROM contact_fts WHERE rowid = old.id;
  INSERT INTO contact_fts (rowid, name, points) SELECT id, name, points FROM contact_searchable WHERE id = new.id;
END;
CREATE TRIGGER contact_fts_delete AFTER DELETE ON contact BEGIN
  DELETE FROM contact_fts WHERE rowid = old.id;
END;
CREATE TRIGGER contact_fts_point_insert AFTER INSERT ON contact_point BEGIN
  DELETE FROM contact_fts WHERE rowid = new.contact_id;
  INSERT INTO contact_fts (rowid, name, points) SELECT id, name, points FROM contact_searchable WHERE id = new.contact_id;
END;
CREATE TRIGGER contact_fts_point_update AFTER UPDATE OF normalized ON contact_point BEGIN
  DELETE FROM contact_fts WHERE rowid = new.contact_id;
  INSERT INTO contact_fts (rowid, name, points) SELECT id, name, points FROM contact_searchable WHERE id = new.contact_id;
END;
CREATE TRIGGER contact_fts_point_delete AFTER DELETE ON contact_point BEGIN
  DELETE FROM contact_fts WHERE rowid = old.contact_id;
  INSERT INTO contact_fts (rowid, name, points) SELECT id, name, points FROM contact_searchable WHERE id = old.contact_id;
END;
