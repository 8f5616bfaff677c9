//! Putting a conversation off, and fetching it back.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, delete, get, post};

use super::super::model::{Unfit, Until};
use super::super::store::{show, snooze};
use super::super::views::{Snooze, SnoozeOwnBlock, SnoozePage, Toast, Undo};
use super::messages::Bare;
use super::show::head_with;
use crate::auth::{Conversations, May, Viewer};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::web::{Answer, Cx, Html, Htmx, Page, Posted, Reply};

#[derive(FromForm)]
pub struct SnoozeForm {
    #[field(default = "")]
    until: String,
    /// A time of one's own.
    #[field(default = "")]
    at: String,
}

/// The choice as a page, where no script opens the dialog.
#[get("/conversations/<id>/snooze")]
pub async fn show_snooze(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64) -> Page {
    Ok(choice(viewer.0.clone(), cx, db, id, ("", "")).await?)
}

async fn choice(viewer: Viewer, cx: Cx, db: &Db, id: i64, (typed, error): (&str, &str)) -> Result<Html> {
    let asker = viewer.clone();
    db.read(move |connection| show::get(connection, &asker, id)).await?;
    let snooze = Snooze::new(&cx, &viewer, id, db.clock().now()).with(typed, error);
    Html::render(&SnoozePage { cx, snooze })
}

#[post("/conversations/<id>/snooze", data = "<form>")]
pub async fn snooze_conversation(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<SnoozeForm>,
) -> Answer<Reply> {
    let (viewer, form) = (viewer.0.clone(), form.0);
    let until = match Until::parse(&form.until, &form.at).time(db.clock().now(), &viewer.zone) {
        Ok(until) => until,
        Err(unfit) => return Ok(Reply::Html(unfitting(viewer, cx, db, id, (&form.at, unfit)).await?)),
    };
    let by = viewer.clone();
    let done = db.write(move |tx| snooze::snooze(tx, &by, id, until)).await;
    let said = match until {
        Some(at) => cx.t1("snoozed-until", "when", cx.times.ahead(at)),
        None => cx.t("snoozed-answer"),
    };
    let undo = Undo {
        label: cx.t("undo"),
        href: format!("/conversations/{id}/snooze"),
        method: "delete",
        token: cx.token.clone(),
    };
    let toast = match &done {
        Err(Error::Conflict(key)) => Toast::bad(cx.t(key)),
        _ => Toast::said(said).with(undo),
    };
    Ok(head_with(viewer, cx, db, id, (done, "snoozed", toast)).await?)
}

/// A time of one's own that does not do: said beside the field, with what was typed.
async fn unfitting(viewer: Viewer, cx: Cx, db: &Db, id: i64, (typed, unfit): (&str, Unfit)) -> Result<Html> {
    let key = match unfit {
        Unfit::Unreadable => "snooze-unreadable",
        Unfit::Past => "snooze-past",
        Unfit::TooFar => "snooze-too-far",
    };
    if cx.htmx == Htmx::No {
        return Ok(choice(viewer, cx, db, id, (typed, key)).await?.with_status(Status::UnprocessableEntity));
    }
    let asker = viewer.clone();
    db.read(move |connection| show::get(connection, &asker, id)).await?;
    let snooze = Snooze::new(&cx, &viewer, id, db.clock().now()).with(typed, key);
    Ok(Html::render(&SnoozeOwnBlock { cx, snooze })?.with_status(Status::UnprocessableEntity))
}

#[delete("/conversations/<id>/snooze", data = "<_form>")]
pub async fn wake_conversation(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    _form: Posted<Bare>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    let by = viewer.clone();
    let done = db.write(move |tx| snooze::wake(tx, &by, id)).await;
    let toast = Toast::of(&cx, &done, "woken");
    Ok(head_with(viewer, cx, db, id, (done, "woken", toast)).await?)
}
