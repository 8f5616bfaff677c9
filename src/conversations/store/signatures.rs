//! What stands below answers: a person's own words, else those of the inbox.

use rusqlite::{OptionalExtension, params};

use super::super::model::signature;
use crate::accounts;
use crate::auth::Viewer;
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::inboxes;

/// What this person has written for below their answers; empty: the inbox's words stand there.
///
/// # Errors
/// Database errors.
pub fn own(connection: &Connection, user: i64) -> Result<String> {
    let text: Option<String> = connection
        .prepare_cached("SELECT text FROM user_signature WHERE user_id = ?1")?
        .query_row([user], |row| row.get(0))
        .optional()?;
    Ok(text.unwrap_or_default())
}

/// Keeps what stands below this person's answers; empty words go away.
///
/// # Errors
/// Database errors.
pub fn set(tx: &Tx<'_>, by: &Viewer, text: &str) -> Result<()> {
    let text = text.trim();
    if text.is_empty() {
        tx.prepare_cached("DELETE FROM user_signature WHERE user_id = ?1")?.execute([by.id])?;
    } else {
        tx.prepare_cached(
            "INSERT INTO user_signature (user_id, text) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET text = excluded.text",
        )?
        .execute(params![by.id, text])?;
    }
    Ok(())
}

/// What will stand below an answer of this person from an inbox.
///
/// # Errors
/// Database errors.
pub fn below(connection: &Connection, viewer: &Viewer, inbox: i64) -> Result<String> {
    below_of(connection, (viewer.id, &viewer.name), inbox)
}

/// The same for somebody who is not signed in now, by number and name.
pub(super) fn below_of(connection: &Connection, (user, name): (i64, &str), inbox: i64) -> Result<String> {
    let own = own(connection, user)?;
    let words = if own.is_empty() { inboxes::store::get(connection, inbox)?.mail.answering.signature } else { own };
    let company = accounts::workspace(connection)?.map(|workspace| workspace.name).unwrap_or_default();
    Ok(signature::filled(&words, name, &company))
}
