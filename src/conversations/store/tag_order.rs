//! Keeping tags in order: names, colors, two that are one, one that nobody needs. Taking a tag off many conversations is
//! done in pieces, by a job.

use rusqlite::params;

use super::super::jobs::{Leaving, UNTAG};
use super::super::model::{KeptTag, Tag, tag_name};
use super::macros::rename_tag;
use crate::auth::Viewer;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::{Change, Event};
use crate::followers::Step;
use crate::jobs::{self, NewJob};

/// Conversations of one write.
pub const PIECE: usize = 500;
/// Conversations that are counted; above it there are only "more".
pub const COUNTED: i64 = 10_000;

/// Every tag by name, with how many conversations have it.
///
/// # Errors
/// Database errors.
pub fn all(connection: &Connection) -> Result<Vec<KeptTag>> {
    let mut select =
        connection.prepare_cached("SELECT id, name, tint, leaving FROM tag ORDER BY name COLLATE NOCASE, id")?;
    let rows = select.query_map([], |row| {
        Ok((Tag { id: row.get(0)?, name: row.get(1)?, tint: row.get(2)? }, row.get::<_, bool>(3)?))
    })?;
    let mut count =
        connection.prepare_cached("SELECT count(*) FROM (SELECT 1 FROM tagging WHERE tag_id = ?1 LIMIT ?2)")?;
    let mut tags = Vec::new();
    for row in rows {
        let (tag, is_leaving) = row?;
        let conversations = count.query_row([tag.id, COUNTED + 1], |row| row.get(0))?;
        tags.push(KeptTag { tag, conversations, is_leaving });
    }
    Ok(tags)
}

/// The name and color of a tag that stays.
fn standing(connection: &Connection, id: i64) -> Result<Tag> {
    Ok(connection
        .prepare_cached("SELECT id, name, tint FROM tag WHERE id = ?1 AND leaving = 0")?
        .query_row([id], |row| Ok(Tag { id: row.get(0)?, name: row.get(1)?, tint: row.get(2)? }))?)
}

/// Another name and color; macros that name it go along.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for a name that does not do, or that another tag has.
pub fn change(tx: &Tx<'_>, by: &Viewer, id: i64, (typed, tint): (&str, i64)) -> Result<()> {
    let before = standing(tx, id)?;
    let name = tag_name(typed).ok_or_else(|| Error::field("name", "tag-name-wrong"))?;
    if !(1..=6).contains(&tint) {
        return Err(Error::field("name", "tag-color-wrong"));
    }
    let folded = name.to_lowercase();
    if tx.prepare_cached("SELECT 1 FROM tag WHERE folded = ?1 AND id != ?2")?.exists(params![folded, id])? {
        return Err(Error::field("name", "tag-name-taken"));
    }
    if before.name == name && before.tint == tint {
        return Ok(());
    }
    tx.prepare_cached("UPDATE tag SET name = ?2, folded = ?3, tint = ?4 WHERE id = ?1")?
        .execute(params![id, name, folded, tint])?;
    rename_tag(tx, &before.name, &name)?;
    let changes = Change::between("name", &before.name, &name).into_iter().collect();
    tx.emit(Event::TagChanged { tag: id, by: Some(by.id), changes })
}

/// Two tags are one from now on: what has the first has the other.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for a tag and itself.
pub fn merge(tx: &Tx<'_>, by: &Viewer, id: i64, into: i64) -> Result<()> {
    let before = standing(tx, id)?;
    let other = standing(tx, into).map_err(|_| Error::field("into", "tag-merge-missing"))?;
    if id == into {
        return Err(Error::field("into", "tag-merge-missing"));
    }
    rename_tag(tx, &before.name, &other.name)?;
    leave(tx, by, id, Some(into))
}

/// Takes a tag off everything for good.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(tx: &Tx<'_>, by: &Viewer, id: i64) -> Result<()> {
    standing(tx, id)?;
    leave(tx, by, id, None)
}

/// Nobody can choose it any more; few conversations lose it at once, many by a job.
fn leave(tx: &Tx<'_>, by: &Viewer, id: i64, becomes: Option<i64>) -> Result<()> {
    // A name that nobody can type: somebody may make a new tag of the old name meanwhile.
    tx.prepare_cached("UPDATE tag SET leaving = 1, becomes_id = ?2, folded = char(1) || id WHERE id = ?1")?
        .execute(params![id, becomes])?;
    tx.prepare_cached("UPDATE tag SET becomes_id = ?2 WHERE becomes_id = ?1")?.execute(params![id, becomes])?;
    if piece(tx, id, by.id)? == Step::Done {
        return Ok(());
    }
    let payload = Leaving { tag: id, by: by.id };
    jobs::enqueue(tx, &NewJob { kind: UNTAG, key: None, lane: None, payload: &payload, run_at: tx.now() })
}

/// Takes a leaving tag off one piece of what has it; behind the last piece it is gone.
///
/// # Errors
/// Database errors.
pub fn piece(tx: &Tx<'_>, id: i64, by: i64) -> Result<Step> {
    let mut select = tx.prepare_cached("SELECT conversation_id FROM tagging WHERE tag_id = ?1 LIMIT ?2")?;
    let conversations =
        select.query_map(params![id, PIECE], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    let mut turn = tx.prepare_cached(
        "INSERT INTO tagging (conversation_id, tag_id, tagged_by, tagged_at)
         SELECT x.conversation_id, g.becomes_id, x.tagged_by, x.tagged_at FROM tagging x
           JOIN tag g ON g.id = x.tag_id AND g.becomes_id IS NOT NULL
          WHERE x.conversation_id = ?1 AND x.tag_id = ?2
         ON CONFLICT DO NOTHING",
    )?;
    let mut remove = tx.prepare_cached("DELETE FROM tagging WHERE conversation_id = ?1 AND tag_id = ?2")?;
    for conversation in &conversations {
        turn.execute([*conversation, id])?;
        remove.execute([*conversation, id])?;
    }
    if conversations.len() == PIECE {
        return Ok(Step::More);
    }
    gone(tx, id, by)?;
    Ok(Step::Done)
}

fn gone(tx: &Tx<'_>, id: i64, by: i64) -> Result<()> {
    let (name, other): (String, Option<String>) = tx
        .prepare_cached("SELECT g.name, o.name FROM tag g LEFT JOIN tag o ON o.id = g.becomes_id WHERE g.id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    tx.prepare_cached("DELETE FROM tag WHERE id = ?1")?.execute([id])?;
    let changes = Change::between("name", &name, other.as_deref().unwrap_or_default()).into_iter().collect();
    tx.emit(match other {
        Some(_) => Event::TagMerged { tag: id, by: Some(by), changes },
        None => Event::TagDeleted { tag: id, by: Some(by), changes },
    })
}
