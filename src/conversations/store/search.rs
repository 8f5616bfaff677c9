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

/// Conversations whose text holds the words.
pub const IN_TEXT: &str = "SELECT m.conversation_id, m.id
   FROM (SELECT rowid FROM message_fts WHERE message_fts MATCH ?1 ORDER BY rowid DESC LIMIT ?3) f
  CROSS JOIN message m ON m.id = f.rowid
  CROSS JOIN inbox_reader r ON r.inbox_id = m.inbox_id AND r.user_id = ?2
  LIMIT ?4";

/// Conversations with somebody whose name or address holds the part.
pub const BY_CONTACT: &str = "SELECT c.id, c.last_activity_at
   FROM (SELECT rowid FROM contact_fts WHERE contact_fts MATCH ?1 LIMIT 200) f
  CROSS JOIN conversation c ON c.contact_id = f.rowid
  CROSS JOIN inbox_reader r ON r.inbox_id = c.inbox_id AND r.user_id = ?2
  LIMIT 400";

/// Conversations that match, newest activity first. No words, no rows.
///
/// # Errors
/// Database errors.
pub fn rows(connection: &Connection, viewer: &Viewer, query: &str, limit: u32) -> Result<Vec<Row>> {
    let mut found: BTreeSet<i64> = BTreeSet::new();
    if let Some(words) = text_query(query) {
        let mut select = connection.prepare_cached(IN_TEXT)?;
        let hits = select.query_map(params![words, viewer.id, LOOKED_AT, MESSAGES], |row| row.get::<_, i64>(0))?;
        for hit in hits {
            found.insert(hit?);
        }
    }
    if let Some(part) = name_query(query) {
        let mut select = connection.prepare_cached(BY_CONTACT)?;
        for hit in select.query_map(params![part, viewer.id], |row| row.get::<_, i64>(0))? {
            found.insert(hit?);
        }
    }
    let ids: Vec<i64> = found.into_iter().collect();
    let mut rows = list::by_ids(connection, viewer, &ids)?;
    rows.sort_by_key(|row| std::cmp::Reverse((row.last_activity_at, row.id)));
    rows.truncate(limit as usize);
    Ok(rows)
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
fn name_query(query: &str) -> Option<String> {
    let part = query.trim();
    (part.chars().count() >= 3).then(|| format!("\"{}\"", part.replace('"', "\"\"")))
}
