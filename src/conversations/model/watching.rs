//! How people stand to a conversation, whoever handles it.

/// What somebody wants to hear of a conversation. Where nothing was said, what they hear of any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// As much as if it were theirs.
    Watching,
    /// Nothing of what is written in it.
    Muted,
}

impl Watch {
    /// As stored and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Watching => "watching",
            Self::Muted => "muted",
        }
    }

    /// The one with this name; anything else is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Watching, Self::Muted].into_iter().find(|watch| watch.as_str() == text)
    }
}

/// Who said something about it, and whether a note names the person who looks.
#[derive(Debug, Clone, Default)]
pub struct Watches {
    /// Id of the person, and what they said.
    pub all: Vec<(i64, Watch)>,
    pub is_named: bool,
}

impl Watches {
    /// What this person said.
    #[must_use]
    pub fn of(&self, user: i64) -> Option<Watch> {
        self.all.iter().find(|(id, _)| *id == user).map(|(_, watch)| *watch)
    }
}
