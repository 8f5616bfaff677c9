//! HTTP of the customers' page.

use std::cmp::Reverse;

use rocket::http::Status;
use rocket::{Route, State, get, post, routes};

use super::store::{everybody, written_by};
use super::views::{Letter, LettersBlock, MailboxPage};
use super::{Mailbox, bounce, letter};
use crate::auth::Public;
use crate::blobs;
use crate::channels::email::{Mail, Mailbox as Address, Outgoing, OutgoingFile, Quoted, Writer, compose, split};
use crate::error::{Error, Result};
use crate::inboxes::{self, Inbox};
use crate::keys;
use crate::web::i18n::args;
use crate::web::{Answer, Cx, Html, Page, Reply, Upload, redirect};

pub(super) fn all() -> Vec<Route> {
    routes![mailbox, letters, write]
}

#[get("/demo/mailbox?<as_>&<letter>")]
async fn mailbox(
    _public: Public,
    cx: Cx,
    mailbox: &State<Mailbox>,
    as_: Option<String>,
    letter: Option<usize>,
) -> Page {
    let (people, inboxes) = mailbox.intake.db.read(everybody).await?;
    let chosen = as_.or_else(|| people.first().map(|person| person.address.clone())).unwrap_or_default();
    let name = people.iter().find(|person| person.address == chosen).map_or("", |person| &person.name).to_owned();
    let letters = shown(&cx, mailbox, &chosen).await?;
    let answering = letter.and_then(|place| Some((place, mailbox.letter(place)?.subject)));
    Ok(Html::render(&MailboxPage { cx, people, inboxes, letters, chosen, name, answering })?)
}

#[get("/demo/letters?<as_>")]
async fn letters(_public: Public, cx: Cx, mailbox: &State<Mailbox>, as_: &str) -> Page {
    let letters = shown(&cx, mailbox, as_).await?;
    Ok(Html::render(&LettersBlock { cx, letters, chosen: as_.to_owned() })?)
}

/// Writes as a customer: a new mail, an answer to `letter`, an automatic answer to it, or its return.
#[post("/demo/mailbox", data = "<form>")]
async fn write(_public: Public, cx: Cx, form: Upload, mailbox: &State<Mailbox>) -> Answer<Reply> {
    let me = Address { name: form.field("name").trim().to_owned(), address: form.field("as").trim().to_lowercase() };
    let answered = form.field("letter").parse().ok().and_then(|place| mailbox.letter(place));
    let name = answered.as_ref().map_or(form.field("inbox"), |mail| &mail.from.address).to_owned();
    let found = mailbox.intake.db.read(move |connection| inboxes::store::find(connection, &name)).await?;
    let inbox = found.ok_or(Error::NotFound)?;
    let raw = match form.field("way") {
        "bounce" => bounce(answered.and_then(|mail| mail.message_id).as_deref().unwrap_or_default(), &me.address),
        way => {
            let files = files(mailbox, &form).await?;
            let away = if way == "away" { Some(cx.t("demo-away-text")) } else { None };
            let mail = mail(&cx, &form, &me, &inbox, answered.as_ref(), away)?;
            let sent_at_ms = mailbox.intake.db.clock().now();
            let composed = compose(&Outgoing { attachments: files, sent_at_ms, ..mail });
            composed.map_err(|_| crate::web::Failure::status(Status::UnprocessableEntity, "demo-mail-wrong"))?
        }
    };
    mailbox.intake.receive(&inbox, raw).await?;
    let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("as_", &me.address).finish();
    Ok(redirect(&format!("/demo/mailbox?{query}"), "demo-written"))
}

async fn files(mailbox: &Mailbox, form: &Upload) -> Result<Vec<OutgoingFile>> {
    let mut files = Vec::new();
    for part in form.files.clone() {
        let bytes = mailbox.intake.db.read(move |connection| blobs::read(connection, part.blob.id)).await?;
        files.push(OutgoingFile { name: part.name, mime: part.mime, bytes });
    }
    Ok(files)
}

fn mail(
    cx: &Cx,
    form: &Upload,
    me: &Address,
    inbox: &Inbox,
    answered: Option<&Mail>,
    away: Option<String>,
) -> Result<Outgoing> {
    let domain = me.address.rsplit_once('@').map_or("example.com", |(_, domain)| domain);
    let writer = if away.is_some() { Writer::Automatic } else { Writer::Person };
    let text = away.unwrap_or_else(|| form.field("text").to_owned());
    let to = answered.and_then(|mail| mail.reply_to.first()).map_or(inbox.address.clone(), |to| to.address.clone());
    let references = answered.map(|mail| mail.references.iter().chain(&mail.message_id).cloned().collect());
    let subject = answered.map_or(form.field("subject"), |mail| &mail.subject).to_owned();
    Ok(Outgoing {
        from: me.clone(),
        to: vec![Address { name: String::new(), address: to }],
        message_id: format!("{}@{domain}", keys::random_text::<10>()?),
        in_reply_to: answered.and_then(|mail| mail.message_id.clone()),
        references: references.unwrap_or_default(),
        subject,
        writer,
        quoted: answered.map(|mail| Quoted { introduction: introduction(cx, mail), text: mail.text.clone() }),
        ..letter(&text)
    })
}

/// The line above what is quoted, with the date, by which mail programs know it.
fn introduction(cx: &Cx, mail: &Mail) -> String {
    let date = cx.times.full(mail.sent_at_ms.unwrap_or_default());
    cx.with("mail-quote-line", &args([("date", date), ("name", mail.from.name.clone())]))
}

/// What a customer received and wrote, newest first.
async fn shown(cx: &Cx, mailbox: &Mailbox, address: &str) -> Result<Vec<Letter>> {
    let own = address.to_owned();
    let mut letters = mailbox.intake.db.read(move |connection| written_by(connection, &own)).await?;
    for letter in &mut letters {
        letter.from = cx.t("demo-wrote");
    }
    letters.extend(mailbox.letters_to(address).into_iter().map(|(place, mail)| Letter {
        id: place.to_string(),
        answers: Some(place),
        text: split(&mail.text).visible,
        files: mail.attachments.iter().map(|file| file.name.clone()).collect(),
        at: mail.sent_at_ms.unwrap_or_default(),
        from: if mail.from.name.is_empty() { mail.from.address } else { mail.from.name },
        subject: mail.subject,
    }));
    letters.sort_by_key(|letter| Reverse(letter.at));
    Ok(letters)
}
