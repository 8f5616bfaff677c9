-- What fetching mail from a mailbox needs to be resumed, and what its health page shows.

-- Came from the time before the inbox was connected: closed, silent, not counted as unread.
ALTER TABLE message ADD COLUMN imported INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1));

-- Mails up to this UID were marked or moved as the inbox wants it (or there is nothing to do for them).
ALTER TABLE mailbox_cursor ADD COLUMN settled_uid INTEGER NOT NULL DEFAULT 0;
-- After the server numbered its mails anew: mails up to history_uid that are from this time on are new all the same.
ALTER TABLE mailbox_cursor ADD COLUMN live_from INTEGER;
-- How many mails of before there were to take in, and how many of them are in.
ALTER TABLE mailbox_cursor ADD COLUMN history_total INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mailbox_cursor ADD COLUMN history_taken INTEGER NOT NULL DEFAULT 0;
-- Message keys of what does not work beside taking mail in; none: it works.
ALTER TABLE mailbox_cursor ADD COLUMN after_problem TEXT;
ALTER TABLE mailbox_cursor ADD COLUMN sent_problem TEXT;
