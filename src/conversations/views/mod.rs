//! Conversations as pages and blocks: what a template shows, in words already.

mod beginning;
mod blocked;
mod composer;
mod deletion;
mod files;
mod frame;
mod head;
mod headers;
mod invitation;
mod keeping;
mod list;
mod message;
mod pages;
mod sections;
mod side;
mod signature;
mod snooze;
mod state;
mod strip;
mod tags;
mod timeline;
mod toast;
pub mod transcript;
mod waiting;
mod writing;

use super::model::{Conversation, Section, State};
use crate::auth::Viewer;
use crate::clock::Millis;
use crate::web::{Cx, text};

pub use beginning::{BeginPage, Begun};
pub use blocked::BlockedPage;
pub use composer::{Before, Composer, Drafted, Lists, Typed};
pub use deletion::{Deletion, DeletionPage, GoneBlock, GonePage};
pub use frame::FramePage;
pub use head::{Handled, Head, contact_name};
pub use headers::HeadersPage;
pub use keeping::KeepingPage;
pub use list::List;
pub use pages::{
    Again, AudienceBlock, ComposerBlock, EmptyPane, HeadBlock, IndexPage, ListBlock, OlderBlock, SectionsBlock,
    SentBlock, ShowPage, SideBlock, SignalsBlock, StripBlock, TimelineBlock, Work, WorkBlock,
};
pub use sections::Sections;
pub use side::{Known, Side};
pub use signature::SignaturePage;
pub use snooze::{Snooze, SnoozeOwnBlock, SnoozePage};
pub use strip::Strip;
pub use tags::{Tags, TagsBlock, TagsPage};
pub use timeline::{Reach, Timeline};
pub use toast::{Toast, Undo};
pub use transcript::TranscriptPage;
pub use waiting::Waiting;
pub use writing::{DraftBlock, Kept, Passed, PassedBlock, PresenceBlock};

/// Where a person is in the list: their section, or what they search for.
#[derive(Debug, Clone)]
pub struct Choice {
    pub section: Section,
    /// Empty: no search.
    pub query: String,
}

impl Choice {
    /// As the query of an address, without the question mark.
    pub fn address(&self) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        pairs.append_pair("section", self.section.as_str());
        if !self.query.is_empty() {
            pairs.append_pair("q", &self.query);
        }
        pairs.finish()
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
