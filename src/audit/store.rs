//! The log in the database, newest first, by keyset. Each filter is a run, or a few, of an index of its own; the runs are
//! merged here and only the entries of one page are read whole.

use std::cmp::Reverse;

use rusqlite::{OptionalExtension, Row, params};

use super::model::{Entry, Filter, Names, Place, Who};
use crate::accounts;
use crate::clock::{DAY, Millis};
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::inboxes;

/// ?1 and ?2: the place before; ?3: not older than; ?4: how many; ?5: whose, or which noun; ?6: nouns as JSON, or none.
const ALL: &str = "SELECT created_at, id FROM activity
     WHERE (created_at, id) < (?1, ?2) AND created_at >= ?3 AND ?5 IS NULL AND ?6 IS NULL
     ORDER BY created_at DESC, id DESC LIMIT ?4";
const OF_NOUN: &str = "SELECT created_at, id FROM activity
     WHERE noun = ?5 AND (created_at, id) < (?1, ?2) AND created_at >= ?3 AND ?6 IS NULL
     ORDER BY created_at DESC, id DESC LIMIT ?4";
const BY_NOBODY: &str = "SELECT created_at, id FROM activity
     WHERE actor_id IS NULL AND (created_at, id) < (?1, ?2) AND created_at >= ?3 AND ?5 IS NULL
       AND (?6 IS NULL OR noun IN (SELECT value FROM json_each(?6)))
     ORDER BY created_at DESC, id DESC LIMIT ?4";
const BY_PERSON: &str = "SELECT created_at, id FROM activity
     WHERE actor_id = ?5 AND (created_at, id) < (?1, ?2) AND created_at >= ?3
       AND (?6 IS NULL OR noun IN (SELECT value FROM json_each(?6)))
     ORDER BY created_at DESC, id DESC LIMIT ?4";
/// What others did to a person.
const TO_PERSON: &str = "SELECT created_at, id FROM activity INDEXED BY activity_of_user
     WHERE user_id = ?5 AND (created_at, id) < (?1, ?2) AND created_at >= ?3 AND actor_id IS NOT ?5
       AND (?6 IS NULL OR noun IN (SELECT value FROM json_each(?6)))
     ORDER BY created_at DESC, id DESC LIMIT ?4";

/// The queries that give the runs, with names for a test.
#[must_use]
pub fn run_queries() -> [(&'static str, &'static str); 5] {
    [
        ("activity", ALL),
        ("activity of a noun", OF_NOUN),
        ("activity of nobody", BY_NOBODY),
        ("activity of a person", BY_PERSON),
        ("activity that concerns a person", TO_PERSON),
    ]
}

/// One page of what a filter lets through, after a place.
///
/// # Errors
/// Database errors.
pub fn page(connection: &Connection, filter: &Filter, after: Place, limit: u32) -> Result<Vec<Entry>> {
    let after = filter.until.map_or(after, |until| after.min(Place { at: until, id: i64::MIN }));
    let nouns = filter.area.map(|area| serde_json::to_string(area.nouns())).transpose()?;
    let window = Window { after, from: filter.from.unwrap_or(Millis::MIN), limit };
    let mut places = Vec::new();
    match (filter.who, filter.area) {
        (Who::Anybody, None) => places.extend(window.run(connection, ALL, None::<i64>, None)?),
        (Who::Anybody, Some(area)) => {
            for noun in area.nouns() {
                places.extend(window.run(connection, OF_NOUN, Some(noun), None)?);
            }
        }
        (Who::Nobody, _) => places.extend(window.run(connection, BY_NOBODY, None::<i64>, nouns.as_deref())?),
        (Who::Person(person), _) => {
            places.extend(window.run(connection, BY_PERSON, Some(person), nouns.as_deref())?);
            places.extend(window.run(connection, TO_PERSON, Some(person), nouns.as_deref())?);
        }
    }
    places.sort_unstable_by_key(|place| Reverse(*place));
    places.truncate(limit as usize);
    let mut select = connection.prepare_cached(
        "SELECT id, kind, actor_id, user_id, inbox_id, conversation_id, payload, created_at FROM activity WHERE id = ?1",
    )?;
    places
        .iter()
        .map(|place| {
            let mut entry = select.query_row([place.id], entry)?;
            entry.about = about(connection, &entry.payload)?;
            Ok(entry)
        })
        .collect()
}

/// The name of what an entry is about, where it is no person and no inbox.
fn about(connection: &Connection, payload: &serde_json::Value) -> Result<String> {
    let named = [
        ("team", "SELECT name FROM team WHERE id = ?1"),
        ("invitation", "SELECT email FROM invitation WHERE id = ?1"),
        ("block", "SELECT pattern FROM blocked_sender WHERE id = ?1"),
    ];
    for (field, sql) in named {
        if let Some(id) = payload[field].as_i64() {
            return Ok(connection
                .prepare_cached(sql)?
                .query_row([id], |row| row.get(0))
                .optional()?
                .unwrap_or_default());
        }
    }
    Ok(String::new())
}

/// The part of a run that is wanted.
struct Window {
    after: Place,
    from: Millis,
    limit: u32,
}

impl Window {
    fn run(
        &self,
        connection: &Connection,
        sql: &str,
        key: Option<impl rusqlite::ToSql>,
        nouns: Option<&str>,
    ) -> Result<Vec<Place>> {
        let mut select = connection.prepare_cached(sql)?;
        let values = params![self.after.at, self.after.id, self.from, self.limit, key, nouns];
        let run = select.query_map(values, |row| Ok(Place { at: row.get(0)?, id: row.get(1)? }))?;
        Ok(run.collect::<rusqlite::Result<_>>()?)
    }
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let payload = row.get_ref(6)?.as_str()?;
    Ok(Entry {
        id: row.get(0)?,
        kind: row.get(1)?,
        actor: row.get(2)?,
        user: row.get(3)?,
        inbox: row.get(4)?,
        conversation: row.get(5)?,
        about: String::new(),
        // The schema lets nothing else in.
        payload: serde_json::from_str(payload).unwrap_or_default(),
        at: row.get(7)?,
    })
}

/// Who and what the ids of entries are today.
///
/// # Errors
/// Database errors.
pub fn names(connection: &Connection) -> Result<Names> {
    let people = accounts::everybody(connection)?;
    let inboxes = inboxes::store::all(connection)?.into_iter().map(|inbox| (inbox.id, inbox.name)).collect();
    Ok(Names { people, inboxes })
}

/// Every kind that belongs into the log.
///
/// # Errors
/// Database errors.
pub fn kinds(connection: &Connection) -> Result<Vec<String>> {
    let mut select = connection.prepare_cached("SELECT kind FROM audited_kind ORDER BY kind")?;
    Ok(select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// The moment before which entries are older than the workspace keeps them.
///
/// # Errors
/// Database errors.
pub fn kept_since(connection: &Connection, now: Millis) -> Result<Millis> {
    let days: i64 = connection
        .prepare_cached("SELECT coalesce((SELECT activity_days FROM workspace), 730)")?
        .query_row([], |row| row.get(0))?;
    Ok(now - days * DAY)
}

/// How many entries are older than `before`.
///
/// # Errors
/// Database errors.
pub fn older(connection: &Connection, before: Millis) -> Result<i64> {
    Ok(connection
        .prepare_cached("SELECT count(*) FROM activity WHERE created_at < ?1")?
        .query_row([before], |row| row.get(0))?)
}

/// Removes entries older than `before`, so many at most. The schema refuses to remove a younger one.
///
/// # Errors
/// Database errors.
pub fn remove(tx: &Tx<'_>, before: Millis, limit: u32) -> Result<usize> {
    let mut delete = tx.prepare_cached(
        "DELETE FROM activity WHERE id IN
           (SELECT id FROM activity WHERE created_at < ?1 ORDER BY created_at, id LIMIT ?2)",
    )?;
    Ok(delete.execute(params![before, limit])?)
}
