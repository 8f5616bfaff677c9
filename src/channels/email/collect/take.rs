//! New mails of a folder: listed, fetched in groups of bounded size, stored together with the cursor in one COMMIT.

use std::collections::{BTreeSet, HashMap};
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::Collector;
use super::cursor::{self, Cursor};
use super::plan::{Group, Plan, Wanted};
use super::visit::Fault;
use crate::blobs::Staged;
use crate::channels::email::receive::Ready;
use crate::conversations::model::Arrival;
use crate::error::{Error, Result};
use crate::imap::{Session, Trouble};
use crate::inboxes::{AfterReading, Inbox, OwnMailbox};

/// Groups of mails of before, after which new ones have their turn.
const TURN: u32 = 8;
/// Bytes that the literals of an answer may have beside the mails themselves: sizes are estimates at some servers.
const SLACK: usize = 1024 * 1024;
/// Bytes that are fetched at once of a mail too large to be read whole.
const STRETCH: usize = 1024 * 1024;
/// Refusals after which a mail is shown as one that cannot be fetched.
const MOST_REFUSALS: u32 = 3;
/// Broken connections after which it is.
const MOST_BREAKS: u32 = 10;

/// The mail that something went wrong with, and how often.
#[derive(Debug, Default)]
pub(super) struct Stumble {
    uid: u32,
    refusals: u32,
    breaks: u32,
}

impl Stumble {
    fn note(&mut self, uid: u32, fault: &Fault) {
        if self.uid != uid {
            *self = Self { uid, ..Self::default() };
        }
        match fault {
            Fault::Mailbox(reason) if reason.key == "imap-lost" || reason.key == "imap-no-answer" => self.breaks += 1,
            // A full disk or a busy database is no fault of the mail.
            Fault::Own(Error::Full | Error::Busy | Error::Io(_)) => {}
            _ => self.refusals += 1,
        }
    }

    fn group(&self, next: Option<u32>) -> Group {
        if next == Some(self.uid) && self.refusals + self.breaks > 0 { Group::Alone } else { Group::Usual }
    }

    /// Once refused as a whole, a mail is asked for in stretches.
    fn was_refused(&self, uid: u32) -> bool {
        self.uid == uid && self.refusals > 0
    }

    fn is_too_much(&self, uid: u32) -> bool {
        self.uid == uid && (self.refusals >= MOST_REFUSALS || self.breaks >= MOST_BREAKS)
    }
}

/// What is done in one connection.
pub(super) struct Round<'a> {
    pub(super) collector: &'a Collector,
    pub(super) inbox: Inbox,
    pub(super) mailbox: OwnMailbox,
    pub(super) cursor: Cursor,
    /// Mails behind the cursor that were taken before those in front of them.
    done: BTreeSet<u32>,
}

impl<'a> Round<'a> {
    pub(super) fn new(collector: &'a Collector, inbox: Inbox, mailbox: OwnMailbox, cursor: Cursor) -> Self {
        Self { collector, inbox, mailbox, cursor, done: BTreeSet::new() }
    }

    /// Takes everything that is new.
    pub(super) async fn take(&mut self, session: &mut Session, stumble: &mut Stumble) -> Result<(), Fault> {
        loop {
            let Some(first) = self.cursor.last_uid.checked_add(1) else { return Ok(()) };
            let listed = session.list_from(first).await?;
            let now = self.collector.intake.db.clock().now();
            let mut plan = Plan::of(&listed, &self.cursor, &self.done, now);
            self.cursor.history_total = self.cursor.history_taken.saturating_add(plan.silent());
            let top = plan.finish(std::iter::empty());
            if plan.is_done() {
                return if top > self.cursor.last_uid { Ok(self.move_to(top, 0, Vec::new()).await?) } else { Ok(()) };
            }
            self.work_off(session, &mut plan, stumble).await?;
        }
    }

    /// Ends early when there are new mails while those of before are taken.
    async fn work_off(&mut self, session: &mut Session, plan: &mut Plan, stumble: &mut Stumble) -> Result<(), Fault> {
        let mut turn = 0;
        while let Some(next) = plan.next() {
            let group = plan.group(stumble.group(Some(next)));
            if let Err(fault) = self.take_group(session, plan, &group, stumble).await {
                stumble.note(next, &fault);
                return Err(fault);
            }
            turn += 1;
            if turn % TURN == 0 && !plan.is_done() {
                session.noop().await?;
                if session.has_news() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    async fn take_group(
        &mut self,
        session: &mut Session,
        plan: &mut Plan,
        group: &[Wanted],
        stumble: &Stumble,
    ) -> Result<(), Fault> {
        let ready = match group {
            [one] if stumble.is_too_much(one.uid) => vec![self.give_up(session, one).await?],
            [one] if stumble.was_refused(one.uid) || one.size.is_none_or(|size| size > self.most()) => {
                self.fetch_large(session, one).await?
            }
            _ => self.fetch(session, group).await?,
        };
        let silent = group.iter().filter(|mail| mail.arrival.is_silent()).count();
        self.done.extend(group.iter().map(|mail| mail.uid));
        let top = plan.finish(group.iter().map(|mail| mail.uid));
        Ok(self.move_to(top, silent, ready).await?)
    }

    fn most(&self) -> u64 {
        self.collector.intake.max_bytes as u64
    }

    /// Bodies of a group, read; those that are gone meanwhile are left out.
    async fn fetch(&self, session: &mut Session, group: &[Wanted]) -> Result<Vec<Ready>, Fault> {
        let mut uids: Vec<u32> = group.iter().map(|mail| mail.uid).collect();
        uids.sort_unstable();
        let most = self.collector.intake.max_bytes.saturating_add(SLACK);
        let mut bodies: HashMap<u32, Vec<u8>> = HashMap::new();
        for body in session.bodies(&uids, most).await? {
            bodies.insert(body.uid, body.bytes);
        }
        for uid in uids {
            if !bodies.contains_key(&uid) && session.has(uid).await? {
                return Err(Trouble::Garbage(format!("mail {uid} is there and was not given")).into());
            }
        }
        let mut reading = Vec::new();
        for mail in group {
            if let Some(raw) = bodies.remove(&mail.uid) {
                let (intake, address) = (self.collector.intake.clone(), self.inbox.address.clone());
                reading.push((mail.arrival, tokio::spawn(async move { intake.prepare(address, raw).await })));
            }
        }
        let mut ready = Vec::with_capacity(reading.len());
        for (arrival, read) in reading {
            ready.push(arriving(read.await.map_err(Error::internal)??, arrival));
        }
        Ok(ready)
    }

    /// A mail that is too large to be read whole, or whose size is not known: fetched in stretches, so that it is never in
    /// memory as a whole; its beginning is read.
    async fn fetch_large(&self, session: &mut Session, mail: &Wanted) -> Result<Vec<Ready>, Fault> {
        let intake = &self.collector.intake;
        let address = self.inbox.address.clone();
        let sample = intake.sample().max(STRETCH);
        let Some(mut beginning) = session.stretch(mail.uid, 0, sample).await? else {
            return if session.has(mail.uid).await? {
                Err(Trouble::Garbage(format!("mail {} is there and was not given", mail.uid)).into())
            } else {
                Ok(Vec::new())
            };
        };
        if beginning.len() < sample {
            return Ok(vec![arriving(intake.prepare(address, beginning).await?, mail.arrival)]);
        }
        let mut size = beginning.len();
        let mut staged = Staged::begin(&intake.db, u64::MAX).await?;
        let mut packing = GzEncoder::new(Vec::new(), Compression::fast());
        packing.write_all(&beginning).map_err(Error::from)?;
        while let Some(stretch) = session.stretch(mail.uid, size, STRETCH).await?.filter(|bytes| !bytes.is_empty()) {
            packing.write_all(&stretch).map_err(Error::from)?;
            staged.push(&std::mem::take(packing.get_mut())).await?;
            size += stretch.len();
            if size <= intake.max_bytes {
                beginning.extend_from_slice(&stretch);
            }
        }
        if size <= intake.max_bytes {
            staged.abandon().await?;
            return Ok(vec![arriving(intake.prepare(address, beginning).await?, mail.arrival)]);
        }
        staged.push(&packing.finish().map_err(Error::from)?).await?;
        let original = staged.finish().await?.id;
        beginning.truncate(intake.sample());
        let ready = intake.prepare_beginning(address, beginning, size as u64, original).await?;
        Ok(vec![arriving(ready, mail.arrival)])
    }

    /// A mail that cannot be fetched or stored is shown as such, with what there is of it, so that those behind it come in.
    async fn give_up(&self, session: &mut Session, mail: &Wanted) -> Result<Ready, Fault> {
        tracing::error!(inbox = self.inbox.id, uid = mail.uid, "a mail could not be fetched; it is shown as such");
        let beginning = match session.header(mail.uid).await {
            Ok(header) => header.unwrap_or_default(),
            Err(trouble) if trouble.is_answer() => Vec::new(),
            Err(trouble) => return Err(trouble.into()),
        };
        let key = format!("imap {} {}", self.cursor.validity, mail.uid);
        Ok(arriving(Ready::unreadable(key, &beginning)?, mail.arrival))
    }

    /// Stores what was read and moves the cursor, in one COMMIT.
    async fn move_to(&mut self, top: u32, silent: usize, ready: Vec<Ready>) -> Result<()> {
        let mut next = self.cursor.clone();
        next.last_uid = next.last_uid.max(top);
        next.history_taken = next.history_taken.saturating_add(u32::try_from(silent).unwrap_or(u32::MAX));
        if self.mailbox.after == AfterReading::Leave {
            next.settled_uid = next.settled_uid.max(next.last_uid);
        }
        let (id, folder, saved) = (self.inbox.id, self.mailbox.folder.clone(), next.clone());
        self.collector
            .intake
            .db
            .write(move |tx| {
                for mail in &ready {
                    mail.store(tx, id)?;
                }
                cursor::save(tx, id, &folder, &saved)
            })
            .await?;
        self.cursor = next;
        self.done = self.done.split_off(&self.cursor.last_uid);
        Ok(())
    }
}

fn arriving(mut ready: Ready, arrival: Arrival) -> Ready {
    ready.incoming.arrival = arrival;
    ready
}
