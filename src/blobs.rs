//! Attachments and raw mail inside the one file: addressed by their SHA-256, kept in chunks of 256 KiB so that a large
//! one never holds the writer long, readable from any offset.

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use crate::clock::{DAY, Millis};
use crate::db::{Db, Tx};
use crate::error::{Error, Result};

/// Bytes of one chunk; the last may be shorter.
pub const CHUNK: usize = 256 * 1024;

/// Content on its way in. It becomes visible to others when it is complete.
pub struct Staged {
    db: Db,
    id: i64,
    seq: i64,
    size: u64,
    limit: u64,
    hash: Sha256,
    pending: Vec<u8>,
}

/// A complete content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    pub id: i64,
    /// Bytes.
    pub size: u64,
    pub sha256: [u8; 32],
}

impl Staged {
    /// Begins content of at most `limit` bytes.
    ///
    /// # Errors
    /// Database errors.
    pub async fn begin(db: &Db, limit: u64) -> Result<Self> {
        let id = db
            .write(|tx| {
                tx.prepare_cached("INSERT INTO blob (size, state, created_at) VALUES (0, 'staged', ?1)")?
                    .insert([tx.now()])
                    .map_err(Error::from)
            })
            .await?;
        Ok(Self { db: db.clone(), id, seq: 0, size: 0, limit, hash: Sha256::new(), pending: Vec::new() })
    }

    /// Adds bytes; full chunks are stored at once, each in a transaction of its own.
    ///
    /// # Errors
    /// [`Error::TooLarge`] past the limit; database errors.
    pub async fn push(&mut self, mut bytes: &[u8]) -> Result<()> {
        self.size += bytes.len() as u64;
        if self.size > self.limit {
            return Err(Error::TooLarge(self.limit));
        }
        self.hash.update(bytes);
        while !bytes.is_empty() {
            let (head, rest) = bytes.split_at(bytes.len().min(CHUNK - self.pending.len()));
            self.pending.extend_from_slice(head);
            bytes = rest;
            if self.pending.len() == CHUNK {
                self.flush().await?;
            }
        }
        Ok(())
    }

    /// Stores what is left and makes the content visible. The same content stored before is used again.
    ///
    /// # Errors
    /// Database errors.
    pub async fn finish(mut self) -> Result<Blob> {
        if !self.pending.is_empty() {
            self.flush().await?;
        }
        let (id, size) = (self.id, self.size);
        let sha256: [u8; 32] = self.hash.finalize().into();
        self.db.write(move |tx| complete(tx, id, size, sha256)).await
    }

    /// Removes what is there already.
    ///
    /// # Errors
    /// Database errors.
    pub async fn abandon(self) -> Result<()> {
        let id = self.id;
        self.db.write(move |tx| discard(tx, id)).await
    }

    async fn flush(&mut self) -> Result<()> {
        let (id, seq) = (self.id, self.seq);
        let data = std::mem::take(&mut self.pending);
        self.seq += 1;
        self.db
            .write(move |tx| {
                tx.prepare_cached("INSERT INTO blob_chunk (blob_id, seq, data) VALUES (?1, ?2, ?3)")?
                    .execute(params![id, seq, data])?;
                Ok(())
            })
            .await
    }
}

fn complete(tx: &Tx<'_>, id: i64, size: u64, sha256: [u8; 32]) -> Result<Blob> {
    if let Some(existing) = with_hash(tx, &sha256)? {
        tx.prepare_cached("DELETE FROM blob WHERE id = ?1")?.execute([id])?;
        // As good as new: it is not swept before it is held again.
        tx.prepare_cached("UPDATE blob SET created_at = ?2 WHERE id = ?1")?.execute([existing.id, tx.now()])?;
        return Ok(existing);
    }
    tx.prepare_cached("UPDATE blob SET state = 'complete', size = ?2, sha256 = ?3 WHERE id = ?1")?.execute(params![
        id,
        size,
        sha256.as_slice()
    ])?;
    Ok(Blob { id, size, sha256 })
}

/// The content with this hash, if it is stored whole.
///
/// # Errors
/// Database errors.
pub fn with_hash(connection: &Connection, sha256: &[u8; 32]) -> Result<Option<Blob>> {
    Ok(connection
        .prepare_cached("SELECT id, size FROM blob WHERE sha256 = ?1")?
        .query_row([sha256.as_slice()], |row| Ok(Blob { id: row.get(0)?, size: row.get(1)?, sha256: *sha256 }))
        .optional()?)
}

/// Stores `bytes` in chunks of their own transactions.
///
/// # Errors
/// Database errors.
pub async fn store(db: &Db, bytes: &[u8]) -> Result<Blob> {
    let mut staged = Staged::begin(db, u64::MAX).await?;
    staged.push(bytes).await?;
    staged.finish().await
}

/// Stores a small content (a chunk or two) in the transaction at hand.
///
/// # Errors
/// Database errors.
pub fn store_in(tx: &Tx<'_>, bytes: &[u8]) -> Result<Blob> {
    let sha256: [u8; 32] = Sha256::digest(bytes).into();
    if let Some(existing) = with_hash(tx, &sha256)? {
        return Ok(existing);
    }
    let size = bytes.len() as u64;
    let id = tx
        .prepare_cached("INSERT INTO blob (sha256, size, state, created_at) VALUES (?1, ?2, 'complete', ?3)")?
        .insert(params![sha256.as_slice(), size, tx.now()])?;
    let mut insert = tx.prepare_cached("INSERT INTO blob_chunk (blob_id, seq, data) VALUES (?1, ?2, ?3)")?;
    for (seq, chunk) in bytes.chunks(CHUNK).enumerate() {
        insert.execute(params![id, seq, chunk])?;
    }
    Ok(Blob { id, size, sha256 })
}

/// One chunk of a complete content; `None` after the last.
///
/// # Errors
/// Database errors.
pub fn chunk(connection: &Connection, id: i64, seq: i64) -> Result<Option<Vec<u8>>> {
    Ok(connection
        .prepare_cached("SELECT data FROM blob_chunk WHERE blob_id = ?1 AND seq = ?2")?
        .query_row([id, seq], |row| row.get(0))
        .optional()?)
}

/// All of a content. For small ones; large ones are streamed by [`chunk`].
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn read(connection: &Connection, id: i64) -> Result<Vec<u8>> {
    let size: u64 = connection
        .prepare_cached("SELECT size FROM blob WHERE id = ?1 AND state = 'complete'")?
        .query_row([id], |row| row.get(0))?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    let mut select = connection.prepare_cached("SELECT data FROM blob_chunk WHERE blob_id = ?1 ORDER BY seq")?;
    let mut rows = select.query([id])?;
    while let Some(row) = rows.next()? {
        bytes.extend_from_slice(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?);
    }
    Ok(bytes)
}

/// Removes a content that nothing refers to any more; one that something else refers to stays.
///
/// # Errors
/// Database errors.
pub fn discard(tx: &Tx<'_>, id: i64) -> Result<()> {
    match tx.prepare_cached("DELETE FROM blob WHERE id = ?1")?.execute([id]) {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => Ok(()),
        result => result.map(|_| ()).map_err(Error::from),
    }
}

/// Contents that are looked at in one read.
const PAGE: usize = 500;

/// Removes what is older than a day and was never completed, or is held by nobody (a crash between a file and its message).
/// Looks at contents after `from` and answers where the next sweep goes on.
///
/// # Errors
/// Database errors.
pub async fn sweep(db: &Db, mut from: i64) -> Result<i64> {
    let before = db.clock().now() - DAY;
    db.write(move |tx| {
        let sql = "DELETE FROM blob WHERE state = 'staged' AND created_at < ?1";
        Ok(tx.prepare_cached(sql)?.execute([before])?)
    })
    .await?;
    loop {
        let page = db.read(move |connection| looked_at(connection, from, before)).await?;
        for (id, _) in page.iter().filter(|(_, is_held)| !is_held) {
            let id = *id;
            db.write(move |tx| discard(tx, id)).await?;
        }
        from = page.last().map_or(from, |(id, _)| *id);
        if page.len() < PAGE {
            return Ok(from);
        }
    }
}

/// Complete contents in their order, and whether anybody holds them.
fn looked_at(connection: &Connection, from: i64, before: Millis) -> Result<Vec<(i64, bool)>> {
    let mut select = connection.prepare_cached(
        "SELECT b.id, EXISTS (SELECT 1 FROM blob_holder h WHERE h.blob_id = b.id) FROM blob b
          WHERE b.id > ?1 AND b.state = 'complete' AND b.created_at < ?2 ORDER BY b.id LIMIT ?3",
    )?;
    let rows = select.query_map(params![from, before, PAGE], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
