//! How an inbox hands out its conversations.

/// What its page sets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assigning {
    pub way: HandOut,
    /// Open conversations of one person above which nothing more is handed out to them.
    pub cap: Option<u32>,
    pub reopening: Reopening,
}

/// Who gets a new conversation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HandOut {
    /// Nobody: people take them.
    #[default]
    Off,
    RoundRobin,
    FewestOpen,
}

/// Where a closed conversation goes when its contact writes again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reopening {
    /// Back to whoever had it.
    #[default]
    Keep,
    /// To nobody, and from there as a new one.
    Release,
}

impl HandOut {
    /// All of them, as a form offers them.
    pub const ALL: [Self; 3] = [Self::Off, Self::RoundRobin, Self::FewestOpen];

    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::RoundRobin => "round_robin",
            Self::FewestOpen => "fewest",
        }
    }

    /// The way stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == text)
    }
}

impl Reopening {
    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Release => "release",
        }
    }

    /// The choice stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Keep, Self::Release].into_iter().find(|choice| choice.as_str() == text)
    }
}
