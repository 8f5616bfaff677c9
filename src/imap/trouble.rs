//! Why a step did not succeed.

use std::time::Duration;

use crate::mailer::Reason;

/// What went wrong in a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody could be reached, or nobody may be; said already as people read it.
    Stopped(Reason),
    /// Nothing was said for so long.
    Silence(Duration),
    /// The connection broke.
    Lost(String),
    /// The server said goodbye.
    Bye(String),
    /// What was said cannot be understood.
    Garbage(String),
    /// A literal of so many bytes was announced, more than was asked for.
    TooLarge(usize),
    /// The server said no: its code (`TRYCREATE` and the like) and its words.
    No { code: String, words: String },
    /// The server did not understand the command.
    Bad(String),
}

impl Trouble {
    /// As people read it; `no` is the message key for a server that said no.
    #[must_use]
    pub fn reason(self, no: &'static str) -> Reason {
        match self {
            Self::Stopped(reason) => reason,
            Self::Silence(patience) => {
                Reason::new("imap-no-answer", format!("no answer within {} s", patience.as_secs()))
            }
            Self::Lost(words) | Self::Bye(words) => Reason::new("imap-lost", words),
            Self::Garbage(words) | Self::Bad(words) => Reason::new("imap-answer", words),
            Self::TooLarge(size) => Reason::new("imap-answer", format!("{size} bytes were announced")),
            Self::No { words, .. } => Reason::new(no, words),
        }
    }

    /// Whether the server answered, so that the connection can be used further.
    #[must_use]
    pub fn is_answer(&self) -> bool {
        matches!(self, Self::No { .. } | Self::Bad(_))
    }
}
