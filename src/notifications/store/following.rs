//! Notifications follow the messages that they are about into another conversation.

use super::telling::announce;
use crate::db::Tx;
use crate::error::Result;

/// What was told of messages that have gone from one conversation to another leads there. Where nothing is left in the
/// first one, all of it does.
///
/// # Errors
/// Database errors.
pub fn follow(tx: &Tx<'_>, from: i64, to: i64) -> Result<()> {
    let moved = tx
        .prepare_cached(
            "UPDATE notification SET conversation_id = ?2
              WHERE conversation_id = ?1
                AND (message_id IN (SELECT m.id FROM message m WHERE m.conversation_id = ?2)
                     OR EXISTS (SELECT 1 FROM conversation c WHERE c.id = ?1 AND c.merged_into_id = ?2))",
        )?
        .execute([from, to])?;
    if moved == 0 {
        return Ok(());
    }
    let mut select =
        tx.prepare_cached("SELECT DISTINCT user_id FROM notification WHERE conversation_id IN (?1, ?2)")?;
    let users = select.query_map([from, to], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    tx.prepare_cached(
        "INSERT INTO notification_line (user_id, conversation_id, newest_id, unread, mail_due_at, mailed_at)
         SELECT n.user_id, ?2, max(n.id), count(*) FILTER (WHERE n.read_at IS NULL), l.mail_due_at, l.mailed_at
           FROM notification n
           LEFT JOIN notification_line l ON l.user_id = n.user_id AND l.conversation_id = ?1
          WHERE n.conversation_id = ?2 GROUP BY n.user_id
         ON CONFLICT DO UPDATE SET newest_id = excluded.newest_id, unread = excluded.unread,
                                   mail_due_at = coalesce(mail_due_at, excluded.mail_due_at)",
    )?
    .execute([from, to])?;
    tx.prepare_cached(
        "DELETE FROM notification_line
          WHERE conversation_id = ?1
            AND NOT EXISTS (SELECT 1 FROM notification n
                             WHERE n.user_id = notification_line.user_id AND n.conversation_id = ?1)",
    )?
    .execute([from])?;
    tx.prepare_cached(
        "UPDATE notification_line
            SET newest_id = (SELECT max(n.id) FROM notification n
                              WHERE n.user_id = notification_line.user_id AND n.conversation_id = ?1),
                unread = (SELECT count(*) FROM notification n
                           WHERE n.user_id = notification_line.user_id AND n.conversation_id = ?1
                             AND n.read_at IS NULL)
          WHERE conversation_id = ?1",
    )?
    .execute([from])?;
    announce(tx, users)
}
