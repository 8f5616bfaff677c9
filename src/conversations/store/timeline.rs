//! What was said and what happened in a conversation, in order.

use rusqlite::{Row as SqlRow, params};

use super::super::model::{
    Attachment, Delivery, Fact, Images, Message, MessageKind, Person, Recipients, Sequel, Way, What,
};
use super::joining::told as joining;
use super::show::require;
use super::{macros, mentions, sequels, tags};
use crate::auth::Viewer;
use crate::db::Connection;
use crate::error::Result;
use crate::events::{Event, Why};

/// Messages of one page.
const PAGE: usize = 40;
/// A conversation of more messages is folded: its first message, and the newest.
const WHOLE: i64 = 30;
/// The newest of a folded conversation.
const NEWEST: usize = 20;
/// Messages of one refetch at most.
const MOST: usize = 400;

/// Which messages of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// The newest page.
    Latest,
    /// So many of the newest, more than a page if need be.
    Newest(usize),
    /// This message and all that came after.
    From(i64),
    /// The page before this message.
    Before(i64),
}

/// A stretch of a conversation.
#[derive(Debug)]
pub struct Timeline {
    /// Oldest first.
    pub messages: Vec<Message>,
    /// What happened in the same stretch, oldest first.
    pub facts: Vec<Fact>,
    /// Whether there are earlier messages.
    pub earlier: bool,
    /// Of a conversation with earlier messages: its first one, and how many lie between.
    pub beginning: Option<(Box<Message>, i64)>,
}

/// A stretch of a conversation that this person may see.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn read(connection: &Connection, viewer: &Viewer, conversation: i64, window: Window) -> Result<Timeline> {
    require(connection, viewer, conversation)?;
    let (first, count): (i64, i64) = connection
        .prepare_cached("SELECT coalesce(min(id), 0), count(*) FROM message WHERE conversation_id = ?1")?
        .query_row([conversation], |row| Ok((row.get(0)?, row.get(1)?)))?;
    // The first message stands above a folded conversation and not among the others.
    let (from, before, page) = match window {
        Window::Latest if count > WHOLE => (first + 1, i64::MAX, NEWEST),
        Window::Newest(most) if count > WHOLE => (first + 1, i64::MAX, most.clamp(NEWEST, MOST)),
        Window::Latest | Window::Newest(_) => (0, i64::MAX, PAGE),
        Window::From(id) => (id, i64::MAX, MOST),
        Window::Before(id) => (first + 1, id, PAGE),
    };
    let mut messages = stretch(connection, conversation, (from, before, page + 1))?;
    let paged = !matches!(window, Window::From(_));
    let earlier = if paged { messages.len() > page } else { has_earlier(connection, conversation, from)? };
    if paged {
        messages.truncate(page);
    }
    messages.reverse();
    for message in &mut messages {
        complete(connection, message)?;
    }
    let facts = facts(
        (connection, viewer),
        conversation,
        &messages,
        if earlier { Start::Messages } else { Start::Everything },
        window,
    )?;
    let beginning = beginning(connection, conversation, first, messages.first().map_or(0, |oldest| oldest.id))?;
    Ok(Timeline { messages, facts, earlier, beginning })
}

/// The first message, where it is not shown already, and how many lie between it and the oldest that is shown.
fn beginning(
    connection: &Connection,
    conversation: i64,
    first: i64,
    oldest: i64,
) -> Result<Option<(Box<Message>, i64)>> {
    if oldest <= first {
        return Ok(None);
    }
    let between: i64 = connection
        .prepare_cached("SELECT count(*) FROM message WHERE conversation_id = ?1 AND id > ?2 AND id < ?3")?
        .query_row([conversation, first, oldest], |row| row.get(0))?;
    let Some(mut message) = stretch(connection, conversation, (first, first + 1, 1))?.pop() else { return Ok(None) };
    complete(connection, &mut message)?;
    Ok(Some((Box::new(message), between)))
}

/// What belongs to a message and stands in rows of its own.
fn complete(connection: &Connection, message: &mut Message) -> Result<()> {
    message.attachments = attachments(connection, message.id)?;
    if message.kind == MessageKind::Note {
        message.mentions = mentions::words(connection, message.id)?;
    } else {
        message.sequel = sequels::of(connection, message.id)?;
    }
    Ok(())
}

/// The newest messages between two ids, newest first.
fn stretch(
    connection: &Connection,
    conversation: i64,
    (from, before, limit): (i64, i64, usize),
) -> Result<Vec<Message>> {
    let mut select = connection.prepare_cached(
        "SELECT id, kind, coalesce(user_id, contact_id, 0), sender_name, sender_address, recipients, text, quoted,
                html IS NOT NULL, quoted_html IS NOT NULL, delivery, delivery_error, delivery_detail, resent, sent_at,
                automatic, unfamiliar, oversize, unreadable, remote_images, raw_id IS NOT NULL, written_at, created_at,
                subject, way, spam, protection, invitation,
                CASE WHEN remote_images = 0 THEN 0
                     WHEN EXISTS (SELECT 1 FROM image_sender WHERE address = lower(sender_address)) THEN 2
                     ELSE EXISTS (SELECT 1 FROM image_consent WHERE message_id = message.id) END,
                CASE WHEN remote_images = 0 THEN 0
                     ELSE (SELECT count(*) FROM remote_image p
                            WHERE p.message_id = message.id AND p.blob_id IS NULL AND p.mime = '') END,
                unknown_kind
           FROM message WHERE conversation_id = ?1 AND id >= ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4",
    )?;
    let rows = select.query_map(params![conversation, from, before, limit], message)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many messages there are from this one on, up to what one page holds.
///
/// # Errors
/// Database errors.
pub fn since(connection: &Connection, conversation: i64, message: i64) -> Result<usize> {
    Ok(connection
        .prepare_cached(
            "SELECT count(*) FROM (SELECT 1 FROM message WHERE conversation_id = ?1 AND id >= ?2 LIMIT ?3)",
        )?
        .query_row(params![conversation, message, MOST], |row| row.get(0))?)
}

fn has_earlier(connection: &Connection, conversation: i64, from: i64) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM message WHERE conversation_id = ?1 AND id < ?2")?
        .exists([conversation, from])?)
}

fn message(row: &SqlRow<'_>) -> rusqlite::Result<Message> {
    let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    let delivery: Option<String> = row.get(10)?;
    let error: Option<String> = row.get(11)?;
    let detail: Option<String> = row.get(12)?;
    Ok(Message {
        id: row.get(0)?,
        kind: MessageKind::parse(text(1)?),
        author: row.get(2)?,
        sender_name: row.get(3)?,
        sender_address: row.get(4)?,
        recipients: serde_json::from_str::<Recipients>(text(5)?).unwrap_or_default(),
        text: row.get(6)?,
        quoted: row.get(7)?,
        has_html: row.get(8)?,
        has_quoted_html: row.get(9)?,
        delivery: delivery.as_deref().and_then(Delivery::parse),
        error: error.map(|key| (key, detail.unwrap_or_default())),
        resent: row.get(13)?,
        sent_at: row.get(14)?,
        automatic: row.get(15)?,
        unfamiliar: row.get(16)?,
        oversize: row.get(17)?,
        unreadable: row.get(18)?,
        remote_images: row.get(19)?,
        has_original: row.get(20)?,
        written_at: row.get(21)?,
        created_at: row.get(22)?,
        subject: row.get(23)?,
        way: Way::parse(text(24)?),
        spam: row.get(25)?,
        protection: row.get(26)?,
        invitation: row.get::<_, Option<String>>(27)?.and_then(|text| serde_json::from_str(&text).ok()),
        images: match row.get(28)? {
            0 => Images::Off,
            1 => Images::Message,
            _ => Images::Sender,
        },
        missing_images: row.get(29)?,
        unknown: row.get(30)?,
        sequel: Sequel::default(),
        attachments: Vec::new(),
        mentions: Vec::new(),
    })
}

/// The files of a message, in their order.
pub(super) fn attachments(connection: &Connection, message: i64) -> Result<Vec<Attachment>> {
    let mut select = connection.prepare_cached(
        "SELECT a.key, a.name, a.mime, b.size, a.blob_id, a.inline, a.width, a.height FROM attachment a JOIN blob b ON b.id = a.blob_id
          WHERE a.message_id = ?1
            AND NOT EXISTS (SELECT 1 FROM sequel s WHERE s.message_id = a.message_id AND s.kind = 'deletion')
          ORDER BY a.id",
    )?;
    let rows = select.query_map([message], attachment)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn attachment(row: &SqlRow<'_>) -> rusqlite::Result<Attachment> {
    let (width, height): (Option<u32>, Option<u32>) = (row.get(6)?, row.get(7)?);
    Ok(Attachment {
        key: row.get(0)?,
        name: row.get(1)?,
        mime: row.get(2)?,
        size: row.get(3)?,
        blob: row.get(4)?,
        inline: row.get(5)?,
        edges: width.zip(height),
    })
}

/// From where on facts are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Everything,
    Messages,
}

/// What happened between the first message shown and, for an earlier page, the last.
fn facts(
    (connection, viewer): (&Connection, &Viewer),
    conversation: i64,
    messages: &[Message],
    start: Start,
    window: Window,
) -> Result<Vec<Fact>> {
    let first = messages.first().map_or(0, |message| message.created_at);
    let from = if start == Start::Messages { first } else { 0 };
    let until = match window {
        Window::Before(_) => messages.last().map_or(0, |message| message.created_at),
        _ => i64::MAX,
    };
    let mut select = connection.prepare_cached(
        "SELECT id, payload, created_at FROM event
          WHERE conversation_id = ?1 AND created_at >= ?2 AND created_at <= ?3
            AND kind IN ('conversation.assigned', 'conversation.closed', 'conversation.reopened', 'conversation.snoozed',
                         'conversation.woken', 'spam.marked', 'spam.cleared', 'participant.accepted',
                         'conversation.tagged', 'conversation.untagged', 'macro.ran', 'conversation.moved',
                         'conversation.merged', 'conversation.parted', 'conversation.returned', 'conversation.split',
                         'conversation.split_off')
          ORDER BY id DESC LIMIT 200",
    )?;
    let rows = select.query_map([conversation, from, until], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?))
    })?;
    let mut facts = Vec::new();
    for row in rows {
        let (id, payload, at) = row?;
        let Ok(event) = serde_json::from_str::<Event>(&payload) else { continue };
        let Some((what, by)) = told(connection, viewer, &event)? else { continue };
        let by = by.map(|user| person(connection, user)).transpose()?;
        facts.push(Fact { id, what, by, at });
    }
    facts.reverse();
    Ok(facts)
}

/// What a fact says, and who did it; `None` for one that has no line.
fn told(connection: &Connection, viewer: &Viewer, event: &Event) -> Result<Option<(What, Option<i64>)>> {
    Ok(Some(match *event {
        Event::ConversationAssigned { assignee: Some(user), by, why, .. } => {
            let to = person(connection, user)?;
            (if why == Some(Why::HandedOut) { What::HandedOut(to) } else { What::Assigned(to) }, by)
        }
        Event::ConversationAssigned { by, why: Some(why), .. } if left(why).is_some() => {
            (What::Left(left(why).unwrap_or_default()), by)
        }
        Event::ConversationAssigned { by, why: Some(Why::Disabled(user)), .. } => {
            (What::Released(person(connection, user)?), by)
        }
        Event::ConversationAssigned { by, why: Some(Why::OutOfReach(user)), .. } => {
            (What::OutOfReach(person(connection, user)?), by)
        }
        Event::ConversationAssigned { by, .. } => (What::Unassigned, by),
        Event::ConversationClosed { by, .. } => (What::Closed, by),
        Event::ConversationReopened { by, .. } => (What::Reopened, by),
        Event::SpamMarked { by, .. } => (What::Spam, by),
        Event::SpamCleared { by, .. } => (What::NotSpam, by),
        Event::ParticipantAccepted { by, .. } => (What::Accepted, Some(by)),
        Event::ConversationSnoozed { until, by, .. } => (What::Snoozed(until), by),
        Event::ConversationWoken { why, by, .. } => (What::Woken(why), by),
        Event::ConversationTagged { tag, by, .. } => (What::Tagged(tags::name_of(connection, tag)?), by),
        Event::ConversationUntagged { tag, by, .. } => (What::Untagged(tags::name_of(connection, tag)?), by),
        Event::MacroRan { run, by, .. } => match macros::ran(connection, run)? {
            Some((name, ends)) => (What::Ran(name, ends), Some(by)),
            None => return Ok(None),
        },
        _ => return Ok(joining::told(connection, viewer, event)?.map(|(joined, by)| (What::Joined(joined), Some(by)))),
    }))
}

/// Why nobody has it, where the inbox decides that.
fn left(why: Why) -> Option<&'static str> {
    match why {
        Why::NobodyAvailable => Some("fact-nobody-available"),
        Why::EverybodyFull => Some("fact-everybody-full"),
        Why::WrittenAgain => Some("fact-written-again"),
        Why::HandedOut | Why::Disabled(_) | Why::OutOfReach(_) => None,
    }
}

fn person(connection: &Connection, id: i64) -> Result<Person> {
    let name = connection.prepare_cached("SELECT name FROM user WHERE id = ?1")?.query_row([id], |row| row.get(0))?;
    Ok(Person { id, name })
}
