//! The person who asks. Every query on behalf of a person takes one and filters by it.

use super::rights::{Right, Rights, Role};
use crate::clock::Millis;

/// A signed-in person. Only this module's session lookup makes one.
#[derive(Debug, Clone)]
pub struct Viewer {
    pub id: i64,
    pub session: i64,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub rights: Rights,
    /// `None`: as the browser asks.
    pub language: Option<String>,
    pub zone: String,
    pub theme: Theme,
    pub shortcuts: Shortcuts,
    pub availability: Availability,
    /// Key of the photo, if there is one.
    pub photo: Option<String>,
    pub joined_at: Millis,
    /// Key of the workspace's logo, which every page shows.
    pub house_logo: Option<String>,
    #[expect(dead_code, reason = "keeps everybody else from making one")]
    pub(super) proof: Proof,
}

/// Somebody with a session who has no second factor where the workspace requires one. They are no [`Viewer`] until they
/// have set one up.
#[derive(Debug, Clone)]
pub struct Enrollee {
    pub id: i64,
    pub session: i64,
    pub name: String,
    pub email: String,
    /// `None`: as the browser asks.
    pub language: Option<String>,
    pub zone: String,
    pub theme: Theme,
}

/// Who a session belongs to.
#[derive(Debug, Clone)]
pub enum Holder {
    Viewer(Viewer),
    Enrollee(Enrollee),
}

/// A person and the session they are in, whether it may do everything or only complete itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    pub user: i64,
    pub session: i64,
}

impl Holder {
    #[must_use]
    pub fn seat(&self) -> Seat {
        match self {
            Self::Viewer(viewer) => viewer.seat(),
            Self::Enrollee(enrollee) => enrollee.seat(),
        }
    }
}

impl Enrollee {
    #[must_use]
    pub fn seat(&self) -> Seat {
        Seat { user: self.id, session: self.session }
    }
}

/// That the session lookup made it.
#[derive(Debug, Clone)]
pub(super) struct Proof;

/// Light, dark, or as the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Auto,
    Light,
    Dark,
}

/// Whether single keys do things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcuts {
    On,
    Off,
}

/// Whether new conversations may be handed to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    Available,
    Unavailable,
}

impl Viewer {
    #[must_use]
    pub fn seat(&self) -> Seat {
        Seat { user: self.id, session: self.session }
    }

    /// Whether they may.
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        self.rights.has(right)
    }
}

impl Theme {
    /// As stored and as written into the page.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }
}

impl Shortcuts {
    /// As stored and as written into the page.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
        }
    }
}

impl Availability {
    /// The availability stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text == "unavailable" { Self::Unavailable } else { Self::Available }
    }

    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Unavailable => "unavailable",
        }
    }
}
