//! A merger is undone: both conversations are as they were. It can be done until a message comes or leaves, because then
//! nobody could say to which of the two that belongs.

use rusqlite::{OptionalExtension, params};

use super::super::super::model::{Pair, State};
use super::super::assignment::release_one;
use super::super::show::require;
use super::super::{closure, mentions};
use super::carrying::{self, Passage};
use super::{lines, marks};
use crate::auth::Viewer;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;

/// A merger as it was noted.
struct Merger {
    id: i64,
    pair: Pair,
    /// The inbox of the conversation that was merged.
    inbox: i64,
    after: i64,
    kept_state: State,
    merged_state: State,
    kept_unanswered: bool,
    kept_priority: i64,
}

/// Undoes the merger of a conversation with another; answers which those were.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see both; [`Error::Conflict`] when it is undone already, or too late.
pub fn undo(tx: &Tx<'_>, by: &Viewer, conversation: i64, merger: i64) -> Result<Pair> {
    let inbox = require(tx, by, conversation)?;
    let merger = find(tx, by, conversation, merger)?;
    let Pair { kept, merged } = merger.pair;
    if is_answered(tx, &merger)? {
        return Err(Error::Conflict("conflict-merge-answered"));
    }
    let (all, before) = (marks::of(tx, kept, merged)?, marks::of(tx, merged, kept)?);
    let unread = mentions::unread(tx, [kept, merged])?;
    carrying::back(tx, Passage { merger: merger.id, from: merged, to: kept })?;
    restore(tx, &merger)?;
    for (all, before) in all.into_iter().zip(before) {
        let part = if all.unread == 0 { marks::sum(all, marks::Mark { unread: 0, ..before }) } else { before };
        marks::put(tx, merged, part)?;
        marks::put(tx, kept, marks::Mark { unread: (all.unread - part.unread).max(0), ..all })?;
    }
    lines::refresh(tx, kept)?;
    lines::refresh(tx, merged)?;
    mentions::resettle(tx, &unread, [kept, merged])?;
    tx.prepare_cached("UPDATE merger SET undone_by = ?2, undone_at = ?3 WHERE id = ?1")?.execute([
        merger.id,
        by.id,
        tx.now(),
    ])?;
    tx.emit(Event::ConversationParted { conversation: kept, inbox, other: merged, by: by.id })?;
    tx.emit(Event::ConversationReturned { conversation: merged, inbox: merger.inbox, from: kept, by: by.id })?;
    if merger.merged_state != State::Closed {
        release_one(tx, merged, merger.inbox)?;
    }
    if merger.kept_state == State::Closed && merger.merged_state != State::Closed {
        // The merger had opened it; if somebody has closed it since, that is so already.
        closure::close(tx, by, kept)
            .or_else(|error| if matches!(error, Error::Conflict(_)) { Ok(()) } else { Err(error) })?;
    }
    Ok(merger.pair)
}

fn find(connection: &Connection, by: &Viewer, conversation: i64, merger: i64) -> Result<Merger> {
    let mut select = connection.prepare_cached(
        "SELECT g.id, g.kept_id, g.merged_id, c.inbox_id, g.after_id, g.kept_state, g.merged_state, g.kept_unanswered,
                g.kept_priority
           FROM merger g
           JOIN conversation c ON c.id = g.merged_id
          WHERE g.id = ?1 AND g.kept_id = ?2 AND g.undone_at IS NULL",
    )?;
    let found = select.query_row([merger, conversation], |row| {
        Ok(Merger {
            id: row.get(0)?,
            pair: Pair { kept: row.get(1)?, merged: row.get(2)? },
            inbox: row.get(3)?,
            after: row.get(4)?,
            kept_state: State::parse(row.get_ref(5)?.as_str()?),
            merged_state: State::parse(row.get_ref(6)?.as_str()?),
            kept_unanswered: row.get(7)?,
            kept_priority: row.get(8)?,
        })
    });
    let merger = found.optional()?.ok_or(Error::Conflict("conflict-merge-undone"))?;
    let reads = connection
        .prepare_cached("SELECT 1 FROM inbox_reader WHERE inbox_id = ?1 AND user_id = ?2")?
        .exists([merger.inbox, by.id])?;
    if reads { Ok(merger) } else { Err(Error::NotFound) }
}

/// Whether a message has come or left since. A note is for the team and goes nowhere.
fn is_answered(connection: &Connection, merger: &Merger) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM message WHERE conversation_id = ?1 AND id > ?2 AND kind != 'note'")?
        .exists([merger.pair.kept, merger.after])?)
}

/// Both rows as they were. What was put off comes back at once: its time may have passed.
fn restore(tx: &Tx<'_>, merger: &Merger) -> Result<()> {
    let Pair { kept, merged } = merger.pair;
    let state = if merger.merged_state == State::Closed { State::Closed } else { State::Open };
    tx.prepare_cached(
        "UPDATE conversation SET unanswered = ?2, incoming_count = max(conversation.incoming_count - o.incoming_count, 0),
                priority = iif(conversation.priority = max(?3, o.priority), ?3, conversation.priority)
           FROM (SELECT incoming_count, priority FROM conversation WHERE id = ?4) AS o
          WHERE conversation.id = ?1",
    )?
    .execute(params![kept, merger.kept_unanswered, merger.kept_priority, merged])?;
    tx.prepare_cached("UPDATE conversation SET state = ?2, merged_into_id = NULL WHERE id = ?1")?
        .execute(params![merged, state.as_str()])?;
    Ok(())
}

/// Whether the merger of a conversation with another can be undone by this person now.
///
/// # Errors
/// Database errors.
pub fn can_be_undone(connection: &Connection, viewer: &Viewer, conversation: i64, merger: i64) -> Result<bool> {
    match find(connection, viewer, conversation, merger) {
        Ok(merger) => Ok(!is_answered(connection, &merger)?),
        Err(Error::NotFound | Error::Conflict(_)) => Ok(false),
        Err(error) => Err(error),
    }
}
