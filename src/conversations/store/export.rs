//! A conversation as it leaves on paper or in a file: what was said, in order, and with which files.

use rusqlite::{Row as SqlRow, params};

use super::super::model::{MessageKind, Recipients, Sequel};
use super::sequels;
use super::show::require;
use crate::auth::Viewer;
use crate::clock::Millis;
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::events::Event;

/// Whether what the team wrote for itself goes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notes {
    LeftOut,
    Included,
}

/// A message in an export.
#[derive(Debug)]
pub struct Said {
    pub id: i64,
    pub kind: MessageKind,
    /// The teammate's name, or how the sender called themselves.
    pub name: String,
    pub address: String,
    pub recipients: Recipients,
    pub subject: String,
    pub text: String,
    pub quoted: String,
    pub written_at: Millis,
    pub delivery: Option<String>,
    pub has_original: bool,
    /// The channel's name for its kind, where nobody here knows that.
    pub unknown: Option<String>,
    /// What became of it after it was sent.
    pub sequel: Sequel,
    /// Name, media type and size in bytes.
    pub files: Vec<(String, String, u64)>,
}

impl Said {
    /// Whether it stays with the team.
    pub fn is_note(&self) -> bool {
        self.kind == MessageKind::Note
    }
}

/// The next `limit` messages after one of a conversation that this person may see.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn after(
    connection: &Connection,
    viewer: &Viewer,
    conversation: i64,
    place: (i64, usize),
    notes: Notes,
) -> Result<Vec<Said>> {
    require(connection, viewer, conversation)?;
    let (after, limit) = place;
    let mut select = connection.prepare_cached(
        "SELECT m.id, m.kind, coalesce(u.name, m.sender_name), m.sender_address, m.recipients, m.subject, m.text, m.quoted,
                m.written_at, m.delivery, m.raw_id IS NOT NULL, m.unknown_kind
           FROM message m LEFT JOIN user u ON u.id = m.user_id
          WHERE m.conversation_id = ?1 AND m.id > ?2 AND (?3 OR m.kind != 'note') ORDER BY m.id LIMIT ?4",
    )?;
    let with_notes = notes == Notes::Included;
    let said = select.query_map(params![conversation, after, with_notes, limit], said)?;
    let mut said = said.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut select = connection.prepare_cached(
        "SELECT a.name, a.mime, b.size FROM attachment a JOIN blob b ON b.id = a.blob_id
          WHERE a.message_id = ?1 ORDER BY a.id",
    )?;
    for message in &mut said {
        if message.kind != MessageKind::Note {
            message.sequel = sequels::of(connection, message.id)?;
        }
        if message.sequel.withdrawn_at.is_some() {
            continue;
        }
        let files = select.query_map([message.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        message.files = files.collect::<rusqlite::Result<_>>()?;
    }
    Ok(said)
}

fn said(row: &SqlRow<'_>) -> rusqlite::Result<Said> {
    let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    Ok(Said {
        id: row.get(0)?,
        kind: MessageKind::parse(text(1)?),
        name: row.get(2)?,
        address: row.get(3)?,
        recipients: serde_json::from_str(text(4)?).unwrap_or_default(),
        subject: row.get(5)?,
        text: row.get(6)?,
        quoted: row.get(7)?,
        written_at: row.get(8)?,
        delivery: row.get(9)?,
        has_original: row.get(10)?,
        unknown: row.get(11)?,
        sequel: Sequel::default(),
        files: Vec::new(),
    })
}

/// Notes that a conversation leaves as a file, before it does.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the viewer may not see it.
pub fn note(tx: &Tx<'_>, by: &Viewer, conversation: i64, format: &str) -> Result<()> {
    let inbox = require(tx, by, conversation)?;
    tx.emit(Event::ConversationExported { conversation, inbox, by: Some(by.id), format: format.to_owned() })
}
