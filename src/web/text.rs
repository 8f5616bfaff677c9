//! Text from outside, shown safely: links are found by tokens, and a template escapes every part.

use linkify::{LinkFinder, LinkKind};

/// Links in one text; what follows stays text, for no page is read with more.
const MOST: usize = 5_000;
/// The longest address that becomes a link, in bytes.
const LONGEST: usize = 2_048;
/// Words beyond this length are no addresses; looking for one in them would only cost time.
const LONGEST_WORD: usize = 4_096;

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment<'t> {
    /// Shown as it is.
    Text(&'t str),
    /// Shown as `label`, leading to `url`, whose scheme is `http`, `https` or `mailto`.
    Link {
        /// An absolute address.
        url: String,
        /// The words of the text.
        label: &'t str,
    },
}

/// Splits a text at its links: `http:`, `https:`, `www.` and e-mail addresses. The labels and texts joined are the text.
#[must_use]
pub fn segments(text: &str) -> Vec<Segment<'_>> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]).url_must_have_scheme(false);
    let mut found = Vec::new();
    let (mut plain, mut at, mut links) = (0, 0, 0);
    while at < text.len() && links < MOST {
        let word = word_at(text, at);
        if (5..=LONGEST_WORD).contains(&word.len()) && word.contains([':', '@', '.']) {
            for link in finder.links(word) {
                let Some(url) = address(link.as_str(), link.kind()) else {
                    continue;
                };
                let (start, end) = (at + link.start(), at + link.end());
                if plain < start {
                    found.push(Segment::Text(&text[plain..start]));
                }
                found.push(Segment::Link { url, label: &text[start..end] });
                links += 1;
                plain = end;
            }
        }
        at += word.len() + text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
    if plain < text.len() {
        found.push(Segment::Text(&text[plain..]));
    }
    found
}

fn word_at(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())]
}

fn address(label: &str, kind: &LinkKind) -> Option<String> {
    if label.len() > LONGEST || label.contains(['"', '\'', '<', '>', '`', '\\']) || label.contains(char::is_control) {
        return None;
    }
    let lower = label.get(..8).unwrap_or(label).to_ascii_lowercase();
    match kind {
        LinkKind::Email => Some(format!("mailto:{label}")),
        _ if lower.starts_with("http://") || lower.starts_with("https://") => Some(label.to_owned()),
        _ if lower.starts_with("www.") => Some(format!("https://{label}")),
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_and_the_text_stays_whole() {
        let text =
            "Veja https://e.com/a?b=1&c=(2). Ou www.e.com, ou ana@e.com! javascript:alert(1) ftp://x.y arquivo.txt";
        let segments = segments(text);
        let urls: Vec<&str> = segments
            .iter()
            .filter_map(|s| if let Segment::Link { url, .. } = s { Some(url.as_str()) } else { None })
            .collect();
        assert_eq!(urls, ["https://e.com/a?b=1&c=(2)", "https://www.e.com", "mailto:ana@e.com"]);
        let whole: String = segments
            .iter()
            .map(|s| match s {
                Segment::Text(t) => *t,
                Segment::Link { label, .. } => label,
            })
            .collect();
        assert_eq!(whole, text);
    }
}
