//! How each action of the last macro in a conversation ended.

use rusqlite::{OptionalExtension, params};

use super::super::model::macros::{Action, Counts, Ended, Kind, LastRun, Ran, Step};
use super::show::require;
use crate::auth::Viewer;
use crate::db::{Connection, Tx};
use crate::error::Result;

/// Letters of a value that are kept: a line shows fewer.
const LETTERS: usize = 200;

/// Keeps them in place of those of the runs before.
pub(super) fn keep(tx: &Tx<'_>, (conversation, run): (i64, i64), lines: &[Ran]) -> Result<()> {
    tx.prepare_cached(
        "DELETE FROM macro_run_line WHERE run_id IN (SELECT id FROM macro_run WHERE conversation_id = ?1)",
    )?
    .execute([conversation])?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO macro_run_line (run_id, position, kind, value, about, counts, ended, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for (position, Ran { step, ended }) in lines.iter().enumerate() {
        let value: String = step.action.value.chars().take(LETTERS).collect();
        let (ended, reason) = ended.to_parts();
        let counts = step.action.counts == Counts::Yes;
        insert.execute(params![run, position, step.action.kind.as_str(), value, step.about, counts, ended, reason])?;
    }
    Ok(())
}

/// What the last macro did in a conversation, if its lines are kept.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the viewer may not see it.
pub fn last(connection: &Connection, viewer: &Viewer, conversation: i64) -> Result<Option<LastRun>> {
    require(connection, viewer, conversation)?;
    let found = connection
        .prepare_cached(
            "SELECT m.id, m.name, u.name, m.run_at FROM macro_run m JOIN user u ON u.id = m.run_by
              WHERE m.conversation_id = ?1 ORDER BY m.id DESC LIMIT 1",
        )?
        .query_row([conversation], |row| {
            let run = LastRun { name: row.get(1)?, by: row.get(2)?, at: row.get(3)?, lines: Vec::new() };
            Ok((row.get::<_, i64>(0)?, run))
        })
        .optional()?;
    let Some((id, mut run)) = found else { return Ok(None) };
    let mut select = connection.prepare_cached(
        "SELECT position, kind, value, about, counts, ended, reason FROM macro_run_line
          WHERE run_id = ?1 ORDER BY position",
    )?;
    let rows = select.query_map([id], |row| {
        let kind = Kind::parse(row.get_ref(1)?.as_str()?);
        let counts = if row.get(4)? { Counts::Yes } else { Counts::No };
        let ended = Ended::of_parts(row.get_ref(5)?.as_str()?, row.get(6)?);
        let (id, value, about) = (row.get(0)?, row.get(2)?, row.get(3)?);
        Ok(kind.map(|kind| Ran { step: Step { id, action: Action { kind, value, counts }, about }, ended }))
    })?;
    run.lines = rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().flatten().collect();
    Ok(Some(run).filter(|run| !run.lines.is_empty()))
}
