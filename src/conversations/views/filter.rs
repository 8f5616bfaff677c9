//! A filter in words: its conditions as chips, and the form that changes them.

use askama::Template;

use super::super::model::{Filter, Priority, SHORTEST, Sense, Several, Tag, Unanswered, Watcher, Who, Within};
use super::super::store::filtered::Readable;
use super::tags::Pressing;
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

impl Known {
    fn inbox(&self, id: i64) -> Option<String> {
        self.inboxes.iter().find(|known| known.id == id).map(|inbox| inbox.name.clone())
    }

    fn channel(&self, cx: &Cx, channel: &str) -> Option<String> {
        self.inboxes.iter().any(|inbox| inbox.channel == *channel).then(|| channel_name(cx, channel))
    }

    fn who(&self, cx: &Cx, who: Who) -> Option<String> {
        match who {
            Who::Me => Some(cx.t("filter-who-me")),
            Who::Nobody => Some(cx.t("filter-who-nobody")),
            Who::Person(id) => self.people.iter().find(|person| person.id == id).map(|person| person.name.clone()),
        }
    }

    fn team(&self, id: i64) -> Option<String> {
        self.teams.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone())
    }

    fn tag(&self, id: i64) -> Option<String> {
        self.tags.iter().find(|known| known.id == id).map(|tag| tag.name.clone())
    }
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
    let mut add = |text: Option<String>, without: Filter| {
        chips.extend(
            text.map(|text| Chip { text, href: ["/conversations?", &choice.with(without).address()].concat() }),
        );
    };
    let one = |key: &str, value: Option<String>| value.map(|value| worded(cx, (key, Sense::AnyOf), &[Some(value)]));
    let is = Sense::AnyOf;
    add(within_said(cx, &filter.within), filter.in_section());
    let inboxes = names(&filter.inboxes, |id| known.inbox(*id));
    let without = Filter { inboxes: Several::default(), ..filter.clone() };
    add(said(cx, ("filter-inbox", filter.inboxes.sense), &inboxes), without);
    let channels: Vec<_> = filter.channels.iter().map(|channel| known.channel(cx, channel)).collect();
    add(said(cx, ("filter-channel", is), &channels), Filter { channels: Vec::new(), ..filter.clone() });
    let who = names(&filter.who, |who| known.who(cx, *who));
    let without = Filter { who: Several::default(), ..filter.clone() };
    add(said(cx, ("filter-who", filter.who.sense), &who), without);
    let teams = names(&filter.teams, |id| known.team(*id));
    let without = Filter { teams: Several::default(), ..filter.clone() };
    add(said(cx, ("filter-team", filter.teams.sense), &teams), without);
    let tags = names(&filter.tags, |id| known.tag(*id));
    let without = Filter { tags: Several::default(), ..filter.clone() };
    add(said(cx, ("filter-tag", filter.tags.sense), &tags), without);
    let priorities: Vec<_> = filter.priorities.iter().map(|one| Some(Pressing::new(cx, *one).label)).collect();
    add(said(cx, ("filter-presses", is), &priorities), Filter { priorities: Vec::new(), ..filter.clone() });
    let watched = filter.watcher.map(|_| cx.t("filter-watching"));
    add(watched, Filter { watcher: None, ..filter.clone() });
    add(filter.waiting.map(|waiting| waiting_name(cx, waiting)), Filter { waiting: None, ..filter.clone() });
    let contact = Some(filter.contact.clone()).filter(|contact| !contact.is_empty());
    add(one("filter-contact", contact), Filter { contact: String::new(), ..filter.clone() });
    let day = |day: Option<jiff::civil::Date>| day.map(|day| cx.times.civil(day));
    add(one("filter-since", day(filter.since)), Filter { since: None, ..filter.clone() });
    add(one("filter-until", day(filter.until)), Filter { until: None, ..filter.clone() });
    chips
}

/// What the values are called; none: not there any more, or not for this person.
fn names<T: PartialEq>(several: &Several<T>, name: impl FnMut(&T) -> Option<String>) -> Vec<Option<String>> {
    several.of.iter().map(name).collect()
}

/// A condition in words, if there is one.
fn said(cx: &Cx, condition: (&str, Sense), names: &[Option<String>]) -> Option<String> {
    (!names.is_empty()).then(|| worded(cx, condition, names))
}

/// "Tag: Site or Glass", "Tag: none of Site or Glass".
fn worded(cx: &Cx, (key, sense): (&str, Sense), names: &[Option<String>]) -> String {
    cx.t2("filter-chip", ("label", cx.t(key)), ("value", sensed(cx, sense, listed(cx, names))))
}

/// "Site or Glass", "none of Site or Glass".
fn sensed(cx: &Cx, sense: Sense, said: String) -> String {
    if sense == Sense::AnyOf { said } else { cx.t1("filter-none-said", "value", said) }
}

/// "Site", "Site or Glass".
fn listed(cx: &Cx, names: &[Option<String>]) -> String {
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| cx.t("filter-gone"));
    let all = names.iter().map(name).reduce(|said, name| cx.t2("filter-or", ("said", said), ("name", name)));
    all.unwrap_or_default()
}

fn within_said(cx: &Cx, within: &[Within]) -> Option<String> {
    if within == Within::EVERYTHING {
        return Some(cx.t("filter-within-everything"));
    }
    let names: Vec<_> = within.iter().map(|within| Some(within_name(cx, *within))).collect();
    (!names.is_empty()).then(|| listed(cx, &names))
}

fn within_name(cx: &Cx, within: Within) -> String {
    cx.t(match within {
        Within::Open => "filter-within-open",
        Within::Snoozed => "section-snoozed",
        Within::Closed => "section-closed",
        Within::Spam => "section-spam",
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

/// A condition that takes several values.
pub struct Group {
    pub name: &'static str,
    pub label: String,
    /// What holds without any value.
    pub idle: String,
    /// The values that are chosen, in words; else what holds without any.
    pub said: String,
    pub is_open: bool,
    /// Set where it can also be that none of them may hold: whether that is chosen.
    pub none_of: Option<bool>,
    pub offers: Vec<Offer>,
}

impl Group {
    /// `offers` with none chosen yet.
    fn new(cx: &Cx, name: &'static str, label: &str, (idle, chosen): (String, &[String]), offers: Vec<Offer>) -> Self {
        let is_chosen = |offer: &Offer| chosen.contains(&offer.value);
        let mut offers: Vec<Offer> =
            offers.into_iter().map(|offer| Offer { is_chosen: is_chosen(&offer), ..offer }).collect();
        // What is gone is kept until somebody takes it off.
        let gone = chosen.iter().filter(|value| offers.iter().all(|offer| offer.value != **value));
        let gone = gone.map(|value| Offer { value: value.clone(), label: cx.t("filter-gone"), is_chosen: true });
        let gone: Vec<Offer> = gone.collect();
        offers.extend(gone);
        let known: Vec<_> =
            offers.iter().filter(|offer| offer.is_chosen).map(|offer| Some(offer.label.clone())).collect();
        let said = if chosen.is_empty() { idle.clone() } else { listed(cx, &known) };
        Self { name, label: cx.t(label), idle, said, is_open: !chosen.is_empty(), none_of: None, offers }
    }

    /// The same with a choice between any of them and none.
    fn either(self, cx: &Cx, sense: Sense) -> Self {
        Self { none_of: Some(sense == Sense::NoneOf), said: sensed(cx, sense, self.said), ..self }
    }
}

/// The form of a filter.
pub struct Panel {
    pub section: &'static str,
    pub words: String,
    pub contact: String,
    pub since: String,
    pub until: String,
    pub groups: Vec<Group>,
    pub is_watched: bool,
    pub waiting: Field,
    /// How values are joined, with places for "{said}" and "{name}".
    pub joined: String,
    pub shortest: usize,
    pub contact_hint: String,
    /// Where to go without any condition.
    pub clear: String,
}

impl Panel {
    pub fn new(cx: &Cx, choice: &Choice, known: &Known) -> Self {
        let filter = &choice.filter;
        Self {
            section: choice.section.as_str(),
            words: choice.query.clone(),
            contact: filter.contact.clone(),
            since: filter.since.map(|day| day.to_string()).unwrap_or_default(),
            until: filter.until.map(|day| day.to_string()).unwrap_or_default(),
            groups: groups(cx, choice, known),
            is_watched: filter.watcher == Some(Watcher::Me),
            waiting: waiting(cx, filter.waiting),
            joined: cx.t2("filter-or", ("said", "{said}"), ("name", "{name}")),
            shortest: SHORTEST,
            contact_hint: cx.count("filter-contact-hint", i64::try_from(SHORTEST).unwrap_or(i64::MAX)),
            clear: ["/conversations?section=", choice.section.as_str()].concat(),
        }
    }
}

fn waiting(cx: &Cx, chosen: Option<Unanswered>) -> Field {
    let whatever = Offer { value: String::new(), label: cx.t("filter-whatever"), is_chosen: false };
    let offer = |waiting: Unanswered| Offer {
        value: waiting.as_str().to_owned(),
        label: waiting_name(cx, waiting),
        is_chosen: chosen == Some(waiting),
    };
    let offers = [whatever].into_iter().chain(Unanswered::ALL.map(offer)).collect();
    Field { name: "waiting", label: cx.t("filter-waiting"), offers }
}

fn offer(value: impl ToString, label: String) -> Offer {
    Offer { value: value.to_string(), label, is_chosen: false }
}

fn texts<T>(values: &[T], text: impl Fn(&T) -> String) -> Vec<String> {
    values.iter().map(text).collect()
}

fn groups(cx: &Cx, choice: &Choice, known: &Known) -> Vec<Group> {
    let filter = &choice.filter;
    let id = |id: &i64| id.to_string();
    // Words are looked for anywhere.
    let here = if choice.query.is_empty() {
        cx.t1("filter-within-section", "section", cx.t(choice.section.key()))
    } else {
        cx.t("filter-whatever")
    };
    let within = Within::ALL.map(|within| offer(within.as_str(), within_name(cx, within))).into();
    let chosen = texts(&filter.within, |within| within.as_str().to_owned());
    let within = Group::new(cx, "within", "filter-within", (here, &chosen), within);
    let mut who: Vec<Offer> =
        [Who::Me, Who::Nobody].into_iter().filter_map(|who| Some(offer(who.to_text(), known.who(cx, who)?))).collect();
    who.extend(known.people.iter().map(|person| offer(person.id, person.name.clone())));
    let chosen = texts(&filter.who.of, |who| who.to_text());
    let who = Group::new(cx, "who", "filter-who", (cx.t("filter-anybody"), &chosen), who).either(cx, filter.who.sense);
    let tags = known.tags.iter().map(|tag| offer(tag.id, tag.name.clone())).collect();
    let chosen = texts(&filter.tags.of, id);
    let tags =
        Group::new(cx, "tag", "filter-tag", (cx.t("filter-any-tag"), &chosen), tags).either(cx, filter.tags.sense);
    let priorities = Priority::ALL.into_iter().rev().map(|one| offer(one.as_str(), Pressing::new(cx, one).label));
    let chosen = texts(&filter.priorities, |one| one.as_str().to_owned());
    let idle = (cx.t("filter-any-priority"), chosen.as_slice());
    let priorities = Group::new(cx, "priority", "filter-presses", idle, priorities.collect());
    let teams = known.teams.iter().map(|(id, name)| offer(id, name.clone())).collect();
    let chosen = texts(&filter.teams.of, id);
    let teams =
        Group::new(cx, "team", "filter-team", (cx.t("filter-any-team"), &chosen), teams).either(cx, filter.teams.sense);
    let inboxes = known.inboxes.iter().map(|inbox| offer(inbox.id, inbox.name.clone())).collect();
    let chosen = texts(&filter.inboxes.of, id);
    let idle = (cx.t("filter-any-inbox"), chosen.as_slice());
    let inboxes = Group::new(cx, "inbox", "filter-inbox", idle, inboxes).either(cx, filter.inboxes.sense);
    let mut channels: Vec<Offer> = Vec::new();
    for inbox in &known.inboxes {
        if channels.iter().all(|known| known.value != inbox.channel) {
            channels.push(offer(&inbox.channel, channel_name(cx, &inbox.channel)));
        }
    }
    let idle = (cx.t("filter-any-channel"), filter.channels.as_slice());
    let channels = Group::new(cx, "channel", "filter-channel", idle, channels);
    // What leaves no choice is no field.
    let least = |group: &Group| match group.name {
        "inbox" | "channel" => 2,
        _ => 1,
    };
    let all = [within, who, tags, priorities, teams, inboxes, channels];
    all.into_iter().filter(|group| group.is_open || group.offers.len() >= least(group)).collect()
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
