//! What comes in, whatever the channel.

use super::{Invitation, Mailbox, Nature, Recipients};
use crate::blobs::Blob;
use crate::clock::Millis;

/// A message that came in, whatever the channel, ready to be stored.
#[derive(Debug, Clone, Default)]
pub struct Incoming {
    /// The same piece delivered twice has the same key.
    pub key: String,
    pub nature: Nature,
    pub external_id: Option<String>,
    pub sender: Mailbox,
    pub recipients: Recipients,
    pub subject: String,
    pub text: String,
    pub quoted: String,
    /// Cleaned.
    pub html: Option<String>,
    /// Cleaned.
    pub quoted_html: Option<String>,
    pub written_at: Option<Millis>,
    /// The conversation that a valid reply token names.
    pub token: Option<i64>,
    /// It went to an address by which somebody of the team answers: it is no message of a customer.
    pub from_team: bool,
    /// Ids of messages it answers, most likely first.
    pub references: Vec<String>,
    pub automatic: Option<String>,
    pub bounce: Option<Bounced>,
    pub oversize: Option<i64>,
    pub unreadable: bool,
    /// Where pictures of its HTML are, in the order of their numbers there.
    pub images: Vec<String>,
    /// `signed`, `encrypted` or `sealed`; nothing of it was checked.
    pub protection: Option<String>,
    pub invitation: Option<Invitation>,
    /// The provider's filter took it for spam.
    pub spam: bool,
    pub arrival: Arrival,
    pub files: Vec<IncomingFile>,
}

impl Incoming {
    /// Whether it has words of its own, which stand for it where nothing else can be made of it: a mail has, an event of a
    /// chat has none.
    #[must_use]
    pub fn has_words(&self) -> bool {
        !self.text.trim().is_empty() || self.html.is_some()
    }
}

/// Whether a message is news.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Arrival {
    #[default]
    Now,
    /// It was there before the inbox was connected, since this time: it comes in closed and silent, and asks for nothing.
    Before(Millis),
}

impl Arrival {
    /// When the message came: `now`, or earlier.
    #[must_use]
    pub fn at(self, now: Millis) -> Millis {
        match self {
            Self::Now => now,
            Self::Before(at) => at.min(now),
        }
    }

    /// Whether nobody is to be told.
    #[must_use]
    pub fn is_silent(self) -> bool {
        matches!(self, Self::Before(_))
    }
}

/// A report that a message of ours was not delivered.
#[derive(Debug, Clone, Default)]
pub struct Bounced {
    pub original: Option<String>,
    pub recipient: Option<String>,
    pub detail: String,
    pub permanent: bool,
    /// Whether the address itself does not exist.
    pub no_such_address: bool,
}

/// A file that came with a message, its content stored already.
#[derive(Debug, Clone)]
pub struct IncomingFile {
    /// What its address will hold.
    pub key: String,
    pub name: String,
    pub mime: String,
    pub blob: Blob,
    pub content_id: Option<String>,
    pub inline: bool,
    /// Width and height in pixels, for pictures that browsers show.
    pub edges: Option<(u32, u32)>,
}

/// What became of a piece that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub conversation: i64,
    pub message: i64,
    pub outcome: Outcome,
}

/// How a piece was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    New,
    /// It was here already.
    Duplicate,
    Automatic,
    Bounce,
    /// Its sender is blocked: it stays in the journal alone, without message and conversation (0).
    Blocked,
    /// It was here once, and its conversation was deleted.
    Deleted,
    /// Somebody of the team answers by mail: it is judged by a job, and no message yet.
    Team,
    /// It is about a message that was sent before (0 and no conversation while that has not come).
    Sequel,
}

impl Outcome {
    /// As stored and as commands print it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Duplicate => "duplicate",
            Self::Automatic => "automatic",
            Self::Bounce => "bounce",
            Self::Blocked => "blocked",
            Self::Deleted => "deleted",
            Self::Team => "team",
            Self::Sequel => "sequel",
        }
    }
}
