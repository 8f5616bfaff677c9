//! Moving a conversation to another inbox, and what the questions of moving, merging and splitting share.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, get, post};

use super::super::store::joining::{moving, signposts};
use super::super::views::{Joining, JoiningBlock, JoiningDialog, JoiningPage};
use crate::auth::{Conversations, May, Viewer};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::web::{Answer, Cx, Html, Htmx, Page, Posted, Reply};

/// A question that was just asked.
pub(super) fn opened(cx: Cx, joining: Joining) -> Result<Html> {
    if cx.htmx == Htmx::No {
        Html::render(&JoiningPage { cx, joining })
    } else {
        Html::render(&JoiningDialog { cx, joining })
    }
}

/// What stands in its place when something was chosen.
pub(super) fn shown(cx: Cx, joining: Joining) -> Result<Html> {
    if cx.htmx == Htmx::No {
        Html::render(&JoiningPage { cx, joining })
    } else {
        Html::render(&JoiningBlock { cx, joining })
    }
}

/// The question again, with why what was chosen cannot be.
pub(super) fn refused(cx: Cx, joining: Joining, key: &str) -> Result<Html> {
    let joining = joining.refusing(&cx, key);
    Ok(shown(cx, joining)?.with_status(Status::Conflict))
}

/// The conversation in which something is written that was begun in this one: it may have been merged meanwhile.
pub(super) async fn standing(db: &Db, viewer: &Viewer, id: i64) -> Result<i64> {
    let viewer = viewer.clone();
    Ok(db.read(move |connection| signposts::lead(connection, &viewer, id)).await?.unwrap_or(id))
}

#[get("/conversations/<id>/inbox")]
pub async fn show_inboxes(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64) -> Page {
    let viewer = viewer.0.clone();
    let html = db.read(move |connection| {
        let joining = Joining::moving(&cx, id, moving::offers(connection, &viewer, id)?);
        opened(cx, joining)
    });
    Ok(html.await?)
}

#[derive(FromForm)]
pub struct MoveForm {
    inbox: i64,
}

#[post("/conversations/<id>/inbox", data = "<form>")]
pub async fn move_conversation(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<MoveForm>,
) -> Answer<Reply> {
    let (viewer, by, inbox) = (viewer.0.clone(), viewer.0.clone(), form.0.inbox);
    match db.write(move |tx| moving::move_to(tx, &by, id, inbox)).await {
        Ok(()) => Ok(cx.done(&format!("/conversations/{id}"), "moved")),
        Err(Error::Conflict(key)) => {
            let html = db.read(move |connection| {
                let joining = Joining::moving(&cx, id, moving::offers(connection, &viewer, id)?);
                refused(cx, joining, key)
            });
            Ok(Reply::Html(html.await?))
        }
        Err(error) => Err(error.into()),
    }
}
