//! How an inbox answers, and whom it believes.

use rusqlite::params;

use super::get;
use crate::accounts;
use crate::auth::Viewer;
use crate::clock::Millis;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;
use crate::inboxes::Answering;
use crate::inboxes::greeting::{Greeting, greeting};
use crate::web::Lang;

/// What leaves by itself at the moment `at` to somebody who reads `language`, else in the inbox's, else in the workspace's.
///
/// # Errors
/// Database errors.
pub fn leaves_at(
    connection: &Connection,
    answering: &Answering,
    language: Option<&str>,
    at: Millis,
) -> Result<Option<Greeting>> {
    let Some(house) = accounts::workspace(connection)? else { return Ok(None) };
    let wanted = [language, answering.language.as_deref(), Some(&house.language)];
    let wanted: Vec<Lang> = wanted.into_iter().flatten().filter_map(Lang::parse).collect();
    Ok(greeting(answering, (&house.name, &accounts::business_hours(connection)?), at, &wanted))
}

/// Sets it, for mails from now on.
///
/// # Errors
/// [`Error::NotFound`] when there is no such inbox.
pub fn set(tx: &Tx<'_>, by: &Viewer, inbox: i64, answering: &Answering) -> Result<()> {
    let changes = get(tx, inbox)?.mail.answering.changes_to(answering);
    if changes.is_empty() {
        return Ok(());
    }
    let rows = tx
        .prepare_cached(
            "UPDATE inbox SET settings = json_set(settings, '$.answering', json(?2)), updated_at = ?3 WHERE id = ?1",
        )?
        .execute(params![inbox, serde_json::to_string(answering)?, tx.now()])?;
    if rows == 0 {
        return Err(Error::NotFound);
    }
    tx.emit(Event::InboxAnsweringChanged { inbox, by: Some(by.id), changes })
}
