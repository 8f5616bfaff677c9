//! Which inboxes a person reads: a part of the page about that person, and a page of its own without script.

use rocket::form::FromForm;
use rocket::{State, get, put};

use crate::auth::Admin;
use crate::db::Db;
use crate::error::Result;
use crate::inboxes::store::members;
use crate::inboxes::views::{ReadersBlock, ReadersPage, ReadersView};
use crate::web::{Answer, Cx, Html, Htmx, Page, Posted, Reply, redirect};

#[derive(FromForm)]
pub struct ReadersForm {
    inboxes: Vec<i64>,
}

#[get("/settings/people/<user>/inboxes")]
pub async fn show_readers(_viewer: Admin, cx: Cx, db: &State<Db>, user: i64) -> Page {
    Ok(show(cx, db, user, "").await?)
}

async fn show(cx: Cx, db: &Db, user: i64, said: &'static str) -> Result<Html> {
    let (name, places) = db.read(move |connection| members::of_person(connection, user)).await?;
    let readers = ReadersView::new(&cx, user, name, places, said);
    match cx.htmx {
        Htmx::No => Html::render(&ReadersPage { cx, readers }),
        Htmx::Partial | Htmx::Full => Html::render(&ReadersBlock { cx, readers }),
    }
}

#[put("/settings/people/<user>/inboxes", data = "<form>")]
pub async fn change_readers(
    viewer: Admin,
    cx: Cx,
    db: &State<Db>,
    user: i64,
    form: Posted<ReadersForm>,
) -> Answer<Reply> {
    let wanted = form.0.inboxes;
    db.write(move |tx| members::set_of_person(tx, &viewer, user, &wanted)).await?;
    if cx.htmx == Htmx::No {
        return Ok(redirect(&format!("/settings/people/{user}"), "readers-saved"));
    }
    Ok(Reply::Html(show(cx, db, user, "readers-saved").await?))
}
