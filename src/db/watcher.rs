//! Notices commits of other processes (`mail-in`, `user`, `backup`) by `PRAGMA data_version` and tells their facts.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;

use super::events::Publisher;
use super::open;
use crate::error::Result;

/// How often it looks. A look costs no disk access.
const PACE: Duration = Duration::from_millis(200);

/// The thread that looks.
pub(super) struct Watcher {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Watcher {
    pub(super) fn start(path: &Path, publisher: Arc<Publisher>) -> Result<Self> {
        let connection = open::reader(path)?;
        let (stop, stopped) = channel();
        let thread = std::thread::Builder::new()
            .name("db-watcher".into())
            .spawn(move || run(&connection, &stopped, &publisher))?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(connection: &Connection, stopped: &Receiver<()>, publisher: &Publisher) {
    let mut seen = version(connection);
    while stopped.recv_timeout(PACE) == Err(RecvTimeoutError::Timeout) {
        let now = version(connection);
        if now != seen {
            match publisher.publish_from(connection) {
                Ok(()) => seen = now,
                Err(error) => tracing::warn!(%error, "facts of another process could not be read yet"),
            }
        }
    }
}

fn version(connection: &Connection) -> Option<i64> {
    connection.pragma_query_value(None, "data_version", |row| row.get(0)).ok()
}
