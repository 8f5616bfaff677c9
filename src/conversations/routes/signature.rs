//! What stands below one's own answers.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, get, put};

use super::super::model::signature;
use super::super::store::signatures;
use super::super::views::SignaturePage;
use crate::auth::{Conversations, May};
use crate::db::Db;
use crate::error::Problems;
use crate::web::{Answer, Cx, Html, Page, Posted, Reply, redirect};

#[derive(FromForm)]
pub struct SignatureForm {
    #[field(default = "")]
    signature: String,
}

#[get("/account/signature")]
pub async fn show_signature(viewer: May<Conversations>, cx: Cx, db: &State<Db>) -> Page {
    let user = viewer.id;
    let typed = db.read(move |connection| signatures::own(connection, user)).await?;
    Ok(Html::render(&SignaturePage { cx, typed, problems: Problems::default() })?)
}

#[put("/account/signature", data = "<form>")]
pub async fn save_signature(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    form: Posted<SignatureForm>,
) -> Answer<Reply> {
    let typed = form.0.signature.replace("\r\n", "\n");
    if typed.chars().count() > signature::LONGEST {
        let mut problems = Problems::default();
        problems.add("signature", "signature-too-long");
        let page = Html::render(&SignaturePage { cx, typed, problems })?;
        return Ok(Reply::Html(page.with_status(Status::UnprocessableEntity)));
    }
    let by = viewer.0.clone();
    db.write(move |tx| signatures::set(tx, &by, &typed)).await?;
    Ok(redirect("/account/signature", "signature-saved"))
}
