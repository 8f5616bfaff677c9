//! What is wrong with the ways of an inbox, and since when.

use rusqlite::{OptionalExtension, params};

use crate::clock::Millis;
use crate::db::Tx;
use crate::error::Result;
use crate::events::Event;
use crate::inboxes::watch;

/// Which way a message went through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    In,
    Out,
}

/// Notes that a message came in or went out: that way works.
///
/// # Errors
/// Database errors.
pub fn touch(tx: &Tx<'_>, inbox: i64, way: Way, at: Millis) -> Result<()> {
    let sql = match way {
        Way::In => "UPDATE inbox SET last_in_at = ?2 WHERE id = ?1",
        Way::Out => "UPDATE inbox SET last_out_at = ?2 WHERE id = ?1",
    };
    tx.prepare_cached(sql)?.execute([inbox, at])?;
    match way {
        // A mail handed over by a pipe says nothing of the mailbox's server.
        Way::In => Ok(()),
        Way::Out => clear_problem(tx, inbox, Way::Out),
    }
}

/// Notes what is wrong with a way of an inbox: a message key and the other side's own words.
///
/// # Errors
/// Database errors.
pub fn set_problem(tx: &Tx<'_>, inbox: i64, way: Way, key: &str, detail: &str) -> Result<()> {
    let sql = match way {
        Way::In => {
            "UPDATE inbox SET problem_in = ?2, problem_in_detail = ?3, problem_in_at = coalesce(problem_in_at, ?4)
              WHERE id = ?1 AND (problem_in IS NOT ?2 OR problem_in_detail IS NOT ?3) RETURNING problem_in_at = ?4"
        }
        Way::Out => {
            "UPDATE inbox SET problem = ?2, problem_detail = ?3, problem_at = coalesce(problem_at, ?4)
              WHERE id = ?1 AND (problem IS NOT ?2 OR problem_detail IS NOT ?3) RETURNING problem_at = ?4"
        }
    };
    let is_new: Option<bool> =
        tx.prepare_cached(sql)?.query_row(params![inbox, key, detail, tx.now()], |row| row.get(0)).optional()?;
    match is_new {
        Some(true) => {
            watch::begin(tx, inbox)?;
            tx.emit(Event::InboxLost { inbox })
        }
        Some(false) | None => Ok(()),
    }
}

/// A way of an inbox works again.
///
/// # Errors
/// Database errors.
pub fn clear_problem(tx: &Tx<'_>, inbox: i64, way: Way) -> Result<()> {
    let sql = match way {
        Way::In => {
            "UPDATE inbox SET problem_in = NULL, problem_in_detail = '', problem_in_at = NULL
              WHERE id = ?1 AND problem_in IS NOT NULL"
        }
        Way::Out => {
            "UPDATE inbox SET problem = NULL, problem_detail = '', problem_at = NULL
              WHERE id = ?1 AND problem IS NOT NULL"
        }
    };
    if tx.prepare_cached(sql)?.execute([inbox])? > 0 {
        watch::look_now(tx, inbox)?;
        tx.emit(Event::InboxRestored { inbox })?;
    }
    Ok(())
}

/// Notes that its owner is told that it is lost (`Some` when), or that it works again.
///
/// # Errors
/// Database errors.
pub fn note_told(tx: &Tx<'_>, inbox: i64, at: Option<Millis>) -> Result<()> {
    tx.prepare_cached("UPDATE inbox SET told_at = ?2 WHERE id = ?1")?.execute(params![inbox, at])?;
    tx.emit(Event::InboxTold { inbox })
}
