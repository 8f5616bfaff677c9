//! Places and conversations as links.

use askama::Template;

use crate::auth::Right;
use crate::conversations::model::{Row, Saved, Section};
use crate::conversations::store::filtered::Readable;
use crate::inboxes::Inbox;
use crate::web::Cx;

/// A place: address and name.
pub type Place = (String, String);

/// The palette with every place in it.
#[derive(Template)]
#[template(path = "search/palette.html")]
pub struct Palette {
    pub cx: Cx,
    pub sections: Vec<Place>,
    pub inboxes: Vec<Place>,
    pub filters: Vec<Place>,
    /// Settings of inboxes.
    pub settings: Vec<Place>,
}

impl Palette {
    pub fn new(cx: Cx, inboxes: Vec<Readable>, filters: Vec<Saved>, managed: &[Inbox]) -> Self {
        let section = |section: Section| (["/conversations?section=", section.as_str()].concat(), cx.t(section.key()));
        let watched = ("/conversations?section=mine&within=everything&watching=me".to_owned(), cx.t("watch-all"));
        let sections = if cx.may(Right::Conversations) {
            Section::ALL.into_iter().map(section).chain([watched]).collect()
        } else {
            Vec::new()
        };
        let inbox = |inbox: Readable| {
            (format!("/conversations?section=unassigned&within=everything&inbox={}", inbox.id), inbox.name)
        };
        let filter = |saved: Saved| (format!("/conversations?{}&saved={}", saved.query, saved.id), saved.name);
        let setting = |inbox: &Inbox| {
            (format!("/settings/inboxes/{}", inbox.id), cx.t1("palette-inbox-settings", "name", &inbox.name))
        };
        let settings = managed.iter().map(setting).collect();
        let inboxes = inboxes.into_iter().map(inbox).collect();
        let filters = filters.into_iter().map(filter).collect();
        Self { cx, sections, inboxes, filters, settings }
    }
}

/// Conversations that were found.
#[derive(Template)]
#[template(path = "search/conversations.html")]
pub struct Conversations {
    pub cx: Cx,
    pub found: Vec<Place>,
}

impl Conversations {
    pub fn new(cx: Cx, rows: &[Row]) -> Self {
        let place = |row: &Row| {
            let name = if row.name.is_empty() { cx.t("contact-nameless") } else { row.name.clone() };
            let about = if row.subject.is_empty() { &row.preview } else { &row.subject };
            let about: String = about.chars().filter(|letter| !letter.is_control()).take(60).collect();
            let at = row.hit.as_ref().map(|hit| format!("?message={}", hit.message)).unwrap_or_default();
            (format!("/conversations/{}{at}", row.id), cx.t2("palette-conversation", ("name", name), ("about", about)))
        };
        let found = rows.iter().map(place).collect();
        Self { cx, found }
    }
}
