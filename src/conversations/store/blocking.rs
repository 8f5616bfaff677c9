//! Blocked senders: mail from them stays in the journal for a month, is counted, and goes nowhere.

use rusqlite::{OptionalExtension, params};

use super::super::model::{Blocked, Incoming, Outcome, Pattern, Receipt, Refused};
use super::inbound::journal;
use super::original;
use super::show::require;
use crate::auth::Viewer;
use crate::blobs;
use crate::clock::DAY;
use crate::contacts::normalize_email;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;
use crate::inboxes;
use crate::inboxes::store::{Way, touch};

/// How long refused mail is kept.
const KEPT: i64 = 30 * DAY;
/// Pieces removed in one transaction.
const SWEEP: i64 = 200;

/// Refused mails that the page lists.
const LISTED: i64 = 100;

/// Newest first.
pub const KEPT_MAILS: &str = "SELECT i.id, f.address, f.subject, x.name, i.received_at
   FROM inbound i INDEXED BY inbound_blocked
  CROSS JOIN refused f ON f.inbound_id = i.id
  CROSS JOIN inbox x ON x.id = i.inbox_id
  WHERE i.outcome = 'blocked' AND i.inbox_id IN (SELECT inbox_id FROM inbox_reader WHERE user_id = ?1)
  ORDER BY i.received_at DESC LIMIT ?2";

/// Where the newest message from outside came from, if it says so.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see the conversation.
pub fn sender(connection: &Connection, viewer: &Viewer, conversation: i64) -> Result<Option<String>> {
    require(connection, viewer, conversation)?;
    let found: Option<String> = connection
        .prepare_cached(
            "SELECT sender_address FROM message
              WHERE conversation_id = ?1 AND kind = 'incoming' AND sender_address != '' ORDER BY id DESC LIMIT 1",
        )?
        .query_row([conversation], |row| row.get(0))
        .optional()?;
    Ok(found.map(|address| normalize_email(&address)))
}

/// Blocks whoever wrote last in a conversation, and puts it among the spam. Answers the block.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it; [`Error::Conflict`] when it cannot be blocked.
pub fn block(tx: &Tx<'_>, by: &Viewer, conversation: i64, pattern: Pattern) -> Result<i64> {
    let inbox = require(tx, by, conversation)?;
    let address = sender(tx, by, conversation)?.ok_or(Error::Conflict("conflict-no-sender"))?;
    let pattern = pattern.of(&address).ok_or(Error::Conflict("conflict-shared-domain"))?;
    let ours = inboxes::store::own_addresses(tx)?;
    if ours.iter().any(|own| *own == pattern || (pattern.starts_with('@') && own.ends_with(&pattern))) {
        return Err(Error::Conflict("conflict-own-address"));
    }
    tx.prepare_cached(
        "INSERT INTO blocked_sender (pattern, blocked_by, blocked_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?
    .execute(params![pattern, by.id, tx.now()])?;
    let block = tx
        .prepare_cached("SELECT id FROM blocked_sender WHERE pattern = ?1")?
        .query_row([pattern], |row| row.get(0))?;
    super::spam::mark_by(tx, conversation, inbox, Some(by.id))?;
    tx.emit(Event::SenderBlocked { block, by: by.id })?;
    Ok(block)
}

/// Lets mail of a sender in again. One that is not blocked is let in already.
///
/// # Errors
/// Database errors.
pub fn unblock(tx: &Tx<'_>, by: &Viewer, block: i64) -> Result<()> {
    if tx.prepare_cached("DELETE FROM blocked_sender WHERE id = ?1")?.execute([block])? > 0 {
        tx.emit(Event::SenderUnblocked { block, by: by.id })?;
    }
    Ok(())
}

/// The blocks that keep an address, as it is compared, out: each with what it blocks.
///
/// # Errors
/// Database errors.
pub fn against(connection: &Connection, address: &str) -> Result<Vec<(i64, String)>> {
    let Some((_, domain)) = address.rsplit_once('@') else { return Ok(Vec::new()) };
    let mut select = connection
        .prepare_cached("SELECT id, pattern FROM blocked_sender WHERE pattern IN (?1, '@' || ?2) ORDER BY id")?;
    let found = select.query_map([address, domain], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Everybody who is blocked, the latest first.
///
/// # Errors
/// Database errors.
pub fn all(connection: &Connection) -> Result<Vec<Blocked>> {
    let mut select = connection.prepare_cached(
        "SELECT b.id, b.pattern, b.refused, b.refused_at, u.name, b.blocked_at
           FROM blocked_sender b JOIN user u ON u.id = b.blocked_by ORDER BY b.id DESC LIMIT 2000",
    )?;
    let found = select.query_map([], |row| {
        Ok(Blocked {
            id: row.get(0)?,
            pattern: row.get(1)?,
            refused: row.get(2)?,
            refused_at: row.get(3)?,
            by: row.get(4)?,
            at: row.get(5)?,
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Whether mail from an address is refused.
///
/// # Errors
/// Database errors.
pub fn blocks(connection: &Connection, address: &str) -> Result<bool> {
    Ok(!against(connection, &normalize_email(address))?.is_empty())
}

/// Counts a mail of a blocked sender and says whether it is one.
pub(super) fn refuses(tx: &Tx<'_>, address: &str) -> Result<bool> {
    let address = normalize_email(address);
    let Some((_, domain)) = address.rsplit_once('@') else { return Ok(false) };
    let counted = tx
        .prepare_cached(
            "UPDATE blocked_sender SET refused = refused + 1, refused_at = ?3 WHERE pattern IN (?1, '@' || ?2)",
        )?
        .execute(params![address, domain, tx.now()])?;
    Ok(counted > 0)
}

/// Takes mail of a blocked sender: in the journal and nowhere else.
pub(super) fn refuse(tx: &Tx<'_>, inbox: i64, incoming: &Incoming, raw: i64) -> Result<Receipt> {
    let outcome = Outcome::Blocked;
    let piece = journal(tx, inbox, incoming, raw, (outcome, None))?;
    tx.prepare_cached("INSERT INTO refused (inbound_id, address, subject) VALUES (?1, ?2, ?3)")?.execute(params![
        piece,
        normalize_email(&incoming.sender.address),
        incoming.subject
    ])?;
    if !incoming.arrival.is_silent() {
        touch(tx, inbox, Way::In, tx.now())?;
    }
    Ok(Receipt { conversation: 0, message: 0, outcome })
}

/// The newest refused mails that are kept still, of inboxes that this person reads.
///
/// # Errors
/// Database errors.
pub fn kept(connection: &Connection, viewer: &Viewer) -> Result<Vec<Refused>> {
    let mut select = connection.prepare_cached(KEPT_MAILS)?;
    let found = select.query_map(params![viewer.id, LISTED], |row| {
        Ok(Refused {
            piece: row.get(0)?,
            address: row.get(1)?,
            subject: row.get(2)?,
            inbox: row.get(3)?,
            at: row.get(4)?,
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// A refused mail as it came, while it is kept.
///
/// # Errors
/// [`Error::NotFound`] when it is gone, or came to an inbox that this person does not read.
pub fn original(connection: &Connection, viewer: &Viewer, piece: i64) -> Result<Vec<u8>> {
    let mut select = connection.prepare_cached(
        "SELECT i.raw_id FROM inbound i JOIN inbox_reader r ON r.inbox_id = i.inbox_id AND r.user_id = ?1
          WHERE i.id = ?2 AND i.outcome = 'blocked'",
    )?;
    original::unpack(connection, select.query_row([viewer.id, piece], |row| row.get(0))?)
}

/// Removes refused mail that is older than a month; says how much.
///
/// # Errors
/// Database errors.
pub fn purge(tx: &Tx<'_>) -> Result<usize> {
    let mut select = tx.prepare_cached(
        "SELECT id, raw_id FROM inbound WHERE outcome = 'blocked' AND received_at < ?1 ORDER BY received_at LIMIT ?2",
    )?;
    let old = select.query_map([tx.now() - KEPT, SWEEP], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let old = old.collect::<rusqlite::Result<Vec<(i64, i64)>>>()?;
    for (piece, raw) in &old {
        tx.prepare_cached("DELETE FROM inbound WHERE id = ?1")?.execute([piece])?;
        blobs::discard(tx, *raw)?;
    }
    Ok(old.len())
}
