//! One conversation: the page, and its blocks.

use rocket::http::Status;
use rocket::{State, get};

use super::super::store::joining::signposts;
use super::super::store::show;
use super::super::views::{
    Head, HeadBlock, Sections, ShowPage, SideBlock, StripBlock, Toast, Work, WorkBlock, section_of,
};
use super::asked::Asked;
use super::parts::Reader;
use crate::auth::{Conversations, May, Viewer};
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::web::{Answer, Cx, Html, Htmx, Page, Reply, redirect};

#[get("/conversations/<id>?<asked..>")]
pub async fn show_conversation(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    asked: Asked,
) -> Answer<Reply> {
    found(viewer.0.clone(), cx, db, id, asked, "talk").await
}

#[get("/conversations/<id>/details?<asked..>")]
pub async fn show_details(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64, asked: Asked) -> Answer<Reply> {
    found(viewer.0.clone(), cx, db, id, asked, "side").await
}

/// The page, or where it leads if it was merged.
async fn found(viewer: Viewer, cx: Cx, db: &Db, id: i64, asked: Asked, pane: &'static str) -> Answer<Reply> {
    let reader = viewer.clone();
    match page(viewer, cx, db, id, asked, pane).await {
        Err(Error::NotFound) => {
            let there = db.read(move |connection| signposts::lead(connection, &reader, id)).await?;
            let there = there.ok_or(Error::NotFound)?;
            Ok(redirect(&format!("/conversations/{there}"), ""))
        }
        done => Ok(Reply::Html(done?)),
    }
}

/// The page, or for a click in the list only what changes.
async fn page(viewer: Viewer, cx: Cx, db: &Db, id: i64, asked: Asked, pane: &'static str) -> Result<Html> {
    let read = db.read(move |connection| {
        let conversation = show::get(connection, &viewer, id)?;
        let work = Reader { connection, cx: &cx, viewer: &viewer }.work(&conversation, &asked, pane)?;
        if cx.htmx == Htmx::No {
            whole_page(connection, cx, &viewer, work, &asked)
        } else {
            Html::render(&WorkBlock { cx, work })
        }
    });
    read.await
}

/// A conversation with the list beside it.
pub(super) fn whole_page(connection: &Connection, cx: Cx, viewer: &Viewer, work: Work, asked: &Asked) -> Result<Html> {
    let reader = Reader { connection, cx: &cx, viewer };
    let counts = reader.counts()?;
    let choice = asked.choice(work.section);
    let list = reader.list(&choice, asked, Some(work.id), counts)?;
    let sections = Sections::new(&cx, &choice, counts);
    let finding = reader.finding(&choice)?;
    Html::render(&ShowPage { cx, list, sections, finding, work })
}

#[get("/conversations/<id>/head?<asked..>")]
pub async fn refetch_head(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64, asked: Asked) -> Page {
    Ok(head(viewer.0.clone(), cx, db, id, asked).await?)
}

/// The head of a conversation as it is now.
async fn head(viewer: Viewer, cx: Cx, db: &Db, id: i64, asked: Asked) -> Result<Html> {
    let read = db.read(move |connection| {
        let conversation = show::get(connection, &viewer, id)?;
        let address = asked.choice(section_of(&conversation, &viewer)).address();
        let handled = Reader { connection, cx: &cx, viewer: &viewer }.handled(id)?;
        let head = Head::new(&cx, &conversation, &handled, &viewer, &address);
        Html::render(&HeadBlock { cx, head })
    });
    read.await
}

/// After a change: the head with a sentence about what was done, or about who was first. Without script the page itself
/// says the latter.
pub(super) async fn head_with<T>(
    viewer: Viewer,
    mut cx: Cx,
    db: &Db,
    id: i64,
    (done, said, toast): (Result<T>, &'static str, Toast),
) -> Result<Reply> {
    let status = match done {
        Ok(_) if cx.htmx == Htmx::No => return Ok(redirect(&format!("/conversations/{id}"), said)),
        Ok(_) => Status::Ok,
        Err(Error::Conflict(_)) => Status::Conflict,
        Err(error) => return Err(error),
    };
    if cx.htmx == Htmx::No {
        cx.flash = Some(("error".to_owned(), toast.text));
        return Ok(Reply::Html(page(viewer, cx, db, id, Asked::default(), "talk").await?.with_status(status)));
    }
    let asked = Asked::of_page(&cx, id);
    let html = head(viewer, cx, db, id, asked).await?;
    Ok(Reply::Html(html.followed_by(&Html::render(&toast)?).with_status(status)))
}

#[get("/conversations/<id>/side?<asked..>")]
pub async fn refetch_side(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64, asked: Asked) -> Page {
    let viewer = viewer.0.clone();
    let html = db.read(move |connection| {
        let conversation = show::get(connection, &viewer, id)?;
        let address = asked.choice(section_of(&conversation, &viewer)).address();
        let reader = Reader { connection, cx: &cx, viewer: &viewer };
        let side = reader.side(&conversation, &reader.handled(id)?, &address)?;
        Html::render(&SideBlock { cx, side })
    });
    Ok(html.await?)
}

#[get("/conversations/<id>/strip")]
pub async fn refetch_strip(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64) -> Page {
    let viewer = viewer.0.clone();
    let html = db.read(move |connection| {
        let conversation = show::get(connection, &viewer, id)?;
        let strip = Reader { connection, cx: &cx, viewer: &viewer }.strip(&conversation)?;
        Html::render(&StripBlock { cx, strip })
    });
    Ok(html.await?)
}
