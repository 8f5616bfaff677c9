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

/// An answer that is to leave, with what it needs.
#[derive(Debug, Clone)]
pub struct ToDeliver {
    pub message: i64,
    pub conversation: i64,
    pub inbox: i64,
    pub external_id: String,
    pub subject: String,
    pub text: String,
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
    pub text: String,
    pub written_at: Millis,
}
