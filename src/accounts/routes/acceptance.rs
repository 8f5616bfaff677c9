//! The page behind the link of an invitation. What was never there, was used, taken back or is too old looks the same.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{get, post};

use super::visit::{Remember, Visit};
use crate::accounts::model::{self, Invitation};
use crate::accounts::store::invitations::{self, Accepted};
use crate::accounts::store::workspace;
use crate::accounts::views::{AcceptGonePage, AcceptPage};
use crate::auth::{Public, passwords, sessions};
use crate::error::{Error, Problems, Result};
use crate::web::{Answer, Cx, Html, Page, Posted, Reply, redirect};

/// What the person writes about themselves.
#[derive(FromForm, Clone, Default)]
pub struct AcceptForm {
    #[field(default = "")]
    pub name: String,
    #[field(default = "")]
    pub language: String,
    #[field(default = "")]
    pub zone: String,
    #[field(default = "")]
    password: String,
}

#[get("/invitations/<secret>")]
pub async fn show_invitation(_public: Public, cx: Cx, visit: Visit<'_>, secret: &str) -> Page {
    match behind(&visit, secret).await {
        Ok((invitation, space)) => {
            let language = invitation.language.clone();
            let zone = space.as_ref().map_or_else(|| visit.config.zone.clone(), |space| space.zone.clone());
            let typed = AcceptForm { language, zone, ..<AcceptForm as Default>::default() };
            let space = space.map(|space| space.name).unwrap_or_default();
            Ok(Html::render(&AcceptPage::new(cx, invitation, space, typed, Problems::default()))?)
        }
        Err(Error::NotFound) => Ok(gone(cx)?),
        Err(error) => Err(error.into()),
    }
}

#[post("/invitations/<secret>", data = "<form>")]
pub async fn accept_invitation(
    _public: Public,
    cx: Cx,
    visit: Visit<'_>,
    secret: &str,
    form: Posted<AcceptForm>,
) -> Answer<Reply> {
    let (invitation, space) = match behind(&visit, secret).await {
        Ok(found) => found,
        Err(Error::NotFound) => return Ok(Reply::Html(gone(cx)?)),
        Err(error) => return Err(error.into()),
    };
    let form = form.0;
    let done = match check(&form, &invitation).into_result() {
        Ok(()) => accept(&visit, secret, &form).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(session) => {
            visit.keep(session, Remember::Yes);
            Ok(redirect("/", "accept-done"))
        }
        Err(Error::NotFound) => Ok(Reply::Html(gone(cx)?)),
        Err(Error::Invalid(problems)) => {
            let space = space.map(|space| space.name).unwrap_or_default();
            let page = AcceptPage::new(cx, invitation, space, form, problems);
            Ok(Reply::Html(Html::render(&page)?.with_status(Status::UnprocessableEntity)))
        }
        Err(error) => Err(error.into()),
    }
}

fn check(form: &AcceptForm, invitation: &Invitation) -> Problems {
    let mut problems = Problems::default();
    let name = model::clean_name(&form.name);
    model::check_name(&mut problems, "name", &name);
    if let Some(weakness) = passwords::weakness(&form.password, &[&name, &invitation.email]) {
        problems.add("password", weakness);
    }
    model::check_place(&mut problems, Some(&form.language), &form.zone);
    problems
}

/// Makes the user and signs them in; answers the secret of the session.
async fn accept(visit: &Visit<'_>, secret: &str, form: &AcceptForm) -> Result<String> {
    let accepted = Accepted {
        name: model::clean_name(&form.name),
        password_hash: passwords::hash(form.password.clone()).await?,
        language: Some(form.language.clone()),
        zone: form.zone.clone(),
    };
    let (secret, earlier, (device, address)) = (secret.to_owned(), visit.earlier.cloned(), visit.origin());
    let enter = move |tx: &crate::db::Tx<'_>| {
        let user = invitations::accept(tx, &secret, accepted)?;
        if let Some(earlier) = earlier {
            match sessions::end(tx, &earlier, earlier.session) {
                Ok(()) | Err(Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        sessions::open(tx, user, &device, &address)
    };
    visit.db.write(enter).await
}

/// The invitation behind a link, and the workspace. Guesses are limited as everywhere.
async fn behind(visit: &Visit<'_>, secret: &str) -> Result<(Invitation, Option<model::Workspace>)> {
    let attempt = visit.attempt(secret)?.map_err(Error::TooMany)?;
    let (secret, now) = (secret.to_owned(), visit.db.clock().now());
    let found = visit
        .db
        .read(move |connection| Ok((invitations::behind(connection, &secret, now)?, workspace::find(connection)?)));
    let found = found.await?;
    attempt.succeeded();
    Ok(found)
}

fn gone(cx: Cx) -> Result<Html> {
    Ok(Html::render(&AcceptGonePage { cx })?.with_status(Status::NotFound))
}
