//! Merging two conversations: choosing the other, choosing which one stays, and the way back.

use rocket::form::FromForm;
use rocket::{State, delete, get, post};

use super::super::model::Pair;
use super::super::store::joining::{merging, parting, signposts};
use super::super::store::show;
use super::super::views::{Joining, Toast};
use super::joining::{opened, refused, shown};
use super::show::head_with;
use crate::auth::{Conversations, May, Viewer};
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::web::{Answer, Cx, Html, Page, Posted, Reply};

/// Longest search in Unicode scalar values.
const QUERY: usize = 200;

/// `q` is what is searched for, `other` the one that was chosen.
#[get("/conversations/<id>/merger?<q>&<other>")]
pub async fn choose_merger(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    q: Option<String>,
    other: Option<i64>,
) -> Page {
    let viewer = viewer.0.clone();
    let html = db.read(move |connection| match (other, q) {
        (Some(other), _) => {
            let joining = staying(connection, &cx, &viewer, (id, other))?;
            shown(cx, joining)
        }
        (None, Some(query)) => {
            let joining = choosing(connection, &cx, &viewer, (id, &query))?;
            shown(cx, joining)
        }
        (None, None) => {
            let joining = choosing(connection, &cx, &viewer, (id, ""))?;
            opened(cx, joining)
        }
    });
    Ok(html.await?)
}

fn choosing(connection: &Connection, cx: &Cx, viewer: &Viewer, (id, query): (i64, &str)) -> Result<Joining> {
    let query: String = query.trim().chars().take(QUERY).collect();
    let found = merging::candidates(connection, viewer, id, &query)?;
    Ok(Joining::choosing(cx, id, &query, &found))
}

fn staying(connection: &Connection, cx: &Cx, viewer: &Viewer, (id, other): (i64, i64)) -> Result<Joining> {
    let own = show::get(connection, viewer, id)?;
    Ok(Joining::staying(cx, &own, &show::get(connection, viewer, other)?))
}

#[derive(FromForm)]
pub struct MergerForm {
    other: i64,
    /// Which of the two.
    stays: i64,
}

#[post("/conversations/<id>/merger", data = "<form>")]
pub async fn merge_conversations(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<MergerForm>,
) -> Answer<Reply> {
    let (viewer, by) = (viewer.0.clone(), viewer.0.clone());
    let pair = Pair::of(id, form.0.other, form.0.stays).ok_or(Error::NotFound)?;
    match db.write(move |tx| merging::merge(tx, &by, pair)).await {
        Ok(()) => Ok(cx.done(&format!("/conversations/{}", pair.kept), "merged")),
        Err(Error::Conflict(key)) => Ok(Reply::Html(overtaken(viewer, cx, db, id, key).await?)),
        Err(error) => Err(error.into()),
    }
}

/// Why not; where somebody was faster with this very conversation, where it is now.
async fn overtaken(viewer: Viewer, cx: Cx, db: &Db, id: i64, key: &'static str) -> Result<Html> {
    let html = db.read(move |connection| {
        let joining = match choosing(connection, &cx, &viewer, (id, "")) {
            Err(Error::NotFound) => Joining::away(&cx, id, &signposts::away(connection, &viewer, id)?),
            joining => joining?,
        };
        refused(cx, joining, key)
    });
    html.await
}

#[derive(FromForm)]
pub struct UndoForm {
    merger: i64,
}

#[delete("/conversations/<id>/merger", data = "<form>")]
pub async fn undo_merger(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<UndoForm>,
) -> Answer<Reply> {
    let (viewer, by, merger) = (viewer.0.clone(), viewer.0.clone(), form.0.merger);
    let done = db.write(move |tx| parting::undo(tx, &by, id, merger)).await;
    let toast = Toast::of(&cx, &done, "merge-undone");
    Ok(head_with(viewer, cx, db, id, (done, "merge-undone", toast)).await?)
}
