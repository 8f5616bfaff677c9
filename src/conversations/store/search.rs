//! Search: in what was written (whole words and beginnings of words, accents folded, newest first) and in names and
//! addresses (any part). Only what the viewer reads is found.

use std::collections::BTreeSet;

use rusqlite::params;

use super::super::model::Row;
use super::list;
use crate::auth::Viewer;
use crate::db::Connection;
use crate::error::Result;

/// Messages looked at for one search.
const MESSAGES: i64 = 400;
/// Matches of the index that are looked at until [`MESSAGES`] readable ones are found.
const LOOKED_AT: i64 = 20_000;
/// Words of a search that count.
const WORDS: usize = 12;

/// Conversations whose text holds the words, with their places in a list.
pub const IN_TEXT: &str = "SELECT c.last_activity_at, c.id
   FROM (SELECT rowid FROM message_fts WHERE message_fts MATCH ?1 ORDER BY rowid DESC LIMIT ?3) f
  CROSS JOIN message m ON m.id = f.rowid
  CROSS JOIN conversation c ON c.id = m.conversation_id
  WHERE c.inbox_id IN (SELECT inbox_id FROM inbox_reader WHERE user_id = ?2)
  LIMIT ?4";

/// Conversations with somebody whose name or address holds the part, with their places in a list.
pub const BY_CONTACT: &str = "SELECT c.last_activity_at, c.id
   FROM (SELECT rowid FROM contact_fts WHERE contact_fts MATCH ?1 LIMIT 200) f
  CROSS JOIN conversation c ON c.contact_id = f.rowid
  WHERE c.inbox_id IN (SELECT inbox_id FROM inbox_reader WHERE user_id = ?2) AND c.merged_into_id IS NULL
  LIMIT 400";

/// Conversations that match, newest activity first. No words, no rows.
///
/// # Errors
/// Database errors.
pub fn rows(connection: &Connection, viewer: &Viewer, query: &str, limit: u32) -> Result<Vec<Row>> {
    let found = places(connection, viewer, query, MESSAGES)?;
    // Only the rows that are shown are read whole.
    let ids: Vec<i64> = found.iter().rev().take(limit as usize).map(|(_, id)| *id).collect();
    list::by_ids(connection, viewer, &ids)
}

/// Their places in a list: time of the newest activity and id. `messages` is how many of the newest that match are looked
/// at.
pub(super) fn places(
    connection: &Connection,
    viewer: &Viewer,
    query: &str,
    messages: i64,
) -> Result<BTreeSet<(i64, i64)>> {
    let place = |row: &rusqlite::Row<'_>| -> rusqlite::Result<(i64, i64)> { Ok((row.get(0)?, row.get(1)?)) };
    let mut found: BTreeSet<(i64, i64)> = BTreeSet::new();
    if let Some(words) = text_query(query) {
        let mut select = connection.prepare_cached(IN_TEXT)?;
        for hit in select.query_map(params![words, viewer.id, LOOKED_AT, messages], place)? {
            found.insert(hit?);
        }
    }
    if let Some(part) = name_query(query) {
        let mut select = connection.prepare_cached(BY_CONTACT)?;
        for hit in select.query_map(params![part, viewer.id], place)? {
            found.insert(hit?);
        }
    }
    Ok(found)
}

/// Every word must stand in the text, the last one as a beginning. Quoted word by word, so that nothing in it is an
/// operator.
fn text_query(query: &str) -> Option<String> {
    let words: Vec<&str> =
        query.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(WORDS).collect();
    let last = words.len().checked_sub(1)?;
    let mut expression = String::new();
    for (place, word) in words.iter().enumerate() {
        let long = word.chars().count() >= 2;
        let beginning = if place == last && long { "*" } else { "" };
        expression.push('"');
        expression.push_str(word);
        expression.push('"');
        expression.push_str(beginning);
        expression.push(' ');
    }
    Some(expression)
}

/// A part of a name or an address; the index knows parts of three letters and more.
pub(super) fn name_query(query: &str) -> Option<String> {
    let part = query.trim();
    (part.chars().count() >= 3).then(|| format!("\"{}\"", part.replace('"', "\"\"")))
}
