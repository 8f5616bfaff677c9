//! What is done later: contents nobody refers to any more, conversations that come back at their time, tags that leave.

use serde::{Deserialize, Serialize};

use super::store::{acknowledging, blocking, bulk, keeping, sequels, snooze, tag_order, waiting};
use crate::blobs;
use crate::clock::Millis;
use crate::db::{Db, Tx};
use crate::error::{Error, Result};
use crate::followers::Step;
use crate::jobs::{Job, Outcome};

/// The kind of job that removes contents.
pub const DISCARD: &str = "discard";
/// The kind of job that brings a conversation back.
pub const WAKE: &str = "wake";

/// The kind of job that looks at all conversations of an inbox that keeps less than before.
pub const KEEP: &str = "keep";

/// How far an inbox was looked at.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    pub inbox: i64,
    /// The last conversation that was dealt with.
    pub after: i64,
}

/// The kind of job that takes a tag off everything.
pub const UNTAG: &str = "untag";

/// A tag that leaves.
#[derive(Debug, Serialize, Deserialize)]
pub struct Leaving {
    pub tag: i64,
    /// Who wants it gone.
    pub by: i64,
}

/// The kind of job that lets an answer leave that waited.
pub const LEAVE: &str = "leave";

/// An answer that waits.
#[derive(Debug, Serialize, Deserialize)]
pub struct Leave {
    pub draft: i64,
    /// When: an answer that was given another time, or was taken back, has another job or none.
    pub leaves_at: Millis,
}

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

/// Lets go of what an inbox does not keep, in writes of their own so that nobody waits long.
///
/// # Errors
/// Database errors: the job comes again and begins where it was not needed twice.
pub async fn keep(db: &Db, job: Job) -> Result<Outcome> {
    let Kept { inbox, after } = job.payload()?;
    let mut place = Some(after);
    while let Some(after) = place {
        place = db.write(move |tx| keeping::trim_some(tx, inbox, after)).await?;
    }
    expire(db).await?;
    Ok(Outcome::Done)
}

/// Removes what is kept for a while: notes of automatic answers, refused mail, pieces about messages that never came.
///
/// # Errors
/// Database errors.
pub fn sweep(tx: &Tx<'_>) -> Result<()> {
    acknowledging::purge(tx)?;
    blocking::purge(tx)?;
    sequels::purge(tx)?;
    Ok(())
}

/// Lets go of closed conversations whose time is over.
///
/// # Errors
/// Database errors.
pub async fn expire(db: &Db) -> Result<()> {
    while db.write(keeping::expire_some).await? == Step::More {}
    Ok(())
}

/// Takes a tag off everything, piece by piece. Where a try before it stopped, this one goes on.
///
/// # Errors
/// Database errors: the job comes again.
pub async fn untag(db: &Db, job: Job) -> Result<Outcome> {
    let leaving = job.payload::<Leaving>()?;
    loop {
        let (tag, by) = (leaving.tag, leaving.by);
        match db.write(move |tx| tag_order::piece(tx, tag, by)).await {
            Ok(Step::More) => {}
            // Gone already: the end of it was written, and nobody noted that.
            Ok(Step::Done) | Err(Error::NotFound) => return Ok(Outcome::Done),
            Err(error) => return Err(error),
        }
    }
}

/// Lets an answer leave, if it still waits for this time.
///
/// # Errors
/// Database errors: the job comes again.
pub async fn leave(db: &Db, job: Job) -> Result<Outcome> {
    let leave = job.payload::<Leave>()?;
    db.write(move |tx| waiting::leave(tx, &leave)).await?;
    Ok(Outcome::Done)
}

/// Goes on with a change of many conversations, piece by piece so that nobody waits long, until it is over.
///
/// # Errors
/// Database errors: the job comes again and goes on where it stopped.
pub async fn change_many(db: &Db, job: Job) -> Result<Outcome> {
    let begun = job.payload::<Begun>()?;
    for _ in 0..PIECES {
        if db.write(move |tx| bulk::advance(tx, begun.bulk)).await? == Step::Done {
            return Ok(Outcome::Done);
        }
    }
    Ok(Outcome::Later(db.clock().now(), "it goes on".to_owned()))
}
