//! What somebody wants to hear of a conversation, and colleagues who watch it.

use rocket::form::FromForm;
use rocket::{State, post, put};

use super::super::model::Watch;
use super::super::store::watching;
use super::super::views::Toast;
use super::show::head_with;
use crate::auth::{Conversations, May};
use crate::db::Db;
use crate::web::{Answer, Cx, Posted, Reply};

#[derive(FromForm)]
pub struct WatchForm {
    /// `watching` or `muted`; anything else: what they hear of any other.
    #[field(default = "")]
    level: String,
}

#[put("/conversations/<id>/watch", data = "<form>")]
pub async fn set_watch(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<WatchForm>,
) -> Answer<Reply> {
    let (viewer, watch) = (viewer.0.clone(), Watch::parse(&form.0.level));
    let by = viewer.clone();
    let done = db.write(move |tx| watching::set(tx, &by, id, watch)).await;
    let said = match watch {
        Some(Watch::Watching) => "watch-begun",
        Some(Watch::Muted) => "watch-muted",
        None => "watch-ended",
    };
    let toast = Toast::of(&cx, &done, said);
    Ok(head_with(viewer, cx, db, id, (done, said, toast)).await?)
}

#[derive(FromForm)]
pub struct WatcherForm {
    user: i64,
}

#[post("/conversations/<id>/watchers", data = "<form>")]
pub async fn add_watcher(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<WatcherForm>,
) -> Answer<Reply> {
    let (viewer, user) = (viewer.0.clone(), form.0.user);
    let by = viewer.clone();
    let done = db.write(move |tx| watching::add(tx, &by, id, user)).await;
    let toast = Toast::of(&cx, &done, "watch-added");
    Ok(head_with(viewer, cx, db, id, (done, "watch-added", toast)).await?)
}
