//! What somebody wants to be told of.

use rusqlite::params;

use crate::auth::Viewer;
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::notifications::model::{Cause, Choices, Media};

/// What somebody chose, with what is usual in place of what they did not.
///
/// # Errors
/// Database errors.
pub fn of(connection: &Connection, viewer: &Viewer) -> Result<Choices> {
    let mut choices = Cause::ALL.map(|cause| (cause, cause.usual()));
    let mut select =
        connection.prepare_cached("SELECT cause, desktop, email FROM notification_choice WHERE user_id = ?1")?;
    let rows = select.query_map([viewer.id], |row| {
        let cause = Cause::parse(row.get_ref(0)?.as_str()?);
        Ok((cause, Media { desktop: row.get(1)?, email: row.get(2)? }))
    })?;
    for row in rows {
        let (cause, media) = row?;
        if let Some(choice) = choices.iter_mut().find(|(known, _)| Some(*known) == cause) {
            choice.1 = media;
        }
    }
    Ok(choices)
}

/// Keeps what somebody chose.
///
/// # Errors
/// Database errors.
pub fn save(tx: &Tx<'_>, viewer: &Viewer, choices: &Choices) -> Result<()> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO notification_choice (user_id, cause, desktop, email) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET desktop = excluded.desktop, email = excluded.email",
    )?;
    for (cause, media) in choices {
        insert.execute(params![viewer.id, cause.as_str(), media.desktop, media.email])?;
    }
    Ok(())
}
