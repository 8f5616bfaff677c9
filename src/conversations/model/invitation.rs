//! Invitations to a meeting, as they came with a message.

use serde::{Deserialize, Serialize};

use super::Mailbox;
use crate::clock::Millis;

/// What a calendar says about one meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Invitation {
    pub method: Method,
    pub title: String,
    pub starts: Option<Moment>,
    /// Of a day or of days: the last one of them.
    pub ends: Option<Moment>,
    pub place: String,
    pub organizer: Mailbox,
    /// Of an answer: who answers, and `ACCEPTED`, `DECLINED`, `TENTATIVE`.
    pub attendee: Mailbox,
    pub answer: String,
    /// Whether it happens more than once.
    pub repeats: bool,
}

/// What the calendar wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Somebody is invited, or the meeting has changed.
    Request,
    Cancel,
    Reply,
    /// It only tells.
    #[default]
    Publish,
}

/// When.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Moment {
    At(Millis),
    /// A whole day, `2026-11-20`.
    Day(String),
    /// A time in a zone that nobody knows: the time as written, and the zone's name.
    Unplaced(String, String),
}
