//! What is being written, and what waits for its time to leave.

use super::{MessageKind, Person, Recipients, Scope};
use crate::clock::Millis;

/// What a text is for. A person has one draft of each in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    Reply,
    Note,
    /// Goes on to somebody else, with this message.
    Forward(i64),
}

impl Slot {
    /// Where something of this kind and way is written.
    #[must_use]
    pub fn of(kind: MessageKind, scope: Scope, about: Option<i64>) -> Self {
        match (kind, scope, about) {
            (MessageKind::Outgoing, Scope::Forward, Some(about)) => Self::Forward(about),
            (MessageKind::Outgoing, ..) => Self::Reply,
            (MessageKind::Note | MessageKind::Incoming, ..) => Self::Note,
        }
    }

    /// As stored.
    #[must_use]
    pub fn to_text(self) -> String {
        match self {
            Self::Reply => "reply".to_owned(),
            Self::Note => "note".to_owned(),
            Self::Forward(about) => format!("forward-{about}"),
        }
    }

    /// The slot stored as `text`; anything unknown stays with the team.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let about = text.strip_prefix("forward-").and_then(|about| about.parse().ok());
        match (about, text) {
            (Some(about), _) => Self::Forward(about),
            (None, "reply") => Self::Reply,
            (None, _) => Self::Note,
        }
    }
}

/// What an open page sends while somebody types.
#[derive(Debug, Clone)]
pub struct Typing {
    pub slot: Slot,
    pub text: String,
    /// The number that the page gave what is being written; the message it becomes has the same.
    pub page: String,
    /// The version that the page knows; 0: none.
    pub base: i64,
}

/// A text that was not sent yet.
#[derive(Debug, Clone)]
pub struct Draft {
    pub id: i64,
    pub text: String,
    pub about: Option<i64>,
    pub scope: Scope,
    /// Who gets it, where that was chosen.
    pub recipients: Option<Recipients>,
    /// Files of the message it passes on.
    pub keep: Vec<String>,
    /// The page that wrote it last.
    pub page: String,
    pub version: i64,
    pub files: Vec<Kept>,
    /// What other open pages had written, oldest first.
    pub aside: Vec<String>,
}

/// A file that waits with its text.
#[derive(Debug, Clone)]
pub struct Kept {
    pub key: String,
    pub name: String,
    pub size: u64,
}

/// Messages that came while somebody was writing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Passed {
    pub count: i64,
    /// The first of them.
    pub first: i64,
    /// The last of them.
    pub last: i64,
}

/// Why an answer waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// So that it can be taken back.
    Undo,
    /// Somebody chose its time.
    Schedule,
}

impl Hold {
    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Undo => "undo",
            Self::Schedule => "schedule",
        }
    }

    /// The reason stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text == "undo" { Self::Undo } else { Self::Schedule }
    }
}

/// What was taken back: the box it is in, and when it would have left, if somebody chose that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withdrawn {
    pub slot: Slot,
    pub leaves_at: Option<Millis>,
}

/// An answer that is no message yet.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub id: i64,
    pub by: Person,
    pub slot: Slot,
    pub text: String,
    pub recipients: Recipients,
    pub hold: Hold,
    pub leaves_at: Millis,
    /// Message key of why it did not leave at its time.
    pub problem: Option<String>,
    /// The contact wrote since it began to wait.
    pub is_overtaken: bool,
    pub files: Vec<Kept>,
}

/// Whether a person's answers wait a little before they leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undo {
    On,
    Off,
}

impl Undo {
    /// How long an answer waits with it.
    pub const PAUSE: Millis = 10 * crate::clock::SECOND;
}
