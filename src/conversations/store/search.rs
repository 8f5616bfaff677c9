//! Search: in what was written (words, the last one also as a beginning, accents folded, newest first) and in the names and
//! addresses of contacts. Only what the viewer reads is found.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Row as SqlRow, params};
use serde_json::json;

use super::super::model::{Hit, Row, Wanted};
use super::list;
use crate::auth::Viewer;
use crate::contacts;
use crate::db::Connection;
use crate::db::words::Words;
use crate::error::Result;

/// Messages looked at for one search.
const MESSAGES: i64 = 400;
/// Matches of the index that are looked at until [`MESSAGES`] readable ones are found.
const LOOKED_AT: i64 = 20_000;
/// Contacts whose conversations are looked up: the newest of that name.
const CONTACTS: usize = 200;

/// Conversations whose text holds the words, with their places in a list.
pub const IN_TEXT: &str = "SELECT c.last_activity_at, c.id, m.id
   FROM (SELECT rowid FROM message_fts WHERE message_fts MATCH ?1 ORDER BY rowid DESC LIMIT ?3) f
  CROSS JOIN message m ON m.id = f.rowid
  CROSS JOIN conversation c ON c.id = m.conversation_id
  WHERE c.inbox_id IN (SELECT inbox_id FROM inbox_reader WHERE user_id = ?2)
  LIMIT ?4";

/// Conversations of these contacts, with their places in a list.
pub const BY_CONTACT: &str = "SELECT c.last_activity_at, c.id
   FROM json_each(?1) f
  CROSS JOIN conversation c ON c.contact_id = f.value
  WHERE c.inbox_id IN (SELECT inbox_id FROM inbox_reader WHERE user_id = ?2) AND c.merged_into_id IS NULL
  LIMIT 400";

/// How far a search in texts goes: so many messages are looked at, or until there are so many conversations.
#[derive(Debug, Clone, Copy)]
struct Reach {
    messages: i64,
    conversations: usize,
}

/// Time of the newest activity, and id; with the newest message that has the words.
pub(super) type Places = BTreeMap<(i64, i64), Option<i64>>;
/// The message that was found, by conversation.
pub(super) type Messages = HashMap<i64, i64>;

const TEXT: &str = "SELECT text FROM message WHERE id = ?1";

/// Conversations that match, newest activity first: those whose text has the words as they are, then, while there is
/// room, those where the last one is a beginning, and those with somebody of that name. No words, no rows.
///
/// The index has whole words and short beginnings in the order of messages; for a longer beginning it collects all that go
/// on from it first. So whole words come first, and nothing is read beyond what is shown.
///
/// # Errors
/// Database errors.
pub fn rows(connection: &Connection, viewer: &Viewer, query: &str, limit: u32) -> Result<Vec<Row>> {
    let reach = Reach { messages: MESSAGES, conversations: limit as usize };
    let mut found = Places::new();
    let words = Words::of(query)?;
    for text in [words.whole(), words.open()].into_iter().flatten() {
        if found.len() < reach.conversations {
            in_text(connection, viewer, &text, reach, &mut found)?;
        }
    }
    by_contact(connection, viewer, query, &mut found)?;
    // Only the rows that are shown are read whole.
    let ids: Vec<i64> = found.keys().rev().take(limit as usize).map(|(_, id)| *id).collect();
    let mut rows = list::by_ids(connection, viewer, &ids)?;
    show(connection, &words, &mut rows, &messages(&found))?;
    Ok(rows)
}

/// Which message was found, where it was one.
pub(super) fn messages(found: &Places) -> Messages {
    found.iter().filter_map(|((_, id), message)| Some((*id, (*message)?))).collect()
}

/// Gives rows what stands around the words that were searched for.
///
/// # Errors
/// Database errors.
pub fn show_hits(connection: &Connection, query: &str, rows: &mut [Row], found: &Messages) -> Result<()> {
    if found.is_empty() { Ok(()) } else { show(connection, &Words::of(query)?, rows, found) }
}

fn show(connection: &Connection, words: &Words, rows: &mut [Row], found: &Messages) -> Result<()> {
    let mut wanted = Wanted::whole(words.as_slice());
    wanted.goes_on = words.is_beginning();
    let mut select = connection.prepare_cached(TEXT)?;
    for row in rows {
        let Some(message) = found.get(&row.id).copied() else { continue };
        let excerpt = select.query_row([message], |row| Ok(wanted.excerpt(row.get_ref(0)?.as_str()?)))?;
        row.hit = Some(Hit { message, excerpt });
    }
    Ok(())
}

/// The places of all that match. `messages` is how many of the newest that match are looked at.
pub(super) fn places(connection: &Connection, viewer: &Viewer, query: &str, messages: i64) -> Result<Places> {
    let mut found = Places::new();
    let reach = Reach { messages, conversations: usize::MAX };
    let words = Words::of(query)?;
    if let Some(text) = words.open().or_else(|| words.whole()) {
        in_text(connection, viewer, &text, reach, &mut found)?;
    }
    by_contact(connection, viewer, query, &mut found)?;
    Ok(found)
}

fn in_text(connection: &Connection, viewer: &Viewer, text: &str, reach: Reach, found: &mut Places) -> Result<()> {
    let mut select = connection.prepare_cached(IN_TEXT)?;
    for hit in
        select.query_map(params![text, viewer.id, LOOKED_AT, reach.messages], |row| Ok((place(row)?, row.get(2)?)))?
    {
        let (place, message) = hit?;
        found.entry(place).or_insert(Some(message));
        if found.len() >= reach.conversations {
            break;
        }
    }
    Ok(())
}

fn by_contact(connection: &Connection, viewer: &Viewer, query: &str, found: &mut Places) -> Result<()> {
    let contacts = contacts::find(connection, query, CONTACTS)?;
    if contacts.is_empty() {
        return Ok(());
    }
    let mut select = connection.prepare_cached(BY_CONTACT)?;
    for hit in select.query_map(params![json!(contacts).to_string(), viewer.id], place)? {
        found.entry(hit?).or_default();
    }
    Ok(())
}

fn place(row: &SqlRow<'_>) -> rusqlite::Result<(i64, i64)> {
    Ok((row.get(0)?, row.get(1)?))
}
