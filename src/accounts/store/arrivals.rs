//! Signing in: the sign-in that still lacks its code, the session, the browsers somebody used before.

use rusqlite::{OptionalExtension, params};

use super::{second_factor, users};
use crate::accounts::notices::{self, Fact};
use crate::auth::limits::Asker;
use crate::auth::sessions::{self, Remember};
use crate::auth::{Seat, tokens};
use crate::clock::{DAY, MINUTE, Millis};
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};

/// How long the code may take after the password.
pub const PENDING: Millis = 5 * MINUTE;
/// A browser that was not used for so long is new again.
pub const KNOWN: Millis = 400 * DAY;

/// From where somebody signs in.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The `User-Agent` header.
    pub device: String,
    pub address: String,
    /// The cookie by which this browser is known, if it has one.
    pub mark: Option<String>,
    /// The session this browser had before, which ends.
    pub earlier: Option<Seat>,
}

/// What the browser gets.
#[derive(Debug)]
pub struct Opened {
    /// The secret of the session.
    pub secret: String,
    /// The cookie by which this browser is known from now on.
    pub mark: String,
}

/// After the right password.
#[derive(Debug)]
pub enum Next {
    Open(Opened),
    /// The secret of a sign-in that lacks its code.
    Code(String),
}

/// A sign-in that lacks its code.
#[derive(Debug, Clone)]
pub struct Pending {
    pub user: i64,
    pub remember: Remember,
    pub next: String,
}

/// Goes on after the right password: a session, or a wait for the code.
///
/// # Errors
/// [`Error::NotFound`] when the person was disabled in between.
pub fn enter(tx: &Tx<'_>, user: i64, origin: &Origin, remember: Remember, next: &str) -> Result<Next> {
    if second_factor::standing(tx, user)?.is_none() {
        return Ok(Next::Open(open(tx, user, origin, remember)?));
    }
    users::find(tx, user)?;
    let secret = tokens::secret()?;
    tx.prepare_cached("DELETE FROM pending_sign_in WHERE created_at <= ?1")?.execute([tx.now() - PENDING])?;
    tx.prepare_cached(
        "INSERT INTO pending_sign_in (token_hash, user_id, kept, next, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![tokens::digest(&secret), user, remember == Remember::Yes, next, tx.now()])?;
    Ok(Next::Code(secret))
}

/// The sign-in with this secret, while it stands.
///
/// # Errors
/// Database errors.
pub fn pending(connection: &Connection, secret: &str, now: Millis) -> Result<Option<Pending>> {
    let found = connection
        .prepare_cached(
            "SELECT p.user_id, p.kept, p.next FROM pending_sign_in p JOIN user u ON u.id = p.user_id
              WHERE p.token_hash = ?1 AND p.created_at > ?2 AND u.state = 'active'",
        )?
        .query_row(params![tokens::digest(secret), now - PENDING], |row| {
            let remember = if row.get(1)? { Remember::Yes } else { Remember::No };
            Ok(Pending { user: row.get(0)?, remember, next: row.get(2)? })
        })
        .optional()?;
    Ok(found)
}

/// Completes a sign-in whose code was right.
///
/// # Errors
/// [`Error::NotFound`] when it ended meanwhile.
pub fn complete(tx: &Tx<'_>, secret: &str, origin: &Origin) -> Result<Opened> {
    let pending = pending(tx, secret, tx.now())?.ok_or(Error::NotFound)?;
    tx.prepare_cached("DELETE FROM pending_sign_in WHERE token_hash = ?1")?.execute([tokens::digest(secret)])?;
    open(tx, pending.user, origin, pending.remember)
}

/// Ends every sign-in of a person that lacks its code.
///
/// # Errors
/// Database errors.
pub fn forget_pending(tx: &Tx<'_>, user: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM pending_sign_in WHERE user_id = ?1")?.execute([user])?;
    Ok(())
}

/// Opens the session of somebody who proved who they are. From a browser they never used, they are told by mail.
///
/// # Errors
/// [`Error::NotFound`] when the person was disabled in between.
pub fn open(tx: &Tx<'_>, user: i64, origin: &Origin, remember: Remember) -> Result<Opened> {
    users::find(tx, user)?;
    if let Some(earlier) = origin.earlier {
        sessions::leave(tx, earlier)?;
    }
    let secret = sessions::open(tx, user, &origin.device, &origin.address)?;
    sessions::remember(tx, &secret, remember)?;
    let mark = recognize(tx, user, origin)?;
    Ok(Opened { secret, mark })
}

fn recognize(tx: &Tx<'_>, user: i64, origin: &Origin) -> Result<String> {
    let known = origin.mark.as_deref().filter(|mark| !mark.is_empty());
    if let Some(mark) = known {
        let seen = tx
            .prepare_cached("UPDATE known_device SET seen_at = ?3 WHERE user_id = ?1 AND token_hash = ?2")?
            .execute(params![user, tokens::digest(mark), tx.now()])?;
        if seen > 0 {
            return Ok(mark.to_owned());
        }
    }
    // A mark that nobody was given here is not taken over: somebody may have put it there.
    let given = known.map(|mark| is_given(tx, mark)).transpose()?.unwrap_or_default();
    let mark = if given { known.unwrap_or_default().to_owned() } else { tokens::secret()? };
    tx.prepare_cached("INSERT INTO known_device (user_id, token_hash, created_at, seen_at) VALUES (?1, ?2, ?3, ?3)")?
        .execute(params![user, tokens::digest(&mark), tx.now()])?;
    let first = tx
        .prepare_cached("UPDATE user SET first_sign_in_at = ?2 WHERE id = ?1 AND first_sign_in_at IS NULL")?
        .execute([user, tx.now()])?;
    if first == 0 {
        let device = origin.device.chars().filter(|letter| !letter.is_control()).take(200).collect();
        notices::queue(tx, user, Fact::SignedIn { device, address: origin.address.clone() })?;
    }
    Ok(mark)
}

fn is_given(connection: &Connection, mark: &str) -> Result<bool> {
    let mut select = connection.prepare_cached("SELECT 1 FROM known_device WHERE token_hash = ?1")?;
    Ok(select.exists([tokens::digest(mark)])?)
}

/// Whether this browser is one that the person with this address used before.
///
/// # Errors
/// Database errors.
pub fn asker(connection: &Connection, email: &str, mark: Option<&str>, now: Millis) -> Result<Asker> {
    let Some(mark) = mark.filter(|mark| !mark.is_empty()).map(tokens::digest) else { return Ok(Asker::Stranger) };
    let known = connection
        .prepare_cached(
            "SELECT 1 FROM known_device k JOIN user u ON u.id = k.user_id
              WHERE k.token_hash = ?1 AND u.email = ?2 AND k.seen_at > ?3",
        )?
        .exists(params![mark, email.trim(), now - KNOWN])?;
    Ok(if known { Asker::Known(mark) } else { Asker::Stranger })
}

/// Every browser but this one is new again: somebody else may know it.
///
/// # Errors
/// Database errors.
pub fn forget_devices(tx: &Tx<'_>, user: i64, keep: Option<&str>) -> Result<()> {
    tx.prepare_cached("DELETE FROM known_device WHERE user_id = ?1 AND token_hash IS NOT ?2")?
        .execute(params![user, keep.map(tokens::digest)])?;
    Ok(())
}
