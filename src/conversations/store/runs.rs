//! Running a macro: each action by the same verb as by hand and with the same rights, one after the other, each with an end
//! of its own.

use rusqlite::{OptionalExtension, params};

use super::super::model::macros::{Action, Counts, Ended, Kind, Macro, Ran, Refusal, Step};
use super::super::model::reply::{self, Values};
use super::super::model::{IncomingFile, MessageKind, Priority, Until, Written};
use super::assignment::{self, Seen};
use super::{closure, macros, reading, replies, run_lines, show, snooze, tags, writing};
use crate::auth::Viewer;
use crate::blobs::Blob;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::events::Event;
use crate::keys;

/// Runs a macro in a conversation. `once` is made by the page: the same one again does nothing twice.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may see neither or the other; [`Error::Conflict`] for the same `once` again.
pub fn run(tx: &Tx<'_>, by: &Viewer, (conversation, id): (i64, i64), once: &str, seen: Seen) -> Result<Vec<Ran>> {
    let inbox = show::require(tx, by, conversation)?;
    let found = macros::get(tx, by, id)?;
    let before = "SELECT 1 FROM macro_run WHERE once = ?1";
    if !once.is_empty() && tx.prepare_cached(before)?.exists([once])? {
        return Err(Error::Conflict("conflict-macro-ran"));
    }
    // What the macro itself hands on is no surprise to whoever runs it.
    let seen = if assignment::is_so(tx, conversation, seen)? { Seen::Anybody } else { seen };
    let lines = all(tx, by, (conversation, seen), &found)?;
    let many = |wanted: fn(Ended) -> bool| lines.iter().filter(|line| wanted(line.ended)).count();
    let run = tx
        .prepare_cached(
            "INSERT INTO macro_run (conversation_id, name, run_by, run_at, once, done, refused, skipped)
             VALUES (?1, ?2, ?3, ?4, nullif(?5, ''), ?6, ?7, ?8)",
        )?
        .insert(params![
            conversation,
            found.name,
            by.id,
            tx.now(),
            once,
            many(|ended| matches!(ended, Ended::Done | Ended::Already)),
            many(|ended| matches!(ended, Ended::Refused(_))),
            many(|ended| ended == Ended::Skipped)
        ])?;
    run_lines::keep(tx, (conversation, run), &lines)?;
    tx.emit(Event::MacroRan { conversation, inbox, run, by: by.id })?;
    Ok(lines)
}

/// What a run would do now. It is run, looked at, and undone: nothing of it is kept and nobody hears of it.
///
/// # Errors
/// As [`run`].
pub fn preview(tx: &Tx<'_>, by: &Viewer, (conversation, id): (i64, i64)) -> Result<Vec<Ran>> {
    let mut lines = Vec::new();
    let undone = tx.attempt(|tx| {
        lines = run(tx, by, (conversation, id), "", Seen::Anybody)?;
        Err::<(), _>(Error::Conflict(UNDONE))
    });
    match undone {
        Err(Error::Conflict(UNDONE)) | Ok(()) => Ok(lines),
        Err(error) => Err(error),
    }
}

/// What ends a preview.
const UNDONE: &str = "preview";

fn all(tx: &Tx<'_>, by: &Viewer, (conversation, seen): (i64, Seen), found: &Macro) -> Result<Vec<Ran>> {
    let mut lines = Vec::with_capacity(found.steps.len());
    let mut stopped = false;
    for step in &found.steps {
        let ended = if stopped { Ended::Skipped } else { ended(tx, by, (conversation, seen), &step.action)? };
        stopped |= matches!(ended, Ended::Refused(_)) && found.refusal == Refusal::Stop;
        lines.push(Ran { step: worded(tx, by, conversation, step)?, ended });
    }
    Ok(lines)
}

/// An action with its text as it is written here: fields filled.
fn worded(tx: &Tx<'_>, by: &Viewer, conversation: i64, step: &Step) -> Result<Step> {
    let mut step = step.clone();
    if matches!(step.action.kind, Kind::Answer | Kind::Note) {
        step.action.value = reply::filled(&step.action.value, &replies::values(tx, by, conversation)?);
    }
    Ok(step)
}

/// Runs one action and says how it ended. A fault of ours ends the whole run, and nothing of it is kept.
fn ended(tx: &Tx<'_>, by: &Viewer, place: (i64, Seen), action: &Action) -> Result<Ended> {
    match tx.attempt(|tx| act(tx, by, place, action)) {
        Ok(()) => Ok(Ended::Done),
        Err(Error::Conflict("conflict-already-closed" | "conflict-already-open")) => Ok(Ended::Already),
        Err(Error::Conflict(key)) => Ok(Ended::Refused(key)),
        Err(Error::Invalid(problems)) => {
            Ok(Ended::Refused(problems.iter().next().map_or("macro-not-there", |(_, key)| key)))
        }
        Err(Error::NotFound) if action.kind == Kind::Assign => Ok(Ended::Refused("macro-no-access")),
        Err(Error::NotFound) => Ok(Ended::Refused("macro-not-there")),
        Err(Error::Forbidden(_)) => Ok(Ended::Refused("macro-no-right")),
        Err(error) => Err(error),
    }
}

fn act(tx: &Tx<'_>, by: &Viewer, (conversation, seen): (i64, Seen), action: &Action) -> Result<()> {
    let value = action.value.as_str();
    match action.kind {
        Kind::AssignMe => assignment::assign_seen(tx, by, conversation, Some(by.id), seen),
        Kind::Assign => {
            let person = value.parse().map_err(|_| Error::NotFound)?;
            assignment::assign_seen(tx, by, conversation, Some(person), seen)
        }
        Kind::Unassign => assignment::assign_seen(tx, by, conversation, None, seen),
        Kind::Tag => tags::add(tx, by, conversation, value),
        Kind::Untag => match tags::named(tx, value)? {
            Some(tag) => tags::remove(tx, by, conversation, tag),
            None => Ok(()),
        },
        Kind::Priority => tags::prioritize(tx, by, conversation, Priority::parse(value).ok_or(Error::NotFound)?),
        Kind::Answer => {
            let values = replies::values(tx, by, conversation)?;
            answer(tx, by, conversation, (reply::filled(value, &values), Vec::new()), action.counts)
        }
        Kind::Reply => saved(tx, by, conversation, action),
        Kind::Note => {
            let values = replies::values(tx, by, conversation)?;
            let text = reply::filled(value, &values);
            let note = Written { kind: MessageKind::Note, text, client_id: None, files: Vec::new() };
            writing::write(tx, by, conversation, &note).map(|_| ())
        }
        Kind::Snooze => {
            let until = Until::parse(value, "").time(tx.now(), &by.zone);
            snooze::snooze(tx, by, conversation, until.map_err(|_| Error::NotFound)?)
        }
        Kind::Close => closure::close(tx, by, conversation),
        Kind::Reopen => closure::reopen(tx, by, conversation),
        Kind::Unread => reading::mark_unread(tx, by, conversation),
    }
}

fn saved(tx: &Tx<'_>, by: &Viewer, conversation: i64, action: &Action) -> Result<()> {
    let id = action.value.parse().map_err(|_| Error::NotFound)?;
    let found = match replies::get(tx, by, id) {
        Err(Error::NotFound) => return Err(Error::Conflict("macro-reply-gone")),
        found => found?,
    };
    let values: Values = replies::values(tx, by, conversation)?;
    let mut files = Vec::with_capacity(found.files.len());
    for file in found.files {
        let sha256 = tx
            .prepare_cached("SELECT sha256 FROM blob WHERE id = ?1")?
            .query_row([file.blob], |row| row.get::<_, Option<[u8; 32]>>(0))
            .optional()?;
        let sha256 = sha256.flatten().ok_or(Error::NotFound)?;
        files.push(IncomingFile {
            key: keys::random_text::<16>()?,
            name: file.name,
            mime: file.mime,
            blob: Blob { id: file.blob, size: file.size, sha256 },
            content_id: None,
            inline: false,
            edges: None,
        });
    }
    answer(tx, by, conversation, (reply::filled(&found.text, &values), files), action.counts)
}

/// Writes an answer. Unless it counts as one, whoever waits still waits.
fn answer(
    tx: &Tx<'_>,
    by: &Viewer,
    conversation: i64,
    (text, files): (String, Vec<IncomingFile>),
    counts: Counts,
) -> Result<()> {
    let waits: bool = tx
        .prepare_cached("SELECT unanswered FROM conversation WHERE id = ?1")?
        .query_row([conversation], |row| row.get(0))?;
    let written = Written { kind: MessageKind::Outgoing, text, client_id: None, files };
    writing::write(tx, by, conversation, &written)?;
    if waits && counts == Counts::No {
        tx.prepare_cached("UPDATE conversation SET unanswered = 1 WHERE id = ?1")?.execute([conversation])?;
    }
    Ok(())
}
