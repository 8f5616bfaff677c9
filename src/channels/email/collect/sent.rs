//! A copy of each answer in the mailbox's folder of sent mail, so that who looks there sees the whole conversation. It is a
//! job of its own: whether it succeeds changes nothing for the answer.

use serde::{Deserialize, Serialize};

use super::cursor::{self, Side};
use crate::blobs;
use crate::channels::email::sign_in_of;
use crate::clock::DAY;
use crate::db::{Connection, Db, Tx};
use crate::error::Result;
use crate::imap::{self, Dialer, Folder, Mode, Server, Session, Trouble};
use crate::inboxes::store as inboxes;
use crate::inboxes::{Credentials, Inbox, OwnMailbox, SentCopy};
use crate::jobs::{self, Job, NewJob, Outcome};
use crate::mailer::Reason;

/// The kind of these jobs.
pub const SENT_COPY: &str = "sent_copy";
/// What the folder is called where there is none.
const SENT: &str = "Sent";

#[derive(Serialize, Deserialize)]
struct Payload {
    message: i64,
}

/// Queues the copy in the transaction that notes the answer as sent.
///
/// # Errors
/// Database errors.
pub fn queue(tx: &Tx<'_>, inbox: &Inbox, message: i64) -> Result<()> {
    let wanted = inbox.mail.imap.as_ref().is_some_and(|mailbox| mailbox.sent == SentCopy::Append);
    if !wanted {
        return Ok(());
    }
    let (key, lane) = (format!("sent-copy/{message}"), format!("sent-copy/inbox/{}", inbox.id));
    let payload = Payload { message };
    let job = NewJob { kind: SENT_COPY, key: Some(&key), lane: Some(&lane), payload: &payload, run_at: tx.now() };
    jobs::enqueue(tx, &job)
}

/// Makes the copies.
#[derive(Clone)]
pub struct SentCopier {
    pub db: Db,
    pub credentials: Credentials,
    pub dialer: Dialer,
}

/// An answer that left.
struct Letter {
    inbox: Inbox,
    message_id: String,
    raw: Vec<u8>,
}

impl SentCopier {
    /// One attempt.
    ///
    /// # Errors
    /// Database errors; the job comes again.
    pub async fn copy(&self, job: Job) -> Result<Outcome> {
        let message = job.payload::<Payload>()?.message;
        let Some(letter) = self.db.read(move |connection| letter(connection, message)).await? else {
            return Ok(Outcome::Done);
        };
        let Some(mailbox) = letter.inbox.mail.imap.clone().filter(|mailbox| mailbox.sent == SentCopy::Append) else {
            return Ok(Outcome::Done);
        };
        let inbox = letter.inbox.id;
        let (problem, outcome) = match self.put(&letter, &mailbox).await? {
            Ok(()) => (None, Outcome::Done),
            Err(reason) => {
                let now = self.db.clock().now();
                let why = format!("{}: {}", reason.key, reason.detail);
                let outcome = if now - job.created_at > DAY {
                    Outcome::Dead(why)
                } else {
                    Outcome::Later(now + jobs::backoff(job.attempt, job.id), why)
                };
                (Some("imap-sent-failed"), outcome)
            }
        };
        self.db.write(move |tx| cursor::note(tx, inbox, Side::Sent, problem)).await?;
        Ok(outcome)
    }

    async fn put(&self, letter: &Letter, mailbox: &OwnMailbox) -> Result<Result<(), Reason>> {
        Ok(match sign_in_of(&self.credentials, &letter.inbox, mailbox).await? {
            Ok(server) => self.put_at(&server, letter).await,
            Err(reason) => Err(reason),
        })
    }

    async fn put_at(&self, server: &Server, letter: &Letter) -> Result<(), Reason> {
        let mut session = Session::open(server, &self.dialer).await?;
        let put = append_once(&mut session, letter).await;
        session.close().await;
        put.map_err(|trouble| trouble.reason("imap-sent-failed"))
    }
}

/// Looks first: the provider may have done it, or an attempt before whose answer was lost.
async fn append_once(session: &mut Session, letter: &Letter) -> Result<(), Trouble> {
    let folders = session.folders().await?;
    let raw_name = match imap::sent(&folders) {
        Some(folder) => folder.raw.clone(),
        None => make(session, &folders).await?,
    };
    session.enter_raw(&raw_name, Mode::Look).await?;
    if session.holds(&letter.message_id).await? {
        return Ok(());
    }
    session.append(&raw_name, letter.raw.clone()).await
}

/// Makes the folder. Some servers keep every folder inside INBOX and refuse others.
async fn make(session: &mut Session, folders: &[Folder]) -> Result<String, Trouble> {
    let inbox = folders.iter().find(|folder| folder.name.eq_ignore_ascii_case("INBOX"));
    let inside = inbox.and_then(|inbox| inbox.delimiter).map(|delimiter| format!("INBOX{delimiter}{SENT}"));
    match (session.create(SENT).await, inside) {
        (Err(Trouble::No { .. }), Some(inside)) => session.create(&inside).await.map(|()| inside),
        (created, _) => created.map(|()| SENT.to_owned()),
    }
}

fn letter(connection: &Connection, message: i64) -> Result<Option<Letter>> {
    use rusqlite::OptionalExtension;
    let found: Option<(i64, Option<String>, Option<i64>)> = connection
        .prepare_cached("SELECT inbox_id, external_id, raw_id FROM message WHERE id = ?1 AND kind = 'outgoing'")?
        .query_row([message], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((inbox, Some(message_id), Some(raw))) = found else { return Ok(None) };
    let inbox = inboxes::get(connection, inbox)?;
    Ok(Some(Letter { inbox, message_id, raw: blobs::read(connection, raw)? }))
}
