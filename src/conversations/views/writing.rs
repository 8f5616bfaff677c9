//! What stands around the answer box while somebody writes.

use askama::Template;

use super::super::model::{self, Draft};
use super::super::presence::Other;
use crate::web::Cx;

/// What is kept of a text that was not sent yet.
#[derive(Default)]
pub struct Kept {
    /// The conversation.
    pub id: i64,
    /// The version that the page knows from now on.
    pub base: i64,
    /// Files that wait with it: key, name, size.
    pub files: Vec<(String, String, String)>,
    /// What other open pages had written.
    pub aside: Vec<String>,
    /// Something is kept.
    pub is_saved: bool,
}

impl Kept {
    /// Of a draft, if there is one.
    pub fn of(cx: &Cx, conversation: i64, draft: Option<&Draft>) -> Self {
        let Some(draft) = draft else { return Self { id: conversation, ..Self::default() } };
        Self {
            id: conversation,
            base: draft.version,
            files: draft
                .files
                .iter()
                .map(|file| (file.key.clone(), file.name.clone(), cx.times.size(file.size)))
                .collect(),
            aside: draft.aside.clone(),
            is_saved: !draft.text.trim().is_empty(),
        }
    }
}

/// That it is kept, and what another page wrote meanwhile.
#[derive(Template)]
#[template(path = "conversations/draft.html")]
pub struct DraftBlock {
    pub cx: Cx,
    pub kept: Kept,
}

/// What came while somebody was writing, in words.
pub struct Passed {
    pub id: i64,
    /// Empty: nothing.
    pub words: String,
    /// The first of it.
    pub first: i64,
    /// The last of it.
    pub last: i64,
}

impl Passed {
    pub fn new(cx: &Cx, id: i64, passed: model::Passed) -> Self {
        let words = if passed.count > 0 { cx.count("passed", passed.count) } else { String::new() };
        Self { id, words, first: passed.first, last: passed.last }
    }
}

/// The same as a block.
#[derive(Template)]
#[template(path = "conversations/passed.html")]
pub struct PassedBlock {
    pub cx: Cx,
    pub passed: Passed,
}

/// Who else is at the conversation.
#[derive(Template)]
#[template(path = "conversations/presence.html")]
pub struct PresenceBlock {
    id: i64,
    /// Sentences with their icons.
    others: Vec<(&'static str, String)>,
    cx: Cx,
}

impl PresenceBlock {
    pub fn new(cx: Cx, id: i64, others: &[Other]) -> Self {
        let names = |writes: bool| {
            let found: Vec<&str> =
                others.iter().filter(|other| other.writes == writes).map(|other| other.name.as_str()).collect();
            (i64::try_from(found.len()).unwrap_or(i64::MAX), found.join(", "))
        };
        let mut lines = Vec::new();
        for (icon, key, (count, names)) in
            [("pencil", "presence-writes", names(true)), ("eye", "presence-looks", names(false))]
        {
            if count > 0 {
                let mut values = crate::web::i18n::arg("n", count);
                values.extend(crate::web::i18n::arg("names", names));
                lines.push((icon, cx.with(key, &values)));
            }
        }
        Self { id, others: lines, cx }
    }
}
