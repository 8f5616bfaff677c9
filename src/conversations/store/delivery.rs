//! How far an answer has come. The channel that delivers it calls these; each is one transaction, and "sent" is said only
//! after it was committed.

use rusqlite::{OptionalExtension, params};

use super::super::model::{Answered, Delivery, Mailbox, Recipients, ToDeliver, Way};
use super::sequels;
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
    let inbox: Option<i64> = tx
        .prepare_cached(
            "UPDATE message SET external_id = ?2, raw_id = ?3 WHERE id = ?1 AND external_id IS NULL RETURNING inbox_id",
        )?
        .query_row(params![message, external_id, raw], |row| row.get(0))
        .optional()?;
    inbox.map_or(Ok(()), |inbox| sequels::join(tx, inbox, external_id))
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
              WHERE id = ?1 RETURNING conversation_id,
                      (SELECT c.inbox_id FROM conversation c WHERE c.id = conversation_id)",
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
        "SELECT m.conversation_id, m.inbox_id, coalesce(m.external_id, ''), m.subject, m.text, m.sender_name, m.recipients,
                m.created_at, m.raw_id, m.resent, m.signature, m.way, t.language
           FROM message m JOIN conversation c ON c.id = m.conversation_id JOIN contact t ON t.id = c.contact_id
          WHERE m.id = ?1",
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
            signature: row.get(10)?,
            way: Way::parse(row.get_ref(11)?.as_str()?),
            language: row.get(12)?,
            attachments: Vec::new(),
            answers: None,
        })
    })?;
    found.attachments = attachments(connection, message)?;
    found.answers = answered(connection, found.conversation, message)?;
    Ok(found)
}

/// The message it answers or passes on, and the ids of the conversation up to it, oldest first.
fn answered(connection: &Connection, conversation: i64, message: i64) -> Result<Option<Answered>> {
    let last: Option<(i64, Answered)> = connection
        .prepare_cached(
            "SELECT a.id, a.external_id, a.sender_name, a.sender_address, a.text, a.written_at, a.recipients, a.subject,
                    a.quoted, m.way
               FROM message m JOIN message a ON a.id = m.answers_id WHERE m.id = ?1 AND a.kind != 'note'",
        )?
        .query_row([message], |row| {
            // An answer quotes what was written now; what goes on to somebody else goes on whole.
            let (text, quoted): (String, String) = (row.get(4)?, row.get(8)?);
            let is_whole = Way::parse(row.get_ref(9)?.as_str()?) == Way::Forward && !quoted.is_empty();
            let text = if is_whole { [&text, "\n\n", &quoted].concat() } else { text };
            let sender = Mailbox { name: row.get(2)?, address: row.get(3)? };
            let answered = Answered {
                external_id: row.get(1)?,
                references: Vec::new(),
                sender,
                recipients: serde_json::from_str(row.get_ref(6)?.as_str()?).unwrap_or_default(),
                subject: row.get(7)?,
                text,
                written_at: row.get(5)?,
            };
            Ok((row.get(0)?, answered))
        })
        .optional()?;
    let Some((id, mut answered)) = last else { return Ok(None) };
    let mut select = connection.prepare_cached(
        "SELECT external_id FROM message
          WHERE conversation_id = ?1 AND id <= ?2 AND kind != 'note' AND external_id IS NOT NULL ORDER BY id DESC LIMIT 20",
    )?;
    let ids = select.query_map([conversation, id], |row| row.get(0))?;
    answered.references = ids.collect::<rusqlite::Result<Vec<String>>>()?;
    answered.references.reverse();
    Ok(Some(answered))
}

/// The addresses a message goes to on the wire, hidden copies included.
#[must_use]
pub fn envelope(recipients: &Recipients) -> Vec<String> {
    recipients.everybody().map(|mailbox| mailbox.address.clone()).collect()
}
