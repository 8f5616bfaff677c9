//! A transaction: the connection, the time it is stamped with, and the facts it tells.

use std::cell::RefCell;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::{Connection, params};

use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::events::{Event, Notice};

/// One write in progress. It reads as a connection; dropping it without COMMIT keeps nothing.
pub struct Tx<'c> {
    connection: &'c Connection,
    now: Millis,
    told: RefCell<Vec<Notice>>,
}

impl<'c> Tx<'c> {
    pub(super) fn new(connection: &'c Connection, now: Millis) -> Self {
        Self { connection, now, told: RefCell::default() }
    }

    /// The time of this write; the same for all its rows.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.now
    }

    /// Stores a fact with the change it tells of. The bus hears of it after COMMIT.
    ///
    /// # Errors
    /// Database errors.
    pub fn emit(&self, event: Event) -> Result<()> {
        let payload = serde_json::to_value(&event)?;
        let kind = payload.get("kind").and_then(|kind| kind.as_str()).unwrap_or_default().to_owned();
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO event (kind, payload, inbox_id, conversation_id, contact_id, user_id, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let id = insert.insert(params![
            kind,
            payload.to_string(),
            event.inbox(),
            event.conversation(),
            event.contact(),
            event.user(),
            self.now
        ])?;
        self.told.borrow_mut().push(Notice { id, event });
        Ok(())
    }

    /// Runs a part of the transaction that is kept or undone by itself, with the facts it told. A panic is an error.
    ///
    /// # Errors
    /// What `part` returns; [`Error::Full`] when the disk is full and the whole transaction is gone.
    pub fn attempt<T>(&self, part: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        let told = self.told.borrow().len();
        self.connection.prepare_cached("SAVEPOINT part")?.execute([])?;
        let outcome = catch_unwind(AssertUnwindSafe(|| part(self)))
            .unwrap_or_else(|_| Err(Error::internal("a part of a write panicked")));
        if self.connection.is_autocommit() {
            return Err(Error::Full);
        }
        if outcome.is_err() {
            self.connection.prepare_cached("ROLLBACK TO part")?.execute([])?;
            self.told.borrow_mut().truncate(told);
        }
        self.connection.prepare_cached("RELEASE part")?.execute([])?;
        outcome
    }

    /// Runs `work` with everything it deletes overwritten in the file, whole pages too. Costs writing, so it is for what
    /// somebody wants gone for good.
    ///
    /// # Errors
    /// What `work` returns; database errors.
    pub fn overwriting<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.connection.execute_batch("PRAGMA secure_delete = ON")?;
        let done = work();
        self.connection.execute_batch("PRAGMA secure_delete = FAST")?;
        done
    }

    pub(super) fn into_told(self) -> Vec<Notice> {
        self.told.into_inner()
    }
}

impl Deref for Tx<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}
