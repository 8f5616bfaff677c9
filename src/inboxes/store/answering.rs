//! How an inbox answers, and whom it believes.

use rusqlite::params;

use crate::auth::Viewer;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::events::Event;
use crate::inboxes::Answering;

/// Sets it, for mails from now on.
///
/// # Errors
/// [`Error::NotFound`] when there is no such inbox.
pub fn set(tx: &Tx<'_>, by: &Viewer, inbox: i64, answering: &Answering) -> Result<()> {
    let changed = tx
        .prepare_cached(
            "UPDATE inbox SET settings = json_set(settings, '$.answering', json(?2)), updated_at = ?3 WHERE id = ?1",
        )?
        .execute(params![inbox, serde_json::to_string(answering)?, tx.now()])?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    tx.emit(Event::InboxChanged { inbox, by: Some(by.id) })
}
