//! Who handles a conversation.

use rocket::form::FromForm;
use rocket::{State, post};

use super::super::store::assignment;
use super::super::views::Toast;
use super::show::head_with;
use crate::auth::{Conversations, May};
use crate::db::Db;
use crate::error::Error;
use crate::web::{Answer, Cx, Posted, Reply};

#[derive(FromForm)]
pub struct AssignmentForm {
    /// Empty: nobody.
    assignee: String,
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
    let by = viewer.clone();
    let done = db.write(move |tx| assignment::assign(tx, &by, id, assignee)).await;
    let said = match assignee {
        None => "assigned-nobody",
        Some(user) if user == viewer.id => "assigned-you",
        Some(_) => "assigned-other",
    };
    let toast = Toast::said(cx.t(said));
    Ok(head_with(viewer, cx, db, id, (done, said, toast)).await?)
}
