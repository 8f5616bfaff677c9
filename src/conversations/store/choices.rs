//! How people want to write.

use rusqlite::{OptionalExtension, params};

use super::super::model::Undo;
use crate::auth::Viewer;
use crate::db::{Connection, Tx};
use crate::error::Result;

/// Whether this person's answers can be taken back for a while. They can, unless somebody chose otherwise.
///
/// # Errors
/// Database errors.
pub fn undo(connection: &Connection, user: i64) -> Result<Undo> {
    let seconds: Option<i64> = connection
        .prepare_cached("SELECT undo_seconds FROM writing_choice WHERE user_id = ?1")?
        .query_row([user], |row| row.get(0))
        .optional()?;
    Ok(if seconds == Some(0) { Undo::Off } else { Undo::On })
}

/// Keeps what this person chose.
///
/// # Errors
/// Database errors.
pub fn set_undo(tx: &Tx<'_>, by: &Viewer, undo: Undo) -> Result<()> {
    let seconds = match undo {
        Undo::On => 10,
        Undo::Off => 0,
    };
    tx.prepare_cached(
        "INSERT INTO writing_choice (user_id, undo_seconds) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET undo_seconds = excluded.undo_seconds",
    )?
    .execute(params![by.id, seconds])?;
    Ok(())
}
