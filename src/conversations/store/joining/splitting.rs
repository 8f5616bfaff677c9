//! Messages are split off into a conversation of their own. Answers to them come there, whatever address they go to.

use rusqlite::params;

use super::super::super::model::{Extent, MessageKind, Recipients, Scope, Splitting, Way};
use super::super::show::require;
use super::super::{assignment, audience, mentions};
use super::{carrying, lines, marks};
use crate::auth::Viewer;
use crate::contacts::normalize_email;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;

/// What is split off: messages of a conversation from one on, up to one.
#[derive(Clone, Copy)]
struct Span {
    conversation: i64,
    first: i64,
    last: i64,
}

/// The conversation that they come from.
struct Origin {
    subject: String,
    contact: i64,
    assignee: Option<i64>,
    is_spam: bool,
    unanswered: bool,
}

/// A message that could be split off, for the question before.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it, or it is a note: a note belongs to what it is about.
pub fn look(connection: &Connection, viewer: &Viewer, message: i64) -> Result<Splitting> {
    let mut select = connection.prepare_cached(
        "SELECT m.conversation_id, coalesce(nullif(m.sender_name, ''), m.sender_address), substr(m.text, 1, 300),
                (SELECT count(*) FROM message l WHERE l.conversation_id = m.conversation_id AND l.id > m.id)
           FROM message m WHERE m.id = ?1 AND m.kind != 'note'",
    )?;
    let found = select.query_row([message], |row| {
        Ok(Splitting { conversation: row.get(0)?, sender: row.get(1)?, text: row.get(2)?, after: row.get(3)? })
    })?;
    require(connection, viewer, found.conversation)?;
    Ok(found)
}

/// Splits off a message, or it and all that came after; answers the new conversation. It is with who wrote it, or with
/// whom it was written to, and handled by whoever handled the other.
///
/// # Errors
/// As [`look`]; [`Error::Conflict`] when nothing would be left, or it is spam.
pub fn split(tx: &Tx<'_>, by: &Viewer, message: i64, extent: Extent) -> Result<i64> {
    let from = look(tx, by, message)?.conversation;
    let inbox = require(tx, by, from)?;
    let last = if extent == Extent::One { message } else { i64::MAX };
    let span = Span { conversation: from, first: message, last };
    let origin = origin(tx, from)?;
    if origin.is_spam {
        return Err(Error::Conflict("conflict-split-spam"));
    }
    if !leaves_something(tx, span)? {
        return Err(Error::Conflict("conflict-split-all"));
    }
    let (contact, subject) = about(tx, span, &origin)?;
    let into = tx
        .prepare_cached(
            "INSERT INTO conversation (id, inbox_id, contact_id, subject, split_from_id, last_activity_at, created_at)
             VALUES ((SELECT id FROM next_conversation), ?1, ?2, ?3, ?4, ?5, ?5)",
        )?
        .insert(params![inbox, contact, subject, from, tx.now()])?;
    let (own, unread) = (marks::of(tx, from, into)?, mentions::unread(tx, [from, into])?);
    carry(tx, span, into)?;
    let received = marks::unread_after(tx, into, 0)?;
    carrying::count(tx, (from, into), received)?;
    for mark in own {
        let part = marks::unread_after(tx, into, mark.message)?.min(mark.unread);
        marks::put(tx, into, marks::Mark { unread: part, ..mark })?;
        marks::put(tx, from, marks::Mark { unread: mark.unread - part, ..mark })?;
    }
    lines::refresh(tx, from)?;
    lines::refresh(tx, into)?;
    await_answers(tx, (from, into), &origin)?;
    mentions::resettle(tx, &unread, [from, into])?;
    tx.emit(Event::ConversationCreated { conversation: into, inbox, contact })?;
    tx.emit(Event::ConversationSplit { conversation: from, inbox, into, by: by.id })?;
    tx.emit(Event::ConversationSplitOff { conversation: into, inbox, from, by: by.id })?;
    if origin.assignee.is_some() {
        assignment::write(tx, into, inbox, origin.assignee, Some(by.id), None)?;
    }
    Ok(into)
}

fn origin(tx: &Tx<'_>, conversation: i64) -> Result<Origin> {
    let mut select = tx.prepare_cached(
        "SELECT c.subject, c.contact_id, u.id, c.spam, c.unanswered
           FROM conversation c LEFT JOIN user u ON u.id = c.assignee_id AND u.state = 'active' WHERE c.id = ?1",
    )?;
    Ok(select.query_row([conversation], |row| {
        Ok(Origin {
            subject: row.get(0)?,
            contact: row.get(1)?,
            assignee: row.get(2)?,
            is_spam: row.get(3)?,
            unanswered: row.get(4)?,
        })
    })?)
}

/// Whether a mail is left behind: notes alone are no conversation.
fn leaves_something(tx: &Tx<'_>, Span { conversation, first, last }: Span) -> Result<bool> {
    Ok(tx
        .prepare_cached("SELECT 1 FROM message WHERE conversation_id = ?1 AND (id < ?2 OR id > ?3) AND kind != 'note'")?
        .exists([conversation, first, last])?)
}

/// With whom, and what about: by the first message of the customer among them, else as before.
fn about(tx: &Tx<'_>, span: Span, origin: &Origin) -> Result<(i64, String)> {
    let mut select = tx.prepare_cached(
        "SELECT contact_id, subject FROM message
          WHERE conversation_id = ?1 AND id BETWEEN ?2 AND ?3 AND kind = 'incoming' AND contact_id IS NOT NULL
          ORDER BY id LIMIT 1",
    )?;
    let mut found = select.query_map([span.conversation, span.first, span.last], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
    })?;
    let (contact, subject) = found.next().transpose()?.unwrap_or_else(|| (origin.contact, origin.subject.clone()));
    Ok((contact, if subject.is_empty() { origin.subject.clone() } else { subject }))
}

/// The messages, who takes part by them, and answers to them that were begun.
fn carry(tx: &Tx<'_>, Span { conversation, first, last }: Span, into: i64) -> Result<()> {
    tx.prepare_cached("UPDATE message SET conversation_id = ?2 WHERE conversation_id = ?1 AND id BETWEEN ?3 AND ?4")?
        .execute([conversation, into, first, last])?;
    tx.prepare_cached(
        "UPDATE draft SET conversation_id = ?2 WHERE conversation_id = ?1 AND about_id BETWEEN ?3 AND ?4",
    )?
    .execute([conversation, into, first, last])?;
    // Whoever begins a conversation is known in it.
    tx.prepare_cached(
        "UPDATE message SET unfamiliar = 0
          WHERE conversation_id = ?1 AND unfamiliar = 1
            AND contact_id = (SELECT c.contact_id FROM conversation c WHERE c.id = ?1)",
    )?
    .execute([into])?;
    let mut select = tx.prepare_cached(
        "SELECT kind, sender_address, recipients, way FROM message
          WHERE conversation_id = ?1 AND kind != 'note' AND unfamiliar = 0 ORDER BY id",
    )?;
    let rows = select.query_map([into], |row| {
        let recipients: Recipients = serde_json::from_str(row.get_ref(2)?.as_str()?).unwrap_or_default();
        let kind = MessageKind::parse(row.get_ref(0)?.as_str()?);
        Ok((kind, row.get::<_, String>(1)?, recipients, Way::parse(row.get_ref(3)?.as_str()?)))
    })?;
    for (kind, sender, recipients, way) in rows.collect::<rusqlite::Result<Vec<_>>>()? {
        let scope = if way == Way::Forward { Scope::Forward } else { Scope::All };
        audience::add(tx, into, &recipients, scope)?;
        if kind == MessageKind::Incoming && !sender.is_empty() {
            tx.prepare_cached(
                "INSERT INTO participant (conversation_id, address) VALUES (?1, ?2)
                 ON CONFLICT DO UPDATE SET origin = 'wrote'",
            )?
            .execute(params![into, normalize_email(&sender)])?;
        }
    }
    Ok(())
}

/// Where somebody outside wrote last, the new one waits for an answer; the other one does only if it did before.
fn await_answers(tx: &Tx<'_>, (from, into): (i64, i64), origin: &Origin) -> Result<()> {
    tx.prepare_cached("UPDATE conversation SET unanswered = ?2 AND last_kind = 'incoming' WHERE id = ?1")?
        .execute(params![from, origin.unanswered])?;
    tx.prepare_cached(
        "UPDATE conversation
            SET unanswered = last_kind = 'incoming'
                             AND EXISTS (SELECT 1 FROM message m
                                          WHERE m.conversation_id = ?1 AND m.kind = 'incoming'
                                            AND m.automatic IS NULL AND m.imported = 0)
          WHERE id = ?1",
    )?
    .execute([into])?;
    Ok(())
}
