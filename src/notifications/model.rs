//! What people are told of, and by which ways.

use crate::clock::Millis;

/// Why somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// A new message in a conversation that is theirs.
    Mine,
    /// The same in a conversation of somebody else.
    Others,
    /// The same in a conversation of nobody.
    Unassigned,
    /// A conversation was handed to them.
    Assigned,
    /// A note names them.
    Mention,
    /// A new message in a conversation that they watch.
    Watched,
    /// A note in one.
    Note,
}

impl Cause {
    /// Those that somebody chooses, in the order people see them.
    pub const ALL: [Self; 5] = [Self::Mine, Self::Others, Self::Unassigned, Self::Assigned, Self::Mention];

    /// As stored, and as a form says it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Others => "others",
            Self::Unassigned => "unassigned",
            Self::Assigned => "assigned",
            Self::Mention => "mention",
            Self::Watched => "watched",
            Self::Note => "note",
        }
    }

    /// The one of [`Self::ALL`] whose choice holds for it.
    #[must_use]
    pub fn chosen_as(self) -> Self {
        if matches!(self, Self::Watched | Self::Note) { Self::Mine } else { self }
    }

    /// The cause stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().chain([Self::Watched, Self::Note]).find(|cause| cause.as_str() == text)
    }

    /// By which ways somebody is told who chose nothing.
    #[must_use]
    pub fn usual(self) -> Media {
        match self.chosen_as() {
            Self::Mine | Self::Watched | Self::Note | Self::Assigned | Self::Mention => {
                Media { desktop: true, email: true }
            }
            Self::Unassigned => Media { desktop: true, email: false },
            Self::Others => Media { desktop: false, email: false },
        }
    }
}

/// The ways by which somebody is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Media {
    pub desktop: bool,
    pub email: bool,
}

impl Media {
    /// Whether they are told at all.
    #[must_use]
    pub fn is_any(self) -> bool {
        self.desktop || self.email
    }
}

/// What somebody chose, in the order of [`Cause::ALL`].
pub type Choices = [(Cause, Media); 5];

/// A line behind the bell: a conversation, and the newest that was told of it.
#[derive(Debug, Clone)]
pub struct Line {
    /// Of the newest notification: the place in the list.
    pub newest: i64,
    /// How many were not read.
    pub unread: i64,
    pub told: Told,
}

/// One notification that its person may read now.
#[derive(Debug, Clone)]
pub struct Told {
    pub id: i64,
    pub conversation: i64,
    pub cause: Cause,
    pub contact: i64,
    /// The contact's name, or how they are reached; may be empty.
    pub contact_name: String,
    /// Who wrote, as the message says.
    pub sender: String,
    /// Of the conversation.
    pub subject: String,
    /// Who did it, when it was one of the team; else empty.
    pub by: String,
    /// The text of the message or note; empty where there is none.
    pub text: String,
    pub at: Millis,
}

/// What a browser gave us to be told by while no page is open.
#[derive(Debug, Clone)]
pub struct Subscription {
    pub endpoint: String,
    /// An uncompressed point on P-256.
    pub p256dh: Vec<u8>,
    pub auth: Vec<u8>,
}

/// A device that is told, as its person sees it.
#[derive(Debug, Clone)]
pub struct Device {
    pub id: i64,
    /// The `User-Agent` of its session.
    pub agent: String,
    pub created_at: Millis,
    /// The session that asks.
    pub is_this: bool,
}
