//! The list of inboxes, and the form of one.

use rocket::http::Status;
use rocket::{get, post, put};

use super::desk::{Desk, Known};
use super::form::InboxForm;
use crate::accounts;
use crate::auth::{InboxesManage, May, Viewer};
use crate::error::{Error, Problems, Result};
use crate::inboxes::store;
use crate::inboxes::views::{HouseServer, ListPage};
use crate::web::{Answer, Cx, Html, Page, Posted, Reply, redirect};

#[get("/settings/inboxes")]
pub async fn list_inboxes(_viewer: May<InboxesManage>, cx: Cx, desk: Desk<'_>) -> Page {
    let house = match desk.carrier.transport(None) {
        Some(_) => HouseServer::Sends,
        None => HouseServer::Missing,
    };
    let found = desk.db.read(|connection| {
        let mut inboxes = Vec::new();
        for inbox in store::all(connection)? {
            let members = store::members(connection, inbox.id)?;
            inboxes.push((inbox, members));
        }
        Ok((inboxes, accounts::people(connection)?))
    });
    let (inboxes, people) = found.await?;
    Ok(Html::render(&ListPage::new(cx, &inboxes, &people, house))?)
}

#[get("/settings/inboxes/new")]
pub async fn new_inbox(_viewer: May<InboxesManage>, cx: Cx, desk: Desk<'_>) -> Page {
    Ok(Html::render(&desk.form(cx, InboxForm::new_inbox(), None).await?)?)
}

#[post("/settings/inboxes", data = "<form>")]
pub async fn connect_inbox(
    viewer: May<InboxesManage>,
    cx: Cx,
    desk: Desk<'_>,
    form: Posted<InboxForm>,
) -> Answer<Reply> {
    let (form, owner, keys) = (form.0, viewer.id, desk.keys.clone());
    let (inbox, problems) = form.read(None);
    let done = match problems.into_result() {
        Ok(()) => desk.db.write(move |tx| store::create(tx, Some(owner), &inbox, &keys)).await.map(|_| ()),
        Err(error) => Err(error),
    };
    Ok(answer(cx, &desk, (form, None), done, "inbox-connected").await?)
}

#[get("/settings/inboxes/<id>")]
pub async fn show_inbox(_viewer: May<InboxesManage>, cx: Cx, desk: Desk<'_>, id: i64) -> Page {
    let known = desk.known(id).await?;
    Ok(Html::render(&desk.form(cx, InboxForm::of(&known), Some(&known)).await?)?)
}

#[put("/settings/inboxes/<id>", data = "<form>")]
pub async fn change_inbox(
    viewer: May<InboxesManage>,
    cx: Cx,
    desk: Desk<'_>,
    id: i64,
    form: Posted<InboxForm>,
) -> Answer<Reply> {
    let (form, known) = (form.0, desk.known(id).await?);
    let (by, keys): (Viewer, _) = (viewer.0.clone(), desk.keys.clone());
    let (inbox, problems) = form.read(Some(&known));
    let done = match problems.into_result() {
        Ok(()) => desk.db.write(move |tx| store::update(tx, &by, id, &inbox, &keys)).await,
        Err(error) => Err(error),
    };
    Ok(answer(cx, &desk, (form, Some(known)), done, "inbox-saved").await?)
}

/// The list again, or the form with what is wrong.
async fn answer(
    cx: Cx,
    desk: &Desk<'_>,
    (form, known): (InboxForm, Option<Known>),
    done: Result<()>,
    said: &str,
) -> Result<Reply> {
    match done {
        Ok(()) => Ok(redirect("/settings/inboxes", said)),
        Err(Error::Invalid(problems)) => Ok(Reply::Html(wrong(cx, desk, form, known.as_ref(), problems).await?)),
        Err(error) => Err(error),
    }
}

/// The form as it was typed, with what is wrong.
pub(super) async fn wrong(
    cx: Cx,
    desk: &Desk<'_>,
    form: InboxForm,
    known: Option<&Known>,
    problems: Problems,
) -> Result<Html> {
    let page = desk.form(cx, form, known).await?.with_problems(problems);
    Ok(Html::render(&page)?.with_status(Status::UnprocessableEntity))
}
