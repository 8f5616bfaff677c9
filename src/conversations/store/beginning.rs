//! A conversation that we begin.

use rusqlite::{OptionalExtension, params};

use super::assignment;
use crate::auth::{Availability, Viewer};
use crate::contacts;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;

/// What a person wants to begin.
#[derive(Debug, Clone)]
pub struct Beginning {
    pub inbox: i64,
    /// The name and address of whom it is with.
    pub name: String,
    pub address: String,
    pub subject: String,
    /// Made by the page: the same one twice is one conversation. Empty: none.
    pub client_id: String,
}

/// The e-mail inboxes that a person may write from: number, name, address.
///
/// # Errors
/// Database errors.
pub fn inboxes(connection: &Connection, viewer: &Viewer) -> Result<Vec<(i64, String, String)>> {
    let mut select = connection.prepare_cached(
        "SELECT i.id, i.name, i.external_id FROM inbox i JOIN inbox_reader r ON r.inbox_id = i.id AND r.user_id = ?1
          WHERE i.channel = 'email' AND i.state = 'active' ORDER BY i.name COLLATE NOCASE",
    )?;
    let rows = select.query_map([viewer.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Opens a conversation with somebody, known or new. It is its beginner's, while they take new ones.
///
/// # Errors
/// [`Error::NotFound`] for an inbox that they may not write from.
pub fn begin(tx: &Tx<'_>, by: &Viewer, beginning: &Beginning) -> Result<i64> {
    let inbox = beginning.inbox;
    if !inboxes(tx, by)?.iter().any(|(id, ..)| *id == inbox) {
        return Err(Error::NotFound);
    }
    let contact = contacts::recognize(tx, "email", &beginning.name, &beginning.address)?;
    if let Some(conversation) = already(tx, contact, &beginning.client_id)? {
        return Ok(conversation);
    }
    let conversation = tx
        .prepare_cached(
            "INSERT INTO conversation (id, inbox_id, contact_id, subject, last_kind, last_activity_at, created_at)
             VALUES ((SELECT id FROM next_conversation), ?1, ?2, ?3, 'outgoing', ?4, ?4)",
        )?
        .insert(params![inbox, contact, beginning.subject, tx.now()])?;
    tx.emit(Event::ConversationCreated { conversation, inbox, contact })?;
    if by.availability == Availability::Available {
        assignment::assign(tx, by, conversation, Some(by.id))?;
    }
    Ok(conversation)
}

/// The one that this page began, if it was sent before.
fn already(tx: &Tx<'_>, contact: i64, client_id: &str) -> Result<Option<i64>> {
    if client_id.is_empty() {
        return Ok(None);
    }
    Ok(tx
        .prepare_cached(
            "SELECT c.id FROM conversation c WHERE c.contact_id = ?1
                AND (EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.client_id = ?2)
                     OR EXISTS (SELECT 1 FROM draft d WHERE d.conversation_id = c.id AND d.page = ?2))",
        )?
        .query_row(params![contact, client_id], |row| row.get(0))
        .optional()?)
}
