//! The sections of the list.

use super::super::model::{Counts, Filter, Section};
use super::Choice;
use crate::web::Cx;

/// Above this a counter only says that there are more.
const MANY: i64 = 99;

/// A number for a mark.
pub fn capped(n: i64) -> String {
    if n > MANY { format!("{MANY}+") } else { n.to_string() }
}

/// The sections with their counters.
pub struct Sections {
    pub address: String,
    pub tabs: Vec<Tab>,
}

/// One section.
pub struct Tab {
    pub name: &'static str,
    /// Keeps the filter that was set by hand; one under a name stays with its name.
    pub href: String,
    pub title: String,
    /// Empty where nothing is counted.
    pub count: String,
    pub is_current: bool,
    /// Set where it is shown small, below the others: it stands outside of them, and only while something is in it.
    pub icon: Option<&'static str>,
}

impl Sections {
    pub fn new(cx: &Cx, choice: &Choice, counts: Counts) -> Self {
        let tab = |section: Section| {
            let (key, count) = match section {
                Section::Unassigned => ("section-unassigned", capped(counts.unassigned)),
                Section::Mine => ("section-mine", capped(counts.mine)),
                Section::Others => ("section-others", capped(counts.others)),
                Section::Closed => ("section-closed", String::new()),
                Section::Spam => ("section-spam", String::new()),
                Section::Snoozed => ("section-snoozed", capped(counts.snoozed)),
                Section::Mentioned if counts.mentions.unread == 0 => ("section-mentioned", String::new()),
                Section::Mentioned => ("section-mentioned", capped(counts.mentions.unread)),
            };
            let is_current = choice.query.is_empty() && section == choice.section && choice.filter.within.is_empty();
            let filter = if choice.saved.is_none() { choice.filter.in_section() } else { Filter::default() };
            let there = Choice { filter, ..Choice::of(section) };
            let (icon, is_empty) = match section {
                Section::Snoozed => (Some("zzz"), counts.snoozed == 0),
                Section::Mentioned => (Some("at"), counts.mentions.places == 0),
                Section::Spam => (Some("hand-stop"), !counts.spam),
                _ => (None, false),
            };
            let tab = || Tab {
                name: section.as_str(),
                href: ["/conversations?", &there.address()].concat(),
                title: cx.t(key),
                count,
                is_current,
                icon,
            };
            (is_current || !is_empty).then(tab)
        };
        Self { address: choice.address(), tabs: Section::ALL.into_iter().filter_map(tab).collect() }
    }
}
