//! The list of inboxes, and the form of one.

use rocket::http::Status;
use rocket::{get, post, put};

use super::desk::{Desk, Known};
use super::form::InboxForm;
use crate::accounts;
use crate::auth::{InboxesManage, May, Viewer};
use crate::error::{Error, Problems, Result};
use crate::inboxes::views::{HouseServer, ListPage, StartPage};
use crate::inboxes::{SignIn, store, watch};
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
pub fn new_inbox(_viewer: May<InboxesManage>, cx: Cx) -> Page {
    Ok(start(cx, InboxForm::new_inbox(), Problems::default())?)
}

/// The page that a new inbox begins with.
pub(super) fn start(cx: Cx, typed: InboxForm, problems: Problems) -> Result<Html> {
    let status = if problems.is_empty() { Status::Ok } else { Status::UnprocessableEntity };
    Ok(Html::render(&StartPage::new(cx, typed, problems))?.with_status(status))
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
    let imap = form.imap_password();
    let sign_in = inbox.mail.sign_in;
    let done = match problems.into_result() {
        Ok(()) => {
            let write = desk.db.write(move |tx| {
                let id = store::create(tx, Some(owner), &inbox, &keys)?;
                store::keep_secrets(tx, id, &inbox.mail, imap.as_ref(), &keys)?;
                Ok(id)
            });
            write.await
        }
        Err(error) => Err(error),
    };
    let place = done.map(|id| match (sign_in, form.fetches()) {
        (SignIn::Password, false) => "/settings/inboxes".to_owned(),
        (SignIn::Password, true) => format!("/settings/inboxes/{id}/health"),
        _ => format!("/settings/inboxes/{id}/consent"),
    });
    Ok(answer(cx, &desk, (form, None), place, "inbox-connected").await?)
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
    let imap = form.imap_password();
    let place = match inbox.mail.sign_in {
        sign_in if sign_in == SignIn::Password || sign_in == known.inbox.mail.sign_in => "/settings/inboxes".to_owned(),
        _ => format!("/settings/inboxes/{id}/consent"),
    };
    let done = match problems.into_result() {
        Ok(()) => {
            let write = desk.db.write(move |tx| {
                store::update(tx, &by, id, &inbox, &keys)?;
                store::keep_secrets(tx, id, &inbox.mail, imap.as_ref(), &keys)?;
                watch::try_anew(tx, id)
            });
            write.await
        }
        Err(error) => Err(error),
    };
    Ok(answer(cx, &desk, (form, Some(known)), done.map(|()| place), "inbox-saved").await?)
}

/// Where it goes on, or the form with what is wrong.
async fn answer(
    cx: Cx,
    desk: &Desk<'_>,
    (form, known): (InboxForm, Option<Known>),
    done: Result<String>,
    said: &str,
) -> Result<Reply> {
    match done {
        Ok(place) => Ok(redirect(&place, said)),
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
