//! What a person writes, and what leaves of it.

use super::{Attachment, IncomingFile, Mailbox, MessageKind, Recipients};
use crate::clock::Millis;

/// What a person wrote, to be sent or to be kept.
#[derive(Debug, Clone)]
pub struct Written {
    pub kind: MessageKind,
    pub text: String,
    /// Made by the browser: the same one twice is one message.
    pub client_id: Option<String>,
    pub files: Vec<IncomingFile>,
}

/// How a message of ours leaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Way {
    /// To whom we talk with.
    #[default]
    Reply,
    /// A message of the conversation goes on to somebody else.
    Forward,
    /// The product wrote it.
    Automatic,
}

impl Way {
    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Forward => "forward",
            Self::Automatic => "automatic",
        }
    }

    /// The way stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "forward" => Self::Forward,
            "automatic" => Self::Automatic,
            _ => Self::Reply,
        }
    }
}

/// Who gets an answer to a message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// Whoever wrote it, and everybody on it.
    #[default]
    All,
    /// Whoever wrote it.
    One,
    /// Nobody on it: it goes on to somebody else.
    Forward,
}

impl Scope {
    /// As in addresses and forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::One => "one",
            Self::Forward => "forward",
        }
    }

    /// The scope with this name.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "one" => Self::One,
            "forward" => Self::Forward,
            _ => Self::All,
        }
    }
}

/// How an answer is addressed. The default is to whoever wrote last and everybody on that message.
#[derive(Debug, Clone, Default)]
pub struct Addressed {
    pub scope: Scope,
    /// The message it is to, or that goes on.
    pub about: Option<i64>,
    /// Exactly these people, where somebody chose them.
    pub recipients: Option<Recipients>,
    /// Files of that message that go on with it, by their keys.
    pub keep: Vec<String>,
}

/// An answer that is to leave, with what it needs.
#[derive(Debug, Clone)]
pub struct ToDeliver {
    pub message: i64,
    pub conversation: i64,
    pub inbox: i64,
    pub external_id: String,
    pub subject: String,
    pub text: String,
    /// Stands below the text.
    pub signature: String,
    pub way: Way,
    /// The contact's, if it is known.
    pub language: Option<String>,
    pub sender_name: String,
    pub recipients: Recipients,
    pub created_at: Millis,
    pub raw: Option<i64>,
    pub resent: bool,
    pub attachments: Vec<Attachment>,
    /// The message it answers: its id, its references, who wrote it and when, its text.
    pub answers: Option<Answered>,
}

/// The message an answer is to.
#[derive(Debug, Clone)]
pub struct Answered {
    pub external_id: Option<String>,
    pub references: Vec<String>,
    pub sender: Mailbox,
    pub recipients: Recipients,
    pub subject: String,
    pub text: String,
    pub written_at: Millis,
}
