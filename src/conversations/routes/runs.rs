//! Macros in a conversation: choosing one, looking at what it will do, running it.

use rocket::form::FromForm;
use rocket::{State, get, post};

use super::super::model::reply::Sharing;
use super::super::store::{macros, run_lines, runs, show};
use super::super::views::{Last, MacrosBlock, MacrosDialog, RunLine, RunPage, Running, Way};
use super::assignment::seen;
use crate::auth::{Conversations, May};
use crate::db::Db;
use crate::error::Result;
use crate::keys;
use crate::web::{Answer, Cx, Html, Htmx, Page, Posted, Reply};

/// `chosen` is the macro to be looked at.
#[get("/conversations/<id>/macros?<chosen>")]
pub async fn choose_macro(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64, chosen: Option<i64>) -> Page {
    let viewer = viewer.0.clone();
    let Some(chosen) = chosen else {
        let read = db.read(move |connection| {
            show::get(connection, &viewer, id)?;
            Ok((macros::all(connection, &viewer)?, run_lines::last(connection, &viewer, id)?))
        });
        let (all, last) = read.await?;
        let all = all.into_iter().map(|one| (one.id, one.name, one.sharing == Sharing::Team)).collect();
        let way = Way::Choose { all, last: last.map(|run| Last::new(&cx, &run)) };
        let running = Running { id, way };
        let html = if cx.htmx == Htmx::No {
            Html::render(&RunPage { cx, running })
        } else {
            Html::render(&MacrosDialog { cx, running })
        };
        return Ok(html?);
    };
    let by = viewer.clone();
    let found = db.read(move |connection| {
        let holder = show::get(connection, &viewer, id)?.assignee.map(|person| person.id.to_string());
        Ok((macros::get(connection, &viewer, chosen)?.name, holder.unwrap_or_default()))
    });
    let (name, holder) = found.await?;
    let lines = db.write(move |tx| runs::preview(tx, &by, (id, chosen))).await?;
    let lines = lines.iter().map(|ran| RunLine::ahead(&cx, ran)).collect();
    let way = Way::Look { id: chosen, name, once: keys::random_text::<16>()?, holder, lines };
    Ok(shown(cx, Running { id, way })?)
}

fn shown(cx: Cx, running: Running) -> Result<Html> {
    if cx.htmx == Htmx::No {
        Html::render(&RunPage { cx, running })
    } else {
        Html::render(&MacrosBlock { cx, running })
    }
}

#[derive(FromForm)]
pub struct RunForm {
    chosen: i64,
    /// Made by the page: the same one twice is one run.
    #[field(default = "")]
    once: String,
    /// Who had the conversation on the page where it was looked at, as in [`super::assignment`].
    holder: Option<String>,
}

#[post("/conversations/<id>/macros", data = "<form>")]
pub async fn run_macro(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<RunForm>,
) -> Answer<Reply> {
    let (viewer, chosen) = (viewer.0.clone(), form.0.chosen);
    let once: String = form.0.once.chars().take(64).collect();
    let (by, looker, seen) = (viewer.clone(), viewer, seen(form.0.holder.as_deref()));
    let lines = db.write(move |tx| runs::run(tx, &by, (id, chosen), &once, seen)).await?;
    let name = db.read(move |connection| macros::get(connection, &looker, chosen)).await?.name;
    let lines = lines.iter().map(|ran| RunLine::behind(&cx, ran)).collect();
    Ok(Reply::Html(shown(cx, Running { id, way: Way::Ran { name, lines } })?))
}
