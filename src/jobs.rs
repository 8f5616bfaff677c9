//! Work that must happen, kept in the database: queued in the transaction of the change that needs it, claimed with a
//! lease, tried again with back-off, and buried where a person can see it. This module knows no kinds of work.
//!
//! A job may run twice (a crash after the work, before the note that it is done), so what it does must bear that.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::clock::{Clock, MINUTE, Millis, SECOND};
use crate::db::{Db, Tx};
use crate::error::{Error, Result};

/// How long a claim holds. A runner that died leaves its jobs to the next one after this time.
pub const LEASE: Millis = 5 * MINUTE;
/// Jobs running at once.
const AT_ONCE: usize = 8;

/// Work to be queued.
pub struct NewJob<'a, P> {
    pub kind: &'static str,
    /// The same key is queued once only.
    pub key: Option<&'a str>,
    /// Jobs of one lane run one after the other, in the order they were queued.
    pub lane: Option<&'a str>,
    pub payload: &'a P,
    /// Not before this time.
    pub run_at: Millis,
}

/// Claimed work.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: i64,
    pub kind: String,
    /// Which try this is, from 1.
    pub attempt: u32,
    /// When it was queued.
    pub created_at: Millis,
    payload: String,
}

/// Which try at a job: what another try has taken over, this one has no say about any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    pub job: i64,
    pub attempt: u32,
}

impl Job {
    /// The try that this is.
    #[must_use]
    pub fn claim(&self) -> Claim {
        Claim { job: self.id, attempt: self.attempt }
    }

    /// What it was queued with.
    ///
    /// # Errors
    /// [`Error::Json`] when the payload has another form.
    pub fn payload<P: DeserializeOwned>(&self) -> Result<P> {
        Ok(serde_json::from_str(&self.payload)?)
    }
}

/// How a try ended.
#[derive(Debug)]
pub enum Outcome {
    Done,
    /// Try again at this time; the text says why.
    Later(Millis, String),
    /// Never again; the text says why.
    Dead(String),
}

/// Queues work in the transaction of the change that needs it.
///
/// # Errors
/// Database errors.
pub fn enqueue<P: Serialize>(tx: &Tx<'_>, job: &NewJob<'_, P>) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO job (kind, key, lane, payload, state, run_at, created_at)
         VALUES (?1, ?2, ?3, ?4, 'ready', ?5, ?6) ON CONFLICT (key) DO NOTHING",
    )?
    .execute(params![job.kind, job.key, job.lane, serde_json::to_string(job.payload)?, job.run_at, tx.now()])?;
    Ok(())
}

/// The pause before try `attempt` + 1: 5 s doubled each time, an hour at most, up to a fifth more or less so that many
/// do not come back at once.
#[must_use]
pub fn backoff(attempt: u32, seed: i64) -> Millis {
    let pause = (5 * SECOND).saturating_mul(1 << attempt.saturating_sub(1).min(12)).min(60 * MINUTE);
    let jitter = (seed.wrapping_mul(0x9E37_79B9).rem_euclid(401)) - 200;
    pause + pause * jitter / 1000
}

/// Claims ready work. What this process has in hand keeps its lease, however far the clock jumped, and is not taken again
/// before it is put down.
fn claim(tx: &Tx<'_>, limit: usize, in_hand: &HashSet<i64>) -> Result<Vec<Job>> {
    for job in in_hand {
        tx.prepare_cached("UPDATE job SET lease_until = ?2 WHERE id = ?1 AND state = 'running'")?
            .execute([*job, tx.now() + LEASE])?;
    }
    // A dead runner's work is ready again.
    tx.prepare_cached(
        "UPDATE job SET state = 'ready', lease_until = NULL WHERE state = 'running' AND lease_until < ?1",
    )?
    .execute([tx.now()])?;
    let mut select = tx.prepare_cached(
        "SELECT j.id, j.kind, j.attempts + 1, j.created_at, j.payload FROM job j
          WHERE j.state = 'ready' AND j.run_at <= ?1
            AND (j.lane IS NULL OR NOT EXISTS (
                  SELECT 1 FROM job o WHERE o.lane = j.lane AND o.id < j.id AND o.state != 'dead'))
          ORDER BY j.run_at, j.id LIMIT ?2",
    )?;
    let mut jobs = select.query_map(params![tx.now(), limit], job)?.collect::<rusqlite::Result<Vec<_>>>()?;
    jobs.retain(|job| !in_hand.contains(&job.id));
    for job in &jobs {
        tx.prepare_cached("UPDATE job SET state = 'running', attempts = ?2, lease_until = ?3 WHERE id = ?1")?
            .execute(params![job.id, job.attempt, tx.now() + LEASE])?;
    }
    Ok(jobs)
}

fn release_all(tx: &Tx<'_>) -> Result<()> {
    tx.execute("UPDATE job SET state = 'ready', lease_until = NULL WHERE state = 'running'", [])?;
    Ok(())
}

fn job(row: &Row<'_>) -> rusqlite::Result<Job> {
    Ok(Job { id: row.get(0)?, kind: row.get(1)?, attempt: row.get(2)?, created_at: row.get(3)?, payload: row.get(4)? })
}

/// Notes how a try ended. Callers that change their own rows with the outcome do it in the same transaction; the note that
/// the runner makes afterwards then changes nothing, even if the job was claimed anew meanwhile.
///
/// # Errors
/// Database errors.
pub fn settle(tx: &Tx<'_>, claim: Claim, outcome: &Outcome) -> Result<()> {
    let Claim { job, attempt } = claim;
    match outcome {
        Outcome::Done => tx
            .prepare_cached("DELETE FROM job WHERE id = ?1 AND attempts = ?2 AND state = 'running'")?
            .execute(params![job, attempt])?,
        Outcome::Later(at, why) => tx
            .prepare_cached(
                "UPDATE job SET state = 'ready', lease_until = NULL, run_at = ?3, last_error = ?4
                  WHERE id = ?1 AND attempts = ?2 AND state = 'running'",
            )?
            .execute(params![job, attempt, at, why])?,
        Outcome::Dead(why) => tx
            .prepare_cached(
                "UPDATE job SET state = 'dead', lease_until = NULL, last_error = ?3
                  WHERE id = ?1 AND attempts = ?2 AND state = 'running'",
            )?
            .execute(params![job, attempt, why])?,
    };
    Ok(())
}

/// Lets the work that waits under this key begin at once.
///
/// # Errors
/// Database errors.
pub fn hasten(tx: &Tx<'_>, key: &str) -> Result<()> {
    no_later(tx, key, tx.now())
}

/// Lets the work that waits under this key begin at this time at the latest.
///
/// # Errors
/// Database errors.
pub fn no_later(tx: &Tx<'_>, key: &str, at: Millis) -> Result<()> {
    tx.prepare_cached("UPDATE job SET run_at = ?2 WHERE key = ?1 AND state = 'ready' AND run_at > ?2")?
        .execute(params![key, at])?;
    Ok(())
}

/// Removes work that was buried or waits under this key, so that it can be queued anew.
///
/// # Errors
/// Database errors.
pub fn forget(tx: &Tx<'_>, key: &str) -> Result<()> {
    tx.prepare_cached("DELETE FROM job WHERE key = ?1 AND state != 'running'")?.execute([key])?;
    Ok(())
}

type Handler = Arc<dyn Fn(Job) -> Pin<Box<dyn Future<Output = Result<Outcome>> + Send>> + Send + Sync>;

/// Runs jobs by the handlers that were registered for their kinds.
pub struct Runner {
    db: Db,
    clock: Clock,
    wake: Arc<Notify>,
    in_hand: Mutex<HashSet<i64>>,
    handlers: HashMap<&'static str, Handler>,
}

impl Runner {
    #[must_use]
    pub fn new(db: Db) -> Self {
        let clock = db.clock().clone();
        Self { db, clock, wake: Arc::default(), in_hand: Mutex::default(), handlers: HashMap::new() }
    }

    /// `handler` does all jobs of `kind`. An error is a try that failed and comes again with back-off.
    pub fn register<F, R>(&mut self, kind: &'static str, handler: F)
    where
        F: Fn(Job) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Outcome>> + Send + 'static,
    {
        self.handlers.insert(kind, Arc::new(move |job| Box::pin(handler(job))));
    }

    /// Runs until `stop` is notified, then waits for the jobs in hand (their leases protect the rest).
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let mut running = JoinSet::new();
        let mut told = self.db.bus().listen();
        let this = Arc::new(self);
        tokio::pin!(stop);
        // One server runs at a time, so whatever is marked as running was in the hands of one that died.
        if let Err(error) = this.db.write(release_all).await {
            tracing::error!(%error, "jobs of an earlier run wait for their leases to end");
        }
        loop {
            let free = AT_ONCE.saturating_sub(running.len());
            let next = this.start_ready(&mut running, free).await;
            tokio::select! {
                () = &mut stop => break,
                () = this.wake.notified() => {}
                // Every fact may have queued work; a lagging ear only means "look now".
                _ = told.recv() => {}
                () = this.clock.sleep_until(next) => {}
                // Work queued without a fact, by another process, or on a clock held still.
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
                Some(_) = running.join_next(), if !running.is_empty() => {}
            }
        }
        while running.join_next().await.is_some() {}
    }

    /// Starts what is ready; answers when to look again at the latest.
    async fn start_ready(self: &Arc<Self>, running: &mut JoinSet<()>, free: usize) -> Millis {
        let look_again = self.clock.now() + 30 * SECOND;
        if free == 0 {
            return look_again;
        }
        let found = self.db.read(next_due).await;
        let now = self.clock.now();
        match found {
            Ok(Some(due)) if due > now => return due.min(look_again),
            Ok(Some(_)) => {}
            Ok(None) => return look_again,
            Err(error) => {
                tracing::error!(%error, "the job queue could not be read");
                return now + SECOND;
            }
        }
        let in_hand = self.in_hand().clone();
        match self.db.write(move |tx| claim(tx, free, &in_hand)).await {
            Ok(jobs) if jobs.is_empty() => now + SECOND,
            Ok(jobs) => {
                for job in jobs {
                    self.in_hand().insert(job.id);
                    let this = self.clone();
                    running.spawn(async move { this.run_one(job).await });
                }
                self.clock.now()
            }
            Err(error) => {
                tracing::error!(%error, "jobs could not be claimed");
                now + 5 * SECOND
            }
        }
    }

    async fn run_one(&self, job: Job) {
        let (id, kind, attempt, claim) = (job.id, job.kind.clone(), job.attempt, job.claim());
        let outcome = match self.handlers.get(kind.as_str()) {
            Some(handler) => handler(job).await.unwrap_or_else(|error| self.failed(id, attempt, &error)),
            None => Outcome::Later(self.clock.now() + 10 * MINUTE, format!("no handler for {kind}")),
        };
        if let Outcome::Dead(why) = &outcome {
            tracing::error!(job = id, kind, why, "a job was given up");
        }
        if let Err(error) = self.db.write(move |tx| settle(tx, claim, &outcome)).await {
            tracing::error!(job = id, %error, "a job's outcome could not be stored; its lease will end");
        }
        self.in_hand().remove(&id);
        self.wake.notify_one();
    }

    fn in_hand(&self) -> std::sync::MutexGuard<'_, HashSet<i64>> {
        self.in_hand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self, id: i64, attempt: u32, error: &Error) -> Outcome {
        tracing::warn!(job = id, attempt, %error, "a job failed and will be tried again");
        Outcome::Later(self.clock.now() + backoff(attempt, id), error.to_string())
    }
}

/// When the next job is due, or the next lease ends.
fn next_due(connection: &crate::db::Connection) -> Result<Option<Millis>> {
    let ready: Option<Millis> = connection
        .prepare_cached("SELECT run_at FROM job WHERE state = 'ready' ORDER BY run_at LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let lease: Option<Millis> = connection
        .prepare_cached("SELECT lease_until + 1 FROM job WHERE state = 'running' ORDER BY lease_until LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(ready.into_iter().chain(lease).min())
}
