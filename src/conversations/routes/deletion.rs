//! Deleting a conversation for good.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, get, post};

use super::super::store::joining::signposts;
use super::super::store::{deletion, show};
use super::super::views::{Deletion, DeletionPage, Gone, GoneBlock, GonePage, Toast};
use crate::auth::{Conversations, May, Viewer};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::web::{Answer, Cx, Failure, Html, Htmx, Posted, Reply, redirect};

#[derive(FromForm)]
pub struct DeletionForm {
    /// Set by the button that says what it does.
    sure: Option<String>,
}

/// The question before it is deleted, or who deleted it. A page on which it is open asks this after every deletion.
#[get("/conversations/<id>/deletion")]
pub async fn show_deletion(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    match (question(&viewer, db, id).await, cx.htmx) {
        (Ok(_), Htmx::Partial | Htmx::Full) => Ok(Reply::Nothing),
        (Ok(conversation), Htmx::No) => {
            let deletion = Deletion::new(&cx, &conversation, &viewer);
            Ok(Reply::Html(Html::render(&DeletionPage { cx, deletion })?))
        }
        (Err(Error::NotFound), _) => Ok(Reply::Html(gone(viewer, cx, db, id).await?)),
        (Err(error), _) => Err(error.into()),
    }
}

async fn question(viewer: &Viewer, db: &Db, id: i64) -> Result<super::super::model::Conversation> {
    let viewer = viewer.clone();
    db.read(move |connection| show::get(connection, &viewer, id)).await
}

/// Who deleted, merged or moved it, in place of the conversation.
async fn gone(viewer: Viewer, cx: Cx, db: &Db, id: i64) -> Result<Html> {
    let gone = db.read(move |connection| {
        let gone = match signposts::away(connection, &viewer, id) {
            Ok(away) => Gone::new(&cx, &away),
            Err(Error::NotFound) => Gone::deleted(&cx, deletion::find(connection, &viewer, id)?),
            Err(error) => return Err(error),
        };
        Ok((cx, gone))
    });
    let (cx, gone) = gone.await?;
    if cx.htmx == Htmx::No { Html::render(&GonePage { cx, gone }) } else { Html::render(&GoneBlock { cx, id, gone }) }
}

#[post("/conversations/<id>/deletion", data = "<form>")]
pub async fn delete_conversation(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<DeletionForm>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    if form.0.sure.as_deref() != Some("yes") {
        let conversation = question(&viewer, db, id).await?;
        let deletion = Deletion::new(&cx, &conversation, &viewer);
        let page = Html::render(&DeletionPage { cx, deletion })?;
        return Ok(Reply::Html(page.with_status(Status::UnprocessableEntity)));
    }
    let by = viewer.clone();
    match db.write(move |tx| deletion::delete(tx, &by, id)).await {
        Ok(()) => {}
        Err(Error::Forbidden(_)) => return Err(Failure::status(Status::Forbidden, "delete-forbidden")),
        Err(Error::Conflict(key)) if cx.htmx != Htmx::No => {
            return Ok(Reply::Html(Toast::alone(&cx, key)?));
        }
        Err(error) => return Err(error.into()),
    }
    if cx.htmx == Htmx::No {
        return Ok(redirect("/conversations", "deleted"));
    }
    let toast = Html::render(&Toast::said(cx.t("deleted")))?;
    Ok(Reply::Html(gone(viewer, cx, db, id).await?.followed_by(&toast)))
}
