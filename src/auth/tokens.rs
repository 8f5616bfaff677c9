//! One-time secrets sent to a person: 256 bits, stored as SHA-256, bound to a purpose and to a person or an invitation,
//! used once.

use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use crate::clock::{HOUR, Millis};
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::keys;

/// What a token is for. One for another purpose never matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Takes a fresh server; does not expire, ends with the first owner.
    Setup,
    PasswordReset,
    /// Bound to an invitation: there is no user yet.
    Invitation,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::PasswordReset => "password_reset",
            Self::Invitation => "invitation",
        }
    }

    fn lifetime(self) -> Option<Millis> {
        match self {
            Self::Setup => None,
            Self::PasswordReset => Some(HOUR),
            Self::Invitation => Some(72 * HOUR),
        }
    }

    /// The user and the invitation that a token is bound to, if `subject` names one.
    fn bound(self, subject: Option<i64>) -> (Option<i64>, Option<i64>) {
        if self == Self::Invitation { (None, subject) } else { (subject, None) }
    }
}

/// The stored form of a secret.
#[must_use]
pub fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// A new secret of 256 bits as text.
///
/// # Errors
/// When the system has no randomness.
pub fn secret() -> Result<String> {
    keys::random_text::<32>()
}

/// Stores a token for `secret`, bound to the user or invitation `subject`; earlier ones of the same subject and purpose
/// end.
///
/// # Errors
/// Database errors.
pub fn store(tx: &Tx<'_>, purpose: Purpose, subject: Option<i64>, secret: &str) -> Result<()> {
    let (user, invitation) = purpose.bound(subject);
    tx.prepare_cached("DELETE FROM one_time_token WHERE purpose = ?1 AND user_id IS ?2 AND invitation_id IS ?3")?
        .execute(params![purpose.as_str(), user, invitation])?;
    tx.prepare_cached(
        "INSERT INTO one_time_token (purpose, token_hash, user_id, invitation_id, expires_at, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        purpose.as_str(),
        digest(secret),
        user,
        invitation,
        purpose.lifetime().map(|lifetime| tx.now() + lifetime),
        tx.now()
    ])?;
    Ok(())
}

/// Ends what stands for a user or invitation and a purpose.
///
/// # Errors
/// Database errors.
pub fn end(tx: &Tx<'_>, purpose: Purpose, subject: i64) -> Result<()> {
    let (user, invitation) = purpose.bound(Some(subject));
    tx.prepare_cached("DELETE FROM one_time_token WHERE purpose = ?1 AND user_id IS ?2 AND invitation_id IS ?3")?
        .execute(params![purpose.as_str(), user, invitation])?;
    Ok(())
}

/// Ends every token of a user, whatever it is for.
///
/// # Errors
/// Database errors.
pub fn end_all(tx: &Tx<'_>, user: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM one_time_token WHERE user_id = ?1")?.execute([user])?;
    Ok(())
}

/// Whose token it is (the user or invitation), if it stands: unused and not expired. Reading it uses nothing up (mail scanners follow links).
///
/// # Errors
/// [`Error::NotFound`] when it does not stand.
pub fn look(connection: &Connection, purpose: Purpose, secret: &str, now: Millis) -> Result<Option<i64>> {
    if secret.trim().is_empty() {
        return Err(Error::NotFound);
    }
    connection
        .prepare_cached(
            "SELECT coalesce(user_id, invitation_id) FROM one_time_token
              WHERE token_hash = ?1 AND purpose = ?2 AND used_at IS NULL AND coalesce(expires_at > ?3, 1)",
        )?
        .query_row(params![digest(secret), purpose.as_str(), now], |row| row.get(0))
        .optional()?
        .ok_or(Error::NotFound)
}

/// Whether `user` has an unused token made after `since`: another mail right behind it would help nobody.
///
/// # Errors
/// Database errors.
pub fn has_recent(connection: &Connection, purpose: Purpose, user: i64, since: Millis) -> Result<bool> {
    let mut select = connection.prepare_cached(
        "SELECT 1 FROM one_time_token WHERE purpose = ?1 AND user_id = ?2 AND used_at IS NULL AND created_at > ?3",
    )?;
    Ok(select.exists(params![purpose.as_str(), user, since])?)
}

/// Uses a token up and answers whose it was.
///
/// # Errors
/// [`Error::NotFound`] when it does not stand (any more).
pub fn consume(tx: &Tx<'_>, purpose: Purpose, secret: &str) -> Result<Option<i64>> {
    let user = look(tx, purpose, secret, tx.now())?;
    tx.prepare_cached("UPDATE one_time_token SET used_at = ?2 WHERE token_hash = ?1")?
        .execute(params![digest(secret), tx.now()])?;
    Ok(user)
}
