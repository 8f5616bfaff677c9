//! The first run: whoever can read what the server printed becomes its owner. Once somebody is, these routes are gone.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{get, post};

use super::visit::{Remember, Visit};
use crate::accounts::model::{self, NewUser, Workspace};
use crate::accounts::store::{arrivals, users, workspace};
use crate::accounts::views::{SetupPage, Zones};
use crate::auth::tokens::{self, Purpose};
use crate::auth::{Role, Setup, passwords};
use crate::error::{Error, Problems};
use crate::web::{Answer, Cx, Html, Page, Posted, Reply, redirect};

#[derive(FromForm, Clone)]
pub struct SetupForm {
    pub code: String,
    pub workspace: String,
    pub language: String,
    pub zone: String,
    pub name: String,
    pub email: String,
    password: String,
}

impl SetupForm {
    fn empty(language: String, zone: String) -> Self {
        let [code, workspace, name, email, password] = Default::default();
        Self { code, workspace, language, zone, name, email, password }
    }
}

#[get("/setup")]
pub fn show_setup(_fresh: Setup, cx: Cx, visit: Visit<'_>) -> Page {
    let (language, zone) = (cx.lang.tag().to_owned(), visit.config.zone.clone());
    Ok(page(cx, SetupForm::empty(language, zone), Problems::default(), None)?)
}

#[post("/setup", data = "<form>")]
pub async fn set_up(_fresh: Setup, cx: Cx, visit: Visit<'_>, form: Posted<SetupForm>) -> Answer<Reply> {
    let form = form.0;
    let attempt = match visit.attempt("setup code")? {
        Ok(attempt) => attempt,
        Err(wait) => return Ok(Reply::Html(too_many(cx, form, wait)?)),
    };
    let code = model::ungrouped(&form.code);
    let (mut problems, looked) = (Problems::default(), code.clone());
    let now = visit.db.clock().now();
    match visit.db.read(move |connection| tokens::look(connection, Purpose::Setup, &looked, now)).await {
        Ok(_) => attempt.succeeded(),
        Err(Error::NotFound) => {
            attempt.failed();
            problems.add("code", "setup-code-wrong");
        }
        Err(error) => return Err(error.into()),
    }
    let email = check(&form, &mut problems);
    if !problems.is_empty() {
        let html = page(cx, form, problems, None)?.with_status(Status::UnprocessableEntity);
        return Ok(Reply::Html(html));
    }
    let hash = passwords::hash(form.password.clone()).await?;
    let origin = visit.arrival();
    let opened = visit.db.write(move |tx| {
        tokens::consume(tx, Purpose::Setup, &code)?;
        let (space, owner) = split(form, email, hash);
        workspace::create(tx, &space)?;
        let owner = users::create_user(tx, None, &owner)?;
        arrivals::open(tx, owner, &origin, Remember::Yes)
    });
    visit.keep_opened(opened.await?, Remember::Yes);
    Ok(redirect("/", ""))
}

fn check(form: &SetupForm, problems: &mut Problems) -> String {
    let (space, name) = (model::clean_name(&form.workspace), model::clean_name(&form.name));
    model::check_name(problems, "workspace", &space);
    model::check_place(problems, Some(&form.language), &form.zone);
    model::check_name(problems, "name", &name);
    let email = model::clean_email(&form.email);
    if email.is_none() {
        problems.add("email", "email-wrong");
    }
    if let Some(weakness) = passwords::weakness(&form.password, &[&name, &form.email, &space]) {
        problems.add("password", weakness);
    }
    email.unwrap_or_default()
}

fn split(form: SetupForm, email: String, hash: String) -> (Workspace, NewUser) {
    let space = Workspace {
        name: model::clean_name(&form.workspace),
        language: form.language.clone(),
        zone: form.zone.clone(),
    };
    let owner = NewUser {
        name: model::clean_name(&form.name),
        email,
        role: Role::Owner,
        password_hash: Some(hash),
        language: Some(form.language),
        zone: form.zone,
    };
    (space, owner)
}

fn page(cx: Cx, typed: SetupForm, problems: Problems, wait: Option<String>) -> crate::error::Result<Html> {
    let zones = Zones::new(&typed.zone);
    Html::render(&SetupPage { cx, typed, zones, problems, wait })
}

fn too_many(cx: Cx, typed: SetupForm, wait: u64) -> crate::error::Result<Html> {
    let sentence = cx.wait(wait);
    Ok(page(cx, typed, Problems::default(), Some(sentence))?.too_many(wait))
}
