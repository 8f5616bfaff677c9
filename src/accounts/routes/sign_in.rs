//! Signing in and out. Whoever has no account here gets the same answer after the same time as a wrong password.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{delete, get, post};

use super::visit::{Remember, Visit, landing};
use crate::accounts::store::{users, workspace};
use crate::accounts::views::SignInPage;
use crate::auth::{Public, passwords, sessions};
use crate::error::{Error, Result};
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
    if cx.viewer.is_some() {
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
    let attempt = match visit.attempt(&form.email)? {
        Ok(attempt) => attempt,
        Err(wait) => {
            let sentence = cx.wait(wait);
            return Ok(Reply::Html(refused(cx, &visit, form, sentence).await?.too_many(wait)));
        }
    };
    let Some(user) = check(&visit, &form).await? else {
        attempt.failed();
        let sentence = cx.t("sign-in-wrong");
        let html = refused(cx, &visit, form, sentence).await?;
        return Ok(Reply::Html(html.with_status(Status::UnprocessableEntity)));
    };
    attempt.succeeded();
    let remember = if form.remember.is_some() { Remember::Yes } else { Remember::No };
    visit.sign_in(user, remember).await?;
    Ok(redirect(landing(form.next.as_deref().unwrap_or("/")), ""))
}

#[delete("/session", data = "<_form>")]
pub async fn sign_out(_public: Public, visit: Visit<'_>, _form: Posted<NoFields>) -> Answer<Reply> {
    if let Some(viewer) = visit.earlier.cloned() {
        match visit.db.write(move |tx| sessions::end(tx, &viewer, viewer.session)).await {
            Ok(()) | Err(Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    visit.forget();
    Ok(redirect("/sign-in", ""))
}

/// Whose e-mail and password these are.
async fn check(visit: &Visit<'_>, form: &SignInForm) -> Result<Option<i64>> {
    let email = form.email.clone();
    let found = visit.db.read(move |connection| users::credentials(connection, &email)).await?;
    let (user, stored) = found.map_or((None, None), |found| (Some(found.id), found.password_hash));
    if !passwords::verify(form.password.clone(), stored.clone()).await? {
        return Ok(None);
    }
    if let (Some(user), Some(old)) = (user, stored.filter(|stored| passwords::is_outdated(stored))) {
        let new = passwords::hash(form.password.clone()).await?;
        visit.db.write(move |tx| users::rehash(tx, user, &old, &new)).await?;
    }
    Ok(user)
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
