//! The writer thread and its group commit.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::events::Publisher;
use super::tx::Tx;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::events::Notice;

/// Jobs waiting at most; more are answered with "busy".
const QUEUE: usize = 1024;
/// Jobs in one COMMIT at most.
const GROUP: usize = 256;
/// Time one group may collect work for.
const GROUP_TIME: Duration = Duration::from_millis(10);
/// A pause this long lets the write-ahead log be emptied.
const QUIET: Duration = Duration::from_mins(1);

/// A write that waits: run it, then tell its caller how the COMMIT went.
pub(super) trait Job: Send {
    fn run(&mut self, tx: &Tx<'_>) -> Result<(), ()>;
    fn answer(self: Box<Self>, committed: Result<(), Error>);
}

struct Work<T, F, A> {
    todo: Option<F>,
    result: Option<Result<T>>,
    answer: A,
}

/// Packs a closure and the way to answer it.
pub(super) fn job<T, F, A>(work: F, answer: A) -> Box<dyn Job>
where
    T: Send + 'static,
    F: FnOnce(&Tx<'_>) -> Result<T> + Send + 'static,
    A: FnOnce(Result<T>) + Send + 'static,
{
    Box::new(Work { todo: Some(work), result: None, answer })
}

impl<T, F, A> Job for Work<T, F, A>
where
    T: Send,
    F: FnOnce(&Tx<'_>) -> Result<T> + Send,
    A: FnOnce(Result<T>) + Send,
{
    fn run(&mut self, tx: &Tx<'_>) -> Result<(), ()> {
        let Some(work) = self.todo.take() else { return Err(()) };
        let result =
            catch_unwind(AssertUnwindSafe(|| work(tx))).unwrap_or_else(|_| Err(Error::internal("a write panicked")));
        let outcome = result.as_ref().map(|_| ()).map_err(|_| ());
        self.result = Some(result);
        outcome
    }

    fn answer(self: Box<Self>, committed: Result<(), Error>) {
        let result = match (self.result, committed) {
            (Some(Ok(_)) | None, Err(error)) => Err(error),
            (Some(result), _) => result,
            (None, Ok(())) => Err(Error::internal("a write did not run")),
        };
        (self.answer)(result);
    }
}

/// The thread that writes.
pub(super) struct Writer {
    queue: Option<SyncSender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection, clock: Clock, publisher: Arc<Publisher>) -> Result<Self> {
        let (queue, jobs) = sync_channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("db-writer".into())
            .spawn(move || run(&connection, &jobs, &clock, &publisher))?;
        Ok(Self { queue: Some(queue), thread: Some(thread) })
    }

    pub(super) fn send(&self, job: Box<dyn Job>) -> Result<()> {
        let Some(queue) = &self.queue else {
            return Err(Error::internal("the database is closed"));
        };
        queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => Error::Busy,
            TrySendError::Disconnected(_) => Error::internal("the writer has ended"),
        })
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            // Only a panic outside any job ends it with an error, and that is logged by the panic itself.
            let _ = thread.join();
        }
    }
}

fn run(connection: &Connection, jobs: &Receiver<Box<dyn Job>>, clock: &Clock, publisher: &Publisher) {
    let mut written = false;
    loop {
        let first = match jobs.recv_timeout(QUIET) {
            Ok(job) => job,
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                if std::mem::take(&mut written) {
                    checkpoint(connection);
                }
                continue;
            }
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
        };
        group(connection, first, jobs, clock, publisher);
        written = true;
    }
    checkpoint(connection);
}

/// Empties the write-ahead log into the file. A reader in the way only means "later".
fn checkpoint(connection: &Connection) {
    if let Err(error) = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA optimize;") {
        tracing::debug!(%error, "checkpoint put off");
    }
}

/// One transaction with the first job and all that wait behind it.
fn group(
    connection: &Connection,
    first: Box<dyn Job>,
    jobs: &Receiver<Box<dyn Job>>,
    clock: &Clock,
    publisher: &Publisher,
) {
    if let Err(error) = connection.prepare_cached("BEGIN IMMEDIATE").and_then(|mut begin| begin.execute([])) {
        return first.answer(Err(error.into()));
    }
    let started = Instant::now();
    let mut done: Vec<Box<dyn Job>> = Vec::new();
    let mut told: Vec<Notice> = Vec::new();
    let mut next = Some(first);
    let mut lost = None;
    while let Some(mut job) = next.take() {
        let outcome = one(connection, job.as_mut(), clock, &mut told);
        done.push(job);
        if let Err(error) = outcome {
            lost = Some(error);
            break;
        }
        if done.len() < GROUP && started.elapsed() < GROUP_TIME {
            next = jobs.try_recv().ok();
        }
    }
    let committed = match lost {
        Some(error) => Err(error),
        None => connection
            .prepare_cached("COMMIT")
            .and_then(|mut commit| commit.execute([]))
            .map(|_| ())
            .map_err(Error::from),
    };
    if committed.is_err() && !connection.is_autocommit() {
        // Nothing was promised to anybody yet.
        let _ = connection.execute_batch("ROLLBACK");
    }
    if committed.is_ok() {
        publisher.publish_own(connection, told);
    }
    let failed = committed.err();
    for job in done {
        job.answer(failed.as_ref().map_or(Ok(()), |error| Err(copy(error))));
    }
}

/// Runs one job in its SAVEPOINT. An error says that the whole transaction is gone: a full disk may roll back
/// everything, and then no job of this group may be called done.
fn one(connection: &Connection, job: &mut dyn Job, clock: &Clock, told: &mut Vec<Notice>) -> Result<()> {
    connection.prepare_cached("SAVEPOINT job")?.execute([])?;
    let tx = Tx::new(connection, clock.now());
    let outcome = job.run(&tx);
    let own = tx.into_told();
    if connection.is_autocommit() {
        return Err(Error::Full);
    }
    if outcome.is_ok() {
        told.extend(own);
    } else {
        connection.prepare_cached("ROLLBACK TO job")?.execute([])?;
    }
    connection.prepare_cached("RELEASE job")?.execute([])?;
    Ok(())
}

/// The same failure, once for each job of the group.
fn copy(error: &Error) -> Error {
    match error {
        Error::Full => Error::Full,
        Error::Busy => Error::Busy,
        other => Error::internal(other),
    }
}
