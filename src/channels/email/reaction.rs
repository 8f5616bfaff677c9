//! Mails that are a reaction to another mail: an emoji, and words for programs that know no reactions.

use serde::Deserialize;

use super::structure::{Leaf, Structure};
use super::{charset, transfer};
use crate::conversations::model::emoji;

/// The longest part that is looked at, in bytes as it stands in the mail.
const LONGEST: usize = 4096;
/// The type of the part by which Gmail says it ("Gmail emoji reactions format", version 1).
const GMAIL: &str = "vnd.google.email-reaction+json";

/// What Gmail's part holds.
#[derive(Deserialize)]
struct Part {
    emoji: String,
    version: i64,
}

/// Whether a part is Gmail's form of it: no file, and nothing that a reader would miss.
pub(super) fn is_gmail(leaf: &Leaf<'_>) -> bool {
    leaf.kind.is("text", GMAIL) && disposition(leaf) != "attachment"
}

fn disposition(leaf: &Leaf<'_>) -> String {
    leaf.fields.typed("content-disposition").map(|typed| typed.main).unwrap_or_default()
}

/// The emoji of a mail that is a reaction: by Gmail's part, or by a part whose disposition says so (RFC 9078).
pub(super) fn read(structure: &Structure<'_>) -> Option<String> {
    structure.leaves.iter().filter(|leaf| leaf.bytes.len() <= LONGEST).find_map(|leaf| {
        if is_gmail(leaf) {
            let part: Part = serde_json::from_str(&text(leaf)).ok()?;
            (part.version == 1).then(|| emoji(&part.emoji)).flatten()
        } else if disposition(leaf) == "reaction" && leaf.kind.is("text", "plain") {
            emoji(&text(leaf))
        } else {
            None
        }
    })
}

fn text(leaf: &Leaf<'_>) -> String {
    let bytes = transfer::decode(leaf.bytes, &leaf.fields.keyword("content-transfer-encoding"));
    charset::decode(&bytes, leaf.kind.param("charset").or(Some("utf-8")))
}
