//! The answer box.

use super::super::model::{
    self, Conversation, Draft, LONGEST, Leaving, Mailbox, MessageKind, Recipients, Scope, addresses,
};
use super::super::store::audience::Audience;
use super::head::contact_name;
use super::writing::{Kept, Passed};
use crate::clock::{HOUR, MINUTE};
use crate::inboxes::Unit;
use crate::web::Cx;

/// What was typed and refused; nothing on a fresh page.
#[derive(Default)]
pub struct Typed {
    pub text: String,
    pub client_id: String,
    /// A sentence.
    pub error: String,
    /// To, copy and hidden copy as they were typed.
    pub lists: Option<Lists>,
    /// The files that were to go along, by their keys: of the message that goes on, and of the draft.
    pub files: Option<Vec<String>>,
}

/// What somebody began to write before, in this box and in the one of the other kind.
#[derive(Default)]
pub struct Before {
    pub draft: Option<Draft>,
    pub other: String,
    /// What came since.
    pub passed: model::Passed,
}

/// The texts of three lists of addresses.
pub type Lists = [String; 3];

/// What is being written.
pub struct Drafted<'a> {
    pub kind: MessageKind,
    pub scope: Scope,
    /// Whether somebody chose the message it is to.
    pub chosen: bool,
    /// What will stand below it.
    pub signature: String,
    /// Of who writes.
    pub zone: &'a str,
}

/// One list of people, as its form shows it.
pub struct List {
    pub name: &'static str,
    pub label: String,
    /// People: the value that is sent, and the words.
    pub people: Vec<(String, String)>,
    pub typed: String,
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
    /// What the limit counts.
    pub unit: &'static str,
    pub kept: Kept,
    /// The draft of the other kind.
    pub other: String,
    /// What came since it was begun.
    pub passed: Passed,
    /// When an answer can leave instead of now: value, words, time.
    pub offers: Vec<(&'static str, String, String)>,
    /// What the field for a time of one's own holds, and the earliest it takes.
    pub at: String,
    pub earliest: String,
    pub audience: String,
    pub about: Option<i64>,
    pub scope: Scope,
    pub is_chosen: bool,
    pub focus: Focus,
    pub lists: Vec<List>,
    pub is_open: bool,
    /// Files of the message that goes on: key and name.
    pub keep: Vec<(String, String)>,
    pub signature: String,
    /// What a script says when somebody was taken out or put back.
    pub to_copies: String,
    /// What a script says when the text is too long, and what it counts.
    pub over: String,
    pub counter: String,
    pub label_reply: String,
    pub write_reply: String,
}

/// Whether writing goes on in the box when it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    Stays,
    /// Somebody chose to answer, or took back what they had written.
    Comes,
}

impl Composer {
    pub fn takes_focus(&self) -> bool {
        self.focus == Focus::Comes
    }

    pub fn new(cx: &Cx, conversation: &Conversation, audience: &Audience, drafted: Drafted<'_>, reach: String) -> Self {
        let name = contact_name(cx, conversation);
        let is_forward = drafted.scope == Scope::Forward;
        Self {
            id: conversation.id,
            reach,
            is_note: drafted.kind == MessageKind::Note,
            typed: Typed::default(),
            limit: conversation.text_limit.map_or(LONGEST, |limit| limit as usize),
            limit_note: LONGEST,
            unit: conversation.unit.as_str(),
            kept: Kept { id: conversation.id, ..Kept::default() },
            other: String::new(),
            passed: Passed::new(cx, conversation.id, model::Passed::default()),
            offers: offers(cx, drafted.zone),
            at: cx.times.field(cx.times.now() + 24 * HOUR),
            earliest: cx.times.field(cx.times.now() + MINUTE),
            audience: if is_forward { cx.t("composer-forward-to") } else { sentence(cx, &audience.recipients) },
            about: audience.about,
            scope: drafted.scope,
            is_chosen: drafted.chosen,
            focus: if drafted.chosen { Focus::Comes } else { Focus::Stays },
            lists: lists(cx, &audience.recipients),
            is_open: is_forward,
            keep: if is_forward { audience.files.clone() } else { Vec::new() },
            signature: drafted.signature,
            to_copies: cx.t2("composer-to-copies", ("to", "{to}"), ("n", "{n}")),
            over: cx.t2(over(conversation.unit), ("n", "{n}"), ("max", "{max}")),
            counter: cx.t2("composer-counter", ("n", "{n}"), ("max", "{max}")),
            label_reply: if is_forward { cx.t("composer-forward") } else { cx.t1("composer-reply-to", "name", &name) },
            write_reply: if is_forward {
                cx.t("composer-write-forward")
            } else {
                cx.t1("composer-write-to", "name", &name)
            },
        }
    }

    /// The same with what was begun before. Who gets it stands there where it is not whom everybody would expect.
    #[must_use]
    pub fn continued(mut self, cx: &Cx, before: Before) -> Self {
        self.kept = Kept::of(cx, self.id, before.draft.as_ref());
        self.other = before.other;
        self.passed = Passed::new(cx, self.id, before.passed);
        let Some(draft) = before.draft else { return self };
        self.typed.text = draft.text;
        if self.is_forward() && draft.recipients.is_some() {
            self.keep.retain(|(key, _)| draft.keep.contains(key));
        }
        let written = |list: &[Mailbox]| list.iter().map(addresses::written).collect::<Vec<_>>().join(", ");
        if let Some(recipients) = draft.recipients {
            let lists = [written(&recipients.to), written(&recipients.cc), written(&recipients.bcc)];
            let usual = self
                .lists
                .iter()
                .map(|list| list.people.iter().map(|(value, _)| value.as_str()).collect::<Vec<_>>().join(", "));
            if !usual.eq(lists.iter().cloned()) {
                let typed = Typed { text: self.typed.text.clone(), lists: Some(lists), ..Typed::default() };
                return Self { typed: Typed::default(), ..self }.with(typed);
            }
        }
        self
    }

    /// The same with a number of its own.
    #[must_use]
    pub fn numbered(mut self, client_id: String) -> Self {
        self.typed.client_id = client_id;
        self
    }

    /// The same with what was typed.
    #[must_use]
    pub fn with(mut self, mut typed: Typed) -> Self {
        if let Some(lists) = typed.lists.take() {
            for (list, typed) in self.lists.iter_mut().zip(lists) {
                (list.people, list.typed) = (Vec::new(), typed);
            }
            self.is_open = true;
        }
        self.typed = typed;
        self
    }

    /// Whether a file is to go along: all are until somebody takes one out.
    pub fn takes(&self, key: &str) -> bool {
        self.typed.files.as_ref().is_none_or(|files| files.iter().any(|file| file == key))
    }

    pub fn is_forward(&self) -> bool {
        self.scope == Scope::Forward
    }

    /// The name its draft is kept under: what goes on to somebody else never shows up in an answer.
    pub fn draft(&self) -> String {
        match self.about {
            Some(about) if self.is_forward() => format!("{}-forward-{about}", self.id),
            _ => self.id.to_string(),
        }
    }

    /// How this box is asked for again, as a query.
    pub fn address(&self) -> String {
        match self.about {
            Some(about) if self.is_chosen => format!("answer={about}&scope={}", self.scope.as_str()),
            _ => String::new(),
        }
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

/// Where a text is too long, in what it is counted.
fn over(unit: Unit) -> &'static str {
    if unit == Unit::Characters { "composer-over" } else { "composer-over-unit" }
}

/// The times that are offered to somebody in `zone`.
fn offers(cx: &Cx, zone: &str) -> Vec<(&'static str, String, String)> {
    let mut before = None;
    let offer = |leaving: &Leaving| {
        let at = leaving.time(cx.times.now(), zone).ok()??;
        // On a Sunday, tomorrow is Monday.
        if before.replace(at) == Some(at) {
            return None;
        }
        let label = if *leaving == Leaving::Tomorrow { "snooze-tomorrow" } else { "snooze-monday" };
        Some((leaving.as_str(), cx.t(label), cx.times.ahead(at)))
    };
    Leaving::OFFERED.iter().filter_map(offer).collect()
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

/// The three lists.
fn lists(cx: &Cx, recipients: &Recipients) -> Vec<List> {
    let list = |name, label: &str, mailboxes: &[Mailbox]| List {
        name,
        label: cx.t(label),
        people: mailboxes.iter().map(person).collect(),
        typed: String::new(),
    };
    vec![
        list("to", "recipients-to", &recipients.to),
        list("cc", "recipients-cc", &recipients.cc),
        list("bcc", "recipients-bcc", &recipients.bcc),
    ]
}

fn person(mailbox: &Mailbox) -> (String, String) {
    (addresses::written(mailbox), mailbox.address.clone())
}
