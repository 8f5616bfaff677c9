//! Tags and priority: what conversations are found by and how much they press.

use rusqlite::{OptionalExtension, Row, params};

use super::super::model::{Priority, TAGS, Tag, tag_name};
use super::show::require;
use crate::auth::Viewer;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;

/// Puts a tag on a conversation; one that nobody made yet is made.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it; [`Error::Invalid`] for a name that is empty or too long, and for
/// one tag too many.
pub fn add(tx: &Tx<'_>, by: &Viewer, conversation: i64, typed: &str) -> Result<()> {
    let inbox = require(tx, by, conversation)?;
    let name = tag_name(typed).ok_or_else(|| Error::field("name", "tag-name-wrong"))?;
    let count: usize = tx
        .prepare_cached("SELECT count(*) FROM tagging WHERE conversation_id = ?1")?
        .query_row([conversation], |row| row.get(0))?;
    if count >= TAGS {
        return Err(Error::field("name", "tag-too-many"));
    }
    let tag = find_or_make(tx, by, &name)?;
    let changed = tx
        .prepare_cached(
            "INSERT INTO tagging (conversation_id, tag_id, tagged_by, tagged_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING",
        )?
        .execute([conversation, tag, by.id, tx.now()])?;
    if changed == 0 {
        return Ok(());
    }
    tx.emit(Event::ConversationTagged { conversation, inbox, tag, by: Some(by.id) })
}

fn find_or_make(tx: &Tx<'_>, by: &Viewer, name: &str) -> Result<i64> {
    let folded = name.to_lowercase();
    if let Some(tag) = named(tx, name)? {
        return Ok(tag);
    }
    let tag = tx
        .prepare_cached(
            "INSERT INTO tag (id, name, folded, tint, created_by, created_at)
             VALUES ((SELECT max(coalesce((SELECT max(id) FROM tag), 0), coalesce((SELECT max(id) FROM former_tag), 0)) + 1),
                     ?1, ?2, (SELECT count(*) FROM tag) % 6 + 1, ?3, ?4)",
        )?
        .insert(params![name, folded, by.id, tx.now()])?;
    Ok(tag)
}

/// The tag of this name, however it is written.
pub(super) fn named(connection: &Connection, name: &str) -> Result<Option<i64>> {
    let folded = name.to_lowercase();
    let mut select = connection.prepare_cached("SELECT id FROM tag WHERE folded = ?1")?;
    Ok(select.query_row([&folded], |row| row.get(0)).optional()?)
}

/// What a tag is called, or was.
pub(super) fn name_of(connection: &Connection, tag: i64) -> Result<String> {
    let name = connection
        .prepare_cached("SELECT name FROM tag WHERE id = ?1 UNION ALL SELECT name FROM former_tag WHERE id = ?1")?
        .query_row([tag], |row| row.get(0))
        .optional()?;
    Ok(name.unwrap_or_default())
}

/// Takes a tag off a conversation. One that is not there changes nothing.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it.
pub fn remove(tx: &Tx<'_>, by: &Viewer, conversation: i64, tag: i64) -> Result<()> {
    let inbox = require(tx, by, conversation)?;
    let changed = tx
        .prepare_cached("DELETE FROM tagging WHERE conversation_id = ?1 AND tag_id = ?2")?
        .execute([conversation, tag])?;
    if changed == 0 {
        return Ok(());
    }
    tx.emit(Event::ConversationUntagged { conversation, inbox, tag, by: Some(by.id) })
}

/// How much it presses from now on.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it.
pub fn prioritize(tx: &Tx<'_>, by: &Viewer, conversation: i64, priority: Priority) -> Result<()> {
    let inbox = require(tx, by, conversation)?;
    let changed = tx
        .prepare_cached("UPDATE conversation SET priority = ?2 WHERE id = ?1 AND priority != ?2")?
        .execute([conversation, priority.number()])?;
    if changed == 0 {
        return Ok(());
    }
    let priority = priority.number();
    tx.emit(Event::ConversationPrioritized { conversation, inbox, priority, by: Some(by.id) })
}

/// The tags of a conversation, in the order they came.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it.
pub fn of(connection: &Connection, viewer: &Viewer, conversation: i64) -> Result<Vec<Tag>> {
    require(connection, viewer, conversation)?;
    let mut select = connection.prepare_cached(
        "SELECT g.id, g.name, g.tint FROM tagging x JOIN tag g ON g.id = x.tag_id WHERE x.conversation_id = ?1
          ORDER BY x.tagged_at, g.id",
    )?;
    let tags = select.query_map([conversation], tag)?;
    Ok(tags.collect::<rusqlite::Result<_>>()?)
}

/// Every tag, by name, for suggestions.
///
/// # Errors
/// Database errors.
pub fn all(connection: &Connection) -> Result<Vec<Tag>> {
    let mut select =
        connection.prepare_cached("SELECT id, name, tint FROM tag WHERE leaving = 0 ORDER BY folded LIMIT 500")?;
    let tags = select.query_map([], tag)?;
    Ok(tags.collect::<rusqlite::Result<_>>()?)
}

fn tag(row: &Row<'_>) -> rusqlite::Result<Tag> {
    Ok(Tag { id: row.get(0)?, name: row.get(1)?, tint: row.get(2)? })
}
