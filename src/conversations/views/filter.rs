//! A filter in words: its conditions as chips, and the form that changes them.

use askama::Template;

use super::super::model::{Filter, Presses, SHORTEST, Section, Tag, Unanswered, Who, Within};
use super::super::store::filtered::Readable;
use super::{Choice, channel_name};
use crate::accounts::Person;
use crate::web::Cx;

/// What conditions may name.
pub struct Known {
    pub inboxes: Vec<Readable>,
    pub people: Vec<Person>,
    /// Id and name.
    pub teams: Vec<(i64, String)>,
    pub tags: Vec<Tag>,
}

/// One condition, and the address without it.
pub struct Chip {
    pub text: String,
    pub href: String,
}

/// The conditions of a choice.
pub fn chips(cx: &Cx, choice: &Choice, known: &Known) -> Vec<Chip> {
    let filter = &choice.filter;
    let mut chips = Vec::new();
    let mut add = |text: String, without: Filter| {
        chips.push(Chip { text, href: ["/conversations?", &choice.with(without).address()].concat() });
    };
    if filter.within != Within::Section {
        add(within_name(cx, choice.section, filter.within), filter.in_section());
    }
    for inbox in &filter.inboxes {
        let others = filter.inboxes.iter().copied().filter(|other| other != inbox).collect();
        let name = known.inboxes.iter().find(|known| known.id == *inbox).map(|inbox| inbox.name.clone());
        add(named(cx, "filter-inbox", name), Filter { inboxes: others, ..filter.clone() });
    }
    if let Some(channel) = &filter.channel {
        let name = known.inboxes.iter().any(|inbox| inbox.channel == *channel).then(|| channel_name(cx, channel));
        add(named(cx, "filter-channel", name), Filter { channel: None, ..filter.clone() });
    }
    if let Some(who) = filter.who {
        add(named(cx, "filter-who", who_name(cx, who, known)), Filter { who: None, ..filter.clone() });
    }
    if let Some(team) = filter.team {
        let name = known.teams.iter().find(|(id, _)| *id == team).map(|(_, name)| name.clone());
        add(named(cx, "filter-team", name), Filter { team: None, ..filter.clone() });
    }
    if let Some(tag) = filter.tag {
        let name = known.tags.iter().find(|known| known.id == tag).map(|tag| tag.name.clone());
        add(named(cx, "filter-tag", name), Filter { tag: None, ..filter.clone() });
    }
    if let Some(presses) = filter.presses {
        let name = Some(presses_name(cx, presses));
        add(named(cx, "filter-presses", name), Filter { presses: None, ..filter.clone() });
    }
    if let Some(waiting) = filter.waiting {
        add(waiting_name(cx, waiting), Filter { waiting: None, ..filter.clone() });
    }
    if !filter.contact.is_empty() {
        let without = Filter { contact: String::new(), ..filter.clone() };
        add(named(cx, "filter-contact", Some(filter.contact.clone())), without);
    }
    if let Some(day) = filter.since {
        add(named(cx, "filter-since", Some(cx.times.civil(day))), Filter { since: None, ..filter.clone() });
    }
    if let Some(day) = filter.until {
        add(named(cx, "filter-until", Some(cx.times.civil(day))), Filter { until: None, ..filter.clone() });
    }
    chips
}

/// "Inbox: Contact"; what is not there any more, or not for this person, says so.
fn named(cx: &Cx, key: &str, name: Option<String>) -> String {
    cx.t2("filter-chip", ("label", cx.t(key)), ("value", name.unwrap_or_else(|| cx.t("filter-gone"))))
}

fn who_name(cx: &Cx, who: Who, known: &Known) -> Option<String> {
    match who {
        Who::Me => Some(cx.t("filter-who-me")),
        Who::Nobody => Some(cx.t("filter-who-nobody")),
        Who::Person(id) => known.people.iter().find(|person| person.id == id).map(|person| person.name.clone()),
    }
}

fn within_name(cx: &Cx, section: Section, within: Within) -> String {
    match within {
        Within::Section => cx.t1("filter-within-section", "section", cx.t(section.key())),
        Within::Open => cx.t("filter-within-open"),
        Within::Snoozed => cx.t("section-snoozed"),
        Within::Closed => cx.t("section-closed"),
        Within::Spam => cx.t("section-spam"),
        Within::Everything => cx.t("filter-within-everything"),
    }
}

fn presses_name(cx: &Cx, presses: Presses) -> String {
    cx.t(match presses.as_str() {
        "urgent" => "priority-urgent",
        "high" => "filter-presses-high",
        "normal" => "filter-presses-normal",
        "low" => "filter-presses-low",
        _ => "priority-none",
    })
}

fn waiting_name(cx: &Cx, waiting: Unanswered) -> String {
    cx.t(match waiting {
        Unanswered::AtAll => "filter-waiting-yes",
        Unanswered::Hour => "filter-waiting-1h",
        Unanswered::HalfDay => "filter-waiting-4h",
        Unanswered::Day => "filter-waiting-1d",
        Unanswered::Days => "filter-waiting-3d",
        Unanswered::Week => "filter-waiting-7d",
    })
}

/// One choice of a field.
pub struct Offer {
    pub value: String,
    pub label: String,
    pub is_chosen: bool,
}

/// A field with a list of choices; the first means "whatever".
pub struct Field {
    pub name: &'static str,
    pub label: String,
    pub offers: Vec<Offer>,
}

/// The form of a filter.
pub struct Panel {
    pub section: &'static str,
    pub words: String,
    pub contact: String,
    pub since: String,
    pub until: String,
    pub inboxes: Vec<Offer>,
    pub fields: Vec<Field>,
    pub shortest: usize,
    pub contact_hint: String,
    /// Where to go without any condition.
    pub clear: String,
}

impl Panel {
    pub fn new(cx: &Cx, choice: &Choice, known: &Known) -> Self {
        let filter = &choice.filter;
        let inbox = |inbox: &Readable| Offer {
            value: inbox.id.to_string(),
            label: inbox.name.clone(),
            is_chosen: filter.inboxes.contains(&inbox.id),
        };
        let inboxes: Vec<Offer> = known.inboxes.iter().map(inbox).collect();
        Self {
            section: choice.section.as_str(),
            words: choice.query.clone(),
            contact: filter.contact.clone(),
            since: filter.since.map(|day| day.to_string()).unwrap_or_default(),
            until: filter.until.map(|day| day.to_string()).unwrap_or_default(),
            inboxes: if inboxes.len() > 1 { inboxes } else { Vec::new() },
            fields: fields(cx, choice, known),
            shortest: SHORTEST,
            contact_hint: cx.count("filter-contact-hint", i64::try_from(SHORTEST).unwrap_or(i64::MAX)),
            clear: ["/conversations?section=", choice.section.as_str()].concat(),
        }
    }
}

fn fields(cx: &Cx, choice: &Choice, known: &Known) -> Vec<Field> {
    let filter = &choice.filter;
    let field = |name: &'static str, key: &str, chosen: String, values: Vec<(String, String)>| Field {
        name,
        label: cx.t(key),
        offers: values.into_iter().map(|(value, label)| Offer { is_chosen: value == chosen, value, label }).collect(),
    };
    let whatever = |key: &str| vec![(String::new(), cx.t(key))];
    let within = Within::ALL.map(|within| (within.as_str().to_owned(), within_name(cx, choice.section, within)));
    let mut who = whatever("filter-anybody");
    who.extend([Who::Me, Who::Nobody].map(|who| (who.to_text(), who_name(cx, who, known).unwrap_or_default())));
    who.extend(known.people.iter().map(|person| (person.id.to_string(), person.name.clone())));
    let mut teams = whatever("filter-any-team");
    teams.extend(known.teams.iter().map(|(id, name)| (id.to_string(), name.clone())));
    let mut tags = whatever("filter-any-tag");
    tags.extend(known.tags.iter().map(|tag| (tag.id.to_string(), tag.name.clone())));
    let mut presses = whatever("filter-any-priority");
    presses.extend(Presses::ALL.map(|presses| (presses.as_str().to_owned(), presses_name(cx, presses))));
    let mut waiting = whatever("filter-whatever");
    waiting.extend(Unanswered::ALL.map(|waiting| (waiting.as_str().to_owned(), waiting_name(cx, waiting))));
    let mut channels = whatever("filter-any-channel");
    for inbox in &known.inboxes {
        if channels.iter().all(|(value, _)| *value != inbox.channel) {
            channels.push((inbox.channel.clone(), channel_name(cx, &inbox.channel)));
        }
    }
    let id = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    let all = [
        field("within", "filter-within", filter.within.as_str().to_owned(), within.to_vec()),
        field("who", "filter-who", filter.who.map(Who::to_text).unwrap_or_default(), who),
        field("waiting", "filter-waiting", filter.waiting.map_or("", Unanswered::as_str).to_owned(), waiting),
        field("tag", "filter-tag", id(filter.tag), tags),
        field("presses", "filter-presses", filter.presses.map_or("", Presses::as_str).to_owned(), presses),
        field("team", "filter-team", id(filter.team), teams),
        field("channel", "filter-channel", filter.channel.clone().unwrap_or_default(), channels),
    ];
    // What leaves no choice is no field.
    let least = |field: &Field| if field.name == "channel" { 2 } else { 1 };
    all.into_iter().filter(|field| field.offers.len() > least(field)).collect()
}

/// The form as a page, where no script opens the dialog.
#[derive(Template)]
#[template(path = "conversations/filter_page.html")]
pub struct FilterPage {
    pub cx: Cx,
    pub panel: Panel,
}

#[derive(Template)]
#[template(path = "conversations/filter_dialog.html")]
pub struct FilterDialog {
    pub cx: Cx,
    pub panel: Panel,
}
