//! Where conversations lead that were merged, and why an open page has lost its own.

use rusqlite::OptionalExtension;

use super::super::super::model::Away;
use super::super::show::require;
use crate::auth::Viewer;
use crate::db::Connection;
use crate::error::{Error, Result};

/// The conversation that stands for this one now: itself, unless it was merged.
///
/// # Errors
/// Database errors.
pub fn standing(connection: &Connection, conversation: i64) -> Result<i64> {
    let mut select = connection.prepare_cached("SELECT merged_into_id FROM conversation WHERE id = ?1")?;
    let mut at = conversation;
    while let Some(next) = select.query_row([at], |row| row.get::<_, Option<i64>>(0)).optional()?.flatten() {
        at = next;
    }
    Ok(at)
}

/// Where a conversation leads that was merged, if the viewer may see what stands there.
///
/// # Errors
/// Database errors.
pub fn lead(connection: &Connection, viewer: &Viewer, conversation: i64) -> Result<Option<i64>> {
    let there = standing(connection, conversation)?;
    if there == conversation {
        return Ok(None);
    }
    match require(connection, viewer, there) {
        Ok(_) => Ok(Some(there)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Why a conversation is not there any more for somebody who read it before: it was merged, or moved to an inbox that
/// they do not read.
///
/// # Errors
/// [`Error::NotFound`] where neither is so, or it is not theirs to know of.
pub fn away(connection: &Connection, viewer: &Viewer, conversation: i64) -> Result<Away> {
    let ids = [viewer.id, conversation];
    let there = standing(connection, conversation)?;
    if there != conversation {
        let into = lead(connection, viewer, conversation)?;
        let mut merged = connection.prepare_cached(
            "SELECT u.name, g.merged_at FROM conversation c
               JOIN merger g ON g.merged_id = c.id AND g.undone_at IS NULL
               JOIN inbox_reader r ON r.inbox_id = c.inbox_id AND r.user_id = ?1
               LEFT JOIN user u ON u.id = g.merged_by
              WHERE c.id = ?2",
        )?;
        let (by, at) = merged.query_row(ids, |row| Ok((row.get(0)?, row.get(1)?)))?;
        return Ok(Away::Merged { into, number: there, by, at });
    }
    let mut moved = connection.prepare_cached(
        "SELECT u.name, l.moved_at FROM relocation l
           JOIN inbox_reader r ON r.inbox_id = l.from_id AND r.user_id = ?1
           LEFT JOIN user u ON u.id = l.moved_by
          WHERE l.conversation_id = ?2 ORDER BY l.id DESC LIMIT 1",
    )?;
    Ok(moved.query_row(ids, |row| Ok(Away::Moved { by: row.get(0)?, at: row.get(1)? }))?)
}
