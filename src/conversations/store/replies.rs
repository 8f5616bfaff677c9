//! Prepared texts: one's own, and those that the team shares. Sharing one, and changing a shared one, needs the right to
//! manage inboxes.

use rusqlite::{OptionalExtension, Row, params};

use super::super::model::reply::{self, FILES, NewReply, ReplyFile, SavedReply, Sharing, Values};
use super::show;
use crate::accounts;
use crate::auth::{Right, Viewer};
use crate::blobs::Blob;
use crate::db::{Connection, Tx};
use crate::error::{Error, Problems, Result};
use crate::keys;

/// The most that one person can see.
const MOST: usize = 500;

/// What sharing with the team needs.
pub const SHARING: Right = Right::InboxesManage;

/// Whether this person may share texts and macros with the team.
#[must_use]
pub fn may_share(viewer: &Viewer) -> bool {
    viewer.may(SHARING)
}

/// A file that was sent with the form.
#[derive(Debug, Clone)]
pub struct NewFile {
    pub name: String,
    pub mime: String,
    pub blob: Blob,
}

/// All that this person can use: their own first, then the team's, each by code.
///
/// # Errors
/// Database errors.
pub fn all(connection: &Connection, viewer: &Viewer) -> Result<Vec<SavedReply>> {
    let mut own = connection.prepare_cached(
        "SELECT id, owner_id, code, title, text, updated_at FROM saved_reply WHERE owner_id = ?1 ORDER BY code LIMIT ?2",
    )?;
    let mut shared = connection.prepare_cached(
        "SELECT id, owner_id, code, title, text, updated_at FROM saved_reply WHERE owner_id IS NULL ORDER BY code
          LIMIT ?1",
    )?;
    let mut replies = own.query_map(params![viewer.id, MOST], reply_of)?.collect::<rusqlite::Result<Vec<_>>>()?;
    replies.extend(shared.query_map([MOST], reply_of)?.collect::<rusqlite::Result<Vec<_>>>()?);
    for reply in &mut replies {
        reply.files = files(connection, reply.id)?;
    }
    Ok(replies)
}

/// One that this person can use.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's own.
pub fn get(connection: &Connection, viewer: &Viewer, id: i64) -> Result<SavedReply> {
    let mut found = connection
        .prepare_cached(
            "SELECT id, owner_id, code, title, text, updated_at FROM saved_reply
              WHERE id = ?1 AND (owner_id IS NULL OR owner_id = ?2)",
        )?
        .query_row([id, viewer.id], reply_of)?;
    found.files = files(connection, id)?;
    Ok(found)
}

/// One that this person may change.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's own, [`Error::Forbidden`] for a shared one without the right.
pub fn to_change(connection: &Connection, viewer: &Viewer, id: i64) -> Result<SavedReply> {
    let found = get(connection, viewer, id)?;
    allow(viewer, found.sharing)?;
    Ok(found)
}

/// Whether what is shared may be made or changed.
///
/// # Errors
/// [`Error::Forbidden`] without the right.
pub fn allow(viewer: &Viewer, sharing: Sharing) -> Result<()> {
    if sharing == Sharing::Team && !may_share(viewer) {
        return Err(Error::Forbidden(SHARING.as_str()));
    }
    Ok(())
}

fn reply_of(row: &Row<'_>) -> rusqlite::Result<SavedReply> {
    let owner: Option<i64> = row.get(1)?;
    Ok(SavedReply {
        id: row.get(0)?,
        sharing: if owner.is_some() { Sharing::Own } else { Sharing::Team },
        code: row.get(2)?,
        title: row.get(3)?,
        text: row.get(4)?,
        updated_at: row.get(5)?,
        files: Vec::new(),
    })
}

fn files(connection: &Connection, reply: i64) -> Result<Vec<ReplyFile>> {
    let mut select = connection.prepare_cached(
        "SELECT f.key, f.name, f.mime, f.blob_id, b.size FROM saved_reply_file f JOIN blob b ON b.id = f.blob_id
          WHERE f.reply_id = ?1 ORDER BY f.id",
    )?;
    let rows = select.query_map([reply], file_of)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn file_of(row: &Row<'_>) -> rusqlite::Result<ReplyFile> {
    Ok(ReplyFile { key: row.get(0)?, name: row.get(1)?, mime: row.get(2)?, blob: row.get(3)?, size: row.get(4)? })
}

/// A file of a prepared text that this person can use.
///
/// # Errors
/// [`Error::NotFound`].
pub fn file(connection: &Connection, viewer: &Viewer, key: &str) -> Result<ReplyFile> {
    Ok(connection
        .prepare_cached(
            "SELECT f.key, f.name, f.mime, f.blob_id, b.size FROM saved_reply_file f
               JOIN blob b ON b.id = f.blob_id
               JOIN saved_reply r ON r.id = f.reply_id AND (r.owner_id IS NULL OR r.owner_id = ?2)
              WHERE f.key = ?1",
        )?
        .query_row(params![key, viewer.id], file_of)?)
}

/// Keeps a new one.
///
/// # Errors
/// [`Error::Invalid`] when its code is taken or it has too many files; [`Error::Forbidden`] for sharing without the right.
pub fn create(tx: &Tx<'_>, by: &Viewer, new: &NewReply, added: &[NewFile]) -> Result<i64> {
    allow(by, new.sharing)?;
    let owner = owner(by, new.sharing);
    free(tx, owner, &new.code, 0)?;
    let id = tx
        .prepare_cached(
            "INSERT INTO saved_reply (owner_id, code, title, text, created_by, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
        )?
        .insert(params![owner, new.code, new.title, new.text, by.id, tx.now()])?;
    attach(tx, id, added)?;
    Ok(id)
}

/// Changes one; of its files those in `kept` stay.
///
/// # Errors
/// As [`create`] and [`to_change`].
pub fn change(tx: &Tx<'_>, by: &Viewer, id: i64, (new, kept): (&NewReply, &[String]), added: &[NewFile]) -> Result<()> {
    let before = to_change(tx, by, id)?;
    allow(by, new.sharing)?;
    let owner = owner(by, new.sharing);
    free(tx, owner, &new.code, id)?;
    tx.prepare_cached(
        "UPDATE saved_reply SET owner_id = ?2, code = ?3, title = ?4, text = ?5, updated_at = ?6 WHERE id = ?1",
    )?
    .execute(params![id, owner, new.code, new.title, new.text, tx.now()])?;
    let mut remove = tx.prepare_cached("DELETE FROM saved_reply_file WHERE key = ?1")?;
    for file in before.files.iter().filter(|file| !kept.contains(&file.key)) {
        remove.execute([&file.key])?;
    }
    attach(tx, id, added)
}

/// Removes one.
///
/// # Errors
/// As [`to_change`].
pub fn delete(tx: &Tx<'_>, by: &Viewer, id: i64) -> Result<()> {
    to_change(tx, by, id)?;
    tx.prepare_cached("DELETE FROM saved_reply WHERE id = ?1")?.execute([id])?;
    Ok(())
}

fn owner(by: &Viewer, sharing: Sharing) -> Option<i64> {
    (sharing == Sharing::Own).then_some(by.id)
}

fn free(tx: &Tx<'_>, owner: Option<i64>, code: &str, own: i64) -> Result<()> {
    let taken = tx
        .prepare_cached("SELECT 1 FROM saved_reply WHERE owner_id IS ?1 AND code = ?2 AND id != ?3")?
        .exists(params![owner, code, own])?;
    if taken { Err(Error::field("code", "reply-code-taken")) } else { Ok(()) }
}

fn attach(tx: &Tx<'_>, reply: i64, added: &[NewFile]) -> Result<()> {
    if files(tx, reply)?.len() + added.len() > FILES {
        return Err(Error::field("files", "reply-too-many-files"));
    }
    let mut insert = tx.prepare_cached(
        "INSERT INTO saved_reply_file (key, reply_id, blob_id, name, mime) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for file in added {
        insert.execute(params![keys::random_text::<16>()?, reply, file.blob.id, file.name, file.mime])?;
    }
    Ok(())
}

/// What is wrong with a text, before the database is asked.
#[must_use]
pub fn check(new: &NewReply, code: Option<&str>) -> Problems {
    let mut problems = Problems::default();
    if code.is_none() {
        problems.add("code", "reply-code-wrong");
    }
    let title = new.title.chars().count();
    if !(1..=reply::TITLE).contains(&title) {
        problems.add("title", "reply-title-wrong");
    }
    if new.text.trim().is_empty() {
        problems.add("text", "reply-text-missing");
    } else if new.text.chars().count() > reply::TEXT {
        problems.add("text", "reply-text-long");
    } else if !reply::knows_fields(&new.text) {
        problems.add("text", "reply-field-unknown");
    }
    problems
}

/// What we wrote in a message that this person may see.
///
/// # Errors
/// [`Error::NotFound`], also for what others wrote and for what was withdrawn.
pub fn written(connection: &Connection, viewer: &Viewer, message: i64) -> Result<String> {
    let mut select = connection.prepare_cached(
        "SELECT m.text FROM message m
           JOIN conversation c ON c.id = m.conversation_id
           JOIN inbox_reader r ON r.inbox_id = c.inbox_id AND r.user_id = ?1
          WHERE m.id = ?2 AND m.kind = 'outgoing'
            AND NOT EXISTS (SELECT 1 FROM sequel s WHERE s.message_id = m.id AND s.kind = 'deletion')",
    )?;
    Ok(select.query_row([viewer.id, message], |row| row.get(0))?)
}

/// What the fields stand for in a conversation, for who writes there.
///
/// # Errors
/// [`Error::NotFound`] when they may not see it.
pub fn values(connection: &Connection, viewer: &Viewer, conversation: i64) -> Result<Values> {
    let conversation = show::get(connection, viewer, conversation)?;
    let workspace = accounts::workspace(connection)?.map(|workspace| workspace.name).unwrap_or_default();
    Ok(Values {
        contact: conversation.contact_name,
        agent: viewer.name.clone(),
        inbox: conversation.inbox_name,
        conversation: conversation.id,
        workspace,
    })
}

/// Whether a prepared text is there, whoever's it is.
pub(super) fn sharing_of(connection: &Connection, id: i64) -> Result<Option<Sharing>> {
    let is_shared: Option<bool> = connection
        .prepare_cached("SELECT owner_id IS NULL FROM saved_reply WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    Ok(is_shared.map(|is_shared| if is_shared { Sharing::Team } else { Sharing::Own }))
}
