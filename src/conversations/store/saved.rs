//! Filters under a name: one's own, and those that somebody shares with everybody.

use rusqlite::{OptionalExtension, Row, params};

use super::super::model::{Saved, Shared, saved_name};
use crate::auth::{Role, Viewer};
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;

/// Filters of one person at most.
const MOST: i64 = 30;
/// Longest filter, as in an address.
const LONGEST: usize = 2_000;
/// Filters in one list.
pub const LISTED: usize = 60;

/// One's own filters, in their order.
pub const OWN: &str =
    "SELECT f.id, f.owner_id, u.name, f.name, f.query, f.shared FROM saved_filter f JOIN user u ON u.id = f.owner_id
     WHERE f.owner_id = ?1 ORDER BY f.place, f.id LIMIT ?2";
/// What others share.
pub const OTHERS: &str =
    "SELECT s.id, s.owner_id, u.name, s.name, s.query, s.shared FROM saved_filter s JOIN user u ON u.id = s.owner_id
     WHERE s.shared = 1 AND s.owner_id != ?1 ORDER BY s.place, s.id LIMIT ?2";

/// What a person finds in their list: their own first.
///
/// # Errors
/// Database errors.
pub fn listed(connection: &Connection, viewer: &Viewer) -> Result<Vec<Saved>> {
    let mut all = Vec::new();
    for sql in [OWN, OTHERS] {
        let mut select = connection.prepare_cached(sql)?;
        for one in select.query_map(params![viewer.id, LISTED], saved)? {
            all.push(one?);
        }
    }
    all.truncate(LISTED);
    Ok(all)
}

/// A filter that this person may change: their own, and of the shared ones any, for who runs the workspace.
///
/// # Errors
/// [`Error::NotFound`].
pub fn changeable(connection: &Connection, viewer: &Viewer, id: i64) -> Result<Saved> {
    let found = connection
        .prepare_cached(
            "SELECT f.id, f.owner_id, u.name, f.name, f.query, f.shared FROM saved_filter f JOIN user u ON u.id = f.owner_id
              WHERE f.id = ?1 AND (f.owner_id = ?2 OR (f.shared = 1 AND ?3))",
        )?
        .query_row(params![id, viewer.id, viewer.role >= Role::Admin], saved)
        .optional()?;
    found.ok_or(Error::NotFound)
}

/// Keeps a filter under a name, at the end of the list.
///
/// # Errors
/// [`Error::Invalid`] for a name that is empty or too long, and for one filter too many.
pub fn create(tx: &Tx<'_>, by: &Viewer, typed: &str, query: &str, shared: Shared) -> Result<i64> {
    let name = saved_name(typed).ok_or_else(|| Error::field("name", "filter-name-wrong"))?;
    check(query)?;
    let (count, last): (i64, i64) = tx
        .prepare_cached("SELECT count(*), coalesce(max(place), 0) FROM saved_filter WHERE owner_id = ?1")?
        .query_row([by.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if count >= MOST {
        return Err(Error::field("name", "filter-too-many"));
    }
    let id = tx
        .prepare_cached(
            "INSERT INTO saved_filter (owner_id, name, query, shared, place, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
        )?
        .insert(params![by.id, name, query, shared == Shared::Yes, last + 1, tx.now()])?;
    tell(tx, id, by.id, shared)?;
    Ok(id)
}

fn check(query: &str) -> Result<()> {
    if query.len() > LONGEST { Err(Error::field("name", "filter-too-long")) } else { Ok(()) }
}

/// Changes name and who finds it; `query` only where another one is given.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Invalid`].
pub fn change(tx: &Tx<'_>, by: &Viewer, id: i64, typed: &str, query: Option<&str>, shared: Shared) -> Result<()> {
    let before = changeable(tx, by, id)?;
    let name = saved_name(typed).ok_or_else(|| Error::field("name", "filter-name-wrong"))?;
    check(query.unwrap_or_default())?;
    tx.prepare_cached(
        "UPDATE saved_filter SET name = ?2, query = coalesce(?3, query), shared = ?4, updated_at = ?5 WHERE id = ?1",
    )?
    .execute(params![id, name, query, shared == Shared::Yes, tx.now()])?;
    // Who loses it hears of it as well.
    let told = if before.shared == Shared::Yes { Shared::Yes } else { shared };
    tell(tx, id, before.owner, told)
}

/// Removes a filter; the conversations stay as they are.
///
/// # Errors
/// [`Error::NotFound`].
pub fn remove(tx: &Tx<'_>, by: &Viewer, id: i64) -> Result<()> {
    let before = changeable(tx, by, id)?;
    tx.prepare_cached("DELETE FROM saved_filter WHERE id = ?1")?.execute([id])?;
    tell(tx, id, before.owner, before.shared)
}

/// Where a filter goes among those of its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    Up,
    Down,
}

/// Swaps a filter of one's own with its neighbor; at the end of the list nothing changes.
///
/// # Errors
/// [`Error::NotFound`].
pub fn shift(tx: &Tx<'_>, by: &Viewer, id: i64, to: Move) -> Result<()> {
    let mut select = tx.prepare_cached("SELECT id FROM saved_filter WHERE owner_id = ?1 ORDER BY place, id")?;
    let mut ids = select.query_map([by.id], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    let here = ids.iter().position(|other| *other == id).ok_or(Error::NotFound)?;
    let there = match to {
        Move::Up => here.checked_sub(1),
        Move::Down => Some(here + 1).filter(|place| *place < ids.len()),
    };
    let Some(there) = there else { return Ok(()) };
    ids.swap(here, there);
    let mut update = tx.prepare_cached("UPDATE saved_filter SET place = ?2 WHERE id = ?1")?;
    for (place, id) in ids.iter().enumerate() {
        update.execute(params![id, place])?;
    }
    tell(tx, id, by.id, Shared::Yes)
}

fn tell(tx: &Tx<'_>, filter: i64, owner: i64, shared: Shared) -> Result<()> {
    tx.emit(Event::FilterChanged { filter, owner: (shared == Shared::No).then_some(owner) })
}

fn saved(row: &Row<'_>) -> rusqlite::Result<Saved> {
    Ok(Saved {
        id: row.get(0)?,
        owner: row.get(1)?,
        owner_name: row.get(2)?,
        name: row.get(3)?,
        query: row.get(4)?,
        shared: if row.get(5)? { Shared::Yes } else { Shared::No },
    })
}
