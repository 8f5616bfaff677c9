//! How far an answer has come. The channel that delivers it calls these; each is one transaction, and "sent" is said only
//! after it was committed.

use rusqlite::{OptionalExtension, params};

use super::super::model::{Answered, Delivery, Mailbox, Recipients, ToDeliver};
use super::timeline::attachments;
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::events::Event;

/// What the start of an attempt found.
#[derive(Debug)]
pub enum Start {
    /// Deliver this.
    Go(Box<ToDeliver>),
    /// The attempt before was cut off twice while sending: nobody knows, and it is not sent again by itself.
    Unknown,
    /// Nothing to do: it has been sent, or is gone.
    Nothing,
}

/// Begins an attempt. A message found in "sending" was cut off there (the server died): it is sent once more with the same
/// Message-ID and marked so, and after a second time it is left to a person.
///
/// # Errors
/// Database errors.
pub fn begin(tx: &Tx<'_>, message: i64) -> Result<Start> {
    let found: Option<(String, bool)> = tx
        .prepare_cached("SELECT delivery, resent FROM message WHERE id = ?1 AND kind = 'outgoing'")?
        .query_row([message], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found.as_ref().map(|(delivery, resent)| (Delivery::parse(delivery), *resent)) {
        Some((Some(Delivery::Queued), _)) => {}
        Some((Some(Delivery::Sending), false)) => {
            tx.prepare_cached("UPDATE message SET resent = 1 WHERE id = ?1")?.execute([message])?;
        }
        Some((Some(Delivery::Sending), true)) => {
            set(tx, message, "uncertain", Some(("delivery-interrupted", "")))?;
            return Ok(Start::Unknown);
        }
        _ => return Ok(Start::Nothing),
    }
    set(tx, message, "sending", None)?;
    Ok(Start::Go(Box::new(to_deliver(tx, message)?)))
}

/// Keeps the composed message and its id, so that every attempt sends the same bytes.
///
/// # Errors
/// Database errors.
pub fn keep(tx: &Tx<'_>, message: i64, external_id: &str, raw: i64) -> Result<()> {
    tx.prepare_cached("UPDATE message SET external_id = ?2, raw_id = ?3 WHERE id = ?1 AND external_id IS NULL")?
        .execute(params![message, external_id, raw])?;
    Ok(())
}

/// It may have arrived, and is about to be sent once more.
///
/// # Errors
/// Database errors.
pub fn mark_resent(tx: &Tx<'_>, message: i64) -> Result<()> {
    tx.prepare_cached("UPDATE message SET resent = 1 WHERE id = ?1")?.execute([message])?;
    Ok(())
}

/// Sets a state with its reason (message key and the other side's words) and tells it.
///
/// # Errors
/// Database errors.
pub fn set(tx: &Tx<'_>, message: i64, state: &str, reason: Option<(&str, &str)>) -> Result<()> {
    let (conversation, inbox): (i64, i64) = tx
        .prepare_cached(
            "UPDATE message SET delivery = ?2, delivery_error = ?3, delivery_detail = ?4,
                                sent_at = CASE WHEN ?2 = 'sent' THEN ?5 ELSE sent_at END
              WHERE id = ?1 RETURNING conversation_id, inbox_id",
        )?
        .query_row(
            params![message, state, reason.map(|reason| reason.0), reason.map(|reason| reason.1), tx.now()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
    // The list shows the state of the last message, if it is ours.
    tx.prepare_cached(
        "UPDATE conversation SET last_delivery = ?3
          WHERE id = ?1 AND last_kind = 'outgoing'
            AND ?2 = (SELECT max(id) FROM message WHERE conversation_id = ?1 AND kind = 'outgoing')",
    )?
    .execute(params![conversation, message, state])?;
    tx.emit(Event::DeliveryChanged { conversation, inbox, message })
}

fn to_deliver(connection: &Connection, message: i64) -> Result<ToDeliver> {
    let mut select = connection.prepare_cached(
        "SELECT conversation_id, inbox_id, coalesce(external_id, ''), subject, text, sender_name, recipients, created_at,
                raw_id, resent FROM message WHERE id = ?1",
    )?;
    let mut found = select.query_row([message], |row| {
        Ok(ToDeliver {
            message,
            conversation: row.get(0)?,
            inbox: row.get(1)?,
            external_id: row.get(2)?,
            subject: row.get(3)?,
            text: row.get(4)?,
            sender_name: row.get(5)?,
            recipients: serde_json::from_str(row.get_ref(6)?.as_str()?).unwrap_or_default(),
            created_at: row.get(7)?,
            raw: row.get(8)?,
            resent: row.get(9)?,
            attachments: Vec::new(),
            answers: None,
        })
    })?;
    found.attachments = attachments(connection, message)?;
    found.answers = answered(connection, found.conversation, message)?;
    Ok(found)
}

/// The last message received before this one, and the ids of all before it, oldest first.
fn answered(connection: &Connection, conversation: i64, message: i64) -> Result<Option<Answered>> {
    let last: Option<(i64, Answered)> = connection
        .prepare_cached(
            "SELECT id, external_id, sender_name, sender_address, text, written_at FROM message
              WHERE conversation_id = ?1 AND id < ?2 AND kind = 'incoming' AND unfamiliar = 0 ORDER BY id DESC LIMIT 1",
        )?
        .query_row([conversation, message], |row| {
            let sender = Mailbox { name: row.get(2)?, address: row.get(3)? };
            let answered = Answered {
                external_id: row.get(1)?,
                references: Vec::new(),
                sender,
                text: row.get(4)?,
                written_at: row.get(5)?,
            };
            Ok((row.get(0)?, answered))
        })
        .optional()?;
    let Some((id, mut answered)) = last else { return Ok(None) };
    let mut select = connection.prepare_cached(
        "SELECT external_id FROM message
          WHERE conversation_id = ?1 AND id < ?2 AND kind != 'note' AND external_id IS NOT NULL ORDER BY id DESC LIMIT 20",
    )?;
    let ids = select.query_map([conversation, id], |row| row.get(0))?;
    answered.references = ids.collect::<rusqlite::Result<Vec<String>>>()?;
    answered.references.reverse();
    Ok(Some(answered))
}

/// The addresses a message goes to on the wire.
#[must_use]
pub fn envelope(recipients: &Recipients) -> Vec<String> {
    recipients.to.iter().chain(&recipients.cc).map(|mailbox| mailbox.address.clone()).collect()
}
