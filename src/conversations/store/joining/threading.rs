//! Which conversation an answer belongs to that was to one which has been moved, merged or split since. A reply address
//! is good for the inboxes that its conversation stood in, and leads to where the message that is answered stands now.

use rusqlite::{OptionalExtension, params};

use super::signposts::standing;
use crate::db::Tx;
use crate::error::Result;

/// Conversations that were split off one from another are followed so far.
const DEPTH: usize = 20;

/// The conversation of a valid reply address that came to an inbox.
///
/// # Errors
/// Database errors.
pub fn of_token(tx: &Tx<'_>, inbox: i64, named: i64, references: &[String]) -> Result<Option<i64>> {
    let stood_here = tx
        .prepare_cached(
            "SELECT 1 FROM conversation c
              WHERE c.id = ?1
                AND (c.inbox_id = ?2
                     OR EXISTS (SELECT 1 FROM relocation l WHERE l.conversation_id = c.id AND l.from_id = ?2))",
        )?
        .exists([named, inbox])?;
    if !stood_here {
        return Ok(None);
    }
    let conversation = standing(tx, named)?;
    for reference in references {
        match by_reference(tx, inbox, reference)? {
            Some(found) if found == conversation => break,
            Some(found) if is_split_off(tx, found, conversation)? => return Ok(Some(found)),
            _ => {}
        }
    }
    Ok(Some(conversation))
}

/// The conversation of a message that came or left by an inbox, by the id that its channel gave it.
///
/// # Errors
/// Database errors.
pub fn by_reference(tx: &Tx<'_>, inbox: i64, reference: &str) -> Result<Option<i64>> {
    Ok(tx
        .prepare_cached("SELECT conversation_id FROM message WHERE inbox_id = ?1 AND external_id = ?2")?
        .query_row(params![inbox, reference], |row| row.get(0))
        .optional()?)
}

/// Whether one conversation was made of messages of the other.
fn is_split_off(tx: &Tx<'_>, conversation: i64, from: i64) -> Result<bool> {
    let mut select = tx.prepare_cached("SELECT split_from_id FROM conversation WHERE id = ?1")?;
    let mut at = conversation;
    for _ in 0..DEPTH {
        let Some(origin) = select.query_row([at], |row| row.get::<_, Option<i64>>(0)).optional()?.flatten() else {
            return Ok(false);
        };
        at = standing(tx, origin)?;
        if at == from {
            return Ok(true);
        }
    }
    Ok(false)
}
