//! The log as a page.

use askama::Template;

use super::model::{Area, Entry, Filter, Names, Place, Who};
use super::words::{Detail, Teller};
use crate::clock::Millis;
use crate::web::Cx;
use crate::web::text;

/// What was chosen, as the form shows it again.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    /// The id of a person, `nobody`, or empty.
    pub person: String,
    pub area: String,
    /// Days, as a field for dates writes them; empty: no limit.
    pub from: String,
    pub to: String,
}

impl Chosen {
    /// The same as part of an address.
    fn query(&self) -> String {
        let pairs = [("person", &self.person), ("area", &self.area), ("from", &self.from), ("to", &self.to)];
        let chosen = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(chosen).finish()
    }
}

/// The entries of one day.
struct LoggedDay {
    name: String,
    entries: Vec<Line>,
}

/// One entry.
struct Line {
    id: i64,
    who: String,
    /// Tint, initials and photo of a person; none for the product and the server.
    face: Option<(i64, String, Option<String>)>,
    what: String,
    details: Vec<Detail>,
    at: Millis,
}

impl Line {
    fn count(&self) -> i64 {
        i64::try_from(self.details.len()).unwrap_or(i64::MAX)
    }
}

#[derive(Template)]
#[template(path = "audit/index.html")]
pub struct LogPage {
    cx: Cx,
    chosen: Chosen,
    people: Vec<(String, String)>,
    areas: [Area; 6],
    days: Vec<LoggedDay>,
    is_filtered: bool,
    /// The address of what is older.
    older: Option<String>,
    /// The address of the newest, where this is not it.
    newest: Option<String>,
}

impl LogPage {
    /// A page of `entries`, of which the last tells that there are more if there are more than `size`.
    pub fn new(cx: Cx, chosen: Chosen, names: &Names, after: Place, mut entries: Vec<Entry>, size: usize) -> Self {
        let more = entries.len() > size;
        entries.truncate(size);
        let last = entries.last().filter(|_| more).map(Entry::place);
        let query = chosen.query();
        let address = |before: Option<Place>| {
            let before = before.map(|before| ["before=", &before.show()].concat());
            let parts: Vec<String> =
                Some(query.clone()).filter(|query| !query.is_empty()).into_iter().chain(before).collect();
            ["/settings/activity", if parts.is_empty() { "" } else { "?" }, &parts.join("&")].concat()
        };
        let teller = Teller { lang: cx.lang, names };
        let mut days: Vec<(String, LoggedDay)> = Vec::new();
        for entry in &entries {
            let key = cx.times.day_key(entry.at);
            if days.last().is_none_or(|(last, _)| *last != key) {
                days.push((key, LoggedDay { name: cx.times.day(entry.at), entries: Vec::new() }));
            }
            if let Some((_, day)) = days.last_mut() {
                day.entries.push(line(&teller, entry));
            }
        }
        Self {
            people: names.people.iter().map(|person| (person.id.to_string(), person.name.clone())).collect(),
            areas: Area::ALL,
            days: days.into_iter().map(|(_, day)| day).collect(),
            is_filtered: !query.is_empty(),
            older: last.map(|last| address(Some(last))),
            newest: (after != Place::TOP).then(|| address(None)),
            chosen,
            cx,
        }
    }
}

fn line(teller: &Teller<'_>, entry: &Entry) -> Line {
    let person = entry.actor.and_then(|actor| teller.names.person(actor));
    Line {
        id: entry.id,
        who: teller.who(entry),
        face: person.map(|person| (text::tint(person.id), text::initials(&person.name), person.photo.clone())),
        what: teller.what(entry),
        details: teller.details(entry),
        at: entry.at,
    }
}

/// What a filter lets through, in the words of the form.
pub fn chosen(filter: &Filter, from: String, to: String) -> Chosen {
    let person = match filter.who {
        Who::Anybody => String::new(),
        Who::Nobody => "nobody".to_owned(),
        Who::Person(id) => id.to_string(),
    };
    Chosen { person, area: filter.area.map(|area| area.as_str().to_owned()).unwrap_or_default(), from, to }
}
