//! Search: in what was written (words, the last one also as a beginning, accents folded, newest first) and in names and
//! addresses (any part). Only what the viewer reads is found.

use std::collections::BTreeSet;

use rusqlite::{Row as SqlRow, params};

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

/// Whether the last word may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Whole,
    Open,
}

/// How far a search in texts goes: so many messages are looked at, or until there are so many conversations.
#[derive(Debug, Clone, Copy)]
struct Reach {
    messages: i64,
    conversations: usize,
}

/// Time of the newest activity, and id.
type Places = BTreeSet<(i64, i64)>;

/// Conversations that match, newest activity first: those whose text has the words as they are, then, while there is
/// room, those where the last one is a beginning, and those with somebody of that name. No words, no rows.
///
/// The index has whole words in the order of messages; for a beginning it collects all that go on from it first, however
/// many there are. So whole words come first, and nothing is read beyond what is shown.
///
/// # Errors
/// Database errors.
pub fn rows(connection: &Connection, viewer: &Viewer, query: &str, limit: u32) -> Result<Vec<Row>> {
    let reach = Reach { messages: MESSAGES, conversations: limit as usize };
    let mut found = Places::new();
    for ending in [Ending::Whole, Ending::Open] {
        if found.len() < reach.conversations {
            in_text(connection, viewer, (query, ending), reach, &mut found)?;
        }
    }
    by_contact(connection, viewer, query, &mut found)?;
    // Only the rows that are shown are read whole.
    let ids: Vec<i64> = found.iter().rev().take(limit as usize).map(|(_, id)| *id).collect();
    list::by_ids(connection, viewer, &ids)
}

/// The places of all that match. `messages` is how many of the newest that match are looked at.
pub(super) fn places(connection: &Connection, viewer: &Viewer, query: &str, messages: i64) -> Result<Places> {
    let mut found = Places::new();
    let reach = Reach { messages, conversations: usize::MAX };
    in_text(connection, viewer, (query, Ending::Open), reach, &mut found)?;
    by_contact(connection, viewer, query, &mut found)?;
    Ok(found)
}

fn in_text(
    connection: &Connection,
    viewer: &Viewer,
    (query, ending): (&str, Ending),
    reach: Reach,
    found: &mut Places,
) -> Result<()> {
    let Some(words) = text_query(query, ending) else { return Ok(()) };
    let mut select = connection.prepare_cached(IN_TEXT)?;
    for hit in select.query_map(params![words, viewer.id, LOOKED_AT, reach.messages], place)? {
        found.insert(hit?);
        if found.len() >= reach.conversations {
            break;
        }
    }
    Ok(())
}

fn by_contact(connection: &Connection, viewer: &Viewer, query: &str, found: &mut Places) -> Result<()> {
    let Some(part) = name_query(query) else { return Ok(()) };
    let mut select = connection.prepare_cached(BY_CONTACT)?;
    for hit in select.query_map(params![part, viewer.id], place)? {
        found.insert(hit?);
    }
    Ok(())
}

fn place(row: &SqlRow<'_>) -> rusqlite::Result<(i64, i64)> {
    Ok((row.get(0)?, row.get(1)?))
}

/// Every word must stand in the text. Quoted word by word, so that nothing in it is an operator.
fn text_query(query: &str, ending: Ending) -> Option<String> {
    let words: Vec<&str> =
        query.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(WORDS).collect();
    let last = words.last()?;
    let quoted: Vec<String> = words.iter().map(|word| ["\"", word, "\""].concat()).collect();
    let is_open = ending == Ending::Open && last.chars().count() >= 2;
    Some([quoted.join(" ").as_str(), if is_open { "*" } else { "" }].concat())
}

/// A part of a name or an address; the index knows parts of three letters and more.
pub(super) fn name_query(query: &str) -> Option<String> {
    let part = query.trim();
    (part.chars().count() >= 3).then(|| format!("\"{}\"", part.replace('"', "\"\"")))
}
