//! The words of a text as the full-text index has them: cut and folded by its own tokenizer, in any script. A search that
//! cut elsewhere would ask for phrases, and the index keeps no positions.

use std::cell::RefCell;

use rusqlite::Connection;

use super::open;
use crate::error::Result;

/// An index with the tokenizer of `message_fts`, and its words one by one.
const CUTTER: &str = "CREATE VIRTUAL TABLE cut USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE word USING fts5vocab (cut, instance);";

thread_local! {
    /// Opening takes longer than cutting.
    static CUT: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

/// The first words of a text, not more than `most`, in their order. There is nothing to ask about ASCII: the tokenizer cuts
/// it at all but letters and digits.
///
/// # Errors
/// Database errors; the database is one in memory.
pub fn of(text: &str, most: usize) -> Result<Vec<String>> {
    if text.is_ascii() {
        let words = text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        return Ok(words.take(most).map(str::to_ascii_lowercase).collect());
    }
    CUT.with_borrow_mut(|kept| {
        let connection = match kept {
            Some(connection) => connection,
            None => kept.insert(open::in_memory(CUTTER)?),
        };
        // Dropped without a commit: the text is gone again.
        let tx = connection.transaction()?;
        tx.prepare_cached("INSERT INTO cut (text) VALUES (?1)")?.execute([text])?;
        let mut select = tx.prepare_cached("SELECT term FROM word ORDER BY \"offset\" LIMIT ?1")?;
        Ok(select.query_map([most], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    })
}
