//! Photos of people: one small picture each, under a key nobody guesses and that changes with the picture.

use rusqlite::params;

use crate::auth::Viewer;
use crate::blobs;
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::events::Event;

/// A photo as stored.
pub struct Photo {
    pub blob: i64,
    /// Bytes.
    pub size: u64,
}

/// Stores a picture as the photo of `viewer`, under `key`.
///
/// # Errors
/// Database errors.
pub fn set(tx: &Tx<'_>, viewer: &Viewer, key: &str, picture: &[u8]) -> Result<()> {
    let blob = blobs::store_in(tx, picture)?;
    replace(tx, viewer, Some((blob.id, key)))
}

/// Removes the photo of `viewer`.
///
/// # Errors
/// Database errors.
pub fn remove(tx: &Tx<'_>, viewer: &Viewer) -> Result<()> {
    replace(tx, viewer, None)
}

fn replace(tx: &Tx<'_>, viewer: &Viewer, photo: Option<(i64, &str)>) -> Result<()> {
    let before: Option<i64> =
        tx.prepare_cached("SELECT photo_id FROM user WHERE id = ?1")?.query_row([viewer.id], |row| row.get(0))?;
    let (blob, key) = photo.unzip();
    tx.prepare_cached("UPDATE user SET photo_id = ?2, photo_key = ?3, updated_at = ?4 WHERE id = ?1")?
        .execute(params![viewer.id, blob, key, tx.now()])?;
    if let Some(before) = before.filter(|before| Some(*before) != blob) {
        blobs::discard(tx, before)?;
    }
    tx.emit(Event::UserChanged { user: viewer.id, by: Some(viewer.id) })
}

/// The photo with this key.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none.
pub fn find(connection: &Connection, key: &str) -> Result<Photo> {
    let found = connection
        .prepare_cached("SELECT b.id, b.size FROM user u JOIN blob b ON b.id = u.photo_id WHERE u.photo_key = ?1")?
        .query_row([key], |row| Ok(Photo { blob: row.get(0)?, size: row.get(1)? }))?;
    Ok(found)
}
