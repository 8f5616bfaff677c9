//! Notifications in the database. What somebody reads of them goes by what they may read now.

pub mod choices;
pub mod following;
pub mod list;
pub mod mails;
pub mod push;
pub mod telling;

use rusqlite::Row;

use super::model::{Cause, Told};

/// The columns that [`told`] reads, from `notification_in_sight`.
fn told(row: &Row<'_>) -> rusqlite::Result<Told> {
    Ok(Told {
        id: row.get(0)?,
        conversation: row.get(1)?,
        cause: Cause::parse(row.get_ref(2)?.as_str()?).unwrap_or(Cause::Mine),
        contact: row.get(3)?,
        contact_name: row.get(4)?,
        sender: row.get(5)?,
        subject: row.get(6)?,
        by: row.get(7)?,
        text: row.get(8)?,
        at: row.get(9)?,
    })
}
