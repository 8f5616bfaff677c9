//! The reader threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use rusqlite::Connection;

use super::open::{self, Options};
use crate::error::{Error, Result};

/// Reads waiting at most; more are answered with "busy".
const QUEUE: usize = 1024;

type Read = Box<dyn FnOnce(&Connection) + Send>;

/// A few threads that share one queue, each with a connection of its own.
pub(super) struct Readers {
    queue: Option<SyncSender<Read>>,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    pub(super) fn start(path: &Path, options: &Options) -> Result<Self> {
        let (queue, jobs) = sync_channel::<Read>(QUEUE);
        let jobs = Arc::new(Mutex::new(jobs));
        let mut threads = Vec::new();
        for number in 0..options.readers {
            let connection = open::reader(path)?;
            let jobs = jobs.clone();
            let name = format!("db-reader-{number}");
            threads.push(std::thread::Builder::new().name(name).spawn(move || run(&connection, &jobs))?);
        }
        Ok(Self { queue: Some(queue), threads })
    }

    pub(super) fn send(&self, read: Read) -> Result<()> {
        let Some(queue) = &self.queue else {
            return Err(Error::internal("the database is closed"));
        };
        queue.try_send(read).map_err(|error| match error {
            TrySendError::Full(_) => Error::Busy,
            TrySendError::Disconnected(_) => Error::internal("the readers have ended"),
        })
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        drop(self.queue.take());
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn run(connection: &Connection, jobs: &Mutex<Receiver<Read>>) {
    loop {
        // The lock is held while waiting: exactly one idle thread listens, the others wait for its place.
        let job = super::lock(jobs).recv();
        match job {
            Ok(read) => read(connection),
            Err(_) => break,
        }
    }
}

/// Runs `work` inside one read transaction; a panic becomes an error and costs only this read.
pub(super) fn snapshot<T>(connection: &Connection, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    connection.prepare_cached("BEGIN")?.execute([])?;
    let result =
        catch_unwind(AssertUnwindSafe(|| work(connection))).unwrap_or_else(|_| Err(Error::internal("a read panicked")));
    connection.prepare_cached("COMMIT")?.execute([])?;
    result
}
