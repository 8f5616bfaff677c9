//! Mails that try an inbox: the last one of each.

use rusqlite::{OptionalExtension, params};

use crate::clock::Millis;
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::events::Event;
use crate::mailer::Attempt;

/// What became of the last mail that tried an inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    pub recipient: String,
    /// `queued`, `sent`, `failed` or `uncertain`.
    pub state: String,
    /// Message key of why not.
    pub error: Option<String>,
    /// The other side's own words.
    pub detail: String,
    pub created_at: Millis,
    pub ended_at: Option<Millis>,
}

/// A mail is about to try an inbox.
///
/// # Errors
/// Database errors.
pub fn begin(tx: &Tx<'_>, inbox: i64, user: i64, recipient: &str) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO inbox_test (inbox_id, user_id, recipient, state, created_at) VALUES (?1, ?2, ?3, 'queued', ?4)
         ON CONFLICT (inbox_id) DO UPDATE SET user_id = excluded.user_id, recipient = excluded.recipient,
                state = 'queued', error = NULL, detail = '', created_at = excluded.created_at, ended_at = NULL",
    )?
    .execute(params![inbox, user, recipient, tx.now()])?;
    tx.emit(Event::InboxTested { inbox })
}

/// What became of it.
///
/// # Errors
/// Database errors.
pub fn end(tx: &Tx<'_>, inbox: i64, attempt: &Attempt) -> Result<()> {
    let (state, reason) = match attempt {
        Attempt::Sent => ("sent", None),
        Attempt::Later(reason) | Attempt::Refused(reason) => ("failed", Some(reason)),
        Attempt::Unsure(reason) => ("uncertain", Some(reason)),
    };
    tx.prepare_cached(
        "UPDATE inbox_test SET state = ?2, error = ?3, detail = ?4, ended_at = ?5
          WHERE inbox_id = ?1 AND state = 'queued'",
    )?
    .execute(params![
        inbox,
        state,
        reason.map(|reason| reason.key),
        reason.map_or("", |reason| reason.detail.as_str()),
        tx.now()
    ])?;
    tx.emit(Event::InboxTested { inbox })
}

/// The last one of an inbox.
///
/// # Errors
/// Database errors.
pub fn last(connection: &Connection, inbox: i64) -> Result<Option<Tried>> {
    let found = connection
        .prepare_cached(
            "SELECT recipient, state, error, detail, created_at, ended_at FROM inbox_test WHERE inbox_id = ?1",
        )?
        .query_row([inbox], |row| {
            Ok(Tried {
                recipient: row.get(0)?,
                state: row.get(1)?,
                error: row.get(2)?,
                detail: row.get(3)?,
                created_at: row.get(4)?,
                ended_at: row.get(5)?,
            })
        })
        .optional()?;
    Ok(found)
}
