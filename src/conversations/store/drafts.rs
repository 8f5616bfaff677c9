//! What somebody has begun to write, kept for all of their browsers. The newest text wins; what another open page had is
//! kept aside until it is taken over or sent.

use rusqlite::{OptionalExtension, Row as SqlRow, params};

use super::super::model::{Draft, IncomingFile, Kept, LONGEST, Passed, Scope, Slot, Typing};
use super::show::require;
use crate::auth::Viewer;
use crate::blobs::Blob;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};

/// The draft of a person in a slot.
///
/// # Errors
/// Database errors.
pub fn find(connection: &Connection, user: i64, conversation: i64, slot: Slot) -> Result<Option<Draft>> {
    let found = connection
        .prepare_cached(
            "SELECT id, text, about_id, scope, recipients, keep, page, version FROM draft
              WHERE user_id = ?1 AND conversation_id = ?2 AND slot = ?3 AND leaves_at IS NULL",
        )?
        .query_row(params![user, conversation, slot.to_text()], draft)
        .optional()?;
    let Some(mut draft) = found else { return Ok(None) };
    draft.files = files(connection, draft.id)?;
    draft.aside = connection
        .prepare_cached("SELECT text FROM draft_aside WHERE draft_id = ?1 ORDER BY kept_at, page")?
        .query_map([draft.id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(draft))
}

fn draft(row: &SqlRow<'_>) -> rusqlite::Result<Draft> {
    let recipients: Option<String> = row.get(4)?;
    Ok(Draft {
        id: row.get(0)?,
        text: row.get(1)?,
        about: row.get(2)?,
        scope: Scope::parse(row.get_ref(3)?.as_str()?),
        recipients: recipients.and_then(|text| serde_json::from_str(&text).ok()),
        keep: serde_json::from_str(row.get_ref(5)?.as_str()?).unwrap_or_default(),
        page: row.get(6)?,
        version: row.get(7)?,
        files: Vec::new(),
        aside: Vec::new(),
    })
}

/// The files of a text that was not sent yet.
pub(super) fn files(connection: &Connection, draft: i64) -> Result<Vec<Kept>> {
    let mut select = connection.prepare_cached(
        "SELECT f.key, f.name, b.size FROM draft_file f JOIN blob b ON b.id = f.blob_id WHERE f.draft_id = ?1 ORDER BY f.id",
    )?;
    let rows = select.query_map([draft], |row| Ok(Kept { key: row.get(0)?, name: row.get(1)?, size: row.get(2)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Keeps what somebody has typed so far. What became a message meanwhile is no draft any more; empty text is none. Says
/// whether there is a draft now where none was, or none where one was.
///
/// # Errors
/// [`Error::NotFound`] when they may not see the conversation; [`Error::Invalid`] for a text that is longer than any.
pub fn save(tx: &Tx<'_>, by: &Viewer, conversation: i64, typing: &Typing) -> Result<bool> {
    require(tx, by, conversation)?;
    if typing.text.chars().count() > LONGEST {
        return Err(Error::field("text", "message-too-long"));
    }
    if is_sent(tx, conversation, &typing.page)? {
        return Ok(false);
    }
    let is_empty = typing.text.trim().is_empty();
    match find(tx, by.id, conversation, typing.slot)? {
        None if is_empty => Ok(false),
        None => begin(tx, by.id, conversation, typing).map(|()| true),
        Some(draft) => {
            go_on(tx, &draft, typing)?;
            Ok(find(tx, by.id, conversation, typing.slot)?.is_none())
        }
    }
}

fn is_sent(tx: &Tx<'_>, conversation: i64, page: &str) -> Result<bool> {
    Ok(!page.is_empty()
        && tx
            .prepare_cached(
                "SELECT 1 FROM message WHERE conversation_id = ?1 AND client_id = ?2
                 UNION ALL SELECT 1 FROM draft WHERE conversation_id = ?1 AND page = ?2 AND leaves_at IS NOT NULL",
            )?
            .exists(params![conversation, page])?)
}

fn begin(tx: &Tx<'_>, user: i64, conversation: i64, typing: &Typing) -> Result<()> {
    let scope = if matches!(typing.slot, Slot::Forward(_)) { Scope::Forward } else { Scope::All };
    let about = if let Slot::Forward(about) = typing.slot { Some(about) } else { None };
    tx.prepare_cached(
        "INSERT INTO draft (user_id, conversation_id, slot, text, about_id, scope, page, after_id, saved_at)
         SELECT ?1, ?2, ?3, ?4, (SELECT id FROM message WHERE id = ?5 AND conversation_id = ?2), ?6, ?7,
                coalesce((SELECT max(id) FROM message WHERE conversation_id = ?2), 0), ?8",
    )?
    .execute(params![
        user,
        conversation,
        typing.slot.to_text(),
        typing.text,
        about,
        scope.as_str(),
        typing.page,
        tx.now()
    ])?;
    Ok(())
}

fn go_on(tx: &Tx<'_>, draft: &Draft, typing: &Typing) -> Result<()> {
    let is_known = draft.page == typing.page || draft.version == typing.base;
    if !is_known {
        put_aside(tx, draft.id, &draft.page, &draft.text)?;
    }
    // What stands in the text by now is not kept beside it.
    tx.prepare_cached(
        "DELETE FROM draft_aside WHERE draft_id = ?1 AND (page = ?2 OR instr(?3, trim(text, char(10) || ' ')) > 0)",
    )?
    .execute(params![draft.id, typing.page, typing.text])?;
    if typing.text.trim().is_empty() && draft.files.is_empty() {
        return emptied(tx, draft.id);
    }
    tx.prepare_cached("UPDATE draft SET text = ?2, page = ?3, version = version + 1, saved_at = ?4 WHERE id = ?1")?
        .execute(params![draft.id, typing.text, typing.page, tx.now()])?;
    Ok(())
}

/// Keeps a text beside the draft that overtook it.
pub(super) fn put_aside(tx: &Tx<'_>, draft: i64, page: &str, text: &str) -> Result<()> {
    if text.trim().is_empty() {
        return Ok(());
    }
    tx.prepare_cached(
        "INSERT INTO draft_aside (draft_id, page, text, kept_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET text = excluded.text, kept_at = excluded.kept_at",
    )?
    .execute(params![draft, page, text, tx.now()])?;
    Ok(())
}

/// The text is gone: what was kept aside stands in its place, the newest first.
fn emptied(tx: &Tx<'_>, draft: i64) -> Result<()> {
    let next: Option<(String, String)> = tx
        .prepare_cached("SELECT page, text FROM draft_aside WHERE draft_id = ?1 ORDER BY kept_at DESC, page LIMIT 1")?
        .query_row([draft], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((page, text)) = next else {
        tx.prepare_cached("DELETE FROM draft WHERE id = ?1")?.execute([draft])?;
        return Ok(());
    };
    tx.prepare_cached("DELETE FROM draft_aside WHERE draft_id = ?1 AND page = ?2")?.execute(params![draft, page])?;
    tx.prepare_cached(
        "UPDATE draft SET text = ?2, page = ?3, version = version + 1, saved_at = ?4, recipients = NULL, keep = '[]',
                          after_id = coalesce((SELECT max(id) FROM message m WHERE m.conversation_id = draft.conversation_id), 0)
          WHERE id = ?1",
    )?
    .execute(params![draft, text, page, tx.now()])?;
    Ok(())
}

/// What was typed has been sent: no draft any more. What another page wrote since, and this one never saw, stays.
///
/// # Errors
/// Database errors.
pub fn sent(tx: &Tx<'_>, user: i64, conversation: i64, typing: &Typing) -> Result<()> {
    let Some(draft) = find(tx, user, conversation, typing.slot)? else { return Ok(()) };
    let is_known = draft.page == typing.page || draft.version == typing.base;
    if is_known || typing.text.contains(draft.text.trim()) {
        tx.prepare_cached("DELETE FROM draft_file WHERE draft_id = ?1")?.execute([draft.id])?;
        emptied(tx, draft.id)?;
    }
    Ok(())
}

/// What other pages wrote is not wanted.
///
/// # Errors
/// [`Error::NotFound`] when they may not see the conversation.
pub fn drop_aside(tx: &Tx<'_>, by: &Viewer, conversation: i64, slot: Slot) -> Result<()> {
    require(tx, by, conversation)?;
    tx.prepare_cached(
        "DELETE FROM draft_aside WHERE draft_id IN
           (SELECT id FROM draft WHERE user_id = ?1 AND conversation_id = ?2 AND slot = ?3 AND leaves_at IS NULL)",
    )?
    .execute(params![by.id, conversation, slot.to_text()])?;
    Ok(())
}

/// The chosen files of one's own drafts in a conversation, to go with a message.
///
/// # Errors
/// Database errors.
pub fn chosen(connection: &Connection, user: i64, conversation: i64, keys: &[String]) -> Result<Vec<IncomingFile>> {
    let mut select = connection.prepare_cached(
        "SELECT f.key, f.name, f.mime, f.width, f.height, b.id, b.size, b.sha256
           FROM draft_file f JOIN draft d ON d.id = f.draft_id JOIN blob b ON b.id = f.blob_id
          WHERE f.key = ?1 AND d.user_id = ?2 AND d.conversation_id = ?3 AND d.leaves_at IS NULL",
    )?;
    let mut chosen = Vec::new();
    for key in keys {
        chosen.extend(select.query_row(params![key, user, conversation], incoming).optional()?);
    }
    Ok(chosen)
}

/// The files of a text with their contents.
pub(super) fn contents(connection: &Connection, draft: i64) -> Result<Vec<IncomingFile>> {
    let mut select = connection.prepare_cached(
        "SELECT f.key, f.name, f.mime, f.width, f.height, b.id, b.size, b.sha256
           FROM draft_file f JOIN blob b ON b.id = f.blob_id WHERE f.draft_id = ?1 ORDER BY f.id",
    )?;
    Ok(select.query_map([draft], incoming)?.collect::<rusqlite::Result<_>>()?)
}

fn incoming(row: &SqlRow<'_>) -> rusqlite::Result<IncomingFile> {
    let (width, height): (Option<u32>, Option<u32>) = (row.get(3)?, row.get(4)?);
    Ok(IncomingFile {
        key: row.get(0)?,
        name: row.get(1)?,
        mime: row.get(2)?,
        blob: Blob { id: row.get(5)?, size: row.get(6)?, sha256: row.get(7)? },
        content_id: None,
        inline: false,
        edges: width.zip(height),
    })
}

/// Messages of others that came since somebody began to write here.
///
/// # Errors
/// Database errors.
pub fn passed(connection: &Connection, viewer: &Viewer, conversation: i64) -> Result<Passed> {
    let mut select = connection.prepare_cached(
        "SELECT count(*), coalesce(min(m.id), 0), coalesce(max(m.id), 0) FROM message m
          WHERE m.conversation_id = ?2 AND m.kind != 'note' AND coalesce(m.user_id, 0) != ?1
            AND m.id > (SELECT min(after_id) FROM draft
                         WHERE user_id = ?1 AND conversation_id = ?2 AND leaves_at IS NULL)",
    )?;
    let row = |row: &SqlRow<'_>| Ok(Passed { count: row.get(0)?, first: row.get(1)?, last: row.get(2)? });
    Ok(select.query_row([viewer.id, conversation], row)?)
}

/// The writer has looked at what came, up to a message: it counts as new no more.
///
/// # Errors
/// [`Error::NotFound`] when they may not see the conversation.
pub fn look_at(tx: &Tx<'_>, by: &Viewer, conversation: i64, until: i64) -> Result<()> {
    require(tx, by, conversation)?;
    tx.prepare_cached(
        "UPDATE draft
            SET after_id = max(after_id, (SELECT coalesce(max(id), 0) FROM message WHERE conversation_id = ?2 AND id <= ?3))
          WHERE user_id = ?1 AND conversation_id = ?2 AND leaves_at IS NULL",
    )?
    .execute([by.id, conversation, until])?;
    Ok(())
}
