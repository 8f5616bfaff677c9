//! The lists: newest activity first, by keyset. Each inbox gives its own sorted run by an index of its own, the runs are
//! merged here, and only the rows of one page are read whole: the cost is that of the page, however much there is.

use rusqlite::{Row as SqlRow, params};

use super::super::model::{Delivery, MessageKind, Place, Priority, Row, Section, State, Tag, Waits, Wordless};
use super::mentions::LISTED;
use crate::auth::Viewer;
use crate::db::Connection;
use crate::error::Result;
use crate::inboxes;

const UNASSIGNED: &str = "SELECT last_activity_at, id FROM conversation
     WHERE inbox_id = ?1 AND state = 'open' AND assignee_id IS NULL AND (last_activity_at, id) < (?2, ?3)
       AND ?5 IS NOT NULL
     ORDER BY last_activity_at DESC, id DESC LIMIT ?4";
const MINE: &str = "SELECT last_activity_at, id FROM conversation
     WHERE inbox_id = ?1 AND state = 'open' AND assignee_id = ?5 AND assignee_id IS NOT NULL
       AND (last_activity_at, id) < (?2, ?3)
     ORDER BY last_activity_at DESC, id DESC LIMIT ?4";
const OTHERS: &str = "SELECT last_activity_at, id FROM conversation INDEXED BY conversation_assigned
     WHERE inbox_id = ?1 AND state = 'open' AND assignee_id IS NOT NULL AND (last_activity_at, id) < (?2, ?3)
       AND assignee_id != ?5
     ORDER BY last_activity_at DESC, id DESC LIMIT ?4";
const CLOSED: &str = "SELECT last_activity_at, id FROM conversation
     WHERE inbox_id = ?1 AND state = 'closed' AND spam = 0 AND merged_into_id IS NULL AND (last_activity_at, id) < (?2, ?3) AND ?5 IS NOT NULL
     ORDER BY last_activity_at DESC, id DESC LIMIT ?4";
const SPAM: &str = "SELECT last_activity_at, id FROM conversation
     WHERE inbox_id = ?1 AND spam = 1 AND (last_activity_at, id) < (?2, ?3) AND ?5 IS NOT NULL
     ORDER BY last_activity_at DESC, id DESC LIMIT ?4";

const SNOOZED: &str = "SELECT last_activity_at, id FROM conversation
     WHERE inbox_id = ?1 AND state = 'snoozed' AND (last_activity_at, id) < (?2, ?3) AND ?5 IS NOT NULL
     ORDER BY last_activity_at DESC, id DESC LIMIT ?4";

/// The query that gives one inbox's run of a section.
#[must_use]
pub fn run_query(section: Section) -> &'static str {
    match section {
        Section::Unassigned => UNASSIGNED,
        Section::Mine => MINE,
        Section::Others => OTHERS,
        Section::Closed => CLOSED,
        Section::Spam => SPAM,
        Section::Snoozed => SNOOZED,
        Section::Mentioned => LISTED,
    }
}

/// One page of a section after a place.
///
/// # Errors
/// Database errors.
pub fn rows(connection: &Connection, viewer: &Viewer, section: Section, after: Place, limit: u32) -> Result<Vec<Row>> {
    let mut places = Vec::new();
    let mut select = connection.prepare_cached(run_query(section))?;
    for inbox in inboxes::store::readable(connection, viewer)? {
        let run = select.query_map(params![inbox, after.at, after.id, limit, viewer.id], |row| {
            Ok(Place { at: row.get(0)?, id: row.get(1)? })
        })?;
        for place in run {
            places.push(place?);
        }
    }
    places.sort_by_key(|place| std::cmp::Reverse((place.at, place.id)));
    places.truncate(limit as usize);
    let ids: Vec<i64> = places.iter().map(|place| place.id).collect();
    by_ids(connection, viewer, &ids)
}

/// The query that reads rows by id. What the viewer has read is subtracted; what came before they joined is not news.
pub const ROWS: &str = "SELECT c.id, c.inbox_id, i.channel, c.contact_id, t.kind = 'company',
        coalesce(nullif(t.name, ''),
                 (SELECT p.value FROM contact_point p WHERE p.contact_id = t.id AND p.is_primary = 1 LIMIT 1),
                 ''),
        c.subject, c.preview, c.state, c.assignee_id, c.last_kind, c.last_delivery, c.last_activity_at,
        CASE WHEN m.user_id IS NOT NULL THEN c.incoming_count - m.incoming_seen
             WHEN c.last_incoming_at < ?2 THEN 0
             ELSE c.incoming_count END,
        c.unanswered, c.priority,
        (SELECT group_concat(g.id || ' ' || g.tint || ' ' || g.name, char(10))
           FROM tagging x JOIN tag g ON g.id = x.tag_id WHERE x.conversation_id = c.id),
        (SELECT s.until_at FROM snooze s WHERE s.conversation_id = c.id AND s.ended_at IS NULL),
        EXISTS (SELECT 1 FROM draft d WHERE d.user_id = ?1 AND d.conversation_id = c.id AND d.leaves_at IS NULL),
        CASE WHEN c.preview = '' AND c.last_kind = 'incoming' THEN (
          SELECT CASE WHEN EXISTS (SELECT 1 FROM sequel s WHERE s.message_id = l.id AND s.kind = 'deletion') THEN 'withdrawn'
                      WHEN l.unknown_kind IS NOT NULL THEN 'unknown' END
            FROM message l WHERE l.conversation_id = c.id AND l.kind = 'incoming' ORDER BY l.id DESC LIMIT 1) END,
        EXISTS (SELECT 1 FROM draft a WHERE a.conversation_id = c.id AND a.leaves_at IS NOT NULL AND a.held = 'undo')
   FROM conversation c
   JOIN inbox i ON i.id = c.inbox_id
   JOIN contact t ON t.id = c.contact_id
   LEFT JOIN read_mark m ON m.user_id = ?1 AND m.conversation_id = c.id
  WHERE c.id = ?3";

/// Rows in the order of `ids`; the caller has chosen ids that the viewer may see.
///
/// # Errors
/// Database errors.
pub fn by_ids(connection: &Connection, viewer: &Viewer, ids: &[i64]) -> Result<Vec<Row>> {
    let mut select = connection.prepare_cached(ROWS)?;
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        rows.push(select.query_row(params![viewer.id, viewer.joined_at, id], row)?);
    }
    Ok(rows)
}

fn row(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    let delivery: Option<String> = row.get(11)?;
    Ok(Row {
        id: row.get(0)?,
        inbox: row.get(1)?,
        channel: row.get(2)?,
        contact: row.get(3)?,
        company: row.get(4)?,
        name: row.get(5)?,
        subject: row.get(6)?,
        preview: row.get(7)?,
        state: State::parse(text(8)?),
        assignee: row.get(9)?,
        last_kind: MessageKind::parse(text(10)?),
        last_delivery: delivery.as_deref().and_then(Delivery::parse),
        last_activity_at: row.get(12)?,
        unread: row.get::<_, i64>(13)?.max(0),
        waits: match (row.get(14)?, row.get(20)?) {
            (_, true) => Waits::BeingAnswered,
            (true, false) => Waits::Yes,
            (false, false) => Waits::No,
        },
        priority: Priority::of_number(row.get(15)?),
        tags: row.get_ref(16)?.as_str_or_null()?.map(tags).unwrap_or_default(),
        until: row.get(17)?,
        has_draft: row.get(18)?,
        wordless: row.get_ref(19)?.as_str_or_null()?.map(Wordless::parse),
        hit: None,
    })
}

/// From one line a tag: number, tint, name.
pub(super) fn tags(lines: &str) -> Vec<Tag> {
    let tag = |line: &str| {
        let mut parts = line.splitn(3, ' ');
        let (id, tint) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Tag { id, tint, name: parts.next()?.to_owned() })
    };
    lines.lines().filter_map(tag).collect()
}
