//! How an inbox is: its page, a mail that tries it, and its end.

use rocket::{delete, get, post};

use super::desk::Desk;
use super::trial::block;
use crate::auth::{InboxesManage, May, Viewer};
use crate::inboxes::views::{HealthPage, HealthView};
use crate::inboxes::{store, trial};
use crate::web::{Answer, Cx, Html, Htmx, NoFields, Page, Posted, Reply, redirect};

#[get("/settings/inboxes/<id>/health")]
pub async fn show_health(_viewer: May<InboxesManage>, cx: Cx, desk: Desk<'_>, id: i64) -> Page {
    let health = HealthView::new(&cx, &desk.health(id).await?);
    if cx.htmx == Htmx::Partial {
        return Ok(block(cx, health)?);
    }
    Ok(Html::render(&HealthPage { cx, health, trial: None })?)
}

#[post("/settings/inboxes/<id>/tests", data = "<_form>")]
pub async fn send_test(
    viewer: May<InboxesManage>,
    cx: Cx,
    desk: Desk<'_>,
    id: i64,
    _form: Posted<NoFields>,
) -> Answer<Reply> {
    let (by, lang): (Viewer, _) = (viewer.0.clone(), cx.lang);
    desk.db.write(move |tx| trial::queue(tx, &by, lang, id)).await?;
    if cx.htmx == Htmx::No {
        return Ok(redirect(&format!("/settings/inboxes/{id}/health"), "health-test-begun"));
    }
    let health = HealthView::new(&cx, &desk.health(id).await?);
    Ok(Reply::Html(block(cx, health)?))
}

#[delete("/settings/inboxes/<id>/connection", data = "<_form>")]
pub async fn disconnect_inbox(
    viewer: May<InboxesManage>,
    desk: Desk<'_>,
    id: i64,
    _form: Posted<NoFields>,
) -> Answer<Reply> {
    let by: Viewer = viewer.0.clone();
    desk.db.write(move |tx| store::disconnect(tx, &by, id)).await?;
    Ok(redirect("/settings/inboxes", "inbox-now-disconnected"))
}
