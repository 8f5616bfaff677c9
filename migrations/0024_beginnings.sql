-- The full text index anew. It keeps which messages have a word, not where in them (a search asks for words, never for
-- phrases), and has beginnings of four and five letters of their own, so that a search for one starts with the newest message.
DROP TRIGGER message_fts_insert;
DROP TRIGGER message_fts_delete;
DROP TRIGGER message_fts_update;
DROP TABLE message_fts;
CREATE VIRTUAL TABLE message_fts USING fts5 (
  subject, text, content = 'message', content_rowid = 'id',
  tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4 5', detail = none, columnsize = 0
);
-- Words of a deleted message leave the index at once, not when its parts are merged some day.
INSERT INTO message_fts (message_fts, rank) VALUES ('secure-delete', 1);
INSERT INTO message_fts (message_fts) VALUES ('rebuild');
CREATE TRIGGER message_fts_insert AFTER INSERT ON message BEGIN
  INSERT INTO message_fts (rowid, subject, text) VALUES (new.id, new.subject, new.text);
END;
CREATE TRIGGER message_fts_delete AFTER DELETE ON message BEGIN
  INSERT INTO message_fts (message_fts, rowid, subject, text) VALUES ('delete', old.id, old.subject, old.text);
END;
CREATE TRIGGER message_fts_update AFTER UPDATE OF subject, text ON message BEGIN
  INSERT INTO message_fts (message_fts, rowid, subject, text) VALUES ('delete', old.id, old.subject, old.text);
  INSERT INTO message_fts (rowid, subject, text) VALUES (new.id, new.subject, new.text);
END;
