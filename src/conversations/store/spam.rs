//! Spam: a row with a who and a when. A conversation that is spam stands in no section but its own and waits for nobody.

use rusqlite::params;

use super::assignment::release_one;
use super::show::require;
use super::snooze;
use crate::auth::Viewer;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::events::Event;

/// Puts a conversation among the spam.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it; [`Error::Conflict`] when it is there already.
pub fn mark(tx: &Tx<'_>, by: &Viewer, conversation: i64) -> Result<()> {
    let inbox = require(tx, by, conversation)?;
    if mark_by(tx, conversation, inbox, Some(by.id))? { Ok(()) } else { Err(Error::Conflict("conflict-already-spam")) }
}

/// Takes a conversation out of the spam: it is open again, or closed if somebody had closed it before.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it; [`Error::Conflict`] when it is no spam.
pub fn clear(tx: &Tx<'_>, by: &Viewer, conversation: i64) -> Result<()> {
    let inbox = require(tx, by, conversation)?;
    if clear_by(tx, conversation, inbox, Some(by.id))? { Ok(()) } else { Err(Error::Conflict("conflict-not-spam")) }
}

/// The same without a person: the provider's filter said so. Says whether it was not there before.
pub(super) fn mark_by(tx: &Tx<'_>, conversation: i64, inbox: i64, by: Option<i64>) -> Result<bool> {
    let changed = tx
        .prepare_cached(
            "UPDATE conversation SET spam = 1, state = 'closed', unanswered = 0 WHERE id = ?1 AND spam = 0",
        )?
        .execute([conversation])?;
    if changed == 0 {
        return Ok(false);
    }
    snooze::end(tx, conversation)?;
    tx.prepare_cached("INSERT INTO spam_verdict (conversation_id, marked_by, marked_at) VALUES (?1, ?2, ?3)")?
        .execute(params![conversation, by, tx.now()])?;
    tx.emit(Event::SpamMarked { conversation, inbox, by })?;
    Ok(true)
}

/// Says whether it was spam. One in which the customer wrote last waits for an answer again.
pub(super) fn clear_by(tx: &Tx<'_>, conversation: i64, inbox: i64, by: Option<i64>) -> Result<bool> {
    let changed = tx
        .prepare_cached(
            "UPDATE conversation SET spam = 0,
                    state = iif(EXISTS (SELECT 1 FROM closure k WHERE k.conversation_id = ?1 AND k.reopened_at IS NULL),
                                'closed', 'open'),
                    unanswered = (last_kind = 'incoming'
                                  AND NOT EXISTS (SELECT 1 FROM closure k
                                                   WHERE k.conversation_id = ?1 AND k.reopened_at IS NULL))
              WHERE id = ?1 AND spam = 1",
        )?
        .execute([conversation])?;
    if changed == 0 {
        return Ok(false);
    }
    tx.prepare_cached(
        "UPDATE spam_verdict SET cleared_by = ?2, cleared_at = ?3 WHERE conversation_id = ?1 AND cleared_at IS NULL",
    )?
    .execute(params![conversation, by, tx.now()])?;
    tx.emit(Event::SpamCleared { conversation, inbox, by })?;
    release_one(tx, conversation, inbox)?;
    Ok(true)
}
