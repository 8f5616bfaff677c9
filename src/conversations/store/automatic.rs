//! Handing out by itself, in the transaction that takes a message in: only to available readers of the inbox, and in turn.

use rusqlite::params;

use super::super::model::{Candidate, Choice, choose};
use super::assignment::write;
use crate::auth::Availability;
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::events::Why;
use crate::inboxes::store::assigning;
use crate::inboxes::{HandOut, Reopening};

/// How a conversation came to want somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begun {
    /// It is new.
    Anew,
    /// It was closed, and its contact wrote again.
    Again,
}

/// Who could be handed something, with how much they have and when it was their turn.
pub const CANDIDATES: &str = "SELECT u.id, u.availability,
        (SELECT coalesce(sum(n.open), 0) FROM inbox i
          CROSS JOIN conversation_counter n ON n.inbox_id = i.id AND n.assignee_id = u.id),
        coalesce(t.turn, 0)
   FROM inbox_reader r
   JOIN user u ON u.id = r.user_id
   LEFT JOIN inbox_turn t ON t.inbox_id = r.inbox_id AND t.user_id = u.id
  WHERE r.inbox_id = ?1";

/// Finds somebody for an open conversation, as its inbox wants it. Where nobody can, it stays with nobody, and a line says
/// why.
///
/// # Errors
/// Database errors.
pub(super) fn hand_out(tx: &Tx<'_>, conversation: i64, inbox: i64, begun: Begun) -> Result<()> {
    let assigning = assigning::get(tx, inbox)?;
    let (state, assignee): (String, Option<i64>) = tx
        .prepare_cached("SELECT state, assignee_id FROM conversation WHERE id = ?1")?
        .query_row([conversation], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let is_kept = begun == Begun::Again && assigning.reopening == Reopening::Keep;
    if state != "open" || (assignee.is_some() && is_kept) {
        return Ok(());
    }
    if assigning.way == HandOut::Off {
        return match assignee {
            Some(_) => write(tx, conversation, inbox, None, None, Some(Why::WrittenAgain)),
            None => Ok(()),
        };
    }
    let choice = choose(&assigning, &candidates(tx, inbox)?);
    let (chosen, why) = match choice {
        Choice::Somebody(user) => (Some(user), Why::HandedOut),
        Choice::NobodyAvailable => (None, Why::NobodyAvailable),
        Choice::EverybodyFull => (None, Why::EverybodyFull),
    };
    if let Some(user) = chosen {
        take_turn(tx, inbox, user)?;
    }
    write(tx, conversation, inbox, chosen, None, Some(why))
}

fn candidates(connection: &Connection, inbox: i64) -> Result<Vec<Candidate>> {
    let mut select = connection.prepare_cached(CANDIDATES)?;
    let rows = select.query_map([inbox], |row| {
        Ok(Candidate {
            user: row.get(0)?,
            availability: Availability::parse(row.get_ref(1)?.as_str()?),
            open: row.get(2)?,
            turn: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn take_turn(tx: &Tx<'_>, inbox: i64, user: i64) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO inbox_turn (inbox_id, user_id, turn)
         VALUES (?1, ?2, (SELECT coalesce(max(turn), 0) + 1 FROM inbox_turn WHERE inbox_id = ?1))
         ON CONFLICT DO UPDATE SET turn = excluded.turn",
    )?
    .execute(params![inbox, user])?;
    Ok(())
}
