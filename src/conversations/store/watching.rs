//! Who follows a conversation, and who wants to hear nothing of it. It ends with the access: triggers see to that.

use rusqlite::{OptionalExtension, params};

use super::super::model::{Watch, Watches};
use super::mentions;
use super::show::{require, require_of};
use crate::auth::Viewer;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;

/// Keeps what a person wants to hear of a conversation; none: what they hear of any other.
///
/// # Errors
/// [`Error::NotFound`] when they may not see it.
pub fn set(tx: &Tx<'_>, by: &Viewer, conversation: i64, watch: Option<Watch>) -> Result<()> {
    let inbox = require(tx, by, conversation)?;
    if current(tx, conversation, by.id)? == watch {
        return Ok(());
    }
    match watch {
        Some(watch) => write(tx, conversation, by.id, (watch, by.id))?,
        None => {
            tx.prepare_cached("DELETE FROM watch WHERE user_id = ?1 AND conversation_id = ?2")?
                .execute([by.id, conversation])?;
        }
    }
    tx.emit(Event::WatchChanged { conversation, inbox, user: by.id, by: by.id })
}

/// Lets somebody else who reads it watch it. Who wants to hear nothing of it is left alone.
///
/// # Errors
/// [`Error::NotFound`] when either may not see it; [`Error::Conflict`] when the other one muted it.
pub fn add(tx: &Tx<'_>, by: &Viewer, conversation: i64, user: i64) -> Result<()> {
    let inbox = require(tx, by, conversation)?;
    require_of(tx, user, conversation)?;
    match current(tx, conversation, user)? {
        Some(Watch::Watching) => Ok(()),
        Some(Watch::Muted) if user != by.id => Err(Error::Conflict("conflict-watch-muted")),
        Some(Watch::Muted) | None => {
            write(tx, conversation, user, (Watch::Watching, by.id))?;
            tx.emit(Event::WatchChanged { conversation, inbox, user, by: by.id })
        }
    }
}

fn current(tx: &Tx<'_>, conversation: i64, user: i64) -> Result<Option<Watch>> {
    let level: Option<String> = tx
        .prepare_cached("SELECT level FROM watch WHERE user_id = ?1 AND conversation_id = ?2")?
        .query_row([user, conversation], |row| row.get(0))
        .optional()?;
    Ok(level.as_deref().and_then(Watch::parse))
}

fn write(tx: &Tx<'_>, conversation: i64, user: i64, (watch, by): (Watch, i64)) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO watch (user_id, conversation_id, level, set_by, set_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET level = excluded.level, set_by = excluded.set_by, set_at = excluded.set_at",
    )?
    .execute(params![user, conversation, watch.as_str(), by, tx.now()])?;
    Ok(())
}

/// The query of what was said about a conversation.
pub const OF: &str = "SELECT user_id, level FROM watch WHERE conversation_id = ?1";

/// What was said about a conversation, as this person sees it. The caller has checked that they may.
///
/// # Errors
/// Database errors.
pub fn of(connection: &Connection, viewer: &Viewer, conversation: i64) -> Result<Watches> {
    let mut select = connection.prepare_cached(OF)?;
    let rows = select.query_map([conversation], |row| {
        Ok((row.get(0)?, Watch::parse(row.get_ref(1)?.as_str()?).unwrap_or(Watch::Watching)))
    })?;
    let all = rows.collect::<rusqlite::Result<_>>()?;
    Ok(Watches { all, is_named: mentions::place_of(connection, viewer, conversation)?.is_some() })
}
