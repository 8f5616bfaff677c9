//! Contents of messages: files, the cleaned HTML, the mail as it came.

use super::super::model::Attachment;
use super::{original, timeline};
use crate::auth::Viewer;
use crate::db::Connection;
use crate::error::Result;

/// What the frame of a message shows.
#[derive(Debug)]
pub struct Body {
    pub sender_name: String,
    /// Cleaned when it came in.
    pub html: Option<String>,
    pub quoted_html: Option<String>,
}

/// A file of a message this person may see.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn attachment(connection: &Connection, viewer: &Viewer, key: &str) -> Result<Attachment> {
    let mut select = connection.prepare_cached(
        "SELECT a.key, a.name, a.mime, b.size, a.blob_id, a.inline, a.width, a.height
           FROM attachment a
           JOIN blob b ON b.id = a.blob_id
           JOIN message m ON m.id = a.message_id
           JOIN conversation c ON c.id = m.conversation_id
           JOIN inbox_reader r ON r.inbox_id = c.inbox_id AND r.user_id = ?1
          WHERE a.key = ?2
            AND NOT EXISTS (SELECT 1 FROM sequel s WHERE s.message_id = m.id AND s.kind = 'deletion')",
    )?;
    Ok(select.query_row(rusqlite::params![viewer.id, key], timeline::attachment)?)
}

/// The HTML of a message this person may see.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn body(connection: &Connection, viewer: &Viewer, message: i64) -> Result<Body> {
    let mut select = connection.prepare_cached(
        "SELECT m.sender_name, m.html, m.quoted_html FROM message m
           JOIN conversation c ON c.id = m.conversation_id
           JOIN inbox_reader r ON r.inbox_id = c.inbox_id AND r.user_id = ?1 WHERE m.id = ?2",
    )?;
    Ok(select.query_row([viewer.id, message], |row| {
        Ok(Body { sender_name: row.get(0)?, html: row.get(1)?, quoted_html: row.get(2)? })
    })?)
}

/// The whole text of a message this person may see, what it quotes below.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn text(connection: &Connection, viewer: &Viewer, message: i64) -> Result<String> {
    let mut select = connection.prepare_cached(
        "SELECT CASE m.quoted WHEN '' THEN m.text ELSE m.text || char(10, 10) || m.quoted END FROM message m
           JOIN conversation c ON c.id = m.conversation_id
           JOIN inbox_reader r ON r.inbox_id = c.inbox_id AND r.user_id = ?1 WHERE m.id = ?2",
    )?;
    Ok(select.query_row([viewer.id, message], |row| row.get(0))?)
}

/// A message as it came, or as it left, byte for byte, with its conversation.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn original(connection: &Connection, viewer: &Viewer, message: i64) -> Result<(i64, Vec<u8>)> {
    let mut select = connection.prepare_cached(
        "SELECT m.conversation_id, m.raw_id FROM message m
           JOIN conversation c ON c.id = m.conversation_id
           JOIN inbox_reader r ON r.inbox_id = c.inbox_id AND r.user_id = ?1
          WHERE m.id = ?2 AND m.raw_id IS NOT NULL AND m.kind != 'note'",
    )?;
    let (conversation, blob) = select.query_row([viewer.id, message], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((conversation, original::unpack(connection, blob)?))
}
