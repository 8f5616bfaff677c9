//! Answers that leave by themselves when somebody writes. They are made here alone, so that this is the one place where
//! a loop could begin, and here it ends: at most one a day for each sender, inbox and kind; over a hundred in an hour, none
//! leaves from that inbox for a day, and its owner is told.

use rusqlite::params;

use super::super::model::{Incoming, Mailbox, Recipients};
use super::audience;
use super::automatic::Begun;
use super::writing::queue;
use crate::clock::{DAY, HOUR};
use crate::contacts::normalize_email;
use crate::db::Tx;
use crate::error::Result;
use crate::events::Event;
use crate::inboxes::store::answering;
use crate::inboxes::{self, Greeting, Occasion};

/// Answers that leave from one inbox in an hour at most.
const MOST: i64 = 100;

/// Senders that read nothing: an answer to them comes back.
const DEAF: [&str; 8] =
    ["noreply", "no-reply", "donotreply", "do-not-reply", "nao-responda", "naoresponda", "mailer-daemon", "postmaster"];

/// Answers the message with which a conversation began or opened again, if the inbox wants that and the rules let it.
/// `incoming` was written by a person and is no spam: the caller has made sure. A greeting belongs to a beginning; that the
/// company is closed is worth saying when a conversation opens again as well. No conversation gets more than one such
/// answer, and it answers nothing: its contact still waits.
///
/// # Errors
/// Database errors.
pub(super) fn acknowledge(
    tx: &Tx<'_>,
    inbox: i64,
    (conversation, message, begun): (i64, i64, Begun),
    incoming: &Incoming,
) -> Result<()> {
    let found = inboxes::store::get(tx, inbox)?;
    // Most inboxes say nothing by themselves: their mail costs no look at languages and hours.
    if found.mail.answering.is_silent() {
        return Ok(());
    }
    let language = language(tx, conversation)?;
    let greeting = answering::leaves_at(tx, &found.mail.answering, language.as_deref(), tx.now())?;
    let Some(Greeting { occasion, text, .. }) = greeting else { return Ok(()) };
    if begun == Begun::Again && (occasion == Occasion::Greeting || had_answer(tx, conversation)?) {
        return Ok(());
    }
    let to = incoming.recipients.reply_to.first().unwrap_or(&incoming.sender).clone();
    let (sender, address) = (normalize_email(&incoming.sender.address), normalize_email(&to.address));
    let is_deaf = |address: &str| address.split('@').next().is_none_or(|local| DEAF.contains(&local));
    if sender.is_empty() || is_deaf(&sender) || is_deaf(&address) {
        return Ok(());
    }
    let recipients = Recipients { to: Vec::from([to]), ..Recipients::default() };
    // Nothing goes to one of our own inboxes, whatever the sender asks for.
    if audience::check(tx, &recipients).is_err() || audience::check(tx, &only(&incoming.sender)).is_err() {
        return Ok(());
    }
    if was_answered(tx, inbox, occasion, &[&sender, &address])? || !may_leave(tx, inbox)? {
        return Ok(());
    }
    let answer = insert(tx, conversation, (inbox, &found.name), message, incoming, (&text, &recipients))?;
    for address in [&sender, &address] {
        tx.prepare_cached(
            "INSERT INTO automatic_answer (inbox_id, address, kind, message_id, sent_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![inbox, address, occasion.as_str(), answer, tx.now()])?;
        if sender == *address {
            break;
        }
    }
    queue(tx, conversation, answer)?;
    tx.emit(Event::DeliveryChanged { conversation, inbox, message: answer })
}

/// The language of the contact, where it is known.
fn language(tx: &Tx<'_>, conversation: i64) -> Result<Option<String>> {
    Ok(tx
        .prepare_cached("SELECT t.language FROM conversation c JOIN contact t ON t.id = c.contact_id WHERE c.id = ?1")?
        .query_row([conversation], |row| row.get(0))?)
}

/// Whether something left by itself in this conversation before.
fn had_answer(tx: &Tx<'_>, conversation: i64) -> Result<bool> {
    Ok(tx
        .prepare_cached("SELECT 1 FROM message WHERE conversation_id = ?1 AND way = 'automatic'")?
        .exists([conversation])?)
}

fn only(sender: &Mailbox) -> Recipients {
    Recipients { to: Vec::from([sender.clone()]), ..Recipients::default() }
}

/// Whether one of these addresses got such an answer from here within a day.
fn was_answered(tx: &Tx<'_>, inbox: i64, occasion: Occasion, addresses: &[&str]) -> Result<bool> {
    let mut select = tx.prepare_cached(
        "SELECT 1 FROM automatic_answer WHERE inbox_id = ?1 AND address = ?2 AND kind = ?3 AND sent_at > ?4",
    )?;
    for address in addresses {
        if select.exists(params![inbox, address, occasion.as_str(), tx.now() - DAY])? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether an answer may leave from this inbox now. The one too many stops all of them and tells the owner.
fn may_leave(tx: &Tx<'_>, inbox: i64) -> Result<bool> {
    let stopped = tx
        .prepare_cached("SELECT 1 FROM answer_stop WHERE inbox_id = ?1 AND stopped_at > ?2")?
        .exists(params![inbox, tx.now() - DAY])?;
    if stopped {
        return Ok(false);
    }
    let sent: i64 = tx
        .prepare_cached("SELECT count(DISTINCT message_id) FROM automatic_answer WHERE inbox_id = ?1 AND sent_at > ?2")?
        .query_row(params![inbox, tx.now() - HOUR], |row| row.get(0))?;
    if sent < MOST {
        return Ok(true);
    }
    tx.prepare_cached(
        "INSERT INTO answer_stop (inbox_id, stopped_at) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET stopped_at = excluded.stopped_at",
    )?
    .execute(params![inbox, tx.now()])?;
    inboxes::watch::tell_stopped(tx, inbox)?;
    tx.emit(Event::AnswersStopped { inbox })?;
    Ok(false)
}

/// The answer as a message of its own. The line of the list stays the customer's, and they still wait.
fn insert(
    tx: &Tx<'_>,
    conversation: i64,
    (inbox, name): (i64, &str),
    about: i64,
    incoming: &Incoming,
    (text, recipients): (&str, &Recipients),
) -> Result<i64> {
    Ok(tx
        .prepare_cached(
            "INSERT INTO message (id, conversation_id, inbox_id, kind, sender_name, subject, text, recipients, delivery,
                                  written_at, created_at, way, answers_id)
             VALUES ((SELECT id FROM next_message), ?1, ?2, 'outgoing', ?3, ?4, ?5, ?6, 'queued', ?7, ?7, 'automatic', ?8)",
        )?
        .insert(params![
            conversation,
            inbox,
            name,
            incoming.subject,
            text,
            serde_json::to_string(recipients)?,
            tx.now(),
            about
        ])?)
}

/// Removes what is too old to matter.
///
/// # Errors
/// Database errors.
pub fn purge(tx: &Tx<'_>) -> Result<usize> {
    Ok(tx.prepare_cached("DELETE FROM automatic_answer WHERE sent_at < ?1")?.execute([tx.now() - 2 * DAY])?)
}
