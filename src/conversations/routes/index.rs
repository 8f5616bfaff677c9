//! The list of conversations, its sections, the signals of the page frame.

use rocket::{State, get};

use super::super::store::counters;
use super::super::views::{IndexPage, ListBlock, Sections, SectionsBlock, SignalsBlock};
use super::asked::{Asked, usual_section};
use super::parts::Reader;
use crate::auth::{Conversations, May};
use crate::db::Db;
use crate::web::{Cx, Html, Page};

#[get("/conversations?<asked..>")]
pub async fn list_conversations(viewer: May<Conversations>, cx: Cx, db: &State<Db>, asked: Asked) -> Page {
    let viewer = viewer.0.clone();
    let html = db.read(move |connection| {
        let reader = Reader { connection, cx: &cx, viewer: &viewer };
        let counts = reader.counts()?;
        let choice = asked.choice(usual_section(counts));
        let list = reader.list(&choice, &asked, None, counts)?;
        let pane = reader.empty_pane(&choice, counts)?;
        let sections = Sections::new(&cx, &choice, counts);
        let finding = reader.finding(&choice)?;
        Html::render(&IndexPage { cx, list, sections, finding, pane })
    });
    Ok(html.await?)
}

#[get("/conversations/list?<asked..>")]
pub async fn refetch_list(viewer: May<Conversations>, cx: Cx, db: &State<Db>, asked: Asked) -> Page {
    let viewer = viewer.0.clone();
    let html = db.read(move |connection| {
        let reader = Reader { connection, cx: &cx, viewer: &viewer };
        let counts = reader.counts()?;
        let list = reader.list(&asked.choice(usual_section(counts)), &asked, None, counts)?;
        Html::render(&ListBlock { cx, list })
    });
    Ok(html.await?)
}

#[get("/conversations/sections?<asked..>")]
pub async fn refetch_sections(viewer: May<Conversations>, cx: Cx, db: &State<Db>, asked: Asked) -> Page {
    let viewer = viewer.0.clone();
    let counts = db.read(move |connection| counters::counts(connection, &viewer)).await?;
    let sections = Sections::new(&cx, &asked.choice(usual_section(counts)), counts);
    Ok(Html::render(&SectionsBlock { cx, sections })?)
}

#[get("/signals?<after>")]
pub async fn show_signals(viewer: May<Conversations>, cx: Cx, db: &State<Db>, after: Option<i64>) -> Page {
    let viewer = viewer.0.clone();
    let read = db.read(move |connection| {
        Ok((counters::counts(connection, &viewer)?, counters::news(connection, &viewer, after)?))
    });
    let (counts, news) = read.await?;
    Ok(Html::render(&SignalsBlock::new(&cx, counts, &news))?)
}
