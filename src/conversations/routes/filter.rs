//! The form of a filter, and filters under a name.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, delete, get, post, put};

use super::super::model::{Section, Shared};
use super::super::store::saved::{self, Move};
use super::super::views::{Choice, FilterDialog, FilterPage, Panel, SavedBlock, SavedPage, SavedRow};
use super::asked::Asked;
use super::messages::Bare;
use super::parts::Reader;
use crate::auth::{Conversations, May, Viewer};
use crate::db::Db;
use crate::error::{Error, Problems, Result};
use crate::web::{Answer, Cx, Html, Htmx, Page, Posted, Reply, redirect};

/// Where filters are put in order.
const PLACE: &str = "/account/filters";

#[get("/conversations/filter?<asked..>")]
pub async fn show_filter(viewer: May<Conversations>, cx: Cx, db: &State<Db>, asked: Asked) -> Page {
    let viewer = viewer.0.clone();
    let html = db.read(move |connection| {
        let known = Reader { connection, cx: &cx, viewer: &viewer }.filter_known()?;
        let panel = Panel::new(&cx, &asked.choice(Section::Unassigned), &known);
        match cx.htmx {
            Htmx::No => Html::render(&FilterPage { cx, panel }),
            Htmx::Partial | Htmx::Full => Html::render(&FilterDialog { cx, panel }),
        }
    });
    Ok(html.await?)
}

/// Filters under a name with their numbers.
#[get("/filters?<asked..>")]
pub async fn refetch_filters(viewer: May<Conversations>, cx: Cx, db: &State<Db>, asked: Asked) -> Page {
    let viewer = viewer.0.clone();
    let html = db.read(move |connection| {
        let reader = Reader { connection, cx: &cx, viewer: &viewer };
        let named = reader.counted(&asked.choice(Section::Unassigned))?;
        Html::render(&SavedBlock { cx, named })
    });
    Ok(html.await?)
}

#[get("/account/filters")]
pub async fn list_filters(viewer: May<Conversations>, cx: Cx, db: &State<Db>) -> Page {
    Ok(page(viewer.0.clone(), cx, db, Typed::default()).await?)
}

/// What somebody typed that did not do.
#[derive(Default)]
struct Typed {
    /// The filter it is about; 0: a new one.
    about: i64,
    name: String,
    address: String,
    problems: Problems,
}

async fn page(viewer: Viewer, cx: Cx, db: &Db, typed: Typed) -> Result<Html> {
    let read = db.read(move |connection| {
        let known = Reader { connection, cx: &cx, viewer: &viewer }.filter_known()?;
        let all = saved::listed(connection, &viewer)?;
        let rows = all.iter().map(|saved| SavedRow::new(&cx, saved, &viewer, &known)).collect();
        let Typed { about, name, address, problems } = typed;
        Html::render(&SavedPage { cx, rows, typed: name, about, address, problems })
    });
    read.await
}

#[derive(FromForm)]
pub struct FilterForm {
    #[field(default = "")]
    name: String,
    /// The list, as in its address.
    #[field(default = "")]
    address: String,
    /// Set: everybody finds it.
    shared: Option<String>,
    /// The filter that it takes the place of, if it does.
    #[field(default = "")]
    replace: String,
}

impl FilterForm {
    fn shared(&self) -> Shared {
        if self.shared.is_some() { Shared::Yes } else { Shared::No }
    }
}

#[post("/filters", data = "<form>")]
pub async fn save_filter(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    form: Posted<FilterForm>,
) -> Answer<Reply> {
    let (viewer, form) = (viewer.0.clone(), form.0);
    // Only what a filter knows is kept.
    let choice = Choice::read(&form.address);
    let (by, name, query, shared) = (viewer.clone(), form.name.clone(), choice.address(), form.shared());
    let replace: Option<i64> = form.replace.parse().ok();
    let kept = db.write(move |tx| match replace {
        None => saved::create(tx, &by, &name, &query, shared),
        Some(id) => {
            let before = saved::changeable(tx, &by, id)?;
            let name = if name.trim().is_empty() { before.name.clone() } else { name };
            saved::change(tx, &by, id, &name, Some(&query), before.shared).map(|()| id)
        }
    });
    match kept.await {
        Ok(id) => {
            let there = Choice { saved: Some(id), ..choice }.address();
            Ok(redirect(&["/conversations?", &there].concat(), "filter-saved"))
        }
        Err(Error::Invalid(problems)) => {
            let typed = Typed { about: 0, name: form.name, address: choice.address(), problems };
            let html = page(viewer, cx, db, typed).await?;
            Ok(Reply::Html(html.with_status(Status::UnprocessableEntity)))
        }
        Err(error) => Err(error.into()),
    }
}

#[put("/filters/<id>", data = "<form>")]
pub async fn change_filter(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<FilterForm>,
) -> Answer<Reply> {
    let (viewer, form) = (viewer.0.clone(), form.0);
    let (by, name, shared) = (viewer.clone(), form.name.clone(), form.shared());
    match db.write(move |tx| saved::change(tx, &by, id, &name, None, shared)).await {
        Ok(()) => Ok(redirect(PLACE, "filter-changed")),
        Err(Error::Invalid(problems)) => {
            let typed = Typed { about: id, name: form.name, address: String::new(), problems };
            let html = page(viewer, cx, db, typed).await?;
            Ok(Reply::Html(html.with_status(Status::UnprocessableEntity)))
        }
        Err(error) => Err(error.into()),
    }
}

#[delete("/filters/<id>", data = "<_form>")]
pub async fn remove_filter(viewer: May<Conversations>, db: &State<Db>, id: i64, _form: Posted<Bare>) -> Answer<Reply> {
    let by = viewer.0.clone();
    db.write(move |tx| saved::remove(tx, &by, id)).await?;
    Ok(redirect(PLACE, "filter-removed"))
}

#[derive(FromForm)]
pub struct PlaceForm {
    /// `up` or `down`.
    #[field(default = "")]
    to: String,
}

#[post("/filters/<id>/place", data = "<form>")]
pub async fn move_filter(
    viewer: May<Conversations>,
    db: &State<Db>,
    id: i64,
    form: Posted<PlaceForm>,
) -> Answer<Reply> {
    let by = viewer.0.clone();
    let to = if form.0.to == "up" { Move::Up } else { Move::Down };
    db.write(move |tx| saved::shift(tx, &by, id, to)).await?;
    Ok(redirect(PLACE, ""))
}
