//! What stands around the words that a search found in a text, cut for one line of a list.

use icu_normalizer::properties::{CanonicalDecompositionBorrowed, Decomposed};

/// Letters before the first word that was found: it is to stand where a narrow row shows it.
const AHEAD: usize = 24;
/// Letters from there on.
const LENGTH: usize = 140;
/// A text is looked through so far, in bytes.
const LOOKED_AT: usize = 64 * 1024;

/// A piece of a text, and whether it was searched for.
pub type Piece = (String, bool);

/// What a search found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub message: i64,
    /// What stands around the words; nothing where they are not in the text itself.
    pub excerpt: Vec<Piece>,
}

/// What a search looks for in a text: words without accents and in lower case.
#[derive(Debug, Clone)]
pub struct Wanted {
    words: Vec<String>,
    /// Whether words that go on from the last one count as well.
    pub goes_on: bool,
}

impl Wanted {
    /// Whole words.
    #[must_use]
    pub fn whole(words: &[String]) -> Self {
        Self { words: words.iter().map(|word| word.chars().map(fold).collect()).collect(), goes_on: false }
    }

    /// Where the words stand, piece by piece; nothing where none of them does.
    #[must_use]
    pub fn excerpt(&self, text: &str) -> Vec<Piece> {
        let text = &text[..text.floor_char_boundary(LOOKED_AT)];
        let mut found = self.found_in(text);
        let Some(first) = found.next() else { return Vec::new() };
        let from = beginning(text, first.0);
        let to = text[first.0..].char_indices().nth(LENGTH).map_or(text.len(), |(length, _)| first.0 + length);
        let mut pieces = vec![(if from > 0 { "…".to_owned() } else { String::new() }, false)];
        let mut at = from;
        for (start, end) in std::iter::once(first).chain(found).take_while(|(start, _)| *start < to) {
            pieces.push((flat(&text[at..start]), false));
            // A word may be as long as a mail; it goes on to where the excerpt ends.
            pieces.push((flat(&text[start..end.min(to)]), true));
            at = end;
        }
        pieces.push((flat(text.get(at..to).unwrap_or_default()), false));
        pieces.retain(|(piece, _)| !piece.is_empty());
        pieces
    }

    /// The words of a text that are wanted: where each begins and ends.
    fn found_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
        let mut at = 0;
        std::iter::from_fn(move || {
            loop {
                let start = at + text[at..].find(char::is_alphanumeric)?;
                let rest = &text[start..];
                at = start + rest.find(|letter: char| !belongs(letter)).unwrap_or(rest.len());
                if self.is_one(&text[start..at]) {
                    return Some((start, at));
                }
            }
        })
    }

    fn is_one(&self, word: &str) -> bool {
        let last = self.words.len().saturating_sub(1);
        self.words.iter().enumerate().any(|(place, wanted)| {
            let mut letters = word.chars().filter(|letter| !is_mark(*letter)).map(fold);
            let begins = wanted.chars().all(|wanted| letters.next() == Some(wanted));
            begins && ((self.goes_on && place == last) || letters.next().is_none())
        })
    }
}

/// The beginning of a word, not far before a place.
fn beginning(text: &str, place: usize) -> usize {
    let Some((far, _)) = text[..place].char_indices().rev().nth(AHEAD) else { return 0 };
    let ahead = &text[far..place];
    ahead.find(char::is_whitespace).map_or(place, |space| place - ahead[space..].trim_start().len())
}

fn belongs(letter: char) -> bool {
    letter.is_alphanumeric() || is_mark(letter)
}

/// An accent that stands for itself behind its letter.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// Without accents and in lower case, as the index of texts has its words.
fn fold(letter: char) -> char {
    const PARTS: CanonicalDecompositionBorrowed<'static> = CanonicalDecompositionBorrowed::new();
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let mut base = letter;
    while let Decomposed::Expansion(first, _) | Decomposed::Singleton(first) = PARTS.decompose(base) {
        base = first;
    }
    base.to_lowercase().next().unwrap_or(base)
}

/// In one line, without what has no shape.
fn flat(text: &str) -> String {
    let mut flat = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_whitespace() {
            if !flat.ends_with(' ') {
                flat.push(' ');
            }
        } else if !letter.is_control() {
            flat.push(letter);
        }
    }
    flat
}
