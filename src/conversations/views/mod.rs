//! Conversations as pages and blocks: what a template shows, in words already.

mod beginning;
mod blocked;
mod bulk;
mod composer;
mod deletion;
mod files;
mod filter;
mod frame;
mod head;
mod headers;
mod invitation;
mod joining;
mod keeping;
mod list;
mod macros;
mod message;
mod pages;
mod replies;
mod saved;
mod sections;
mod sequel;
mod side;
mod signature;
mod snooze;
mod spoken;
mod state;
mod strip;
mod suggestions;
mod tag_order;
mod tags;
mod timeline;
mod toast;
pub mod transcript;
mod waiting;
mod watching;
mod writing;

use super::model::{Conversation, Filter, Section, State, read_address};
use crate::auth::Viewer;
use crate::clock::Millis;
use crate::web::{Cx, text};

pub use beginning::{BeginPage, Begun};
pub use blocked::BlockedPage;
pub use bulk::{Bar, BarBlock, Finding, ProgressBlock, ProgressPage, Progressed};
pub use composer::{Before, Composer, Drafted, Focus, Lists, Typed};
pub use deletion::{Deletion, DeletionPage, GoneBlock, GonePage};
pub use filter::{Chip, FilterDialog, FilterPage, Known as FilterKnown, Panel, chips};
pub use frame::FramePage;
pub use head::{Handled, Head, contact_name};
pub use headers::HeadersPage;
pub use joining::{Gone, Joining, JoiningBlock, JoiningDialog, JoiningPage};
pub use keeping::KeepingPage;
pub use list::{List, Next};
pub use macros::{
    Last, MacroPage, MacrosBlock, MacrosDialog, MacrosPage, Offers, RunLine, RunPage, Running, StepForm, TypedMacro,
    Way,
};
pub use pages::{
    Again, AudienceBlock, ComposerBlock, EmptyPane, HeadBlock, IndexPage, ListBlock, OlderBlock, SectionsBlock,
    SentBlock, ShowPage, SideBlock, SignalsBlock, StripBlock, TimelineBlock, Work, WorkBlock,
};
pub use replies::{RepliesPage, ReplyPage, TypedReply};
pub use saved::{Named, SavedBlock, SavedPage, SavedRow, Saving};
pub use sections::Sections;
pub use sequel::After;
pub use side::{Known, Side};
pub use signature::SignaturePage;
pub use snooze::{Snooze, SnoozeOwnBlock, SnoozePage};
pub use strip::Strip;
pub use suggestions::{Suggestion, SuggestionFile, Suggestions, SuggestionsPage};
pub use tag_order::TagOrderPage;
pub use tags::{Tags, TagsBlock, TagsPage};
pub use timeline::{Reach, Timeline};
pub use toast::{Toast, Undo};
pub use transcript::TranscriptPage;
pub use waiting::Waiting;
pub use watching::Watching;
pub use writing::{DraftBlock, Kept, Passed, PassedBlock, PresenceBlock};

/// Where a person is in the list: their section, what they search for, what they let through.
#[derive(Debug, Clone)]
pub struct Choice {
    pub section: Section,
    /// Empty: no search.
    pub query: String,
    pub filter: Filter,
    /// The saved filter this one was.
    pub saved: Option<i64>,
    pub picking: Picking,
}

/// Whether rows can be chosen to change many at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picking {
    On,
    Off,
}

impl Choice {
    /// A section with nothing else.
    pub fn of(section: Section) -> Self {
        Self { section, query: String::new(), filter: Filter::default(), saved: None, picking: Picking::Off }
    }

    /// What the query of an address asks for.
    pub fn read(query: &str) -> Self {
        let (section, query, filter) = read_address(query);
        Self { query, filter, ..Self::of(section.unwrap_or(Section::Unassigned)) }
    }

    /// As the query of an address, without the question mark.
    pub fn address(&self) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        pairs.append_pair("section", self.section.as_str());
        if !self.query.is_empty() {
            pairs.append_pair("q", &self.query);
        }
        pairs.extend_pairs(self.filter.pairs());
        if let Some(saved) = self.saved {
            pairs.append_pair("saved", &saved.to_string());
        }
        pairs.finish()
    }

    /// The same for the list itself, which keeps whether rows can be chosen.
    pub fn list_address(&self) -> String {
        let address = self.address();
        if self.picking == Picking::On { address + "&pick=yes" } else { address }
    }

    /// The same with another filter, which is none of the saved ones any more.
    pub fn with(&self, filter: Filter) -> Self {
        Self { filter, saved: None, ..self.clone() }
    }
}

/// The section a conversation stands in for this person.
pub fn section_of(conversation: &Conversation, viewer: &Viewer) -> Section {
    if conversation.spam.is_some() {
        return Section::Spam;
    }
    match (&conversation.assignee, conversation.state) {
        (_, State::Closed) => Section::Closed,
        (_, State::Snoozed) => Section::Snoozed,
        (None, _) => Section::Unassigned,
        (Some(person), _) if person.id == viewer.id => Section::Mine,
        _ => Section::Others,
    }
}

/// A time as a machine, a hurried and a careful reader want it.
pub struct When {
    pub machine: String,
    pub full: String,
    pub text: String,
}

impl When {
    fn new(cx: &Cx, at: Millis, text: String) -> Self {
        Self { machine: cx.times.machine(at), full: cx.times.full(at), text }
    }

    /// The time of day alone.
    fn clock(cx: &Cx, at: Millis) -> Self {
        Self::new(cx, at, cx.times.clock(at))
    }
}

/// The round mark of somebody.
pub struct Avatar {
    pub class: String,
    pub initials: String,
}

impl Avatar {
    fn new(id: i64, name: &str) -> Self {
        Self { class: format!("av-{}", text::tint(id)), initials: text::initials(name) }
    }
}

/// The glyph of a channel.
fn channel_icon(channel: &str) -> &'static str {
    match channel {
        "email" => "mail",
        "whatsapp" => "brand-whatsapp",
        "telegram" => "brand-telegram",
        "instagram" => "brand-instagram",
        "messenger" => "brand-messenger",
        _ => "message",
    }
}

/// The name of a channel.
fn channel_name(cx: &Cx, channel: &str) -> String {
    cx.t(if channel == "email" { "channel-email" } else { "channel-other" })
}
