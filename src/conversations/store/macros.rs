//! Macros as they are kept: one's own, and those that the team shares, with the same rights as prepared texts.

use rusqlite::{OptionalExtension, Row, params};

use super::super::model::macros::{Action, Counts, Kind, Macro, NewMacro, Refusal, STEPS, Shift, Step, Wants};
use super::super::model::reply::{self, Sharing};
use super::super::model::{Person, Priority, Until, tag_name};
use super::replies::{self, allow};
use crate::auth::Viewer;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};

/// The most that one person can see.
const MOST: usize = 200;

/// All that this person can run: their own first, then the team's, each by name.
///
/// # Errors
/// Database errors.
pub fn all(connection: &Connection, viewer: &Viewer) -> Result<Vec<Macro>> {
    let mut own = connection
        .prepare_cached("SELECT id, name, owner_id, refusal FROM macro WHERE owner_id = ?1 ORDER BY name LIMIT ?2")?;
    let mut shared = connection.prepare_cached(
        "SELECT id, name, owner_id, refusal FROM macro WHERE owner_id IS NULL ORDER BY name LIMIT ?1",
    )?;
    let mut macros = own.query_map(params![viewer.id, MOST], macro_of)?.collect::<rusqlite::Result<Vec<_>>>()?;
    macros.extend(shared.query_map([MOST], macro_of)?.collect::<rusqlite::Result<Vec<_>>>()?);
    for one in &mut macros {
        one.steps = steps(connection, one.id)?;
    }
    Ok(macros)
}

/// One that this person can run.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's own.
pub fn get(connection: &Connection, viewer: &Viewer, id: i64) -> Result<Macro> {
    let mut found = connection
        .prepare_cached(
            "SELECT id, name, owner_id, refusal FROM macro WHERE id = ?1 AND (owner_id IS NULL OR owner_id = ?2)",
        )?
        .query_row([id, viewer.id], macro_of)?;
    found.steps = steps(connection, id)?;
    Ok(found)
}

/// One that this person may change.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's own, [`Error::Forbidden`] for a shared one without the right.
pub fn to_change(connection: &Connection, viewer: &Viewer, id: i64) -> Result<Macro> {
    let found = get(connection, viewer, id)?;
    allow(viewer, found.sharing)?;
    Ok(found)
}

/// The macro of an action that this person may change.
///
/// # Errors
/// As [`to_change`].
pub fn of_step(connection: &Connection, viewer: &Viewer, step: i64) -> Result<Macro> {
    let id: i64 = connection
        .prepare_cached("SELECT macro_id FROM macro_step WHERE id = ?1")?
        .query_row([step], |row| row.get(0))?;
    to_change(connection, viewer, id)
}

fn macro_of(row: &Row<'_>) -> rusqlite::Result<Macro> {
    let owner: Option<i64> = row.get(2)?;
    Ok(Macro {
        id: row.get(0)?,
        name: row.get(1)?,
        sharing: if owner.is_some() { Sharing::Own } else { Sharing::Team },
        refusal: Refusal::parse(row.get_ref(3)?.as_str()?),
        steps: Vec::new(),
    })
}

fn steps(connection: &Connection, id: i64) -> Result<Vec<Step>> {
    let mut select = connection.prepare_cached(
        "SELECT s.id, s.kind, s.value, s.counts, coalesce(u.name, '/' || r.code, '')
           FROM macro_step s
           LEFT JOIN user u ON s.kind = 'assign' AND u.id = CAST(s.value AS INTEGER)
           LEFT JOIN saved_reply r ON s.kind = 'reply' AND r.id = CAST(s.value AS INTEGER)
          WHERE s.macro_id = ?1 ORDER BY s.position, s.id",
    )?;
    let rows = select.query_map([id], |row| {
        let (kind, value): (String, String) = (row.get(1)?, row.get(2)?);
        let counts = if row.get(3)? { Counts::Yes } else { Counts::No };
        let (id, about) = (row.get(0)?, row.get(4)?);
        Ok(Kind::parse(&kind).map(|kind| Step { id, action: Action { kind, value, counts }, about }))
    })?;
    Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().flatten().collect())
}

/// Keeps a new one, without actions.
///
/// # Errors
/// [`Error::Forbidden`] for sharing without the right.
pub fn create(tx: &Tx<'_>, by: &Viewer, new: &NewMacro) -> Result<i64> {
    allow(by, new.sharing)?;
    let id = tx
        .prepare_cached(
            "INSERT INTO macro (owner_id, name, refusal, created_by, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
        )?
        .insert(params![owner(by, new.sharing), new.name, new.refusal.as_str(), by.id, tx.now()])?;
    Ok(id)
}

/// Changes name, sharing and what follows a refusal.
///
/// # Errors
/// As [`create`] and [`to_change`]; [`Error::Invalid`] for sharing one that uses a prepared text of one's own.
pub fn change(tx: &Tx<'_>, by: &Viewer, id: i64, new: &NewMacro) -> Result<()> {
    let before = to_change(tx, by, id)?;
    allow(by, new.sharing)?;
    for step in &before.steps {
        shareable(tx, new.sharing, &step.action).map_err(|_| Error::field("sharing", "macro-own-reply"))?;
    }
    tx.prepare_cached("UPDATE macro SET owner_id = ?2, name = ?3, refusal = ?4, updated_at = ?5 WHERE id = ?1")?
        .execute(params![id, owner(by, new.sharing), new.name, new.refusal.as_str(), tx.now()])?;
    Ok(())
}

/// Removes one.
///
/// # Errors
/// As [`to_change`].
pub fn delete(tx: &Tx<'_>, by: &Viewer, id: i64) -> Result<()> {
    to_change(tx, by, id)?;
    tx.prepare_cached("DELETE FROM macro WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Adds an action at the end; answers its number.
///
/// # Errors
/// As [`to_change`]; [`Error::Invalid`] when it does not say what it needs, or there are too many.
pub fn add(tx: &Tx<'_>, by: &Viewer, id: i64, action: &Action) -> Result<i64> {
    let found = to_change(tx, by, id)?;
    if found.steps.len() >= STEPS {
        return Err(Error::field("value", "macro-too-many"));
    }
    let action = checked(tx, by, found.sharing, action)?;
    let step = tx
        .prepare_cached(
            "INSERT INTO macro_step (macro_id, position, kind, value, counts)
             VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM macro_step WHERE macro_id = ?1), ?2, ?3, ?4)",
        )?
        .insert(params![id, action.kind.as_str(), action.value, action.counts == Counts::Yes])?;
    Ok(step)
}

/// Changes what an action needs; answers its macro.
///
/// # Errors
/// As [`add`].
pub fn change_step(tx: &Tx<'_>, by: &Viewer, step: i64, value: &str, counts: Counts) -> Result<i64> {
    let found = of_step(tx, by, step)?;
    let before = found.steps.iter().find(|one| one.id == step).ok_or(Error::NotFound)?;
    let action = Action { kind: before.action.kind, value: value.to_owned(), counts };
    let action = checked(tx, by, found.sharing, &action)?;
    tx.prepare_cached("UPDATE macro_step SET value = ?2, counts = ?3 WHERE id = ?1")?.execute(params![
        step,
        action.value,
        action.counts == Counts::Yes
    ])?;
    Ok(found.id)
}

/// Moves an action by one place; at the edge nothing changes. Answers its macro.
///
/// # Errors
/// As [`to_change`].
pub fn shift(tx: &Tx<'_>, by: &Viewer, step: i64, shift: Shift) -> Result<i64> {
    let found = of_step(tx, by, step)?;
    let mut order: Vec<i64> = found.steps.iter().map(|one| one.id).collect();
    let at = order.iter().position(|one| *one == step).ok_or(Error::NotFound)?;
    let other = match shift {
        Shift::Up => at.checked_sub(1),
        Shift::Down => Some(at + 1).filter(|next| *next < order.len()),
    };
    if let Some(other) = other {
        order.swap(at, other);
    }
    let mut update = tx.prepare_cached("UPDATE macro_step SET position = ?2 WHERE id = ?1")?;
    for (position, one) in order.iter().enumerate() {
        update.execute(params![one, position + 1])?;
    }
    Ok(found.id)
}

/// Takes an action out; answers its macro.
///
/// # Errors
/// As [`to_change`].
pub fn remove(tx: &Tx<'_>, by: &Viewer, step: i64) -> Result<i64> {
    let found = of_step(tx, by, step)?;
    tx.prepare_cached("DELETE FROM macro_step WHERE id = ?1")?.execute([step])?;
    Ok(found.id)
}

fn owner(by: &Viewer, sharing: Sharing) -> Option<i64> {
    (sharing == Sharing::Own).then_some(by.id)
}

/// The action as it is kept, if it says what it needs.
fn checked(tx: &Tx<'_>, by: &Viewer, sharing: Sharing, action: &Action) -> Result<Action> {
    let wrong = |key| Error::field("value", key);
    let typed = action.value.trim();
    let value = match action.kind.wants() {
        Wants::Nothing => String::new(),
        Wants::Person => {
            let person: i64 = typed.parse().map_err(|_| wrong("macro-person-missing"))?;
            let is_there = "SELECT 1 FROM user WHERE id = ?1 AND state = 'active'";
            if !tx.prepare_cached(is_there)?.exists([person])? {
                return Err(wrong("macro-person-missing"));
            }
            person.to_string()
        }
        Wants::Tag => tag_name(typed).ok_or_else(|| wrong("tag-name-wrong"))?,
        Wants::Priority => Priority::parse(typed).ok_or_else(|| wrong("priority-unknown"))?.as_str().to_owned(),
        Wants::Time => {
            let offered = Until::OFFERED.iter().find(|until| until.as_str() == typed);
            offered.ok_or_else(|| wrong("macro-time-missing"))?.as_str().to_owned()
        }
        Wants::Text if typed.is_empty() => return Err(wrong("macro-text-missing")),
        Wants::Text if typed.chars().count() > reply::TEXT => return Err(wrong("reply-text-long")),
        Wants::Text if !reply::knows_fields(typed) => return Err(wrong("macro-field-unknown")),
        Wants::Text => typed.to_owned(),
        Wants::Reply => {
            let reply: i64 = typed.parse().map_err(|_| wrong("macro-reply-missing"))?;
            replies::get(tx, by, reply).map_err(|_| wrong("macro-reply-missing"))?;
            reply.to_string()
        }
    };
    let action = Action { kind: action.kind, value, counts: action.counts };
    shareable(tx, sharing, &action)?;
    Ok(action)
}

/// What the team shares uses nothing that is somebody's own.
fn shareable(tx: &Tx<'_>, sharing: Sharing, action: &Action) -> Result<()> {
    if sharing == Sharing::Own || action.kind != Kind::Reply {
        return Ok(());
    }
    let reply = action.value.parse::<i64>().ok();
    match reply.map(|id| replies::sharing_of(tx, id)).transpose()?.flatten() {
        Some(Sharing::Own) => Err(Error::field("value", "macro-own-reply")),
        Some(Sharing::Team) | None => Ok(()),
    }
}

/// Everybody with access, by name.
///
/// # Errors
/// Database errors.
pub fn people(connection: &Connection) -> Result<Vec<Person>> {
    let mut select = connection
        .prepare_cached("SELECT id, name FROM user WHERE state = 'active' ORDER BY name COLLATE NOCASE, id")?;
    let people = select.query_map([], |row| Ok(Person { id: row.get(0)?, name: row.get(1)? }))?;
    Ok(people.collect::<rusqlite::Result<_>>()?)
}

/// A tag has another name: actions that name it name it so.
pub(super) fn rename_tag(tx: &Tx<'_>, from: &str, to: &str) -> Result<()> {
    let mut select = tx.prepare_cached("SELECT id, value FROM macro_step WHERE kind IN ('tag', 'untag')")?;
    let steps = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut update = tx.prepare_cached("UPDATE macro_step SET value = ?2 WHERE id = ?1")?;
    for step in steps.collect::<rusqlite::Result<Vec<(i64, String)>>>()? {
        if step.1.to_lowercase() == from.to_lowercase() {
            update.execute(params![step.0, to])?;
        }
    }
    Ok(())
}

/// What a run of a macro in a conversation did: name and numbers.
pub(super) fn ran(connection: &Connection, run: i64) -> Result<Option<(String, [i64; 3])>> {
    Ok(connection
        .prepare_cached("SELECT name, done, refused, skipped FROM macro_run WHERE id = ?1")?
        .query_row([run], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?])))
        .optional()?)
}
