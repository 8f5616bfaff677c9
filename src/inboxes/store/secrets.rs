//! What inboxes sign in with, sealed.

use rusqlite::{OptionalExtension, params};

use super::problems::{Way, set_problem};
use crate::config::Smtp;
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::inboxes::{Inbox, MailSettings, SignIn};
use crate::keys::{Keys, Secret};

/// What an inbox signs in with, by what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    Smtp,
    Imap,
    /// The tokens of a provider, for both ways.
    OAuth,
}

impl SecretKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Smtp => "smtp",
            Self::Imap => "imap",
            Self::OAuth => "oauth",
        }
    }

    fn parse(text: &str) -> Self {
        match text {
            "imap" => Self::Imap,
            "oauth" => Self::OAuth,
            _ => Self::Smtp,
        }
    }

    /// Where the secret stands: what it is encrypted for.
    fn place(self, inbox: i64) -> String {
        match self {
            Self::Smtp => format!("inbox/{inbox}/secret"),
            Self::Imap => format!("inbox/{inbox}/imap"),
            Self::OAuth => format!("inbox/{inbox}/oauth"),
        }
    }
}

/// Seals a secret of an inbox, or forgets it.
///
/// # Errors
/// Database errors.
pub fn set_secret(tx: &Tx<'_>, inbox: i64, kind: SecretKind, secret: Option<&Secret>, keys: &Keys) -> Result<()> {
    let Some(secret) = secret else {
        tx.prepare_cached("DELETE FROM inbox_secret WHERE inbox_id = ?1 AND kind = ?2")?
            .execute(params![inbox, kind.as_str()])?;
        return Ok(());
    };
    tx.prepare_cached(
        "INSERT INTO inbox_secret (inbox_id, kind, sealed) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET sealed = excluded.sealed",
    )?
    .execute(params![inbox, kind.as_str(), keys.seal(&kind.place(inbox), secret)?])?;
    Ok(())
}

/// A secret of an inbox. `None`: there is none, or it does not open with this key and must be entered again.
///
/// # Errors
/// Database errors.
pub fn secret(connection: &Connection, inbox: i64, kind: SecretKind, keys: &Keys) -> Result<Option<Secret>> {
    let sealed: Option<Vec<u8>> = connection
        .prepare_cached("SELECT sealed FROM inbox_secret WHERE inbox_id = ?1 AND kind = ?2")?
        .query_row(params![inbox, kind.as_str()], |row| row.get(0))
        .optional()?;
    Ok(sealed.and_then(|sealed| keys.open(&kind.place(inbox), &sealed)))
}

/// Whether a secret is stored; the secret itself is never shown again.
///
/// # Errors
/// Database errors.
pub fn has_secret(connection: &Connection, inbox: i64, kind: SecretKind) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM inbox_secret WHERE inbox_id = ?1 AND kind = ?2")?
        .exists(params![inbox, kind.as_str()])?)
}

/// Keeps a new password of the mailbox, and forgets what nothing signs in with any more.
///
/// # Errors
/// Database errors.
pub fn keep_secrets(tx: &Tx<'_>, inbox: i64, mail: &MailSettings, imap: Option<&Secret>, keys: &Keys) -> Result<()> {
    if mail.sign_in == SignIn::Password {
        set_secret(tx, inbox, SecretKind::OAuth, None, keys)?;
    } else {
        set_secret(tx, inbox, SecretKind::Smtp, None, keys)?;
    }
    match (&mail.imap, mail.sign_in, imap) {
        (Some(_), SignIn::Password, None) => Ok(()),
        (Some(_), SignIn::Password, typed) => set_secret(tx, inbox, SecretKind::Imap, typed, keys),
        _ => set_secret(tx, inbox, SecretKind::Imap, None, keys),
    }
}

/// Forgets everything an inbox signs in with.
///
/// # Errors
/// Database errors.
pub fn forget_secrets(tx: &Tx<'_>, inbox: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM inbox_secret WHERE inbox_id = ?1")?.execute([inbox])?;
    Ok(())
}

/// The server of its own that an inbox sends by, with the password. `None`: it has none, or its password does not open
/// with this key and must be entered again.
///
/// # Errors
/// Database errors.
pub fn own_server(connection: &Connection, inbox: &Inbox, keys: &Keys) -> Result<Option<Smtp>> {
    let Some(server) = &inbox.mail.smtp else {
        return Ok(None);
    };
    let password = secret(connection, inbox.id, SecretKind::Smtp, keys)?;
    Ok(Some(server.with_password(password)))
}

/// Marks the inboxes whose secrets do not open with this key, and says how many there are.
///
/// # Errors
/// Database errors.
pub fn mark_lost_secrets(tx: &Tx<'_>, keys: &Keys) -> Result<usize> {
    let mut select = tx.prepare_cached("SELECT inbox_id, kind, sealed FROM inbox_secret")?;
    let sealed = select.query_map([], |row| {
        Ok((row.get::<_, i64>(0)?, SecretKind::parse(row.get_ref(1)?.as_str()?), row.get::<_, Vec<u8>>(2)?))
    })?;
    let sealed = sealed.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut lost: Vec<i64> = sealed
        .into_iter()
        .filter(|(inbox, kind, secret)| keys.open(&kind.place(*inbox), secret).is_none())
        .map(|(inbox, ..)| inbox)
        .collect();
    lost.dedup();
    for inbox in &lost {
        set_problem(tx, *inbox, Way::Out, "inbox-password-lost", "")?;
    }
    Ok(lost.len())
}
