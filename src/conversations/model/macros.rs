//! Actions in a row, run on demand.

use super::reply::Sharing;
use crate::clock::Millis;

/// Longest name in Unicode scalar values.
pub const NAME: usize = 100;
/// Actions of one macro at most.
pub const STEPS: usize = 20;

/// What an action does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    AssignMe,
    Assign,
    Unassign,
    Tag,
    Untag,
    Priority,
    Answer,
    Reply,
    Note,
    Snooze,
    Close,
    Reopen,
    Unread,
}

/// What an action needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    Nothing,
    Person,
    Tag,
    Priority,
    /// Words, with fields as in prepared texts.
    Text,
    Reply,
    Time,
}

impl Kind {
    /// In the order they are offered.
    pub const ALL: [Self; 13] = [
        Self::Answer,
        Self::Reply,
        Self::Note,
        Self::AssignMe,
        Self::Assign,
        Self::Unassign,
        Self::Tag,
        Self::Untag,
        Self::Priority,
        Self::Snooze,
        Self::Close,
        Self::Reopen,
        Self::Unread,
    ];

    /// As stored and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AssignMe => "assign_me",
            Self::Assign => "assign",
            Self::Unassign => "unassign",
            Self::Tag => "tag",
            Self::Untag => "untag",
            Self::Priority => "priority",
            Self::Answer => "answer",
            Self::Reply => "reply",
            Self::Note => "note",
            Self::Snooze => "snooze",
            Self::Close => "close",
            Self::Reopen => "reopen",
            Self::Unread => "unread",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    #[must_use]
    pub fn wants(self) -> Wants {
        match self {
            Self::AssignMe | Self::Unassign | Self::Close | Self::Reopen | Self::Unread => Wants::Nothing,
            Self::Assign => Wants::Person,
            Self::Tag | Self::Untag => Wants::Tag,
            Self::Priority => Wants::Priority,
            Self::Answer | Self::Note => Wants::Text,
            Self::Reply => Wants::Reply,
            Self::Snooze => Wants::Time,
        }
    }

    /// Whether there is anything to choose or to write.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.wants() != Wants::Nothing
    }

    /// Whether something leaves by it.
    #[must_use]
    pub fn answers(self) -> bool {
        matches!(self, Self::Answer | Self::Reply)
    }
}

/// Whether an answer of a macro ends the waiting of who wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Counts {
    /// It left by itself: they still wait for a person.
    #[default]
    No,
    Yes,
}

/// One action with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    pub kind: Kind,
    /// The number of a person or a prepared text, the name of a tag, a priority or a time, or words.
    pub value: String,
    pub counts: Counts,
}

/// An action of a macro, in its place.
#[derive(Debug, Clone)]
pub struct Step {
    pub id: i64,
    pub action: Action,
    /// What the number in it stands for; empty where that is gone.
    pub about: String,
}

/// What happens behind an action that was refused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Refusal {
    #[default]
    Stop,
    GoOn,
}

impl Refusal {
    /// As stored and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::GoOn => "go_on",
        }
    }

    /// The one with this name; anything unknown stops.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text == "go_on" { Self::GoOn } else { Self::Stop }
    }
}

/// A macro without its actions.
#[derive(Debug, Clone)]
pub struct NewMacro {
    pub name: String,
    pub sharing: Sharing,
    pub refusal: Refusal,
}

/// A macro.
#[derive(Debug, Clone)]
pub struct Macro {
    pub id: i64,
    pub name: String,
    pub sharing: Sharing,
    pub refusal: Refusal,
    pub steps: Vec<Step>,
}

/// How an action ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended<W = &'static str> {
    Done,
    /// It was so already.
    Already,
    /// A message key says why.
    Refused(W),
    /// One before it was refused, and the macro stops there.
    Skipped,
}

impl<W> Ended<W> {
    /// As stored: its name, and why it was refused.
    #[must_use]
    pub fn to_parts(&self) -> (&'static str, Option<&W>) {
        match self {
            Self::Done => ("done", None),
            Self::Already => ("already", None),
            Self::Refused(why) => ("refused", Some(why)),
            Self::Skipped => ("skipped", None),
        }
    }

    /// The end stored as these.
    #[must_use]
    pub fn of_parts(name: &str, why: Option<W>) -> Self {
        match (name, why) {
            ("done", _) => Self::Done,
            ("already", _) => Self::Already,
            (_, Some(why)) => Self::Refused(why),
            _ => Self::Skipped,
        }
    }
}

/// An action that was run.
#[derive(Debug, Clone)]
pub struct Ran<W = &'static str> {
    pub step: Step,
    pub ended: Ended<W>,
}

/// What the last macro did in a conversation.
#[derive(Debug, Clone)]
pub struct LastRun {
    /// As the macro was called then.
    pub name: String,
    pub by: String,
    pub at: Millis,
    pub lines: Vec<Ran<String>>,
}

/// Which way an action moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    Up,
    Down,
}
