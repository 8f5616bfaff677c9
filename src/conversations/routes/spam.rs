//! Spam, and senders whose mail is not wanted.

use rocket::form::FromForm;
use rocket::{State, delete, get, post};

use super::super::model::Pattern;
use super::super::store::{blocking, spam};
use super::super::views::{BlockedPage, Toast, Undo};
use super::files::Original;
use super::messages::Bare;
use super::show::head_with;
use crate::auth::{Conversations, May};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::web::{Answer, Cx, Html, Page, Posted, Reply, redirect};

#[post("/conversations/<id>/spam", data = "<_form>")]
pub async fn mark_spam(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    _form: Posted<Bare>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    let by = viewer.clone();
    let done = db.write(move |tx| spam::mark(tx, &by, id)).await;
    let toast = Toast::of(&cx, &done, "spam-marked").with(undo(&cx, format!("/conversations/{id}/spam"), "delete"));
    Ok(head_with(viewer, cx, db, id, (done, "spam-marked", toast)).await?)
}

#[delete("/conversations/<id>/spam", data = "<_form>")]
pub async fn clear_spam(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    _form: Posted<Bare>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    let by = viewer.clone();
    let done = db.write(move |tx| spam::clear(tx, &by, id)).await;
    let toast = Toast::of(&cx, &done, "spam-cleared").with(undo(&cx, format!("/conversations/{id}/spam"), ""));
    Ok(head_with(viewer, cx, db, id, (done, "spam-cleared", toast)).await?)
}

#[derive(FromForm)]
pub struct BlockForm {
    /// `address` or `domain`.
    #[field(default = "")]
    what: String,
}

#[post("/conversations/<id>/blocks", data = "<form>")]
pub async fn block_sender(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<BlockForm>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    let by = viewer.clone();
    let pattern = if form.0.what == "domain" { Pattern::Domain } else { Pattern::Address };
    let blocked: Result<i64> = db.write(move |tx| blocking::block(tx, &by, id, pattern)).await;
    let mut toast = Toast::of(&cx, &blocked, "sender-blocked");
    if let Ok(block) = &blocked {
        toast = toast.with(undo(&cx, format!("/settings/blocked/{block}?conversation={id}"), "delete"));
    }
    let done = blocked.map(|_| ());
    Ok(head_with(viewer, cx, db, id, (done, "sender-blocked", toast)).await?)
}

#[get("/settings/blocked")]
pub async fn list_blocked(viewer: May<Conversations>, cx: Cx, db: &State<Db>) -> Page {
    let reader = viewer.0.clone();
    let read = db.read(move |connection| Ok((blocking::all(connection)?, blocking::kept(connection, &reader)?)));
    let (blocked, refused) = read.await?;
    Ok(Html::render(&BlockedPage::new(cx, &blocked, &refused))?)
}

#[get("/settings/blocked/mails/<id>")]
pub async fn download_refused(viewer: May<Conversations>, db: &State<Db>, id: i64) -> Answer<Original> {
    let viewer = viewer.0.clone();
    let bytes = db.read(move |connection| blocking::original(connection, &viewer, id)).await?;
    Ok(Original::new(bytes, id))
}

/// `conversation` is where it was blocked, if that is to be undone with it.
#[delete("/settings/blocked/<id>?<conversation>", data = "<_form>")]
pub async fn unblock_sender(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    conversation: Option<i64>,
    _form: Posted<Bare>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    let by = viewer.clone();
    let done = db.write(move |tx| {
        blocking::unblock(tx, &by, id)?;
        // Somebody may have taken it out of the spam meanwhile.
        match conversation.map(|conversation| spam::clear(tx, &by, conversation)) {
            None | Some(Err(Error::Conflict(_))) => Ok(()),
            Some(done) => done,
        }
    });
    let done = done.await;
    let Some(conversation) = conversation else {
        done?;
        return Ok(redirect("/settings/blocked", "sender-unblocked"));
    };
    let toast = Toast::of(&cx, &done, "sender-unblocked");
    Ok(head_with(viewer, cx, db, conversation, (done, "sender-unblocked", toast)).await?)
}

fn undo(cx: &Cx, href: String, method: &'static str) -> Undo {
    Undo { label: cx.t("undo"), href, method, token: cx.token.clone() }
}
