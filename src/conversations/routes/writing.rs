//! While somebody writes: their draft, who else is there, and what came meanwhile.

use rocket::form::FromForm;
use rocket::{State, delete, get, post};

use super::super::model::{MessageKind, Scope, Slot, Typing};
use super::super::store::{drafts, show};
use super::super::views::{DraftBlock, Kept, Passed, PassedBlock, PresenceBlock};
use super::joining;
use super::messages::Bare;
use super::room::Room;
use crate::auth::{Conversations, May, Viewer};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::web::{Answer, Cx, Html, Page, Posted, Reply};

/// The answer box as it is while somebody types. What else it holds is of no matter here.
#[derive(FromForm)]
pub struct TypingForm {
    #[field(default = "")]
    kind: String,
    #[field(default = "")]
    text: String,
    #[field(default = "")]
    client_id: String,
    #[field(default = "")]
    scope: String,
    #[field(default = "")]
    about: String,
    #[field(default = "")]
    base: String,
    /// Set where what other pages wrote is not wanted.
    #[field(default = "")]
    aside: String,
}

impl TypingForm {
    fn typing(&self) -> Typing {
        let kind = if self.kind == "reply" { MessageKind::Outgoing } else { MessageKind::Note };
        Typing {
            slot: Slot::of(kind, Scope::parse(&self.scope), self.about.parse().ok()),
            text: self.text.replace("\r\n", "\n"),
            page: self.client_id.chars().take(64).collect(),
            base: self.base.parse().unwrap_or_default(),
        }
    }
}

#[post("/conversations/<id>/drafts", data = "<form>")]
pub async fn save_draft(
    viewer: May<Conversations>,
    cx: Cx,
    room: Room,
    id: i64,
    form: Posted<TypingForm>,
) -> Answer<Reply> {
    let (viewer, typing) = (viewer.0.clone(), form.0.typing());
    let (slot, is_empty, drops) = (typing.slot, typing.text.trim().is_empty(), form.0.aside == "drop");
    let by = viewer.clone();
    let id = joining::standing(&room.db, &viewer, id).await?;
    let saved = room.db.write(move |tx| {
        if drops {
            drafts::drop_aside(tx, &by, id, typing.slot)?;
        }
        drafts::save(tx, &by, id, &typing)
    });
    match saved.await {
        Ok(begins_or_ends) => {
            if is_empty {
                room.is_done(id, &viewer);
            } else {
                room.writes(id, &viewer);
            }
            if begins_or_ends {
                room.marks(&viewer);
            }
        }
        // The answer box says that it is too long; what was saved before stays.
        Err(Error::Invalid(_)) => return Ok(Reply::Nothing),
        Err(error) => return Err(error.into()),
    }
    Ok(Reply::Html(draft(viewer, cx, &room.db, id, slot).await?))
}

async fn draft(viewer: Viewer, cx: Cx, db: &Db, id: i64, slot: Slot) -> Result<Html> {
    let read = db.read(move |connection| {
        let draft = drafts::find(connection, viewer.id, id, slot)?;
        let kept = Kept::of(&cx, id, draft.as_ref());
        Html::render(&DraftBlock { cx, kept })
    });
    read.await
}

#[get("/conversations/<id>/passed")]
pub async fn refetch_passed(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64) -> Page {
    Ok(passed(viewer.0.clone(), cx, db, id).await?)
}

#[derive(FromForm)]
pub struct LookForm {
    /// The last message that the page told of.
    until: i64,
}

/// The writer looks at what came meanwhile. What comes after it is told again.
#[post("/conversations/<id>/passed", data = "<form>")]
pub async fn look_at_passed(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    form: Posted<LookForm>,
) -> Answer<Reply> {
    let by = viewer.0.clone();
    db.write(move |tx| drafts::look_at(tx, &by, id, form.0.until)).await?;
    Ok(Reply::Html(passed(viewer.0.clone(), cx, db, id).await?))
}

async fn passed(viewer: Viewer, cx: Cx, db: &Db, id: i64) -> Result<Html> {
    let read = db.read(move |connection| {
        show::get(connection, &viewer, id)?;
        let passed = Passed::new(&cx, id, drafts::passed(connection, &viewer, id)?);
        Html::render(&PassedBlock { cx, passed })
    });
    read.await
}

/// What a page calls its stay at a conversation: a made-up id of at most 64 characters, none without script.
fn visit_of(text: Option<&str>) -> String {
    text.unwrap_or_default().chars().take(64).collect()
}

/// The page of a conversation was left. Whoever has it open in another window is still there.
#[delete("/conversations/<id>/presence?<visit>", data = "<_form>")]
pub async fn leave_conversation(
    viewer: May<Conversations>,
    room: Room,
    id: i64,
    visit: Option<&str>,
    _form: Posted<Bare>,
) -> Answer<Reply> {
    let (asker, visit) = (viewer.0.clone(), visit_of(visit));
    room.db.read(move |connection| show::get(connection, &asker, id)).await?;
    room.leaves(id, &viewer.0, &visit);
    Ok(Reply::Nothing)
}

#[get("/conversations/<id>/presence?<visit>")]
pub async fn refetch_presence(viewer: May<Conversations>, cx: Cx, room: Room, id: i64, visit: Option<&str>) -> Page {
    let (viewer, asker, visit) = (viewer.0.clone(), viewer.0.clone(), visit_of(visit));
    room.db.read(move |connection| show::get(connection, &asker, id)).await?;
    let others = room.looks(id, &viewer, &visit);
    Ok(Html::render(&PresenceBlock::new(cx, id, &others))?)
}
