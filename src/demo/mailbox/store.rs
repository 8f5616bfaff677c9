//! Who can be played, and what they wrote.

use super::views::{Letter, Person};
use crate::db::Connection;
use crate::error::Result;
use crate::inboxes::{self, Inbox};

/// Mails of one customer that are shown.
const SHOWN: usize = 50;

/// Everybody who can be played, the latest first, and the inboxes they can write to.
pub(super) fn everybody(connection: &Connection) -> Result<(Vec<Person>, Vec<Inbox>)> {
    let mut select = connection.prepare_cached(
        "SELECT c.name, p.value FROM contact c JOIN contact_point p ON p.contact_id = c.id AND p.kind = 'email'
          WHERE p.match_key NOT LIKE 'mailer-daemon@%' ORDER BY c.id DESC LIMIT 200",
    )?;
    let people = select.query_map([], |row| Ok(Person { name: row.get(0)?, address: row.get(1)? }))?;
    Ok((people.collect::<rusqlite::Result<_>>()?, inboxes::store::all(connection)?))
}

/// What came from an address, newest first.
pub(super) fn written_by(connection: &Connection, address: &str) -> Result<Vec<Letter>> {
    let mut select = connection.prepare_cached(
        "SELECT m.id, m.subject, m.text, m.created_at,
                coalesce((SELECT group_concat(a.name, char(10)) FROM attachment a WHERE a.message_id = m.id), '')
           FROM message m WHERE m.kind = 'incoming' AND m.sender_address = ?1 COLLATE NOCASE
          ORDER BY m.id DESC LIMIT ?2",
    )?;
    let letters = select.query_map(rusqlite::params![address, SHOWN], |row| {
        let (id, files): (i64, String) = (row.get(0)?, row.get(4)?);
        Ok(Letter {
            id: format!("own-{id}"),
            answers: None,
            from: String::new(),
            subject: row.get(1)?,
            text: row.get(2)?,
            files: files.lines().map(str::to_owned).collect(),
            at: row.get(3)?,
        })
    })?;
    Ok(letters.collect::<rusqlite::Result<_>>()?)
}
