//! The devices one is signed in on.

use rocket::{State, delete};

use crate::auth::{SignedIn, sessions};
use crate::db::Db;
use crate::web::{Answer, NoFields, Posted, Reply, redirect};

#[delete("/account/sessions/<id>", data = "<_form>")]
pub async fn end_session(viewer: SignedIn, db: &State<Db>, id: i64, _form: Posted<NoFields>) -> Answer<Reply> {
    db.write(move |tx| sessions::end(tx, &viewer, id)).await?;
    Ok(redirect("/account", "sessions-ended"))
}

#[delete("/account/sessions", data = "<_form>")]
pub async fn end_other_sessions(viewer: SignedIn, db: &State<Db>, _form: Posted<NoFields>) -> Answer<Reply> {
    db.write(move |tx| sessions::end_all(tx, viewer.id, Some(viewer.session))).await?;
    Ok(redirect("/account", "sessions-others-ended"))
}
