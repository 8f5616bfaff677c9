//! Telling committed facts in the order of their ids, whoever committed them, and reading them from a cursor.

use std::sync::Mutex;

use rusqlite::{Connection, OptionalExtension, params};

use super::{Tx, lock};
use crate::error::Result;
use crate::events::{Bus, Event, Notice};

/// Sends each committed fact to the bus once, in order.
pub(super) struct Publisher {
    bus: Bus,
    last: Mutex<i64>,
}

impl Publisher {
    pub(super) fn new(connection: &Connection, bus: Bus) -> Result<Self> {
        Ok(Self { bus, last: Mutex::new(newest(connection)?) })
    }

    /// The newest fact told.
    pub(super) fn last(&self) -> i64 {
        *lock(&self.last)
    }

    /// Tells what this process has just committed. Ids follow each other without gaps (a rolled-back id is used
    /// again), so a gap means that another process committed in between: then all is told from the table.
    pub(super) fn publish_own(&self, connection: &Connection, told: Vec<Notice>) {
        let Some(first) = told.first().map(|notice| notice.id) else {
            return;
        };
        let mut last = lock(&self.last);
        if first != *last + 1 {
            drop(last);
            if let Err(error) = self.publish_from(connection) {
                tracing::error!(%error, "facts could not be read to tell them; the watcher tries again");
            }
            return;
        }
        for notice in told {
            *last = notice.id;
            self.bus.publish(notice);
        }
    }

    /// Tells everything in the table that was not told yet.
    pub(super) fn publish_from(&self, connection: &Connection) -> Result<()> {
        let mut last = lock(&self.last);
        for notice in since(connection, *last, 10_000)? {
            *last = notice.id;
            self.bus.publish(notice);
        }
        Ok(())
    }
}

fn newest(connection: &Connection) -> Result<i64> {
    Ok(connection.query_row("SELECT coalesce(max(id), 0) FROM event", [], |row| row.get(0))?)
}

/// The facts after `id`, oldest first, `limit` at most. A kind that this version does not know is passed over.
///
/// # Errors
/// Database errors.
pub fn since(connection: &Connection, id: i64, limit: u32) -> Result<Vec<Notice>> {
    let mut select = connection.prepare_cached("SELECT id, payload FROM event WHERE id > ?1 ORDER BY id LIMIT ?2")?;
    let rows = select.query_map(params![id, limit], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    let mut notices = Vec::new();
    for row in rows {
        let (id, payload) = row?;
        if let Ok(event) = serde_json::from_str::<Event>(&payload) {
            notices.push(Notice { id, event });
        }
    }
    Ok(notices)
}

/// Facts looked at in one go.
const STRETCH: u32 = 1000;
/// Facts dealt with in one go, so that no write holds the others up.
const WANTED: usize = 50;

/// A part of the order of all facts.
#[derive(Debug)]
pub struct Stretch {
    /// Those that were wanted, oldest first.
    pub facts: Vec<Notice>,
    /// The last one that was looked at.
    pub until: i64,
}

/// One fact, if it (still) stands and is of a kind that this version knows.
///
/// # Errors
/// Database errors.
pub fn fact(connection: &Connection, id: i64) -> Result<Option<Notice>> {
    let payload: Option<String> = connection
        .prepare_cached("SELECT payload FROM event WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let event = payload.and_then(|payload| serde_json::from_str(&payload).ok());
    Ok(event.map(|event| Notice { id, event }))
}

/// A stored place in the order of all facts: what must happen after a fact happens from here, and may happen twice.
pub struct Cursor(pub &'static str);

impl Cursor {
    /// The last fact that was dealt with.
    ///
    /// # Errors
    /// Database errors.
    pub fn place(&self, connection: &Connection) -> Result<i64> {
        let place = connection
            .prepare_cached("SELECT event_id FROM event_cursor WHERE name = ?1")?
            .query_row([self.0], |row| row.get(0))
            .optional()?;
        Ok(place.unwrap_or(0))
    }

    /// What comes after `place`, of a bounded stretch: the facts that are wanted, and up to where it was looked.
    ///
    /// # Errors
    /// Database errors.
    pub fn next(&self, connection: &Connection, place: i64, wants: fn(&Event) -> bool) -> Result<Stretch> {
        let mut select =
            connection.prepare_cached("SELECT id, payload FROM event WHERE id > ?1 ORDER BY id LIMIT ?2")?;
        let mut rows = select.query(params![place, STRETCH])?;
        let mut stretch = Stretch { facts: Vec::new(), until: place };
        while let Some(row) = rows.next()? {
            stretch.until = row.get(0)?;
            // A kind that this version does not know is passed over.
            let payload: String = row.get(1)?;
            let event = serde_json::from_str::<Event>(&payload).ok().filter(wants);
            let Some(event) = event else { continue };
            stretch.facts.push(Notice { id: stretch.until, event });
            if stretch.facts.len() == WANTED {
                break;
            }
        }
        Ok(stretch)
    }

    /// Everything up to `id` has been dealt with.
    ///
    /// # Errors
    /// Database errors.
    pub fn advance(&self, tx: &Tx<'_>, id: i64) -> Result<()> {
        tx.prepare_cached(
            "INSERT INTO event_cursor (name, event_id) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET event_id = max(event_id, excluded.event_id)",
        )?
        .execute(params![self.0, id])?;
        Ok(())
    }
}
