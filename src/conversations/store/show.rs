//! One conversation and what stands beside it.

use rusqlite::{Row as SqlRow, params};

use super::super::model::{Conversation, Person, Priority, Reader, Row, State, Window};
use super::list;
use crate::auth::{Availability, Viewer};
use crate::db::Connection;
use crate::error::Result;
use crate::inboxes::Capabilities;

/// The inbox of a conversation that this person may see: the check before every write.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none or it is not theirs to see.
pub(super) fn require(connection: &Connection, viewer: &Viewer, conversation: i64) -> Result<i64> {
    require_of(connection, viewer.id, conversation)
}

/// The same for somebody who is not signed in now: whose answer leaves later.
pub(super) fn require_of(connection: &Connection, user: i64, conversation: i64) -> Result<i64> {
    Ok(connection
        .prepare_cached(
            "SELECT c.inbox_id FROM conversation c
               JOIN inbox_reader r ON r.inbox_id = c.inbox_id AND r.user_id = ?1
              WHERE c.id = ?2 AND c.merged_into_id IS NULL",
        )?
        .query_row([user, conversation], |row| row.get(0))?)
}

/// The inbox of a conversation, for what asks in nobody's name.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn inbox_of(connection: &Connection, conversation: i64) -> Result<i64> {
    let mut select = connection.prepare_cached("SELECT inbox_id FROM conversation WHERE id = ?1")?;
    Ok(select.query_row([conversation], |row| row.get(0))?)
}

/// A conversation that this person may see.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn get(connection: &Connection, viewer: &Viewer, id: i64) -> Result<Conversation> {
    let mut select = connection.prepare_cached(
        "SELECT c.id, c.inbox_id, i.channel, i.name, i.external_id, i.problem, i.capabilities, c.contact_id,
                coalesce(nullif(t.name, ''),
                         (SELECT p.value FROM contact_point p WHERE p.contact_id = t.id
                           ORDER BY p.is_primary DESC, p.id LIMIT 1), ''),
                t.number, c.subject, c.state, c.assignee_id, u.name, c.linked_id, c.last_activity_at,
                coalesce(m.message_id, 0),
                CASE WHEN m.user_id IS NOT NULL THEN c.incoming_count - m.incoming_seen
                     WHEN c.last_incoming_at < ?3 THEN 0
                     ELSE c.incoming_count END,
                k.id IS NOT NULL, k.closed_at, (SELECT name FROM user WHERE id = k.closed_by),
                i.owner_id, c.priority,
                (SELECT group_concat(g.id || ' ' || g.tint || ' ' || g.name, char(10))
                   FROM tagging x JOIN tag g ON g.id = x.tag_id WHERE x.conversation_id = c.id),
                (SELECT s.until_at FROM snooze s WHERE s.conversation_id = c.id AND s.ended_at IS NULL),
                c.spam, (SELECT u.name FROM spam_verdict v JOIN user u ON u.id = v.marked_by
                          WHERE v.conversation_id = c.id AND v.cleared_at IS NULL),
                c.last_incoming_at
           FROM conversation c
           JOIN inbox_reader r ON r.inbox_id = c.inbox_id AND r.user_id = ?1
           JOIN inbox i ON i.id = c.inbox_id
           JOIN contact t ON t.id = c.contact_id
           LEFT JOIN user u ON u.id = c.assignee_id
           LEFT JOIN read_mark m ON m.user_id = ?1 AND m.conversation_id = c.id
           LEFT JOIN closure k ON k.conversation_id = c.id AND k.reopened_at IS NULL
          WHERE c.id = ?2 AND c.merged_into_id IS NULL",
    )?;
    Ok(select.query_row(params![viewer.id, id, viewer.joined_at], conversation)?)
}

fn conversation(row: &SqlRow<'_>) -> rusqlite::Result<Conversation> {
    let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    let assignee: Option<i64> = row.get(12)?;
    let name: Option<String> = row.get(13)?;
    let closed: bool = row.get(18)?;
    let capabilities: Option<Capabilities> = serde_json::from_str(text(6)?).ok();
    Ok(Conversation {
        id: row.get(0)?,
        inbox: row.get(1)?,
        channel: row.get(2)?,
        inbox_name: row.get(3)?,
        inbox_address: row.get(4)?,
        inbox_problem: row.get(5)?,
        text_limit: capabilities.as_ref().and_then(|capabilities| capabilities.text_limit),
        unit: capabilities.as_ref().map(|capabilities| capabilities.unit).unwrap_or_default(),
        window: match &capabilities {
            Some(capabilities) => Window::of(capabilities, row.get(27)?),
            None => None,
        },
        contact: row.get(7)?,
        contact_name: row.get(8)?,
        contact_number: row.get(9)?,
        subject: row.get(10)?,
        state: State::parse(text(11)?),
        assignee: assignee.zip(name).map(|(id, name)| Person { id, name }),
        linked: row.get(14)?,
        last_activity_at: row.get(15)?,
        read_to: row.get(16)?,
        unread: row.get::<_, i64>(17)?.max(0),
        spam: if row.get(25)? { Some(row.get(26)?) } else { None },
        closed: if closed { Some((row.get(20)?, row.get(19)?)) } else { None },
        inbox_owner: row.get(21)?,
        priority: Priority::of_number(row.get(22)?),
        tags: row.get_ref(23)?.as_str_or_null()?.map(list::tags).unwrap_or_default(),
        until: row.get(24)?,
    })
}

/// Other conversations with the same contact that this person may see, newest first.
///
/// # Errors
/// Database errors.
pub fn history(connection: &Connection, viewer: &Viewer, contact: i64, except: i64) -> Result<Vec<Row>> {
    let mut select = connection.prepare_cached(
        "SELECT c.id FROM conversation c
          WHERE c.contact_id = ?2 AND c.id != ?3 AND c.merged_into_id IS NULL
            AND EXISTS (SELECT 1 FROM inbox_reader r WHERE r.inbox_id = c.inbox_id AND r.user_id = ?1)
          ORDER BY c.last_activity_at DESC, c.id DESC LIMIT 20",
    )?;
    let ids =
        select.query_map([viewer.id, contact, except], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    list::by_ids(connection, viewer, &ids)
}

/// Who reads its inbox, the available first, by name.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the viewer may not see it.
pub fn readers(connection: &Connection, viewer: &Viewer, conversation: i64) -> Result<Vec<Reader>> {
    let inbox = require(connection, viewer, conversation)?;
    let mut select = connection.prepare_cached(
        "SELECT u.id, u.name, u.availability FROM inbox_reader r JOIN user u ON u.id = r.user_id
          WHERE r.inbox_id = ?1 ORDER BY u.availability != 'available', u.name COLLATE NOCASE, u.id",
    )?;
    let readers = select.query_map([inbox], |row| {
        let person = Person { id: row.get(0)?, name: row.get(1)? };
        Ok(Reader { person, availability: Availability::parse(row.get_ref(2)?.as_str()?) })
    })?;
    Ok(readers.collect::<rusqlite::Result<_>>()?)
}
