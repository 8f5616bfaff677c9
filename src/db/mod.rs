//! The only place that opens a connection, a transaction or a thread for the database.
//!
//! One writer thread owns the write connection and commits in groups: it takes jobs until its queue is empty or 256,
//! one SAVEPOINT each, one COMMIT, and only then answers all. Reader threads serve snapshots. Nothing here knows a table
//! of a feature; it never answers a write before the COMMIT that holds it.

pub mod backup;
mod events;
mod migrations;
mod open;
mod reader;
mod tx;
mod watcher;
pub mod words;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::events::Bus;

pub use events::{Cursor, Stretch, fact, since};
pub use migrations::LATEST as SCHEMA;
pub use open::{Options, Watch};
pub use tx::Tx;

/// The database. Clones are the same database; the threads end when the last clone is gone or at [`Db::close`].
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    path: PathBuf,
    bus: Bus,
    clock: Clock,
    publisher: Arc<events::Publisher>,
    writer: Mutex<Option<writer::Writer>>,
    readers: Mutex<Option<reader::Readers>>,
    watcher: Mutex<Option<watcher::Watcher>>,
}

impl Db {
    /// Opens (or creates) the file, brings its schema up to date and starts the threads.
    ///
    /// # Errors
    /// [`Error::NewerSchema`] for a file written by a newer version; database and file errors as they are.
    pub fn open(path: &Path, options: &Options, clock: &Clock, bus: &Bus) -> Result<Self> {
        let connection = open::writer(path, options)?;
        migrations::run(&connection, path, clock)?;
        connection.execute_batch("PRAGMA optimize = 0x10002")?;
        let publisher = Arc::new(events::Publisher::new(&connection, bus.clone())?);
        let readers = reader::Readers::start(path, options)?;
        let watcher = match options.watch {
            Watch::OtherProcesses => Some(watcher::Watcher::start(path, publisher.clone())?),
            Watch::Nothing => None,
        };
        let writer = writer::Writer::start(connection, clock.clone(), publisher.clone())?;
        Ok(Self(Arc::new(Inner {
            path: path.to_owned(),
            bus: bus.clone(),
            clock: clock.clone(),
            publisher,
            writer: Mutex::new(Some(writer)),
            readers: Mutex::new(Some(readers)),
            watcher: Mutex::new(watcher),
        })))
    }

    /// Where the file lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Hears of every committed fact.
    #[must_use]
    pub fn bus(&self) -> &Bus {
        &self.0.bus
    }

    /// The newest fact told on the bus.
    #[must_use]
    pub fn told(&self) -> i64 {
        self.0.publisher.last()
    }

    /// The clock that stamps writes.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Runs `work` on a reader thread, in one snapshot.
    ///
    /// # Errors
    /// What `work` returns; [`Error::Busy`] when the queue is full.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let (answer, wait) = oneshot::channel();
        self.with_readers(|readers| {
            readers.send(Box::new(move |connection| {
                // Nobody waits any more if the request was dropped.
                let _ = answer.send(reader::snapshot(connection, work));
            }))
        })?;
        wait.await.map_err(|_| Error::internal("a read was dropped"))?
    }

    /// Runs `work` in a transaction and answers after COMMIT.
    ///
    /// # Errors
    /// What `work` returns (nothing of it is kept then); [`Error::Busy`] when the queue is full, [`Error::Full`] when
    /// the file cannot grow.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (answer, wait) = oneshot::channel();
        self.send_write(work, move |result| {
            let _ = answer.send(result);
        })?;
        wait.await.map_err(|_| Error::internal("a write was dropped"))?
    }

    /// [`Db::read`] for threads outside the async runtime (commands, benchmarks).
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_blocking<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let (answer, wait) = std::sync::mpsc::sync_channel(1);
        self.with_readers(|readers| {
            readers.send(Box::new(move |connection| {
                let _ = answer.send(reader::snapshot(connection, work));
            }))
        })?;
        wait.recv().map_err(|_| Error::internal("a read was dropped"))?
    }

    /// [`Db::write`] for threads outside the async runtime.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_blocking<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (answer, wait) = std::sync::mpsc::sync_channel(1);
        self.send_write(work, move |result| {
            let _ = answer.send(result);
        })?;
        wait.recv().map_err(|_| Error::internal("a write was dropped"))?
    }

    /// Finishes what is queued, checkpoints and closes the file. Later calls answer with an error.
    pub fn close(&self) {
        drop(lock(&self.0.watcher).take());
        drop(lock(&self.0.readers).take());
        drop(lock(&self.0.writer).take());
    }

    fn send_write<T, F, A>(&self, work: F, answer: A) -> Result<()>
    where
        T: Send + 'static,
        F: FnOnce(&Tx<'_>) -> Result<T> + Send + 'static,
        A: FnOnce(Result<T>) + Send + 'static,
    {
        let job = writer::job(work, answer);
        match lock(&self.0.writer).as_ref() {
            Some(writer) => writer.send(job),
            None => Err(Error::internal("the database is closed")),
        }
    }

    fn with_readers(&self, send: impl FnOnce(&reader::Readers) -> Result<()>) -> Result<()> {
        match lock(&self.0.readers).as_ref() {
            Some(readers) => send(readers),
            None => Err(Error::internal("the database is closed")),
        }
    }
}

/// A poisoned lock only says that another thread panicked; what it guards here is a handle.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
