//! What is done to each conversation, and how it is taken back: the verbs of one by one.

use rusqlite::OptionalExtension;

use super::super::super::model::{Action, Priority};
use super::super::{assignment, closure, reading, snooze, spam, tags};
use crate::auth::Viewer;
use crate::db::Tx;
use crate::error::{Error, Result};

/// Message key of why one was refused; none: a fault that is nobody's refusal.
pub(super) fn reason(error: &Error) -> Option<&'static str> {
    match error {
        Error::NotFound => Some("bulk-no-access"),
        Error::Forbidden(_) => Some("bulk-no-right"),
        Error::Conflict(key) => Some(key),
        Error::Invalid(problems) => problems.iter().next().map(|(_, key)| key),
        _ => None,
    }
}

/// Does it to one conversation.
pub(super) fn apply(tx: &Tx<'_>, by: &Viewer, action: Action, conversation: i64) -> Result<()> {
    match action {
        Action::Close => closure::close(tx, by, conversation),
        Action::Reopen => closure::reopen(tx, by, conversation),
        Action::Assign(user) => assignment::assign(tx, by, conversation, user),
        Action::Tag(tag) => tags::add(tx, by, conversation, &tag_name(tx, tag)?),
        Action::Untag(tag) => tags::remove(tx, by, conversation, tag),
        Action::Prioritize(priority) => tags::prioritize(tx, by, conversation, priority),
        Action::Snooze(until) => snooze::snooze(tx, by, conversation, until),
        Action::Read => reading::mark_read(tx, by, conversation, i64::MAX),
        Action::Unread => reading::mark_unread(tx, by, conversation),
        Action::Spam => spam::mark(tx, by, conversation),
        Action::NotSpam => spam::clear(tx, by, conversation),
    }
}

/// Takes it back from one conversation.
pub(super) fn apply_back(
    tx: &Tx<'_>,
    by: &Viewer,
    action: Action,
    conversation: i64,
    before: Option<&str>,
) -> Result<()> {
    let back = match action {
        Action::Close => Action::Reopen,
        Action::Reopen => Action::Close,
        Action::Tag(tag) => Action::Untag(tag),
        Action::Untag(tag) => Action::Tag(tag),
        Action::Spam => Action::NotSpam,
        Action::NotSpam => Action::Spam,
        Action::Assign(_) => Action::Assign(before.and_then(|user| user.parse().ok())),
        Action::Prioritize(_) => {
            Action::Prioritize(Priority::of_number(before.and_then(|text| text.parse().ok()).unwrap_or(0)))
        }
        Action::Snooze(_) | Action::Read | Action::Unread => return Ok(()),
    };
    apply(tx, by, back, conversation)
}

fn tag_name(tx: &Tx<'_>, tag: i64) -> Result<String> {
    Ok(tx.prepare_cached("SELECT name FROM tag WHERE id = ?1")?.query_row([tag], |row| row.get(0))?)
}

/// What undoing needs to know.
pub(super) fn before(tx: &Tx<'_>, action: Action, conversation: i64) -> Result<Option<String>> {
    let sql = match action {
        Action::Assign(_) => "SELECT CAST(assignee_id AS TEXT) FROM conversation WHERE id = ?1",
        Action::Prioritize(_) => "SELECT CAST(priority AS TEXT) FROM conversation WHERE id = ?1",
        _ => return Ok(None),
    };
    Ok(tx.prepare_cached(sql)?.query_row([conversation], |row| row.get(0)).optional()?.flatten())
}
