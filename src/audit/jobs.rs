//! Letting go of what is older than the workspace keeps it.

use super::store;
use crate::db::Db;
use crate::error::Result;
use crate::events::Event;

/// Entries that one transaction removes: others write in between.
const AT_ONCE: u32 = 500;

/// Removes the entries whose time is over, and notes how many. It may be called as often as one likes.
///
/// # Errors
/// Database errors; what was removed before stays removed.
pub async fn purge(db: &Db) -> Result<()> {
    let now = db.clock().now();
    let due = db.read(move |connection| store::older(connection, store::kept_since(connection, now)?));
    let entries = due.await?;
    if entries == 0 {
        return Ok(());
    }
    // The schema goes by the newest entry, because it knows no clock: this is the newest.
    db.write(move |tx| tx.emit(Event::ActivityPurged { entries })).await?;
    loop {
        let removed = db.write(move |tx| store::remove(tx, store::kept_since(tx, now)?, AT_ONCE)).await?;
        if removed < AT_ONCE as usize {
            return Ok(());
        }
    }
}
