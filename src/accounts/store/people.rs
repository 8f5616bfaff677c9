//! Users as their colleagues see them.

use rusqlite::{OptionalExtension, Row};

use crate::accounts::model::Person;
use crate::auth::Availability;
use crate::db::Connection;
use crate::error::Result;

/// Everybody who is active, by name: for pickers.
///
/// # Errors
/// Database errors.
pub fn people(connection: &Connection) -> Result<Vec<Person>> {
    let mut select = connection.prepare_cached(
        "SELECT id, name, photo_key, availability FROM user WHERE state = 'active' ORDER BY name COLLATE NOCASE, id",
    )?;
    let rows = select.query_map([], row_to_person)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Everybody there ever was, by name: for records of what was done.
///
/// # Errors
/// Database errors.
pub fn everybody(connection: &Connection) -> Result<Vec<Person>> {
    let mut select = connection
        .prepare_cached("SELECT id, name, photo_key, availability FROM user ORDER BY name COLLATE NOCASE, id")?;
    let rows = select.query_map([], row_to_person)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One person, active or not: old messages keep their writer's name.
///
/// # Errors
/// Database errors.
pub fn person(connection: &Connection, id: i64) -> Result<Option<Person>> {
    let found = connection
        .prepare_cached("SELECT id, name, photo_key, availability FROM user WHERE id = ?1")?
        .query_row([id], row_to_person)
        .optional()?;
    Ok(found)
}

fn row_to_person(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: row.get(0)?,
        name: row.get(1)?,
        photo: row.get(2)?,
        availability: Availability::parse(row.get_ref(3)?.as_str()?),
    })
}
