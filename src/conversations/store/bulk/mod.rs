//! Changing many conversations: what is to be changed is written down first, then worked through in small pieces by the same
//! verbs as one by one, with the rights that its person has at that moment. A row that was worked through never is again.

mod progress;
mod verbs;

use rusqlite::{OptionalExtension, params};

use super::super::jobs::{BULK, Begun};
use super::super::model::{Action, Bulk, Place, Section, Stage, read_address};
use super::filtered::{self, Query, Stretch};
use crate::auth::{Viewer, sessions};
use crate::clock::HOUR;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::events::Event;
use crate::followers::Step;
use crate::jobs::{self, NewJob};

pub use progress::{latest, names, of, told};

/// Rows changed in one transaction.
const PIECE: usize = 40;
/// Rows written down in one transaction.
const COLLECTED: usize = 500;
/// Conversations of one change at most.
pub const MOST: i64 = 50_000;
/// Conversations that are chosen one by one, at most.
pub const CHOSEN: usize = 200;

/// Changes conversations that were chosen one by one, at once, and answers its number.
///
/// # Errors
/// [`Error::Invalid`] when none or too many are chosen; database errors.
pub fn change(tx: &Tx<'_>, by: &Viewer, action: Action, query: &str, ids: &[i64]) -> Result<i64> {
    if ids.is_empty() || ids.len() > CHOSEN {
        return Err(Error::field("chosen", "bulk-choose"));
    }
    let bulk = begin(tx, by, action, query, Stage::Running)?;
    note(tx, bulk, ids)?;
    while advance_for(tx, by, bulk)? == Step::More {}
    Ok(bulk)
}

/// Begins to change all that a list shows, and answers its number.
///
/// # Errors
/// [`Error::Conflict`] while another one goes on.
pub fn change_all(tx: &Tx<'_>, by: &Viewer, action: Action, query: &str) -> Result<i64> {
    require_free(tx, by)?;
    let bulk = begin(tx, by, action, query, Stage::Collecting)?;
    queue(tx, bulk, "bulk")?;
    Ok(bulk)
}

/// Begins the same change of those that another one left, where it stopped, and answers its number.
///
/// # Errors
/// [`Error::NotFound`] when it is not this person's; [`Error::Conflict`] when it left nothing, or while one goes on.
pub fn change_rest(tx: &Tx<'_>, by: &Viewer, id: i64) -> Result<i64> {
    let before = of(tx, by, id)?;
    if !before.is_cut || before.stage.is_going_on() {
        return Err(Error::Conflict("conflict-bulk-over"));
    }
    require_free(tx, by)?;
    let bulk = begin(tx, by, before.action, &before.query, Stage::Collecting)?;
    tx.prepare_cached(
        "UPDATE bulk SET (reached_at, reached_id) = (SELECT b.reached_at, b.reached_id FROM bulk b WHERE b.id = ?2)
          WHERE id = ?1",
    )?
    .execute([bulk, id])?;
    tx.prepare_cached("UPDATE bulk SET is_cut = 0 WHERE id = ?1")?.execute([id])?;
    queue(tx, bulk, "bulk")?;
    Ok(bulk)
}

fn require_free(tx: &Tx<'_>, by: &Viewer) -> Result<()> {
    let goes_on = tx
        .prepare_cached(
            "SELECT 1 FROM bulk WHERE user_id = ?1 AND state IN ('collecting', 'running', 'undoing') ORDER BY id DESC LIMIT 1",
        )?
        .exists([by.id])?;
    if goes_on { Err(Error::Conflict("conflict-bulk-goes-on")) } else { Ok(()) }
}

fn begin(tx: &Tx<'_>, by: &Viewer, action: Action, query: &str, stage: Stage) -> Result<i64> {
    tx.prepare_cached("DELETE FROM bulk WHERE user_id = ?1 AND ended_at < ?2")?.execute([by.id, tx.now() - HOUR])?;
    let mut insert =
        tx.prepare_cached("INSERT INTO bulk (user_id, action, query, state, created_at) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let id = insert.insert(params![by.id, action.to_text(), query, stage.as_str(), tx.now()])?;
    tx.emit(Event::BulkProgressed { bulk: id, user: by.id })?;
    Ok(id)
}

/// Queues its job. The way back has a name of its own: the job of the way there may not have been put away yet.
fn queue(tx: &Tx<'_>, bulk: i64, name: &str) -> Result<()> {
    let (key, payload) = (format!("{name}-{bulk}"), Begun { bulk });
    jobs::enqueue(tx, &NewJob { kind: BULK, key: Some(&key), lane: None, payload: &payload, run_at: tx.now() })
}

/// Writes down what is to be changed; what stands there already stays.
fn note(tx: &Tx<'_>, bulk: i64, ids: &[i64]) -> Result<()> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO bulk_row (bulk_id, conversation_id, state) VALUES (?1, ?2, 'waiting') ON CONFLICT DO NOTHING",
    )?;
    let mut added = 0;
    for id in ids {
        added += insert.execute([bulk, *id])?;
    }
    tx.prepare_cached("UPDATE bulk SET total = total + ?2 WHERE id = ?1")?.execute(params![bulk, added])?;
    Ok(())
}

/// Does the next piece of a change that goes on, for the person who began it. Without access any more nothing is done.
///
/// # Errors
/// Database errors.
pub fn advance(tx: &Tx<'_>, bulk: i64) -> Result<Step> {
    let user: Option<i64> =
        tx.prepare_cached("SELECT user_id FROM bulk WHERE id = ?1")?.query_row([bulk], |row| row.get(0)).optional()?;
    let Some(user) = user else { return Ok(Step::Done) };
    let Some(viewer) = sessions::stand_in(tx, user)? else {
        end(tx, bulk, user, Stage::Canceled)?;
        return Ok(Step::Done);
    };
    advance_for(tx, &viewer, bulk)
}

fn advance_for(tx: &Tx<'_>, by: &Viewer, bulk: i64) -> Result<Step> {
    let bulk = of(tx, by, bulk)?;
    match bulk.stage {
        Stage::Collecting => collect(tx, by, &bulk)?,
        Stage::Running => work(tx, by, &bulk)?,
        Stage::Undoing => put_back(tx, by, &bulk)?,
        Stage::Done | Stage::Canceled | Stage::Undone => return Ok(Step::Done),
    }
    tx.emit(Event::BulkProgressed { bulk: bulk.id, user: by.id })?;
    let stage: String =
        tx.prepare_cached("SELECT state FROM bulk WHERE id = ?1")?.query_row([bulk.id], |row| row.get(0))?;
    Ok(if Stage::parse(&stage).is_going_on() { Step::More } else { Step::Done })
}

/// Writes down the next of those that the list shows.
fn collect(tx: &Tx<'_>, by: &Viewer, bulk: &Bulk) -> Result<()> {
    let reached: Option<(i64, i64)> = tx
        .prepare_cached("SELECT reached_at, reached_id FROM bulk WHERE id = ?1 AND reached_at IS NOT NULL")?
        .query_row([bulk.id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let after = reached.map_or(Place::TOP, |(at, id)| Place { at, id });
    let (section, words, filter) = read_address(&bulk.query);
    let section = section.unwrap_or(Section::Unassigned);
    let query = Query { section, words: &words, filter: &filter, now: tx.now() };
    let limit = usize::try_from(MOST - bulk.total).unwrap_or_default().clamp(1, COLLECTED);
    // One more, to know whether there are others.
    let stretch = Stretch { after, limit: limit + 1, most: filtered::LOOKED_AT };
    let found = filtered::places(tx, by, &query, stretch)?;
    let ids: Vec<i64> = found.places.iter().take(limit).map(|place| place.id).collect();
    note(tx, bulk.id, &ids)?;
    let next = if found.places.len() > limit { found.places.get(limit - 1).copied() } else { found.reached };
    let Some(next) = next else {
        tx.prepare_cached("UPDATE bulk SET state = 'running' WHERE id = ?1")?.execute([bulk.id])?;
        return Ok(());
    };
    tx.prepare_cached(
        "UPDATE bulk SET reached_at = ?2, reached_id = ?3, is_cut = total >= ?4,
                         state = iif(total >= ?4, 'running', state)
          WHERE id = ?1",
    )?
    .execute(params![bulk.id, next.at, next.id, MOST])?;
    Ok(())
}

/// One row that is to be worked on.
struct Noted {
    conversation: i64,
    /// How it was before the change.
    before: Option<String>,
    /// The newest fact about it after the change.
    fact: Option<i64>,
}

fn rows_in(tx: &Tx<'_>, bulk: i64, state: &str) -> Result<Vec<Noted>> {
    let mut select = tx.prepare_cached(
        "SELECT conversation_id, before, event_id FROM bulk_row WHERE bulk_id = ?1 AND state = ?2 ORDER BY conversation_id LIMIT ?3",
    )?;
    let rows = select.query_map(params![bulk, state, PIECE], |row| {
        Ok(Noted { conversation: row.get(0)?, before: row.get(1)?, fact: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Changes the next ones.
fn work(tx: &Tx<'_>, by: &Viewer, bulk: &Bulk) -> Result<()> {
    let rows = rows_in(tx, bulk.id, "waiting")?;
    for Noted { conversation, .. } in &rows {
        let before = verbs::before(tx, bulk.action, *conversation)?;
        let fact = newest_fact(tx, *conversation)?;
        let outcome = tx.attempt(|tx| verbs::apply(tx, by, bulk.action, *conversation));
        let reason = match &outcome {
            Ok(()) => None,
            Err(error) => Some(verbs::reason(error).ok_or_else(|| Error::internal(error))?),
        };
        let state = match reason {
            Some(_) => "refused",
            None if newest_fact(tx, *conversation)? == fact => "same",
            None => "done",
        };
        tx.prepare_cached(
            "UPDATE bulk_row SET state = ?3, reason = ?4, before = ?5, event_id = ?6 WHERE bulk_id = ?1 AND conversation_id = ?2",
        )?
        .execute(params![bulk.id, conversation, state, reason, before, newest_change(tx, *conversation)?])?;
    }
    if rows.len() < PIECE { end(tx, bulk.id, by.id, Stage::Done) } else { Ok(()) }
}

/// Takes the next ones back, but for those that were changed meanwhile.
fn put_back(tx: &Tx<'_>, by: &Viewer, bulk: &Bulk) -> Result<()> {
    let rows = rows_in(tx, bulk.id, "done")?;
    for Noted { conversation, before, fact } in &rows {
        let untouched = newest_change(tx, *conversation)? == *fact;
        let back = untouched
            && tx.attempt(|tx| verbs::apply_back(tx, by, bulk.action, *conversation, before.as_deref())).is_ok();
        tx.prepare_cached("UPDATE bulk_row SET state = ?3 WHERE bulk_id = ?1 AND conversation_id = ?2")?
            .execute(params![bulk.id, conversation, if back { "back" } else { "kept" }])?;
    }
    if rows.len() < PIECE { end(tx, bulk.id, by.id, Stage::Undone) } else { Ok(()) }
}

fn end(tx: &Tx<'_>, bulk: i64, user: i64, stage: Stage) -> Result<()> {
    tx.prepare_cached("UPDATE bulk SET state = ?2, ended_at = ?3 WHERE id = ?1")?.execute(params![
        bulk,
        stage.as_str(),
        tx.now()
    ])?;
    tx.emit(Event::BulkProgressed { bulk, user })
}

fn newest_fact(tx: &Tx<'_>, conversation: i64) -> Result<Option<i64>> {
    Ok(tx
        .prepare_cached("SELECT max(id) FROM event WHERE conversation_id = ?1")?
        .query_row([conversation], |row| row.get(0))?)
}

/// The newest fact but for what people do for themselves: having read it, watching it.
fn newest_change(tx: &Tx<'_>, conversation: i64) -> Result<Option<i64>> {
    Ok(tx
        .prepare_cached("SELECT max(id) FROM event WHERE conversation_id = ?1 AND kind NOT IN ('conversation.read', 'watch.changed')")?
        .query_row([conversation], |row| row.get(0))?)
}

/// Stops it where it is. What was changed stays changed.
///
/// # Errors
/// [`Error::NotFound`] when it is not this person's; [`Error::Conflict`] when it is over.
pub fn cancel(tx: &Tx<'_>, by: &Viewer, id: i64) -> Result<()> {
    match of(tx, by, id)?.stage {
        Stage::Collecting | Stage::Running => end(tx, id, by.id, Stage::Canceled),
        _ => Err(Error::Conflict("conflict-bulk-over")),
    }
}

/// Begins to take it back.
///
/// # Errors
/// [`Error::NotFound`] when it is not this person's; [`Error::Conflict`] when it is too late.
pub fn undo(tx: &Tx<'_>, by: &Viewer, id: i64) -> Result<()> {
    let bulk = told(tx, by, id)?;
    if !bulk.can_be_undone(tx.now()) {
        return Err(Error::Conflict("conflict-bulk-too-late"));
    }
    tx.prepare_cached("UPDATE bulk SET state = 'undoing' WHERE id = ?1")?.execute([id])?;
    if bulk.outcomes.done > i64::try_from(CHOSEN).unwrap_or(i64::MAX) {
        tx.emit(Event::BulkProgressed { bulk: id, user: by.id })?;
        return queue(tx, id, "bulk-undo");
    }
    while advance_for(tx, by, id)? == Step::More {}
    Ok(())
}
