//! Trying the way out of an inbox before it is stored: connect, sign in, say goodbye.

use std::time::Duration;

use rocket::http::Status;
use rocket::{post, put, tokio};

use super::desk::{Desk, Known};
use super::form::InboxForm;
use super::pages::wrong;
use crate::auth::{InboxesManage, May};
use crate::config::Smtp;
use crate::error::{Problems, Result};
use crate::inboxes::store;
use crate::inboxes::views::{Trial, TrialLine};
use crate::mailer::Reason;
use crate::web::{Answer, Cx, Html, Htmx, Page, Posted};

/// How long the whole trial may take: somebody waits before the page.
const PATIENCE: Duration = Duration::from_secs(20);

#[post("/settings/inboxes/check", data = "<form>")]
pub async fn try_new_server(_viewer: May<InboxesManage>, cx: Cx, desk: Desk<'_>, form: Posted<InboxForm>) -> Page {
    Ok(attempt(cx, &desk, form.0, None).await?)
}

#[put("/settings/inboxes/<id>/check", data = "<form>")]
pub async fn try_server(
    _viewer: May<InboxesManage>,
    cx: Cx,
    desk: Desk<'_>,
    id: i64,
    form: Posted<InboxForm>,
) -> Answer<Html> {
    let known = desk.known(id).await?;
    Ok(attempt(cx, &desk, form.0, Some(known)).await?)
}

async fn attempt(cx: Cx, desk: &Desk<'_>, form: InboxForm, known: Option<Known>) -> Result<Html> {
    let mut problems = Problems::default();
    let server = form.server(known.as_ref(), &mut problems);
    let wanting = problems.iter().next().map(|(_, key)| key);
    if let Some(key) = wanting {
        if cx.htmx == Htmx::No {
            return wrong(cx, desk, form, known.as_ref(), problems).await;
        }
        let trial = Trial::Incomplete(key);
        return Ok(Html::render(&TrialLine { cx, trial })?.with_status(Status::UnprocessableEntity));
    }
    let own = match server {
        None => None,
        Some(server) => {
            let password = match (form.password(), &known) {
                (None, Some(known)) => stored(desk, known).await?,
                (typed, _) => typed.map(|password| server.with_password(Some(password))),
            };
            Some(password.unwrap_or_else(|| server.with_password(None)))
        }
    };
    let trial = result(desk, own).await;
    if cx.htmx != Htmx::No {
        return Html::render(&TrialLine { cx, trial });
    }
    Html::render(&desk.form(cx, form, known.as_ref()).await?.with_trial(trial))
}

/// The server as it is stored, with its password; the form has made sure that it is the same.
async fn stored(desk: &Desk<'_>, known: &Known) -> Result<Option<Smtp>> {
    let (inbox, keys) = (known.inbox.clone(), desk.keys.clone());
    desk.db.read(move |connection| store::own_server(connection, &inbox, &keys)).await
}

async fn result(desk: &Desk<'_>, own: Option<Smtp>) -> Trial {
    let Some(transport) = desk.carrier.transport(own) else {
        return Trial::NoWay;
    };
    match tokio::time::timeout(PATIENCE, transport.check()).await {
        Ok(Ok(())) => Trial::Works,
        Ok(Err(reason)) => Trial::Fails(reason),
        Err(_) => Trial::Fails(Reason::new("delivery-no-server", "")),
    }
}
