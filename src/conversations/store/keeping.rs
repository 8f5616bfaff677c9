//! Letting go of what an inbox does not keep: the oldest messages of long conversations as new ones come, and closed
//! conversations whose time is over. What is let go is deleted for good, as by hand: the same mails do not come back.

use rusqlite::{OptionalExtension, params};

use super::super::jobs::{KEEP, Kept};
use super::super::model::{Keeping, may_delete};
use super::deletion;
use crate::auth::Viewer;
use crate::clock::DAY;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::{Change, Event};
use crate::followers::Step;
use crate::jobs::{self, NewJob};

/// Conversations that are let go in one write.
const SOME: usize = 20;
/// Conversations whose length is looked at in one write.
const LOOKED: usize = 200;
/// Messages that are let go of one conversation in one write.
const PIECE: i64 = 500;
/// More than this many are told as "more than".
pub const COUNTED: i64 = 1000;

/// What an inbox keeps.
///
/// # Errors
/// Database errors.
pub fn get(connection: &Connection, inbox: i64) -> Result<Keeping> {
    let mut select = connection.prepare_cached("SELECT messages, days FROM inbox_keeping WHERE inbox_id = ?1")?;
    let found = select.query_row([inbox], |row| Ok(Keeping { messages: row.get(0)?, days: row.get(1)? })).optional()?;
    Ok(found.unwrap_or_default())
}

/// Sets what an inbox keeps; what is too much already goes soon.
///
/// # Errors
/// [`Error::NotFound`] without such an inbox; [`Error::Forbidden`] for who neither connected it nor owns the workspace, as
/// with deleting by hand.
pub fn set(tx: &Tx<'_>, by: &Viewer, inbox: i64, keeping: Keeping) -> Result<()> {
    if !may_set(tx, by, inbox)? {
        return Err(Error::Forbidden("owner"));
    }
    let before = get(tx, inbox)?;
    if before == keeping {
        return Ok(());
    }
    if keeping == Keeping::default() {
        tx.prepare_cached("DELETE FROM inbox_keeping WHERE inbox_id = ?1")?.execute([inbox])?;
    } else {
        tx.prepare_cached(
            "INSERT INTO inbox_keeping (inbox_id, messages, days) VALUES (?1, ?2, ?3)
             ON CONFLICT (inbox_id) DO UPDATE SET messages = excluded.messages, days = excluded.days",
        )?
        .execute(params![inbox, keeping.messages, keeping.days])?;
        let payload = Kept { inbox, after: 0 };
        jobs::enqueue(tx, &NewJob { kind: KEEP, key: None, lane: None, payload: &payload, run_at: tx.now() })?;
    }
    let text = |limit: Option<u32>| limit.map(|limit| limit.to_string()).unwrap_or_default();
    let changes = [
        Change::between("keep-messages", &text(before.messages), &text(keeping.messages)),
        Change::between("keep-days", &text(before.days), &text(keeping.days)),
    ];
    tx.emit(Event::InboxKeepingChanged { inbox, by: Some(by.id), changes: changes.into_iter().flatten().collect() })
}

/// Whether this person may let an inbox forget.
///
/// # Errors
/// [`Error::NotFound`] without such an inbox.
pub fn may_set(connection: &Connection, by: &Viewer, inbox: i64) -> Result<bool> {
    let mut select = connection.prepare_cached("SELECT owner_id FROM inbox WHERE id = ?1")?;
    let owner: Option<i64> = select.query_row([inbox], |row| row.get(0))?;
    Ok(may_delete(owner, by))
}

/// How many closed conversations of an inbox are older than `days` at `now`, counted up to one more than [`COUNTED`].
///
/// # Errors
/// Database errors.
pub fn ended(connection: &Connection, inbox: i64, days: u32, now: i64) -> Result<i64> {
    let mut select = connection.prepare_cached(
        "SELECT count(*) FROM (SELECT 1 FROM conversation
                                WHERE inbox_id = ?1 AND state = 'closed' AND merged_into_id IS NULL
                                  AND last_activity_at < ?2 LIMIT ?3)",
    )?;
    Ok(select.query_row(params![inbox, now - i64::from(days) * DAY, COUNTED + 1], |row| row.get(0))?)
}

/// Lets the oldest messages of a conversation go, as far as its inbox keeps fewer; what is left comes with the next
/// write.
///
/// # Errors
/// Database errors.
pub fn trim(tx: &Tx<'_>, conversation: i64) -> Result<Step> {
    let inbox = tx
        .prepare_cached(
            "SELECT k.inbox_id, k.messages FROM conversation c JOIN inbox_keeping k ON k.inbox_id = c.inbox_id
              WHERE c.id = ?1 AND k.messages IS NOT NULL",
        )?
        .query_row([conversation], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
        .optional()?;
    let Some((inbox, most)) = inbox else { return Ok(Step::Done) };
    // The newest that goes; what has not left yet stays, and with it all that came after.
    let newest: Option<i64> = tx
        .prepare_cached("SELECT id FROM message WHERE conversation_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2")?
        .query_row([conversation, most], |row| row.get(0))
        .optional()?;
    let Some(newest) = newest else { return Ok(Step::Done) };
    let mut select = tx.prepare_cached(
        "SELECT id, delivery IN ('queued', 'sending') FROM message
          WHERE conversation_id = ?1 AND id <= ?2 ORDER BY id LIMIT ?3",
    )?;
    let oldest = select.query_map([conversation, newest, PIECE], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, Option<bool>>(1)?.unwrap_or(false)))
    })?;
    let oldest = oldest.collect::<rusqlite::Result<Vec<_>>>()?;
    let gone: Vec<i64> = oldest.iter().take_while(|(_, leaves)| !leaves).map(|(id, _)| *id).collect();
    let Some(last) = gone.last() else { return Ok(Step::Done) };
    deletion::forget_until(tx, conversation, *last)?;
    tx.emit(Event::MessagesExpired { conversation, inbox })?;
    let more = gone.len() == oldest.len() && *last < newest;
    Ok(if more { Step::More } else { Step::Done })
}

/// Looks at the length of some conversations of an inbox, from one on; answers where to go on, if there is more.
///
/// # Errors
/// Database errors.
pub fn trim_some(tx: &Tx<'_>, inbox: i64, after: i64) -> Result<Option<i64>> {
    let mut select =
        tx.prepare_cached("SELECT id FROM conversation WHERE id > ?2 AND inbox_id = ?1 ORDER BY id LIMIT ?3")?;
    let ids = select.query_map(params![inbox, after, LOOKED], |row| row.get(0))?;
    let ids = ids.collect::<rusqlite::Result<Vec<i64>>>()?;
    let mut before = after;
    for id in &ids {
        if trim(tx, *id)? == Step::More {
            return Ok(Some(before));
        }
        before = *id;
    }
    Ok((ids.len() == LOOKED).then_some(before))
}

/// Lets some closed conversations go whose time is over; answers whether there may be more.
///
/// # Errors
/// Database errors.
pub fn expire_some(tx: &Tx<'_>) -> Result<Step> {
    let mut select = tx.prepare_cached("SELECT inbox_id, days FROM inbox_keeping WHERE days IS NOT NULL")?;
    let limits = select.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
    let limits = limits.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut select = tx.prepare_cached(
        "SELECT id FROM conversation c
          WHERE inbox_id = ?1 AND state = 'closed' AND merged_into_id IS NULL AND last_activity_at < ?2
            AND NOT EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.delivery IN ('queued', 'sending'))
            AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.conversation_id = c.id AND d.leaves_at IS NOT NULL)
          ORDER BY last_activity_at LIMIT ?3",
    )?;
    let mut left = SOME;
    for (inbox, days) in limits {
        let ids = select.query_map(params![inbox, tx.now() - days * DAY, left], |row| row.get(0))?;
        let ids = ids.collect::<rusqlite::Result<Vec<i64>>>()?;
        left -= ids.len();
        for id in ids {
            deletion::expire(tx, id, inbox)?;
        }
        if left == 0 {
            return Ok(Step::More);
        }
    }
    Ok(Step::Done)
}
