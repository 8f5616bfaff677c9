//! From an answer to mail on its way: composed once, kept, and sent as the same bytes with the same Message-ID on every
//! attempt.

use std::sync::Arc;

use serde::Deserialize;

use super::collect::queue_sent_copy;
use super::receive::reply_key;
use super::{Doors, Mailbox, Outgoing, OutgoingFile, Quoted, Writer, compose};
use crate::accounts;
use crate::blobs;
use crate::clock::{DAY, MINUTE, Millis};
use crate::config::Config;
use crate::conversations::model::{Mailbox as Person, ToDeliver, Way as Leaves, addresses};
use crate::conversations::store::delivery::{self, Start};
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::inboxes::store::{self as inboxes, Way};
use crate::inboxes::{Courier, Inbox, is_broken};
use crate::jobs::{self, Job, Outcome};
use crate::keys::Keys;
use crate::mailer::{Attempt, Envelope, Reason};
use crate::web::Lang;
use crate::web::i18n::args;
use crate::web::times::Times;

/// How long an answer is tried.
const PATIENCE: Millis = 5 * DAY;
/// The pause before the one repetition after a lost answer.
const AFTER_SILENCE: Millis = MINUTE;

/// Delivers answers of e-mail inboxes.
#[derive(Clone)]
pub struct Deliverer {
    pub db: Db,
    pub keys: Keys,
    pub courier: Courier,
    pub config: Arc<Config>,
    pub doors: Doors,
}

#[derive(Deserialize)]
struct Payload {
    message: i64,
}

/// What an attempt means for the message.
struct Verdict {
    state: &'static str,
    reason: Option<Reason>,
    outcome: Outcome,
    resent: bool,
    way_broken: bool,
}

impl Deliverer {
    /// One attempt.
    ///
    /// # Errors
    /// Database errors; the job comes again.
    pub async fn deliver(&self, job: Job) -> Result<Outcome> {
        let message = job.payload::<Payload>()?.message;
        let todo = match self.db.write(move |tx| delivery::begin(tx, message)).await? {
            Start::Go(todo) => *todo,
            Start::Unknown | Start::Nothing => return Ok(Outcome::Done),
        };
        let inbox = todo.inbox;
        let inbox = self.db.read(move |connection| inboxes::get(connection, inbox)).await?;
        let attempt = match self.bytes(&todo, &inbox).await? {
            Err(reason) => Attempt::Refused(reason),
            Ok(raw) => self.hand_over(&todo, &inbox, &raw).await?,
        };
        self.settle(&job, &todo, attempt, inbox).await
    }

    async fn hand_over(&self, todo: &ToDeliver, inbox: &Inbox, raw: &[u8]) -> Result<Attempt> {
        let clock = self.db.clock();
        if let Some(reason) = self.doors.closed(inbox, clock.now()) {
            return Ok(Attempt::Later(reason));
        }
        let attempt = self.courier.deliver(inbox, &envelope(todo, inbox), raw).await?;
        self.doors.note(inbox, &attempt, clock.now());
        Ok(attempt)
    }

    /// The message as bytes: kept from an earlier attempt, or composed now and kept.
    async fn bytes(&self, todo: &ToDeliver, inbox: &Inbox) -> Result<Result<Vec<u8>, Reason>> {
        if let Some(raw) = todo.raw {
            return Ok(Ok(self.db.read(move |connection| blobs::read(connection, raw)).await?));
        }
        let key = reply_key(&self.keys)?;
        let domain = inbox.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
        let id = key.message_id(domain).map_err(Error::internal)?;
        let reply_to = key.reply_address(&inbox.address, todo.conversation).ok();
        let lang = self.language(todo, inbox).await?;
        let draft = self.draft(todo, inbox, id.clone(), reply_to, lang);
        let files = todo.attachments.clone();
        let composed = self
            .db
            .read(move |connection| {
                let attachments = files.into_iter().map(|file| {
                    let bytes = blobs::read(connection, file.blob)?;
                    Ok(OutgoingFile { name: file.name, mime: file.mime, bytes })
                });
                let attachments = attachments.collect::<Result<Vec<_>>>()?;
                Ok(compose(&Outgoing { attachments, ..draft }))
            })
            .await?;
        let raw = match composed {
            Ok(raw) => raw,
            Err(error) => return Ok(Err(Reason::new("delivery-built", error))),
        };
        let blob = blobs::store(&self.db, &raw).await?;
        let message = todo.message;
        self.db.write(move |tx| delivery::keep(tx, message, &id, blob.id)).await?;
        Ok(Ok(raw))
    }

    /// Of the words that are ours: the contact's, else the inbox's, else the workspace's.
    async fn language(&self, todo: &ToDeliver, inbox: &Inbox) -> Result<Lang> {
        let house = self.db.read(accounts::workspace).await?.map(|workspace| workspace.language);
        let wanted = [&todo.language, &inbox.mail.answering.language, &house, &Some(self.config.language.clone())];
        Ok(wanted.into_iter().flatten().find_map(|language| Lang::parse(language)).unwrap_or(Lang::PtBr))
    }

    fn draft(
        &self,
        todo: &ToDeliver,
        inbox: &Inbox,
        message_id: String,
        reply_to: Option<String>,
        lang: Lang,
    ) -> Outgoing {
        let answers = todo.answers.as_ref();
        // For whom it goes on to it is the first mail of all.
        let thread = answers.filter(|_| todo.way != Leaves::Forward);
        Outgoing {
            from: Mailbox { name: from_name(todo, inbox), address: inbox.address.clone() },
            to: todo.recipients.to.iter().map(mailbox).collect(),
            cc: todo.recipients.cc.iter().map(mailbox).collect(),
            reply_to,
            message_id,
            in_reply_to: thread.and_then(|answers| answers.external_id.clone()),
            references: thread.map(|answers| answers.references.clone()).unwrap_or_default(),
            subject: todo.subject.clone(),
            sent_at_ms: todo.created_at,
            outlook_index: None,
            outlook_topic: None,
            writer: if todo.way == Leaves::Automatic { Writer::Automatic } else { Writer::Person },
            text: self.text(todo, lang),
            quoted: answers.filter(|_| todo.way == Leaves::Reply).map(|answers| self.quoted(answers, lang)),
            attachments: Vec::new(),
        }
    }

    /// What was written, the signature, and for a mail that goes on all of that mail.
    fn text(&self, todo: &ToDeliver, lang: Lang) -> String {
        let mut text = todo.text.trim_end().to_owned();
        if !todo.signature.is_empty() {
            text = [&text, "\n\n-- \n", &todo.signature].concat();
        }
        match &todo.answers {
            Some(original) if todo.way == Leaves::Forward => {
                let times = Times::new(lang, &self.config.zone, original.written_at);
                let date = times.full(original.written_at);
                let list =
                    |mailboxes: &[Person]| mailboxes.iter().map(addresses::written).collect::<Vec<_>>().join(", ");
                let values = args([
                    ("from", addresses::written(&original.sender)),
                    ("date", date),
                    ("subject", original.subject.clone()),
                    ("to", list(&original.recipients.to)),
                ]);
                let head = lang.with("mail-forwarded", &values);
                [text.trim_start(), "\n\n", &head, "\n\n", &original.text].concat().trim_start().to_owned()
            }
            _ => text,
        }
    }

    /// "Em 20 de novembro de 2026, 10:42, Helena escreveu:" in the reader's language.
    fn quoted(&self, answers: &crate::conversations::model::Answered, lang: Lang) -> Quoted {
        let times = Times::new(lang, &self.config.zone, answers.written_at);
        let name = if answers.sender.name.is_empty() { &answers.sender.address } else { &answers.sender.name };
        let values = args([("date", times.full(answers.written_at)), ("name", name.clone())]);
        Quoted { introduction: lang.with("mail-quote-line", &values), text: answers.text.clone() }
    }

    /// Writes what became of it, together with the job's end, so that neither stands without the other.
    async fn settle(&self, job: &Job, todo: &ToDeliver, attempt: Attempt, from: Inbox) -> Result<Outcome> {
        let now = self.db.clock().now();
        let verdict = judge(job, todo, attempt, now);
        let (claim, message, inbox) = (job.claim(), todo.message, todo.inbox);
        self.db
            .write(move |tx| {
                if verdict.resent {
                    delivery::mark_resent(tx, message)?;
                }
                let reason = verdict.reason.as_ref().map(|reason| (reason.key, reason.detail.as_str()));
                delivery::set(tx, message, verdict.state, reason)?;
                match (verdict.state, &verdict.reason) {
                    ("sent", _) => {
                        inboxes::touch(tx, inbox, Way::Out, tx.now())?;
                        queue_sent_copy(tx, &from, message)?;
                    }
                    (_, Some(reason)) if verdict.way_broken => {
                        inboxes::set_problem(tx, inbox, Way::Out, reason.key, &reason.detail)?;
                    }
                    _ => {}
                }
                jobs::settle(tx, claim, &verdict.outcome)?;
                Ok(verdict.outcome)
            })
            .await
    }
}

fn judge(job: &Job, todo: &ToDeliver, attempt: Attempt, now: Millis) -> Verdict {
    let verdict = |state, reason, outcome| Verdict { state, reason, outcome, resent: false, way_broken: false };
    match attempt {
        Attempt::Sent => verdict("sent", None, Outcome::Done),
        Attempt::Refused(reason) => {
            let way_broken = reason.key == "delivery-no-way";
            Verdict { way_broken, ..verdict("failed", Some(reason), Outcome::Done) }
        }
        Attempt::Later(reason) if now - job.created_at > PATIENCE => {
            let reason = Reason { key: "delivery-too-long-tried", ..reason };
            verdict("failed", Some(reason), Outcome::Done)
        }
        Attempt::Later(reason) => {
            let way_broken = is_broken(reason.key);
            let outcome = Outcome::Later(now + jobs::backoff(job.attempt, job.id), reason.detail.clone());
            Verdict { way_broken, ..verdict("queued", Some(reason), outcome) }
        }
        Attempt::Unsure(reason) if todo.resent => verdict("uncertain", Some(reason), Outcome::Done),
        Attempt::Unsure(reason) => {
            let outcome = Outcome::Later(now + AFTER_SILENCE, reason.detail.clone());
            Verdict { resent: true, ..verdict("queued", Some(reason), outcome) }
        }
    }
}

fn from_name(todo: &ToDeliver, inbox: &Inbox) -> String {
    if todo.sender_name.is_empty() { inbox.name.clone() } else { todo.sender_name.clone() }
}

fn mailbox(person: &Person) -> Mailbox {
    Mailbox { name: person.name.clone(), address: person.address.clone() }
}

fn envelope(todo: &ToDeliver, inbox: &Inbox) -> Envelope {
    Envelope { from: inbox.address.clone(), to: delivery::envelope(&todo.recipients) }
}

/// Whether there is mail that waits, for `recado check`.
///
/// # Errors
/// Database errors.
pub fn waiting(connection: &Connection) -> Result<i64> {
    Ok(connection.query_row("SELECT count(*) FROM job WHERE kind = 'deliver'", [], |row| row.get(0))?)
}
