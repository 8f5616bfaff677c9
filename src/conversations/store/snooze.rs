//! Putting a conversation off, and its coming back: at its time, when its contact writes, or when somebody fetches it.

use rusqlite::{OptionalExtension, params};

use super::super::jobs::{Asleep, WAKE};
use super::show::require;
use crate::auth::Viewer;
use crate::clock::Millis;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::events::{Event, Waking};
use crate::jobs::{self, NewJob};

/// Puts an open conversation off until a time, or until somebody writes; one that is put off gets another time.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it; [`Error::Conflict`] when it is closed.
pub fn snooze(tx: &Tx<'_>, by: &Viewer, conversation: i64, until: Option<Millis>) -> Result<()> {
    let inbox = require(tx, by, conversation)?;
    let changed = tx
        .prepare_cached("UPDATE conversation SET state = 'snoozed' WHERE id = ?1 AND state != 'closed'")?
        .execute([conversation])?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-snooze-closed"));
    }
    end(tx, conversation)?;
    let snooze = tx
        .prepare_cached(
            "INSERT INTO snooze (conversation_id, snoozed_by, snoozed_at, until_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .insert(params![conversation, by.id, tx.now(), until])?;
    if let Some(run_at) = until {
        let (key, payload) = (wake_key(snooze), Asleep { snooze });
        jobs::enqueue(tx, &NewJob { kind: WAKE, key: Some(&key), lane: None, payload: &payload, run_at })?;
    }
    tx.emit(Event::ConversationSnoozed { conversation, inbox, until, by: Some(by.id) })
}

/// Brings a conversation back before its time.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it; [`Error::Conflict`] when it is not put off.
pub fn wake(tx: &Tx<'_>, by: &Viewer, conversation: i64) -> Result<()> {
    let inbox = require(tx, by, conversation)?;
    if wake_by(tx, conversation, inbox, (Waking::Person, Some(by.id)))? {
        Ok(())
    } else {
        Err(Error::Conflict("conflict-already-awake"))
    }
}

/// The time has come: the conversation is back, on top of its section.
///
/// # Errors
/// Database errors.
pub fn wake_at_its_time(tx: &Tx<'_>, snooze: i64) -> Result<()> {
    let asleep: Option<(i64, i64)> = tx
        .prepare_cached(
            "SELECT c.id, c.inbox_id FROM snooze s JOIN conversation c ON c.id = s.conversation_id
              WHERE s.id = ?1 AND s.ended_at IS NULL",
        )?
        .query_row([snooze], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((conversation, inbox)) = asleep {
        wake_by(tx, conversation, inbox, (Waking::Time, None))?;
    }
    Ok(())
}

/// Brings it back if it is put off, and says whether it was.
pub(super) fn wake_by(tx: &Tx<'_>, conversation: i64, inbox: i64, (why, by): (Waking, Option<i64>)) -> Result<bool> {
    let changed = tx
        .prepare_cached(
            "UPDATE conversation SET state = 'open', last_activity_at = max(last_activity_at, ?2)
              WHERE id = ?1 AND state = 'snoozed'",
        )?
        .execute([conversation, tx.now()])?;
    if changed == 0 {
        return Ok(false);
    }
    end(tx, conversation)?;
    tx.emit(Event::ConversationWoken { conversation, inbox, why, by })?;
    Ok(true)
}

/// Nothing is put off any more: what closes or deletes a conversation ends it as well.
pub(super) fn end(tx: &Tx<'_>, conversation: i64) -> Result<()> {
    let ended: Option<i64> = tx
        .prepare_cached("UPDATE snooze SET ended_at = ?2 WHERE conversation_id = ?1 AND ended_at IS NULL RETURNING id")?
        .query_row([conversation, tx.now()], |row| row.get(0))
        .optional()?;
    ended.map_or(Ok(()), |snooze| jobs::forget(tx, &wake_key(snooze)))
}

/// The key of the job that brings it back.
fn wake_key(snooze: i64) -> String {
    format!("wake-{snooze}")
}
