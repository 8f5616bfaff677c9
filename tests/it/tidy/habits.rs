//! Habits that end badly sooner or later, found by their words.

use super::rust::Source;
use super::tree::{Page, pages_with};
use super::{Finding, assert_tells_apart, assert_tidy};

/// SQL words as the sources write them: in capitals, so that English sentences are no SQL.
const SQL: &[&str] =
    &["SELECT", "INSERT", "UPDATE", "DELETE FROM", "WHERE", "ORDER BY", "PRAGMA", "VALUES", "FROM ", "JOIN ", "LIMIT "];
/// What makes one text out of several at run time.
const GLUE: &[&str] = &["format!", "write!", "writeln!", "format_args!", "push_str", ".join", ".concat", ".replace"];

/// SQL that is put together from parts: values are bound, columns and operators come from an enum with constants.
fn glued_sql(page: &Page) -> Vec<Finding> {
    let source = Source::read(page);
    let mut findings = Vec::new();
    let mut complain = |at: usize, says: &str| findings.push(Finding::new(page, source.line_of(at), says));
    for (at, text) in &source.literals {
        if !SQL.iter().any(|word| has_word(text, word)) {
            continue;
        }
        let before = source.code[..*at].trim_end_matches(['"', '#', 'r', ' ', '\n', '&']);
        let call = before.trim_end_matches('(');
        if call.len() < before.len() && GLUE.iter().any(|glue| call.ends_with(glue)) {
            complain(*at, "SQL is put together from parts: bind the values, choose between whole statements");
        }
        let after = source.code[at + text.len()..].trim_start_matches(['"', '#', ' ', '\n']);
        if before.ends_with('+') || after.starts_with("+ ") || after.starts_with(".to_owned() +") {
            complain(*at, "SQL is glued with +: bind the values, choose between whole statements");
        }
    }
    for call in ["execute(", "execute_batch(", "prepare(", "prepare_cached(", "query_row(", "query("] {
        for at in source.find(call) {
            let first = source.code[at + call.len()..].trim_start().trim_start_matches('&');
            if first.starts_with("format!") || first.starts_with("String") {
                complain(at, "a statement is formatted on the spot: bind the values");
            }
        }
    }
    findings
}

/// Whether the word stands alone in the text.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let letter = |found: Option<char>| found.is_some_and(char::is_alphanumeric);
        !letter(text[..at].chars().next_back()) && !letter(text[at + word.trim_end().len()..].chars().next())
    })
}

/// Where a habit is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// `src` above `#[cfg(test)]`.
    Product,
    /// `tests`, and what is below `#[cfg(test)]`.
    Tests,
    Everywhere,
}

const HABITS: &[(&str, Place, &str)] = &[
    ("#[allow", Place::Everywhere, "`#[expect(lint, reason = \"…\")]` goes away with its cause"),
    ("#![allow", Place::Everywhere, "`#![expect(lint, reason = \"…\")]` goes away with its cause"),
    (".unwrap()", Place::Product, "return an error, or `expect` with the reason why it cannot fail"),
    ("todo!", Place::Everywhere, "finish it or leave it out"),
    ("unimplemented!", Place::Everywhere, "finish it or leave it out"),
    ("dbg!", Place::Everywhere, "was a look inside, not a part"),
    ("#[ignore", Place::Everywhere, "a test runs or does not exist; long loops shorten themselves by RECADO_TEST_LONG"),
    ("sleep(", Place::Tests, "wait for the thing itself: a signal, or `support::wait::until`"),
    ("sleep_until(", Place::Tests, "wait for the thing itself: a signal, or `support::wait::until`"),
    ("Connection::open", Place::Product, "connections are opened in src/db only"),
];

fn habits(page: &Page) -> Vec<Finding> {
    let source = Source::read(page);
    let mut findings = Vec::new();
    for (words, place, says) in HABITS {
        if *words == "Connection::open" && page.path.starts_with("src/db") {
            continue;
        }
        for at in source.find(words) {
            let here = if page.path.starts_with("src/") && at < source.product { Place::Product } else { Place::Tests };
            if *place == here || *place == Place::Everywhere {
                findings.push(Finding::new(page, source.line_of(at), format!("{words}: {says}")));
            }
        }
    }
    findings
}

fn all_rust() -> impl Iterator<Item = Page> {
    ["src", "tests", "benches"].into_iter().flat_map(|folder| pages_with(folder, "rs"))
}

#[test]
fn sql_is_written_whole_and_values_are_bound() {
    assert_tidy(pages_with("src", "rs").iter().flat_map(glued_sql).collect());
}

#[test]
fn bad_habits_stay_out() {
    assert_tidy(all_rust().flat_map(|page| habits(&page)).collect());
}

#[test]
fn glued_sql_is_found() {
    let bad = [
        "format!(\"SELECT * FROM {table}\")",
        "sql.push_str(\" WHERE id = 1\")",
        "let sql = \"SELECT 1\".to_owned() + tail;",
        "let sql = head + \" ORDER BY id\";",
        "tx.execute(&format!(\"{sql}\"), [])",
        "write!(sql, \"x\"); write!(\n    \"DELETE FROM cards\")",
        "format!(r#\"UPDATE cards SET a = {b}\"#)",
    ];
    let good = [
        "tx.execute(\"UPDATE cards SET a = ?1\", [1])",
        "format!(\"cards-{id}\")",
        "// format!(\"SELECT\")",
        "let text = format!(\"Update the card\");",
        "conn.prepare(SELECT_CARDS)",
    ];
    assert_tells_apart(glued_sql, "src/cards/store.rs", &bad, &good);
}

#[test]
fn each_bad_habit_is_found() {
    let bad = ["#[allow(dead_code)]", "a.unwrap()", "todo!()", "#[ignore]", "dbg!(a)", "Connection::open(a)"];
    let good = [
        "// a.unwrap()",
        "\"a.unwrap()\"",
        "a.unwrap_or(1)",
        "sleep(a)",
        "#[expect(dead_code, reason = \"b\")]",
        "#[cfg(test)] mod tests { a.unwrap() }",
    ];
    assert_tells_apart(habits, "src/cards/store.rs", &bad, &good);
    let bad = ["sleep(a).await", "std::thread::sleep(a)", "#[ignore = \"slow\"]"];
    assert_tells_apart(habits, "tests/it/cards.rs", &bad, &["a.unwrap()", "asleep(1)"]);
    assert_tells_apart(habits, "src/db/mod.rs", &["#[cfg(test)] sleep(a)"], &["Connection::open(a)"]);
}
