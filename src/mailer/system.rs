//! Mail the product itself sends (a link for a new password and the like): built when it is queued, so that every attempt
//! is the same mail with the same Message-ID, and delivered by a job.

use std::time::{Duration, UNIX_EPOCH};

use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{Attempt, Carrier, Envelope};
use crate::clock::{DAY, MINUTE, Millis};
use crate::db::{Connection, Db, Tx};
use crate::error::{Error, Result};
use crate::jobs::{self, Job, NewJob, Outcome};
use crate::keys;

/// The kind of the delivery jobs.
pub const JOB: &str = "system_mail";

/// A mail is tried for so long.
pub const GIVE_UP: Millis = 5 * DAY;

/// A mail to one person, in plain text.
pub struct SystemMail {
    /// An address, or `Name <address>`.
    pub to: String,
    pub subject: String,
    /// Lines end with `\n`.
    pub text: String,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    mail: i64,
}

/// Queues a mail in the transaction of the change it tells of. `from` is an address, or `Name <address>`.
///
/// # Errors
/// When an address is none, or a header would hold a line break.
pub fn queue(tx: &Tx<'_>, mail: &SystemMail, from: &str) -> Result<()> {
    queue_answerable(tx, mail, from, None)
}

/// The same; answers to it go to `reply_to`, an address.
///
/// # Errors
/// As [`queue`].
pub fn queue_answerable(tx: &Tx<'_>, mail: &SystemMail, from: &str, reply_to: Option<&str>) -> Result<()> {
    let (from, to) = (mailbox(from)?, mailbox(&mail.to)?);
    let recipient = to.email.to_string();
    let reply_to = reply_to.map(mailbox).transpose()?;
    let raw = build(from, to, mail, reply_to, tx.now())?;
    let id = tx
        .prepare_cached(
            "INSERT INTO system_mail (sender, recipient, raw, state, created_at) VALUES (?1, ?2, ?3, 'queued', ?4)",
        )?
        .insert(params![raw.sender, recipient, raw.bytes, tx.now()])?;
    let payload = Payload { mail: id };
    jobs::enqueue(tx, &NewJob { kind: JOB, key: None, lane: None, payload: &payload, run_at: tx.now() })
}

/// The same mail as bytes, from `name` with `address`, for whoever sends it by another way.
///
/// # Errors
/// As [`queue`].
pub fn letter((name, address): (&str, &str), mail: &SystemMail, now: Millis) -> Result<(Envelope, Vec<u8>)> {
    let name: String = name.chars().filter(|letter| !letter.is_control()).collect();
    let from = Mailbox { name: Some(name), ..mailbox(address)? };
    let to = mailbox(&mail.to)?;
    let recipient = to.email.to_string();
    let raw = build(from, to, mail, None, now)?;
    Ok((Envelope { from: raw.sender, to: vec![recipient] }, raw.bytes))
}

struct Raw {
    sender: String,
    bytes: Vec<u8>,
}

fn mailbox(text: &str) -> Result<Mailbox> {
    let broken = text.contains(['\r', '\n', '\0']);
    let parsed = text.parse::<Mailbox>().ok().filter(|_| !broken);
    parsed.ok_or_else(|| Error::internal("an address of a mail of ours cannot be read"))
}

fn build(from: Mailbox, to: Mailbox, mail: &SystemMail, reply_to: Option<Mailbox>, now: Millis) -> Result<Raw> {
    if mail.subject.contains(['\r', '\n', '\0']) {
        return Err(Error::internal("a subject of a mail of ours has a line break"));
    }
    let sender = from.email.to_string();
    let name = [&keys::random_text::<15>()?, "@", from.email.domain()].concat();
    let date = UNIX_EPOCH + Duration::from_millis(now.max(0).unsigned_abs());
    let mut builder: MessageBuilder = Message::builder().from(from).to(to).subject(mail.subject.as_str()).date(date);
    if let Some(reply_to) = reply_to {
        builder = builder.reply_to(reply_to);
    }
    let mut message = builder
        .message_id(Some(["<", &name, ">"].concat()))
        .header(ContentType::TEXT_PLAIN)
        .body(mail.text.clone())
        .map_err(Error::internal)?;
    // Out-of-office answers to it help nobody (RFC 3834).
    let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    message.headers_mut().insert_raw(automatic);
    Ok(Raw { sender, bytes: message.formatted() })
}

struct Queued {
    envelope: Envelope,
    raw: Vec<u8>,
    created_at: Millis,
    unsure: bool,
}

/// The mail, if it still has to leave.
fn waiting(connection: &Connection, id: i64) -> Result<Option<Queued>> {
    let found = connection
        .prepare_cached(
            "SELECT sender, recipient, raw, created_at, unsure_at IS NOT NULL FROM system_mail
              WHERE id = ?1 AND state IN ('queued', 'sending')",
        )?
        .query_row([id], |row| {
            let envelope = Envelope { from: row.get(0)?, to: vec![row.get(1)?] };
            Ok(Queued { envelope, raw: row.get(2)?, created_at: row.get(3)?, unsure: row.get(4)? })
        })
        .optional()?;
    Ok(found)
}

/// One attempt. A mail that left is never sent again; one whose answer was lost is sent once more at most.
///
/// # Errors
/// Database errors: the job comes again.
pub async fn deliver(db: &Db, carrier: &Carrier, job: Job) -> Result<Outcome> {
    let id = job.payload::<Payload>()?.mail;
    let Some(mail) = db.read(move |connection| waiting(connection, id)).await? else { return Ok(Outcome::Done) };
    let now = db.clock().now();
    let Some(transport) = carrier.transport(None) else {
        let outcome = later(&mail, now, now + 10 * MINUTE, "no mail server is configured".to_owned());
        return note(db, id, Mark::of(&outcome), outcome).await;
    };
    db.write(move |tx| mark(tx, id, Mark::Sending, None)).await?;
    let again = now + jobs::backoff(job.attempt, job.id);
    let (mark, outcome) = match transport.deliver(&mail.envelope, &mail.raw).await {
        Attempt::Sent => (Mark::Sent, Outcome::Done),
        Attempt::Refused(reason) => (Mark::Failed, Outcome::Dead(reason.detail)),
        Attempt::Later(reason) => {
            let outcome = later(&mail, now, again, reason.detail);
            (Mark::of(&outcome), outcome)
        }
        Attempt::Unsure(reason) if mail.unsure => (Mark::Failed, Outcome::Dead(reason.detail)),
        Attempt::Unsure(reason) => (Mark::Unsure, Outcome::Later(again, reason.detail)),
    };
    note(db, id, mark, outcome).await
}

fn later(mail: &Queued, now: Millis, again: Millis, why: String) -> Outcome {
    if now - mail.created_at >= GIVE_UP { Outcome::Dead(why) } else { Outcome::Later(again, why) }
}

/// What becomes of the row.
#[derive(Clone, Copy)]
enum Mark {
    Queued,
    Unsure,
    Sending,
    Sent,
    Failed,
}

impl Mark {
    fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::Sent,
            Outcome::Later(..) => Self::Queued,
            Outcome::Dead(_) => Self::Failed,
        }
    }

    fn state(self) -> &'static str {
        match self {
            Self::Queued | Self::Unsure => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }
}

async fn note(db: &Db, id: i64, to: Mark, outcome: Outcome) -> Result<Outcome> {
    let error = match &outcome {
        Outcome::Done => None,
        Outcome::Later(_, why) | Outcome::Dead(why) => Some(why.clone()),
    };
    db.write(move |tx| mark(tx, id, to, error.as_deref())).await?;
    Ok(outcome)
}

fn mark(tx: &Tx<'_>, id: i64, to: Mark, error: Option<&str>) -> Result<()> {
    tx.prepare_cached(
        "UPDATE system_mail SET state = ?2, error = ?3,
                sent_at = iif(?2 = 'sent', ?4, sent_at), unsure_at = iif(?5, ?4, unsure_at) WHERE id = ?1",
    )?
    .execute(params![id, to.state(), error, tx.now(), matches!(to, Mark::Unsure)])?;
    Ok(())
}
