//! Tags in the settings: name, color, two that become one, one that goes.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, delete, get, post, put};

use super::super::store::tag_order;
use super::super::views::TagOrderPage;
use super::messages::Bare;
use crate::auth::{May, Settings};
use crate::db::Db;
use crate::error::{Error, Problems, Result};
use crate::web::{Answer, Cx, Html, Page, Posted, Reply, redirect};

#[get("/settings/tags")]
pub async fn list_tags(_viewer: May<Settings>, cx: Cx, db: &State<Db>) -> Page {
    let tags = db.read(tag_order::all).await?;
    Ok(Html::render(&TagOrderPage { cx, tags, open: None, typed: String::new(), problems: Problems::default() })?)
}

#[derive(FromForm)]
pub struct TagChange {
    #[field(default = "")]
    name: String,
    #[field(default = 0)]
    tint: i64,
}

#[put("/settings/tags/<id>", data = "<form>")]
pub async fn change_tag(
    viewer: May<Settings>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<TagChange>,
) -> Answer<Reply> {
    let (by, form) = (viewer.0.clone(), form.0);
    let (typed, tint) = (form.name.clone(), form.tint);
    let done = db.write(move |tx| tag_order::change(tx, &by, id, (&form.name, tint))).await;
    Ok(answer(cx, db, (id, typed), "tag-saved", done).await?)
}

#[derive(FromForm)]
pub struct MergeForm {
    #[field(default = 0)]
    into: i64,
}

#[post("/settings/tags/<id>/merger", data = "<form>")]
pub async fn merge_tag(
    viewer: May<Settings>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<MergeForm>,
) -> Answer<Reply> {
    let (by, into) = (viewer.0.clone(), form.0.into);
    let done = db.write(move |tx| tag_order::merge(tx, &by, id, into)).await;
    Ok(answer(cx, db, (id, String::new()), "tag-merged", done).await?)
}

#[delete("/settings/tags/<id>", data = "<_form>")]
pub async fn delete_tag(viewer: May<Settings>, db: &State<Db>, id: i64, _form: Posted<Bare>) -> Answer<Reply> {
    let by = viewer.0.clone();
    db.write(move |tx| tag_order::delete(tx, &by, id)).await?;
    Ok(redirect("/settings/tags", "tag-deleted"))
}

/// The list again, with what is wrong where something is.
async fn answer(cx: Cx, db: &Db, (id, typed): (i64, String), said: &str, done: Result<()>) -> Result<Reply> {
    match done {
        Ok(()) => Ok(redirect("/settings/tags", said)),
        Err(Error::Invalid(problems)) => {
            let tags = db.read(tag_order::all).await?;
            let page = Html::render(&TagOrderPage { cx, tags, open: Some(id), typed, problems })?;
            Ok(Reply::Html(page.with_status(Status::UnprocessableEntity)))
        }
        Err(error) => Err(error),
    }
}
