//! Moving to another inbox, merging, splitting off.

use super::{Row, State};
use crate::clock::Millis;

/// An inbox that a conversation could be moved to.
#[derive(Debug, Clone)]
pub struct Offer {
    pub inbox: i64,
    pub name: String,
    pub address: String,
    /// Message key of why it cannot take the conversation.
    pub refusal: Option<&'static str>,
    /// Who handles the conversation and would not any more, because they do not read that inbox.
    pub releases: Option<String>,
}

/// Two conversations that become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    pub kept: i64,
    /// What was said in it comes into the other, and it leads there.
    pub merged: i64,
}

impl Pair {
    /// One conversation and another, of which `stays` does; `None` where it is neither.
    #[must_use]
    pub fn of(one: i64, other: i64, stays: i64) -> Option<Self> {
        match stays {
            id if id == one => Some(Self { kept: one, merged: other }),
            id if id == other => Some(Self { kept: other, merged: one }),
            _ => None,
        }
    }
}

/// What of a conversation is split off, beginning with one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// It alone.
    One,
    /// It and all that came after it.
    Rest,
}

impl Extent {
    /// The extent that a form names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "one" => Some(Self::One),
            "rest" => Some(Self::Rest),
            _ => None,
        }
    }
}

/// A message that may be split off.
#[derive(Debug, Clone)]
pub struct Splitting {
    pub conversation: i64,
    pub sender: String,
    pub text: String,
    /// How many messages come after it.
    pub after: i64,
}

/// Conversations that one could be merged with.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// With the same contact.
    pub same: Vec<Row>,
    pub others: Vec<Row>,
}

/// Why a conversation is not there any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Away {
    /// `into` is set where the viewer may see it.
    Merged { into: Option<i64>, number: i64, by: Option<String>, at: Millis },
    /// To an inbox that the viewer does not read.
    Moved { by: Option<String>, at: Millis },
}

/// What joined or parted conversations, as a line among their messages tells it.
#[derive(Debug, Clone)]
pub enum Joined {
    /// Between inboxes, by their names.
    Moved {
        from: String,
        to: String,
    },
    /// The other's number; the merger, while it can be undone.
    Merged {
        other: i64,
        undo: Option<i64>,
    },
    Parted(Other),
    Split(Other),
    SplitOff(Other),
}

/// Another conversation.
#[derive(Debug, Clone, Copy)]
pub struct Other {
    pub number: i64,
    /// Whether the viewer may see it.
    pub is_open: bool,
}

impl State {
    /// The state of one that stays in a merger with another: what is still to be done in either stays to be done.
    #[must_use]
    pub fn livelier(self, other: Self) -> Self {
        match (self, other) {
            // What was put off cannot be put off in the place of a closed one.
            (Self::Open, _) | (_, Self::Open) | (Self::Closed, Self::Snoozed) => Self::Open,
            (Self::Snoozed, _) => self,
            (Self::Closed, Self::Closed) => Self::Closed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_still_was_to_be_done_is_not_closed_by_a_merger() {
        assert_eq!(State::Closed.livelier(State::Open), State::Open);
        assert_eq!(State::Snoozed.livelier(State::Open), State::Open);
        assert_eq!(State::Closed.livelier(State::Snoozed), State::Open);
        assert_eq!(State::Snoozed.livelier(State::Closed), State::Snoozed);
        assert_eq!(State::Snoozed.livelier(State::Snoozed), State::Snoozed);
        assert_eq!(State::Closed.livelier(State::Closed), State::Closed);
    }
}
