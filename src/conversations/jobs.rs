//! What is done later: contents nobody refers to any more, and conversations that come back at their time.

use serde::{Deserialize, Serialize};

use super::store::bulk::Left;
use super::store::{bulk, snooze};
use crate::blobs;
use crate::db::Db;
use crate::error::Result;
use crate::jobs::{Job, Outcome};

/// The kind of job that removes contents.
pub const DISCARD: &str = "discard";
/// The kind of job that brings a conversation back.
pub const WAKE: &str = "wake";

/// The kind of job that changes many conversations.
pub const BULK: &str = "bulk";

/// Pieces of such a change that are done before the runner may stop or take something else.
const PIECES: usize = 20;

/// Contents of a deleted conversation; what something else refers to stays.
#[derive(Debug, Serialize, Deserialize)]
pub struct Discarded {
    pub blobs: Vec<i64>,
}

/// A conversation that was put off.
#[derive(Debug, Serialize, Deserialize)]
pub struct Asleep {
    /// Which time it was put off: a later one has a job of its own.
    pub snooze: i64,
}

/// A change of many conversations.
#[derive(Debug, Serialize, Deserialize)]
pub struct Begun {
    pub bulk: i64,
}

/// Removes contents, each in a transaction of its own so that nobody waits long.
///
/// # Errors
/// Database errors: the job comes again.
pub async fn discard(db: &Db, job: Job) -> Result<Outcome> {
    for blob in job.payload::<Discarded>()?.blobs {
        db.write(move |tx| tx.overwriting(|| blobs::discard(tx, blob))).await?;
    }
    Ok(Outcome::Done)
}

/// Brings a conversation back, if it is still put off.
///
/// # Errors
/// Database errors: the job comes again.
pub async fn wake(db: &Db, job: Job) -> Result<Outcome> {
    let asleep = job.payload::<Asleep>()?;
    db.write(move |tx| snooze::wake_at_its_time(tx, asleep.snooze)).await?;
    Ok(Outcome::Done)
}

/// Goes on with a change of many conversations, piece by piece so that nobody waits long, until it is over.
///
/// # Errors
/// Database errors: the job comes again and goes on where it stopped.
pub async fn change_many(db: &Db, job: Job) -> Result<Outcome> {
    let begun = job.payload::<Begun>()?;
    for _ in 0..PIECES {
        if db.write(move |tx| bulk::advance(tx, begun.bulk)).await? == Left::Nothing {
            return Ok(Outcome::Done);
        }
    }
    Ok(Outcome::Later(db.clock().now(), "it goes on".to_owned()))
}
