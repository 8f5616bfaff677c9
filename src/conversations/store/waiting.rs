//! Answers that wait: a few seconds so that they can be taken back, or until a time that somebody chose. Such an answer is
//! no message yet. Taking it back and its leaving are one row in one line of writes: never both happen.

use rusqlite::{OptionalExtension, Row as SqlRow, params};

use super::super::jobs::{LEAVE, Leave};
use super::super::model::{
    Addressed, Hold, IncomingFile, MessageKind, Person, Recipients, Scope, Slot, Waiting, Withdrawn, Written,
};
use super::show::require;
use super::writing::{Author, already, check, send_as};
use super::{audience, drafts};
use crate::auth::Viewer;
use crate::clock::Millis;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;
use crate::jobs::{self, NewJob};

/// Message key of having come too late.
const GONE: &str = "conflict-waiting-gone";

/// Keeps an answer until it leaves at `at`; the same `client_id` again changes nothing. It is judged as if it left now, and
/// who gets it is settled.
///
/// # Errors
/// As [`super::writing::send`].
pub fn hold(
    tx: &Tx<'_>,
    by: &Viewer,
    conversation: i64,
    (written, addressed): (&Written, &Addressed),
    (hold, at): (Hold, Millis),
) -> Result<()> {
    let inbox = require(tx, by, conversation)?;
    let page = written.client_id.clone().unwrap_or_default();
    if already(tx, conversation, written)?.is_some() || is_waiting(tx, conversation, &page)? {
        return Ok(());
    }
    check(tx, (conversation, inbox), written, addressed)?;
    let found = audience::of(tx, conversation, addressed.about, addressed.scope)?;
    let recipients = addressed.recipients.clone().unwrap_or(found.recipients);
    audience::check(tx, &recipients)?;
    let slot = Slot::of(MessageKind::Outgoing, addressed.scope, found.about);
    let draft = tx
        .prepare_cached(
            "INSERT INTO draft (user_id, conversation_id, slot, text, about_id, scope, recipients, keep, page, after_id,
                                saved_at, leaves_at, held)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,
                    coalesce((SELECT max(id) FROM message WHERE conversation_id = ?2), 0), ?10, ?11, ?12",
        )?
        .insert(params![
            by.id,
            conversation,
            slot.to_text(),
            written.text,
            found.about,
            addressed.scope.as_str(),
            serde_json::to_string(&recipients)?,
            serde_json::to_string(&addressed.keep)?,
            page,
            tx.now(),
            at,
            hold.as_str()
        ])?;
    put_files(tx, draft, &written.files)?;
    queue(tx, draft, at, (hold, conversation))?;
    tx.emit(Event::AnswerHeld { conversation, inbox, user: by.id })
}

fn is_waiting(tx: &Tx<'_>, conversation: i64, page: &str) -> Result<bool> {
    Ok(!page.is_empty()
        && tx
            .prepare_cached("SELECT 1 FROM draft WHERE conversation_id = ?1 AND page = ?2 AND leaves_at IS NOT NULL")?
            .exists(params![conversation, page])?)
}

fn put_files(tx: &Tx<'_>, draft: i64, files: &[IncomingFile]) -> Result<()> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO draft_file (key, draft_id, blob_id, name, mime, width, height) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (key) DO UPDATE SET draft_id = excluded.draft_id",
    )?;
    for file in files {
        let name: String = file.name.chars().take(255).collect();
        let (width, height) = file.edges.unzip();
        insert.execute(params![file.key, draft, file.blob.id, name, file.mime, width, height])?;
    }
    Ok(())
}

/// Those that can be taken back leave in their order; one with a time of its own holds up nobody.
fn queue(tx: &Tx<'_>, draft: i64, leaves_at: Millis, (hold, conversation): (Hold, i64)) -> Result<()> {
    let (key, lane) = (job_key(draft, leaves_at), format!("leaving-{conversation}"));
    let lane = (hold == Hold::Undo).then_some(lane.as_str());
    let payload = Leave { draft, leaves_at };
    jobs::enqueue(tx, &NewJob { kind: LEAVE, key: Some(&key), lane, payload: &payload, run_at: leaves_at })
}

fn job_key(draft: i64, leaves_at: Millis) -> String {
    format!("leave-{draft}-{leaves_at}")
}

/// A row that waits.
struct Held {
    id: i64,
    user: i64,
    slot: Slot,
    text: String,
    addressed: Addressed,
    page: String,
    saved_at: Millis,
    leaves_at: Millis,
    hold: Hold,
}

fn find(connection: &Connection, conversation: i64, id: i64) -> Result<Option<Held>> {
    Ok(connection
        .prepare_cached(
            "SELECT id, user_id, slot, text, about_id, scope, recipients, keep, page, saved_at, leaves_at, held
               FROM draft WHERE id = ?1 AND conversation_id = ?2 AND leaves_at IS NOT NULL",
        )?
        .query_row([id, conversation], held)
        .optional()?)
}

fn held(row: &SqlRow<'_>) -> rusqlite::Result<Held> {
    let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    Ok(Held {
        id: row.get(0)?,
        user: row.get(1)?,
        slot: Slot::parse(text(2)?),
        text: row.get(3)?,
        addressed: Addressed {
            scope: Scope::parse(text(5)?),
            about: row.get(4)?,
            recipients: serde_json::from_str(text(6)?).ok(),
            keep: serde_json::from_str(text(7)?).unwrap_or_default(),
        },
        page: row.get(8)?,
        saved_at: row.get(9)?,
        leaves_at: row.get(10)?,
        hold: Hold::parse(text(11)?),
    })
}

/// Its time has come: the answer becomes a message and leaves. What stands in its way is written down where people see it.
///
/// # Errors
/// Database errors: the job comes again.
pub fn leave(tx: &Tx<'_>, leave: &Leave) -> Result<()> {
    let conversation: Option<i64> = tx
        .prepare_cached("SELECT conversation_id FROM draft WHERE id = ?1 AND leaves_at = ?2")?
        .query_row([leave.draft, leave.leaves_at], |row| row.get(0))
        .optional()?;
    let Some(conversation) = conversation else { return Ok(()) };
    let Some(held) = find(tx, conversation, leave.draft)? else { return Ok(()) };
    let problem = match tx.attempt(|tx| release(tx, conversation, &held, held.user)) {
        Ok(()) => return Ok(()),
        Err(Error::Invalid(problems)) => problems.iter().next().map_or("message-empty", |(_, key)| key),
        Err(Error::NotFound) => "waiting-writer-gone",
        Err(error) => return Err(error),
    };
    tx.prepare_cached("UPDATE draft SET problem = ?2, held = 'schedule' WHERE id = ?1")?
        .execute(params![held.id, problem])?;
    let inbox = inbox_of(tx, conversation)?;
    tx.emit(Event::AnswerHeld { conversation, inbox, user: held.user })
}

fn inbox_of(tx: &Tx<'_>, conversation: i64) -> Result<i64> {
    Ok(tx
        .prepare_cached("SELECT inbox_id FROM conversation WHERE id = ?1")?
        .query_row([conversation], |row| row.get(0))?)
}

fn release(tx: &Tx<'_>, conversation: i64, held: &Held, author: i64) -> Result<()> {
    let name: String = tx
        .prepare_cached("SELECT name FROM user WHERE id = ?1 AND state = 'active'")?
        .query_row([author], |row| row.get(0))?;
    let files = drafts::contents(tx, held.id)?;
    tx.prepare_cached("DELETE FROM draft WHERE id = ?1")?.execute([held.id])?;
    let client_id = Some(held.page.clone()).filter(|page| !page.is_empty());
    let written = Written { kind: MessageKind::Outgoing, text: held.text.clone(), client_id, files };
    let author = Author { id: author, name: &name };
    send_as(tx, author, conversation, (&written, &held.addressed), Some(held.saved_at))?;
    Ok(())
}

/// Sends it without waiting on. Whoever reads the conversation may; it stays the writer's, if they still may write.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it; [`Error::Conflict`] when it has left or was taken back, or why it
/// cannot leave.
pub fn send_now(tx: &Tx<'_>, by: &Viewer, conversation: i64, id: i64) -> Result<()> {
    let held = standing(tx, by, conversation, id)?;
    jobs::forget(tx, &job_key(held.id, held.leaves_at))?;
    let sent = match tx.attempt(|tx| release(tx, conversation, &held, held.user)) {
        Err(Error::NotFound) => tx.attempt(|tx| release(tx, conversation, &held, by.id)),
        sent => sent,
    };
    match sent {
        Err(Error::Invalid(problems)) => {
            Err(Error::Conflict(problems.iter().next().map_or("message-empty", |(_, key)| key)))
        }
        sent => sent,
    }
}

/// It does not leave: its text, files and people go back into the answer box of whoever takes it back. What stood in
/// that box is kept aside.
///
/// # Errors
/// As [`send_now`].
pub fn take_back(tx: &Tx<'_>, by: &Viewer, conversation: i64, id: i64) -> Result<Withdrawn> {
    let held = standing(tx, by, conversation, id)?;
    withdraw(tx, &held, conversation, by.id)?;
    let inbox = inbox_of(tx, conversation)?;
    tx.emit(Event::AnswerWithdrawn { conversation, inbox, by: by.id })?;
    let leaves_at = (held.hold == Hold::Schedule).then_some(held.leaves_at);
    Ok(Withdrawn { slot: held.slot, leaves_at })
}

/// It does not leave, and waits as a draft of who wrote it.
///
/// # Errors
/// As [`send_now`].
pub fn cancel(tx: &Tx<'_>, by: &Viewer, conversation: i64, id: i64) -> Result<()> {
    let held = standing(tx, by, conversation, id)?;
    withdraw(tx, &held, conversation, held.user)?;
    let inbox = inbox_of(tx, conversation)?;
    tx.emit(Event::AnswerWithdrawn { conversation, inbox, by: by.id })
}

/// The answer, if it still waits and is theirs to touch: in its first seconds only the writer's.
fn standing(tx: &Tx<'_>, by: &Viewer, conversation: i64, id: i64) -> Result<Held> {
    require(tx, by, conversation)?;
    let held = find(tx, conversation, id)?.ok_or(Error::Conflict(GONE))?;
    if held.hold == Hold::Undo && held.user != by.id {
        return Err(Error::Conflict(GONE));
    }
    Ok(held)
}

fn withdraw(tx: &Tx<'_>, held: &Held, conversation: i64, user: i64) -> Result<()> {
    jobs::forget(tx, &job_key(held.id, held.leaves_at))?;
    if let Some(begun) = drafts::find(tx, user, conversation, held.slot)? {
        tx.prepare_cached("UPDATE draft_aside SET draft_id = ?2 WHERE draft_id = ?1")?.execute([begun.id, held.id])?;
        tx.prepare_cached("UPDATE draft_file SET draft_id = ?2 WHERE draft_id = ?1")?.execute([begun.id, held.id])?;
        drafts::put_aside(tx, held.id, &begun.page, &begun.text)?;
        tx.prepare_cached("DELETE FROM draft WHERE id = ?1")?.execute([begun.id])?;
    }
    // The page that wrote it has another number now; what it still sends of this text comes too late.
    tx.prepare_cached(
        "UPDATE draft SET user_id = ?2, leaves_at = NULL, held = NULL, problem = NULL, page = '', version = version + 1,
                          saved_at = ?3,
                          after_id = coalesce((SELECT max(id) FROM message WHERE conversation_id = ?4), 0)
          WHERE id = ?1",
    )?
    .execute(params![held.id, user, tx.now(), conversation])?;
    Ok(())
}

/// What waits in a conversation, in the order of leaving. The caller has checked that the viewer may see it.
///
/// # Errors
/// Database errors.
pub fn of(connection: &Connection, conversation: i64) -> Result<Vec<Waiting>> {
    let mut select = connection.prepare_cached(
        "SELECT d.id, d.user_id, u.name, d.slot, d.text, d.recipients, d.held, d.leaves_at, d.problem,
                EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = ?1 AND m.id > d.after_id
                          AND m.kind = 'incoming' AND m.automatic IS NULL)
           FROM draft d JOIN user u ON u.id = d.user_id
          WHERE d.conversation_id = ?1 AND d.leaves_at IS NOT NULL ORDER BY d.leaves_at, d.id",
    )?;
    let rows = select.query_map([conversation], waiting)?;
    let mut found = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    for waiting in &mut found {
        waiting.files = drafts::files(connection, waiting.id)?;
    }
    Ok(found)
}

fn waiting(row: &SqlRow<'_>) -> rusqlite::Result<Waiting> {
    let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    Ok(Waiting {
        id: row.get(0)?,
        by: Person { id: row.get(1)?, name: row.get(2)? },
        slot: Slot::parse(text(3)?),
        text: row.get(4)?,
        recipients: serde_json::from_str::<Recipients>(text(5)?).unwrap_or_default(),
        hold: Hold::parse(text(6)?),
        leaves_at: row.get(7)?,
        problem: row.get(8)?,
        is_overtaken: row.get(9)?,
        files: Vec::new(),
    })
}
