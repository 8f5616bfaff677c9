//! How far a change of many has come, for the person who began it.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row};

use super::super::super::model::{Action, Bulk, Outcomes, Stage, UNDOABLE};
use super::super::{list, show};
use crate::auth::Viewer;
use crate::clock::{HOUR, Millis};
use crate::db::Connection;
use crate::error::Result;

/// One change of this person, without what became of its rows.
///
/// # Errors
/// [`Error::NotFound`] when it is not theirs.
pub fn of(connection: &Connection, viewer: &Viewer, id: i64) -> Result<Bulk> {
    Ok(connection
        .prepare_cached(
            "SELECT id, user_id, action, query, state, total, ended_at, is_cut FROM bulk WHERE id = ?1 AND user_id = ?2",
        )?
        .query_row([id, viewer.id], bulk)?)
}

/// The same with what became of them, and why some were refused.
///
/// # Errors
/// [`Error::NotFound`] when it is not theirs.
pub fn told(connection: &Connection, viewer: &Viewer, id: i64) -> Result<Bulk> {
    let mut bulk = of(connection, viewer, id)?;
    bulk.outcomes = outcomes(connection, id)?;
    let mut select = connection.prepare_cached(
        "SELECT reason, conversation_id FROM bulk_row WHERE bulk_id = ?1 AND state = 'refused' ORDER BY conversation_id LIMIT 1000",
    )?;
    let mut reasons: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for row in select.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (reason, conversation) = row?;
        reasons.entry(reason).or_default().push(conversation);
    }
    for (reason, mut ids) in reasons {
        let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
        ids.truncate(3);
        bulk.reasons.push((reason, count, ids));
    }
    Ok(bulk)
}

/// What this person should see beside their list: what goes on, was over a moment ago, or left others for another time.
///
/// # Errors
/// Database errors.
pub fn latest(connection: &Connection, viewer: &Viewer, now: Millis) -> Result<Option<Bulk>> {
    let id: Option<i64> = connection
        .prepare_cached("SELECT id FROM bulk WHERE user_id = ?1 ORDER BY id DESC LIMIT 1")?
        .query_row([viewer.id], |row| row.get(0))
        .optional()?;
    let Some(id) = id else { return Ok(None) };
    let bulk = told(connection, viewer, id)?;
    let shown = if bulk.is_cut { HOUR } else { UNDOABLE };
    let fresh = bulk.ended_at.is_some_and(|at| now - at <= shown);
    Ok(Some(bulk).filter(|bulk| bulk.stage.is_going_on() || fresh))
}

/// Who the conversations are with, for those that this person may see.
///
/// # Errors
/// Database errors.
pub fn names(connection: &Connection, viewer: &Viewer, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let seen: Vec<i64> = ids.iter().copied().filter(|id| show::require(connection, viewer, *id).is_ok()).collect();
    Ok(list::by_ids(connection, viewer, &seen)?.into_iter().map(|row| (row.id, row.name)).collect())
}

fn outcomes(connection: &Connection, id: i64) -> Result<Outcomes> {
    let mut select =
        connection.prepare_cached("SELECT state, count(*) FROM bulk_row WHERE bulk_id = ?1 GROUP BY state")?;
    let mut outcomes = Outcomes::default();
    for row in select.query_map([id], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))? {
        let (state, count) = row?;
        match state.as_str() {
            "waiting" => outcomes.waiting = count,
            "done" => outcomes.done = count,
            "same" => outcomes.same = count,
            "refused" => outcomes.refused = count,
            "back" => outcomes.back = count,
            _ => outcomes.kept = count,
        }
    }
    Ok(outcomes)
}

fn bulk(row: &Row<'_>) -> rusqlite::Result<Bulk> {
    let action: String = row.get(2)?;
    Ok(Bulk {
        id: row.get(0)?,
        user: row.get(1)?,
        // What was stored was an action; whatever else changes nothing.
        action: Action::parse(&action).unwrap_or(Action::Read),
        query: row.get(3)?,
        stage: Stage::parse(row.get_ref(4)?.as_str()?),
        total: row.get(5)?,
        ended_at: row.get(6)?,
        is_cut: row.get(7)?,
        outcomes: Outcomes::default(),
        reasons: Vec::new(),
    })
}
