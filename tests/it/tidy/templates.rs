//! Templates hold no texts and nothing that the content security policy refuses.

use super::tree::{Page, pages};
use super::{Finding, assert_tells_apart, assert_tidy};

/// Attributes that a person reads or hears.
const SPOKEN: &[&str] = &[
    "title",
    "placeholder",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "alt",
    "label",
    "hx-confirm",
    "hx-prompt",
    "summary",
];
/// The one place where HTML that is already clean enters a page.
const CLEAN_HTML: &[&str] = &["templates/conversations/_body.html"];

/// The text with Askama's parts as spaces, line ends kept, so that bytes stay where they are.
fn without_expressions(text: &str) -> String {
    let mut plain = text.as_bytes().to_vec();
    for (open, close) in [("{#", "#}"), ("{{", "}}"), ("{%", "%}")] {
        let mut at = 0;
        while let Some(start) = find(&plain, open.as_bytes(), at) {
            let end = find(&plain, close.as_bytes(), start + 2).map_or(plain.len(), |end| end + 2);
            blank(&mut plain[start..end]);
            at = end;
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// What stands on a key of the keyboard is the same in every language, so it is no text.
fn without_key_caps(text: &str) -> String {
    let mut plain = text.as_bytes().to_vec();
    let mut at = 0;
    while let Some(start) = find(&plain, b"<kbd>", at) {
        let end = find(&plain, b"</kbd>", start).unwrap_or(plain.len());
        blank(&mut plain[start + 5..end]);
        at = end;
    }
    String::from_utf8_lossy(&plain).into_owned()
}

fn find(text: &[u8], what: &[u8], from: usize) -> Option<usize> {
    text[from..].windows(what.len()).position(|window| window == what).map(|at| at + from)
}

fn blank(bytes: &mut [u8]) {
    bytes.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
}

/// One tag: where it begins, its name, its attributes with their values.
struct Tag<'a> {
    at: usize,
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

/// Takes the tags and comments out of the text and returns them; what is left is read by people.
fn split(plain: &str) -> (Vec<Tag<'_>>, String) {
    let mut rest = plain.as_bytes().to_vec();
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = find(&rest, b"<", at) {
        let comment = plain[start..].starts_with("<!--");
        let end = if comment {
            find(&rest, b"-->", start).map_or(rest.len(), |end| end + 3)
        } else {
            end_of_tag(&rest, start)
        };
        if !comment {
            tags.push(tag(start, &plain[start + 1..end.max(start + 2) - 1]));
        }
        blank(&mut rest[start..end]);
        at = end;
    }
    (tags, String::from_utf8_lossy(&rest).into_owned())
}

fn end_of_tag(text: &[u8], start: usize) -> usize {
    let mut quote = None;
    for (at, byte) in text.iter().enumerate().skip(start) {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            (None, b'>') => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn tag(at: usize, inside: &str) -> Tag<'_> {
    let inside = inside.trim_end_matches('/');
    let name_end = inside.find(char::is_whitespace).unwrap_or(inside.len());
    let (name, mut rest) = inside.split_at(name_end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Tag { at, name, attributes };
        }
        let end = rest.find(|letter: char| letter.is_whitespace() || letter == '=').unwrap_or(rest.len()).max(1);
        let (attribute, after) = rest.split_at(end);
        let Some(value) = after.strip_prefix('=') else {
            attributes.push((attribute, ""));
            rest = after;
            continue;
        };
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        attributes.push((attribute, value));
        rest = after;
    }
}

/// Whether a person would read something here: letters that are no character reference.
fn speaks(text: &str) -> bool {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        if before.chars().any(char::is_alphabetic) {
            return true;
        }
        rest = after.split_once(';').map_or(after, |(_, after)| after);
    }
    rest.chars().any(char::is_alphabetic)
}

fn is_attribute(word: &str) -> bool {
    word.starts_with("data-") || word.starts_with("aria-")
}

/// A title may end in the keys that do the same: "… (g c)".
fn without_keys(value: &str) -> &str {
    let keys = |inside: &str| inside.split(' ').all(|key| key.chars().count() == 1);
    match value.strip_suffix(')').and_then(|value| value.rsplit_once('(')) {
        Some((before, inside)) if keys(inside) => before,
        _ => value,
    }
}

fn literal_text(page: &Page) -> Vec<Finding> {
    let plain = without_key_caps(&without_expressions(&page.text));
    let (tags, left) = split(&plain);
    let says = "text in a template: write t(\"key\") and put the words into both locales";
    // A block or a macro may hold nothing but attributes for a tag that stands elsewhere.
    let words = |line: &str| line.split_whitespace().any(|word| !is_attribute(word) && speaks(word));
    let lines = left.lines().enumerate().filter(|(_, line)| words(line));
    let mut findings: Vec<Finding> = lines.map(|(line, _)| Finding::new(page, line + 1, says)).collect();
    for tag in &tags {
        let button = tag.name == "input"
            && tag.attributes.iter().any(|(_, kind)| matches!(*kind, "submit" | "button" | "reset"));
        for (name, value) in &tag.attributes {
            if speaks(without_keys(value)) && (SPOKEN.contains(name) || (button && *name == "value")) {
                findings.push(Finding::new(page, page.line_of(tag.at), format!("{name}: {says}")));
            }
        }
    }
    findings
}

fn refused_by_policy(page: &Page) -> Vec<Finding> {
    let (plain, mut findings) = (without_expressions(&page.text), Vec::new());
    let (tags, _) = split(&plain);
    for tag in &tags {
        let mut complain = |says: String| findings.push(Finding::new(page, page.line_of(tag.at), says));
        // The frame of a mail is a document of its own, with a policy of its own that allows it.
        if tag.name == "style" && !CLEAN_HTML.contains(&page.path.as_str()) {
            complain("inline styles: use a class of static/css".to_owned());
        }
        if tag.name == "script" && !tag.attributes.iter().any(|(name, _)| *name == "src") {
            complain("inline script: make it a file in static/js".to_owned());
        }
        for (name, value) in &tag.attributes {
            let name = name.to_ascii_lowercase();
            let value = value.trim().to_ascii_lowercase();
            if name == "style" {
                complain("style attribute: use a class of static/css".to_owned());
            }
            if name.strip_prefix("on").is_some_and(|event| event.chars().all(char::is_alphabetic))
                || name.starts_with("hx-on")
            {
                complain(format!("{name}: listen in a file of static/js"));
            }
            if value.starts_with("js:") || value.starts_with("javascript:") {
                complain(format!("{name}: computed values need eval"));
            }
            if name.starts_with("hx-trigger") && value.contains('[') {
                complain(format!("{name}: a filter in brackets needs eval"));
            }
        }
    }
    findings
}

/// What is replaced while it listens forgets what it was told meanwhile (ARCHITECTURE.md). The place of a conversation is:
/// only once, when that is gone.
fn forgetful(page: &Page) -> Vec<Finding> {
    let plain = without_expressions(&page.text);
    let (tags, _) = split(&plain);
    let says = "a block that listens: swap it by outerMorph, so that it hears what comes while it asks";
    let forgets = |tag: &&Tag<'_>| {
        let value = |wanted: &str| tag.attributes.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
        value("hx-trigger").is_some_and(|trigger| trigger.contains("recado:"))
            && value("hx-swap") == Some("outerHTML")
            && value("hx-target").is_none()
            && value("id") != Some("work")
    };
    tags.iter().filter(forgets).map(|tag| Finding::new(page, page.line_of(tag.at), says)).collect()
}

fn unescaped(page: &Page) -> Vec<Finding> {
    if CLEAN_HTML.contains(&page.path.as_str()) {
        return Vec::new();
    }
    let says = "unescaped HTML: only the reviewed file of tests/it/tidy/templates.rs does this";
    let squeezed = |line: &str| line.split_whitespace().collect::<String>();
    let bad =
        |line: &str| ["|safe", "autoescapefalse", "escape(\"none\")"].iter().any(|word| squeezed(line).contains(word));
    let lines = page.text.lines().enumerate().filter(|(_, line)| bad(line));
    lines.map(|(line, _)| Finding::new(page, line + 1, says)).collect()
}

#[test]
fn templates_hold_no_texts() {
    assert_tidy(pages("templates").iter().flat_map(literal_text).collect());
}

#[test]
fn templates_hold_nothing_that_the_policy_refuses() {
    assert_tidy(pages("templates").iter().flat_map(refused_by_policy).collect());
}

#[test]
fn everything_is_escaped_but_in_one_file() {
    assert_tidy(pages("templates").iter().flat_map(unescaped).collect());
}

#[test]
fn blocks_that_listen_keep_their_element() {
    assert_tidy(pages("templates").iter().flat_map(forgetful).collect());
}

#[test]
fn a_block_that_forgets_is_found() {
    let bad = ["<p id=\"a\" hx-get=\"/a\" hx-trigger=\"load, recado:a-{{ id }} from:body\" hx-swap=\"outerHTML\">"];
    let good = [
        "<p hx-get=\"/a\" hx-trigger=\"recado:a from:body\" hx-swap=\"outerMorph\">",
        "<p hx-get=\"/a\" hx-trigger=\"load\" hx-swap=\"outerHTML\">",
        "<p hx-get=\"/a\" hx-trigger=\"recado:a from:body\" hx-target=\"#b\" hx-swap=\"outerHTML\">",
    ];
    assert_tells_apart(forgetful, "templates/a.html", &bad, &good);
}

#[test]
fn text_in_a_template_is_found() {
    let bad = [
        "<p>Entrar</p>",
        "<p>{{ a }} de</p>",
        "<input placeholder=\"Nome\">",
        "<button aria-label='Fechar {{ a }}'></button>",
        "<input type=\"submit\" value=\"Salvar\">",
        "<a title=\"{{ a }}\n b\">&nbsp;</a>",
        "{% if a > b %}sim{% endif %}",
    ];
    let good = [
        "<p class=\"row\">{{ t(\"sign-in\") }} · {{ a.b(\"x > y\") }}</p>",
        "{# a note #}<!-- another --><!doctype html><html lang=\"{{ l }}\">",
        "<input value=\"agent\" placeholder=\"{{ t(\"name\") }}\"> 1 &amp; &nbsp;",
        "<a href=\"/a\" {% if b > c %}aria-current=\"page\"{% endif %}>→</a>",
    ];
    assert_tells_apart(literal_text, "templates/a.html", &bad, &good);
}

#[test]
fn what_the_policy_refuses_is_found() {
    let bad = [
        "<style>a{}</style>",
        "<script>a()</script>",
        "<p style=\"color:red\">",
        "<p onclick=\"a()\">",
        "<p hx-on:click=\"a()\">",
        "<p hx-vals='js:{a:b()}'>",
        "<a href=\"javascript:a()\">",
        "<p hx-trigger=\"keyup[key=='a']\">",
        "<p hx-trigger:inherited=\"keyup[a]\">",
    ];
    let good = [
        "<script src=\"/a.js\" defer></script>",
        "<p hx-trigger=\"recado:a from:body\">",
        "{# <style> #}",
        "<p data-on=\"a\">",
    ];
    assert_tells_apart(refused_by_policy, "templates/a.html", &bad, &good);
}

#[test]
fn unescaped_html_is_found() {
    let bad = ["{{ a|safe }}", "{{ a | safe }}", "{% autoescape false %}", "{{ a|escape(\"none\") }}"];
    assert_tells_apart(unescaped, "templates/a.html", &bad, &["{{ a }}", "{{ safe }}"]);
    assert_tells_apart(unescaped, CLEAN_HTML[0], &[], &bad);
}
