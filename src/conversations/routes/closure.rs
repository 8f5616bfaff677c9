//! Closing a conversation, and opening it again.

use rocket::{State, delete, post};

use super::super::store::closure;
use super::super::views::{Toast, Undo};
use super::messages::Bare;
use super::show::head_with;
use crate::auth::{Conversations, May, Viewer};
use crate::db::{Db, Tx};
use crate::error::Result;
use crate::web::{Answer, Cx, Posted, Reply};

/// One of the two, and the method that takes it back.
struct Turn {
    verb: fn(&Tx<'_>, &Viewer, i64) -> Result<()>,
    said: &'static str,
    back: &'static str,
}

const CLOSE: Turn = Turn { verb: closure::close, said: "closed", back: "delete" };
const REOPEN: Turn = Turn { verb: closure::reopen, said: "reopened", back: "" };

#[post("/conversations/<id>/closure", data = "<_form>")]
pub async fn close_conversation(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    _form: Posted<Bare>,
) -> Answer<Reply> {
    turn(viewer.0.clone(), cx, db, id, CLOSE).await
}

#[delete("/conversations/<id>/closure", data = "<_form>")]
pub async fn reopen_conversation(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    _form: Posted<Bare>,
) -> Answer<Reply> {
    turn(viewer.0.clone(), cx, db, id, REOPEN).await
}

async fn turn(viewer: Viewer, cx: Cx, db: &Db, id: i64, turn: Turn) -> Answer<Reply> {
    let by = viewer.clone();
    let done = db.write(move |tx| (turn.verb)(tx, &by, id)).await;
    let href = format!("/conversations/{id}/closure");
    let undo = Undo { label: cx.t("undo"), href, method: turn.back, token: cx.token.clone() };
    let toast = Toast::of(&cx, &done, turn.said).with(undo);
    Ok(head_with(viewer, cx, db, id, (done, turn.said, toast)).await?)
}
