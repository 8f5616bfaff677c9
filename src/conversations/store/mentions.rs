//! Who is named in notes: only people who may read them, each told once, never oneself.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params};

use super::super::model::mentions::{Clear, Nameable, Named, Naming, namings};
use super::super::model::{Mentions, Place};
use super::show::require;
use crate::auth::Viewer;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;

/// One inbox's run of the conversations that name somebody, by the newest such note.
pub const LISTED: &str = "SELECT last_at, conversation_id FROM mention_place
     WHERE inbox_id = ?1 AND user_id = ?5 AND (last_at, conversation_id) < (?2, ?3)
     ORDER BY last_at DESC, conversation_id DESC LIMIT ?4";

/// How many there are and how many wait, where this person reads.
pub const COUNTS: &str = "SELECT coalesce(sum(n.places), 0), coalesce(sum(n.unread), 0)
       FROM inbox_reader r CROSS JOIN mention_counter n ON n.user_id = ?1 AND n.inbox_id = r.inbox_id
      WHERE r.user_id = ?1";

/// Why a note is not kept as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// These do not read the inbox.
    NoAccess(Vec<String>),
    /// Several people are called that.
    Unclear(String),
}

/// Keeps whom a note names, and tells each of them once.
///
/// # Errors
/// [`Error::Invalid`] when somebody is named who may not read it, or it is not clear who is meant.
pub(super) fn keep(tx: &Tx<'_>, by: i64, (conversation, inbox): (i64, i64), message: i64, text: &str) -> Result<()> {
    if !text.contains('@') {
        return Ok(());
    }
    let names = nameable(tx, by, inbox)?;
    let found = namings(text, &names);
    match refused(&found, &names) {
        Some(Refusal::NoAccess(_)) => return Err(Error::field("text", "mention-no-access")),
        Some(Refusal::Unclear(_)) => return Err(Error::field("text", "mention-unclear")),
        None => {}
    }
    let mut told = BTreeSet::new();
    for naming in &found {
        for who in naming.who.iter().map(|place| names[*place].who) {
            let (users, team) = match who {
                Named::Person(user) => (vec![user], None),
                Named::Team(team) => (members(tx, team, inbox)?, Some(team)),
            };
            for user in users.into_iter().filter(|user| *user != by) {
                write(tx, message, user, (naming.words, team))?;
                told.insert(user);
            }
        }
    }
    for user in told {
        place(tx, user, (conversation, inbox, message))?;
        tx.emit(Event::UserMentioned { conversation, inbox, message, user })?;
    }
    Ok(())
}

fn write(tx: &Tx<'_>, message: i64, user: i64, (words, team): (&str, Option<i64>)) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO mention (message_id, user_id, words, team_id) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    )?
    .execute(params![message, user, words, team])?;
    Ok(())
}

fn place(tx: &Tx<'_>, user: i64, (conversation, inbox, message): (i64, i64, i64)) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO mention_place (user_id, conversation_id, inbox_id, message_id, last_at, unread)
         VALUES (?1, ?2, ?3, ?4, ?5, 1)
         ON CONFLICT DO UPDATE SET message_id = excluded.message_id, last_at = excluded.last_at, unread = 1",
    )?
    .execute([user, conversation, inbox, message, tx.now()])?;
    Ok(())
}

/// Why this note of a person would not be kept, by name.
///
/// # Errors
/// [`Error::NotFound`] when they may not see the conversation.
pub fn refusal(connection: &Connection, viewer: &Viewer, conversation: i64, text: &str) -> Result<Option<Refusal>> {
    let inbox = require(connection, viewer, conversation)?;
    let names = nameable(connection, viewer.id, inbox)?;
    Ok(refused(&namings(text, &names), &names))
}

fn refused(found: &[Naming<'_>], names: &[Nameable]) -> Option<Refusal> {
    if let Some(naming) = found.iter().find(|naming| naming.clear == Clear::No) {
        return Some(Refusal::Unclear(naming.words.trim_start_matches('@').to_owned()));
    }
    // Of several with one full name, one who reads it is enough.
    let outside = |naming: &&Naming<'_>| !naming.who.iter().any(|place| names[*place].reads);
    let mut who: Vec<String> =
        found.iter().filter(outside).filter_map(|naming| Some(names[*naming.who.first()?].name.clone())).collect();
    who.dedup();
    (!who.is_empty()).then_some(Refusal::NoAccess(who))
}

/// Everybody with access and every team, and who of them reads the inbox. Oneself may be written, and means nobody.
fn nameable(connection: &Connection, viewer: i64, inbox: i64) -> Result<Vec<Nameable>> {
    let mut people = connection.prepare_cached(
        "SELECT u.id, u.name, EXISTS (SELECT 1 FROM inbox_reader r WHERE r.inbox_id = ?1 AND r.user_id = u.id)
           FROM user u WHERE u.state = 'active' ORDER BY u.name COLLATE NOCASE, u.id",
    )?;
    let people = people.query_map([inbox], |row| {
        Ok(Nameable { who: Named::Person(row.get(0)?), name: row.get(1)?, reads: row.get(2)? })
    })?;
    let mut names = people.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut teams = connection.prepare_cached(
        "SELECT t.id, t.name,
                EXISTS (SELECT 1 FROM team_member m JOIN inbox_reader r ON r.inbox_id = ?1 AND r.user_id = m.user_id
                         WHERE m.team_id = t.id AND m.user_id != ?2)
           FROM team t ORDER BY t.name, t.id",
    )?;
    let teams = teams.query_map([inbox, viewer], |row| {
        Ok(Nameable { who: Named::Team(row.get(0)?), name: row.get(1)?, reads: row.get(2)? })
    })?;
    for team in teams {
        names.push(team?);
    }
    Ok(names)
}

/// Who of a team reads an inbox.
fn members(connection: &Connection, team: i64, inbox: i64) -> Result<Vec<i64>> {
    let mut select = connection.prepare_cached(
        "SELECT m.user_id FROM team_member m JOIN inbox_reader r ON r.inbox_id = ?2 AND r.user_id = m.user_id
          WHERE m.team_id = ?1",
    )?;
    Ok(select.query_map([team, inbox], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// People and teams that a note in this conversation can name, others than the viewer.
///
/// # Errors
/// [`Error::NotFound`] when they may not see it.
pub fn offered(connection: &Connection, viewer: &Viewer, conversation: i64) -> Result<Vec<Nameable>> {
    let inbox = require(connection, viewer, conversation)?;
    let mut names = nameable(connection, viewer.id, inbox)?;
    names.retain(|one| one.reads && one.who != Named::Person(viewer.id));
    Ok(names)
}

/// What of a note names somebody, as it was written.
pub(super) fn words(connection: &Connection, message: i64) -> Result<Vec<String>> {
    let mut select = connection.prepare_cached("SELECT DISTINCT words FROM mention WHERE message_id = ?1")?;
    Ok(select.query_map([message], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// This person has seen everything up to `message`. Says whether a mention was new to them.
pub(super) fn seen(tx: &Tx<'_>, user: i64, conversation: i64, message: i64) -> Result<bool> {
    let changed = tx
        .prepare_cached(
            "UPDATE mention_place SET unread = 0
              WHERE user_id = ?1 AND conversation_id = ?2 AND message_id <= ?3 AND unread = 1",
        )?
        .execute([user, conversation, message])?;
    Ok(changed > 0)
}

/// How many conversations name this person, and in how many of them that is new.
///
/// # Errors
/// Database errors.
pub fn counts(connection: &Connection, viewer: &Viewer) -> Result<Mentions> {
    let mut select = connection.prepare_cached(COUNTS)?;
    Ok(select.query_row([viewer.id], |row| Ok(Mentions { places: row.get(0)?, unread: row.get(1)? }))?)
}

/// The place of a conversation in the list of those that name this person.
///
/// # Errors
/// Database errors.
pub fn place_of(connection: &Connection, viewer: &Viewer, conversation: i64) -> Result<Option<Place>> {
    Ok(connection
        .prepare_cached("SELECT last_at FROM mention_place WHERE user_id = ?1 AND conversation_id = ?2")?
        .query_row([viewer.id, conversation], |row| Ok(Place { at: row.get(0)?, id: conversation }))
        .optional()?)
}

/// Who has not seen yet that one of these conversations names them.
pub(super) fn unread(tx: &Tx<'_>, conversations: [i64; 2]) -> Result<Vec<i64>> {
    let mut select = tx.prepare_cached(
        "SELECT DISTINCT user_id FROM mention_place WHERE conversation_id IN (?1, ?2) AND unread = 1",
    )?;
    Ok(select.query_map(conversations, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Makes the places anew from the notes that these conversations have now: messages went from one to the other. What was
/// `unread` stays so, where the note came after what its person has read.
pub(super) fn resettle(tx: &Tx<'_>, unread: &[i64], conversations: [i64; 2]) -> Result<()> {
    for conversation in conversations {
        tx.prepare_cached("DELETE FROM mention_place WHERE conversation_id = ?1")?.execute([conversation])?;
        tx.prepare_cached(
            "INSERT INTO mention_place (user_id, conversation_id, inbox_id, message_id, last_at, unread)
             SELECT n.user_id, c.id, c.inbox_id, max(m.id), m.created_at, 0
               FROM message m
               JOIN mention n ON n.message_id = m.id
               JOIN conversation c ON c.id = m.conversation_id
              WHERE m.conversation_id = ?1 AND m.kind = 'note' GROUP BY n.user_id",
        )?
        .execute([conversation])?;
        let mut mark = tx.prepare_cached(
            "UPDATE mention_place SET unread = 1
              WHERE user_id = ?1 AND conversation_id = ?2
                AND message_id > coalesce((SELECT k.message_id FROM read_mark k
                                            WHERE k.user_id = ?1 AND k.conversation_id = ?2), 0)",
        )?;
        for user in unread {
            mark.execute([*user, conversation])?;
        }
    }
    Ok(())
}
