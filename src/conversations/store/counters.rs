//! How many stand where. Read from counters that triggers keep, never counted.

use crate::auth::Viewer;
use crate::db::Connection;
use crate::error::Result;

use super::super::model::Counts;

/// The query that reads them.
pub const COUNTS: &str = "SELECT coalesce(sum(n.open) FILTER (WHERE n.assignee_id = 0), 0),
                coalesce(sum(n.open) FILTER (WHERE n.assignee_id = ?1), 0),
                coalesce(sum(n.open) FILTER (WHERE n.assignee_id NOT IN (0, ?1)), 0),
                coalesce(sum(n.unanswered), 0),
                coalesce(sum(n.unanswered) FILTER (WHERE n.assignee_id IN (0, ?1)), 0),
                coalesce(sum(n.snoozed), 0)
           FROM inbox_reader r CROSS JOIN conversation_counter n ON n.inbox_id = r.inbox_id
          WHERE r.user_id = ?1";

/// The numbers of the sections and of the mark in the side menu, for what this person reads.
///
/// # Errors
/// Database errors.
pub fn counts(connection: &Connection, viewer: &Viewer) -> Result<Counts> {
    let mut select = connection.prepare_cached(COUNTS)?;
    Ok(select.query_row([viewer.id], |row| {
        Ok(Counts {
            unassigned: row.get(0)?,
            mine: row.get(1)?,
            others: row.get(2)?,
            unanswered: row.get(3)?,
            waiting: row.get(4)?,
            snoozed: row.get(5)?,
        })
    })?)
}
