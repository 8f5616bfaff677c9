//! Closing a conversation, and opening it again.

use rocket::{State, delete, post};

use super::super::store::closure;
use super::super::views::{Toast, Undo};
use super::messages::Bare;
use super::show::head_with;
use crate::auth::{Conversations, May};
use crate::db::Db;
use crate::web::{Answer, Cx, Posted, Reply};

#[post("/conversations/<id>/closure", data = "<_form>")]
pub async fn close_conversation(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    _form: Posted<Bare>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    let by = viewer.clone();
    let done = db.write(move |tx| closure::close(tx, &by, id)).await;
    let toast = Toast::of(&cx, &done, "closed").with(undo(&cx, id, "delete"));
    Ok(head_with(viewer, cx, db, id, (done, "closed", toast)).await?)
}

#[delete("/conversations/<id>/closure", data = "<_form>")]
pub async fn reopen_conversation(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    _form: Posted<Bare>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    let by = viewer.clone();
    let done = db.write(move |tx| closure::reopen(tx, &by, id)).await;
    let toast = Toast::of(&cx, &done, "reopened").with(undo(&cx, id, ""));
    Ok(head_with(viewer, cx, db, id, (done, "reopened", toast)).await?)
}

fn undo(cx: &Cx, id: i64, method: &'static str) -> Undo {
    Undo { label: cx.t("undo"), href: format!("/conversations/{id}/closure"), method, token: cx.token.clone() }
}
