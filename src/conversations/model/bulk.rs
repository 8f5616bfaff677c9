//! One change of many conversations at once.

use super::{Priority, Until};
use crate::clock::{Millis, SECOND};

/// How long it can be undone.
pub const UNDOABLE: Millis = 30 * SECOND;

/// What is done to each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Close,
    Reopen,
    /// None: nobody.
    Assign(Option<i64>),
    Tag(i64),
    Untag(i64),
    Prioritize(Priority),
    /// None: until somebody writes.
    Snooze(Option<Millis>),
    Read,
    Unread,
    Spam,
    NotSpam,
}

impl Action {
    /// What somebody chose in a form; times are those of their own clock.
    #[must_use]
    pub fn chosen(text: &str, now: Millis, zone: &str) -> Option<Self> {
        match text.split_once(':') {
            Some(("snooze", until)) => {
                let until = Until::OFFERED.into_iter().find(|offered| offered.as_str() == until)?;
                until.time(now, zone).ok().map(Self::Snooze)
            }
            _ => Self::parse(text),
        }
    }

    /// The action stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (verb, value) = text.split_once(':').unwrap_or((text, ""));
        let number = || value.parse::<i64>().ok();
        match verb {
            "close" => Some(Self::Close),
            "reopen" => Some(Self::Reopen),
            "assign" if value == "nobody" => Some(Self::Assign(None)),
            "assign" => number().map(|user| Self::Assign(Some(user))),
            "tag" => number().map(Self::Tag),
            "untag" => number().map(Self::Untag),
            "priority" => Priority::parse(value).map(Self::Prioritize),
            "snooze" if value == "answer" => Some(Self::Snooze(None)),
            "snooze" => number().map(|at| Self::Snooze(Some(at))),
            "read" => Some(Self::Read),
            "unread" => Some(Self::Unread),
            "spam" => Some(Self::Spam),
            "not-spam" => Some(Self::NotSpam),
            _ => None,
        }
    }

    /// As stored.
    #[must_use]
    pub fn to_text(self) -> String {
        match self {
            Self::Assign(None) => "assign:nobody".to_owned(),
            Self::Assign(Some(user)) => format!("assign:{user}"),
            Self::Tag(tag) => format!("tag:{tag}"),
            Self::Untag(tag) => format!("untag:{tag}"),
            Self::Prioritize(priority) => format!("priority:{}", priority.as_str()),
            Self::Snooze(None) => "snooze:answer".to_owned(),
            Self::Snooze(Some(at)) => format!("snooze:{at}"),
            plain => plain.verb().to_owned(),
        }
    }

    /// Its name alone, as in message keys.
    #[must_use]
    pub fn verb(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Reopen => "reopen",
            Self::Assign(_) => "assign",
            Self::Tag(_) => "tag",
            Self::Untag(_) => "untag",
            Self::Prioritize(_) => "priority",
            Self::Snooze(_) => "snooze",
            Self::Read => "read",
            Self::Unread => "unread",
            Self::Spam => "spam",
            Self::NotSpam => "not-spam",
        }
    }

    /// Whether there is a way back. What a person has read has none worth a button, and a time of coming back that was
    /// set anew is not known any more.
    #[must_use]
    pub fn can_be_undone(self) -> bool {
        !matches!(self, Self::Read | Self::Unread | Self::Snooze(_))
    }
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Its conversations are looked for.
    Collecting,
    Running,
    Done,
    Canceled,
    Undoing,
    Undone,
}

impl Stage {
    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Collecting => "collecting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Canceled => "canceled",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    /// The stage stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let all = [Self::Collecting, Self::Running, Self::Done, Self::Canceled, Self::Undoing];
        all.into_iter().find(|stage| stage.as_str() == text).unwrap_or(Self::Undone)
    }

    /// Whether there is still something to do.
    #[must_use]
    pub fn is_going_on(self) -> bool {
        matches!(self, Self::Collecting | Self::Running | Self::Undoing)
    }
}

/// What became of its rows, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcomes {
    pub waiting: i64,
    pub done: i64,
    /// It was so already.
    pub same: i64,
    pub refused: i64,
    /// Undone.
    pub back: i64,
    /// Not undone, because somebody changed it meanwhile.
    pub kept: i64,
}

/// One change of many conversations.
#[derive(Debug, Clone)]
pub struct Bulk {
    pub id: i64,
    pub user: i64,
    pub action: Action,
    /// Where it was begun, as in an address.
    pub query: String,
    pub stage: Stage,
    pub total: i64,
    /// As many as one change may have: others that the list showed are left.
    pub is_cut: bool,
    pub ended_at: Option<Millis>,
    pub outcomes: Outcomes,
    /// Why some were refused: message key, how many, and some of them.
    pub reasons: Vec<(String, i64, Vec<i64>)>,
}

impl Bulk {
    /// Whether it can be undone now.
    #[must_use]
    pub fn can_be_undone(&self, now: Millis) -> bool {
        matches!(self.stage, Stage::Done | Stage::Canceled)
            && self.action.can_be_undone()
            && self.outcomes.done > 0
            && self.ended_at.is_some_and(|at| now - at <= UNDOABLE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_the_same_after_it_was_stored() {
        for action in [
            Action::Close,
            Action::Reopen,
            Action::Assign(None),
            Action::Assign(Some(3)),
            Action::Tag(4),
            Action::Untag(5),
            Action::Prioritize(Priority::High),
            Action::Snooze(None),
            Action::Snooze(Some(9)),
            Action::Read,
            Action::Unread,
            Action::Spam,
            Action::NotSpam,
        ] {
            assert_eq!(Action::parse(&action.to_text()), Some(action));
        }
        for odd in ["", "delete", "assign:", "assign:x", "tag:1;2", "priority:very"] {
            assert_eq!(Action::chosen(odd, 0, "UTC"), None, "{odd}");
        }
        assert_eq!(Action::chosen("snooze:5", 0, "UTC"), None, "a form names a choice, not a time");
    }
}
