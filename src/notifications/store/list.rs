//! What stands behind the bell.

use rusqlite::params;

use super::told;
use crate::auth::Viewer;
use crate::db::Connection;
use crate::error::Result;
use crate::notifications::model::{Line, Told};

/// More conversations than this are "99+".
pub const MANY: usize = 100;

/// The query of a page: newest first, by key.
pub const PAGE: &str =
    "SELECT n.id, n.conversation_id, n.cause, n.contact_id, n.contact_name, n.sender, n.subject, n.by_name,
            substr(n.text, 1, 300), n.created_at, l.newest_id, l.unread
       FROM notification_line l
      CROSS JOIN notification_in_sight n ON n.id = l.newest_id
      WHERE l.user_id = ?1 AND l.newest_id < ?2
      ORDER BY l.newest_id DESC LIMIT ?3";

/// Lines after the place `before`; none: the newest.
///
/// # Errors
/// Database errors.
pub fn page(connection: &Connection, viewer: &Viewer, before: Option<i64>, limit: usize) -> Result<Vec<Line>> {
    let mut select = connection.prepare_cached(PAGE)?;
    let rows = select.query_map(params![viewer.id, before.unwrap_or(i64::MAX), limit], |row| {
        Ok(Line { told: told(row)?, newest: row.get(10)?, unread: row.get(11)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The query of the conversations with something unread.
pub const UNREAD: &str = "SELECT l.conversation_id
       FROM notification_line l
      CROSS JOIN notification_in_sight n ON n.id = l.newest_id
      WHERE l.user_id = ?1 AND l.unread > 0
      ORDER BY l.newest_id DESC LIMIT ?2";

/// The conversations of which somebody was told something that they have not read, newest first, [`MANY`] at most.
///
/// # Errors
/// Database errors.
pub fn unread(connection: &Connection, viewer: &Viewer) -> Result<Vec<i64>> {
    let mut select = connection.prepare_cached(UNREAD)?;
    let rows = select.query_map(params![viewer.id, MANY], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The query of what is to be shown on the screen.
pub const FRESH: &str =
    "SELECT n.id, n.conversation_id, n.cause, n.contact_id, n.contact_name, n.sender, n.subject, n.by_name,
            substr(n.text, 1, 300), n.created_at
       FROM notification f
      CROSS JOIN notification_in_sight n ON n.id = f.id
      WHERE f.user_id = ?1 AND f.id > ?2 AND f.read_at IS NULL AND f.desktop = 1 ORDER BY f.id LIMIT 20";

/// What somebody was told after the notification `after`, has not read, and wants to see on the screen.
///
/// # Errors
/// Database errors.
pub fn fresh(connection: &Connection, viewer: &Viewer, after: i64) -> Result<Vec<Told>> {
    let mut select = connection.prepare_cached(FRESH)?;
    let rows = select.query_map([viewer.id, after], told)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The newest notification of a person, or 0.
///
/// # Errors
/// Database errors.
pub fn newest(connection: &Connection, viewer: &Viewer) -> Result<i64> {
    let mut select =
        connection.prepare_cached("SELECT coalesce(max(newest_id), 0) FROM notification_line WHERE user_id = ?1")?;
    Ok(select.query_row([viewer.id], |row| row.get(0))?)
}
