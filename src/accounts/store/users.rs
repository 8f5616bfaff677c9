//! Users: created, found, their passwords.

use rusqlite::{OptionalExtension, Row, params};

use super::arrivals;
use crate::accounts::model::{NewUser, User};
use crate::auth::{Rights, Role, sessions, tokens};
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;

/// A user with what a sign-in compares.
pub struct Credentials {
    pub id: i64,
    /// `None` when this person cannot sign in: no password yet, or disabled.
    pub password_hash: Option<String>,
}

/// Whether somebody owns this server.
///
/// # Errors
/// Database errors.
pub fn is_owned(connection: &Connection) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM user WHERE role = 'owner'")?.exists([])?)
}

/// Creates a user with the usual rights of their role. `by` is who did it, if a person did.
///
/// # Errors
/// [`Error::Invalid`] when the address is taken, [`Error::Conflict`] when there is an owner and the new user is one.
pub fn create_user(tx: &Tx<'_>, by: Option<i64>, new: &NewUser) -> Result<i64> {
    create_with_rights(tx, by, new, new.role.usual_rights())
}

/// The same with other rights than the usual ones.
///
/// # Errors
/// As [`create_user`].
pub fn create_with_rights(tx: &Tx<'_>, by: Option<i64>, new: &NewUser, rights: Rights) -> Result<i64> {
    if tx.prepare_cached("SELECT 1 FROM user WHERE email = ?1")?.exists([&new.email])? {
        return Err(Error::field("email", "email-taken"));
    }
    if new.role == Role::Owner && is_owned(tx)? {
        return Err(Error::Conflict("owner-exists"));
    }
    let user = tx
        .prepare_cached(
            "INSERT INTO user (email, name, role, password_hash, language, zone, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)",
        )?
        .insert(params![new.email, new.name, new.role.as_str(), new.password_hash, new.language, new.zone, tx.now()])?;
    let mut grant = tx.prepare_cached("INSERT INTO user_right (user_id, name) VALUES (?1, ?2)")?;
    for right in rights.iter() {
        grant.execute(params![user, right.as_str()])?;
    }
    tx.emit(Event::UserCreated { user, by })?;
    Ok(user)
}

/// An active user.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(connection: &Connection, id: i64) -> Result<User> {
    let found = connection
        .prepare_cached("SELECT id, name, email, role, language, zone FROM user WHERE id = ?1 AND state = 'active'")?
        .query_row([id], user)?;
    Ok(found)
}

/// The active user with this address.
///
/// # Errors
/// Database errors.
pub fn find_by_email(connection: &Connection, email: &str) -> Result<Option<User>> {
    let found = connection
        .prepare_cached("SELECT id, name, email, role, language, zone FROM user WHERE email = ?1 AND state = 'active'")?
        .query_row([email.trim()], user)
        .optional()?;
    Ok(found)
}

/// Whoever has this address, with access or without.
///
/// # Errors
/// [`Error::NotFound`].
pub fn id_of(connection: &Connection, email: &str) -> Result<i64> {
    let mut select = connection.prepare_cached("SELECT id FROM user WHERE email = ?1")?;
    Ok(select.query_row([email.trim()], |row| row.get(0))?)
}

fn user(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        id: row.get(0)?,
        name: row.get(1)?,
        email: row.get(2)?,
        role: Role::parse(row.get_ref(3)?.as_str()?),
        language: row.get(4)?,
        zone: row.get(5)?,
    })
}

/// What a sign-in with this address is compared with.
///
/// # Errors
/// Database errors.
pub fn credentials(connection: &Connection, email: &str) -> Result<Option<Credentials>> {
    let found = connection
        .prepare_cached("SELECT id, iif(state = 'active', password_hash, NULL) FROM user WHERE email = ?1")?
        .query_row([email.trim()], |row| Ok(Credentials { id: row.get(0)?, password_hash: row.get(1)? }))
        .optional()?;
    Ok(found)
}

/// The same password hashed with today's parameters: nothing a person notices.
///
/// # Errors
/// Database errors.
pub fn rehash(tx: &Tx<'_>, user: i64, old: &str, new: &str) -> Result<()> {
    tx.prepare_cached("UPDATE user SET password_hash = ?3 WHERE id = ?1 AND password_hash = ?2")?
        .execute(params![user, old, new])?;
    Ok(())
}

/// A new password; every session but `keep` ends, and so does what was begun with the old one. `by` is none on the command
/// line.
///
/// # Errors
/// [`Error::NotFound`] when there is no such active user.
pub fn set_password(tx: &Tx<'_>, by: Option<i64>, user: i64, hash: &str, keep: Option<i64>) -> Result<()> {
    let changed = tx
        .prepare_cached("UPDATE user SET password_hash = ?2, updated_at = ?3 WHERE id = ?1 AND state = 'active'")?
        .execute(params![user, hash, tx.now()])?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    tokens::end(tx, tokens::Purpose::PasswordReset, user)?;
    arrivals::forget_pending(tx, user)?;
    tx.emit(Event::PasswordChanged { user, by })?;
    sessions::end_all(tx, user, keep)
}
