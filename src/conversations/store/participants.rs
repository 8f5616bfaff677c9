//! Who takes part in a conversation by address.

use rusqlite::params;

use super::show::require;
use crate::auth::Viewer;
use crate::contacts::normalize_email;
use crate::db::Tx;
use crate::error::Result;
use crate::events::Event;

/// Lets the sender of a message take part in its conversation; answers the conversation.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the viewer may not see it.
pub fn accept(tx: &Tx<'_>, by: &Viewer, message: i64) -> Result<i64> {
    let (conversation, address): (i64, String) = tx
        .prepare_cached("SELECT conversation_id, sender_address FROM message WHERE id = ?1 AND kind = 'incoming'")?
        .query_row([message], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let inbox = require(tx, by, conversation)?;
    let address = normalize_email(&address);
    if address.is_empty() {
        return Ok(conversation);
    }
    tx.prepare_cached(
        "INSERT INTO participant (conversation_id, address, origin) VALUES (?1, ?2, 'accepted')
         ON CONFLICT DO UPDATE SET origin = 'accepted'",
    )?
    .execute(params![conversation, address])?;
    let mut select = tx.prepare_cached(
        "UPDATE message SET unfamiliar = 0 WHERE conversation_id = ?1 AND unfamiliar = 1 AND lower(sender_address) = ?2",
    )?;
    if select.execute(params![conversation, address])? > 0 {
        tx.emit(Event::ParticipantAccepted { conversation, inbox, message, by: by.id })?;
    }
    Ok(conversation)
}
