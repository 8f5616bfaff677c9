//! Who can be played.

use super::views::Person;
use crate::db::Connection;
use crate::error::Result;
use crate::inboxes::{self, Inbox};

/// Everybody who can be played, by name, and the inboxes they can write to.
pub(super) fn everybody(connection: &Connection) -> Result<(Vec<Person>, Vec<Inbox>)> {
    let mut select = connection.prepare_cached(
        "SELECT c.name, p.value FROM contact c JOIN contact_point p ON p.contact_id = c.id AND p.kind = 'email'
          WHERE c.name != '' ORDER BY c.id DESC LIMIT 200",
    )?;
    let people = select.query_map([], |row| Ok(Person { name: row.get(0)?, address: row.get(1)? }))?;
    Ok((people.collect::<rusqlite::Result<_>>()?, inboxes::store::all(connection)?))
}
