//! Tags and priority of a conversation.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, delete, get, post, put};

use super::super::model::Priority;
use super::super::store::tags;
use super::super::views::{Tags, TagsBlock, TagsPage, Toast};
use super::show::head_with;
use crate::auth::{Conversations, May, Viewer};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::web::{Answer, Cx, Html, Htmx, Page, Posted, Reply, redirect};

#[derive(FromForm)]
pub struct TagForm {
    #[field(default = "")]
    name: String,
}

#[derive(FromForm)]
pub struct UntagForm {
    tag: i64,
}

#[derive(FromForm)]
pub struct PriorityForm {
    #[field(default = "")]
    priority: String,
}

#[get("/conversations/<id>/tags")]
pub async fn show_tags(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64) -> Page {
    Ok(block(viewer.0.clone(), cx, db, id, ("", "")).await?)
}

/// The tags as they are, with what was typed and why it does not do.
async fn block(viewer: Viewer, cx: Cx, db: &Db, id: i64, (typed, error): (&str, &'static str)) -> Result<Html> {
    let read = db.read(move |connection| Ok((tags::of(connection, &viewer, id)?, tags::all(connection)?)));
    let (own, all) = read.await?;
    let tags = Tags::new(id, own, &all).with(typed, error);
    if cx.htmx == Htmx::No { Html::render(&TagsPage { cx, tags }) } else { Html::render(&TagsBlock { cx, tags }) }
}

#[post("/conversations/<id>/tags", data = "<form>")]
pub async fn tag_conversation(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<TagForm>,
) -> Answer<Reply> {
    let (viewer, typed) = (viewer.0.clone(), form.0.name);
    let (by, name) = (viewer.clone(), typed.clone());
    match db.write(move |tx| tags::add(tx, &by, id, &name)).await {
        Ok(()) => Ok(changed(viewer, cx, db, id).await?),
        Err(Error::Invalid(problems)) => {
            let key = problems.iter().next().map_or("", |(_, key)| key);
            let html = block(viewer, cx, db, id, (&typed, key)).await?;
            Ok(Reply::Html(html.with_status(Status::UnprocessableEntity)))
        }
        Err(error) => Err(error.into()),
    }
}

#[delete("/conversations/<id>/tags", data = "<form>")]
pub async fn untag_conversation(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<UntagForm>,
) -> Answer<Reply> {
    let (viewer, tag) = (viewer.0.clone(), form.0.tag);
    let by = viewer.clone();
    db.write(move |tx| tags::remove(tx, &by, id, tag)).await?;
    Ok(changed(viewer, cx, db, id).await?)
}

async fn changed(viewer: Viewer, cx: Cx, db: &Db, id: i64) -> Result<Reply> {
    if cx.htmx == Htmx::No {
        return Ok(redirect(&format!("/conversations/{id}/tags"), ""));
    }
    Ok(Reply::Html(block(viewer, cx, db, id, ("", "")).await?))
}

#[put("/conversations/<id>/priority", data = "<form>")]
pub async fn prioritize_conversation(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<PriorityForm>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    let priority = Priority::parse(&form.0.priority).ok_or_else(|| Error::field("priority", "priority-unknown"))?;
    let by = viewer.clone();
    let done = db.write(move |tx| tags::prioritize(tx, &by, id, priority)).await;
    let toast = Toast::of(&cx, &done, "prioritized");
    Ok(head_with(viewer, cx, db, id, (done, "prioritized", toast)).await?)
}
