//! Who handles a conversation.

use rocket::form::FromForm;
use rocket::{State, post};

use super::super::store::assignment::{self, Seen, TAKEN};
use super::super::store::show;
use super::super::views::Toast;
use super::show::head_with;
use crate::auth::{Conversations, May, Viewer};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::web::{Answer, Cx, Posted, Reply};

#[derive(FromForm)]
pub struct AssignmentForm {
    /// Empty: nobody.
    assignee: String,
    /// Who had it on the page where this was chosen (empty: nobody); left out by who does not care.
    holder: Option<String>,
}

#[post("/conversations/<id>/assignment", data = "<form>")]
pub async fn assign_conversation(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<AssignmentForm>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    let assignee = match form.0.assignee.trim() {
        "" => None,
        person => Some(person.parse::<i64>().map_err(|_| Error::NotFound)?),
    };
    let seen = seen(form.0.holder.as_deref());
    let by = viewer.clone();
    let done = db.write(move |tx| assignment::assign_seen(tx, &by, id, assignee, seen)).await;
    let said = match assignee {
        None => "assigned-nobody",
        Some(user) if user == viewer.id => "assigned-you",
        Some(_) => "assigned-other",
    };
    let toast = match &done {
        Err(Error::Conflict(TAKEN)) => Toast::bad(first(viewer.clone(), &cx, db, id).await?),
        Err(Error::Conflict(key)) => Toast::bad(cx.t(key)),
        _ => Toast::said(cx.t(said)),
    };
    Ok(head_with(viewer, cx, db, id, (done, said, toast)).await?)
}

/// What a page says of who had it.
pub(super) fn seen(holder: Option<&str>) -> Seen {
    holder.map_or(Seen::Anybody, |holder| Seen::Holder(holder.trim().parse().ok()))
}

/// Who was first, in words.
async fn first(viewer: Viewer, cx: &Cx, db: &Db, id: i64) -> Result<String> {
    let me = viewer.id;
    let conversation = db.read(move |connection| show::get(connection, &viewer, id)).await?;
    Ok(match conversation.assignee {
        Some(person) if person.id == me => cx.t("conflict-taken-you"),
        Some(person) => cx.t1("conflict-taken-person", "name", person.name),
        None => cx.t("conflict-taken-nobody"),
    })
}
