//! Users as their colleagues see them, and as those who run the team do.

use rusqlite::{OptionalExtension, Row, params};

use crate::accounts::model::{Access, Member, Person, folded};
use crate::auth::{Availability, Rights, Role};
use crate::db::Connection;
use crate::error::Result;

/// People of one page of the list.
pub const PAGE: usize = 100;

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

/// A page of the list of people.
pub struct Listed {
    pub members: Vec<Member>,
    /// Whether there are more behind it.
    pub more: bool,
}

/// The members of the list behind a place, those with access first, each by name.
pub const MEMBERS: &str = "SELECT id, name, email, photo_key, role, state, availability, seen_at, revision,
        coalesce((SELECT group_concat(r.name, ' ') FROM user_right r WHERE r.user_id = u.id), ''),
        coalesce((SELECT group_concat(t.name, char(31)) FROM team_member m JOIN team t ON t.id = m.team_id
                   WHERE m.user_id = u.id), '')
   FROM user u
  WHERE (state, name COLLATE NOCASE, id) > (?1, ?2, ?3)
  ORDER BY state, name COLLATE NOCASE, id";

/// The people whose name or address holds `search`, behind the person `after`.
///
/// # Errors
/// Database errors.
pub fn members(connection: &Connection, search: &str, after: Option<i64>) -> Result<Listed> {
    let place: Option<(String, String, i64)> = connection
        .prepare_cached("SELECT state, name, id FROM user WHERE id = ?1")?
        .query_row([after], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (state, name, id) = place.unwrap_or_default();
    let wanted = folded(search.trim());
    let mut select = connection.prepare_cached(MEMBERS)?;
    let mut rows = select.query(params![state, name, id])?;
    let mut members = Vec::new();
    while let Some(row) = rows.next()? {
        let member = row_to_member(row)?;
        if !folded(&member.name).contains(&wanted) && !folded(&member.email).contains(&wanted) {
            continue;
        }
        if members.len() == PAGE {
            return Ok(Listed { members, more: true });
        }
        members.push(member);
    }
    Ok(Listed { members, more: false })
}

/// One of them.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn member(connection: &Connection, id: i64) -> Result<Member> {
    Ok(connection
        .prepare_cached(
            "SELECT id, name, email, photo_key, role, state, availability, seen_at, revision,
                    coalesce((SELECT group_concat(r.name, ' ') FROM user_right r WHERE r.user_id = u.id), ''),
                    coalesce((SELECT group_concat(t.name, char(31)) FROM team_member m JOIN team t ON t.id = m.team_id
                               WHERE m.user_id = u.id), '')
               FROM user u WHERE id = ?1",
        )?
        .query_row([id], row_to_member)?)
}

fn row_to_member(row: &Row<'_>) -> rusqlite::Result<Member> {
    let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    let mut teams: Vec<String> = text(10)?.split('\u{1f}').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    teams.sort_by_key(|name| folded(name));
    Ok(Member {
        id: row.get(0)?,
        name: row.get(1)?,
        email: row.get(2)?,
        photo: row.get(3)?,
        role: Role::parse(text(4)?),
        access: Access::parse(text(5)?),
        availability: Availability::parse(text(6)?),
        seen_at: row.get(7)?,
        revision: row.get(8)?,
        rights: Rights::parse(text(9)?),
        teams,
    })
}
