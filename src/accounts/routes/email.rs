//! A new address for one's own account: asked for with the password, in use once the link that was sent there is followed
//! and its button pressed.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, get, post, put};

use super::account::page;
use super::visit::{Checked, Visit};
use crate::accounts::model;
use crate::accounts::store::email::{self, Change};
use crate::accounts::views::{EmailGonePage, EmailPage, Typed};
use crate::auth::{Public, SignedIn};
use crate::error::{Error, Problems, Result};
use crate::mailer::Carrier;
use crate::web::{Answer, Cx, Html, NoFields, Page, Posted, Reply, redirect};

#[derive(FromForm)]
pub struct EmailForm {
    email: String,
    password: String,
}

#[put("/account/email", data = "<form>")]
pub async fn change_email(
    viewer: SignedIn,
    cx: Cx,
    visit: Visit<'_>,
    carrier: &State<Carrier>,
    form: Posted<EmailForm>,
) -> Answer<Reply> {
    let EmailForm { email: typed, password } = form.0;
    let mut problems = Problems::default();
    if carrier.transport(None).is_none() {
        problems.add("email", "email-no-mail");
    }
    let address = model::clean_email(&typed);
    if address.is_none() {
        problems.add("email", "email-wrong");
    }
    match visit.check_password(&viewer.email, password).await? {
        Checked::Right => {}
        Checked::Wrong => problems.add("email-password", "password-wrong"),
        Checked::Wait(wait) => {
            let typed = Typed { email: Some(typed), email_wait: Some(cx.wait(wait)), ..Typed::default() };
            return Ok(Reply::Html(page(cx, &viewer, &visit, typed).await?.too_many(wait)));
        }
    }
    if let Some(address) = address.filter(|_| problems.is_empty()) {
        let user = viewer.id;
        match visit.db.write(move |tx| email::ask(tx, user, &address)).await {
            Ok(()) => return Ok(redirect("/account", "email-asked")),
            Err(Error::Invalid(found)) => problems = found,
            Err(error) => return Err(error.into()),
        }
    }
    let typed = Typed { email: Some(typed), email_problems: problems, ..Typed::default() };
    let html = page(cx, &viewer, &visit, typed).await?;
    Ok(Reply::Html(html.with_status(Status::UnprocessableEntity)))
}

#[get("/email/<secret>")]
pub async fn show_email_change(_public: Public, cx: Cx, visit: Visit<'_>, secret: &str) -> Page {
    match look(&visit, secret).await {
        Ok(change) => Ok(Html::render(&EmailPage { cx, email: change.email })?),
        Err(Error::NotFound) => Ok(gone(cx)?),
        Err(error) => Err(error.into()),
    }
}

#[post("/email/<secret>", data = "<_form>")]
pub async fn confirm_email_change(
    _public: Public,
    cx: Cx,
    visit: Visit<'_>,
    secret: &str,
    _form: Posted<NoFields>,
) -> Answer<Reply> {
    if let Err(error) = look(&visit, secret).await {
        return if matches!(error, Error::NotFound) { Ok(Reply::Html(gone(cx)?)) } else { Err(error.into()) };
    }
    let (secret, mark) = (secret.to_owned(), visit.mark());
    match visit.db.write(move |tx| email::confirm(tx, &secret, mark.as_deref())).await {
        Ok(()) => {
            visit.forget();
            Ok(redirect("/sign-in", "email-changed"))
        }
        Err(Error::NotFound) => Ok(Reply::Html(gone(cx)?)),
        Err(error) => Err(error.into()),
    }
}

/// The change a link stands for. The limit knows the secret that was tried as its account.
async fn look(visit: &Visit<'_>, secret: &str) -> Result<Change> {
    let attempt = visit.attempt(secret)?.map_err(Error::TooMany)?;
    let (secret, now) = (secret.to_owned(), visit.db.clock().now());
    let change = visit.db.read(move |connection| email::look(connection, &secret, now)).await?;
    attempt.succeeded();
    Ok(change)
}

fn gone(cx: Cx) -> Result<Html> {
    Ok(Html::render(&EmailGonePage { cx })?.with_status(Status::NotFound))
}
