//! What a filter lets through. Its conditions are a closed set; each is read from an address and written into one.

use jiff::civil::Date;

use super::{Priority, Section, Sense, Several};
use crate::clock::{DAY, HOUR, Millis};

/// Shortest part of a name that is looked for; the index knows parts of three letters.
pub const SHORTEST: usize = 3;
/// Longest one.
const LONGEST: usize = 100;
/// Longest text that is searched for.
const WORDS: usize = 200;
/// Values of one condition at most.
const VALUES: usize = 20;
/// Inboxes named in one filter at most.
const INBOXES: usize = 50;

/// Parts of the list that can be looked through, in place of the section that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// All three sections of what is open.
    Open,
    Snoozed,
    Closed,
    Spam,
}

/// Who handles it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Me,
    Nobody,
    Person(i64),
}

/// Who watches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watcher {
    Me,
}

/// How long somebody has waited for an answer at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    AtAll,
    Hour,
    HalfDay,
    Day,
    Days,
    Week,
}

/// Conditions; all that are set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Any of them; none: the section that is shown.
    pub within: Vec<Within>,
    pub inboxes: Several<i64>,
    /// Any of them; none: all.
    pub channels: Vec<String>,
    pub who: Several<Who>,
    pub teams: Several<i64>,
    pub tags: Several<i64>,
    /// Any of them, the most pressing first; none: all.
    pub priorities: Vec<Priority>,
    pub watcher: Option<Watcher>,
    pub waiting: Option<Unanswered>,
    /// A part of the name or an address of the contact or its company.
    pub contact: String,
    /// First and last day of the newest activity.
    pub since: Option<Date>,
    pub until: Option<Date>,
}

impl Within {
    /// All of them, as a form offers them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Snoozed, Self::Closed, Self::Spam];
    /// All but spam, which has a word of its own in addresses.
    pub const EVERYTHING: [Self; 3] = [Self::Open, Self::Snoozed, Self::Closed];

    /// As in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Snoozed => "snoozed",
            Self::Closed => "closed",
            Self::Spam => "spam",
        }
    }

    fn parse(text: &str) -> Vec<Self> {
        if text == "everything" {
            return Self::EVERYTHING.to_vec();
        }
        Self::ALL.into_iter().filter(|within| within.as_str() == text).collect()
    }
}

impl Who {
    /// As in addresses.
    #[must_use]
    pub fn to_text(self) -> String {
        match self {
            Self::Me => "me".to_owned(),
            Self::Nobody => "nobody".to_owned(),
            Self::Person(id) => id.to_string(),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text {
            "me" => Some(Self::Me),
            "nobody" => Some(Self::Nobody),
            id => id.parse().ok().map(Self::Person),
        }
    }
}

impl Unanswered {
    /// All of them, the shortest first.
    pub const ALL: [Self; 6] = [Self::AtAll, Self::Hour, Self::HalfDay, Self::Day, Self::Days, Self::Week];

    /// As in addresses and message keys.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtAll => "yes",
            Self::Hour => "1h",
            Self::HalfDay => "4h",
            Self::Day => "1d",
            Self::Days => "3d",
            Self::Week => "7d",
        }
    }

    /// How long that is.
    #[must_use]
    pub fn least(self) -> Millis {
        match self {
            Self::AtAll => 0,
            Self::Hour => HOUR,
            Self::HalfDay => 4 * HOUR,
            Self::Day => DAY,
            Self::Days => 3 * DAY,
            Self::Week => 7 * DAY,
        }
    }
}

/// What an older address says about priority: this one and all above it.
fn at_least(least: Priority) -> Vec<Priority> {
    let exactly = least == Priority::None;
    Priority::ALL.into_iter().filter(|one| if exactly { *one == least } else { *one >= least }).collect()
}

fn sense(value: &str) -> Sense {
    if value == "none" { Sense::NoneOf } else { Sense::AnyOf }
}

impl Filter {
    /// From the pairs of an address; anything odd in it counts as not asked.
    #[must_use]
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        for (name, value) in pairs {
            filter.take(name, value.trim());
        }
        filter.settle();
        filter
    }

    fn take(&mut self, name: &str, value: &str) {
        match name {
            "within" => self.within.extend(Within::parse(value)),
            "inbox" => self.inboxes.take(value.parse().ok(), INBOXES),
            "inbox-is" => self.inboxes.sense = sense(value),
            "channel" => {
                let plain = (1..=20).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_lowercase());
                let new = plain && self.channels.len() < VALUES && self.channels.iter().all(|known| known != value);
                self.channels.extend(new.then(|| value.to_owned()));
            }
            "who" => self.who.take(Who::parse(value), VALUES),
            "who-is" => self.who.sense = sense(value),
            "team" => self.teams.take(value.parse().ok(), VALUES),
            "team-is" => self.teams.sense = sense(value),
            "tag" => self.tags.take(value.parse().ok(), VALUES),
            "tag-is" => self.tags.sense = sense(value),
            "priority" => self.priorities.extend(Priority::parse(value)),
            "presses" => self.priorities.extend(Priority::parse(value).map(at_least).unwrap_or_default()),
            "watching" => self.watcher = (value == "me").then_some(Watcher::Me),
            "waiting" => self.waiting = Unanswered::ALL.into_iter().find(|waiting| waiting.as_str() == value),
            "contact" if value.chars().count() >= SHORTEST => self.contact = value.chars().take(LONGEST).collect(),
            "since" => self.since = value.parse().ok(),
            "until" => self.until = value.parse().ok(),
            _ => {}
        }
    }

    /// The same however it was said.
    fn settle(&mut self) {
        let within = Within::ALL.into_iter().filter(|within| self.within.contains(within)).collect();
        let priorities = Priority::ALL.into_iter().rev().filter(|one| self.priorities.contains(one)).collect();
        (self.within, self.priorities) = (within, priorities);
        self.inboxes.settle();
        self.who.settle();
        self.teams.settle();
        self.tags.settle();
    }

    /// As the pairs of an address.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Pairs::default();
        if self.within == Within::EVERYTHING {
            pairs.add("within", ["everything"]);
        } else {
            pairs.add("within", self.within.iter().map(|within| within.as_str()));
        }
        pairs.several(("inbox", "inbox-is"), &self.inboxes, i64::to_string);
        pairs.add("channel", &self.channels);
        pairs.several(("who", "who-is"), &self.who, |who| who.to_text());
        pairs.several(("team", "team-is"), &self.teams, i64::to_string);
        pairs.several(("tag", "tag-is"), &self.tags, i64::to_string);
        pairs.add("priority", self.priorities.iter().map(|priority| priority.as_str()));
        pairs.add("watching", self.watcher.map(|_| "me"));
        pairs.add("waiting", self.waiting.map(Unanswered::as_str));
        pairs.add("contact", Some(&self.contact).filter(|contact| !contact.is_empty()));
        pairs.add("since", self.since.map(|day| day.to_string()));
        pairs.add("until", self.until.map(|day| day.to_string()));
        pairs.0
    }

    /// Whether it lets everything through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The same for another section: it stays within the one that is shown.
    #[must_use]
    pub fn in_section(&self) -> Self {
        Self { within: Vec::new(), ..self.clone() }
    }
}

/// Pairs of an address in the making.
#[derive(Default)]
struct Pairs(Vec<(&'static str, String)>);

impl Pairs {
    fn add(&mut self, name: &'static str, values: impl IntoIterator<Item = impl ToString>) {
        self.0.extend(values.into_iter().map(|value| (name, value.to_string())));
    }

    fn several<T: PartialEq>(
        &mut self,
        (name, is): (&'static str, &'static str),
        several: &Several<T>,
        text: impl Fn(&T) -> String,
    ) {
        self.add(name, several.of.iter().map(text));
        self.add(is, (several.sense == Sense::NoneOf).then_some("none"));
    }
}

/// What the query of an address asks the list for: a section, words to search for, a filter.
#[must_use]
pub fn read_address(query: &str) -> (Option<Section>, String, Filter) {
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim());
    let filter = Filter::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    (Section::parse(value("section")), value("q").chars().take(WORDS).collect(), filter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_the_same_after_it_stood_in_an_address() {
        let pairs = [
            ("within", "open"),
            ("within", "closed"),
            ("inbox", "3"),
            ("inbox", "5"),
            ("inbox-is", "none"),
            ("channel", "email"),
            ("channel", "telegram"),
            ("who", "nobody"),
            ("who", "8"),
            ("team", "2"),
            ("team", "4"),
            ("team-is", "none"),
            ("tag", "7"),
            ("tag", "9"),
            ("tag-is", "none"),
            ("priority", "urgent"),
            ("priority", "none"),
            ("watching", "me"),
            ("waiting", "4h"),
            ("contact", "silva & cia"),
            ("since", "2026-11-01"),
            ("until", "2026-11-20"),
        ];
        let filter = Filter::read(pairs);
        let written = filter.pairs();
        assert_eq!(written.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>(), pairs);
        assert_eq!(Filter::read(written.iter().map(|(name, value)| (*name, value.as_str()))), filter);
    }

    #[test]
    fn addresses_of_before_say_what_they_said() {
        let said = |old: &[(&str, &str)]| Filter::read(old.iter().copied()).pairs();
        let pair = |name, value: &str| (name, value.to_owned());
        let [urgent, high] = ["urgent", "high"].map(|value| pair("priority", value));
        assert_eq!(said(&[("presses", "high")]), [urgent, high]);
        assert_eq!(said(&[("presses", "none")]), [pair("priority", "none")]);
        let everything = [pair("within", "everything")];
        assert_eq!(said(&[("within", "everything")]), everything);
        assert_eq!(said(&[("within", "closed"), ("within", "open"), ("within", "snoozed")]), everything);
        assert_eq!(said(&[("who", "me"), ("tag", "7")]), [pair("who", "me"), pair("tag", "7")]);
    }

    #[test]
    fn what_is_odd_in_an_address_is_not_asked() {
        let odd = [
            ("within", "1=1"),
            ("inbox", "1 OR 1"),
            ("channel", "e'mail"),
            ("who", "x"),
            ("tag", ""),
            ("tag-is", "none"),
            ("presses", "very"),
            ("priority", "5"),
            ("watching", "2"),
            ("waiting", "-1"),
            ("contact", "ab"),
            ("since", "2026-13-40"),
            ("until", "ontem"),
            ("drop", "table"),
        ];
        assert!(Filter::read(odd).is_empty());
    }
}
