//! Whoever an inbox belongs to hears when it is lost, and when it works again: once each, by mail. A break that is over
//! in a few minutes is nobody's business.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::courier::Courier;
use super::letters;
use super::store::{self, Way, health};
use crate::clock::{MINUTE, Millis};
use crate::config::Config;
use crate::db::{Db, Tx};
use crate::error::{Error, Result};
use crate::jobs::{self, Job, NewJob, Outcome};

/// The kind of the jobs that look after a broken inbox.
pub const WATCH: &str = "inbox_watch";
/// The kind of the jobs that tell an owner who reads along now.
pub const JOINED: &str = "inbox_joined";
/// The kind of the jobs that tell an owner that automatic answers were stopped.
pub const STOPPED: &str = "answers_stopped";
/// A break longer than this counts.
pub const PATIENCE: Millis = 10 * MINUTE;
/// Between two looks.
const STEP: Millis = 2 * MINUTE;
/// What no second try mends: somebody has to do something first, and trying a wrong password again and again locks
/// accounts.
const FOR_PEOPLE: &[&str] =
    &["delivery-sign-in", "mail-consent", "mail-application", "mail-no-application", "inbox-password-lost"];

#[derive(Serialize, Deserialize)]
struct Payload {
    inbox: i64,
    /// Its settings were changed: also what only people mend is tried.
    #[serde(default)]
    anew: bool,
}

#[derive(Serialize, Deserialize)]
struct Stopped {
    inbox: i64,
}

#[derive(Serialize, Deserialize)]
struct Joined {
    inbox: i64,
    user: i64,
}

fn key(inbox: i64) -> String {
    format!("inbox-watch-{inbox}")
}

/// A way of an inbox has just broken.
pub(super) fn begin(tx: &Tx<'_>, inbox: i64) -> Result<()> {
    let (key, payload) = (key(inbox), Payload { inbox, anew: false });
    jobs::enqueue(tx, &NewJob { kind: WATCH, key: Some(&key), lane: None, payload: &payload, run_at: tx.now() + STEP })
}

/// A way of an inbox works again.
pub(super) fn look_now(tx: &Tx<'_>, inbox: i64) -> Result<()> {
    jobs::hasten(tx, &key(inbox))
}

/// The settings of an inbox were changed: whatever was wrong is tried anew.
///
/// # Errors
/// Database errors.
pub fn try_anew(tx: &Tx<'_>, inbox: i64) -> Result<()> {
    let payload = Payload { inbox, anew: true };
    jobs::enqueue(tx, &NewJob { kind: WATCH, key: None, lane: None, payload: &payload, run_at: tx.now() })
}

/// Who manages an inbox made themselves its reader.
pub(super) fn tell_joined(tx: &Tx<'_>, inbox: i64, user: i64) -> Result<()> {
    let payload = Joined { inbox, user };
    jobs::enqueue(tx, &NewJob { kind: JOINED, key: None, lane: None, payload: &payload, run_at: tx.now() })
}

/// Too many automatic answers left from an inbox: its owner hears of it.
///
/// # Errors
/// Database errors.
pub fn tell_stopped(tx: &Tx<'_>, inbox: i64) -> Result<()> {
    let payload = Stopped { inbox };
    jobs::enqueue(tx, &NewJob { kind: STOPPED, key: None, lane: None, payload: &payload, run_at: tx.now() })
}

/// Looks after inboxes.
#[derive(Clone)]
pub struct Watch {
    pub db: Db,
    pub config: Arc<Config>,
    pub courier: Courier,
}

impl Watch {
    /// One look at an inbox in which something is wrong.
    ///
    /// # Errors
    /// Database errors: the job comes again.
    pub async fn look(&self, job: Job) -> Result<Outcome> {
        let payload: Payload = job.payload()?;
        self.try_way_out(&payload).await?;
        let (claim, config) = (job.claim(), self.config.clone());
        self.db
            .write(move |tx| {
                let outcome = judge(tx, payload.inbox, &config)?;
                let outcome = if payload.anew { Outcome::Done } else { outcome };
                jobs::settle(tx, claim, &outcome)?;
                Ok(outcome)
            })
            .await
    }

    /// Tells the owner of an inbox that its automatic answers were stopped.
    ///
    /// # Errors
    /// Database errors: the job comes again.
    pub async fn tell_of_stop(&self, job: Job) -> Result<Outcome> {
        let Stopped { inbox } = job.payload()?;
        let (claim, config) = (job.claim(), self.config.clone());
        self.db
            .write(move |tx| {
                match store::get(tx, inbox) {
                    Ok(inbox) => letters::stopped(tx, &config, &inbox)?,
                    Err(Error::NotFound) => {}
                    Err(error) => return Err(error),
                }
                jobs::settle(tx, claim, &Outcome::Done)?;
                Ok(Outcome::Done)
            })
            .await
    }

    /// Whether mail can leave again. The way in is tried by what fetches mail.
    async fn try_way_out(&self, payload: &Payload) -> Result<()> {
        let id = payload.inbox;
        let health = match self.db.read(move |connection| health::of(connection, id)).await {
            Err(Error::NotFound) => return Ok(()),
            found => found?,
        };
        let Some(problem) = health.way_out else { return Ok(()) };
        if FOR_PEOPLE.contains(&problem.key.as_str()) && !payload.anew {
            return Ok(());
        }
        let check = self.courier.check(&health.inbox);
        let works = match tokio::time::timeout(Duration::from_secs(30), check).await {
            Ok(result) => result?,
            Err(_) => return Ok(()),
        };
        self.db
            .write(move |tx| match &works {
                Ok(()) => store::clear_problem(tx, id, Way::Out),
                Err(reason) => store::set_problem(tx, id, Way::Out, reason.key, &reason.detail),
            })
            .await
    }

    /// Tells an owner who reads along now.
    ///
    /// # Errors
    /// Database errors: the job comes again.
    pub async fn tell_owner(&self, job: Job) -> Result<Outcome> {
        let Joined { inbox, user } = job.payload()?;
        let config = self.config.clone();
        self.db
            .write(move |tx| {
                letters::joined(tx, &config, inbox, user)?;
                Ok(Outcome::Done)
            })
            .await
    }
}

/// What is to be told now, and when to look again.
fn judge(tx: &Tx<'_>, id: i64, config: &Config) -> Result<Outcome> {
    let inbox = match store::get(tx, id) {
        Err(Error::NotFound) => return Ok(Outcome::Done),
        found => found?,
    };
    let now = tx.now();
    let later = |at: Millis| Outcome::Later(at, "something is wrong still".to_owned());
    Ok(match (health::broken_since(tx, id)?, inbox.lost) {
        (None, false) => Outcome::Done,
        (None, true) => {
            store::note_told(tx, id, None)?;
            letters::restored(tx, config, &inbox)?;
            Outcome::Done
        }
        (Some(since), false) if now - since >= PATIENCE => {
            store::note_told(tx, id, Some(now))?;
            letters::lost(tx, config, &inbox)?;
            later(now + STEP)
        }
        (Some(since), false) => later((since + PATIENCE).min(now + STEP)),
        (Some(_), true) => later(now + PATIENCE),
    })
}
