//! The head of a conversation: what it is about, who handles it, what can be done with it.

use super::super::model::{Conversation, Pattern, Person, Reader, State, Tag, Watches};
use super::tags::Pressing;
use super::{Avatar, Watching};
use crate::auth::{Availability, Viewer};
use crate::web::Cx;

/// The head in words.
pub struct Head {
    pub id: i64,
    pub address: String,
    pub title: String,
    pub line: String,
    pub is_closed: bool,
    /// Put off: it can be fetched back.
    pub is_snoozed: bool,
    pub tags: Vec<Tag>,
    pub pressing: Pressing,
    pub assignment: Assignment,
    pub unwanted: Unwanted,
    pub watching: Watching,
}

/// What can be done against a sender.
pub struct Unwanted {
    pub id: i64,
    pub is_spam: bool,
    /// What can be blocked, and in words.
    pub offers: Vec<(&'static str, String)>,
    /// What is blocked, and in words.
    pub blocks: Vec<(i64, String)>,
}

impl Unwanted {
    pub fn new(cx: &Cx, conversation: &Conversation, handled: &Handled) -> Self {
        let mut offers = Vec::new();
        if let (Some(address), true) = (&handled.sender, handled.blocks.is_empty()) {
            offers.push(("address", cx.t1("block-address", "address", address)));
            let domain = Pattern::Domain.of(address);
            offers.extend(domain.map(|domain| ("domain", cx.t1("block-domain", "domain", &domain[1..]))));
        }
        let blocks = handled.blocks.iter().map(|(id, what)| (*id, cx.t1("unblock-who", "who", what))).collect();
        Self { id: conversation.id, is_spam: conversation.spam.is_some(), offers, blocks }
    }
}

/// Who handles it, and who could.
pub struct Assignment {
    pub id: i64,
    /// "With you", "With Diego", "Nobody's".
    pub words: String,
    pub avatar: Option<Avatar>,
    /// Set where one tap takes it: nobody has it and the viewer may.
    pub take: Option<i64>,
    pub has_assignee: bool,
    /// Who the page says has it: id, or empty. What is chosen holds only while that is so.
    pub holder: String,
    pub people: Vec<Choosable>,
}

/// Somebody who reads the inbox.
pub struct Choosable {
    pub id: i64,
    pub avatar: Avatar,
    pub name: String,
    pub is_current: bool,
    pub is_own: bool,
    /// Nothing new can be handed to them.
    pub is_away: bool,
}

impl Head {
    pub fn new(cx: &Cx, conversation: &Conversation, known: &Handled, viewer: &Viewer, address: &str) -> Self {
        let name = contact_name(cx, conversation);
        let line = if conversation.channel == "email" {
            cx.t2("head-line-email", ("name", &name), ("address", &conversation.inbox_address))
        } else {
            cx.t2("head-line", ("name", &name), ("inbox", &conversation.inbox_name))
        };
        Self {
            id: conversation.id,
            address: address.to_owned(),
            title: if conversation.subject.is_empty() { name } else { conversation.subject.clone() },
            line,
            is_closed: conversation.state == State::Closed,
            is_snoozed: conversation.state == State::Snoozed,
            tags: conversation.tags.clone(),
            pressing: Pressing::new(cx, conversation.priority),
            assignment: Assignment::new(cx, conversation, &known.people, viewer),
            unwanted: Unwanted::new(cx, conversation, known),
            watching: Watching::new(cx, conversation.id, &known.watches, &known.people, viewer),
        }
    }
}

/// Who could take it, who wrote last, and who watches it.
pub struct Handled {
    pub people: Vec<Reader>,
    /// The address that wrote last.
    pub sender: Option<String>,
    /// What keeps that address out.
    pub blocks: Vec<(i64, String)>,
    pub watches: Watches,
}

impl Assignment {
    pub fn new(cx: &Cx, conversation: &Conversation, people: &[Reader], viewer: &Viewer) -> Self {
        let assignee = conversation.assignee.as_ref();
        let words = match assignee {
            None => cx.t("assign-nobody"),
            Some(person) if person.id == viewer.id => cx.t("assign-you"),
            Some(person) => cx.t1("assign-person", "name", &person.name),
        };
        let can_take =
            |reader: &Reader| reader.person.id == viewer.id && reader.availability == Availability::Available;
        let may_take = assignee.is_none() && people.iter().any(can_take);
        Self {
            id: conversation.id,
            words,
            avatar: assignee.map(|person| Avatar::new(person.id, &person.name)),
            take: may_take.then_some(viewer.id),
            has_assignee: assignee.is_some(),
            holder: assignee.map(|person| person.id.to_string()).unwrap_or_default(),
            people: people.iter().map(|reader| choosable(cx, reader, assignee, viewer)).collect(),
        }
    }
}

fn choosable(cx: &Cx, reader: &Reader, assignee: Option<&Person>, viewer: &Viewer) -> Choosable {
    let person = &reader.person;
    Choosable {
        id: person.id,
        avatar: Avatar::new(person.id, &person.name),
        name: if person.id == viewer.id { cx.t("assign-me") } else { person.name.clone() },
        is_own: person.id == viewer.id,
        is_current: assignee.is_some_and(|assignee| assignee.id == person.id),
        is_away: reader.availability == Availability::Unavailable,
    }
}

/// What the contact is called, in words even where nobody knows.
pub fn contact_name(cx: &Cx, conversation: &Conversation) -> String {
    if conversation.contact_name.is_empty() { cx.t("contact-nameless") } else { conversation.contact_name.clone() }
}
