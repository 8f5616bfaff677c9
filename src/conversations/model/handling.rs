//! What may be done with a conversation, without a database.

use crate::auth::{Role, Viewer};
use crate::clock::Millis;

/// Whether somebody who reads an inbox may delete its conversations: who connected it, and the workspace's owner.
#[must_use]
pub fn may_delete(inbox_owner: Option<i64>, viewer: &Viewer) -> bool {
    inbox_owner == Some(viewer.id) || viewer.role == Role::Owner
}

/// What is left of a deleted conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    pub by: Option<String>,
    pub at: Millis,
}

/// How much a conversation presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Priority {
    #[default]
    None,
    Low,
    Normal,
    High,
    Urgent,
}

impl Priority {
    /// From the least.
    pub const ALL: [Self; 5] = [Self::None, Self::Low, Self::Normal, Self::High, Self::Urgent];

    /// As in forms and message keys.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// The priority with this name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.as_str() == text)
    }

    /// As stored: 0 to 4.
    #[must_use]
    pub fn number(self) -> i64 {
        self as i64
    }

    /// The priority stored as `number`.
    #[must_use]
    pub fn of_number(number: i64) -> Self {
        Self::ALL.into_iter().find(|priority| priority.number() == number).unwrap_or_default()
    }
}

/// A word that conversations are found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    pub id: i64,
    pub name: String,
    /// One of the six tints, from 1.
    pub tint: i64,
}

/// A tag as it is kept in order.
#[derive(Debug, Clone)]
pub struct KeptTag {
    pub tag: Tag,
    /// How many conversations have it, as far as they are counted.
    pub conversations: i64,
    /// It is being taken off.
    pub is_leaving: bool,
}

/// Longest name of a tag in Unicode scalar values.
pub const TAG: usize = 40;
/// Tags of one conversation at most.
pub const TAGS: usize = 20;

/// The name of a tag as it is kept: one line, single spaces; `None` when nothing is left or it is too long.
#[must_use]
pub fn tag_name(typed: &str) -> Option<String> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=TAG).contains(&name.chars().count()) && !name.contains(char::is_control);
    fits.then_some(name)
}
