//! Filters under a name: in the list with their numbers, and the page that puts them in order.

use askama::Template;

use super::super::model::{Saved, Shared};
use super::super::store::filtered::{COUNTED, Sureness};
use super::{Choice, filter};
use crate::auth::{Role, Viewer};
use crate::error::Problems;
use crate::web::Cx;

/// The filters of a list.
pub struct Named {
    /// The address of the list they stand beside.
    pub address: String,
    pub entries: Vec<Counted>,
    /// Whether their numbers stand there already.
    pub is_counted: bool,
}

/// One of them.
pub struct Counted {
    pub id: i64,
    pub href: String,
    pub name: String,
    /// Who shares it, where it is another one.
    pub by: Option<String>,
    pub is_current: bool,
    /// Empty where it was not counted.
    pub count: String,
}

impl Counted {
    fn new(cx: &Cx, saved: &Saved, viewer: &Viewer, choice: &Choice) -> Self {
        let there = Choice { saved: Some(saved.id), ..Choice::read(&saved.query) };
        Self {
            id: saved.id,
            href: ["/conversations?", &there.address()].concat(),
            name: saved.name.clone(),
            by: (saved.owner != viewer.id).then(|| cx.t1("filter-by", "name", &saved.owner_name)),
            is_current: choice.saved == Some(saved.id),
            count: String::new(),
        }
    }
}

impl Named {
    pub fn new(cx: &Cx, all: &[Saved], viewer: &Viewer, choice: &Choice) -> Self {
        let entries = all.iter().map(|saved| Counted::new(cx, saved, viewer, choice)).collect();
        Self { address: choice.address(), entries, is_counted: false }
    }

    /// The same with the number of each, in their order.
    #[must_use]
    pub fn counted(mut self, numbers: &[(usize, Sureness)]) -> Self {
        for (entry, (number, sure)) in self.entries.iter_mut().zip(numbers) {
            entry.count = match sure {
                Sureness::All => number.to_string(),
                Sureness::More => format!("{}+", (*number).min(COUNTED - 1)),
            };
        }
        self.is_counted = true;
        self
    }
}

/// What the filter of a list may be kept as.
pub struct Saving {
    pub address: String,
    /// Own filters that it may replace: id and name.
    pub own: Vec<(i64, String)>,
    /// Whether the list is one that stands under a name already, unchanged.
    pub is_kept: bool,
}

impl Saving {
    pub fn new(all: &[Saved], viewer: &Viewer, choice: &Choice) -> Self {
        let own = all.iter().filter(|saved| saved.owner == viewer.id);
        let address = Choice { saved: None, ..choice.clone() }.address();
        let stands = |saved: &Saved| Some(saved.id) == choice.saved && Choice::read(&saved.query).address() == address;
        let is_kept = all.iter().any(stands);
        Self { address, own: own.map(|saved| (saved.id, saved.name.clone())).collect(), is_kept }
    }
}

/// One filter on the page that orders them.
pub struct SavedRow {
    pub id: i64,
    pub name: String,
    pub is_shared: bool,
    pub href: String,
    /// What it lets through, in words.
    pub says: String,
    pub by: Option<String>,
    pub may_change: bool,
    pub is_own: bool,
}

impl SavedRow {
    pub fn new(cx: &Cx, saved: &Saved, viewer: &Viewer, known: &filter::Known) -> Self {
        let choice = Choice::read(&saved.query);
        let mut says = Vec::new();
        if !choice.query.is_empty() {
            says.push(choice.query.clone());
        } else if choice.filter.within.is_empty() {
            says.push(cx.t(choice.section.key()));
        }
        says.extend(filter::chips(cx, &choice, known).into_iter().map(|chip| chip.text));
        Self {
            id: saved.id,
            name: saved.name.clone(),
            is_shared: saved.shared == Shared::Yes,
            href: ["/conversations?", &Choice { saved: Some(saved.id), ..choice }.address()].concat(),
            says: says.join(" · "),
            by: (saved.owner != viewer.id).then(|| cx.t1("filter-by", "name", &saved.owner_name)),
            may_change: saved.owner == viewer.id || viewer.role >= Role::Admin,
            is_own: saved.owner == viewer.id,
        }
    }
}

/// The page that orders them; also where a name did not do.
#[derive(Template)]
#[template(path = "conversations/saved_page.html")]
pub struct SavedPage {
    pub cx: Cx,
    pub rows: Vec<SavedRow>,
    /// What was typed, for the filter with this id (0: a new one), and where it stands.
    pub typed: String,
    pub about: i64,
    pub address: String,
    pub problems: Problems,
}

#[derive(Template)]
#[template(path = "conversations/saved.html")]
pub struct SavedBlock {
    pub cx: Cx,
    pub named: Named,
}
