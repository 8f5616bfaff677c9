//! What stands behind the bell, and what of it was read.

use rocket::http::ContentType;
use rocket::{State, get, post};
use serde_json::json;

use crate::auth::{Conversations, May, Viewer};
use crate::conversations::store::show;
use crate::db::Db;
use crate::error::Result;
use crate::notifications::store::{list, telling};
use crate::notifications::views::{BellBlock, List, ListBlock, ListDialog, ListPage};
use crate::notifications::words::Words;
use crate::web::{Answer, Cx, Html, Htmx, NoFields, Page, Posted, Reply, redirect};

/// Lines of one page.
const PAGE: usize = 20;

#[get("/notifications?<before>")]
pub async fn list_notifications(viewer: May<Conversations>, cx: Cx, db: &State<Db>, before: Option<i64>) -> Page {
    let list = read(&viewer.0, &cx, db, before).await?;
    Ok(match cx.htmx {
        Htmx::No => Html::render(&ListPage { cx, list })?,
        Htmx::Partial | Htmx::Full => Html::render(&ListDialog { cx, list })?,
    })
}

#[get("/notifications/list")]
pub async fn refetch_notifications(viewer: May<Conversations>, cx: Cx, db: &State<Db>) -> Page {
    let list = read(&viewer.0, &cx, db, None).await?;
    Ok(Html::render(&ListBlock { cx, list })?)
}

async fn read(viewer: &Viewer, cx: &Cx, db: &Db, before: Option<i64>) -> Result<List> {
    let viewer = viewer.clone();
    let lines = db.read(move |connection| list::page(connection, &viewer, before, PAGE + 1)).await?;
    Ok(List::new(cx, lines, PAGE, before))
}

#[get("/notifications/bell")]
pub async fn show_bell(viewer: May<Conversations>, cx: Cx, db: &State<Db>) -> Page {
    let viewer = viewer.0.clone();
    let unread = db.read(move |connection| list::unread(connection, &viewer)).await?;
    Ok(Html::render(&BellBlock::new(cx, &unread))?)
}

/// What a page shows on the screen; without `after` only where to begin.
#[get("/notifications/fresh?<after>")]
pub async fn list_fresh(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    after: Option<i64>,
) -> Answer<(ContentType, String)> {
    let viewer = viewer.0.clone();
    let read = db.read(move |connection| {
        let fresh = match after {
            Some(after) => list::fresh(connection, &viewer, after)?,
            None => Vec::new(),
        };
        Ok((list::newest(connection, &viewer)?, fresh))
    });
    let (newest, fresh) = read.await?;
    let words = Words { lang: cx.lang };
    let fresh: Vec<_> = fresh
        .iter()
        .map(|told| {
            json!({ "title": words.title(told), "text": words.line(told),
                    "link": format!("/conversations/{}", told.conversation),
                    "tag": format!("conversation-{}", told.conversation) })
        })
        .collect();
    Ok((ContentType::JSON, json!({ "newest": newest, "fresh": fresh }).to_string()))
}

#[post("/notifications/read", data = "<_form>")]
pub async fn read_notifications(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    _form: Posted<NoFields>,
) -> Answer<Reply> {
    let user = viewer.id;
    db.write(move |tx| telling::read_all(tx, user)).await?;
    if cx.htmx == Htmx::No {
        return Ok(redirect("/notifications", "notices-all-read"));
    }
    let list = read(&viewer.0, &cx, db, None).await?;
    Ok(Reply::Html(Html::render(&ListBlock { cx, list })?))
}

/// Somebody has this conversation in front of them.
#[post("/notifications/<id>/read", data = "<_form>")]
pub async fn read_notifications_of(
    viewer: May<Conversations>,
    db: &State<Db>,
    id: i64,
    _form: Posted<NoFields>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    db.write(move |tx| {
        show::get(tx, &viewer, id)?;
        telling::looked_at(tx, viewer.id, id)
    })
    .await?;
    Ok(Reply::Nothing)
}
