//! What became of conversations that were moved, merged or split, for the lines among their messages.

use rusqlite::OptionalExtension;

use super::super::super::model::{Joined, Other};
use super::super::show::require;
use super::parting;
use crate::auth::Viewer;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::Event;

/// What such a fact says, and who did it; `None` for any other.
pub fn told(connection: &Connection, viewer: &Viewer, event: &Event) -> Result<Option<(Joined, i64)>> {
    let other = |number| other(connection, viewer, number);
    Ok(Some(match *event {
        Event::ConversationMoved { inbox, from, by, .. } => {
            (Joined::Moved { from: name(connection, from)?, to: name(connection, inbox)? }, by)
        }
        Event::ConversationMerged { conversation, other, merger, by, .. } => {
            let undo = parting::can_be_undone(connection, viewer, conversation, merger)?.then_some(merger);
            (Joined::Merged { other, undo }, by)
        }
        Event::ConversationParted { other: number, by, .. } | Event::ConversationReturned { from: number, by, .. } => {
            (Joined::Parted(other(number)?), by)
        }
        Event::ConversationSplit { into, by, .. } => (Joined::Split(other(into)?), by),
        Event::ConversationSplitOff { from, by, .. } => (Joined::SplitOff(other(from)?), by),
        _ => return Ok(None),
    }))
}

fn other(connection: &Connection, viewer: &Viewer, number: i64) -> Result<Other> {
    match require(connection, viewer, number) {
        Ok(_) => Ok(Other { number, is_open: true }),
        Err(Error::NotFound) => Ok(Other { number, is_open: false }),
        Err(error) => Err(error),
    }
}

/// What an inbox is called; empty where it is gone.
fn name(connection: &Connection, inbox: i64) -> Result<String> {
    let mut select = connection.prepare_cached("SELECT name FROM inbox WHERE id = ?1")?;
    Ok(select.query_row([inbox], |row| row.get(0)).optional()?.unwrap_or_default())
}
