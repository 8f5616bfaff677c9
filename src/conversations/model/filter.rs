//! What a filter lets through. Its conditions are a closed set; each is read from an address and written into one.

use jiff::civil::Date;

use super::{Priority, Section};
use crate::clock::{DAY, HOUR, Millis};

/// Shortest part of a name that is looked for; the index knows parts of three letters.
pub const SHORTEST: usize = 3;
/// Longest one.
const LONGEST: usize = 100;
/// Longest text that is searched for.
const WORDS: usize = 200;
/// Inboxes named in one filter at most.
const INBOXES: usize = 50;

/// Which part of the list is looked through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Within {
    /// The section that is shown.
    #[default]
    Section,
    /// All three sections of what is open.
    Open,
    Snoozed,
    Closed,
    Spam,
    /// Everything but spam.
    Everything,
}

/// Who handles it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Me,
    Nobody,
    Person(i64),
}

/// How much it presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presses {
    NotAtAll,
    AtLeast(Priority),
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
    pub within: Within,
    /// Any of them; none: all.
    pub inboxes: Vec<i64>,
    pub channel: Option<String>,
    pub who: Option<Who>,
    pub team: Option<i64>,
    pub tag: Option<i64>,
    pub presses: Option<Presses>,
    pub waiting: Option<Unanswered>,
    /// A part of the name or an address of the contact or its company.
    pub contact: String,
    /// First and last day of the newest activity.
    pub since: Option<Date>,
    pub until: Option<Date>,
}

impl Within {
    /// All of them, as a form offers them.
    pub const ALL: [Self; 6] = [Self::Section, Self::Open, Self::Snoozed, Self::Closed, Self::Spam, Self::Everything];

    /// As in addresses and message keys; empty for the section.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Section => "",
            Self::Open => "open",
            Self::Snoozed => "snoozed",
            Self::Closed => "closed",
            Self::Spam => "spam",
            Self::Everything => "everything",
        }
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

impl Presses {
    /// All of them, the most pressing first.
    pub const ALL: [Self; 5] = [
        Self::AtLeast(Priority::Urgent),
        Self::AtLeast(Priority::High),
        Self::AtLeast(Priority::Normal),
        Self::AtLeast(Priority::Low),
        Self::NotAtAll,
    ];

    /// As in addresses and message keys.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotAtAll | Self::AtLeast(Priority::None) => "none",
            Self::AtLeast(priority) => priority.as_str(),
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

impl Filter {
    /// From the pairs of an address; anything odd in it counts as not asked.
    #[must_use]
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        for (name, value) in pairs {
            filter.take(name, value.trim());
        }
        filter
    }

    fn take(&mut self, name: &str, value: &str) {
        match name {
            "within" => {
                self.within = Within::ALL.into_iter().find(|within| within.as_str() == value).unwrap_or_default();
            }
            "inbox" => {
                let known = value.parse().ok().filter(|id| !self.inboxes.contains(id) && self.inboxes.len() < INBOXES);
                self.inboxes.extend(known);
            }
            "channel" => {
                let plain = (1..=20).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_lowercase());
                self.channel = plain.then(|| value.to_owned());
            }
            "who" => self.who = Who::parse(value),
            "team" => self.team = value.parse().ok(),
            "tag" => self.tag = value.parse().ok(),
            "presses" => self.presses = Presses::ALL.into_iter().find(|presses| presses.as_str() == value),
            "waiting" => self.waiting = Unanswered::ALL.into_iter().find(|waiting| waiting.as_str() == value),
            "contact" if value.chars().count() >= SHORTEST => self.contact = value.chars().take(LONGEST).collect(),
            "since" => self.since = value.parse().ok(),
            "until" => self.until = value.parse().ok(),
            _ => {}
        }
    }

    /// As the pairs of an address.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut add = |name: &'static str, value: Option<String>| {
            pairs.extend(value.filter(|value| !value.is_empty()).map(|value| (name, value)));
        };
        add("within", Some(self.within.as_str().to_owned()));
        for inbox in &self.inboxes {
            add("inbox", Some(inbox.to_string()));
        }
        add("channel", self.channel.clone());
        add("who", self.who.map(Who::to_text));
        add("team", self.team.map(|id| id.to_string()));
        add("tag", self.tag.map(|id| id.to_string()));
        add("presses", self.presses.map(|presses| presses.as_str().to_owned()));
        add("waiting", self.waiting.map(|waiting| waiting.as_str().to_owned()));
        add("contact", Some(self.contact.clone()));
        add("since", self.since.map(|day| day.to_string()));
        add("until", self.until.map(|day| day.to_string()));
        pairs
    }

    /// Whether it lets everything through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The same for another section: it stays within the one that is shown.
    #[must_use]
    pub fn in_section(&self) -> Self {
        Self { within: Within::Section, ..self.clone() }
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
            ("within", "everything"),
            ("inbox", "3"),
            ("inbox", "5"),
            ("channel", "email"),
            ("who", "nobody"),
            ("team", "2"),
            ("tag", "7"),
            ("presses", "high"),
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
    fn what_is_odd_in_an_address_is_not_asked() {
        let odd = [
            ("within", "1=1"),
            ("inbox", "1 OR 1"),
            ("channel", "e'mail"),
            ("who", "x"),
            ("tag", ""),
            ("presses", "very"),
            ("waiting", "-1"),
            ("contact", "ab"),
            ("since", "2026-13-40"),
            ("until", "ontem"),
            ("drop", "table"),
        ];
        assert!(Filter::read(odd).is_empty());
    }
}
