//! The sections of the list.

use super::super::model::{Counts, Section};
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
    pub title: String,
    /// Empty where nothing is counted.
    pub count: String,
    pub is_current: bool,
    /// Shown small, as an icon: it stands outside of the others, and only while something is in it.
    pub is_small: bool,
}

impl Sections {
    pub fn new(cx: &Cx, choice: &Choice, counts: Counts) -> Self {
        let tab = |section: Section| {
            let (key, count) = match section {
                Section::Unassigned => ("section-unassigned", capped(counts.unassigned)),
                Section::Mine => ("section-mine", capped(counts.mine)),
                Section::Others => ("section-others", capped(counts.others)),
                Section::Closed => ("section-closed", String::new()),
                Section::Snoozed => ("section-snoozed", capped(counts.snoozed)),
                Section::Spam => ("section-spam", String::new()),
            };
            let is_current = choice.query.is_empty() && section == choice.section;
            let is_small = section == Section::Snoozed;
            Tab { name: section.as_str(), title: cx.t(key), count, is_current, is_small }
        };
        let is_shown = |tab: &Tab| !tab.is_small || tab.is_current || (tab.name == "snoozed" && counts.snoozed > 0);
        Self { address: choice.address(), tabs: Section::ALL.into_iter().map(tab).filter(is_shown).collect() }
    }
}
