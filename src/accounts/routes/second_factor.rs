//! The second factor of one's own account: set up, changed, switched off. What weighs needs the password again, and a code
//! once there is one.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{delete, get, post, put};

use super::sign_in_code::{CodeForm, name};
use super::visit::{Checked, Visit};
use crate::accounts::picture;
use crate::accounts::store::factor_rule::{self, Requirement};
use crate::accounts::store::second_factor::{self, Confirmed, Verdict};
use crate::accounts::store::workspace;
use crate::accounts::views::{CodesPage, Drafted, FactorPage, Refused, Step};
use crate::auth::{Seat, SignedIn, Viewer};
use crate::error::{Error, Problems, Result};
use crate::web::{Answer, Cx, Html, NoFields, Page, Posted, Reply, redirect};

const HERE: &str = "/account/second-factor";

#[derive(FromForm)]
pub struct PasswordForm {
    password: String,
}

#[derive(FromForm)]
pub struct ChangeForm {
    what: String,
    password: String,
    code: String,
}

#[get("/account/second-factor")]
pub async fn show_second_factor(viewer: SignedIn, cx: Cx, visit: Visit<'_>) -> Page {
    Ok(page(cx, &viewer, &visit, Refused::default()).await?)
}

#[post("/account/second-factor", data = "<form>")]
pub async fn begin_second_factor(
    viewer: SignedIn,
    cx: Cx,
    visit: Visit<'_>,
    form: Posted<PasswordForm>,
) -> Answer<Reply> {
    let refused = match prove(&cx, &viewer, &visit, form.0.password, None).await? {
        Ok(()) => {
            let (keys, seat) = (visit.keys.clone(), viewer.seat());
            visit.db.write(move |tx| second_factor::begin(tx, &keys, seat)).await?;
            return Ok(redirect(HERE, ""));
        }
        Err(refused) => refused,
    };
    said(cx, &viewer, &visit, refused).await
}

#[put("/account/second-factor", data = "<form>")]
pub async fn change_second_factor(
    viewer: SignedIn,
    cx: Cx,
    visit: Visit<'_>,
    form: Posted<ChangeForm>,
) -> Answer<Reply> {
    let ChangeForm { what, password, code } = form.0;
    if let Err(refused) = prove(&cx, &viewer, &visit, password, Some(code)).await? {
        return said(cx, &viewer, &visit, Refused { what, ..refused }).await;
    }
    let (keys, seat) = (visit.keys.clone(), viewer.seat());
    match what.as_str() {
        "codes" => {
            let confirmed = visit.db.write(move |tx| second_factor::renew_codes(tx, seat)).await?;
            Ok(Reply::Html(codes_page(cx, &visit, confirmed, HERE)?))
        }
        "off" => {
            let (secret, remember) = visit.db.write(move |tx| second_factor::disable(tx, seat)).await?;
            visit.keep(secret, remember);
            Ok(redirect(HERE, "second-factor-now-off"))
        }
        _ => {
            visit.db.write(move |tx| second_factor::begin(tx, &keys, seat)).await?;
            Ok(redirect(HERE, ""))
        }
    }
}

#[post("/account/second-factor/confirmation", data = "<form>")]
pub async fn confirm_second_factor(
    viewer: SignedIn,
    cx: Cx,
    visit: Visit<'_>,
    form: Posted<CodeForm>,
) -> Answer<Reply> {
    match confirm(&cx, &visit, viewer.seat(), form.0.code).await? {
        Ok(Some(confirmed)) => Ok(Reply::Html(codes_page(cx, &visit, confirmed, HERE)?)),
        Ok(None) => Ok(redirect(HERE, "second-factor-late")),
        Err(refused) => said(cx, &viewer, &visit, refused).await,
    }
}

#[delete("/account/second-factor/draft", data = "<_form>")]
pub async fn give_up_second_factor(viewer: SignedIn, visit: Visit<'_>, _form: Posted<NoFields>) -> Answer<Reply> {
    let user = viewer.id;
    visit.db.write(move |tx| second_factor::give_up(tx, user)).await?;
    Ok(redirect(HERE, ""))
}

/// Takes the secret that waits into use. `Ok(None)` when it waits no longer; `Err` is what the page says.
pub(super) async fn confirm(
    cx: &Cx,
    visit: &Visit<'_>,
    seat: Seat,
    code: String,
) -> Result<std::result::Result<Option<Confirmed>, Refused>> {
    let attempt = match visit.attempt(&format!("new second factor of {}", seat.user))? {
        Ok(attempt) => attempt,
        Err(wait) => return Ok(Err(Refused::wait(cx, wait))),
    };
    let keys = visit.keys.clone();
    match visit.db.write(move |tx| second_factor::confirm(tx, &keys, seat, &code)).await {
        Ok(Some(confirmed)) => {
            attempt.succeeded();
            Ok(Ok(Some(confirmed)))
        }
        Ok(None) => {
            attempt.failed();
            let mut problems = Problems::default();
            problems.add("code", "code-not-yet");
            Ok(Err(Refused { problems, ..Refused::default() }))
        }
        Err(Error::NotFound) => Ok(Ok(None)),
        Err(error) => Err(error),
    }
}

/// The recovery codes, once. The session has a new secret from here on.
pub(super) fn codes_page(cx: Cx, visit: &Visit<'_>, confirmed: Confirmed, next: &str) -> Result<Html> {
    visit.keep(confirmed.secret, confirmed.remember);
    Html::render(&CodesPage::new(cx, confirmed.codes, next))
}

/// Whether the person is who they are: the password, and a code where there is a second factor. `Err` is what the page says.
async fn prove(
    cx: &Cx,
    viewer: &Viewer,
    visit: &Visit<'_>,
    password: String,
    code: Option<String>,
) -> Result<std::result::Result<(), Refused>> {
    let mut problems = Problems::default();
    match visit.check_password(&viewer.email, password).await? {
        Checked::Right => {}
        Checked::Wrong => problems.add("password", "password-wrong"),
        Checked::Wait(wait) => return Ok(Err(Refused::wait(cx, wait))),
    }
    let user = viewer.id;
    let is_on = visit.db.read(move |connection| second_factor::standing(connection, user)).await?.is_some();
    if problems.is_empty() && is_on {
        let attempt = match visit.attempt(&name(user))? {
            Ok(attempt) => attempt,
            Err(wait) => return Ok(Err(Refused::wait(cx, wait))),
        };
        let (keys, code) = (visit.keys.clone(), code.unwrap_or_default());
        match visit.db.write(move |tx| second_factor::compare(tx, &keys, user, &code)).await? {
            Verdict::Right => attempt.succeeded(),
            Verdict::Wait(wait) => return Ok(Err(Refused::wait(cx, wait))),
            Verdict::Wrong => problems.add("code", "code-wrong"),
            Verdict::KeyLost => problems.add("code", "code-key-lost"),
        }
    }
    Ok(if problems.is_empty() { Ok(()) } else { Err(Refused { problems, ..Refused::default() }) })
}

async fn said(cx: Cx, viewer: &Viewer, visit: &Visit<'_>, refused: Refused) -> Answer<Reply> {
    let seconds = refused.seconds;
    let html = page(cx, viewer, visit, refused).await?;
    Ok(Reply::Html(match seconds {
        Some(seconds) => html.too_many(seconds),
        None => html.with_status(Status::UnprocessableEntity),
    }))
}

async fn page(cx: Cx, viewer: &Viewer, visit: &Visit<'_>, refused: Refused) -> Result<Html> {
    let (step, rule) = stand(visit, viewer.seat(), &viewer.email).await?;
    Html::render(&FactorPage { cx, step, required: rule == Requirement::Required, refused })
}

/// Where somebody is with their second factor.
pub(super) async fn stand(visit: &Visit<'_>, seat: Seat, email: &str) -> Result<(Step, Requirement)> {
    let (keys, now) = (visit.keys.clone(), visit.db.clock().now());
    let read = visit.db.read(move |connection| {
        let draft = second_factor::draft(connection, &keys, seat, now)?;
        let standing = second_factor::standing(connection, seat.user)?;
        let issuer = workspace::find(connection)?.map(|space| space.name).unwrap_or_default();
        Ok((draft, standing, issuer, factor_rule::second_factor(connection)?))
    });
    let (draft, standing, issuer, rule) = read.await?;
    let step = match (draft, standing) {
        (Some(factor), _) => {
            let address = factor.address(email, &issuer);
            Step::Confirm(Drafted::new(picture::qr(&address)?, &factor.secret(), address))
        }
        (None, Some(standing)) => Step::On(standing),
        (None, None) => Step::Off,
    };
    Ok((step, rule))
}
