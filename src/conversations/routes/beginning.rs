//! A conversation that we begin: with a contact, or with an address that is typed.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, get, post};

use super::super::model::{Addressed, Mailbox, Recipients, addresses};
use super::super::store::beginning::{self, Beginning};
use super::super::store::sending::{self, Sending};
use super::super::views::{BeginPage, Begun};
use super::drafts::Draft;
use crate::auth::{Conversations, May, Right, Viewer};
use crate::contacts;
use crate::db::{Connection, Db};
use crate::error::{Error, Problems, Result};
use crate::keys;
use crate::web::{Answer, Cx, Html, Page, Reply, Upload, redirect};

/// Contacts that a search shows.
const FOUND: u32 = 10;
/// Longest search for a contact, as everywhere, in Unicode scalar values.
const QUERY: usize = 200;
/// Longest address that the page opens with.
const TO: usize = 320;

/// What the address of the page asks for.
#[derive(FromForm, Default)]
pub struct Wanted {
    /// A contact.
    contact: Option<i64>,
    /// A part of a name or an address.
    q: Option<String>,
    /// An address that nobody has yet.
    to: Option<String>,
}

#[get("/conversations/new?<wanted..>")]
pub async fn new_conversation(viewer: May<Conversations>, cx: Cx, db: &State<Db>, wanted: Wanted) -> Page {
    let viewer = viewer.0.clone();
    let html = db.read(move |connection| {
        let client_id = keys::random_text::<16>()?;
        let to = wanted.to.as_deref().map_or_else(String::new, |to| to.trim().chars().take(TO).collect());
        let mut begun = Begun {
            query: wanted.q.as_deref().unwrap_or_default().chars().take(QUERY).collect(),
            to,
            client_id,
            ..Begun::default()
        };
        if let Some(contact) = wanted.contact.filter(|_| viewer.may(Right::Contacts)) {
            let contact = contacts::get(connection, contact)?;
            let address = contact.points.iter().find(|(kind, _)| kind == "email").map(|(_, value)| value.clone());
            begun.to = address.map_or_else(String::new, |address| {
                addresses::written(&Mailbox { name: contact.name.clone(), address })
            });
        }
        page(connection, cx, &viewer, begun, Problems::default())
    });
    Ok(html.await?)
}

/// The page with what was typed.
fn page(connection: &Connection, cx: Cx, viewer: &Viewer, begun: Begun, problems: Problems) -> Result<Html> {
    let may_search = viewer.may(Right::Contacts);
    let found = if may_search && !begun.query.trim().is_empty() {
        contacts::listed(connection, &begun.query, FOUND)?
    } else {
        Vec::new()
    };
    let inboxes = beginning::inboxes(connection, viewer)?;
    let status = if problems.is_empty() { Status::Ok } else { Status::UnprocessableEntity };
    Ok(Html::render(&BeginPage::new(cx, begun, (inboxes, found), problems))?.with_status(status))
}

#[post("/conversations", data = "<form>")]
pub async fn begin_conversation(viewer: May<Conversations>, cx: Cx, db: &State<Db>, form: Upload) -> Answer<Reply> {
    let viewer = viewer.0.clone();
    let begun = Begun {
        query: String::new(),
        inbox: form.field("inbox").parse().unwrap_or_default(),
        to: form.field("to").trim().to_owned(),
        subject: form.field("subject").trim().to_owned(),
        text: form.field("text").to_owned(),
        client_id: form.field("client_id").chars().take(64).collect(),
    };
    let draft = Draft::answer(&cx, &viewer.zone, form)?.measured(db).await?;
    let mut problems = Problems::default();
    let people = match addresses::read([begun.to.as_str()]) {
        Ok(people) if !people.is_empty() => people,
        _ => {
            problems.add("to", "begin-to-wrong");
            Vec::new()
        }
    };
    if begun.subject.chars().count() > 200 {
        problems.add("subject", "begin-subject-long");
    }
    if !draft.typed.error.is_empty() {
        problems.add("text", "begin-file-too-large");
    }
    let begun_now = if problems.is_empty() {
        begin(db, &viewer, &begun, (people, draft.sending())).await
    } else {
        Err(Error::Invalid(problems))
    };
    match begun_now {
        Ok(conversation) => Ok(redirect(&format!("/conversations/{conversation}"), "")),
        Err(Error::Invalid(problems)) => {
            let read = db.read(move |connection| page(connection, cx, &viewer, begun, problems));
            Ok(Reply::Html(read.await?))
        }
        Err(error) => Err(error.into()),
    }
}

/// The conversation and its first message in one write: neither stands without the other.
async fn begin(db: &Db, viewer: &Viewer, begun: &Begun, (people, draft): (Vec<Mailbox>, Sending)) -> Result<i64> {
    let (by, first) = (viewer.clone(), people.first().cloned().unwrap_or_default());
    let beginning = Beginning {
        inbox: begun.inbox,
        name: first.name,
        address: first.address,
        subject: begun.subject.clone(),
        client_id: draft.written.client_id.clone().unwrap_or_default(),
    };
    let recipients = Recipients { to: people, ..Recipients::default() };
    let sending = Sending { addressed: Addressed { recipients: Some(recipients), ..Addressed::default() }, ..draft };
    db.write(move |tx| {
        let conversation = beginning::begin(tx, &by, &beginning)?;
        sending::put(tx, &by, conversation, &sending)?;
        Ok(conversation)
    })
    .await
}
