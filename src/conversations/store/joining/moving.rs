//! Moving a conversation to another inbox: answers leave through that one from then on, and who reads it reads them.

use rusqlite::params;

use super::super::super::model::Offer;
use super::super::assignment;
use super::super::show::require;
use crate::auth::Viewer;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::{Event, Why};
use crate::inboxes::store::health;

/// The other inboxes that the viewer reads, and why one of them cannot take the conversation.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it.
pub fn offers(connection: &Connection, viewer: &Viewer, conversation: i64) -> Result<Vec<Offer>> {
    require(connection, viewer, conversation)?;
    let mut select = connection.prepare_cached(
        "SELECT i.id, i.name, i.external_id, i.channel = o.channel, a.name
           FROM conversation c
           JOIN inbox o ON o.id = c.inbox_id
           JOIN inbox_reader r ON r.user_id = ?1 AND r.inbox_id != c.inbox_id
           JOIN inbox i ON i.id = r.inbox_id
           LEFT JOIN user a ON a.id = c.assignee_id
            AND NOT EXISTS (SELECT 1 FROM inbox_reader x WHERE x.inbox_id = i.id AND x.user_id = a.id)
          WHERE c.id = ?2 ORDER BY i.name COLLATE NOCASE, i.id",
    )?;
    let rows = select.query_map([viewer.id, conversation], |row| {
        let refusal = if row.get(3)? { None } else { Some("conflict-move-channel") };
        Ok(Offer { inbox: row.get(0)?, name: row.get(1)?, address: row.get(2)?, refusal, releases: row.get(4)? })
    })?;
    let mut offers = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    for offer in offers.iter_mut().filter(|offer| offer.refusal.is_none()) {
        let blocked = health::blocked(connection, offer.inbox)?;
        offer.refusal =
            blocked.map(|blocked| if blocked.since.is_some() { "conflict-move-lost" } else { "conflict-move-off" });
    }
    Ok(offers)
}

/// Moves a conversation with all that belongs to it. Who handles it goes on if they read the other inbox. Answers that
/// were not begun to be sent leave through it.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it or the inbox; [`Error::Conflict`] when that inbox cannot take it.
pub fn move_to(tx: &Tx<'_>, by: &Viewer, conversation: i64, inbox: i64) -> Result<()> {
    let from = require(tx, by, conversation)?;
    if from == inbox {
        return Ok(());
    }
    let offers = offers(tx, by, conversation)?;
    let offer = offers.into_iter().find(|offer| offer.inbox == inbox).ok_or(Error::NotFound)?;
    if let Some(refusal) = offer.refusal {
        return Err(Error::Conflict(refusal));
    }
    tx.prepare_cached("UPDATE conversation SET inbox_id = ?2 WHERE id = ?1")?.execute([conversation, inbox])?;
    tx.prepare_cached(
        "INSERT INTO relocation (conversation_id, from_id, to_id, moved_by, moved_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute([conversation, from, inbox, by.id, tx.now()])?;
    // What was composed once leaves as the same bytes on every attempt, and by the same way.
    tx.prepare_cached(
        "UPDATE message SET inbox_id = ?2
          WHERE conversation_id = ?1 AND delivery IN ('queued', 'failed') AND external_id IS NULL",
    )?
    .execute([conversation, inbox])?;
    tx.emit(Event::ConversationMoved { conversation, inbox, from, by: by.id })?;
    tx.emit(Event::ConversationMovedAway { conversation, inbox: from, by: by.id })?;
    if offer.releases.is_none() {
        return Ok(());
    }
    let user: Option<i64> = tx
        .prepare_cached("SELECT assignee_id FROM conversation WHERE id = ?1")?
        .query_row(params![conversation], |row| row.get(0))?;
    let why = user.map(Why::OutOfReach);
    assignment::write(tx, conversation, inbox, None, Some(by.id), why)
}
