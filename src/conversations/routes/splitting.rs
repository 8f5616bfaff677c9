//! Splitting messages off into a conversation of their own.

use rocket::form::FromForm;
use rocket::{State, get, post};

use super::super::model::Extent;
use super::super::store::joining::splitting;
use super::super::views::Joining;
use super::joining::{opened, refused};
use crate::auth::{Conversations, May};
use crate::db::Db;
use crate::error::Error;
use crate::web::{Answer, Cx, Page, Posted, Reply};

#[get("/messages/<id>/split")]
pub async fn show_split(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64) -> Page {
    let viewer = viewer.0.clone();
    let html = db.read(move |connection| {
        let joining = Joining::splitting(&cx, id, &splitting::look(connection, &viewer, id)?);
        opened(cx, joining)
    });
    Ok(html.await?)
}

#[derive(FromForm)]
pub struct SplitForm {
    /// `one` or `rest`.
    extent: String,
}

#[post("/messages/<id>/split", data = "<form>")]
pub async fn split_message(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<SplitForm>,
) -> Answer<Reply> {
    let (viewer, by) = (viewer.0.clone(), viewer.0.clone());
    let extent = Extent::parse(&form.0.extent).ok_or(Error::NotFound)?;
    match db.write(move |tx| splitting::split(tx, &by, id, extent)).await {
        Ok(into) => Ok(cx.done(&format!("/conversations/{into}"), "split-done")),
        Err(Error::Conflict(key)) => {
            let html = db.read(move |connection| {
                let joining = Joining::splitting(&cx, id, &splitting::look(connection, &viewer, id)?);
                refused(cx, joining, key)
            });
            Ok(Reply::Html(html.await?))
        }
        Err(error) => Err(error.into()),
    }
}
