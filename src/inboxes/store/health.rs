//! How an inbox is: what is wrong and since when, what waits, how far its mailbox was read.

use rusqlite::{OptionalExtension, Row};

use super::trials::{self, Tried};
use crate::clock::Millis;
use crate::db::Connection;
use crate::error::Result;
use crate::inboxes::Inbox;

/// Everything the health page tells.
#[derive(Debug, Clone)]
pub struct Health {
    pub inbox: Inbox,
    pub way_in: Option<Problem>,
    pub way_out: Option<Problem>,
    /// Answers that wait to leave.
    pub waiting: i64,
    /// When the oldest of them was written.
    pub oldest: Option<Millis>,
    pub mailbox: Option<Reading>,
    pub tried: Option<Tried>,
    /// The name of who hears of it when it is lost.
    pub guardian: Option<String>,
}

/// What is wrong with one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Message key.
    pub key: String,
    /// The other side's own words.
    pub detail: String,
    pub since: Option<Millis>,
}

/// How far the mailbox was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub folder: String,
    pub last_uid: i64,
    pub checked_at: Option<Millis>,
    /// Mails from before the inbox was connected: how many there are to take in, and how many are in.
    pub history: (i64, i64),
    /// Message keys of what does not work beside taking mail in.
    pub after_problem: Option<String>,
    pub sent_problem: Option<String>,
}

/// How an inbox is now.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none.
pub fn of(connection: &Connection, id: i64) -> Result<Health> {
    let inbox = super::get(connection, id)?;
    let (way_out, way_in) = connection
        .prepare_cached(
            "SELECT problem, problem_detail, problem_at, problem_in, problem_in_detail, problem_in_at
               FROM inbox WHERE id = ?1",
        )?
        .query_row([id], |row| Ok((problem(row, 0)?, problem(row, 3)?)))?;
    let (waiting, oldest) = connection
        .prepare_cached(
            "SELECT count(*), min(created_at) FROM message
              WHERE inbox_id = ?1 AND delivery IN ('queued', 'sending')",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let guardian = match guardian(connection, id)? {
        Some(user) => crate::accounts::person(connection, user)?.map(|person| person.name),
        None => None,
    };
    Ok(Health {
        mailbox: inbox.mail.imap.as_ref().map_or(Ok(None), |mailbox| reading(connection, id, &mailbox.folder))?,
        tried: trials::last(connection, id)?,
        inbox,
        way_in,
        way_out,
        waiting,
        oldest,
        guardian,
    })
}

fn problem(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Problem>> {
    let key: Option<String> = row.get(first)?;
    let (detail, since) = (row.get(first + 1)?, row.get(first + 2)?);
    Ok(key.map(|key| Problem { key, detail, since }))
}

fn reading(connection: &Connection, inbox: i64, folder: &str) -> Result<Option<Reading>> {
    let found = connection
        .prepare_cached(
            "SELECT folder, last_uid, checked_at, history_total, history_taken, after_problem, sent_problem
               FROM mailbox_cursor WHERE inbox_id = ?1 AND folder = ?2",
        )?
        .query_row((inbox, folder), |row| {
            Ok(Reading {
                folder: row.get(0)?,
                last_uid: row.get(1)?,
                checked_at: row.get(2)?,
                history: (row.get(3)?, row.get(4)?),
                after_problem: row.get(5)?,
                sent_problem: row.get(6)?,
            })
        })
        .optional()?;
    Ok(found)
}

/// Who hears of an inbox: who connected it, or the workspace's owner once that person is gone.
///
/// # Errors
/// Database errors.
pub fn guardian(connection: &Connection, inbox: i64) -> Result<Option<i64>> {
    let found = connection
        .prepare_cached(
            "SELECT coalesce((SELECT u.id FROM inbox i JOIN user u ON u.id = i.owner_id AND u.state = 'active'
                               WHERE i.id = ?1),
                             (SELECT id FROM user WHERE role = 'owner' AND state = 'active'))",
        )?
        .query_row([inbox], |row| row.get(0))?;
    Ok(found)
}

/// Since when a way of an inbox is broken without a break; `None` while both work.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none.
pub fn broken_since(connection: &Connection, inbox: i64) -> Result<Option<Millis>> {
    let found = connection
        .prepare_cached(
            "SELECT min(coalesce(problem_at, problem_in_at), coalesce(problem_in_at, problem_at))
               FROM inbox WHERE id = ?1",
        )?
        .query_row([inbox], |row| row.get(0))?;
    Ok(found)
}

/// Why answers of an inbox are held back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// Message key; none when somebody disconnected the inbox.
    pub problem: Option<String>,
    pub since: Option<Millis>,
    /// The name of who can mend it.
    pub guardian: Option<String>,
}

/// Whether answers of an inbox are held back: it has been lost for a while, or is disconnected.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such inbox.
pub fn blocked(connection: &Connection, id: i64) -> Result<Option<Blocked>> {
    let found: Option<(Option<String>, Option<Millis>)> = connection
        .prepare_cached(
            "SELECT coalesce(problem_in, problem),
                    min(coalesce(problem_at, problem_in_at), coalesce(problem_in_at, problem_at))
               FROM inbox WHERE id = ?1 AND (state != 'active' OR told_at IS NOT NULL)",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((problem, since)) = found else { return Ok(None) };
    let guardian = match guardian(connection, id)? {
        Some(user) => crate::accounts::person(connection, user)?.map(|person| person.name),
        None => None,
    };
    Ok(Some(Blocked { problem, since, guardian }))
}
