//! How far a folder was read, in the database.

use rusqlite::{OptionalExtension, Row, params};

use crate::clock::Millis;
use crate::db::{Connection, Tx};
use crate::error::Result;

/// How far a folder was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The UIDs are those of this validity.
    pub validity: u32,
    /// All mails up to this one are stored, or are not to be.
    pub last_uid: u32,
    /// Mails up to this one were there when the inbox was connected.
    pub history_uid: u32,
    /// Of them, only those from this time on are taken.
    pub history_from: Option<Millis>,
    /// Of them, those from this time on are new all the same.
    pub live_from: Option<Millis>,
    /// Mails up to this one are marked or moved, or are not to be.
    pub settled_uid: u32,
    /// How many mails of before there are to take.
    pub history_total: u32,
    /// How many of them are in.
    pub history_taken: u32,
    pub connected_at: Option<Millis>,
    /// When the folder was last looked at.
    pub checked_at: Option<Millis>,
    /// Message key of why mails cannot be marked or moved.
    pub after_problem: Option<String>,
    /// Message key of why answers cannot be put into the folder of sent mail.
    pub sent_problem: Option<String>,
}

/// The cursor of a folder; `None` when it was never read.
///
/// # Errors
/// Database errors.
pub fn load(connection: &Connection, inbox: i64, folder: &str) -> Result<Option<Cursor>> {
    Ok(connection
        .prepare_cached(
            "SELECT uid_validity, last_uid, history_uid, history_from, live_from, settled_uid, history_total,
                    history_taken, connected_at, checked_at, after_problem, sent_problem
               FROM mailbox_cursor WHERE inbox_id = ?1 AND folder = ?2",
        )?
        .query_row(params![inbox, folder], cursor)
        .optional()?)
}

fn cursor(row: &Row<'_>) -> rusqlite::Result<Cursor> {
    Ok(Cursor {
        validity: row.get(0)?,
        last_uid: row.get(1)?,
        history_uid: row.get(2)?,
        history_from: row.get(3)?,
        live_from: row.get(4)?,
        settled_uid: row.get(5)?,
        history_total: row.get(6)?,
        history_taken: row.get(7)?,
        connected_at: row.get(8)?,
        checked_at: row.get(9)?,
        after_problem: row.get(10)?,
        sent_problem: row.get(11)?,
    })
}

/// Moves the cursor. What does not work beside reading stays as it is.
///
/// # Errors
/// Database errors.
pub fn save(tx: &Tx<'_>, inbox: i64, folder: &str, cursor: &Cursor) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO mailbox_cursor (inbox_id, folder, uid_validity, last_uid, history_uid, history_from, live_from,
                                     settled_uid, history_total, history_taken, connected_at, checked_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT DO UPDATE SET uid_validity = excluded.uid_validity, last_uid = excluded.last_uid,
             history_uid = excluded.history_uid, history_from = excluded.history_from, live_from = excluded.live_from,
             settled_uid = excluded.settled_uid, history_total = excluded.history_total,
             history_taken = excluded.history_taken, connected_at = excluded.connected_at,
             checked_at = excluded.checked_at",
    )?
    .execute(params![
        inbox,
        folder,
        cursor.validity,
        cursor.last_uid,
        cursor.history_uid,
        cursor.history_from,
        cursor.live_from,
        cursor.settled_uid,
        cursor.history_total,
        cursor.history_taken,
        cursor.connected_at,
        cursor.checked_at
    ])?;
    Ok(())
}

/// What may not work beside reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Mails are marked or moved.
    After,
    /// Answers are put into the folder of sent mail.
    Sent,
}

/// Notes whether that works: `None`, or a message key.
///
/// # Errors
/// Database errors.
pub fn note(tx: &Tx<'_>, inbox: i64, side: Side, problem: Option<&str>) -> Result<()> {
    let sql = match side {
        Side::After => "UPDATE mailbox_cursor SET after_problem = ?2 WHERE inbox_id = ?1 AND after_problem IS NOT ?2",
        Side::Sent => "UPDATE mailbox_cursor SET sent_problem = ?2 WHERE inbox_id = ?1 AND sent_problem IS NOT ?2",
    };
    tx.prepare_cached(sql)?.execute(params![inbox, problem])?;
    Ok(())
}
