-- Names by their words, in any order and with others between, beside the parts that contact_fts has. Two or three common
-- words of a name are a few short lists here, and dozens of long ones there.
CREATE VIRTUAL TABLE contact_name_fts USING fts5 (
  name, content = 'contact', content_rowid = 'id',
  tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4', detail = none, columnsize = 0
);
INSERT INTO contact_name_fts (contact_name_fts, rank) VALUES ('secure-delete', 1);
INSERT INTO contact_name_fts (contact_name_fts) VALUES ('rebuild');
CREATE TRIGGER contact_name_fts_insert AFTER INSERT ON contact BEGIN
  INSERT INTO contact_name_fts (rowid, name) VALUES (new.id, new.name);
END;
CREATE TRIGGER contact_name_fts_update AFTER UPDATE OF name ON contact BEGIN
  INSERT INTO contact_name_fts (contact_name_fts, rowid, name) VALUES ('delete', old.id, old.name);
  INSERT INTO contact_name_fts (rowid, name) VALUES (new.id, new.name);
END;
CREATE TRIGGER contact_name_fts_delete AFTER DELETE ON contact BEGIN
  INSERT INTO contact_name_fts (contact_name_fts, rowid, name) VALUES ('delete', old.id, old.name);
END;

-- Where the conversations of some hundred contacts stand in a list, without reading the conversations.
DROP INDEX conversation_of_contact;
CREATE INDEX conversation_of_contact ON conversation (contact_id, last_activity_at DESC, id DESC, inbox_id, merged_into_id);
