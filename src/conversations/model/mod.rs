//! What conversations and messages are.

pub mod addresses;
mod ahead;
mod blocked;
mod bulk;
mod draft;
mod excerpt;
mod filter;
mod handing_out;
mod handling;
mod incoming;
mod invitation;
mod joining;
mod keeping;
mod leaving;
pub mod macros;
pub mod mentions;
mod message;
mod news;
mod pictures;
pub mod reply;
mod saved;
mod section;
mod sequel;
mod several;
mod sieve;
pub mod signature;
mod snooze;
pub mod subject;
mod watching;
mod written;

use serde::{Deserialize, Serialize};

use crate::auth::Availability;
use crate::clock::Millis;
use crate::events::Waking;
use crate::inboxes::{Capabilities, Unit};

pub use ahead::Unfit;
pub use blocked::{Blocked, Pattern, Refused};
pub use bulk::{Action, Bulk, Outcomes, Stage, UNDOABLE};
pub use draft::{Draft, Hold, Kept, Passed, Slot, Typing, Undo, Waiting, Withdrawn};
pub use excerpt::{Hit, Piece, Wanted};
pub use filter::{Filter, SHORTEST, Unanswered, Watcher, Who, Within, read_address};
pub use handing_out::{Candidate, Choice, choose};
pub use handling::{Deleted, KeptTag, Priority, TAGS, Tag, may_delete, tag_name};
pub use incoming::{Arrival, Bounced, Incoming, IncomingFile, Outcome, Receipt};
pub use invitation::{Invitation, Method, Moment};
pub use joining::{Away, Candidates, Extent, Joined, Offer, Other, Pair, Splitting};
pub use keeping::Keeping;
pub use leaving::Leaving;
pub use message::{Attachment, Images, Message};
pub use news::{News, preview};
pub use pictures::{edges, is_picture};
pub use saved::{Saved, Shared, saved_name};
pub use section::{Section, State};
pub use sequel::{Nature, Reaction, Sequel, Turn, TurnKind, Wordless, emoji};
pub use several::{Sense, Several};
pub use sieve::{Sieve, Standing};
pub use snooze::Until;
pub use watching::{Watch, Watches};
pub use written::{Addressed, Answered, Scope, ToDeliver, Way, Written};

/// Who wrote a message, and whether it may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    Incoming,
    Outgoing,
    /// Stays with the team, always.
    Note,
}

impl MessageKind {
    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Incoming => "incoming",
            Self::Outgoing => "outgoing",
            Self::Note => "note",
        }
    }

    /// The kind stored as `text`; anything unknown stays with the team.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "incoming" => Self::Incoming,
            "outgoing" => Self::Outgoing,
            _ => Self::Note,
        }
    }
}

/// How far a message has come. The order is that of progress; failed and uncertain stand apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Delivery {
    Queued,
    Sending,
    Sent,
    Delivered,
    Read,
    Failed,
    Uncertain,
}

impl Delivery {
    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
            Self::Uncertain => "uncertain",
        }
    }

    /// The state stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Queued, Self::Sending, Self::Sent, Self::Delivered, Self::Read, Self::Failed, Self::Uncertain]
            .into_iter()
            .find(|state| state.as_str() == text)
    }
}

/// A conversation in a list.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: i64,
    pub inbox: i64,
    pub channel: String,
    pub contact: i64,
    pub company: bool,
    /// Empty when the contact has neither name nor address.
    pub name: String,
    pub subject: String,
    pub preview: String,
    /// Why the last message has no words.
    pub wordless: Option<Wordless>,
    pub state: State,
    pub assignee: Option<i64>,
    pub last_kind: MessageKind,
    pub last_delivery: Option<Delivery>,
    pub last_activity_at: Millis,
    /// Messages this person has not read.
    pub unread: i64,
    pub waits: Waits,
    pub priority: Priority,
    pub tags: Vec<Tag>,
    /// When it comes back, if it was put off until a time.
    pub until: Option<Millis>,
    /// Whether this person has begun to write here.
    pub has_draft: bool,
    /// What a search found in a text.
    pub hit: Option<Hit>,
}

/// Whether who wrote last waits for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    No,
    Yes,
    /// An answer was sent a moment ago and can still be taken back.
    BeingAnswered,
}

/// The place of a row in its list: what comes after it is "less".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub at: Millis,
    pub id: i64,
}

impl Place {
    /// Before everything.
    pub const TOP: Self = Self { at: Millis::MAX, id: i64::MAX };

    /// As in addresses.
    #[must_use]
    pub fn to_text(self) -> String {
        format!("{}-{}", self.at, self.id)
    }

    /// From an address; anything else is the top.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let place = text.split_once('-').and_then(|(at, id)| Some(Self { at: at.parse().ok()?, id: id.parse().ok()? }));
        place.unwrap_or(Self::TOP)
    }
}

/// A conversation as its page shows it.
#[derive(Debug, Clone)]
pub struct Conversation {
    pub id: i64,
    pub inbox: i64,
    pub channel: String,
    pub inbox_name: String,
    pub inbox_address: String,
    /// Message key of what is wrong with the inbox.
    pub inbox_problem: Option<String>,
    pub text_limit: Option<u32>,
    /// What the limit counts.
    pub unit: Unit,
    /// Until when the channel takes answers, where it does not always.
    pub window: Option<Window>,
    pub contact: i64,
    pub contact_name: String,
    pub contact_number: i64,
    pub subject: String,
    pub state: State,
    pub assignee: Option<Person>,
    pub linked: Option<i64>,
    /// Who closed it and when, while it is closed.
    pub closed: Option<(Option<String>, Millis)>,
    /// Who said that it is spam, while it is; nobody: the provider's filter.
    pub spam: Option<Option<String>>,
    pub last_activity_at: Millis,
    /// The newest message this person has read.
    pub read_to: i64,
    pub unread: i64,
    /// Who connected its inbox.
    pub inbox_owner: Option<i64>,
    pub priority: Priority,
    pub tags: Vec<Tag>,
    /// When it comes back, if it was put off until a time.
    pub until: Option<Millis>,
}

/// How long answers are taken after the contact wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Answers are taken up to this time and at it; `None`: the contact has not written yet.
    pub closes_at: Option<Millis>,
    /// How long that is after a message.
    pub span: Millis,
    /// Where the conversation can go on outside.
    pub outside: Option<String>,
}

impl Window {
    /// What a channel allows, for a contact who wrote at `last`.
    #[must_use]
    pub fn of(capabilities: &Capabilities, last: Option<Millis>) -> Option<Self> {
        let span = capabilities.window?;
        let outside = capabilities.outside.clone().filter(|address| address.starts_with("https://"));
        Some(Self { closes_at: last.map(|last| last + span), span, outside })
    }

    /// Whether an answer is taken at `now`.
    #[must_use]
    pub fn is_open(&self, now: Millis) -> bool {
        self.closes_at.is_some_and(|closes_at| now <= closes_at)
    }
}

/// A teammate by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: i64,
    pub name: String,
}

/// Who reads an inbox, and whether new conversations may be handed to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    pub person: Person,
    pub availability: Availability,
}

/// An address with the name that goes with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    #[serde(default)]
    pub name: String,
    pub address: String,
}

/// Who a message is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recipients {
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    /// Hidden copies of a message of ours: on the envelope, never in the mail.
    pub bcc: Vec<Mailbox>,
    /// Where answers to an incoming message go, if not to its sender.
    pub reply_to: Vec<Mailbox>,
}

impl Recipients {
    /// Everybody who gets it, hidden copies included.
    pub fn everybody(&self) -> impl Iterator<Item = &Mailbox> {
        let all = self.to.iter().chain(&self.cc).chain(&self.bcc);
        all.filter(|mailbox| !mailbox.address.is_empty())
    }
}

/// Something that happened to a conversation, between its messages.
#[derive(Debug, Clone)]
pub struct Fact {
    pub id: i64,
    pub what: What,
    /// Who did it; nobody is the product itself.
    pub by: Option<Person>,
    pub at: Millis,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum What {
    Assigned(Person),
    Unassigned,
    /// Back to nobody, because this person has no access any more.
    Released(Person),
    /// Back to nobody: it was moved to an inbox that this person does not read.
    OutOfReach(Person),
    /// It was moved, merged or split.
    Joined(Joined),
    /// By the inbox itself.
    HandedOut(Person),
    /// The inbox wanted to hand it out and could not: a message key says why.
    Left(&'static str),
    Closed,
    Reopened,
    Spam,
    NotSpam,
    /// An address that was not known here takes part from now on.
    Accepted,
    /// Until then, or until somebody writes.
    Snoozed(Option<Millis>),
    Woken(Waking),
    /// By its name.
    Tagged(String),
    Untagged(String),
    /// A macro by its name: how many of its actions were done, refused and left out.
    Ran(String, [i64; 3]),
}

/// How many stand where, for one person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub unassigned: i64,
    pub mine: i64,
    pub others: i64,
    /// Open conversations that wait for an answer, anywhere this person reads.
    pub unanswered: i64,
    /// Those of them that are theirs or nobody's.
    pub waiting: i64,
    /// Put off, whoever has them.
    pub snoozed: i64,
    /// Whether there is any spam.
    pub spam: bool,
    pub mentions: Mentions,
}

/// Conversations with a note that names one person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mentions {
    pub places: i64,
    /// Those of them not opened since.
    pub unread: i64,
}

/// Longest text of one message in Unicode scalar values, where the channel has no limit of its own.
pub const LONGEST: usize = 200_000;
