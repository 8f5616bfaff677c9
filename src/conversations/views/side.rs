//! The details: who it is, who handles it, what was before.

use super::super::model::{Conversation, Row, State, Tag, may_delete};
use super::head::{Assignment, Handled, Unwanted, contact_name};
use super::tags::Pressing;
use super::{Avatar, Watching, When, channel_icon};
use crate::auth::Viewer;
use crate::contacts::{Contact, Kind};
use crate::web::Cx;

/// The details in words.
pub struct Side {
    pub id: i64,
    pub address: String,
    pub avatar: Avatar,
    pub name: String,
    pub number: String,
    pub points: Vec<Point>,
    pub assignment: Assignment,
    pub assignee: Option<String>,
    pub inbox: String,
    pub state: String,
    pub unwanted: Unwanted,
    pub watching: Watching,
    pub history: Vec<Past>,
    pub may_delete: bool,
    pub menu_label: String,
    pub tags: Vec<Tag>,
    pub pressing: Pressing,
    pub priorities: Vec<Pressing>,
}

/// A way to reach the contact.
pub struct Point {
    pub icon: &'static str,
    /// Empty where nothing can be opened.
    pub href: String,
    pub text: String,
}

/// An earlier conversation.
pub struct Past {
    pub id: i64,
    pub icon: &'static str,
    pub title: String,
    pub line: String,
    pub when: When,
}

/// What the details are made of.
pub struct Known<'a> {
    pub conversation: &'a Conversation,
    pub contact: &'a Contact,
    pub history: &'a [Row],
    pub handled: &'a Handled,
}

impl Side {
    pub fn new(cx: &Cx, known: &Known<'_>, viewer: &Viewer, address: &str) -> Self {
        let Known { conversation, contact, handled, .. } = known;
        let name = contact_name(cx, conversation);
        let mut avatar = Avatar::new(contact.id, &name);
        if contact.kind == Kind::Company {
            avatar.class.push_str(" av-co");
        }
        Self {
            id: conversation.id,
            address: address.to_owned(),
            avatar,
            menu_label: cx.t1("side-menu", "name", &name),
            may_delete: may_delete(conversation.inbox_owner, viewer),
            tags: conversation.tags.clone(),
            pressing: Pressing::new(cx, conversation.priority),
            priorities: Pressing::all(cx),
            name,
            number: cx.t1("contact-number", "number", contact.number),
            points: contact.points.iter().map(|(kind, value)| point(kind, value)).collect(),
            assignment: Assignment::new(cx, conversation, &handled.people, viewer),
            assignee: conversation.assignee.as_ref().map(|person| person.name.clone()),
            inbox: conversation.inbox_name.clone(),
            state: standing(cx, conversation),
            unwanted: Unwanted::new(cx, conversation, handled),
            watching: Watching::new(cx, conversation.id, &handled.watches, &handled.people, viewer),
            history: known.history.iter().map(|row| past(cx, row)).collect(),
        }
    }

    pub fn history_count(&self) -> usize {
        self.history.len()
    }
}

fn point(kind: &str, value: &str) -> Point {
    let (icon, scheme) = match kind {
        "email" => ("mail", "mailto:"),
        "phone" => ("phone", "tel:"),
        _ => ("id", ""),
    };
    let href = if scheme.is_empty() { String::new() } else { format!("{scheme}{value}") };
    Point { icon, href, text: value.to_owned() }
}

fn past(cx: &Cx, row: &Row) -> Past {
    let title = [&row.subject, &row.preview].into_iter().find(|text| !text.is_empty()).cloned();
    Past {
        id: row.id,
        icon: channel_icon(&row.channel),
        title: title.unwrap_or_else(|| cx.t("conversation-untitled")),
        line: state(cx, row.state),
        when: When::new(cx, row.last_activity_at, cx.times.short(row.last_activity_at)),
    }
}

/// The state with who closed it and when, or when it comes back.
fn standing(cx: &Cx, conversation: &Conversation) -> String {
    if conversation.spam.is_some() {
        return cx.t("state-spam");
    }
    match (&conversation.closed, conversation.until) {
        (Some((Some(by), at)), _) => cx.t2("state-closed-by", ("by", by), ("when", cx.times.full(*at))),
        (Some((None, at)), _) => cx.t1("state-closed-at", "when", cx.times.full(*at)),
        (None, Some(at)) => cx.t1("state-snoozed-until", "when", cx.times.ahead(at)),
        (None, None) if conversation.state == State::Snoozed => cx.t("state-snoozed-answer"),
        (None, None) => state(cx, conversation.state),
    }
}

fn state(cx: &Cx, state: State) -> String {
    cx.t(match state {
        State::Open => "state-open",
        State::Snoozed => "state-snoozed",
        State::Closed => "state-closed",
    })
}
