//! What follows from facts. An earlier feature must never call a later one, so it emits an event; the later feature has a
//! follower: a name, the facts it wants, and what it does about one.
//!
//! Each follower reads the `event` table from a cursor of its own, in the order of the facts, and does its work in the same
//! transaction that moves the cursor. So what it writes to the database is written once, whatever dies in between; after a
//! restart it goes on where it was, also over facts of other processes. The bus only wakes it.
//!
//! A new follower is one line in the `FOLLOWERS` of its feature:
//!
//! * It decides by what the tables say now, not by what the fact says was true: it may come late. What it does twice must
//!   come out the same, because a fact can be told twice (a disabled user may be disabled again).
//! * What reaches out of the database (a mail, a request) it queues as a job with a key made of the fact's id.
//! * It has no cursor at first and begins with the first fact of all. If old facts do not concern it, its migration says
//!   from where: `INSERT INTO event_cursor SELECT 'name', coalesce(max(id), 0) FROM event`.
//! * Work that may be large is done in pieces: [`Step::More`] brings the same fact again in a write of its own.
//!
//! A fact whose follower fails is set aside as a job ([`AGAIN`]), which tries with back-off until it works; the facts behind
//! it go on. Other followers notice nothing: each has a task of its own.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::task::JoinSet;

use crate::clock::Millis;
use crate::db::{self, Cursor, Db, Stretch, Tx};
use crate::error::{Error, Result};
use crate::events::{Event, Notice};
use crate::jobs::{self, Job, NewJob, Outcome};

/// The kind of the jobs that try a fact again.
pub const AGAIN: &str = "follow_again";

/// Facts without interest are passed over in memory; so many at most are looked at again after a restart.
const PASSED: i64 = 1000;
/// Looked at so often even when nothing woke it.
const PACE: Duration = Duration::from_secs(30);

/// Somebody who acts on facts.
#[derive(Debug, Clone, Copy)]
pub struct Follower {
    /// The name of its cursor; never changed once released.
    pub name: &'static str,
    /// Whether a fact concerns it.
    pub wants: fn(&Event) -> bool,
    /// What it does about one.
    pub follow: fn(&Tx<'_>, &Notice) -> Result<Step>,
}

/// How far a follower came with a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Done,
    /// There is more to do: the same fact again, in a write of its own.
    More,
}

/// All followers of a server.
#[derive(Clone)]
pub struct Followers {
    db: Db,
    all: Arc<[Follower]>,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    follower: String,
    fact: i64,
}

impl Followers {
    #[must_use]
    pub fn new(db: Db, all: &[&[Follower]]) -> Self {
        Self { db, all: all.concat().into() }
    }

    /// Runs all of them until `stop` is notified.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let mut running = JoinSet::new();
        for follower in self.all.iter().copied() {
            running.spawn(Reader::new(self.db.clone(), follower).run());
        }
        // Each stops between two writes; an unfinished one was never promised to anybody.
        stop.await;
    }

    /// Brings all of them to the newest fact, for who cannot wait for a server.
    ///
    /// # Errors
    /// Database errors; the cursors stand where the work was done.
    pub async fn catch_up(&self) -> Result<()> {
        for follower in self.all.iter().copied() {
            let mut reader = Reader::new(self.db.clone(), follower);
            while reader.go_on().await? == Pace::More {}
            reader.keep_place().await?;
        }
        Ok(())
    }

    /// Tries a fact again that was set aside.
    ///
    /// # Errors
    /// What the follower says: the job comes again with back-off.
    pub async fn follow_again(&self, job: Job) -> Result<Outcome> {
        let Payload { follower, fact } = job.payload()?;
        let Some(follower) = self.all.iter().find(|known| known.name == follower).copied() else {
            return Ok(Outcome::Dead(format!("nobody is called {follower} any more")));
        };
        let again = move |tx: &Tx<'_>| match db::fact(tx, fact)? {
            Some(notice) => (follower.follow)(tx, &notice),
            None => Ok(Step::Done),
        };
        while self.db.write(again).await? == Step::More {}
        Ok(Outcome::Done)
    }
}

/// Whether there is more to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    More,
    UpToDate,
}

/// One follower at its place.
struct Reader {
    db: Db,
    follower: Follower,
    /// The last fact that was dealt with or passed over; unknown before the cursor was read.
    place: Option<i64>,
    /// What the cursor says.
    kept: i64,
}

impl Reader {
    fn new(db: Db, follower: Follower) -> Self {
        Self { db, follower, place: None, kept: 0 }
    }

    async fn run(mut self) {
        let mut told = self.db.bus().listen();
        let mut failures = 0;
        loop {
            match self.go_on().await {
                Ok(Pace::More) => failures = 0,
                Ok(Pace::UpToDate) => {
                    failures = 0;
                    self.wait(&mut told).await;
                }
                Err(error) => {
                    failures += 1;
                    let name = self.follower.name;
                    tracing::error!(follower = name, place = self.place, failures, %error, "a follower does not get on");
                    self.pause(failures).await;
                }
            }
        }
    }

    /// Deals with the next stretch.
    async fn go_on(&mut self) -> Result<Pace> {
        let (cursor, wants, place) = (Cursor(self.follower.name), self.follower.wants, self.place);
        let read = self.db.read(move |connection| {
            let kept = cursor.place(connection)?;
            let place = place.unwrap_or(kept);
            Ok((kept, place, cursor.next(connection, place, wants)?))
        });
        let (kept, place, stretch) = read.await?;
        self.kept = kept;
        if stretch.until == place {
            self.place = Some(place);
            return Ok(Pace::UpToDate);
        }
        if stretch.facts.is_empty() {
            self.pass(stretch.until).await?;
            return Ok(Pace::More);
        }
        let follower = self.follower;
        let reached = self.db.write(move |tx| follow(tx, follower, &stretch)).await?;
        (self.place, self.kept) = (Some(reached), reached);
        Ok(Pace::More)
    }

    /// Passes over facts that are not wanted.
    async fn pass(&mut self, until: i64) -> Result<()> {
        self.place = Some(until);
        if until - self.kept >= PASSED { self.keep_place().await } else { Ok(()) }
    }

    /// Writes down how far it came.
    async fn keep_place(&mut self) -> Result<()> {
        let (cursor, place) = (Cursor(self.follower.name), self.place.unwrap_or(self.kept));
        if place > self.kept {
            self.db.write(move |tx| cursor.advance(tx, place)).await?;
            self.kept = place;
        }
        Ok(())
    }

    /// Returns when there is something to read. What is not wanted, and follows what was read, costs nothing.
    async fn wait(&mut self, told: &mut Receiver<Arc<Notice>>) {
        loop {
            let place = self.place.unwrap_or(0);
            match tokio::time::timeout(PACE, told.recv()).await {
                Ok(Ok(notice)) if notice.id <= place => {}
                Ok(Ok(notice)) if notice.id == place + 1 && !(self.follower.wants)(&notice.event) => {
                    if self.pass(notice.id).await.is_err() {
                        return;
                    }
                }
                // News, a lagging ear, or a while without either: the table knows.
                Ok(Ok(_) | Err(RecvError::Lagged(_))) | Err(_) => return,
                Ok(Err(RecvError::Closed)) => return tokio::time::sleep(PACE).await,
            }
        }
    }

    async fn pause(&self, failures: u32) {
        let clock = self.db.clock();
        let pause: Millis = jobs::backoff(failures, self.kept);
        clock.sleep_until(clock.now() + pause).await;
    }
}

/// Deals with a stretch in the write that moves the cursor; answers how far it came.
fn follow(tx: &Tx<'_>, follower: Follower, stretch: &Stretch) -> Result<i64> {
    let mut reached = stretch.until;
    for notice in &stretch.facts {
        match tx.attempt(|tx| (follower.follow)(tx, notice)) {
            Ok(Step::Done) => {}
            Ok(Step::More) => {
                reached = notice.id - 1;
                break;
            }
            // The database itself cannot be written just now: nothing is set aside, all of it comes again.
            Err(error @ (Error::Full | Error::Busy)) => return Err(error),
            Err(error) => set_aside(tx, follower, notice, &error)?,
        }
    }
    Cursor(follower.name).advance(tx, reached)?;
    Ok(reached)
}

/// Leaves a fact to a job, so that those behind it go on.
fn set_aside(tx: &Tx<'_>, follower: Follower, notice: &Notice, error: &Error) -> Result<()> {
    tracing::error!(follower = follower.name, fact = notice.id, %error, "a follower failed; it will be tried again");
    let key = format!("{AGAIN}/{}/{}", follower.name, notice.id);
    let payload = Payload { follower: follower.name.to_owned(), fact: notice.id };
    let run_at = tx.now() + jobs::backoff(1, notice.id);
    jobs::enqueue(tx, &NewJob { kind: AGAIN, key: Some(&key), lane: None, payload: &payload, run_at })
}
