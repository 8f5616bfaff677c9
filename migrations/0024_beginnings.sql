-- The full text index anew. It keeps which messages have a word, not where in them (a search asks for words, never for
-- phrases), and has beginnings of four and five letters of their own, so that a search for one starts with the newest message.
-- The triggers of the table of messages fill it as before.
DROP TABLE message_fts;
CREATE VIRTUAL TABLE message_fts USING fts5 (
  subject, text, content = 'message', content_rowid = 'id',
  tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4 5', detail = none, columnsize = 0
);
-- Words of a deleted message leave the index at once, not when its parts are merged some day.
INSERT INTO message_fts (message_fts, rank) VALUES ('secure-delete', 1);
INSERT INTO message_fts (message_fts) VALUES ('rebuild');
