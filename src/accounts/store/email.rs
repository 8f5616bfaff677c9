//! A new address: it counts from the moment its person confirms it, by the link that was sent there.

use rusqlite::{OptionalExtension, params};

use super::arrivals;
use crate::accounts::notices::{self, Fact};
use crate::auth::{sessions, tokens};
use crate::clock::{HOUR, Millis};
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;

/// How long the link works.
pub const LIFETIME: Millis = HOUR;

/// A new address that waits to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub user: i64,
    pub email: String,
}

fn is_taken(connection: &Connection, email: &str) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM user WHERE email = ?1")?.exists([email])?)
}

/// Notes a new address and queues the mail with its link. An earlier one that waits ends.
///
/// # Errors
/// [`Error::Invalid`] when somebody has the address, or it is the person's own.
pub fn ask(tx: &Tx<'_>, user: i64, email: &str) -> Result<()> {
    if is_taken(tx, email)? {
        return Err(Error::field("email", "email-taken"));
    }
    tx.prepare_cached(
        "INSERT INTO email_change (user_id, email, created_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (user_id) DO UPDATE
           SET email = excluded.email, token_hash = NULL, created_at = excluded.created_at",
    )?
    .execute(params![user, email, tx.now()])?;
    notices::queue(tx, user, Fact::ConfirmEmail)
}

/// The address of a person that waits, if one does.
///
/// # Errors
/// Database errors.
pub fn waiting(connection: &Connection, user: i64, now: Millis) -> Result<Option<String>> {
    let found = connection
        .prepare_cached("SELECT email FROM email_change WHERE user_id = ?1 AND created_at > ?2")?
        .query_row([user, now - LIFETIME], |row| row.get(0))
        .optional()?;
    Ok(found)
}

/// Gives the waiting address the secret of its link; answers the address. A mail that is made twice ends the first link.
///
/// # Errors
/// Database errors.
pub fn give_link(tx: &Tx<'_>, user: i64, secret: &str) -> Result<Option<String>> {
    let found = tx
        .prepare_cached(
            "UPDATE email_change SET token_hash = ?2 WHERE user_id = ?1 AND created_at > ?3 RETURNING email",
        )?
        .query_row(params![user, tokens::digest(secret), tx.now() - LIFETIME], |row| row.get(0))
        .optional()?;
    Ok(found)
}

/// Whose new address a link confirms. Looking uses nothing up.
///
/// # Errors
/// [`Error::NotFound`] when it does not stand.
pub fn look(connection: &Connection, secret: &str, now: Millis) -> Result<Change> {
    if secret.trim().is_empty() {
        return Err(Error::NotFound);
    }
    let change = connection
        .prepare_cached(
            "SELECT e.user_id, e.email FROM email_change e JOIN user u ON u.id = e.user_id
              WHERE e.token_hash = ?1 AND e.created_at > ?2 AND u.state = 'active'",
        )?
        .query_row(params![tokens::digest(secret), now - LIFETIME], |row| {
            Ok(Change { user: row.get(0)?, email: row.get(1)? })
        })?;
    Ok(change)
}

/// Takes the new address into use: every session ends, links that were sent to the old one too, and the old one is told.
///
/// # Errors
/// [`Error::NotFound`] when the link does not stand, [`Error::Conflict`] when somebody has the address by now.
pub fn confirm(tx: &Tx<'_>, secret: &str, keep_device: Option<&str>) -> Result<()> {
    let change = look(tx, secret, tx.now())?;
    if is_taken(tx, &change.email)? {
        return Err(Error::Conflict("email-taken"));
    }
    let before: String =
        tx.prepare_cached("SELECT email FROM user WHERE id = ?1")?.query_row([change.user], |row| row.get(0))?;
    tx.prepare_cached("UPDATE user SET email = ?2, updated_at = ?3 WHERE id = ?1")?.execute(params![
        change.user,
        change.email,
        tx.now()
    ])?;
    tx.prepare_cached("DELETE FROM email_change WHERE user_id = ?1")?.execute([change.user])?;
    tokens::end(tx, tokens::Purpose::PasswordReset, change.user)?;
    arrivals::forget_pending(tx, change.user)?;
    arrivals::forget_devices(tx, change.user, keep_device)?;
    tx.emit(Event::EmailChanged { user: change.user, by: Some(change.user) })?;
    notices::queue(tx, change.user, Fact::EmailChanged { before })?;
    sessions::end_all(tx, change.user, None)
}
