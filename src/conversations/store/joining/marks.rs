//! What people have read, where messages change their conversation: whatever was unread stays unread, and nothing else.

use rusqlite::params;

use crate::db::Tx;
use crate::error::Result;

/// What one person has not read of a conversation.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    pub user: i64,
    pub unread: i64,
    /// The newest message they have read.
    pub message: i64,
}

/// The marks of everybody who has one in either of two conversations, in one of them. In the same order for both.
pub fn of(tx: &Tx<'_>, conversation: i64, other: i64) -> Result<Vec<Mark>> {
    let mut select = tx.prepare_cached(
        "SELECT u.id,
                CASE WHEN k.user_id IS NOT NULL THEN max(c.incoming_count - k.incoming_seen, 0)
                     WHEN c.last_incoming_at < u.created_at THEN 0
                     ELSE c.incoming_count END,
                coalesce(k.message_id, 0)
           FROM user u
           JOIN conversation c ON c.id = ?1
           LEFT JOIN read_mark k ON k.user_id = u.id AND k.conversation_id = c.id
          WHERE u.id IN (SELECT user_id FROM read_mark WHERE conversation_id IN (?1, ?2)) ORDER BY u.id",
    )?;
    let marks = select.query_map([conversation, other], |row| {
        Ok(Mark { user: row.get(0)?, unread: row.get(1)?, message: row.get(2)? })
    })?;
    Ok(marks.collect::<rusqlite::Result<_>>()?)
}

/// Writes down what is unread by somebody.
pub fn put(tx: &Tx<'_>, conversation: i64, mark: Mark) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO read_mark (user_id, conversation_id, incoming_seen, message_id, read_at)
         SELECT ?1, ?2, max(c.incoming_count - ?3, 0), ?4, ?5 FROM conversation c WHERE c.id = ?2
         ON CONFLICT DO UPDATE SET incoming_seen = excluded.incoming_seen, message_id = excluded.message_id,
                                   read_at = excluded.read_at",
    )?
    .execute(params![mark.user, conversation, mark.unread, mark.message, tx.now()])?;
    Ok(())
}

/// What is unread of both together. Where nothing is unread, how far somebody has read holds nobody back.
#[must_use]
pub fn sum(one: Mark, other: Mark) -> Mark {
    let message = match (one.unread, other.unread) {
        (0, 0) => one.message.max(other.message),
        (0, _) => other.message,
        (_, 0) => one.message,
        _ => one.message.min(other.message),
    };
    Mark { user: one.user, unread: one.unread + other.unread, message }
}

/// How many received messages of a conversation are unread by somebody who has read up to one message.
pub fn unread_after(tx: &Tx<'_>, conversation: i64, message: i64) -> Result<i64> {
    Ok(tx
        .prepare_cached(
            "SELECT count(*) FROM message
              WHERE conversation_id = ?1 AND id > ?2 AND kind = 'incoming' AND imported = 0",
        )?
        .query_row([conversation, message], |row| row.get(0))?)
}
