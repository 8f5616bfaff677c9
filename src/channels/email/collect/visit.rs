//! The life of one inbox's task: connect, take what is new, wait for more, and after a failure come back, later each time.

use std::convert::Infallible;

use super::cursor::{self, Cursor};
use super::take::{Round, Stumble};
use super::{Collector, plan};
use crate::clock::{MINUTE, Millis, SECOND};
use crate::error::{Error, Result};
use crate::imap::{Mode, Session, Trouble};
use crate::inboxes::store::{self as inboxes, Way};
use crate::inboxes::{AfterReading, Inbox, OwnMailbox};
use crate::keys;
use crate::mailer::Reason;

use super::super::sign_in_of;

/// IDLE is begun anew after this time, with a look at the folder: a dead connection is noticed then, and a server that
/// forgot to tell is asked. Servers end a connection after 29 minutes.
const RENEW: Millis = 5 * MINUTE;
/// How often the folder is looked at where the server cannot tell.
const POLL: Millis = MINUTE;
/// The longest pause after failures.
const LONGEST: Millis = 5 * MINUTE;
/// Failures in a row after which a mailbox that worked counts as lost. A server that restarts is no news.
const TOLERATED: u32 = 2;

/// Why a visit ended.
pub(super) enum Fault {
    /// The server, or what it was told.
    Mailbox(Reason),
    /// Our own side.
    Own(Error),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Own(error)
    }
}

impl From<Reason> for Fault {
    fn from(reason: Reason) -> Self {
        Self::Mailbox(reason)
    }
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        Self::Mailbox(trouble.reason("imap-unavailable"))
    }
}

/// What the visits of one inbox know of each other.
#[derive(Default)]
pub(super) struct Memory {
    failures: u32,
    has_worked: bool,
    pub(super) stumble: Stumble,
}

/// Fetches for one inbox until it is aborted.
pub(super) async fn attend(collector: Collector, inbox: i64) {
    let mut memory = Memory::default();
    let clock = collector.intake.db.clock().clone();
    loop {
        let Err(fault) = collector.visit(inbox, &mut memory).await;
        memory.failures += 1;
        if let Err(error) = collector.tell(inbox, &fault, &memory).await {
            tracing::error!(inbox, %error, "what is wrong with a mailbox could not be noted");
        }
        clock.sleep_until(clock.now() + pause(&fault, &memory)).await;
    }
}

/// The pause before the next visit, up to a fifth more or less so that many do not come back at once.
fn pause(fault: &Fault, memory: &Memory) -> Millis {
    let first = match fault {
        Fault::Mailbox(reason) if needs_a_person(reason) => MINUTE,
        _ if memory.failures == 1 && memory.has_worked => SECOND,
        _ => 5 * SECOND,
    };
    let pause = first.saturating_mul(1 << memory.failures.saturating_sub(1).min(10)).min(LONGEST);
    let [chance] = keys::random::<1>().unwrap_or([128]);
    pause + pause * (i64::from(chance) - 128) / 640
}

/// Trying again soon would only lock the account.
fn needs_a_person(reason: &Reason) -> bool {
    matches!(
        reason.key,
        "imap-password" | "imap-token" | "imap-no-password" | "imap-login-disabled" | "imap-certificate"
    )
}

impl Collector {
    /// Notes what is wrong, once it is worth a person's attention.
    async fn tell(&self, inbox: i64, fault: &Fault, memory: &Memory) -> Result<()> {
        let reason = match fault {
            Fault::Own(error) => {
                tracing::warn!(inbox, %error, "fetched mail could not be stored; it is fetched again");
                return Ok(());
            }
            Fault::Mailbox(reason) => reason.clone(),
        };
        tracing::info!(inbox, key = reason.key, failures = memory.failures, "a mailbox cannot be read");
        if memory.has_worked && memory.failures <= TOLERATED && !needs_a_person(&reason) {
            return Ok(());
        }
        let db = &self.intake.db;
        db.write(move |tx| inboxes::set_problem(tx, inbox, Way::In, reason.key, &reason.detail)).await
    }

    /// One connection, from sign-in to its end.
    async fn visit(&self, id: i64, memory: &mut Memory) -> Result<Infallible, Fault> {
        let db = &self.intake.db;
        let inbox = db.read(move |connection| inboxes::get(connection, id)).await?;
        let Some(mailbox) = inbox.mail.imap.clone() else {
            return Err(Fault::Own(Error::internal("the inbox has no mailbox any more")));
        };
        let server = sign_in_of(&self.credentials, &inbox, &mailbox).await??;
        let mut session = Session::open(&server, &self.dialer).await?;
        let cursor = self.enter(&mut session, &inbox, &mailbox).await?;
        let mut round = Round::new(self, inbox, mailbox, cursor);
        let mut idles = session.can("IDLE");
        loop {
            round.take(&mut session, &mut memory.stumble).await?;
            round.settle(&mut session).await?;
            self.works(&mut round, memory).await?;
            self.wait(&mut session, &mut idles).await?;
        }
    }

    /// Opens the folder and finds the place in it.
    async fn enter(&self, session: &mut Session, inbox: &Inbox, mailbox: &OwnMailbox) -> Result<Cursor, Fault> {
        let mode = if mailbox.after == AfterReading::Leave { Mode::Look } else { Mode::Change };
        let opened = session.enter(&mailbox.folder, mode).await.map_err(|trouble| match &trouble {
            Trouble::No { code, .. } if ["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG"].contains(&code.as_str()) => {
                trouble.reason("imap-unavailable")
            }
            _ => trouble.reason("imap-no-folder"),
        })?;
        let (id, folder, history) = (inbox.id, mailbox.folder.clone(), mailbox.history);
        let leaves = mode == Mode::Look;
        let found = self.intake.db.write(move |tx| {
            let mut cursor = match cursor::load(tx, id, &folder)? {
                None => plan::first(&opened, history, tx.now()),
                Some(old) if old.validity != opened.validity => plan::renumbered(&old, &opened, history, tx.now()),
                Some(cursor) => cursor,
            };
            if leaves {
                cursor.settled_uid = cursor.last_uid.max(cursor.settled_uid);
            }
            cursor::save(tx, id, &folder, &cursor)?;
            Ok(cursor)
        });
        Ok(found.await?)
    }

    /// Everything that was there is in.
    async fn works(&self, round: &mut Round<'_>, memory: &mut Memory) -> Result<()> {
        let now = self.intake.db.clock().now();
        let first = memory.failures > 0 || !memory.has_worked;
        (memory.failures, memory.has_worked) = (0, true);
        if !first && round.cursor.checked_at.is_some_and(|at| (at..at + MINUTE).contains(&now)) {
            return Ok(());
        }
        round.cursor.checked_at = Some(now);
        let (id, folder, cursor) = (round.inbox.id, round.mailbox.folder.clone(), round.cursor.clone());
        self.intake
            .db
            .write(move |tx| {
                inboxes::clear_problem(tx, id, Way::In)?;
                cursor::save(tx, id, &folder, &cursor)
            })
            .await
    }

    /// Returns when there may be something new.
    async fn wait(&self, session: &mut Session, idles: &mut bool) -> Result<(), Trouble> {
        if session.has_news() {
            return Ok(());
        }
        let clock = self.intake.db.clock();
        let begun = if *idles { Some(session.idle().await) } else { None };
        match begun {
            Some(Ok(idle)) => {
                let until = clock.now() + RENEW;
                tokio::select! {
                    heard = session.news() => heard?,
                    () = clock.sleep_until(until) => {}
                }
                session.wake(idle).await
            }
            // It said that it can, and cannot.
            Some(Err(trouble)) if trouble.is_answer() => {
                *idles = false;
                Ok(())
            }
            Some(Err(trouble)) => Err(trouble),
            None => {
                clock.sleep_until(clock.now() + POLL).await;
                session.noop().await
            }
        }
    }
}
