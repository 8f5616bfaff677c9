//! HTTP in, what can be named out.

use rocket::{Route, State, get, routes};

use super::views::{Conversations as Found, Palette};
use crate::auth::{Conversations, Guard, May, Right, SignedIn};
use crate::conversations::store::{filtered, saved, search};
use crate::db::Db;
use crate::inboxes;
use crate::web::{Cx, Guards, Html, Page};

/// Conversations that a search in the palette shows.
const SHOWN: u32 = 8;
/// Longest text that is searched for.
const LONGEST: usize = 200;

/// What each handler asks of its caller.
pub const GUARDS: Guards =
    &[("show_commands", Guard::SignedIn), ("find_conversations", Guard::May(Right::Conversations))];

pub(super) fn all() -> Vec<Route> {
    routes![show_commands, find_conversations]
}

#[get("/commands")]
async fn show_commands(viewer: SignedIn, cx: Cx, db: &State<Db>) -> Page {
    let viewer = viewer.0.clone();
    let html = db.read(move |connection| {
        let (readable, filters) = if viewer.may(Right::Conversations) {
            (filtered::inboxes(connection, &viewer)?, saved::listed(connection, &viewer)?)
        } else {
            (Vec::new(), Vec::new())
        };
        let managed = if viewer.may(Right::InboxesManage) { inboxes::store::all(connection)? } else { Vec::new() };
        Html::render(&Palette::new(cx, readable, filters, &managed))
    });
    Ok(html.await?)
}

#[get("/commands/conversations?<q>")]
async fn find_conversations(viewer: May<Conversations>, cx: Cx, db: &State<Db>, q: Option<String>) -> Page {
    let viewer = viewer.0.clone();
    let words: String = q.unwrap_or_default().trim().chars().take(LONGEST).collect();
    let html = db.read(move |connection| {
        let rows = search::rows(connection, &viewer, &words, SHOWN)?;
        Html::render(&Found::new(cx, &rows))
    });
    Ok(html.await?)
}
