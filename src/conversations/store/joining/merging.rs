//! Two conversations become one. What was said in both stands in one, in the order of time; the other leads there.

use std::collections::BTreeSet;

use rusqlite::params;

use super::super::super::model::{Candidates, Pair, Row, State};
use super::super::closure::reopen_by;
use super::super::show::{self, require};
use super::super::{list, mentions, search, snooze};
use super::carrying::{self, Passage};
use super::{lines, marks};
use crate::auth::Viewer;
use crate::contacts;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::{Event, Waking};

/// Message key of having been second.
pub const ALREADY: &str = "conflict-merged-already";
/// Rows of a search.
const SHOWN: u32 = 30;

/// One of the two, as it was.
struct Side {
    id: i64,
    inbox: i64,
    channel: String,
    state: State,
    is_spam: bool,
    unanswered: bool,
    priority: i64,
    is_merged: bool,
}

/// Merges two conversations.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see one of them; [`Error::Conflict`] when they do not fit together, or one
/// of them was merged already.
pub fn merge(tx: &Tx<'_>, by: &Viewer, pair: Pair) -> Result<()> {
    let (kept, merged) = (side(tx, by, pair.kept)?, side(tx, by, pair.merged)?);
    if let Some(key) = refusal(&kept, &merged) {
        return Err(Error::Conflict(key));
    }
    let noted = note(tx, by, (&kept, &merged))?;
    let (own, other) = (marks::of(tx, kept.id, merged.id)?, marks::of(tx, merged.id, kept.id)?);
    let unread = mentions::unread(tx, [kept.id, merged.id])?;
    carrying::all(tx, Passage { merger: noted, from: merged.id, to: kept.id })?;
    snooze::end(tx, merged.id)?;
    tx.prepare_cached("UPDATE conversation SET state = 'closed', merged_into_id = ?2 WHERE id = ?1")?
        .execute([merged.id, kept.id])?;
    let waits = merged.unanswered && merged.state != State::Closed;
    tx.prepare_cached(
        "UPDATE conversation SET unanswered = max(unanswered, ?2), priority = max(priority, ?3),
                incoming_count = incoming_count + (SELECT o.incoming_count FROM conversation o WHERE o.id = ?4)
          WHERE id = ?1",
    )?
    .execute(params![kept.id, waits, merged.priority, merged.id])?;
    for (own, other) in own.into_iter().zip(other) {
        marks::put(tx, kept.id, marks::sum(own, other))?;
    }
    lines::refresh(tx, kept.id)?;
    mentions::resettle(tx, &unread, [kept.id, merged.id])?;
    let (conversation, inbox, by) = (kept.id, kept.inbox, by.id);
    tx.emit(Event::ConversationMerged { conversation, inbox, other: merged.id, merger: noted, by })?;
    tx.emit(Event::ConversationMergedInto { conversation: merged.id, inbox: merged.inbox, into: kept.id, by })?;
    if kept.state.livelier(merged.state) != kept.state {
        reopen_by(tx, conversation, inbox, Some(by))?;
        snooze::wake_by(tx, conversation, inbox, (Waking::Person, Some(by)))?;
    }
    Ok(())
}

fn side(tx: &Tx<'_>, by: &Viewer, conversation: i64) -> Result<Side> {
    let mut select = tx.prepare_cached(
        "SELECT c.id, c.inbox_id, i.channel, c.state, c.spam, c.unanswered, c.priority, c.merged_into_id IS NOT NULL
           FROM conversation c
           JOIN inbox i ON i.id = c.inbox_id
           JOIN inbox_reader r ON r.inbox_id = c.inbox_id AND r.user_id = ?1
          WHERE c.id = ?2",
    )?;
    Ok(select.query_row([by.id, conversation], |row| {
        Ok(Side {
            id: row.get(0)?,
            inbox: row.get(1)?,
            channel: row.get(2)?,
            state: State::parse(row.get_ref(3)?.as_str()?),
            is_spam: row.get(4)?,
            unanswered: row.get(5)?,
            priority: row.get(6)?,
            is_merged: row.get(7)?,
        })
    })?)
}

/// Why two conversations do not become one: a message key.
fn refusal(kept: &Side, merged: &Side) -> Option<&'static str> {
    if kept.id == merged.id {
        return Some("conflict-merge-itself");
    }
    if kept.is_merged || merged.is_merged {
        return Some(ALREADY);
    }
    if kept.is_spam || merged.is_spam {
        return Some("conflict-merge-spam");
    }
    (kept.channel != merged.channel).then_some("conflict-merge-channel")
}

fn note(tx: &Tx<'_>, by: &Viewer, (kept, merged): (&Side, &Side)) -> Result<i64> {
    Ok(tx
        .prepare_cached(
            "INSERT INTO merger (kept_id, merged_id, merged_by, merged_at, after_id, kept_state, merged_state,
                                 kept_unanswered, kept_priority)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .insert(params![
            kept.id,
            merged.id,
            by.id,
            tx.now(),
            carrying::newest(tx)?,
            kept.state.as_str(),
            merged.state.as_str(),
            kept.unanswered,
            kept.priority
        ])?)
}

/// Conversations that this one could be merged with: those with the same contact first, or what a search finds, by number
/// or by words.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it.
pub fn candidates(connection: &Connection, viewer: &Viewer, conversation: i64, query: &str) -> Result<Candidates> {
    let own = show::get(connection, viewer, conversation)?;
    let fits = |row: &Row| row.id != conversation && row.channel == own.channel;
    let query = query.trim();
    if query.is_empty() {
        let same = show::history(connection, viewer, own.contact, conversation)?;
        return Ok(Candidates { same: same.into_iter().filter(fits).collect(), others: Vec::new() });
    }
    let mut found = Vec::new();
    if let Some(number) = query.trim_start_matches('#').parse().ok().filter(|number| *number > 0) {
        match require(connection, viewer, number) {
            Ok(_) => found.extend(list::by_ids(connection, viewer, &[number])?),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
        // A number may as well be the contact's: both stand in the details.
        if let Some(contact) = contacts::by_number(connection, number)? {
            found.extend(show::history(connection, viewer, contact, conversation)?);
        }
    }
    found.extend(search::rows(connection, viewer, query, SHOWN)?);
    let mut seen = BTreeSet::new();
    let found = found.into_iter().filter(|row| fits(row) && seen.insert(row.id));
    let (same, others) = found.partition(|row| row.contact == own.contact);
    Ok(Candidates { same, others })
}
