//! Pictures of mails that stand on other servers: where they are, whether somebody asked for them, and what came back.

use rusqlite::{OptionalExtension, params};

use super::super::model::Images;
use super::show::require;
use crate::auth::Viewer;
use crate::contacts::normalize_email;
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::events::Event;

/// A picture that this person may see, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// It was fetched before: its content and its type.
    Kept(i64, String),
    /// It has to be fetched from there.
    Wanted(String),
    /// It was fetched before, and was none.
    Refused,
}

/// Notes where the pictures of a message are.
pub(super) fn add(tx: &Tx<'_>, message: i64, urls: &[String]) -> Result<()> {
    let mut insert = tx.prepare_cached("INSERT INTO remote_image (message_id, number, url) VALUES (?1, ?2, ?3)")?;
    for (number, url) in urls.iter().enumerate() {
        insert.execute(params![message, number, url])?;
    }
    Ok(())
}

/// A picture of a message that this person may see and that somebody asked for.
///
/// # Errors
/// [`crate::error::Error::NotFound`] for everything else.
pub fn find(connection: &Connection, viewer: &Viewer, message: i64, number: i64) -> Result<Picture> {
    let mut select = connection.prepare_cached(
        "SELECT p.url, p.blob_id, p.mime FROM remote_image p
           JOIN message m ON m.id = p.message_id
           JOIN conversation v ON v.id = m.conversation_id
           JOIN inbox_reader r ON r.inbox_id = v.inbox_id AND r.user_id = ?1
          WHERE p.message_id = ?2 AND p.number = ?3
            AND (EXISTS (SELECT 1 FROM image_consent c WHERE c.message_id = m.id)
                 OR EXISTS (SELECT 1 FROM image_sender s WHERE s.address = lower(m.sender_address)))",
    )?;
    let found = select.query_row(params![viewer.id, message, number], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?, row.get::<_, Option<String>>(2)?))
    });
    Ok(match found? {
        (_, Some(blob), Some(mime)) => Picture::Kept(blob, mime),
        (_, None, Some(_)) => Picture::Refused,
        (url, ..) => Picture::Wanted(url),
    })
}

/// Keeps what came back: a content with its type, or nothing, so that it is not asked for again by itself.
///
/// # Errors
/// Database errors.
pub fn keep(tx: &Tx<'_>, message: i64, number: i64, found: Option<(i64, &str)>) -> Result<()> {
    tx.prepare_cached("UPDATE remote_image SET blob_id = ?3, mime = ?4 WHERE message_id = ?1 AND number = ?2")?
        .execute(params![message, number, found.map(|(blob, _)| blob), found.map_or("", |(_, mime)| mime)])?;
    Ok(())
}

/// Asks for the pictures of a message, or of all that its sender sends; answers its conversation. What could not be
/// fetched before is tried again.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the viewer may not see it.
pub fn allow(tx: &Tx<'_>, by: &Viewer, message: i64, images: Images) -> Result<i64> {
    let (conversation, inbox, address) = of(tx, by, message)?;
    tx.prepare_cached("UPDATE remote_image SET mime = NULL WHERE message_id = ?1 AND blob_id IS NULL")?
        .execute([message])?;
    match images {
        Images::Off => {
            tx.prepare_cached("DELETE FROM image_consent WHERE message_id = ?1")?.execute([message])?;
            tx.prepare_cached("DELETE FROM image_sender WHERE address = ?1")?.execute([address])?;
        }
        Images::Sender if !address.is_empty() => {
            tx.prepare_cached(
                "INSERT INTO image_sender (address, given_by, given_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?
            .execute(params![address, by.id, tx.now()])?;
        }
        Images::Message | Images::Sender => {
            tx.prepare_cached(
                "INSERT INTO image_consent (message_id, given_by, given_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?
            .execute(params![message, by.id, tx.now()])?;
        }
    }
    tx.emit(Event::ImagesAllowed { conversation, inbox, message, by: by.id })?;
    Ok(conversation)
}

fn of(tx: &Tx<'_>, by: &Viewer, message: i64) -> Result<(i64, i64, String)> {
    let found: Option<(i64, String)> = tx
        .prepare_cached("SELECT conversation_id, sender_address FROM message WHERE id = ?1 AND kind = 'incoming'")?
        .query_row([message], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (conversation, address) = found.ok_or(crate::error::Error::NotFound)?;
    Ok((conversation, require(tx, by, conversation)?, normalize_email(&address)))
}
