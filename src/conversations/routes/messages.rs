//! The messages of a conversation: reading on, writing, sending again.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, get, post};

use super::super::model::Scope;
use super::super::store::{participants, sending, show, writing};
use super::super::views::{Again, AudienceBlock, ComposerBlock, OlderBlock, SentBlock, TimelineBlock, Toast};
use super::asked::Asked;
use super::drafts::Draft;
use super::parts::Reader;
use super::room::Room;
use super::show::whole_page;
use super::{joining, mentions};
use crate::auth::{Conversations, May, Viewer};
use crate::db::Db;
use crate::error::{Error, Problems, Result};
use crate::inboxes::Unit;
use crate::web::{Answer, Cx, Html, Htmx, Page, Posted, Reply, Upload, redirect};

/// A form that says all by its address. What it must have is its token, and that was read before it.
#[derive(FromForm)]
pub struct Bare {
    _token: Option<String>,
}

#[get("/conversations/<id>/messages?<asked..>")]
pub async fn refetch_messages(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64, asked: Asked) -> Page {
    Ok(messages(viewer.0.clone(), cx, db, id, asked).await?)
}

/// The block of messages, or the page before it.
pub(super) async fn messages(viewer: Viewer, cx: Cx, db: &Db, id: i64, asked: Asked) -> Result<Html> {
    let read = db.read(move |connection| {
        let conversation = show::get(connection, &viewer, id)?;
        let reader = Reader { connection, cx: &cx, viewer: &viewer };
        let timeline = reader.timeline(&conversation, asked.window(), asked.reach())?;
        match asked.before() {
            Some(_) => Html::render(&OlderBlock { cx, timeline }),
            None => Html::render(&TimelineBlock { cx, timeline }),
        }
    });
    read.await
}

#[post("/conversations/<id>/messages?<asked..>", data = "<form>")]
pub async fn write_message(
    viewer: May<Conversations>,
    cx: Cx,
    room: Room,
    id: i64,
    asked: Asked,
    form: Upload,
) -> Answer<Reply> {
    let (viewer, db, opened) = (viewer.0.clone(), &room.db, id);
    let id = joining::standing(db, &viewer, opened).await?;
    let mut draft = Draft::of(&cx, &viewer.zone, form)?.measured(db).await?;
    mentions::check(&cx, db, (&viewer, id), &mut draft).await?;
    if !draft.is_empty() && draft.typed.error.is_empty() {
        let (writer, sent) = (viewer.clone(), draft.sending());
        match db.write(move |tx| sending::put(tx, &writer, id, &sent)).await {
            Ok(()) if id != opened => return Ok(cx.done(&format!("/conversations/{id}"), "merged-meanwhile")),
            Ok(()) => room.is_done(id, &viewer),
            Err(Error::Invalid(problems)) => {
                draft.typed.error = refusal(&cx, &viewer, db, (id, &draft.written.text), &problems).await?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(written(viewer, cx, db, id, (asked, draft)).await?)
}

/// Why it was refused, in words. A text that is too long is told by how much.
async fn refusal(cx: &Cx, viewer: &Viewer, db: &Db, (id, text): (i64, &str), problems: &Problems) -> Result<String> {
    if problems.of("text") == Some("message-too-long") {
        let viewer = viewer.clone();
        let conversation = db.read(move |connection| show::get(connection, &viewer, id)).await?;
        if let Some(limit) = conversation.text_limit {
            let (n, max) = (conversation.unit.length(text), limit);
            let key = if conversation.unit == Unit::Characters { "composer-over" } else { "composer-over-unit" };
            return Ok(cx.t2(key, ("n", cx.times.number(n as u64)), ("max", cx.times.number(u64::from(max)))));
        }
    }
    Ok(problems.iter().map(|(_, key)| cx.t(key)).collect::<Vec<_>>().join(" "))
}

/// The messages with the new one, or the answer box as it was, with what is wrong.
async fn written(viewer: Viewer, cx: Cx, db: &Db, id: i64, (asked, draft): (Asked, Draft)) -> Result<Reply> {
    match (draft.typed.error.is_empty(), cx.htmx) {
        (false, _) => Ok(Reply::Html(refused(viewer, cx, db, id, (asked, draft)).await?)),
        (true, Htmx::No) => Ok(redirect(&format!("/conversations/{id}"), "")),
        (true, _) if draft.is_empty() => Ok(Reply::Nothing),
        (true, _) => Ok(Reply::Html(sent(viewer, cx, db, id, (asked, draft)).await?)),
    }
}

/// The messages with the new one; beside them the answer box as it is for the next one, where this one was addressed.
async fn sent(viewer: Viewer, cx: Cx, db: &Db, id: i64, (asked, draft): (Asked, Draft)) -> Result<Html> {
    let read = db.read(move |connection| {
        let conversation = show::get(connection, &viewer, id)?;
        let reader = Reader { connection, cx: &cx, viewer: &viewer };
        let timeline = reader.timeline(&conversation, asked.window(), asked.reach())?;
        let reach = asked.reach().unwrap_or_default().address();
        if draft.addressed.recipients.is_none() {
            return Html::render(&TimelineBlock { cx, timeline });
        }
        let composer = reader.composer(&conversation, &<Asked as Default>::default(), reach)?;
        let strip = reader.strip(&conversation)?;
        let again = if draft.addressed.scope == Scope::Forward { Again::Box } else { Again::Audience };
        Html::render(&SentBlock { cx, timeline, composer, strip, again })
    });
    read.await
}

#[get("/conversations/<id>/composer?<asked..>")]
pub async fn refetch_composer(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64, asked: Asked) -> Page {
    let viewer = viewer.0.clone();
    let html = db.read(move |connection| {
        let reader = Reader { connection, cx: &cx, viewer: &viewer };
        let conversation = show::get(connection, &viewer, id)?;
        let reach = asked.reach().unwrap_or_default().address();
        let (strip, composer) = (reader.strip(&conversation)?, reader.composer(&conversation, &asked, reach)?);
        Html::render(&ComposerBlock { cx, strip, composer })
    });
    Ok(html.await?)
}

#[get("/conversations/<id>/audience?<asked..>")]
pub async fn refetch_audience(viewer: May<Conversations>, cx: Cx, db: &State<Db>, id: i64, asked: Asked) -> Page {
    let viewer = viewer.0.clone();
    let html = db.read(move |connection| {
        let reader = Reader { connection, cx: &cx, viewer: &viewer };
        let conversation = show::get(connection, &viewer, id)?;
        let composer = reader.composer(&conversation, &asked, String::new())?;
        Html::render(&AudienceBlock { cx, composer })
    });
    Ok(html.await?)
}

/// Somebody who wrote from an address not known here takes part from now on.
#[post("/messages/<id>/participation?<asked..>", data = "<_form>")]
pub async fn accept_sender(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    asked: Asked,
    _form: Posted<Bare>,
) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    let by = viewer.clone();
    let conversation = db.write(move |tx| participants::accept(tx, &by, id)).await?;
    if cx.htmx == Htmx::No {
        return Ok(redirect(&format!("/conversations/{conversation}"), "sender-accepted"));
    }
    Ok(Reply::Html(messages(viewer, cx, db, conversation, asked).await?))
}

async fn refused(viewer: Viewer, cx: Cx, db: &Db, id: i64, (asked, draft): (Asked, Draft)) -> Result<Html> {
    let read = db.read(move |connection| {
        let asked = asked.with_kind(draft.written.kind).about(draft.addressed.about, draft.addressed.scope);
        let reader = Reader { connection, cx: &cx, viewer: &viewer };
        let conversation = show::get(connection, &viewer, id)?;
        if cx.htmx == Htmx::No {
            let mut work = reader.work(&conversation, &asked, "talk")?;
            work.composer = work.composer.with(draft.typed);
            return whole_page(connection, cx, &viewer, work, &asked);
        }
        let reach = asked.reach().unwrap_or_default().address();
        let strip = reader.strip(&conversation)?;
        let composer = reader.composer(&conversation, &asked, reach)?.with(draft.typed);
        Html::render(&ComposerBlock { cx, strip, composer })
    });
    Ok(read.await?.with_status(Status::UnprocessableEntity))
}

#[post("/messages/<id>/attempts?<asked..>", data = "<_form>")]
pub async fn retry_message(
    viewer: May<Conversations>,
    cx: Cx,
    db: &State<Db>,
    id: i64,
    asked: Asked,
    _form: Posted<Bare>,
) -> Answer<Reply> {
    let (viewer, htmx) = (viewer.0.clone(), cx.htmx);
    let retrier = viewer.clone();
    let conversation = match db.write(move |tx| writing::retry(tx, &retrier, id)).await {
        Ok(conversation) => conversation,
        Err(Error::Conflict(key)) if htmx != Htmx::No => {
            return Ok(Reply::Html(Toast::alone(&cx, key)?));
        }
        Err(error) => return Err(error.into()),
    };
    if htmx == Htmx::No {
        return Ok(redirect(&format!("/conversations/{conversation}"), "retried"));
    }
    Ok(Reply::Html(messages(viewer, cx, db, conversation, asked).await?))
}
