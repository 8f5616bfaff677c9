//! Teams and who is in them.

use std::collections::BTreeSet;

use rusqlite::params;

use crate::accounts::model::Team;
use crate::auth::Viewer;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;

/// All teams by name, with their members who have access.
///
/// # Errors
/// Database errors.
pub fn teams(connection: &Connection) -> Result<Vec<Team>> {
    let mut select = connection.prepare_cached("SELECT id, name, description FROM team ORDER BY name, id")?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let rows = rows.collect::<rusqlite::Result<Vec<(i64, String, String)>>>()?;
    rows.into_iter()
        .map(|(id, name, description)| Ok(Team { id, name, description, members: members(connection, id)? }))
        .collect()
}

/// One team.
///
/// # Errors
/// [`Error::NotFound`].
pub fn team(connection: &Connection, id: i64) -> Result<Team> {
    let (name, description) = connection
        .prepare_cached("SELECT name, description FROM team WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Team { id, name, description, members: members(connection, id)? })
}

fn members(connection: &Connection, team: i64) -> Result<Vec<(i64, String)>> {
    let mut select = connection.prepare_cached(
        "SELECT u.id, u.name FROM team_member m JOIN user u ON u.id = m.user_id
          WHERE m.team_id = ?1 AND u.state = 'active' ORDER BY u.name COLLATE NOCASE, u.id",
    )?;
    let rows = select.query_map([team], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The teams a person is in.
///
/// # Errors
/// Database errors.
pub fn teams_of(connection: &Connection, user: i64) -> Result<Vec<i64>> {
    let mut select = connection.prepare_cached("SELECT team_id FROM team_member WHERE user_id = ?1")?;
    Ok(select.query_map([user], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Creates a team.
///
/// # Errors
/// [`Error::Invalid`] when the name is taken.
pub fn create_team(tx: &Tx<'_>, by: Option<&Viewer>, name: &str, description: &str) -> Result<i64> {
    free(tx, name, 0)?;
    let team = tx
        .prepare_cached("INSERT INTO team (name, description, created_at, updated_at) VALUES (?1, ?2, ?3, ?3)")?
        .insert(params![name, description, tx.now()])?;
    tx.emit(Event::TeamCreated { team, by: by.map(|by| by.id) })?;
    Ok(team)
}

/// Changes name and description.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Invalid`] when the name is taken.
pub fn change_team(tx: &Tx<'_>, by: &Viewer, id: i64, name: &str, description: &str) -> Result<()> {
    let before = team(tx, id)?;
    free(tx, name, id)?;
    if before.name == name && before.description == description {
        return Ok(());
    }
    tx.prepare_cached("UPDATE team SET name = ?2, description = ?3, updated_at = ?4 WHERE id = ?1")?
        .execute(params![id, name, description, tx.now()])?;
    tx.emit(Event::TeamChanged { team: id, by: Some(by.id) })
}

/// Removes a team; its members stay users.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete_team(tx: &Tx<'_>, by: &Viewer, id: i64) -> Result<()> {
    if tx.prepare_cached("DELETE FROM team WHERE id = ?1")?.execute([id])? == 0 {
        return Err(Error::NotFound);
    }
    tx.emit(Event::TeamDeleted { team: id, by: Some(by.id) })
}

/// Sets who of those with access is in a team; who has none stays what they were.
///
/// # Errors
/// [`Error::NotFound`].
pub fn set_members(tx: &Tx<'_>, by: Option<&Viewer>, id: i64, wanted: &[i64]) -> Result<()> {
    let before: BTreeSet<i64> = team(tx, id)?.members.into_iter().map(|(user, _)| user).collect();
    let wanted: BTreeSet<i64> = wanted.iter().copied().collect();
    let by = by.map(|by| by.id);
    for user in wanted.difference(&before) {
        join(tx, by, id, *user)?;
    }
    for user in before.difference(&wanted) {
        leave(tx, by, id, *user)?;
    }
    Ok(())
}

/// Sets which teams a person is in.
///
/// # Errors
/// Database errors. Teams that are gone are passed over.
pub fn set_teams_of(tx: &Tx<'_>, by: &Viewer, user: i64, wanted: &[i64]) -> Result<()> {
    let before: BTreeSet<i64> = teams_of(tx, user)?.into_iter().collect();
    let wanted: BTreeSet<i64> = wanted.iter().copied().collect();
    for team in wanted.difference(&before) {
        join(tx, Some(by.id), *team, user)?;
    }
    for team in before.difference(&wanted) {
        leave(tx, Some(by.id), *team, user)?;
    }
    Ok(())
}

/// Puts somebody with access into a team, if both are there.
///
/// # Errors
/// Database errors.
pub fn join(tx: &Tx<'_>, by: Option<i64>, team: i64, user: i64) -> Result<()> {
    let joined = tx
        .prepare_cached(
            "INSERT INTO team_member (team_id, user_id)
             SELECT t.id, u.id FROM team t JOIN user u WHERE t.id = ?1 AND u.id = ?2 AND u.state = 'active'
             ON CONFLICT DO NOTHING",
        )?
        .execute([team, user])?;
    if joined == 0 { Ok(()) } else { tx.emit(Event::TeamJoined { team, user, by }) }
}

fn leave(tx: &Tx<'_>, by: Option<i64>, team: i64, user: i64) -> Result<()> {
    let left =
        tx.prepare_cached("DELETE FROM team_member WHERE team_id = ?1 AND user_id = ?2")?.execute([team, user])?;
    if left == 0 { Ok(()) } else { tx.emit(Event::TeamLeft { team, user, by }) }
}

fn free(tx: &Tx<'_>, name: &str, own: i64) -> Result<()> {
    let taken = tx.prepare_cached("SELECT 1 FROM team WHERE name = ?1 AND id != ?2")?.exists(params![name, own])?;
    if taken { Err(Error::field("name", "team-name-taken")) } else { Ok(()) }
}
