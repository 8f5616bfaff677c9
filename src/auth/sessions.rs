//! Sessions as rows: a random token in the cookie, its SHA-256 in the table, listed and ended by their person.

use rusqlite::{OptionalExtension, Row, params};

use super::rights::{Rights, Role};
use super::tokens;
use super::viewer::{Availability, Enrollee, Holder, Proof, Seat, Shortcuts, Theme, Viewer};
use crate::clock::{DAY, MINUTE, Millis};
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::events::Event;

/// A session ends after so long, however much it is used.
pub const LIFETIME: Millis = 30 * DAY;
/// How often "last seen" is written.
const SEEN_EVERY: Millis = 5 * MINUTE;

/// A device somebody is signed in on.
#[derive(Debug, Clone)]
pub struct Session {
    pub id: i64,
    pub device: String,
    pub address: String,
    pub created_at: Millis,
    pub seen_at: Millis,
}

/// Opens a session and answers its secret, which goes into the cookie and nowhere else.
///
/// # Errors
/// Database errors.
pub fn open(tx: &Tx<'_>, user: i64, device: &str, address: &str) -> Result<String> {
    let secret = tokens::secret()?;
    // Those of this person that have ended by age are swept here, so that the table does not grow for ever.
    tx.prepare_cached("DELETE FROM session WHERE user_id = ?1 AND created_at <= ?2")?
        .execute([user, tx.now() - LIFETIME])?;
    let device: String = device.chars().filter(|c| !c.is_control()).take(200).collect();
    tx.prepare_cached(
        "INSERT INTO session (token_hash, user_id, device, address, created_at, seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
    )?
    .execute(params![tokens::digest(&secret), user, device, address, tx.now()])?;
    tx.emit(Event::SessionOpened { user })?;
    Ok(secret)
}

/// The person who has this secret, if nothing is missing, and whether "last seen" should be written. `idle` is how long
/// an unused session lasts.
///
/// # Errors
/// Database errors.
pub fn find(connection: &Connection, secret: &str, now: Millis, idle: Millis) -> Result<Option<(Viewer, Stale)>> {
    Ok(match holder(connection, secret, now, idle)? {
        Some((Holder::Viewer(viewer), stale)) => Some((viewer, stale)),
        Some((Holder::Enrollee(_), _)) | None => None,
    })
}

/// The same, also for somebody whose second factor is still missing.
///
/// # Errors
/// Database errors.
pub fn holder(connection: &Connection, secret: &str, now: Millis, idle: Millis) -> Result<Option<(Holder, Stale)>> {
    let mut select = connection.prepare_cached(
        "SELECT u.id, s.id, u.name, u.email, u.role, u.language, u.zone, u.theme, u.shortcuts, u.availability,
                u.photo_key, u.created_at, s.seen_at,
                coalesce((SELECT group_concat(r.name, ' ') FROM user_right r WHERE r.user_id = u.id), ''),
                (SELECT w.logo_key FROM workspace w WHERE w.id = 1),
                EXISTS (SELECT 1 FROM workspace w WHERE w.second_factor = 'required'
                          AND NOT EXISTS (SELECT 1 FROM second_factor f WHERE f.user_id = u.id))
           FROM session s JOIN user u ON u.id = s.user_id
          WHERE s.token_hash = ?1 AND u.state = 'active' AND s.seen_at > ?2 AND s.created_at > ?3",
    )?;
    let found = select
        .query_row(params![tokens::digest(secret), now - idle, now - LIFETIME], |row| {
            let seen_at: Millis = row.get(12)?;
            let stale = if now - seen_at > SEEN_EVERY { Stale::Yes } else { Stale::No };
            let holder = if row.get(15)? { Holder::Enrollee(enrollee(row)?) } else { Holder::Viewer(viewer(row)?) };
            Ok((holder, stale))
        })
        .optional()?;
    Ok(found)
}

/// The person as they are now, for work that goes on after they began it and for what they ask by a letter that was signed
/// for them alone; nobody where they have no access, or lack the second factor that everybody must have. No session of
/// theirs is meant, so whatever needs one finds none.
///
/// # Errors
/// Database errors.
pub fn stand_in(connection: &Connection, user: i64) -> Result<Option<Viewer>> {
    let mut select = connection.prepare_cached(
        "SELECT u.id, 0, u.name, u.email, u.role, u.language, u.zone, u.theme, u.shortcuts, u.availability,
                u.photo_key, u.created_at, 0,
                coalesce((SELECT group_concat(r.name, ' ') FROM user_right r WHERE r.user_id = u.id), ''),
                (SELECT w.logo_key FROM workspace w WHERE w.id = 1)
           FROM user u
          WHERE u.id = ?1 AND u.state = 'active'
            AND NOT EXISTS (SELECT 1 FROM workspace w WHERE w.second_factor = 'required'
                              AND NOT EXISTS (SELECT 1 FROM second_factor f WHERE f.user_id = u.id))",
    )?;
    Ok(select.query_row([user], viewer).optional()?)
}

/// Whether "last seen" is old enough to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stale {
    Yes,
    No,
}

fn viewer(row: &Row<'_>) -> rusqlite::Result<Viewer> {
    let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    Ok(Viewer {
        id: row.get(0)?,
        session: row.get(1)?,
        name: row.get(2)?,
        email: row.get(3)?,
        role: Role::parse(text(4)?),
        language: row.get(5)?,
        zone: row.get(6)?,
        theme: Theme::parse(text(7)?),
        shortcuts: if text(8)? == "off" { Shortcuts::Off } else { Shortcuts::On },
        availability: if text(9)? == "available" { Availability::Available } else { Availability::Unavailable },
        photo: row.get(10)?,
        joined_at: row.get(11)?,
        house_logo: row.get(14)?,
        rights: Rights::parse(text(13)?),
        proof: Proof,
    })
}

fn enrollee(row: &Row<'_>) -> rusqlite::Result<Enrollee> {
    Ok(Enrollee {
        id: row.get(0)?,
        session: row.get(1)?,
        name: row.get(2)?,
        email: row.get(3)?,
        language: row.get(5)?,
        zone: row.get(6)?,
        theme: Theme::parse(row.get_ref(7)?.as_str()?),
    })
}

/// Writes "last seen".
///
/// # Errors
/// Database errors.
pub fn seen(tx: &Tx<'_>, session: i64) -> Result<()> {
    tx.prepare_cached("UPDATE session SET seen_at = max(seen_at, ?2) WHERE id = ?1")?.execute([session, tx.now()])?;
    Ok(())
}

/// The devices a person is signed in on, last used first. `idle` is how long an unused session lasts.
///
/// # Errors
/// Database errors.
pub fn list(connection: &Connection, viewer: &Viewer, now: Millis, idle: Millis) -> Result<Vec<Session>> {
    let mut select = connection.prepare_cached(
        "SELECT id, device, address, created_at, seen_at FROM session
          WHERE user_id = ?1 AND seen_at > ?2 AND created_at > ?3 ORDER BY seen_at DESC, id DESC",
    )?;
    let rows = select.query_map([viewer.id, now - idle, now - LIFETIME], |row| {
        Ok(Session {
            id: row.get(0)?,
            device: row.get(1)?,
            address: row.get(2)?,
            created_at: row.get(3)?,
            seen_at: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Ends one session of the viewer.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it is not theirs.
pub fn end(tx: &Tx<'_>, viewer: &Viewer, session: i64) -> Result<()> {
    let ended =
        tx.prepare_cached("DELETE FROM session WHERE id = ?1 AND user_id = ?2")?.execute([session, viewer.id])?;
    if ended == 0 {
        return Err(crate::error::Error::NotFound);
    }
    tx.emit(Event::SessionEnded { user: viewer.id })
}

/// Ends the session somebody sits in, if it still stands.
///
/// # Errors
/// Database errors.
pub fn leave(tx: &Tx<'_>, seat: Seat) -> Result<()> {
    let ended =
        tx.prepare_cached("DELETE FROM session WHERE id = ?1 AND user_id = ?2")?.execute([seat.session, seat.user])?;
    if ended == 0 { Ok(()) } else { tx.emit(Event::SessionEnded { user: seat.user }) }
}

/// When a session was opened: how fresh the password is that was typed for it.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it has ended.
pub fn opened_at(connection: &Connection, seat: Seat) -> Result<Millis> {
    let mut select = connection.prepare_cached("SELECT created_at FROM session WHERE id = ?1 AND user_id = ?2")?;
    Ok(select.query_row([seat.session, seat.user], |row| row.get(0))?)
}

/// Whether the browser keeps the cookie of a session when it is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remember {
    Yes,
    No,
}

/// Notes whether the browser keeps the cookie with this secret.
///
/// # Errors
/// Database errors.
pub fn remember(tx: &Tx<'_>, secret: &str, remember: Remember) -> Result<()> {
    tx.prepare_cached("UPDATE session SET kept = ?2 WHERE token_hash = ?1")?
        .execute(params![tokens::digest(secret), remember == Remember::Yes])?;
    Ok(())
}

/// A new secret for a session, after something that gives it more weight: whoever read the old one is out.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it has ended.
pub fn renew(tx: &Tx<'_>, seat: Seat) -> Result<(String, Remember)> {
    let secret = tokens::secret()?;
    let kept: bool = tx
        .prepare_cached("UPDATE session SET token_hash = ?3 WHERE id = ?1 AND user_id = ?2 RETURNING kept")?
        .query_row(params![seat.session, seat.user, tokens::digest(&secret)], |row| row.get(0))?;
    Ok((secret, if kept { Remember::Yes } else { Remember::No }))
}

/// Ends every session of a person but `keep`: after a new password, role or address.
///
/// # Errors
/// Database errors.
pub fn end_all(tx: &Tx<'_>, user: i64, keep: Option<i64>) -> Result<()> {
    tx.prepare_cached("DELETE FROM session WHERE user_id = ?1 AND id IS NOT ?2")?.execute(params![user, keep])?;
    tx.emit(Event::SessionEnded { user })
}
