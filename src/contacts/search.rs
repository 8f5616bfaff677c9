//! Finding contacts by what somebody remembers of them: words of a name in any order, the beginning of an e-mail address, or
//! any part of three letters and more of a name or an address. Accents and case are folded.

use std::collections::HashSet;

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

/// Contacts that are meant by what was typed, not more than `most`: those with the words in their names before those where
/// the last word goes on, and these before those with it as a part of a name or an address; the newest of each first. Less
/// than two letters mean nobody.
///
/// One word is looked for in all these ways until there are enough. Several words, and an address, are looked for in a later
/// way only if nobody was found: there they cost the more the more contacts there are.
///
/// # Errors
/// Database errors.
pub fn find(connection: &Connection, typed: &str, most: usize) -> Result<Vec<i64>> {
    // The engine reads a query up to the first NUL.
    let typed = typed.trim().replace('\0', "");
    let letters = typed.chars().count();
    let mut found = Found { ids: Vec::new(), known: HashSet::new(), most };
    if letters < 2 {
        return Ok(Vec::new());
    }
    let is_address = typed.contains('@');
    let is_one_word = !is_address && !typed.contains(char::is_whitespace);
    if is_address {
        found.extend(connection, WITH_ADDRESS, &normalize_email(&typed))?;
    } else {
        let words = Words::of(&typed)?;
        for text in [words.whole(), words.open()].into_iter().flatten() {
            if is_one_word || found.ids.is_empty() {
                found.extend(connection, WITH_WORDS, &text)?;
            }
        }
    }
    if letters >= PART && (is_one_word || found.ids.is_empty()) {
        found.extend(connection, WITH_PART, &["\"", &typed.replace('"', "\"\""), "\""].concat())?;
    }
    Ok(found.ids)
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

/// Each once, in the order of the looks.
struct Found {
    ids: Vec<i64>,
    known: HashSet<i64>,
    most: usize,
}

impl Found {
    /// Looks further while there is room.
    fn extend(&mut self, connection: &Connection, query: &str, text: &str) -> Result<()> {
        if self.ids.len() < self.most {
            let mut select = connection.prepare_cached(query)?;
            for id in select.query_map(params![text, self.most], |row| row.get(0))? {
                let id = id?;
                if self.known.insert(id) {
                    self.ids.push(id);
                }
            }
            self.ids.truncate(self.most);
        }
        Ok(())
    }
}
