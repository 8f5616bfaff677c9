//! What became of messages: reactions, other words, taking back. Each piece is journaled and becomes a row; what the page
//! shows is what the rows amount to in the order of their times, so that the order in which they come is no matter. A piece
//! about a message that has not come waits for it, a month at most.

use rusqlite::{OptionalExtension, params};

use super::super::model::{Incoming, Nature, Outcome, Receipt, Sequel, Turn, TurnKind, preview};
use super::automatic::{self, Begun};
use super::closure::reopen_by;
use super::inbound::{journal, takes_part};
use super::snooze;
use crate::blobs;
use crate::clock::DAY;
use crate::contacts;
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::events::{Event, Waking};
use crate::inboxes::store::{Way, touch};

/// How long a piece waits for the message that it is about.
const WAITS: i64 = 30 * DAY;
/// Pieces removed in one transaction.
const SWEEP: i64 = 200;
/// Letters of a reaction: a few emoji.
const REACTION: usize = 16;

/// A message that something is about.
#[derive(Debug, Clone, Copy)]
struct Subject {
    message: i64,
    conversation: i64,
    /// Where the conversation stands now; the message may have come to another one.
    inbox: i64,
    /// The contact who wrote it; none: we did.
    writer: Option<i64>,
}

/// Whether a message says something still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    Yes,
    /// It was taken back.
    No,
}

/// Takes a piece that is about a message that was sent before; `None` for one that is a message itself, or has words of its
/// own and nothing here that they could be about (a mail is then shown as the mail that it is).
///
/// # Errors
/// Database errors; nothing is kept then.
pub(super) fn take(tx: &Tx<'_>, inbox: i64, channel: &str, incoming: &Incoming, raw: i64) -> Result<Option<Receipt>> {
    let Some(about) = incoming.nature.about() else { return Ok(None) };
    let subject = find(tx, inbox, about)?;
    if incoming.has_words() {
        let is_theirs = |subject: Subject| takes_part(tx, subject.conversation, &incoming.sender.address);
        if !subject.map(is_theirs).transpose()?.unwrap_or(false) {
            return Ok(None);
        }
    }
    let contact = contacts::recognize(tx, channel, &incoming.sender.name, &incoming.sender.address)?;
    let message = subject.map(|subject| subject.message);
    let piece = journal(tx, inbox, incoming, raw, (Outcome::Sequel, message))?;
    let (kind, text) = turn(&incoming.nature);
    tx.prepare_cached(
        "INSERT INTO sequel (inbound_id, inbox_id, about, message_id, kind, contact_id, text, happened_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        piece,
        inbox,
        about,
        message,
        kind.as_str(),
        contact,
        text,
        incoming.written_at.unwrap_or_else(|| incoming.arrival.at(tx.now()))
    ])?;
    if let Some(subject) = subject {
        let stands = follow(tx, subject)?;
        let is_said = kind == TurnKind::Edit && subject.writer == Some(contact) && !incoming.arrival.is_silent();
        if is_said && stands == Stands::Yes {
            speak_again(tx, subject)?;
        }
    }
    if !incoming.arrival.is_silent() {
        touch(tx, inbox, Way::In, tx.now())?;
    }
    let (conversation, message) = subject.map_or((0, 0), |subject| (subject.conversation, subject.message));
    Ok(Some(Receipt { conversation, message, outcome: Outcome::Sequel }))
}

/// What is stored of a piece.
fn turn(nature: &Nature) -> (TurnKind, String) {
    match nature {
        Nature::Reaction { emoji, .. } => {
            let emoji = emoji.iter().flat_map(|emoji| emoji.chars()).filter(|letter| !letter.is_control());
            (TurnKind::Reaction, emoji.take(REACTION).collect())
        }
        Nature::Edit { text, .. } => (TurnKind::Edit, text.clone()),
        Nature::Deletion { .. } | Nature::Message | Nature::Unknown { .. } => (TurnKind::Deletion, String::new()),
    }
}

fn find(tx: &Tx<'_>, inbox: i64, about: &str) -> Result<Option<Subject>> {
    Ok(tx
        .prepare_cached(
            "SELECT m.id, m.conversation_id, c.inbox_id, CASE m.kind WHEN 'incoming' THEN m.contact_id END
               FROM message m JOIN conversation c ON c.id = m.conversation_id
              WHERE m.inbox_id = ?1 AND m.external_id = ?2 AND m.kind != 'note'",
        )?
        .query_row(params![inbox, about], |row| {
            Ok(Subject { message: row.get(0)?, conversation: row.get(1)?, inbox: row.get(2)?, writer: row.get(3)? })
        })
        .optional()?)
}

/// Lets a message that has come or got its id have what waited for it.
///
/// # Errors
/// Database errors.
pub(super) fn join(tx: &Tx<'_>, inbox: i64, external_id: &str) -> Result<()> {
    let waits = tx
        .prepare_cached("SELECT 1 FROM sequel WHERE inbox_id = ?1 AND about = ?2 AND message_id IS NULL")?
        .exists(params![inbox, external_id])?;
    if !waits {
        return Ok(());
    }
    let Some(subject) = find(tx, inbox, external_id)? else { return Ok(()) };
    tx.prepare_cached(
        "UPDATE inbound SET message_id = ?3
          WHERE id IN (SELECT inbound_id FROM sequel WHERE inbox_id = ?1 AND about = ?2 AND message_id IS NULL)",
    )?
    .execute(params![inbox, external_id, subject.message])?;
    tx.prepare_cached("UPDATE sequel SET message_id = ?3 WHERE inbox_id = ?1 AND about = ?2 AND message_id IS NULL")?
        .execute(params![inbox, external_id, subject.message])?;
    follow(tx, subject).map(|_| ())
}

/// Makes a message and the line of the list say what its rows amount to, and answers whether it still says something. Only
/// who wrote it edits it or takes it back: what others claim stays in the journal alone.
fn follow(tx: &Tx<'_>, subject: Subject) -> Result<Stands> {
    tx.prepare_cached(
        "DELETE FROM sequel WHERE message_id = ?1 AND kind IN ('edit', 'deletion') AND contact_id IS NOT ?2",
    )?
    .execute(params![subject.message, subject.writer])?;
    let is_withdrawn = tx
        .prepare_cached("SELECT 1 FROM sequel WHERE message_id = ?1 AND kind = 'deletion'")?
        .exists([subject.message])?;
    if is_withdrawn {
        tx.overwriting(|| withdraw(tx, subject))?;
    } else {
        edit(tx, subject)?;
    }
    let (conversation, inbox) = (subject.conversation, subject.inbox);
    tx.emit(Event::MessageChanged { conversation, inbox, message: subject.message })?;
    Ok(if is_withdrawn { Stands::No } else { Stands::Yes })
}

/// Its words are gone from the page, the list, the search and the exports; the piece as it came stays as long as all
/// originals do.
fn withdraw(tx: &Tx<'_>, subject: Subject) -> Result<()> {
    tx.prepare_cached("DELETE FROM sequel WHERE message_id = ?1 AND kind IN ('original', 'edit')")?
        .execute([subject.message])?;
    tx.prepare_cached(
        "UPDATE message SET text = '', quoted = '', html = NULL, quoted_html = NULL, remote_images = 0, invitation = NULL
          WHERE id = ?1",
    )?
    .execute([subject.message])?;
    show(tx, subject, "")
}

/// Its newest words stand in the message, where all that reads messages finds them; those before are kept beside it.
fn edit(tx: &Tx<'_>, subject: Subject) -> Result<()> {
    let newest: Option<String> = tx
        .prepare_cached(
            "SELECT text FROM sequel WHERE message_id = ?1 AND kind = 'edit' ORDER BY happened_at DESC, id DESC LIMIT 1",
        )?
        .query_row([subject.message], |row| row.get(0))
        .optional()?;
    let Some(newest) = newest else { return Ok(()) };
    tx.prepare_cached(
        "INSERT INTO sequel (inbox_id, about, message_id, kind, contact_id, text, happened_at)
         SELECT inbox_id, coalesce(external_id, ''), id, 'original', contact_id, text, 0 FROM message m
          WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM sequel s WHERE s.message_id = m.id AND s.kind = 'original')",
    )?
    .execute([subject.message])?;
    tx.prepare_cached(
        "UPDATE message SET text = ?2, html = NULL, quoted = '', quoted_html = NULL, remote_images = 0 WHERE id = ?1",
    )?
    .execute(params![subject.message, newest])?;
    show(tx, subject, &preview(&newest))
}

/// The line of the list, if it shows this message.
fn show(tx: &Tx<'_>, subject: Subject, line: &str) -> Result<()> {
    tx.prepare_cached(
        "UPDATE conversation SET preview = ?3
          WHERE id = ?1 AND last_kind = 'incoming'
            AND ?2 = (SELECT max(id) FROM message WHERE conversation_id = ?1 AND kind = 'incoming')",
    )?
    .execute(params![subject.conversation, subject.message, line])?;
    Ok(())
}

/// New words of a person: whoever answered the old ones may have to answer again, so an edit opens, brings back and waits
/// as a message does. A reaction asks for nothing and a message taken back asks for less than before: they leave all of it
/// as it is. No notice goes out and nothing counts as unread: nobody hears of a typo that was mended.
fn speak_again(tx: &Tx<'_>, subject: Subject) -> Result<()> {
    let (conversation, inbox) = (subject.conversation, subject.inbox);
    let was_closed = reopen_by(tx, conversation, inbox, None)?;
    snooze::wake_by(tx, conversation, inbox, (Waking::Message, None))?;
    let is_wanted = tx
        .prepare_cached(
            "UPDATE conversation SET last_activity_at = max(last_activity_at, ?2), unanswered = iif(spam = 0, 1, unanswered)
              WHERE id = ?1 RETURNING spam = 0",
        )?
        .query_row(params![conversation, tx.now()], |row| row.get(0))?;
    if was_closed && is_wanted { automatic::hand_out(tx, conversation, inbox, Begun::Again) } else { Ok(()) }
}

/// What became of a message.
///
/// # Errors
/// Database errors.
pub(super) fn of(connection: &Connection, message: i64) -> Result<Sequel> {
    let mut select = connection.prepare_cached(
        "SELECT s.kind, s.contact_id, s.text, s.happened_at,
                coalesce(nullif(t.name, ''),
                         (SELECT p.value FROM contact_point p WHERE p.contact_id = t.id AND p.is_primary = 1 LIMIT 1), '')
           FROM sequel s JOIN contact t ON t.id = s.contact_id
          WHERE s.message_id = ?1 ORDER BY s.happened_at, s.id",
    )?;
    let turns = select.query_map([message], |row| {
        Ok(Turn {
            kind: TurnKind::parse(row.get_ref(0)?.as_str()?),
            contact: row.get(1)?,
            text: row.get(2)?,
            at: row.get(3)?,
            name: row.get(4)?,
        })
    })?;
    Ok(Sequel::of(turns.collect::<rusqlite::Result<_>>()?))
}

/// Removes pieces whose message did not come within a month; says how many.
///
/// # Errors
/// Database errors.
pub fn purge(tx: &Tx<'_>) -> Result<usize> {
    let mut select = tx.prepare_cached(
        "SELECT i.id, i.raw_id FROM sequel s JOIN inbound i ON i.id = s.inbound_id
          WHERE s.message_id IS NULL AND i.received_at < ?1 LIMIT ?2",
    )?;
    let old = select.query_map([tx.now() - WAITS, SWEEP], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let old = old.collect::<rusqlite::Result<Vec<(i64, i64)>>>()?;
    for (piece, raw) in &old {
        tx.prepare_cached("DELETE FROM inbound WHERE id = ?1")?.execute([piece])?;
        blobs::discard(tx, *raw)?;
    }
    Ok(old.len())
}
