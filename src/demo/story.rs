//! What happens in a demo conversation, step by step.

use crate::conversations::model::{Priority, Until};

/// Somebody of the company, by place in [`super::world`]'s list.
pub type Mate = usize;

/// One conversation.
pub struct Story {
    /// Name and address of the customer.
    pub who: (&'static str, &'static str),
    /// Which inbox they write to.
    pub inbox: usize,
    pub subject: &'static str,
    /// How long ago it began, in hours.
    pub began: i64,
    /// Steps, each with the hours after the beginning.
    pub steps: &'static [(i64, Step)],
}

/// One thing that happens.
pub enum Step {
    /// The customer writes plain text.
    Writes(&'static str),
    /// The customer writes HTML.
    WritesHtml(&'static str),
    /// The customer writes and sends a file along: name, type.
    Sends(&'static str, &'static str, &'static str),
    /// The customer answers below their text with what was written before: by whom, the text.
    Quotes(&'static str, &'static str, &'static str),
    /// Their mail program answers by itself.
    Away(&'static str),
    /// The customer puts an emoji under the last message.
    Reacts(&'static str),
    /// They give their last message other words.
    Edits(&'static str),
    /// They take it back.
    TakesBack,
    /// Their mail server says that the last answer did not arrive.
    Bounces,
    Answers(Mate, &'static str),
    Notes(Mate, &'static str),
    /// Handed by the first to the second.
    Assigns(Mate, Mate),
    Closes(Mate),
    /// Puts a tag on it.
    Tags(Mate, &'static str),
    Presses(Mate, Priority),
    /// Puts it off until the Monday after today, or until somebody writes.
    PutsOff(Mate, Until),
    /// An answer that leaves tomorrow.
    Schedules(Mate, &'static str),
    Reopens(Mate),
    /// Read by this one.
    Reads(Mate),
    /// An answer that the server refused: it never leaves.
    Refused(Mate, &'static str),
    /// An answer with a file: name, type.
    Encloses(Mate, &'static str, &'static str, &'static str),
    /// Nobody knows whether the last answer arrived.
    Unsure,
}
