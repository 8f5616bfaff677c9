//! Which inboxes a person reads.

use askama::Template;

use crate::inboxes::Access;
use crate::inboxes::store::members::Membership;
use crate::web::Cx;

/// An inbox as one person stands to it, in words.
struct Line {
    inbox: i64,
    name: String,
    /// Who reads it, where nobody is chosen by hand.
    readers: String,
    is_on: bool,
    /// Whether it can be ticked here.
    is_chosen: bool,
}

/// The inboxes of one person.
pub struct ReadersView {
    user: i64,
    name: String,
    lines: Vec<Line>,
    /// What was done just now: a message key.
    said: &'static str,
}

impl ReadersView {
    pub fn new(cx: &Cx, user: i64, name: String, places: Vec<Membership>, said: &'static str) -> Self {
        let line = |place: Membership| {
            let owns = place.owner.as_ref().is_some_and(|(owner, _)| *owner == user);
            let readers = match (place.access, &place.owner) {
                (Access::All, _) => cx.t("inbox-readers-all"),
                (_, Some((owner, _))) if *owner == user => cx.t("readers-owns"),
                (Access::Owner, Some((_, owner))) => cx.t1("inbox-access-other", "name", owner),
                (Access::Owner, None) => cx.t("inbox-readers-nobody"),
                (Access::Selected, _) => String::new(),
            };
            Line {
                inbox: place.inbox,
                name: place.name,
                readers,
                is_on: place.is_member || owns || place.access == Access::All,
                is_chosen: place.access == Access::Selected && !owns,
            }
        };
        Self { user, name, lines: places.into_iter().map(line).collect(), said }
    }

    fn has_choice(&self) -> bool {
        self.lines.iter().any(|line| line.is_chosen)
    }
}

#[derive(Template)]
#[template(path = "inboxes/readers.html")]
pub struct ReadersPage {
    pub cx: Cx,
    pub readers: ReadersView,
}

#[derive(Template)]
#[template(path = "inboxes/_readers_of.html")]
pub struct ReadersBlock {
    pub cx: Cx,
    pub readers: ReadersView,
}
