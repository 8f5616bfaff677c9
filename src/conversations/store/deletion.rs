//! Deleting a conversation for good: its messages, files, words in the index and marks. What is left are ids in facts, who
//! did it and when, and the keys of what came in, so that the same mails do not come back.

use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::super::jobs::{DISCARD, Discarded};
use super::super::model::{Deleted, Incoming, Outcome, Receipt, may_delete};
use super::show::require;
use super::snooze;
use super::writing::job_key;
use crate::auth::Viewer;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;
use crate::jobs::{self, NewJob};

/// Deletes a conversation and all of its history.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it; [`Error::Forbidden`] for who did not connect its inbox and does not
/// own the workspace; [`Error::Conflict`] while an answer of it is being handed over.
pub fn delete(tx: &Tx<'_>, by: &Viewer, conversation: i64) -> Result<()> {
    let inbox = require(tx, by, conversation)?;
    let owner: Option<i64> =
        tx.prepare_cached("SELECT owner_id FROM inbox WHERE id = ?1")?.query_row([inbox], |row| row.get(0))?;
    if !may_delete(owner, by) {
        return Err(Error::Forbidden("owner"));
    }
    let is_leaving = tx
        .prepare_cached("SELECT 1 FROM message WHERE conversation_id = ?1 AND delivery = 'sending'")?
        .exists([conversation])?;
    if is_leaving {
        return Err(Error::Conflict("conflict-delete-sending"));
    }
    remove_and_tell(tx, conversation, inbox, Some(by.id))
}

/// Deletes a conversation whose time is over.
pub(super) fn expire(tx: &Tx<'_>, conversation: i64, inbox: i64) -> Result<()> {
    remove_and_tell(tx, conversation, inbox, None)
}

fn remove_and_tell(tx: &Tx<'_>, conversation: i64, inbox: i64, by: Option<i64>) -> Result<()> {
    tx.overwriting(|| remove(tx, conversation))?;
    tx.prepare_cached(
        "INSERT INTO deletion (conversation_id, inbox_id, deleted_by, deleted_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![conversation, inbox, by, tx.now()])?;
    tx.emit(Event::ConversationDeleted { conversation, inbox, by })
}

/// Deletes the oldest messages of a conversation, up to one.
pub(super) fn forget_until(tx: &Tx<'_>, conversation: i64, until: i64) -> Result<()> {
    let blobs = tx.overwriting(|| remove_messages(tx, conversation, until))?;
    discard(tx, blobs)
}

fn remove(tx: &Tx<'_>, conversation: i64) -> Result<()> {
    snooze::end(tx, conversation)?;
    let mut select = tx.prepare_cached("SELECT id FROM message WHERE conversation_id = ?1 AND delivery = 'queued'")?;
    for message in select.query_map([conversation], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()? {
        jobs::forget(tx, &job_key(message))?;
    }
    let blobs = remove_messages(tx, conversation, i64::MAX)?;
    tx.prepare_cached("DELETE FROM conversation WHERE id = ?1")?.execute([conversation])?;
    discard(tx, blobs)
}

/// Removes the messages of a conversation up to one of them, and answers the contents that they held.
fn remove_messages(tx: &Tx<'_>, conversation: i64, until: i64) -> Result<Vec<i64>> {
    remember(tx, conversation, until)?;
    let blobs = blobs_of(tx, conversation, until)?;
    tx.prepare_cached(
        "DELETE FROM inbound WHERE message_id IN (SELECT id FROM message WHERE conversation_id = ?1 AND id <= ?2)",
    )?
    .execute([conversation, until])?;
    tx.prepare_cached("DELETE FROM message WHERE conversation_id = ?1 AND id <= ?2")?.execute([conversation, until])?;
    Ok(blobs)
}

fn discard(tx: &Tx<'_>, blobs: Vec<i64>) -> Result<()> {
    if blobs.is_empty() {
        return Ok(());
    }
    let payload = Discarded { blobs };
    jobs::enqueue(tx, &NewJob { kind: DISCARD, key: None, lane: None, payload: &payload, run_at: tx.now() })
}

/// Keeps the keys of what came in and the ids of what went out, as hashes, with the inbox it came or left by.
fn remember(tx: &Tx<'_>, conversation: i64, until: i64) -> Result<()> {
    let mut select = tx.prepare_cached(
        "SELECT m.id, i.key, iif(i.key IS NULL OR m.kind = 'outgoing', m.external_id, NULL), m.inbox_id
           FROM message m LEFT JOIN inbound i ON i.message_id = m.id
          WHERE m.conversation_id = ?1 AND m.id <= ?2 AND m.kind != 'note'",
    )?;
    let rows = select.query_map([conversation, until], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, Option<String>>(2)?, row.get(3)?))
    })?;
    let mut keep = tx.prepare_cached(
        "INSERT INTO forgotten (inbox_id, key_hash, conversation_id, message_id) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO NOTHING",
    )?;
    for row in rows.collect::<rusqlite::Result<Vec<_>>>()? {
        let (message, key, external_id, inbox): (_, _, _, i64) = row;
        // What is about a message of ours has a key and leaves the message its own.
        let hashes = [key.map(|key| hash_of("in", &key)), external_id.map(|id| hash_of("out", &id))];
        for hash in hashes.into_iter().flatten() {
            keep.execute(params![inbox, hash.as_slice(), conversation, message])?;
        }
    }
    Ok(())
}

fn hash_of(way: &str, key: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(way);
    hash.update([0]);
    hash.update(key);
    hash.finalize().into()
}

fn blobs_of(tx: &Tx<'_>, conversation: i64, until: i64) -> Result<Vec<i64>> {
    let mut select = tx.prepare_cached(
        "SELECT m.raw_id FROM message m WHERE m.conversation_id = ?1 AND m.id <= ?2 AND m.raw_id IS NOT NULL
         UNION SELECT a.blob_id FROM message m JOIN attachment a ON a.message_id = m.id
                WHERE m.conversation_id = ?1 AND m.id <= ?2
         UNION SELECT p.blob_id FROM message m JOIN remote_image p ON p.message_id = m.id
                WHERE m.conversation_id = ?1 AND m.id <= ?2 AND p.blob_id IS NOT NULL
         UNION SELECT i.raw_id FROM message m JOIN inbound i ON i.message_id = m.id
                WHERE m.conversation_id = ?1 AND m.id <= ?2
         UNION SELECT f.blob_id FROM draft d JOIN draft_file f ON f.draft_id = d.id
                WHERE d.conversation_id = ?1 AND ?2 = 9223372036854775807",
    )?;
    let blobs = select.query_map([conversation, until], |row| row.get(0))?;
    Ok(blobs.collect::<rusqlite::Result<_>>()?)
}

/// Whether this piece belonged to a conversation that was deleted: then it is not taken in again.
///
/// # Errors
/// Database errors.
pub(super) fn forgotten(tx: &Tx<'_>, inbox: i64, incoming: &Incoming) -> Result<Option<Receipt>> {
    let hashes = [Some(hash_of("in", &incoming.key)), incoming.external_id.as_ref().map(|id| hash_of("out", id))];
    let mut select =
        tx.prepare_cached("SELECT conversation_id, message_id FROM forgotten WHERE inbox_id = ?1 AND key_hash = ?2")?;
    for hash in hashes.into_iter().flatten() {
        let found =
            select.query_row(params![inbox, hash.as_slice()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        if let Some((conversation, message)) = found {
            return Ok(Some(Receipt { conversation, message, outcome: Outcome::Deleted }));
        }
    }
    Ok(None)
}

/// Who deleted a conversation, for somebody who reads its inbox.
///
/// # Errors
/// [`Error::NotFound`] when it was not deleted, or is not theirs to know of.
pub fn find(connection: &Connection, viewer: &Viewer, conversation: i64) -> Result<Deleted> {
    let mut select = connection.prepare_cached(
        "SELECT u.name, d.deleted_at FROM deletion d
           JOIN inbox_reader r ON r.inbox_id = d.inbox_id AND r.user_id = ?1
           LEFT JOIN user u ON u.id = d.deleted_by
          WHERE d.conversation_id = ?2",
    )?;
    Ok(select.query_row([viewer.id, conversation], |row| Ok(Deleted { by: row.get(0)?, at: row.get(1)? }))?)
}
