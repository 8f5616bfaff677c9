//! Mail by which somebody of the team answers. It is no message of a customer: it goes into the journal, and a job of who
//! knows the team's addresses judges it.

use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};

use super::super::model::{Incoming, Outcome, Receipt};
use super::inbound::journal;
use super::original;
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::inboxes::store::{Way, touch};
use crate::jobs::{self, NewJob};

/// The kind of the jobs that judge such mail.
pub const TEAM_MAIL: &str = "team_mail";

/// Which piece of the journal.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Piece {
    pub piece: i64,
}

/// A piece that waits for its judgment.
#[derive(Debug, Clone)]
pub struct TeamMail {
    pub inbox: i64,
    pub raw: Vec<u8>,
}

/// Journals the piece and queues its judgment. What was there before the inbox was connected is not answered any more.
pub(super) fn set_aside(tx: &Tx<'_>, inbox: i64, incoming: &Incoming, raw: i64) -> Result<Receipt> {
    let outcome = Outcome::Team;
    let piece = journal(tx, inbox, incoming, raw, (outcome, None))?;
    if !incoming.arrival.is_silent() {
        touch(tx, inbox, Way::In, tx.now())?;
        let (key, payload) = (format!("team-mail-{piece}"), Piece { piece });
        let job = NewJob { kind: TEAM_MAIL, key: Some(&key), lane: None, payload: &payload, run_at: tx.now() };
        jobs::enqueue(tx, &job)?;
    }
    Ok(Receipt { conversation: 0, message: 0, outcome })
}

/// A piece that was set aside, if it is there still.
///
/// # Errors
/// Database errors.
pub fn waiting(connection: &Connection, piece: i64) -> Result<Option<TeamMail>> {
    let found: Option<(i64, i64)> = connection
        .prepare_cached("SELECT inbox_id, raw_id FROM inbound WHERE id = ?1 AND outcome = 'team'")?
        .query_row([piece], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((inbox, raw)) = found else { return Ok(None) };
    Ok(Some(TeamMail { inbox, raw: original::unpack(connection, raw)? }))
}

/// Notes which message the piece became.
///
/// # Errors
/// Database errors.
pub fn became(tx: &Tx<'_>, piece: i64, message: i64) -> Result<()> {
    tx.prepare_cached("UPDATE inbound SET message_id = ?2 WHERE id = ?1")?.execute([piece, message])?;
    Ok(())
}
