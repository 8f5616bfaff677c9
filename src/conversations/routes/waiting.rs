//! Answers that wait: taken back, given up, or sent without waiting on.

use rocket::form::FromForm;
use rocket::{delete, post};

use super::super::model::{MessageKind, Scope, Slot, Withdrawn};
use super::super::store::{show, waiting};
use super::super::views::{Again, Focus, SentBlock, Toast};
use super::asked::Asked;
use super::parts::Reader;
use super::room::Room;
use crate::auth::{Conversations, May, Viewer};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::web::{Answer, Cx, Html, Htmx, Posted, Reply, redirect};

/// Which of those that wait in a conversation.
#[derive(FromForm)]
pub struct Which {
    #[field(default = 0)]
    answer: i64,
}

/// What became of it: where the answer box opens, if it does.
type Done = Result<Option<Withdrawn>>;

/// Back into the answer box of whoever takes it back.
#[delete("/conversations/<id>/waiting?<asked..>", data = "<form>")]
pub async fn take_back(
    viewer: May<Conversations>,
    cx: Cx,
    room: Room,
    id: i64,
    asked: Asked,
    form: Posted<Which>,
) -> Answer<Reply> {
    let (viewer, answer) = (viewer.0.clone(), form.0.answer);
    let by = viewer.clone();
    let done: Done = room.db.write(move |tx| waiting::take_back(tx, &by, id, answer).map(Some)).await;
    Ok(answered(viewer, cx, &room.db, id, (asked, done, "taken-back")).await?)
}

/// It leaves at no time; the text stays a draft of who wrote it.
#[delete("/conversations/<id>/departure?<asked..>", data = "<form>")]
pub async fn cancel_departure(
    viewer: May<Conversations>,
    cx: Cx,
    room: Room,
    id: i64,
    asked: Asked,
    form: Posted<Which>,
) -> Answer<Reply> {
    let (viewer, answer) = (viewer.0.clone(), form.0.answer);
    let by = viewer.clone();
    let done: Done = room.db.write(move |tx| waiting::cancel(tx, &by, id, answer).map(|()| None)).await;
    Ok(answered(viewer, cx, &room.db, id, (asked, done, "departure-canceled")).await?)
}

#[post("/conversations/<id>/departure?<asked..>", data = "<form>")]
pub async fn depart_now(
    viewer: May<Conversations>,
    cx: Cx,
    room: Room,
    id: i64,
    asked: Asked,
    form: Posted<Which>,
) -> Answer<Reply> {
    let (viewer, answer) = (viewer.0.clone(), form.0.answer);
    let by = viewer.clone();
    let done: Done = room.db.write(move |tx| waiting::send_now(tx, &by, id, answer).map(|()| None)).await;
    Ok(answered(viewer, cx, &room.db, id, (asked, done, "departed")).await?)
}

/// The messages and the answer box as they are now, or who was first.
async fn answered(
    viewer: Viewer,
    cx: Cx,
    db: &Db,
    id: i64,
    (asked, done, said): (Asked, Done, &'static str),
) -> Result<Reply> {
    let opened = match done {
        Ok(opened) => opened,
        Err(Error::Conflict(key)) if cx.htmx != Htmx::No => {
            return Ok(Reply::Html(Toast::alone(&cx, key)?));
        }
        Err(error) => return Err(error),
    };
    if cx.htmx == Htmx::No {
        let query = match &opened {
            Some(Withdrawn { slot: Slot::Forward(about), .. }) => format!("?answer={about}&scope=forward"),
            _ => String::new(),
        };
        return Ok(redirect(&format!("/conversations/{id}{query}"), said));
    }
    let read = db.read(move |connection| {
        let conversation = show::get(connection, &viewer, id)?;
        let reader = Reader { connection, cx: &cx, viewer: &viewer };
        let timeline = reader.timeline(&conversation, asked.window(), asked.reach())?;
        let reach = asked.reach().unwrap_or_default().address();
        let box_asked = match opened {
            Some(Withdrawn { slot: Slot::Forward(about), .. }) => {
                <Asked as Default>::default().about(Some(about), Scope::Forward)
            }
            _ => <Asked as Default>::default().with_kind(MessageKind::Outgoing),
        };
        let (mut composer, strip) = (reader.composer(&conversation, &box_asked, reach)?, reader.strip(&conversation)?);
        if let Some(withdrawn) = opened {
            composer.focus = Focus::Comes;
            composer.at = withdrawn.leaves_at.map_or(composer.at, |at| cx.times.field(at));
        }
        let toast = Html::render(&Toast::said(cx.t(said)))?;
        let sent = SentBlock { cx, timeline, composer, strip, again: Again::Box };
        Ok(Html::render(&sent)?.followed_by(&toast))
    });
    Ok(Reply::Html(read.await?))
}
