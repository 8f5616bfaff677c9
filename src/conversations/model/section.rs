//! Where a conversation stands.

/// Where an open conversation stands for the person who looks; each stands in exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Unassigned,
    Mine,
    Others,
    Closed,
    /// Put off; outside of the others.
    Snoozed,
    /// Wherever they stand: a note names the viewer.
    Mentioned,
    /// Outside of the others.
    Spam,
}

impl Section {
    /// In the order they are shown.
    pub const ALL: [Self; 7] =
        [Self::Unassigned, Self::Mine, Self::Others, Self::Closed, Self::Snoozed, Self::Mentioned, Self::Spam];

    /// As in addresses and message keys.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unassigned => "unassigned",
            Self::Mine => "mine",
            Self::Others => "others",
            Self::Closed => "closed",
            Self::Snoozed => "snoozed",
            Self::Mentioned => "mentioned",
            Self::Spam => "spam",
        }
    }

    /// The message key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Unassigned => "section-unassigned",
            Self::Mine => "section-mine",
            Self::Others => "section-others",
            Self::Closed => "section-closed",
            Self::Snoozed => "section-snoozed",
            Self::Mentioned => "section-mentioned",
            Self::Spam => "section-spam",
        }
    }

    /// The section with this name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.as_str() == text)
    }
}

/// Whether a conversation is being worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Open,
    Snoozed,
    Closed,
}

impl State {
    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Snoozed => "snoozed",
            Self::Closed => "closed",
        }
    }

    /// The state stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "closed" => Self::Closed,
            "snoozed" => Self::Snoozed,
            _ => Self::Open,
        }
    }
}
