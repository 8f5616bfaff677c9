//! What comes in: one transaction that journals the piece, finds or makes its conversation, and stores the message. The same
//! piece again changes nothing.

use rusqlite::{OptionalExtension, params};

use super::super::model::{Bounced, Incoming, Outcome, Receipt, preview, subject};
use super::automatic::{self, Begun};
use super::closure::reopen_by;
use super::joining::threading::{by_reference, of_token};
use super::show::inbox_of;
use super::writing::attach;
use super::{acknowledging, blocking, deletion, images, keeping, sequels, snooze, spam, team};
use crate::clock::DAY;
use crate::contacts::{self, normalize_email};
use crate::db::Tx;
use crate::error::Result;
use crate::events::{Event, Waking};
use crate::inboxes::store::{self as inboxes, Way, touch};
use crate::inboxes::{Answering, SpamMarks};

/// Where a message belongs.
struct Place {
    conversation: i64,
    /// It begins with this message.
    is_new: bool,
    /// The address was not seen in this conversation before.
    unfamiliar: bool,
}

/// Where a message stands after the filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sifted {
    Wanted,
    Spam,
}

/// Takes a piece in. `raw` is the stored original.
///
/// # Errors
/// Database errors; nothing is kept then, and nothing may be acknowledged.
pub fn receive(tx: &Tx<'_>, inbox: i64, channel: &str, incoming: &Incoming, raw: i64) -> Result<Receipt> {
    if let Some(receipt) = seen_before(tx, inbox, incoming)? {
        return Ok(receipt);
    }
    if let Some(receipt) = deletion::forgotten(tx, inbox, incoming)? {
        return Ok(receipt);
    }
    if incoming.from_team {
        return team::set_aside(tx, inbox, incoming, raw);
    }
    if incoming.bounce.is_none() && blocking::refuses(tx, &incoming.sender.address)? {
        return blocking::refuse(tx, inbox, incoming, raw);
    }
    if let Some(receipt) = sequels::take(tx, inbox, channel, incoming, raw)? {
        return Ok(receipt);
    }
    let answering = inboxes::get(tx, inbox)?.mail.answering;
    let contact = contacts::recognize(tx, channel, &incoming.sender.name, &incoming.sender.address)?;
    let silent = incoming.arrival.is_silent();
    let bounced = match &incoming.bounce {
        Some(bounce) if !silent => note_bounce(tx, inbox, bounce)?,
        _ => None,
    };
    let place = match bounced {
        Some(conversation) => Place { conversation, is_new: false, unfamiliar: false },
        None => place(tx, inbox, contact, incoming, &answering)?,
    };
    // It may have been moved since to another inbox than the one that this came to.
    let home = inbox_of(tx, place.conversation)?;
    let message = insert(tx, inbox, contact, incoming, &place, raw)?;
    attach(tx, message, &incoming.files)?;
    let believed = incoming.spam && answering.spam_marks == SpamMarks::Believed;
    let sifted = sift(tx, home, message, &place, if believed { Sifted::Spam } else { Sifted::Wanted })?;
    if silent {
        show_imported(tx, &place, incoming)?;
    } else {
        if place.is_new && sifted == Sifted::Wanted {
            tx.emit(Event::ConversationCreated { conversation: place.conversation, inbox, contact })?;
        }
        if let Some(begun) = show_last(tx, &place, incoming, home, sifted)? {
            automatic::hand_out(tx, place.conversation, home, begun)?;
            if !incoming.unreadable {
                acknowledging::acknowledge(tx, home, (place.conversation, message, begun), incoming)?;
            }
        }
    }
    let outcome = outcome(bounced.as_ref(), incoming);
    journal(tx, inbox, incoming, raw, (outcome, Some(message)))?;
    incoming.external_id.as_deref().map_or(Ok(()), |id| sequels::join(tx, inbox, id))?;
    let conversation = place.conversation;
    if silent {
        tx.emit(Event::MessageImported { conversation, inbox: home, message })?;
    } else {
        touch(tx, inbox, Way::In, tx.now())?;
        // Of spam nobody is told but the page that shows it.
        tx.emit(match sifted {
            Sifted::Wanted => Event::MessageReceived { conversation, inbox: home, message },
            Sifted::Spam => Event::SpamReceived { conversation, inbox: home, message },
        })?;
    }
    keeping::trim(tx, conversation)?;
    Ok(Receipt { conversation, message, outcome })
}

/// Notes that a piece came, what became of it, and the message it became or is about, if there is one; answers its number.
pub(super) fn journal(
    tx: &Tx<'_>,
    inbox: i64,
    incoming: &Incoming,
    raw: i64,
    (outcome, message): (Outcome, Option<i64>),
) -> Result<i64> {
    Ok(tx
        .prepare_cached(
            "INSERT INTO inbound (inbox_id, key, raw_id, state, outcome, message_id, received_at)
             VALUES (?1, ?2, ?3, 'done', ?4, ?5, ?6)",
        )?
        .insert(params![inbox, incoming.key, raw, outcome.as_str(), message, tx.now()])?)
}

/// What became of a piece that is stored; `bounced` if it tells of a message of ours.
fn outcome<T>(bounced: Option<&T>, incoming: &Incoming) -> Outcome {
    match (bounced.is_some() || incoming.bounce.is_some(), incoming.automatic.is_some()) {
        (true, _) => Outcome::Bounce,
        (false, true) => Outcome::Automatic,
        (false, false) => Outcome::New,
    }
}

/// Whether the message stands among the spam. A mail that the filter marked begins a conversation there; one that it let
/// through brings a conversation back that the filter alone had put there.
fn sift(tx: &Tx<'_>, inbox: i64, message: i64, place: &Place, filter: Sifted) -> Result<Sifted> {
    if filter == Sifted::Spam {
        tx.prepare_cached("UPDATE message SET spam = 1 WHERE id = ?1")?.execute([message])?;
        if place.is_new {
            spam::mark_by(tx, place.conversation, inbox, None)?;
        }
    }
    let standing: Option<Option<i64>> = tx
        .prepare_cached("SELECT marked_by FROM spam_verdict WHERE conversation_id = ?1 AND cleared_at IS NULL")?
        .query_row([place.conversation], |row| row.get(0))
        .optional()?;
    match standing {
        None => Ok(Sifted::Wanted),
        Some(None) if filter == Sifted::Wanted => {
            spam::clear_by(tx, place.conversation, inbox, None)?;
            Ok(Sifted::Wanted)
        }
        Some(_) => Ok(Sifted::Spam),
    }
}

/// The same piece came before, or it is a message of ours that came back as a copy.
fn seen_before(tx: &Tx<'_>, inbox: i64, incoming: &Incoming) -> Result<Option<Receipt>> {
    let journaled: Option<(i64, i64)> = tx
        .prepare_cached(
            "SELECT coalesce(m.conversation_id, 0), coalesce(m.id, 0) FROM inbound i LEFT JOIN message m ON m.id = i.message_id
              WHERE i.inbox_id = ?1 AND i.key = ?2",
        )?
        .query_row(params![inbox, incoming.key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let ours = || -> Result<Option<(i64, i64)>> {
        let Some(id) = &incoming.external_id else { return Ok(None) };
        Ok(tx
            .prepare_cached(
                "SELECT conversation_id, id FROM message WHERE inbox_id = ?1 AND external_id = ?2 AND kind = 'outgoing'",
            )?
            .query_row(params![inbox, id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    };
    let found = match journaled {
        Some(found) => Some(found),
        None => ours()?,
    };
    Ok(found.map(|(conversation, message)| Receipt { conversation, message, outcome: Outcome::Duplicate }))
}

/// By a valid token, else by what it answers if its sender takes part there, else a new conversation (linked to the one it
/// answers, if it answers one).
fn place(tx: &Tx<'_>, inbox: i64, contact: i64, incoming: &Incoming, answering: &Answering) -> Result<Place> {
    let token = match incoming.token {
        Some(conversation) => of_token(tx, inbox, conversation, &incoming.references)?,
        None => None,
    };
    let is_over = |conversation| -> Result<bool> {
        Ok(incoming.automatic.is_none() && closed_too_long(tx, conversation, answering.new_after_days)?)
    };
    let mut linked = None;
    if let Some(conversation) = token {
        if is_over(conversation)? {
            linked = Some(conversation);
        } else {
            let unfamiliar = !takes_part(tx, conversation, &incoming.sender.address)?;
            return Ok(Place { conversation, is_new: false, unfamiliar });
        }
    }
    for reference in &incoming.references {
        if let Some(conversation) = by_reference(tx, inbox, reference)? {
            if takes_part(tx, conversation, &incoming.sender.address)? && !is_over(conversation)? {
                return Ok(Place { conversation, is_new: false, unfamiliar: false });
            }
            linked = linked.or(Some(conversation));
        }
    }
    let conversation = create(tx, inbox, contact, incoming, linked)?;
    Ok(Place { conversation, is_new: true, unfamiliar: false })
}

/// Whether a conversation has been closed for more than so many days.
fn closed_too_long(tx: &Tx<'_>, conversation: i64, days: Option<u32>) -> Result<bool> {
    let Some(days) = days else { return Ok(false) };
    Ok(tx
        .prepare_cached("SELECT 1 FROM closure WHERE conversation_id = ?1 AND reopened_at IS NULL AND closed_at < ?2")?
        .exists([conversation, tx.now() - i64::from(days) * DAY])?)
}

pub(super) fn takes_part(tx: &Tx<'_>, conversation: i64, address: &str) -> Result<bool> {
    let address = normalize_email(address);
    if address.is_empty() {
        return Ok(false);
    }
    Ok(tx
        .prepare_cached("SELECT 1 FROM participant WHERE conversation_id = ?1 AND address = ?2")?
        .exists(params![conversation, address])?)
}

fn create(tx: &Tx<'_>, inbox: i64, contact: i64, incoming: &Incoming, linked: Option<i64>) -> Result<i64> {
    let silent = incoming.arrival.is_silent();
    let at = incoming.arrival.at(tx.now());
    let state = if silent { "closed" } else { "open" };
    let conversation = tx
        .prepare_cached(
            "INSERT INTO conversation (id, inbox_id, contact_id, subject, linked_id, state, last_activity_at, created_at)
             VALUES ((SELECT id FROM next_conversation), ?1, ?2, ?3, ?4, ?5, ?6, ?6)",
        )?
        .insert(params![inbox, contact, incoming.subject, linked, state, at])?;
    if silent {
        tx.prepare_cached("INSERT INTO closure (conversation_id, closed_at) VALUES (?1, ?2)")?
            .execute([conversation, tx.now()])?;
        tx.emit(Event::ConversationImported { conversation, inbox, contact })?;
    }
    Ok(conversation)
}

fn insert(tx: &Tx<'_>, inbox: i64, contact: i64, incoming: &Incoming, place: &Place, raw: i64) -> Result<i64> {
    let at = incoming.arrival.at(tx.now());
    let id = tx
        .prepare_cached(
            "INSERT INTO message (id, conversation_id, inbox_id, kind, contact_id, sender_name, sender_address, subject, text,
                                  quoted, html, quoted_html, recipients, external_id, automatic, unfamiliar, oversize,
                                  unreadable, remote_images, raw_id, written_at, created_at, imported)
             VALUES ((SELECT id FROM next_message), ?1, ?2, 'incoming', ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
                     ?16, ?17, ?18, ?19, ?20, ?21)",
        )?
        .insert(params![
            place.conversation,
            inbox,
            contact,
            incoming.sender.name,
            incoming.sender.address,
            incoming.subject,
            incoming.text,
            incoming.quoted,
            incoming.html,
            incoming.quoted_html,
            serde_json::to_string(&incoming.recipients)?,
            free_external_id(tx, inbox, incoming)?,
            incoming.automatic,
            place.unfamiliar,
            incoming.oversize,
            incoming.unreadable,
            i64::try_from(incoming.images.len()).unwrap_or(i64::MAX),
            raw,
            incoming.written_at.unwrap_or(at),
            at,
            incoming.arrival.is_silent()
        ])?;
    let unknown = incoming.nature.unknown();
    if incoming.protection.is_some() || incoming.invitation.is_some() || unknown.is_some() {
        let invitation = incoming.invitation.as_ref().map(serde_json::to_string).transpose()?;
        tx.prepare_cached("UPDATE message SET protection = ?2, invitation = ?3, unknown_kind = ?4 WHERE id = ?1")?
            .execute(params![id, incoming.protection, invitation, unknown])?;
    }
    images::add(tx, id, &incoming.images)?;
    if !place.unfamiliar && incoming.bounce.is_none() {
        add_participants(tx, place.conversation, incoming)?;
    }
    Ok(id)
}

/// Two different mails with one Message-ID are both kept; the second is not found by that id.
fn free_external_id(tx: &Tx<'_>, inbox: i64, incoming: &Incoming) -> Result<Option<String>> {
    let Some(id) = &incoming.external_id else { return Ok(None) };
    let taken = tx
        .prepare_cached("SELECT 1 FROM message WHERE inbox_id = ?1 AND external_id = ?2")?
        .exists(params![inbox, id])?;
    Ok((!taken).then(|| id.clone()))
}

fn add_participants(tx: &Tx<'_>, conversation: i64, incoming: &Incoming) -> Result<()> {
    let everybody = [&incoming.sender]
        .into_iter()
        .chain(&incoming.recipients.to)
        .chain(&incoming.recipients.cc)
        .chain(&incoming.recipients.reply_to);
    let mut insert =
        tx.prepare_cached("INSERT INTO participant (conversation_id, address) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    for mailbox in everybody.filter(|mailbox| !mailbox.address.is_empty()).take(100) {
        insert.execute(params![conversation, normalize_email(&mailbox.address)])?;
    }
    Ok(())
}

/// The line of the list. A person's message opens a closed conversation, brings back one that was put off, and waits for
/// an answer; an automatic one does none of it. Says whether it wants somebody now who did not have it before.
fn show_last(tx: &Tx<'_>, place: &Place, incoming: &Incoming, inbox: i64, sifted: Sifted) -> Result<Option<Begun>> {
    let line = if incoming.text.trim().is_empty() { preview(&incoming.subject) } else { preview(&incoming.text) };
    let by_person = incoming.automatic.is_none() && incoming.bounce.is_none();
    let was_closed = by_person && reopen_by(tx, place.conversation, inbox, None)?;
    if by_person {
        snooze::wake_by(tx, place.conversation, inbox, (Waking::Message, None))?;
    }
    let subject: String = tx
        .prepare_cached("SELECT subject FROM conversation WHERE id = ?1")?
        .query_row([place.conversation], |row| row.get(0))?;
    // A conversation goes on under the subject that its people gave it last.
    let is_renamed = by_person && !place.unfamiliar && subject::base(&incoming.subject) != subject::base(&subject);
    let subject = if is_renamed && !incoming.subject.is_empty() { &incoming.subject } else { &subject };
    tx.prepare_cached(
        "UPDATE conversation SET preview = ?2, last_kind = 'incoming', last_delivery = NULL,
                                 last_activity_at = max(last_activity_at, ?3), incoming_count = incoming_count + 1,
                                 last_incoming_at = ?3, subject = ?5, unanswered = CASE WHEN ?4 AND spam = 0 THEN 1 ELSE unanswered END
          WHERE id = ?1",
    )?
    .execute(params![place.conversation, line, tx.now(), by_person, subject])?;
    Ok(match (by_person && sifted == Sifted::Wanted, place.is_new, was_closed) {
        (true, true, _) => Some(Begun::Anew),
        (true, _, true) => Some(Begun::Again),
        _ => None,
    })
}

/// A message of before changes the line only if nothing later is there. It neither opens nor waits, and is no news.
fn show_imported(tx: &Tx<'_>, place: &Place, incoming: &Incoming) -> Result<()> {
    let line = if incoming.text.trim().is_empty() { preview(&incoming.subject) } else { preview(&incoming.text) };
    tx.prepare_cached(
        "UPDATE conversation SET preview = ?2, last_kind = 'incoming', last_delivery = NULL, last_activity_at = ?3,
                                 last_incoming_at = ?3
          WHERE id = ?1 AND last_activity_at <= ?3",
    )?
    .execute(params![place.conversation, line, incoming.arrival.at(tx.now())])?;
    Ok(())
}

/// Marks the message a report is about as failed and answers its conversation.
fn note_bounce(tx: &Tx<'_>, inbox: i64, bounce: &Bounced) -> Result<Option<i64>> {
    let Some(original) = &bounce.original else { return Ok(None) };
    let found: Option<(i64, i64)> = tx
        .prepare_cached(
            "SELECT id, conversation_id FROM message WHERE inbox_id = ?1 AND external_id = ?2 AND kind = 'outgoing'",
        )?
        .query_row(params![inbox, original], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((message, conversation)) = found else { return Ok(None) };
    if bounce.permanent {
        let detail: String = bounce.detail.chars().filter(|c| !c.is_control()).take(500).collect();
        super::delivery::set(tx, message, "failed", Some(("delivery-bounced", &detail)))?;
        if let Some(recipient) = bounce.recipient.as_ref().filter(|_| bounce.no_such_address) {
            contacts::mark_undeliverable(tx, recipient)?;
        }
    }
    Ok(Some(conversation))
}
