//! Words that are refused in names, because a better one is in the field.

use super::rust::{Source, name_at};
use super::tree::{Page, pages_with};
use super::{Finding, assert_tells_apart, assert_tidy};

/// The word and what to say instead.
const REFUSED: &[(&str, &str)] = &[
    ("manager", "name what it does"),
    ("service", "name what it does"),
    ("helper", "put it where it belongs"),
    ("helpers", "put it where it belongs"),
    ("util", "put it where it belongs"),
    ("utils", "put it where it belongs"),
    ("common", "put it where it belongs"),
    ("data", "say which"),
    ("info", "say which"),
    ("item", "say which"),
    ("items", "say which"),
    ("ticket", "the word is conversation"),
    ("thread", "the word is conversation"),
    ("chat", "the word is conversation"),
];
const REFUSED_BEGINNINGS: &[&str] = &["process", "do", "handle"];

/// Declarations that are right all the same.
const GRANTED: &[(&str, &str)] = &[
    ("fn from_data", "a method of Rocket's trait FromData"),
    ("fn process_token", "a method of html5ever's trait TokenSink"),
    ("fn push_data", "a method of Rocket's trait FromForm"),
    ("fn info", "a method of Rocket's trait Fairing"),
    ("type Item", "the associated type of Iterator and Stream"),
    ("fn data_version", "SQLite's own word (PRAGMA data_version)"),
];

const DECLARATIONS: &[&str] =
    &["struct", "enum", "trait", "type", "fn", "mod", "const", "static", "union", "macro_rules!"];

/// `WriteQueue` and `write_queue` are both `write`, `queue`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars() {
        let begins = letter == '_'
            || (letter.is_uppercase() && words.last().is_some_and(|word| !word.ends_with(char::is_uppercase)));
        if begins {
            words.push(String::new());
        }
        if let (false, Some(word)) = (letter == '_', words.last_mut()) {
            word.push(letter);
        }
    }
    words.iter().map(|word| word.to_lowercase()).filter(|word| !word.is_empty()).collect()
}

fn complaint(declaration: &str, name: &str) -> Option<String> {
    let whole = format!("{declaration} {name}");
    if GRANTED.iter().any(|(granted, _)| *granted == whole) {
        return None;
    }
    let words = words(name);
    let refused = REFUSED.iter().find(|(refused, _)| words.iter().any(|word| word == refused));
    if let Some((word, instead)) = refused {
        return Some(format!("`{name}`: not \"{word}\"; {instead}"));
    }
    let begins = words.first().filter(|first| words.len() > 1 && REFUSED_BEGINNINGS.contains(&first.as_str()))?;
    Some(format!("`{name}`: \"{begins}_\" says nothing; name what happens"))
}

fn refused_names(page: &Page) -> Vec<Finding> {
    let source = Source::read(page);
    let mut findings = Vec::new();
    let path = page.path.trim_end_matches(".rs");
    let folders = path.split('/').filter_map(|name| complaint("mod", name));
    findings.extend(folders.map(|says| Finding::new(page, 1, says)));
    for declaration in DECLARATIONS {
        for at in source.find(declaration) {
            let after = at + declaration.len();
            let gap = source.code[after..].len() - source.code[after..].trim_start().len();
            let name = name_at(&source.code, after + gap);
            let finding = complaint(declaration, name).map(|says| Finding::new(page, source.line_of(at), says));
            findings.extend(finding.filter(|_| gap > 0));
        }
    }
    findings
}

#[test]
fn names_say_what_a_thing_is() {
    assert_tidy(pages_with("src", "rs").iter().flat_map(refused_names).collect());
}

#[test]
fn a_refused_name_is_found() {
    let bad = [
        "struct MailManager;",
        "struct Item;",
        "fn do_it() {}",
        "pub async fn handle_mail() {}",
        "mod utils;",
        "enum ContactInfo {}",
        "type MailData = ();",
        "trait ChatItem {}",
        "fn process_all() {}",
    ];
    let good = [
        "struct Managed;",
        "fn domain() {}",
        "fn data_version() {}",
        "type Item = u8;",
        "fn handles() {}",
        "// fn do_it()",
        "fn process() {}",
    ];
    assert_tells_apart(refused_names, "src/cards/model.rs", &bad, &good);
    assert_tells_apart(refused_names, "src/cards/helpers.rs", &[""], &[]);
}
