//! Who handles a conversation.

use rusqlite::{OptionalExtension, params};

use super::show::require;
use crate::auth::Viewer;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::events::Event;

/// Hands a conversation to somebody, or to nobody. Only an available reader of its inbox can be handed one, judged here and
/// not only in the list of names; keeping whom it has is always fine.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it or the person may not; [`Error::Conflict`] when they are
/// unavailable.
pub fn assign(tx: &Tx<'_>, by: &Viewer, conversation: i64, assignee: Option<i64>) -> Result<()> {
    let inbox = require(tx, by, conversation)?;
    let current: Option<i64> = tx
        .prepare_cached("SELECT assignee_id FROM conversation WHERE id = ?1")?
        .query_row([conversation], |row| row.get(0))?;
    if current == assignee {
        return Ok(());
    }
    if let Some(user) = assignee {
        let availability: Option<String> = tx
            .prepare_cached(
                "SELECT u.availability FROM user u JOIN inbox_reader r ON r.user_id = u.id AND r.inbox_id = ?2
                  WHERE u.id = ?1",
            )?
            .query_row([user, inbox], |row| row.get(0))
            .optional()?;
        match availability.as_deref() {
            None => return Err(Error::NotFound),
            Some("available") => {}
            Some(_) => return Err(Error::Conflict("conflict-assignee-unavailable")),
        }
    }
    tx.prepare_cached("UPDATE conversation SET assignee_id = ?2 WHERE id = ?1")?
        .execute(params![conversation, assignee])?;
    tx.prepare_cached(
        "INSERT INTO assignment (conversation_id, assignee_id, assigned_by, assigned_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![conversation, assignee, by.id, tx.now()])?;
    tx.emit(Event::ConversationAssigned { conversation, inbox, assignee, by: Some(by.id) })
}
