//! The words of a search as the full-text indexes have them: cut and folded by their own tokenizer, in any script. A search
//! that cut elsewhere would ask for phrases, and the indexes keep no positions.

use std::cell::RefCell;

use rusqlite::Connection;

use super::open;
use crate::error::Result;

/// Words of a search that count.
const WORDS: usize = 12;

/// An index with the tokenizer of `message_fts` and `contact_name_fts`, and its words one by one.
const CUTTER: &str = "CREATE VIRTUAL TABLE cut USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE word USING fts5vocab (cut, instance);";

thread_local! {
    /// Opening takes longer than cutting.
    static CUT: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

/// The words that must stand in a text.
#[derive(Debug)]
pub struct Words(Vec<String>);

impl Words {
    /// The first words of what somebody typed.
    ///
    /// # Errors
    /// Database errors; the database is one in memory.
    pub fn of(query: &str) -> Result<Self> {
        Ok(Self(cut(query)?))
    }

    /// Them, folded, in their order.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        &self.0
    }

    /// The match for each as a whole word; no words, no match. Quoted word by word, so that nothing in it is an operator.
    #[must_use]
    pub fn whole(&self) -> Option<String> {
        let quoted: Vec<String> = self.0.iter().map(|word| ["\"", word, "\""].concat()).collect();
        (!quoted.is_empty()).then(|| quoted.join(" "))
    }

    /// The same where the last one may go on; a single letter is not a beginning.
    #[must_use]
    pub fn open(&self) -> Option<String> {
        self.whole().filter(|_| self.is_beginning()).map(|whole| whole + "*")
    }

    /// Whether the last one is long enough to be a beginning: two letters.
    #[must_use]
    pub fn is_beginning(&self) -> bool {
        self.0.last().is_some_and(|last| last.chars().nth(1).is_some())
    }
}

/// There is nothing to ask about ASCII: the tokenizer cuts it at all but letters and digits.
fn cut(text: &str) -> Result<Vec<String>> {
    if text.is_ascii() {
        let words = text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        return Ok(words.take(WORDS).map(str::to_ascii_lowercase).collect());
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
        Ok(select.query_map([WORDS], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    })
}
