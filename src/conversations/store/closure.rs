//! Closing and reopening: a row with a who and a when.

use rusqlite::params;

use super::assignment::release_one;
use super::show::require;
use super::snooze;
use crate::auth::Viewer;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::events::Event;

/// Closes an open conversation.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it; [`Error::Conflict`] when somebody closed it first.
pub fn close(tx: &Tx<'_>, by: &Viewer, conversation: i64) -> Result<()> {
    let inbox = require(tx, by, conversation)?;
    let changed = tx
        .prepare_cached("UPDATE conversation SET state = 'closed' WHERE id = ?1 AND state != 'closed'")?
        .execute([conversation])?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-already-closed"));
    }
    snooze::end(tx, conversation)?;
    tx.prepare_cached("INSERT INTO closure (conversation_id, closed_by, closed_at) VALUES (?1, ?2, ?3)")?.execute([
        conversation,
        by.id,
        tx.now(),
    ])?;
    tx.emit(Event::ConversationClosed { conversation, inbox, by: Some(by.id) })
}

/// Opens a closed conversation again.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it; [`Error::Conflict`] when it is open already.
pub fn reopen(tx: &Tx<'_>, by: &Viewer, conversation: i64) -> Result<()> {
    let inbox = require(tx, by, conversation)?;
    if reopen_by(tx, conversation, inbox, Some(by.id))? {
        Ok(())
    } else {
        Err(Error::Conflict("conflict-already-open"))
    }
}

/// Opens it if it is closed (a person of ours, or a message of the customer); says whether it was. Whoever handled it
/// keeps it, if they still can.
pub(super) fn reopen_by(tx: &Tx<'_>, conversation: i64, inbox: i64, by: Option<i64>) -> Result<bool> {
    let changed = tx
        .prepare_cached("UPDATE conversation SET state = 'open' WHERE id = ?1 AND state = 'closed' AND spam = 0")?
        .execute([conversation])?;
    if changed == 0 {
        return Ok(false);
    }
    tx.prepare_cached(
        "UPDATE closure SET reopened_by = ?2, reopened_at = ?3 WHERE conversation_id = ?1 AND reopened_at IS NULL",
    )?
    .execute(params![conversation, by, tx.now()])?;
    tx.emit(Event::ConversationReopened { conversation, inbox, by })?;
    release_one(tx, conversation, inbox)?;
    Ok(true)
}
