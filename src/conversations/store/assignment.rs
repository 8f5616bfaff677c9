//! Who handles a conversation.

use rusqlite::{OptionalExtension, params};

use super::show::require;
use crate::auth::{Availability, Viewer};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::events::{Event, Why};
use crate::followers::Step;

/// Conversations released in one write.
const PIECE: usize = 200;

/// What a person handles and what is not closed.
pub const HANDLED: &str = "SELECT c.id, c.inbox_id FROM inbox i
       CROSS JOIN conversation c ON c.inbox_id = i.id AND c.assignee_id = ?1 AND c.state = 'open'
     UNION ALL
     SELECT id, inbox_id FROM conversation WHERE assignee_id = ?1 AND state = 'snoozed' LIMIT ?2";

/// Message key of having been second.
pub const TAKEN: &str = "conflict-taken";

/// What somebody saw when they chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Nothing that matters.
    Anybody,
    /// That this person had it, or nobody.
    Holder(Option<i64>),
}

/// Hands a conversation to somebody, or to nobody. Only an available reader of its inbox can be handed one, judged here and
/// not only in the list of names; keeping whom it has is always fine.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it or the person may not; [`Error::Conflict`] when they are
/// unavailable.
pub fn assign(tx: &Tx<'_>, by: &Viewer, conversation: i64, assignee: Option<i64>) -> Result<()> {
    assign_seen(tx, by, conversation, assignee, Seen::Anybody)
}

/// The same for who chose while looking at a page: of two at once the first wins, and the second is told.
///
/// # Errors
/// As [`assign`]; [`Error::Conflict`] also when somebody else has it by now.
pub fn assign_seen(tx: &Tx<'_>, by: &Viewer, conversation: i64, assignee: Option<i64>, seen: Seen) -> Result<()> {
    let inbox = require(tx, by, conversation)?;
    let current: Option<i64> = tx
        .prepare_cached("SELECT assignee_id FROM conversation WHERE id = ?1")?
        .query_row([conversation], |row| row.get(0))?;
    if current == assignee {
        return Ok(());
    }
    if matches!(seen, Seen::Holder(holder) if holder != current) {
        return Err(Error::Conflict(TAKEN));
    }
    if let Some(user) = assignee {
        match availability(tx, inbox, user)? {
            None => return Err(Error::NotFound),
            Some(Availability::Available) => {}
            Some(Availability::Unavailable) => return Err(Error::Conflict("conflict-assignee-unavailable")),
        }
    }
    write(tx, conversation, inbox, assignee, Some(by.id), None)
}

/// Whether what somebody saw is still so.
///
/// # Errors
/// Database errors.
pub fn is_so(tx: &Tx<'_>, conversation: i64, seen: Seen) -> Result<bool> {
    let Seen::Holder(holder) = seen else { return Ok(true) };
    let current: Option<i64> = tx
        .prepare_cached("SELECT assignee_id FROM conversation WHERE id = ?1")?
        .query_row([conversation], |row| row.get(0))?;
    Ok(current == holder)
}

/// Gives back to nobody what somebody handled who has no access any more, `PIECE` at most.
///
/// # Errors
/// Database errors.
pub fn release(tx: &Tx<'_>, user: i64, by: Option<i64>) -> Result<Step> {
    let gone = tx.prepare_cached("SELECT 1 FROM user WHERE id = ?1 AND state = 'disabled'")?.exists([user])?;
    if !gone {
        return Ok(Step::Done);
    }
    let mut select = tx.prepare_cached(HANDLED)?;
    let handled = select.query_map(params![user, PIECE], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let handled = handled.collect::<rusqlite::Result<Vec<(i64, i64)>>>()?;
    for (conversation, inbox) in &handled {
        write(tx, *conversation, *inbox, None, by, Some(Why::Disabled(user)))?;
    }
    Ok(if handled.len() < PIECE { Step::Done } else { Step::More })
}

/// The same for one conversation, whoever handles it.
pub(super) fn release_one(tx: &Tx<'_>, conversation: i64, inbox: i64) -> Result<()> {
    let gone: Option<i64> = tx
        .prepare_cached(
            "SELECT u.id FROM conversation c JOIN user u ON u.id = c.assignee_id WHERE c.id = ?1 AND u.state = 'disabled'",
        )?
        .query_row([conversation], |row| row.get(0))
        .optional()?;
    match gone {
        Some(user) => write(tx, conversation, inbox, None, None, Some(Why::Disabled(user))),
        None => Ok(()),
    }
}

/// Whether somebody takes new conversations of an inbox; `None` for who does not read it.
fn availability(tx: &Tx<'_>, inbox: i64, user: i64) -> Result<Option<Availability>> {
    let availability: Option<String> = tx
        .prepare_cached(
            "SELECT u.availability FROM user u JOIN inbox_reader r ON r.user_id = u.id AND r.inbox_id = ?2
              WHERE u.id = ?1",
        )?
        .query_row([user, inbox], |row| row.get(0))
        .optional()?;
    Ok(availability.map(|text| Availability::parse(&text)))
}

/// Writes down who handles it from now on. The caller has judged whether they can.
pub(super) fn write(
    tx: &Tx<'_>,
    conversation: i64,
    inbox: i64,
    assignee: Option<i64>,
    by: Option<i64>,
    why: Option<Why>,
) -> Result<()> {
    tx.prepare_cached("UPDATE conversation SET assignee_id = ?2 WHERE id = ?1")?
        .execute(params![conversation, assignee])?;
    tx.prepare_cached(
        "INSERT INTO assignment (conversation_id, assignee_id, assigned_by, assigned_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![conversation, assignee, by, tx.now()])?;
    tx.emit(Event::ConversationAssigned { conversation, inbox, assignee, by, why })
}
