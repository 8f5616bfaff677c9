//! What people of ours write. An answer is stored and queued in one transaction; a note is stored and nothing else: no
//! other code makes a message that leaves.

use rusqlite::{OptionalExtension, params};
use serde_json::json;

use super::super::model::{
    Addressed, IncomingFile, LONGEST, MessageKind, Recipients, Scope, Way, Window, Written, preview, subject,
};
use super::closure::reopen_by;
use super::reading::wrote;
use super::show::{require, require_of};
use super::spam::clear_by;
use super::{audience, keeping, mentions, signatures};
use crate::auth::Viewer;
use crate::clock::Millis;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::events::Event;
use crate::inboxes::{self, Capabilities};
use crate::jobs::{self, NewJob};
use crate::keys;

/// The kind of job that delivers a message.
pub const DELIVER: &str = "deliver";

/// Stores what a person wrote and answers its id; the same `client_id` again answers the same id. Writing an answer opens a
/// closed conversation.
///
/// # Errors
/// [`Error::NotFound`] when they may not see the conversation; [`Error::Invalid`] when it is empty, too long, or would
/// go to nobody.
pub fn write(tx: &Tx<'_>, by: &Viewer, conversation: i64, written: &Written) -> Result<i64> {
    send(tx, by, conversation, written, &Addressed::default())
}

/// The same to chosen people, about a chosen message. A message that is passed on answers nobody: whoever waits still
/// waits.
///
/// # Errors
/// As [`write`]; also [`Error::NotFound`] for a message that stays with the team, [`Error::Invalid`] for too many people
/// or our own inboxes among them.
pub fn send(tx: &Tx<'_>, by: &Viewer, conversation: i64, written: &Written, addressed: &Addressed) -> Result<i64> {
    send_as(tx, Author::from(by), conversation, (written, addressed), None)
}

/// Who writes: somebody who is signed in, or whose answer waited.
#[derive(Clone, Copy)]
pub(super) struct Author<'a> {
    pub id: i64,
    pub name: &'a str,
}

impl<'a> From<&'a Viewer> for Author<'a> {
    fn from(viewer: &'a Viewer) -> Self {
        Self { id: viewer.id, name: &viewer.name }
    }
}

/// The same for an answer that has waited since it was written: what was put away after that stays away.
pub(super) fn send_as(
    tx: &Tx<'_>,
    by: Author<'_>,
    conversation: i64,
    (written, addressed): (&Written, &Addressed),
    since: Option<Millis>,
) -> Result<i64> {
    let inbox = require_of(tx, by.id, conversation)?;
    if let Some(message) = already(tx, conversation, written)? {
        return Ok(message);
    }
    check(tx, (conversation, inbox), written, addressed)?;
    if written.kind != MessageKind::Outgoing {
        let message = insert(tx, by, conversation, inbox, written, &Letter::default())?;
        attach(tx, message, &written.files)?;
        tx.emit(Event::NoteWritten { conversation, inbox, message, user: by.id })?;
        mentions::keep(tx, by.id, (conversation, inbox), message, &written.text)?;
        wrote(tx, by.id, conversation, message)?;
        keeping::trim(tx, conversation)?;
        return Ok(message);
    }
    let letter = letter(tx, by, conversation, inbox, addressed)?;
    let message = insert(tx, by, conversation, inbox, written, &letter)?;
    attach(tx, message, &written.files)?;
    pass_on(tx, message, &letter, &addressed.keep)?;
    audience::add(tx, conversation, &letter.recipients, addressed.scope)?;
    if addressed.scope == Scope::Forward {
        tx.emit(Event::MessageForwarded { conversation, inbox, message, user: by.id })?;
    } else {
        if !put_away_since(tx, conversation, since)? {
            clear_by(tx, conversation, inbox, Some(by.id))?;
            reopen_by(tx, conversation, inbox, Some(by.id))?;
        }
        show_last(tx, conversation, written)?;
        tx.emit(Event::MessageWritten { conversation, inbox, message, user: by.id })?;
    }
    queue(tx, conversation, message)?;
    wrote(tx, by.id, conversation, message)?;
    keeping::trim(tx, conversation)?;
    Ok(message)
}

/// Whether somebody closed it or called it spam after this time. An answer of now brings it back.
fn put_away_since(tx: &Tx<'_>, conversation: i64, since: Option<Millis>) -> Result<bool> {
    let Some(since) = since else { return Ok(false) };
    Ok(tx
        .prepare_cached(
            "SELECT 1 FROM closure WHERE conversation_id = ?1 AND reopened_at IS NULL AND closed_at > ?2
             UNION ALL
             SELECT 1 FROM spam_verdict WHERE conversation_id = ?1 AND cleared_at IS NULL AND marked_at > ?2",
        )?
        .exists([conversation, since])?)
}

/// What an answer has that a note has not.
#[derive(Default)]
struct Letter {
    way: Way,
    about: Option<i64>,
    recipients: Recipients,
    subject: String,
    signature: String,
}

fn letter(tx: &Tx<'_>, by: Author<'_>, conversation: i64, inbox: i64, addressed: &Addressed) -> Result<Letter> {
    let found = audience::of(tx, conversation, addressed.about, addressed.scope)?;
    let recipients = addressed.recipients.clone().unwrap_or(found.recipients);
    audience::check(tx, &recipients)?;
    let subject = if found.subject.is_empty() {
        tx.prepare_cached("SELECT subject FROM conversation WHERE id = ?1")?
            .query_row([conversation], |row| row.get(0))?
    } else {
        found.subject
    };
    let (way, subject) = match addressed.scope {
        Scope::Forward => (Way::Forward, subject::forwarded(&subject)),
        Scope::All | Scope::One => (Way::Reply, subject),
    };
    let signature = signatures::below_of(tx, (by.id, by.name), inbox)?;
    Ok(Letter { way, about: found.about, recipients, subject, signature })
}

/// Ties the chosen files of the message that goes on to the one it goes on with. Their contents are the same.
fn pass_on(tx: &Tx<'_>, message: i64, letter: &Letter, keep: &[String]) -> Result<()> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO attachment (key, message_id, blob_id, name, mime)
         SELECT ?1, ?2, blob_id, name, mime FROM attachment WHERE key = ?3 AND message_id = ?4",
    )?;
    for key in keep {
        insert.execute(params![keys::random_text::<16>()?, message, key, letter.about])?;
    }
    Ok(())
}

pub(super) fn already(tx: &Tx<'_>, conversation: i64, written: &Written) -> Result<Option<i64>> {
    let Some(client_id) = &written.client_id else { return Ok(None) };
    Ok(tx
        .prepare_cached("SELECT id FROM message WHERE conversation_id = ?1 AND client_id = ?2")?
        .query_row(params![conversation, client_id], |row| row.get(0))
        .optional()?)
}

/// Why nothing may be sent through an inbox now: a message key.
fn held_back(tx: &Tx<'_>, inbox: i64) -> Result<Option<&'static str>> {
    let blocked = inboxes::store::health::blocked(tx, inbox)?;
    Ok(blocked.map(|blocked| if blocked.since.is_some() { "message-inbox-lost" } else { "message-inbox-off" }))
}

/// Refuses what cannot be sent or kept: judged again when an answer that waited leaves.
pub(super) fn check(
    tx: &Tx<'_>,
    (conversation, inbox): (i64, i64),
    written: &Written,
    addressed: &Addressed,
) -> Result<()> {
    let is_answer = written.kind == MessageKind::Outgoing;
    let says_something = addressed.scope == Scope::Forward && is_answer;
    if !says_something && written.text.trim().is_empty() && written.files.is_empty() {
        return Err(Error::field("text", "message-empty"));
    }
    if written.text.chars().count() > LONGEST {
        return Err(Error::field("text", "message-too-long"));
    }
    if !is_answer {
        return Ok(());
    }
    if let Some(key) = held_back(tx, inbox)? {
        return Err(Error::field("text", key));
    }
    let capabilities = inboxes::store::get(tx, inbox)?.capabilities;
    if is_shut(tx, conversation, &capabilities)? {
        return Err(Error::field("text", "message-window-closed"));
    }
    if capabilities.text_limit.is_some_and(|limit| capabilities.unit.length(&written.text) > limit as usize) {
        return Err(Error::field("text", "message-too-long"));
    }
    if written.files.iter().any(|file| file.blob.size > capabilities.file_limit) {
        return Err(Error::field("text", "message-file-over"));
    }
    Ok(())
}

/// Whether the channel takes no answer now: the contact wrote too long ago.
fn is_shut(tx: &Tx<'_>, conversation: i64, capabilities: &Capabilities) -> Result<bool> {
    if capabilities.window.is_none() {
        return Ok(false);
    }
    let last = tx
        .prepare_cached("SELECT last_incoming_at FROM conversation WHERE id = ?1")?
        .query_row([conversation], |row| row.get(0))?;
    Ok(Window::of(capabilities, last).is_some_and(|window| !window.is_open(tx.now())))
}

fn insert(
    tx: &Tx<'_>,
    by: Author<'_>,
    conversation: i64,
    inbox: i64,
    written: &Written,
    letter: &Letter,
) -> Result<i64> {
    let kind = if written.kind == MessageKind::Outgoing { MessageKind::Outgoing } else { MessageKind::Note };
    let id = tx
        .prepare_cached(
            "INSERT INTO message (id, conversation_id, inbox_id, kind, user_id, sender_name, subject, text, recipients,
                                  client_id, delivery, written_at, created_at, way, answers_id, signature)
             VALUES ((SELECT id FROM next_message), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?12, ?13, ?14)",
        )?
        .insert(params![
            conversation,
            inbox,
            kind.as_str(),
            by.id,
            by.name,
            letter.subject,
            written.text,
            serde_json::to_string(&letter.recipients)?,
            written.client_id,
            (kind == MessageKind::Outgoing).then_some("queued"),
            tx.now(),
            letter.way.as_str(),
            letter.about,
            letter.signature
        ])?;
    Ok(id)
}

/// Ties stored contents to a message.
pub(super) fn attach(tx: &Tx<'_>, message: i64, files: &[IncomingFile]) -> Result<()> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO attachment (key, message_id, blob_id, name, mime, content_id, inline, width, height)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for file in files {
        let name: String = file.name.chars().take(255).collect();
        let (width, height) = file.edges.unzip();
        insert.execute(params![
            file.key,
            message,
            file.blob.id,
            name,
            file.mime,
            file.content_id,
            file.inline,
            width,
            height
        ])?;
    }
    Ok(())
}

/// The line of the list: our answer, and nobody waits any more.
fn show_last(tx: &Tx<'_>, conversation: i64, written: &Written) -> Result<()> {
    let line = if written.text.trim().is_empty() {
        written.files.first().map_or(String::new(), |file| file.name.clone())
    } else {
        preview(&written.text)
    };
    tx.prepare_cached(
        "UPDATE conversation SET preview = ?2, last_kind = 'outgoing', last_delivery = 'queued',
                                 last_activity_at = max(last_activity_at, ?3), unanswered = 0
          WHERE id = ?1",
    )?
    .execute(params![conversation, line, tx.now()])?;
    Ok(())
}

/// The key of the job that delivers a message.
pub(super) fn job_key(message: i64) -> String {
    format!("message-{message}")
}

pub(super) fn queue(tx: &Tx<'_>, conversation: i64, message: i64) -> Result<()> {
    let (key, lane) = (job_key(message), format!("conversation-{conversation}"));
    let payload = json!({ "message": message });
    jobs::enqueue(
        tx,
        &NewJob { kind: DELIVER, key: Some(&key), lane: Some(&lane), payload: &payload, run_at: tx.now() },
    )
}

/// Sends a message that failed, or of which nobody knows, once more, and answers its conversation.
///
/// # Errors
/// [`Error::NotFound`] when they may not see it; [`Error::Conflict`] when it is on its way or has arrived.
pub fn retry(tx: &Tx<'_>, by: &Viewer, message: i64) -> Result<i64> {
    // It leaves by the inbox that it was composed for, wherever its conversation stands now.
    let (conversation, way): (i64, i64) = tx
        .prepare_cached("SELECT conversation_id, inbox_id FROM message WHERE id = ?1 AND kind = 'outgoing'")?
        .query_row([message], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let inbox = require(tx, by, conversation)?;
    if let Some(key) = held_back(tx, way)? {
        return Err(Error::Conflict(key));
    }
    if is_shut(tx, conversation, &inboxes::store::get(tx, way)?.capabilities)? {
        return Err(Error::Conflict("message-window-closed"));
    }
    let changed = tx
        .prepare_cached(
            "UPDATE message SET delivery = 'queued', delivery_error = NULL, delivery_detail = NULL,
                                resent = max(resent, delivery = 'uncertain')
              WHERE id = ?1 AND delivery IN ('failed', 'uncertain')",
        )?
        .execute([message])?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-already-sent"));
    }
    jobs::forget(tx, &job_key(message))?;
    queue(tx, conversation, message)?;
    tx.emit(Event::DeliveryChanged { conversation, inbox, message })?;
    Ok(conversation)
}

/// Lets the answers of an inbox that wait for their next try leave at once: its way out works again.
///
/// # Errors
/// Database errors.
pub fn hasten(tx: &Tx<'_>, inbox: i64) -> Result<()> {
    let mut select = tx.prepare_cached("SELECT id FROM message WHERE inbox_id = ?1 AND delivery = 'queued'")?;
    let waiting = select.query_map([inbox], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    waiting.into_iter().try_for_each(|message| jobs::hasten(tx, &job_key(message)))
}
