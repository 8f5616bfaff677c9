//! When a mail about a conversation is due, and what it tells.

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::told;
use crate::clock::{MINUTE, Millis};
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::jobs::{self, NewJob};
use crate::notifications::model::Told;

/// The kind of the jobs that mail what somebody was told.
pub const MAIL: &str = "notification_mail";
/// So long a notification waits for being read before it is mailed, and for others that go into the same mail.
pub const WAIT: Millis = 2 * MINUTE;
/// Between two mails about one conversation.
pub const PAUSE: Millis = 10 * MINUTE;

/// To whom.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Reader {
    pub user: i64,
}

fn key(user: i64) -> String {
    format!("notification-mail-{user}")
}

/// Mails what is new in a conversation, unless it is read before. All of one person's mail is one job.
pub(super) fn await_reading(tx: &Tx<'_>, user: i64, conversation: i64) -> Result<()> {
    let due: Millis = tx
        .prepare_cached(
            "UPDATE notification_line SET mail_due_at = coalesce(mail_due_at, max(?3, coalesce(mailed_at + ?4, 0)))
              WHERE user_id = ?1 AND conversation_id = ?2 RETURNING mail_due_at",
        )?
        .query_row([user, conversation, tx.now() + WAIT, PAUSE], |row| row.get(0))?;
    let (key, payload) = (key(user), Reader { user });
    jobs::enqueue(tx, &NewJob { kind: MAIL, key: Some(&key), lane: None, payload: &payload, run_at: due })?;
    jobs::no_later(tx, &key, due)
}

/// The conversations about which a mail to somebody is due.
///
/// # Errors
/// Database errors.
pub fn due(connection: &Connection, user: i64, now: Millis) -> Result<Vec<i64>> {
    let mut select = connection.prepare_cached(
        "SELECT conversation_id FROM notification_line
          WHERE user_id = ?1 AND mail_due_at <= ?2 ORDER BY mail_due_at, conversation_id",
    )?;
    let rows = select.query_map([user, now], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// When the next mail to somebody is due.
///
/// # Errors
/// Database errors.
pub fn next_due(connection: &Connection, user: i64) -> Result<Option<Millis>> {
    Ok(connection
        .prepare_cached(
            "SELECT mail_due_at FROM notification_line
              WHERE user_id = ?1 AND mail_due_at IS NOT NULL ORDER BY mail_due_at LIMIT 1",
        )?
        .query_row([user], |row| row.get(0))
        .optional()?)
}

/// What a mail about a conversation tells: not read, not told by mail before, and theirs to read now. Oldest first.
///
/// # Errors
/// Database errors.
pub fn untold(connection: &Connection, user: i64, conversation: i64) -> Result<Vec<Told>> {
    let mut select = connection.prepare_cached(
        "SELECT id, conversation_id, cause, contact_id, contact_name, sender, subject, by_name, text, created_at
           FROM notification_in_sight
          WHERE user_id = ?1 AND conversation_id = ?2 AND read_at IS NULL AND email = 1 AND mailed_at IS NULL
          ORDER BY id",
    )?;
    let rows = select.query_map([user, conversation], told)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Notes that a mail about a conversation left.
///
/// # Errors
/// Database errors.
pub fn note_mailed(tx: &Tx<'_>, user: i64, conversation: i64) -> Result<()> {
    tx.prepare_cached(
        "UPDATE notification SET mailed_at = ?3
          WHERE user_id = ?1 AND conversation_id = ?2 AND read_at IS NULL AND email = 1 AND mailed_at IS NULL",
    )?
    .execute([user, conversation, tx.now()])?;
    tx.prepare_cached(
        "UPDATE notification_line SET mail_due_at = NULL, mailed_at = ?3 WHERE user_id = ?1 AND conversation_id = ?2",
    )?
    .execute([user, conversation, tx.now()])?;
    Ok(())
}

/// Nothing about a conversation is to be mailed any more, or about any of them.
///
/// # Errors
/// Database errors.
pub fn forget(tx: &Tx<'_>, user: i64, conversation: Option<i64>) -> Result<()> {
    tx.prepare_cached(
        "UPDATE notification_line SET mail_due_at = NULL
          WHERE user_id = ?1 AND mail_due_at IS NOT NULL AND (?2 IS NULL OR conversation_id = ?2)",
    )?
    .execute(params![user, conversation])?;
    Ok(())
}

/// Nothing at all is to be mailed any more.
///
/// # Errors
/// Database errors.
pub fn forget_all(tx: &Tx<'_>) -> Result<()> {
    tx.prepare_cached("UPDATE notification_line SET mail_due_at = NULL WHERE mail_due_at IS NOT NULL")?.execute([])?;
    Ok(())
}
