//! The way to a second factor for those who must have one: the only pages they reach until it stands.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{get, post};

use super::second_factor::{codes_page, confirm, stand};
use super::visit::{Checked, Visit, landing};
use crate::accounts::store::second_factor;
use crate::accounts::views::{EnrolmentPage, Freshness, Refused};
use crate::auth::{Enrolling, sessions};
use crate::clock::{MINUTE, Millis};
use crate::error::{Problems, Result};
use crate::web::{Answer, Cx, Html, Page, Posted, Reply, redirect};

/// While the password was typed so lately, it is not asked for again.
const FRESH: Millis = 10 * MINUTE;

#[derive(FromForm)]
pub struct BeginForm {
    password: Option<String>,
    next: String,
}

#[derive(FromForm)]
pub struct ConfirmForm {
    code: String,
    next: String,
}

#[get("/second-factor?<next>")]
pub async fn show_enrolment(enrollee: Enrolling, cx: Cx, visit: Visit<'_>, next: Option<String>) -> Page {
    Ok(page(cx, &enrollee, &visit, next.as_deref().unwrap_or("/"), Refused::default()).await?)
}

#[post("/second-factor", data = "<form>")]
pub async fn begin_enrolment(enrollee: Enrolling, cx: Cx, visit: Visit<'_>, form: Posted<BeginForm>) -> Answer<Reply> {
    let BeginForm { password, next } = form.0;
    if freshness(&visit, &enrollee).await? == Freshness::Old {
        let checked = visit.check_password(&enrollee.email, password.unwrap_or_default()).await?;
        let refused = match checked {
            Checked::Right => None,
            Checked::Wrong => {
                let mut problems = Problems::default();
                problems.add("password", "password-wrong");
                Some(Refused { problems, ..Refused::default() })
            }
            Checked::Wait(wait) => Some(Refused::wait(&cx, wait)),
        };
        if let Some(refused) = refused {
            return said(cx, &enrollee, &visit, &next, refused).await;
        }
    }
    let (keys, seat) = (visit.keys.clone(), enrollee.seat());
    visit.db.write(move |tx| second_factor::begin(tx, &keys, seat)).await?;
    Ok(redirect(&here(&next), ""))
}

#[post("/second-factor/confirmation", data = "<form>")]
pub async fn confirm_enrolment(
    enrollee: Enrolling,
    cx: Cx,
    visit: Visit<'_>,
    form: Posted<ConfirmForm>,
) -> Answer<Reply> {
    let ConfirmForm { code, next } = form.0;
    match confirm(&cx, &visit, enrollee.seat(), code).await? {
        Ok(Some(confirmed)) => Ok(Reply::Html(codes_page(cx, &visit, confirmed, landing(&next))?)),
        Ok(None) => Ok(redirect(&here(&next), "second-factor-late")),
        Err(refused) => said(cx, &enrollee, &visit, &next, refused).await,
    }
}

fn here(next: &str) -> String {
    let query: String =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("next", landing(next)).finish();
    ["/second-factor?", &query].concat()
}

async fn freshness(visit: &Visit<'_>, enrollee: &Enrolling) -> Result<Freshness> {
    let seat = enrollee.seat();
    let opened = visit.db.read(move |connection| sessions::opened_at(connection, seat)).await?;
    let age = visit.db.clock().now() - opened;
    Ok(if (0..FRESH).contains(&age) { Freshness::Fresh } else { Freshness::Old })
}

async fn said(cx: Cx, enrollee: &Enrolling, visit: &Visit<'_>, next: &str, refused: Refused) -> Answer<Reply> {
    let seconds = refused.seconds;
    let html = page(cx, enrollee, visit, next, refused).await?;
    Ok(Reply::Html(match seconds {
        Some(seconds) => html.too_many(seconds),
        None => html.with_status(Status::UnprocessableEntity),
    }))
}

async fn page(cx: Cx, enrollee: &Enrolling, visit: &Visit<'_>, next: &str, refused: Refused) -> Result<Html> {
    let (step, _) = stand(visit, enrollee.seat(), &enrollee.email).await?;
    let freshness = freshness(visit, enrollee).await?;
    let (email, next) = (enrollee.email.clone(), landing(next).to_owned());
    Html::render(&EnrolmentPage { cx, email, next, step, freshness, refused })
}
