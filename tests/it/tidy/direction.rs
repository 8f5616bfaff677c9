//! A module names only modules that stand before it in the list.

use super::rust::{Source, name_at};
use super::tree::{Page, pages_with};
use super::{Finding, assert_tells_apart, assert_tidy};

/// In this order, within a line too; ARCHITECTURE.md says why. The last line may name everything.
const LAYERS: &[&str] = &[
    "error keys config clock events",
    "db jobs followers http mailer imap blobs",
    "auth",
    "web",
    "accounts",
    "contacts",
    "inboxes",
    "conversations",
    "cards",
    "feed",
    "channels rules notifications webhooks search reports audit",
    "server lib main demo commands",
];
/// The first module of the last line.
const TOP: &str = "server";

fn place(module: &str) -> Option<usize> {
    LAYERS.iter().flat_map(|layer| layer.split(' ')).position(|known| known == module)
}

fn may_name(module: &str, other: &str) -> bool {
    module == other || place(module) >= place(TOP) || place(other) < place(module)
}

/// `src/a/b/c.rs` is `["a", "b", "c"]`, `src/a/mod.rs` is `["a"]`.
fn module_path(page: &Page) -> Vec<&str> {
    let path = page.path.strip_prefix("src/").unwrap_or(&page.path);
    let path = path.strip_suffix(".rs").unwrap_or(path);
    path.strip_suffix("/mod").unwrap_or(path).split('/').collect()
}

/// Top-level modules that the file names, with the byte where.
fn named<'a>(source: &'a Source<'_>, own: &[&str]) -> Vec<(usize, &'a str)> {
    let mut found = Vec::new();
    for at in source.find("crate::") {
        // `$crate::` stands in macros and means the same.
        first_names(&source.code, at + "crate::".len(), &mut found);
    }
    for at in source.find("super::") {
        if source.code[..at].ends_with("super::") {
            continue;
        }
        let rest = &source.code[at..];
        let up = rest.split("super::").take_while(|part| part.is_empty()).count();
        if up == own.len() {
            first_names(&source.code, at + up * "super::".len(), &mut found);
        }
    }
    found
}

/// The name after `crate::`, or each first name of a group `crate::{a::b, c}`.
fn first_names<'a>(code: &'a str, at: usize, found: &mut Vec<(usize, &'a str)>) {
    if !code[at..].starts_with('{') {
        found.push((at, name_at(code, at)));
        return;
    }
    let (mut depth, mut expecting) = (0, true);
    for (offset, letter) in code[at..].char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 1 => return,
            '}' => depth -= 1,
            ',' if depth == 1 => expecting = true,
            letter if depth == 1 && expecting && !letter.is_whitespace() => {
                found.push((at + offset, name_at(code, at + offset)));
                expecting = false;
            }
            _ => {}
        }
    }
}

fn direction(page: &Page) -> Vec<Finding> {
    let own = module_path(page);
    let module = own[0];
    if place(module).is_none() {
        let says = format!("`{module}` has no place in the order of modules: add it to LAYERS and to ARCHITECTURE.md");
        return vec![Finding::new(page, 1, says)];
    }
    let source = Source::read(page);
    let complain = |(at, other): (usize, &str)| {
        let known = place(other).is_some();
        // What lib itself exports belongs to the top.
        let target = if known { other } else { TOP };
        let silent = other.is_empty() || other == "self" || may_name(module, target);
        let says =
            format!("`{module}` names `{other}`, which comes after it: emit an event, or move what is shared down");
        (!silent).then(|| Finding::new(page, source.line_of(at), says))
    };
    named(&source, &own).into_iter().filter_map(complain).collect()
}

/// Whether a file, or a folder above it, has one of the names.
fn belongs_to(page: &Page, names: &[&str]) -> bool {
    module_path(page).iter().skip(1).any(|part| names.contains(part))
}

fn foreign_word(page: &Page) -> Vec<Finding> {
    let rules: [(&[&str], &str, &str); 2] = [
        (&["model", "store"], "rocket", "the domain knows no HTTP: hand in plain values"),
        (&["routes", "views"], "rusqlite", "SQL stands in `store`: call a verb of the feature"),
    ];
    let source = Source::read(page);
    let complain = |(_, word, says): &(_, &str, &str)| {
        let places = source.find(word);
        let finding = |at| Finding::new(page, source.line_of(at), format!("names `{word}`: {says}"));
        places.into_iter().map(finding).collect::<Vec<_>>()
    };
    rules.iter().filter(|(names, ..)| belongs_to(page, names)).flat_map(complain).collect()
}

#[test]
fn a_module_names_only_modules_before_it() {
    assert_tidy(pages_with("src", "rs").iter().flat_map(direction).collect());
}

#[test]
fn the_domain_knows_no_http_and_pages_know_no_sql() {
    assert_tidy(pages_with("src", "rs").iter().flat_map(foreign_word).collect());
}

#[test]
fn an_arrow_against_the_direction_is_found() {
    let bad = [
        "use crate::conversations::Conversation;",
        "use crate::{db, web::{a, b}, clock};",
        "fn a() { crate::cards::b(); }",
        "use super::super::feed;",
        "use crate::Product;",
    ];
    let good = [
        "use crate::db::Tx; use crate::auth::Session;",
        "// crate::cards\nlet a = \"crate::cards\";",
        "use crate::{db, error::{Error, cards}};",
        "use super::cards; use super::*;",
        "use self::cards;",
    ];
    assert_tells_apart(direction, "src/auth/sessions.rs", &bad, &good);
    assert_tells_apart(direction, "src/auth.rs", &["use super::feed;"], &["use super::*;", "use super::db;"]);
    assert_tells_apart(direction, "src/commands/serve.rs", &[], &["use crate::demo; use crate::rocket;"]);
    assert_tells_apart(direction, "src/utilities.rs", &[""], &[]);
}

#[test]
fn a_foreign_word_is_found() {
    assert_tells_apart(
        foreign_word,
        "src/cards/store/columns.rs",
        &["use rocket::State;"],
        &["// rocket", "use rusqlite::Row;"],
    );
    assert_tells_apart(foreign_word, "src/cards/model.rs", &["fn a(b: rocket::Data) {}"], &["let rocket_ship = 1;"]);
    assert_tells_apart(foreign_word, "src/cards/routes.rs", &["use rusqlite::Row;"], &["use rocket::State;"]);
    assert_tells_apart(foreign_word, "src/cards/views.rs", &["a::<rusqlite::Row>()"], &[]);
}
