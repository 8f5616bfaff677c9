-- What the foundation left open about contents: who holds them, how large pictures are, and how they are found.

-- Everything that holds a content. What nobody holds a day after it came is swept. A migration that adds such a column
-- makes this view anew.
CREATE VIEW blob_holder (blob_id) AS
  SELECT photo_id FROM user WHERE photo_id IS NOT NULL
  UNION ALL SELECT logo_id FROM workspace WHERE logo_id IS NOT NULL
  UNION ALL SELECT raw_id FROM message WHERE raw_id IS NOT NULL
  UNION ALL SELECT raw_id FROM inbound
  UNION ALL SELECT blob_id FROM attachment
  UNION ALL SELECT blob_id FROM remote_image WHERE blob_id IS NOT NULL;
CREATE INDEX inbound_raw ON inbound (raw_id);

-- In pixels as shown, so that a page keeps the place of a picture that is not there yet. None: no picture, or an unreadable one.
ALTER TABLE attachment ADD COLUMN width INTEGER CHECK (width BETWEEN 1 AND 100000);
ALTER TABLE attachment ADD COLUMN height INTEGER CHECK (height BETWEEN 1 AND 100000);
