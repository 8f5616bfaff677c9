//! What goes from one conversation into another: each kind of it is one function here.

use rusqlite::params;

use super::super::drafts::put_aside;
use crate::db::Tx;
use crate::error::Result;

/// From which conversation into which.
#[derive(Debug, Clone, Copy)]
pub struct Passage {
    pub merger: i64,
    pub from: i64,
    pub to: i64,
}

/// All that belongs to a conversation goes along, and is noted so that it can go back.
pub fn all(tx: &Tx<'_>, passage: Passage) -> Result<()> {
    drafts(tx, passage)?;
    messages(tx, passage)?;
    tags(tx, passage)?;
    participants(tx, passage)?;
    watches(tx, passage)
}

/// Their order is that of their numbers, so they stand among the others as they came.
fn messages(tx: &Tx<'_>, Passage { merger, from, to }: Passage) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO merger_part (merger_id, kind, part) SELECT ?1, 'message', id FROM message WHERE conversation_id = ?2",
    )?
    .execute([merger, from])?;
    tx.prepare_cached(
        "UPDATE message SET client_id = NULL
          WHERE conversation_id = ?1
            AND client_id IN (SELECT client_id FROM message WHERE conversation_id = ?2 AND client_id IS NOT NULL)",
    )?
    .execute([from, to])?;
    tx.prepare_cached("UPDATE message SET conversation_id = ?2 WHERE conversation_id = ?1")?.execute([from, to])?;
    Ok(())
}

/// Drafts and answers that wait. Where somebody had begun to write in both, one text is kept beside the other.
fn drafts(tx: &Tx<'_>, Passage { merger, from, to }: Passage) -> Result<()> {
    let mut select = tx.prepare_cached(
        "SELECT d.id, d.text,
                (SELECT t.id FROM draft t WHERE t.user_id = d.user_id AND t.conversation_id = ?2 AND t.slot = d.slot
                    AND t.leaves_at IS NULL AND d.leaves_at IS NULL)
           FROM draft d WHERE d.conversation_id = ?1 ORDER BY d.id",
    )?;
    let rows = select.query_map([from, to], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    for (draft, text, other) in rows.collect::<rusqlite::Result<Vec<(i64, String, Option<i64>)>>>()? {
        if let Some(other) = other {
            fold(tx, (draft, &text), other)?;
            continue;
        }
        tx.prepare_cached("INSERT INTO merger_part (merger_id, kind, part) VALUES (?1, 'draft', ?2)")?
            .execute([merger, draft])?;
        tx.prepare_cached("UPDATE draft SET conversation_id = ?2 WHERE id = ?1")?.execute([draft, to])?;
    }
    Ok(())
}

/// Keeps a draft with all that hangs on it beside another one.
fn fold(tx: &Tx<'_>, (draft, text): (i64, &str), other: i64) -> Result<()> {
    tx.prepare_cached(
        "UPDATE draft_aside SET draft_id = ?2, page = 'merged-' || ?1 || '-' || page WHERE draft_id = ?1",
    )?
    .execute([draft, other])?;
    tx.prepare_cached("UPDATE draft_file SET draft_id = ?2 WHERE draft_id = ?1")?.execute([draft, other])?;
    put_aside(tx, other, &format!("merged-{draft}"), text)?;
    tx.prepare_cached("DELETE FROM draft WHERE id = ?1")?.execute([draft])?;
    Ok(())
}

fn tags(tx: &Tx<'_>, Passage { merger, from, to }: Passage) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO merger_part (merger_id, kind, part)
         SELECT ?1, 'tag', tag_id FROM tagging
          WHERE conversation_id = ?2 AND tag_id NOT IN (SELECT tag_id FROM tagging WHERE conversation_id = ?3)",
    )?
    .execute([merger, from, to])?;
    tx.prepare_cached(
        "INSERT INTO tagging (conversation_id, tag_id, tagged_by, tagged_at)
         SELECT ?2, tag_id, tagged_by, tagged_at FROM tagging WHERE conversation_id = ?1 ON CONFLICT DO NOTHING",
    )?
    .execute([from, to])?;
    Ok(())
}

/// Whoever took part in one takes part in both: their answers are known. Nobody is written to by that alone.
fn participants(tx: &Tx<'_>, Passage { merger, from, to }: Passage) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO merger_part (merger_id, kind, part)
         SELECT ?1, 'participant', address FROM participant
          WHERE conversation_id = ?2 AND address NOT IN (SELECT address FROM participant WHERE conversation_id = ?3)",
    )?
    .execute([merger, from, to])?;
    tx.prepare_cached(
        "INSERT INTO participant (conversation_id, address, origin)
         SELECT ?2, address, origin FROM participant WHERE conversation_id = ?1 ON CONFLICT DO NOTHING",
    )?
    .execute([from, to])?;
    Ok(())
}

/// Whoever watches one and reads the inbox of the other watches that, unless they said something about it themselves.
fn watches(tx: &Tx<'_>, Passage { merger, from, to }: Passage) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO merger_part (merger_id, kind, part)
         SELECT ?1, 'watch', w.user_id
           FROM watch w
           JOIN conversation c ON c.id = ?3
           JOIN inbox_reader r ON r.inbox_id = c.inbox_id AND r.user_id = w.user_id
          WHERE w.conversation_id = ?2 AND w.level = 'watching'
            AND NOT EXISTS (SELECT 1 FROM watch k WHERE k.conversation_id = ?3 AND k.user_id = w.user_id)",
    )?
    .execute([merger, from, to])?;
    tx.prepare_cached(
        "INSERT INTO watch (user_id, conversation_id, level, set_by, set_at)
         SELECT w.user_id, ?3, w.level, w.set_by, w.set_at
           FROM merger_part p JOIN watch w ON w.conversation_id = ?2 AND w.user_id = p.part
          WHERE p.merger_id = ?1 AND p.kind = 'watch'",
    )?
    .execute([merger, from, to])?;
    Ok(())
}

/// What came along goes back, as far as it still stands where it was put.
pub fn back(tx: &Tx<'_>, Passage { merger, from, to }: Passage) -> Result<()> {
    tx.prepare_cached(
        "UPDATE message SET conversation_id = ?2
          WHERE conversation_id = ?3
            AND id IN (SELECT part FROM merger_part WHERE merger_id = ?1 AND kind = 'message')",
    )?
    .execute([merger, from, to])?;
    tx.prepare_cached(
        "UPDATE draft SET conversation_id = ?2
          WHERE conversation_id = ?3 AND id IN (SELECT part FROM merger_part WHERE merger_id = ?1 AND kind = 'draft')",
    )?
    .execute([merger, from, to])?;
    tx.prepare_cached(
        "DELETE FROM tagging
          WHERE conversation_id = ?2 AND tag_id IN (SELECT part FROM merger_part WHERE merger_id = ?1 AND kind = 'tag')",
    )?
    .execute([merger, to])?;
    tx.prepare_cached(
        "DELETE FROM participant
          WHERE conversation_id = ?2
            AND address IN (SELECT part FROM merger_part WHERE merger_id = ?1 AND kind = 'participant')",
    )?
    .execute([merger, to])?;
    tx.prepare_cached(
        "DELETE FROM watch
          WHERE conversation_id = ?2 AND user_id IN (SELECT part FROM merger_part WHERE merger_id = ?1 AND kind = 'watch')",
    )?
    .execute([merger, to])?;
    Ok(())
}

/// The newest message of all.
pub fn newest(tx: &Tx<'_>) -> Result<i64> {
    Ok(tx.prepare_cached("SELECT coalesce(max(id), 0) FROM message")?.query_row([], |row| row.get(0))?)
}

/// How many received messages go from one conversation to the other in the numbers of both.
pub fn count(tx: &Tx<'_>, (from, to): (i64, i64), received: i64) -> Result<()> {
    let mut update =
        tx.prepare_cached("UPDATE conversation SET incoming_count = max(incoming_count + ?2, 0) WHERE id = ?1")?;
    update.execute(params![from, -received])?;
    update.execute(params![to, received])?;
    Ok(())
}
