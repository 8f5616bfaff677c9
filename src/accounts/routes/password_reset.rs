//! A new password for who forgot theirs: a link by mail, which only its form uses up. Whether anybody has the address is
//! told by no answer and by no time, because the mail is made by a job.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, get, post};

use super::visit::Visit;
use crate::accounts::jobs;
use crate::accounts::model;
use crate::accounts::store::{arrivals, users};
use crate::accounts::views::{ResetGonePage, ResetPage, ResetRequestPage, Stage};
use crate::auth::tokens::{self, Purpose};
use crate::auth::{Public, passwords};
use crate::error::{Error, Problems, Result};
use crate::mailer::Carrier;
use crate::web::{Answer, Cx, Html, Page, Posted, Reply, redirect};

#[derive(FromForm)]
pub struct AddressForm {
    email: String,
}

#[derive(FromForm)]
pub struct NewPasswordForm {
    password: String,
}

#[get("/password-reset?<sent>")]
pub fn show_reset_request(_public: Public, cx: Cx, carrier: &State<Carrier>, sent: Option<&str>) -> Page {
    let stage = match (sent, carrier.transport(None)) {
        (_, None) => Stage::NoMail,
        (Some(_), _) => Stage::Sent,
        (None, _) => Stage::Ask,
    };
    Ok(Html::render(&ResetRequestPage { cx, stage, email: String::new(), problems: Problems::default(), wait: None })?)
}

#[post("/password-reset", data = "<form>")]
pub async fn request_reset(_public: Public, cx: Cx, visit: Visit<'_>, form: Posted<AddressForm>) -> Answer<Reply> {
    let email = form.0.email;
    // Every mail counts: nobody's mailbox is filled from here.
    if let Err(wait) = visit.attempt(&["reset of ", email.trim()].concat())? {
        let sentence = Some(cx.wait(wait));
        let page = ResetRequestPage { cx, stage: Stage::Ask, email, problems: Problems::default(), wait: sentence };
        return Ok(Reply::Html(Html::render(&page)?.too_many(wait)));
    }
    let Some(address) = model::clean_email(&email) else {
        let mut problems = Problems::default();
        problems.add("email", "email-wrong");
        let page = ResetRequestPage { cx, stage: Stage::Ask, email, problems, wait: None };
        return Ok(Reply::Html(Html::render(&page)?.with_status(Status::UnprocessableEntity)));
    };
    visit.db.write(move |tx| jobs::request_reset(tx, &address)).await?;
    Ok(redirect("/password-reset?sent=1", ""))
}

#[get("/password-reset/<secret>")]
pub async fn show_reset(_public: Public, cx: Cx, visit: Visit<'_>, secret: &str) -> Page {
    match owner(&visit, secret).await {
        Ok(_) => Ok(Html::render(&ResetPage { cx, problems: Problems::default() })?),
        Err(Error::NotFound) => Ok(gone(cx)?),
        Err(error) => Err(error.into()),
    }
}

#[post("/password-reset/<secret>", data = "<form>")]
pub async fn reset_password(
    _public: Public,
    cx: Cx,
    visit: Visit<'_>,
    secret: &str,
    form: Posted<NewPasswordForm>,
) -> Answer<Reply> {
    let (name, email) = match owner(&visit, secret).await {
        Ok(found) => found,
        Err(Error::NotFound) => return Ok(Reply::Html(gone(cx)?)),
        Err(error) => return Err(error.into()),
    };
    let password = form.0.password;
    if let Some(weakness) = passwords::weakness(&password, &[&name, &email]) {
        let mut problems = Problems::default();
        problems.add("password", weakness);
        let html = Html::render(&ResetPage { cx, problems })?;
        return Ok(Reply::Html(html.with_status(Status::UnprocessableEntity)));
    }
    let (hash, secret, mark) = (passwords::hash(password).await?, secret.to_owned(), visit.mark());
    let changed = visit.db.write(move |tx| {
        let user = tokens::consume(tx, Purpose::PasswordReset, &secret)?.ok_or(Error::NotFound)?;
        arrivals::forget_devices(tx, user, mark.as_deref())?;
        users::set_password(tx, Some(user), user, &hash, None)
    });
    match changed.await {
        Ok(()) => {
            visit.forget();
            Ok(redirect("/sign-in", "reset-done"))
        }
        Err(Error::NotFound) => Ok(Reply::Html(gone(cx)?)),
        Err(error) => Err(error.into()),
    }
}

/// Name and address of the person a link was sent to.
async fn owner(visit: &Visit<'_>, secret: &str) -> Result<(String, String)> {
    // The limit knows the secret that was tried as its account, so that guesses of others slow nobody down.
    let attempt = visit.attempt(secret)?.map_err(Error::TooMany)?;
    let (secret, now) = (secret.to_owned(), visit.db.clock().now());
    let found = visit.db.read(move |connection| {
        let user = tokens::look(connection, Purpose::PasswordReset, &secret, now)?.ok_or(Error::NotFound)?;
        users::find(connection, user)
    });
    let user = found.await?;
    attempt.succeeded();
    Ok((user.name, user.email))
}

fn gone(cx: Cx) -> Result<Html> {
    Ok(Html::render(&ResetGonePage { cx })?.with_status(Status::NotFound))
}
