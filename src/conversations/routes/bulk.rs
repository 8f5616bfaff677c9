//! Changing many conversations at once.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, delete, get, post};

use super::super::model::{Action, Section};
use super::super::store::bulk;
use super::super::views::{BarBlock, Choice, Picking, ProgressBlock, ProgressPage, Progressed, Toast};
use super::asked::{Asked, usual_section};
use super::messages::Bare;
use super::parts::Reader;
use crate::auth::{Conversations, May, Viewer};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::web::{Answer, Cx, Html, Htmx, Page, Posted, Reply, redirect};

/// The list with rows to choose and the bar below it, or without them.
#[get("/conversations/picking?<asked..>")]
pub async fn show_picking(viewer: May<Conversations>, cx: Cx, db: &State<Db>, asked: Asked) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    if cx.htmx == Htmx::No {
        let address = asked.choice(Section::Unassigned).list_address();
        return Ok(redirect(&["/conversations?", &address].concat(), ""));
    }
    let html = db.read(move |connection| {
        let reader = Reader { connection, cx: &cx, viewer: &viewer };
        let counts = reader.counts()?;
        let choice = asked.choice(usual_section(counts));
        let list = reader.list(&choice, &asked, None, counts)?;
        let bar = if choice.picking == Picking::On { Some(reader.bar(&choice)?) } else { None };
        Html::render(&BarBlock { cx, list, bar })
    });
    Ok(Reply::Html(html.await?))
}

#[derive(FromForm)]
pub struct BulkForm {
    #[field(default = "")]
    verb: String,
    /// The list, as in its address.
    #[field(default = "")]
    address: String,
    chosen: Vec<i64>,
    /// Set: whatever the list shows, chosen or not.
    all: Option<String>,
}

#[post("/bulk", data = "<form>")]
pub async fn begin_bulk(viewer: May<Conversations>, cx: Cx, db: &State<Db>, form: Posted<BulkForm>) -> Answer<Reply> {
    let (viewer, form) = (viewer.0.clone(), form.0);
    let choice = Choice::read(&form.address);
    let Some(action) = Action::chosen(&form.verb, db.clock().now(), &viewer.zone) else {
        return Ok(refused(cx, &choice, Status::UnprocessableEntity, "bulk-choose-action")?);
    };
    let (by, address) = (viewer.clone(), choice.address());
    let begun = db.write(move |tx| match form.all {
        Some(_) => bulk::change_all(tx, &by, action, &address),
        None => bulk::change(tx, &by, action, &address, &form.chosen),
    });
    match begun.await {
        Ok(id) if cx.htmx == Htmx::No => Ok(redirect(&format!("/bulk/{id}"), "")),
        Ok(id) => Ok(Reply::Html(progress(viewer, cx, db, id, Some(choice)).await?)),
        Err(Error::Invalid(problems)) => {
            let key = problems.iter().next().map_or("bulk-choose", |(_, key)| key);
            Ok(refused(cx, &choice, Status::UnprocessableEntity, key)?)
        }
        Err(Error::Conflict(key)) => Ok(refused(cx, &choice, Status::Conflict, key)?),
        Err(error) => Err(error.into()),
    }
}

/// Why nothing was begun. What goes on beside it stays in sight.
fn refused(cx: Cx, choice: &Choice, status: Status, key: &str) -> Result<Reply> {
    if status == Status::Conflict && cx.htmx != Htmx::No {
        return Ok(Reply::Html(Toast::alone(&cx, key)?));
    }
    let progress = Progressed::refused(&choice.address(), cx.t(key));
    let html = match cx.htmx {
        Htmx::No => Html::render(&ProgressPage { cx, progress })?,
        Htmx::Partial | Htmx::Full => Html::render(&ProgressBlock { cx, progress, list: None })?,
    };
    Ok(Reply::Html(html.with_status(status)))
}

/// How far a change has come; with a choice also the list as it is now.
async fn progress(viewer: Viewer, cx: Cx, db: &Db, id: i64, choice: Option<Choice>) -> Result<Html> {
    let read = db.read(move |connection| {
        let reader = Reader { connection, cx: &cx, viewer: &viewer };
        let progress = reader.progress(&bulk::told(connection, &viewer, id)?)?;
        let list = match choice.filter(|_| !progress.is_going_on) {
            Some(choice) => {
                let choice = Choice { picking: Picking::On, ..choice };
                Some(reader.list(&choice, &<Asked as Default>::default(), None, reader.counts()?)?)
            }
            None => None,
        };
        match cx.htmx {
            Htmx::No => Html::render(&ProgressPage { cx, progress }),
            Htmx::Partial | Htmx::Full => Html::render(&ProgressBlock { cx, progress, list }),
        }
    });
    read.await
}

#[get("/bulk/<id>")]
pub async fn show_bulk(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64) -> Page {
    Ok(progress(viewer.0.clone(), cx, db, id, None).await?)
}

#[delete("/bulk/<id>", data = "<_form>")]
pub async fn cancel_bulk(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    _form: Posted<Bare>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    let by = viewer.clone();
    let done = db.write(move |tx| bulk::cancel(tx, &by, id)).await;
    Ok(after(viewer, cx, db, id, done).await?)
}

#[post("/bulk/<id>/undo", data = "<_form>")]
pub async fn undo_bulk(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    _form: Posted<Bare>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    let by = viewer.clone();
    let done = db.write(move |tx| bulk::undo(tx, &by, id)).await;
    Ok(after(viewer, cx, db, id, done).await?)
}

/// The same change of those that it left.
#[post("/bulk/<id>/rest", data = "<_form>")]
pub async fn continue_bulk(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    _form: Posted<Bare>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    let by = viewer.clone();
    let (told, done) = match db.write(move |tx| bulk::change_rest(tx, &by, id)).await {
        Ok(next) => (next, Ok(())),
        Err(error) => (id, Err(error)),
    };
    Ok(after(viewer, cx, db, told, done).await?)
}

async fn after(viewer: Viewer, cx: Cx, db: &Db, id: i64, done: Result<()>) -> Result<Reply> {
    match done {
        Ok(()) if cx.htmx == Htmx::No => Ok(redirect(&format!("/bulk/{id}"), "")),
        Ok(()) => Ok(Reply::Html(progress(viewer, cx, db, id, None).await?)),
        Err(Error::Conflict(key)) => {
            let asker = viewer.clone();
            let bulk = db.read(move |connection| bulk::of(connection, &asker, id)).await?;
            refused(cx, &Choice::read(&bulk.query), Status::Conflict, key)
        }
        Err(error) => Err(error),
    }
}
