//! Whether everybody needs a second factor, who has one, and taking it away from somebody who lost theirs.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, delete, get, put};

use super::visit::{Checked, Visit};
use crate::accounts::store::factor_rule::{self, Requirement};
use crate::accounts::store::{people, rights, second_factor};
use crate::accounts::views::{FactorResetPage, FactorRulePage, Refused};
use crate::auth::Admin;
use crate::db::Db;
use crate::error::{Error, Problems, Result};
use crate::web::{Answer, Cx, Html, Page, Posted, Reply, redirect};

const HERE: &str = "/settings/second-factor";

#[derive(FromForm)]
pub struct RuleForm {
    required: Option<String>,
}

#[derive(FromForm)]
pub struct ResetForm {
    password: String,
}

#[get("/settings/second-factor")]
pub async fn show_factor_rule(viewer: Admin, cx: Cx, db: &State<Db>) -> Page {
    let read = db.read(|connection| Ok((factor_rule::second_factor(connection)?, second_factor::roll(connection)?)));
    let (rule, roll) = read.await?;
    Ok(Html::render(&FactorRulePage::new(cx, viewer.role, rule, roll))?)
}

#[put("/settings/second-factor", data = "<form>")]
pub async fn save_factor_rule(viewer: Admin, db: &State<Db>, form: Posted<RuleForm>) -> Answer<Reply> {
    let rule = if form.0.required.is_some() { Requirement::Required } else { Requirement::Optional };
    db.write(move |tx| factor_rule::require_second_factor(tx, &viewer, rule)).await?;
    let said = match rule {
        Requirement::Required => "factor-rule-now-required",
        Requirement::Optional => "factor-rule-now-optional",
    };
    Ok(redirect(HERE, said))
}

#[get("/settings/second-factor/<user>")]
pub async fn show_factor_reset(_viewer: Admin, cx: Cx, db: &State<Db>, user: i64) -> Page {
    Ok(page(cx, db, user, Refused::default()).await?)
}

#[delete("/settings/second-factor/<user>", data = "<form>")]
pub async fn reset_second_factor(
    viewer: Admin,
    cx: Cx,
    visit: Visit<'_>,
    user: i64,
    form: Posted<ResetForm>,
) -> Answer<Reply> {
    let refused = match visit.check_password(&viewer.email, form.0.password).await? {
        Checked::Right => {
            visit.db.write(move |tx| rights::reset_second_factor(tx, &viewer, user)).await?;
            return Ok(redirect(HERE, "factor-reset-done"));
        }
        Checked::Wrong => {
            let mut problems = Problems::default();
            problems.add("password", "password-wrong");
            Refused { problems, ..Refused::default() }
        }
        Checked::Wait(wait) => Refused::wait(&cx, wait),
    };
    let seconds = refused.seconds;
    let html = page(cx, visit.db, user, refused).await?;
    Ok(Reply::Html(match seconds {
        Some(seconds) => html.too_many(seconds),
        None => html.with_status(Status::UnprocessableEntity),
    }))
}

async fn page(cx: Cx, db: &Db, user: i64, refused: Refused) -> Result<Html> {
    let read = db.read(move |connection| {
        let person = people::person(connection, user)?.ok_or(Error::NotFound)?;
        second_factor::standing(connection, user)?.ok_or(Error::Conflict("second-factor-none"))?;
        Ok(person)
    });
    let person = read.await?;
    Html::render(&FactorResetPage { cx, person, refused })
}
