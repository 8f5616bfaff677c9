//! Finding contacts by what somebody remembers of them: words of a name in any order, the beginning of an e-mail address, or
//! any part of three letters and more of a name or an address. Accents and case are folded.

use rusqlite::params;
use serde_json::json;

use super::model::{Contact, normalize_email};
use super::store::get;
use crate::db::Connection;
use crate::db::words::Words;
use crate::error::Result;

/// Whose name has all these words.
const WITH_WORDS: &str =
    "SELECT rowid FROM contact_name_fts WHERE contact_name_fts MATCH ?1 ORDER BY rowid DESC LIMIT ?2";
/// Whose e-mail address begins so.
const WITH_ADDRESS: &str = "SELECT contact_id FROM contact_point
   WHERE kind = 'email' AND match_key >= ?1 AND match_key < ?1 || char(1114111) LIMIT ?2";
/// Whose name or address holds this part.
const WITH_PART: &str = "SELECT rowid FROM contact_fts WHERE contact_fts MATCH ?1 ORDER BY rowid DESC LIMIT ?2";
const LISTED: &str = "SELECT c.id FROM json_each(?1) f CROSS JOIN contact c ON c.id = f.value
   WHERE c.deleted_at IS NULL ORDER BY c.name COLLATE NOCASE, c.id LIMIT ?2";

/// Contacts that a list is chosen from.
const CHOSEN_FROM: usize = 200;
/// Letters that the index of parts needs.
const PART: usize = 3;

/// The queries of a search, with names for a test.
#[must_use]
pub fn queries() -> [(&'static str, &'static str); 3] {
    [
        ("contacts with words", WITH_WORDS),
        ("contacts with an address", WITH_ADDRESS),
        ("contacts with a part", WITH_PART),
    ]
}

/// Contacts that are meant by what was typed, the newest first, not more than `most`. Less than two letters mean nobody.
///
/// Several words, and what is too short to be a part, are words of names, the last one a beginning if nobody has it whole.
/// What has an @ is the beginning of an address. Everything else, and what found nobody so, is a part: a single one costs
/// next to nothing there, a long row of them the more the more contacts there are.
///
/// # Errors
/// Database errors.
pub fn find(connection: &Connection, typed: &str, most: usize) -> Result<Vec<i64>> {
    // The engine reads a query up to the first NUL.
    let typed = typed.trim().replace('\0', "");
    let letters = typed.chars().count();
    let mut found = Vec::new();
    if letters > 1 && (letters < PART || typed.contains(char::is_whitespace)) {
        let words = Words::of(&typed)?;
        for text in [words.whole(), words.open()].into_iter().flatten() {
            if found.is_empty() {
                found = ids(connection, WITH_WORDS, &text, most)?;
            }
        }
    } else if typed.contains('@') {
        found = ids(connection, WITH_ADDRESS, &normalize_email(&typed), most)?;
    }
    if found.is_empty() && letters >= PART {
        let part = ["\"", &typed.replace('"', "\"\""), "\""].concat();
        found = ids(connection, WITH_PART, &part, most)?;
    }
    // Somebody may have two addresses that begin alike.
    found.sort_unstable_by(|one, other| other.cmp(one));
    found.dedup();
    Ok(found)
}

/// The first of them by their names, with the ways to reach them.
///
/// # Errors
/// Database errors.
pub fn listed(connection: &Connection, typed: &str, most: u32) -> Result<Vec<Contact>> {
    let found = json!(find(connection, typed, CHOSEN_FROM)?).to_string();
    let mut select = connection.prepare_cached(LISTED)?;
    let sorted = select.query_map(params![found, most], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    sorted.into_iter().map(|contact| get(connection, contact)).collect()
}

fn ids(connection: &Connection, query: &str, text: &str, most: usize) -> Result<Vec<i64>> {
    let mut select = connection.prepare_cached(query)?;
    Ok(select.query_map(params![text, most], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}
