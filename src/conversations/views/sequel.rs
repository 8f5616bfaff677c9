//! What became of a message after it was sent, in words.

use super::super::model::Sequel;
use crate::web::Cx;
use crate::web::i18n::args;

/// What stands at a message beside its marks.
pub struct After {
    pub reactions: Vec<Reacted>,
    /// Until when it said what.
    pub earlier: Vec<(String, String)>,
}

/// An emoji under a message.
pub struct Reacted {
    pub emoji: String,
    /// Who, in short.
    pub name: String,
    /// Who, with what and when.
    pub said: String,
}

impl After {
    pub fn new(cx: &Cx, sequel: &Sequel) -> Self {
        let reactions = sequel.reactions.iter().zip(reactions(cx, sequel)).map(|(reaction, said)| Reacted {
            emoji: reaction.emoji.clone(),
            name: reaction.name.split(' ').next().unwrap_or_default().to_owned(),
            said,
        });
        Self { reactions: reactions.collect(), earlier: earlier(cx, sequel) }
    }

    pub fn has_reactions(&self) -> bool {
        !self.reactions.is_empty()
    }

    pub fn was_edited(&self) -> bool {
        !self.earlier.is_empty()
    }
}

/// Each reaction as a sentence.
pub fn reactions(cx: &Cx, sequel: &Sequel) -> Vec<String> {
    let said = sequel.reactions.iter().map(|reaction| {
        let name = if reaction.name.is_empty() { cx.t("contact-nameless") } else { reaction.name.clone() };
        let values = [("name", name), ("emoji", reaction.emoji.clone()), ("when", cx.times.full(reaction.at))];
        cx.with("reaction-by", &args(values))
    });
    said.collect()
}

/// Until when it said what.
pub fn earlier(cx: &Cx, sequel: &Sequel) -> Vec<(String, String)> {
    let said = |until| cx.t1("message-earlier-until", "when", cx.times.full(until));
    sequel.earlier.iter().map(|earlier| (said(earlier.until), earlier.text.clone())).collect()
}

/// What has to be known before a message is read: icon and sentence.
pub fn marks(cx: &Cx, sequel: &Sequel, unknown: Option<&str>) -> Vec<(&'static str, String)> {
    let mut marks = Vec::new();
    if let Some(kind) = unknown {
        marks.push(("help", cx.t1("message-unknown", "kind", kind)));
    }
    match (sequel.withdrawn_at, sequel.edited_at) {
        (Some(at), _) => marks.push(("trash", cx.t1("message-withdrawn", "when", cx.times.full(at)))),
        (None, Some(at)) => marks.push(("pencil", cx.t1("message-edited", "when", cx.times.full(at)))),
        (None, None) => {}
    }
    marks
}
