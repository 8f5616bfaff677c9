//! Messages as pages show them.

use super::{Delivery, Invitation, MessageKind, Recipients, Sequel, Way};
use crate::clock::Millis;

/// A message as the page shows it.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark of its own that the page shows or not")]
pub struct Message {
    pub id: i64,
    pub kind: MessageKind,
    pub author: i64,
    pub sender_name: String,
    pub sender_address: String,
    pub recipients: Recipients,
    pub subject: String,
    pub text: String,
    pub quoted: String,
    pub has_html: bool,
    pub has_quoted_html: bool,
    pub delivery: Option<Delivery>,
    /// Message key, and the other side's words.
    pub error: Option<(String, String)>,
    pub resent: bool,
    pub sent_at: Option<Millis>,
    pub automatic: Option<String>,
    pub unfamiliar: bool,
    pub oversize: Option<i64>,
    pub unreadable: bool,
    pub remote_images: i64,
    /// Of them those that were asked for and could not be fetched.
    pub missing_images: i64,
    /// Whether its outside pictures were asked for.
    pub images: Images,
    pub way: Way,
    pub spam: bool,
    /// `signed`, `encrypted` or `sealed` (both, in one closed piece).
    pub protection: Option<String>,
    pub invitation: Option<Invitation>,
    pub has_original: bool,
    pub written_at: Millis,
    pub created_at: Millis,
    pub attachments: Vec<Attachment>,
    /// The channel's name for its kind, where nobody here knows that.
    pub unknown: Option<String>,
    /// What became of it after it was sent.
    pub sequel: Sequel,
    /// Of a note: what of its text names somebody.
    pub mentions: Vec<String>,
}

/// Whether the outside pictures of a message may be loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Images {
    Off,
    /// Somebody asked for those of this message.
    Message,
    /// Somebody asked for all that this sender sends.
    Sender,
}

/// A file of a message.
#[derive(Debug, Clone)]
pub struct Attachment {
    pub key: String,
    pub name: String,
    pub mime: String,
    pub size: u64,
    pub blob: i64,
    pub inline: bool,
    /// Width and height in pixels, where they are known.
    pub edges: Option<(u32, u32)>,
}
