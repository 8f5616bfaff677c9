//! Plain text from outside, shown safely: escaped by the template, links made of tokens and never of patterns.

use linkify::{LinkFinder, LinkKind};

/// A piece of a plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    Text(String),
    /// What to open, and what to show.
    Link {
        url: String,
        label: String,
    },
}

/// Splits a text into texts and links (http, https, mailto).
#[must_use]
pub fn segments(text: &str) -> Vec<Segment> {
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(true).kinds(&[LinkKind::Url, LinkKind::Email]);
    finder
        .spans(text)
        .map(|span| {
            let piece = span.as_str();
            match span.kind() {
                Some(LinkKind::Url) if is_web(piece) => link(piece.to_owned(), piece),
                Some(LinkKind::Email) => link(format!("mailto:{piece}"), piece),
                _ => Segment::Text(piece.to_owned()),
            }
        })
        .collect()
}

fn link(url: String, label: &str) -> Segment {
    Segment::Link { url, label: label.to_owned() }
}

fn is_web(url: &str) -> bool {
    let scheme = url.split(':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// One or two letters for an avatar.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter(|word| word.chars().next().is_some_and(char::is_alphanumeric));
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    let letters: String = first.into_iter().chain(last).flat_map(char::to_uppercase).collect();
    if letters.is_empty() { "?".to_owned() } else { letters }
}

/// Which of the six tints an avatar has.
#[must_use]
pub fn tint(id: i64) -> i64 {
    id.rem_euclid(6) + 1
}
