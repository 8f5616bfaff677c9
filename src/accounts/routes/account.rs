//! One's own account: profile, password, availability.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, get, put};

use super::visit::{Checked, Visit, landing};
use crate::accounts::model::{self, Profile};
use crate::accounts::store::{arrivals, email, profile, second_factor, users};
use crate::accounts::views::{AccountPage, AvailabilityBlock, OwnDot, Standing, Typed};
use crate::auth::{Availability, Shortcuts, SignedIn, Theme, Viewer, passwords, sessions};
use crate::clock::DAY;
use crate::db::Db;
use crate::error::{Problems, Result};
use crate::web::{Answer, Cx, Html, Htmx, Page, Posted, Reply, redirect};

#[derive(FromForm, Clone)]
pub struct ProfileForm {
    pub name: String,
    /// Empty: as the browser asks.
    pub language: String,
    pub zone: String,
    pub theme: String,
    pub keys: Option<String>,
}

#[derive(FromForm)]
pub struct PasswordForm {
    current: String,
    password: String,
}

#[derive(FromForm)]
pub struct AvailabilityForm {
    availability: String,
    next: Option<String>,
}

#[get("/account")]
pub async fn show_account(viewer: SignedIn, cx: Cx, visit: Visit<'_>) -> Page {
    Ok(page(cx, &viewer, &visit, Typed::default()).await?)
}

/// The account page, with what was typed into one of its forms.
pub(super) async fn page(cx: Cx, viewer: &Viewer, visit: &Visit<'_>, typed: Typed) -> Result<Html> {
    let (asker, now) = (viewer.clone(), visit.db.clock().now());
    let idle = i64::from(visit.config.session_idle_days) * DAY;
    let read = visit.db.read(move |connection| {
        Ok(Standing {
            sessions: sessions::list(connection, &asker, now, idle)?,
            factor: second_factor::standing(connection, asker.id)?,
            waiting: email::waiting(connection, asker.id, now)?,
        })
    });
    Html::render(&AccountPage::new(cx, viewer, read.await?, typed))
}

#[put("/account", data = "<form>")]
pub async fn save_profile(viewer: SignedIn, cx: Cx, visit: Visit<'_>, form: Posted<ProfileForm>) -> Answer<Reply> {
    let form = form.0;
    let language = Some(form.language.clone()).filter(|language| !language.is_empty());
    let changed = Profile {
        name: model::clean_name(&form.name),
        language,
        zone: form.zone.clone(),
        theme: Theme::parse(&form.theme),
        shortcuts: if form.keys.is_some() { Shortcuts::On } else { Shortcuts::Off },
    };
    let mut problems = Problems::default();
    model::check_name(&mut problems, "name", &changed.name);
    model::check_place(&mut problems, changed.language.as_deref(), &changed.zone);
    if !problems.is_empty() {
        let typed = Typed { profile: Some(form), profile_problems: problems, ..Typed::default() };
        let html = page(cx, &viewer, &visit, typed).await?;
        return Ok(Reply::Html(html.with_status(Status::UnprocessableEntity)));
    }
    visit.db.write(move |tx| profile::save(tx, &viewer, &changed)).await?;
    Ok(redirect("/account", "account-saved"))
}

#[put("/account/password", data = "<form>")]
pub async fn change_password(viewer: SignedIn, cx: Cx, visit: Visit<'_>, form: Posted<PasswordForm>) -> Answer<Reply> {
    let PasswordForm { current, password } = form.0;
    let mut problems = Problems::default();
    match visit.check_password(&viewer.email, current).await? {
        Checked::Right => {}
        Checked::Wrong => problems.add("current", "password-wrong"),
        Checked::Wait(wait) => {
            let typed = Typed { wait: Some(cx.wait(wait)), ..Typed::default() };
            return Ok(Reply::Html(page(cx, &viewer, &visit, typed).await?.too_many(wait)));
        }
    }
    if let Some(weakness) = passwords::weakness(&password, &[&viewer.name, &viewer.email]) {
        problems.add("password", weakness);
    }
    if !problems.is_empty() {
        let typed = Typed { password_problems: problems, ..Typed::default() };
        let html = page(cx, &viewer, &visit, typed).await?;
        return Ok(Reply::Html(html.with_status(Status::UnprocessableEntity)));
    }
    let hash = passwords::hash(password).await?;
    let (seat, mark) = (viewer.seat(), visit.mark());
    let changed = visit.db.write(move |tx| {
        arrivals::forget_devices(tx, seat.user, mark.as_deref())?;
        users::set_password(tx, Some(seat.user), seat.user, &hash, Some(seat.session))?;
        sessions::renew(tx, seat)
    });
    let (secret, remember) = changed.await?;
    visit.keep(secret, remember);
    Ok(redirect("/account", "password-changed"))
}

/// The switch as it is now, for a page on which it was not moved; or the dot on one's own picture.
#[get("/account/availability?<own>")]
pub fn show_availability(_viewer: SignedIn, cx: Cx, own: Option<&str>) -> Page {
    if own.is_some() {
        return Ok(Html::render(&OwnDot { cx })?);
    }
    Ok(Html::render(&AvailabilityBlock { cx, said: "" })?)
}

#[put("/account/availability", data = "<form>")]
pub async fn set_availability(
    viewer: SignedIn,
    mut cx: Cx,
    db: &State<Db>,
    form: Posted<AvailabilityForm>,
) -> Answer<Reply> {
    let availability = Availability::parse(&form.0.availability);
    db.write(move |tx| profile::set_availability(tx, &viewer, availability)).await?;
    let said = match availability {
        Availability::Available => "availability-now-available",
        Availability::Unavailable => "availability-now-unavailable",
    };
    if cx.htmx == Htmx::No {
        return Ok(redirect(landing(form.0.next.as_deref().unwrap_or("/")), said));
    }
    if let Some(viewer) = &mut cx.viewer {
        viewer.availability = availability;
    }
    Ok(Reply::Html(Html::render(&AvailabilityBlock { cx, said })?))
}
