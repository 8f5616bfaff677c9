//! Signing in and out. Whoever has no account here gets the same answer after the same time as a wrong password.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{delete, get, post};

use super::visit::{Remember, Visit, landing};
use crate::accounts::store::arrivals::{self, Next};
use crate::accounts::store::users::Credentials;
use crate::accounts::store::{users, workspace};
use crate::accounts::views::SignInPage;
use crate::auth::{Public, passwords, sessions};
use crate::error::Result;
use crate::web::{Answer, Cx, Html, NoFields, Posted, Reply, redirect};

#[derive(FromForm)]
pub struct SignInForm {
    email: String,
    password: String,
    remember: Option<String>,
    next: Option<String>,
}

#[get("/sign-in?<next>")]
pub async fn show_sign_in(_public: Public, cx: Cx, visit: Visit<'_>, next: Option<String>) -> Answer<Reply> {
    let next = landing(next.as_deref().unwrap_or("/")).to_owned();
    if cx.viewer.is_some() || cx.enrollee.is_some() {
        return Ok(redirect(&next, ""));
    }
    if !visit.db.read(users::is_owned).await? {
        return Ok(redirect("/setup", ""));
    }
    let page =
        SignInPage { workspace: name(&visit).await?, email: String::new(), next, remember: true, refusal: None, cx };
    Ok(Reply::Html(Html::render(&page)?))
}

#[post("/session", data = "<form>")]
pub async fn sign_in(_public: Public, cx: Cx, visit: Visit<'_>, form: Posted<SignInForm>) -> Answer<Reply> {
    let form = form.0;
    let attempt = match visit.attempt_sign_in(&form.email).await? {
        Ok(attempt) => attempt,
        Err(wait) => {
            let sentence = cx.wait(wait);
            return Ok(Reply::Html(refused(cx, &visit, form, sentence).await?.too_many(wait)));
        }
    };
    // Nobody, somebody who may not, a wrong password: the same work, the same note, the same words.
    let (whose, stored) =
        find(&visit, &form).await?.map_or((None, None), |found| (Some(found.id), found.password_hash));
    let right = attempt.compare(form.password.clone(), stored.clone()).await?;
    let Some(user) = whose.filter(|_| right) else {
        attempt.failed();
        return wrong(cx, &visit, form, whose).await;
    };
    attempt.succeeded();
    rehash(&visit, user, stored, &form.password).await?;
    let remember = if form.remember.is_some() { Remember::Yes } else { Remember::No };
    let next = landing(form.next.as_deref().unwrap_or("/")).to_owned();
    let (origin, after) = (visit.arrival(), next.clone());
    let entered = visit.db.write(move |tx| arrivals::enter(tx, user, &origin, remember, &after)).await?;
    match entered {
        Next::Open(opened) => {
            visit.keep_opened(opened, remember);
            Ok(redirect(&next, ""))
        }
        Next::Code(secret) => {
            visit.keep_pending(secret);
            Ok(redirect("/sign-in/code", ""))
        }
    }
}

#[delete("/session", data = "<_form>")]
pub async fn sign_out(_public: Public, visit: Visit<'_>, _form: Posted<NoFields>) -> Answer<Reply> {
    if let Some(seat) = visit.seat() {
        visit.db.write(move |tx| sessions::leave(tx, seat)).await?;
    }
    visit.forget();
    Ok(redirect("/sign-in", ""))
}

async fn find(visit: &Visit<'_>, form: &SignInForm) -> Result<Option<Credentials>> {
    let email = form.email.clone();
    visit.db.read(move |connection| users::credentials(connection, &email)).await
}

/// A password that was hashed with other parameters than today's is hashed anew.
async fn rehash(visit: &Visit<'_>, user: i64, stored: Option<String>, password: &str) -> Result<()> {
    if let Some(old) = stored.filter(|stored| passwords::is_outdated(stored)) {
        let new = passwords::hash(password.to_owned()).await?;
        visit.db.write(move |tx| users::rehash(tx, user, &old, &new)).await?;
    }
    Ok(())
}

async fn wrong(cx: Cx, visit: &Visit<'_>, form: SignInForm, whose: Option<i64>) -> Answer<Reply> {
    visit.refused(whose).await;
    let sentence = cx.t("sign-in-wrong");
    let html = refused(cx, visit, form, sentence).await?;
    Ok(Reply::Html(html.with_status(Status::UnprocessableEntity)))
}

async fn refused(cx: Cx, visit: &Visit<'_>, form: SignInForm, sentence: String) -> Result<Html> {
    let page = SignInPage {
        workspace: name(visit).await?,
        email: form.email,
        next: landing(form.next.as_deref().unwrap_or("/")).to_owned(),
        remember: form.remember.is_some(),
        refusal: Some(sentence),
        cx,
    };
    Html::render(&page)
}

async fn name(visit: &Visit<'_>) -> Result<String> {
    let found = visit.db.read(workspace::find).await?;
    Ok(found.map(|space| space.name).unwrap_or_default())
}
