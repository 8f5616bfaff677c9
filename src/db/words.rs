//! The words of a text as the full-text index has them: cut and folded by its own tokenizer, in any script. A search that
//! cut elsewhere would ask for phrases, and the index keeps no positions.

use std::cell::RefCell;

use rusqlite::{Connection, Transaction, params};

use super::open;
use crate::error::Result;

/// An index with the tokenizer of `message_fts`, and its words one by one.
const CUTTER: &str = "CREATE VIRTUAL TABLE cut USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE word USING fts5vocab (cut, instance);";

thread_local! {
    /// Opening takes longer than cutting.
    static CUT: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

/// Words of an excerpt, and letters before the first one that was searched for: it is to stand where a narrow row shows it.
const EXCERPT: usize = 24;
const AHEAD: usize = 24;
/// Around what was searched for. They stand in no text that is given here.
const MARKS: [char; 2] = ['\u{2}', '\u{3}'];

/// A piece of a text, and whether it was searched for.
pub type Piece = (String, bool);

/// The first words of a text, not more than `most`, in their order.
///
/// # Errors
/// Database errors; the database is one in memory.
pub fn of(text: &str, most: usize) -> Result<Vec<String>> {
    cut(|tx| {
        tx.prepare_cached("INSERT INTO cut (text) VALUES (?1)")?.execute([text])?;
        let mut select = tx.prepare_cached("SELECT term FROM word ORDER BY \"offset\" LIMIT ?1")?;
        select.query_map([most], |row| row.get(0))?.collect()
    })
}

/// What stands around the words in each of these texts, by the number of the text; one in which none stands has none.
/// `wanted` is in the language of the index.
///
/// # Errors
/// Database errors; the database is one in memory.
pub fn around(texts: &[(i64, String)], wanted: &str) -> Result<Vec<(i64, Vec<Piece>)>> {
    cut(|tx| {
        let mut insert = tx.prepare_cached("INSERT INTO cut (rowid, text) VALUES (?1, ?2)")?;
        for (number, text) in texts {
            insert.execute(params![number, shapely(text)])?;
        }
        let mut select =
            tx.prepare_cached("SELECT rowid, snippet(cut, 0, ?2, ?3, '…', ?4) FROM cut WHERE cut MATCH ?1")?;
        let [from, to] = MARKS.map(String::from);
        select
            .query_map(params![wanted, from, to, EXCERPT], |row| Ok((row.get(0)?, pieces(row.get_ref(1)?.as_str()?))))?
            .collect()
    })
}

/// Works in the thread's own database. Nothing is committed: the texts are gone again.
fn cut<T>(work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T> {
    CUT.with_borrow_mut(|kept| {
        let connection = match kept {
            Some(connection) => connection,
            None => kept.insert(open::in_memory(CUTTER)?),
        };
        Ok(work(&connection.transaction()?)?)
    })
}

/// In one line, without what has no shape.
fn shapely(text: &str) -> String {
    let words = text.split_whitespace().map(|word| word.replace(char::is_control, ""));
    words.collect::<Vec<_>>().join(" ")
}

fn pieces(marked: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> =
        marked.split(MARKS).enumerate().map(|(place, piece)| (piece.to_owned(), place % 2 == 1)).collect();
    if let Some((first, false)) = pieces.first_mut() {
        let from = first.char_indices().rev().nth(AHEAD).map(|(from, _)| from);
        if let Some((_, kept)) = from.and_then(|from| first[from..].split_once(' ')) {
            *first = ["…", kept].concat();
        }
    }
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}
