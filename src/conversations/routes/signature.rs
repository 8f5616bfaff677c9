//! What stands below one's own answers.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, get, put};

use super::super::model::{Undo, signature};
use super::super::store::{choices, signatures};
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
    let read = db.read(move |connection| Ok((signatures::own(connection, user)?, choices::undo(connection, user)?)));
    let (typed, undo) = read.await?;
    Ok(Html::render(&SignaturePage { cx, typed, undo, problems: Problems::default() })?)
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
        let user = viewer.id;
        let undo = db.read(move |connection| choices::undo(connection, user)).await?;
        let page = Html::render(&SignaturePage { cx, typed, undo, problems })?;
        return Ok(Reply::Html(page.with_status(Status::UnprocessableEntity)));
    }
    let by = viewer.0.clone();
    db.write(move |tx| signatures::set(tx, &by, &typed)).await?;
    Ok(redirect("/account/signature", "signature-saved"))
}

#[derive(FromForm)]
pub struct UndoForm {
    /// Ticked: answers wait a little.
    undo: Option<String>,
}

#[put("/account/undo", data = "<form>")]
pub async fn save_undo(viewer: May<Conversations>, db: &State<Db>, form: Posted<UndoForm>) -> Answer<Reply> {
    let (by, undo) = (viewer.0.clone(), if form.0.undo.is_some() { Undo::On } else { Undo::Off });
    db.write(move |tx| choices::set_undo(tx, &by, undo)).await?;
    Ok(redirect("/account/signature", "undo-saved"))
}
