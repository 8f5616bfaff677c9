//! What a person has read.

use rocket::form::FromForm;
use rocket::{State, post};

use super::super::store::reading;
use super::super::views::Toast;
use super::messages::Bare;
use crate::auth::{Conversations, May};
use crate::db::Db;
use crate::web::{Answer, Cx, Html, Htmx, Posted, Reply, redirect};

#[derive(FromForm)]
pub struct ReadForm {
    /// The newest message that was in view.
    message: i64,
}

#[post("/conversations/<id>/read", data = "<form>")]
pub async fn mark_conversation_read(
    viewer: May<Conversations>,
    db: &State<Db>,
    id: i64,
    form: Posted<ReadForm>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    db.write(move |tx| reading::mark_read(tx, &viewer, id, form.0.message)).await?;
    Ok(Reply::Nothing)
}

#[post("/conversations/<id>/unread", data = "<_form>")]
pub async fn mark_conversation_unread(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    _form: Posted<Bare>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    db.write(move |tx| reading::mark_unread(tx, &viewer, id)).await?;
    if cx.htmx == Htmx::No {
        return Ok(redirect("/conversations", "marked-unread"));
    }
    Ok(Reply::Html(Html::render(&Toast::said(cx.t("marked-unread")))?))
}
