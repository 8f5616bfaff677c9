//! The line of the list, made anew from the messages that a conversation has.

use rusqlite::{OptionalExtension, params};

use super::super::super::model::preview;
use crate::db::Tx;
use crate::error::Result;

/// Shows the last message that is an answer or a question: what was passed on and what left by itself changed no line.
pub fn refresh(tx: &Tx<'_>, conversation: i64) -> Result<()> {
    let last: Option<(String, Option<String>, [String; 3])> = tx
        .prepare_cached(
            "SELECT kind, delivery, text, subject,
                    coalesce((SELECT a.name FROM attachment a WHERE a.message_id = m.id ORDER BY a.id LIMIT 1), '')
               FROM message m
              WHERE conversation_id = ?1 AND kind != 'note' AND way = 'reply' ORDER BY created_at DESC, id DESC LIMIT 1",
        )?
        .query_row([conversation], |row| Ok((row.get(0)?, row.get(1)?, [row.get(2)?, row.get(3)?, row.get(4)?])))
        .optional()?;
    let Some((kind, delivery, [text, subject, file])) = last else { return clear(tx, conversation) };
    // Ours has no words of its own where it is files alone; a customer's has its subject.
    let other = if kind == "incoming" { subject } else { file };
    let line = if text.trim().is_empty() { preview(&other) } else { preview(&text) };
    tx.prepare_cached(
        "UPDATE conversation
            SET preview = ?2, last_kind = ?3, last_delivery = ?4,
                last_activity_at = (SELECT max(created_at) FROM message
                                     WHERE conversation_id = ?1 AND kind != 'note' AND way = 'reply'),
                last_incoming_at = (SELECT max(created_at) FROM message WHERE conversation_id = ?1 AND kind = 'incoming')
          WHERE id = ?1",
    )?
    .execute(params![conversation, line, kind, delivery])?;
    Ok(())
}

/// Nothing was said yet, or nothing is left of it.
fn clear(tx: &Tx<'_>, conversation: i64) -> Result<()> {
    tx.prepare_cached(
        "UPDATE conversation SET preview = '', last_delivery = NULL, last_incoming_at = NULL WHERE id = ?1",
    )?
    .execute([conversation])?;
    Ok(())
}
