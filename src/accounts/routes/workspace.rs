//! What the company sets for everybody: name, language, zone, logo, how long the activity log is kept.

use rocket::form::FromForm;
use rocket::http::{Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::{State, delete, get, post, put};

use super::photo::made_anew;
use super::visit::Visit;
use crate::accounts::company::Company;
use crate::accounts::model::clean_name;
use crate::accounts::photo;
use crate::accounts::store::workspace;
use crate::accounts::views::WorkspacePage;
use crate::auth::{May, Public, Settings, Viewer};
use crate::config::Config;
use crate::db::Db;
use crate::error::{Error, Problems, Result};
use crate::web::{Answer, Cx, Disposition, FileResponse, Html, NoFields, Page, Posted, Reply, Upload, redirect};

const PAGE: &str = "/settings/workspace";

#[derive(FromForm, Clone)]
pub struct CompanyForm {
    pub name: String,
    pub language: String,
    pub zone: String,
    pub activity_days: String,
}

impl CompanyForm {
    fn of(company: Company) -> Self {
        let Company { name, language, zone, activity_days } = company;
        Self { name, language, zone, activity_days: activity_days.to_string() }
    }

    fn read(&self) -> (Company, Problems) {
        let company = Company {
            name: clean_name(&self.name),
            language: self.language.clone(),
            zone: self.zone.clone(),
            activity_days: self.activity_days.parse().unwrap_or(0),
        };
        let mut problems = Problems::default();
        company.check(&mut problems);
        (company, problems)
    }
}

#[get("/settings/workspace")]
pub async fn show_workspace(_viewer: May<Settings>, cx: Cx, visit: Visit<'_>) -> Page {
    let typed = CompanyForm::of(visit.db.read(workspace::company).await?);
    Ok(page(cx, visit.config, typed, Problems::default())?)
}

#[put("/settings/workspace", data = "<form>")]
pub async fn save_workspace(
    viewer: May<Settings>,
    cx: Cx,
    visit: Visit<'_>,
    form: Posted<CompanyForm>,
) -> Answer<Reply> {
    let (company, problems) = form.0.read();
    if !problems.is_empty() {
        let html = page(cx, visit.config, form.0, problems)?;
        return Ok(Reply::Html(html.with_status(Status::UnprocessableEntity)));
    }
    visit.db.write(move |tx| workspace::save(tx, &viewer, &company)).await?;
    Ok(redirect(PAGE, "workspace-saved"))
}

fn page(cx: Cx, config: &Config, typed: CompanyForm, problems: Problems) -> Result<Html> {
    Html::render(&WorkspacePage::new(cx, config.session_idle_days, typed, problems))
}

#[post("/settings/workspace/logo", data = "<upload>")]
pub async fn save_logo(viewer: May<Settings>, cx: Cx, visit: Visit<'_>, upload: Upload) -> Answer<Reply> {
    match store_logo(visit.db, &viewer, &upload).await {
        Ok(()) => Ok(redirect(PAGE, "logo-saved")),
        Err(Error::Invalid(problems)) => {
            let typed = CompanyForm::of(visit.db.read(workspace::company).await?);
            let html = page(cx, visit.config, typed, problems)?;
            Ok(Reply::Html(html.with_status(Status::UnprocessableEntity)))
        }
        Err(error) => Err(error.into()),
    }
}

async fn store_logo(db: &Db, viewer: &Viewer, upload: &Upload) -> Result<()> {
    let (key, made) = made_anew(db, upload, "logo", photo::logo).await?;
    let viewer = viewer.clone();
    db.write(move |tx| workspace::set_logo(tx, &viewer, &key, &made.bytes)).await
}

#[delete("/settings/workspace/logo", data = "<_form>")]
pub async fn remove_logo(viewer: May<Settings>, db: &State<Db>, _form: Posted<NoFields>) -> Answer<Reply> {
    db.write(move |tx| workspace::remove_logo(tx, &viewer)).await?;
    Ok(redirect(PAGE, "logo-removed"))
}

/// The logo: seen by everybody who reaches the sign-in page, at an address that changes with the picture.
pub struct Logo(FileResponse);

impl<'r> Responder<'r, 'r> for Logo {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'r> {
        let kept = Header::new("Cache-Control", "public, max-age=2592000, immutable");
        Response::build_from(self.0.respond_to(request)?).header(kept).ok()
    }
}

#[get("/logo/<key>")]
pub async fn show_logo(_public: Public, db: &State<Db>, key: &str) -> Answer<Logo> {
    let (wanted, mime) = (key.to_owned(), photo::mime(key));
    let found = db.read(move |connection| workspace::logo(connection, &wanted)).await?;
    Ok(Logo(FileResponse {
        db: db.inner().clone(),
        blob: found.blob,
        size: found.size,
        name: key.to_owned(),
        mime: mime.to_owned(),
        disposition: Disposition::Show,
    }))
}
