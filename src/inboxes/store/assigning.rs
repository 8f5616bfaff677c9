//! How an inbox hands out its conversations.

use rusqlite::{OptionalExtension, params};

use crate::auth::Viewer;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;
use crate::inboxes::{Assigning, HandOut, Reopening};

/// What was set; the usual, if nothing was.
///
/// # Errors
/// Database errors.
pub fn get(connection: &Connection, inbox: i64) -> Result<Assigning> {
    let found = connection
        .prepare_cached("SELECT way, cap, reopening FROM inbox_assigning WHERE inbox_id = ?1")?
        .query_row([inbox], |row| {
            Ok(Assigning {
                way: HandOut::parse(row.get_ref(0)?.as_str()?).unwrap_or_default(),
                cap: row.get(1)?,
                reopening: Reopening::parse(row.get_ref(2)?.as_str()?).unwrap_or_default(),
            })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// Sets it, for conversations from now on.
///
/// # Errors
/// [`Error::NotFound`] when there is no such inbox.
pub fn set(tx: &Tx<'_>, by: &Viewer, inbox: i64, assigning: &Assigning) -> Result<()> {
    if !tx.prepare_cached("SELECT 1 FROM inbox WHERE id = ?1")?.exists([inbox])? {
        return Err(Error::NotFound);
    }
    tx.prepare_cached(
        "INSERT INTO inbox_assigning (inbox_id, way, cap, reopening) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET way = excluded.way, cap = excluded.cap, reopening = excluded.reopening",
    )?
    .execute(params![inbox, assigning.way.as_str(), assigning.cap, assigning.reopening.as_str()])?;
    tx.emit(Event::InboxChanged { inbox, by: Some(by.id) })
}
