//! The answer box.

use super::super::model::{Conversation, LONGEST, MessageKind, Recipients};
use super::head::contact_name;
use crate::web::Cx;

/// What was typed and refused; nothing on a fresh page.
#[derive(Default)]
pub struct Typed {
    pub text: String,
    pub client_id: String,
    /// A sentence.
    pub error: String,
}

/// The answer box in words.
pub struct Composer {
    pub id: i64,
    /// Where the answer's timeline begins, as a query.
    pub reach: String,
    pub is_note: bool,
    pub typed: Typed,
    pub limit: usize,
    pub limit_note: usize,
    pub audience: String,
    /// What a script says when the text is too long, and what it counts.
    pub over: String,
    pub counter: String,
    pub label_reply: String,
    pub write_reply: String,
}

impl Composer {
    pub fn new(cx: &Cx, conversation: &Conversation, audience: &Recipients, kind: MessageKind, reach: String) -> Self {
        let name = contact_name(cx, conversation);
        Self {
            id: conversation.id,
            reach,
            is_note: kind == MessageKind::Note,
            typed: Typed::default(),
            limit: conversation.text_limit.map_or(LONGEST, |limit| limit as usize),
            limit_note: LONGEST,
            audience: sentence(cx, audience),
            over: cx.t2("composer-over", ("n", "{n}"), ("max", "{max}")),
            counter: cx.t2("composer-counter", ("n", "{n}"), ("max", "{max}")),
            label_reply: cx.t1("composer-reply-to", "name", &name),
            write_reply: cx.t1("composer-write-to", "name", &name),
        }
    }

    /// The same with what was typed.
    #[must_use]
    pub fn with(mut self, typed: Typed) -> Self {
        self.typed = typed;
        self
    }

    /// What the chosen kind calls the field.
    pub fn label(&self, cx: &Cx) -> String {
        if self.is_note { cx.t("composer-note") } else { self.label_reply.clone() }
    }

    /// What the chosen kind asks for.
    pub fn prompt(&self, cx: &Cx) -> String {
        if self.is_note { cx.t("composer-write-note") } else { self.write_reply.clone() }
    }
}

/// Who gets the answer.
fn sentence(cx: &Cx, audience: &Recipients) -> String {
    let to: Vec<&str> = audience.to.iter().map(|mailbox| mailbox.address.as_str()).collect();
    let copies = i64::try_from(audience.cc.len()).unwrap_or(i64::MAX);
    match (to.is_empty(), copies) {
        (true, _) => cx.t("composer-to-nobody"),
        (false, 0) => cx.t1("composer-to", "to", to.join(", ")),
        (false, _) => {
            let mut values = crate::web::i18n::arg("n", copies);
            values.extend(crate::web::i18n::arg("to", to.join(", ")));
            cx.with("composer-to-copy", &values)
        }
    }
}
