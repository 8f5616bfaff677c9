//! How many stand where. Read from counters that triggers keep, never counted.

use crate::auth::Viewer;
use crate::db::Connection;
use crate::error::Result;

use super::super::model::{Counts, News};
use super::mentions;

/// The query that reads them.
pub const COUNTS: &str = "SELECT coalesce(sum(n.open) FILTER (WHERE n.assignee_id = 0), 0),
                coalesce(sum(n.open) FILTER (WHERE n.assignee_id = ?1), 0),
                coalesce(sum(n.open) FILTER (WHERE n.assignee_id NOT IN (0, ?1)), 0),
                coalesce(sum(n.unanswered), 0),
                coalesce(sum(n.unanswered) FILTER (WHERE n.assignee_id IN (0, ?1)), 0),
                coalesce(sum(n.snoozed), 0),
                EXISTS (SELECT 1 FROM inbox_reader s
                         CROSS JOIN conversation c ON c.inbox_id = s.inbox_id AND c.spam = 1 WHERE s.user_id = ?1)
           FROM inbox_reader r CROSS JOIN conversation_counter n ON n.inbox_id = r.inbox_id
          WHERE r.user_id = ?1";

/// The numbers of the sections and of the mark in the side menu, for what this person reads.
///
/// # Errors
/// Database errors.
pub fn counts(connection: &Connection, viewer: &Viewer) -> Result<Counts> {
    let mentions = mentions::counts(connection, viewer)?;
    let mut select = connection.prepare_cached(COUNTS)?;
    Ok(select.query_row([viewer.id], |row| {
        Ok(Counts {
            unassigned: row.get(0)?,
            mine: row.get(1)?,
            others: row.get(2)?,
            unanswered: row.get(3)?,
            waiting: row.get(4)?,
            snoozed: row.get(5)?,
            spam: row.get(6)?,
            mentions,
        })
    })?)
}

/// How far back news are looked for, in messages; older ones are no news.
const REACH: i64 = 1_000;

/// The query that finds what came in after a message, in conversations that are this person's or nobody's. Newest first.
pub const NEWS: &str = "SELECT coalesce(nullif(c.name, ''), nullif(m.sender_name, ''), m.sender_address), m.contact_id
       FROM message m
       JOIN conversation v ON v.id = m.conversation_id AND v.spam = 0 AND (v.assignee_id IS NULL OR v.assignee_id = ?1)
       JOIN inbox_reader r ON r.inbox_id = v.inbox_id AND r.user_id = ?1
       LEFT JOIN contact c ON c.id = m.contact_id
      WHERE m.id > ?2 AND m.kind = 'incoming' AND m.automatic IS NULL
      ORDER BY m.id DESC LIMIT 100";

/// What came in after message `after` for this person, and the newest message there is. Without `after` nothing is news.
///
/// # Errors
/// Database errors.
pub fn news(connection: &Connection, viewer: &Viewer, after: Option<i64>) -> Result<News> {
    let newest: i64 =
        connection.prepare_cached("SELECT coalesce(max(id), 0) FROM message")?.query_row([], |row| row.get(0))?;
    let Some(after) = after else { return Ok(News { newest, ..News::default() }) };
    let mut select = connection.prepare_cached(NEWS)?;
    let found = select.query_map([viewer.id, after.max(newest - REACH)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let found = found.collect::<rusqlite::Result<Vec<(String, Option<i64>)>>>()?;
    let last = found.first().cloned();
    Ok(News {
        newest,
        count: found.len(),
        is_of_one: found.iter().all(|(_, contact)| last.as_ref().is_some_and(|(_, last)| last == contact)),
        last: last.map(|(name, _)| name).unwrap_or_default(),
    })
}
