//! What was said, in pieces as a template shows them: links, and names of those whom a note calls.

use crate::web::text::{Segment, segments};

/// A piece of a text; all of them joined are the text.
pub enum Piece<'t> {
    Text(&'t str),
    /// Somebody is named.
    Name(&'t str),
    Link {
        url: String,
        label: &'t str,
    },
}

/// The pieces of a text in which these words name somebody.
pub fn pieces<'t>(text: &'t str, names: &[String]) -> Vec<Piece<'t>> {
    let mut found = Vec::new();
    for segment in segments(text) {
        match segment {
            Segment::Text(text) => cut(text, names, &mut found),
            Segment::Link { url, label } => found.push(Piece::Link { url, label }),
        }
    }
    found
}

fn cut<'t>(text: &'t str, names: &[String], found: &mut Vec<Piece<'t>>) {
    let mut rest = text;
    // Of names that begin alike the longest stands there.
    let first = |rest: &str| {
        let places = names.iter().filter_map(|words| Some((rest.find(words.as_str())?, words.len())));
        places.min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)))
    };
    while let Some((at, length)) = first(rest) {
        found.extend([Piece::Text(&rest[..at]), Piece::Name(&rest[at..at + length])]);
        rest = &rest[at + length..];
    }
    found.push(Piece::Text(rest));
}
