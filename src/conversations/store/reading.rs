//! What a person has read.

use rusqlite::params;

use super::mentions;
use super::show::require;
use crate::auth::Viewer;
use crate::db::Tx;
use crate::error::Result;
use crate::events::Event;

/// Everything up to `message` was read by this person. A mark never moves back.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when they may not see the conversation.
pub fn mark_read(tx: &Tx<'_>, viewer: &Viewer, conversation: i64, message: i64) -> Result<()> {
    let inbox = require(tx, viewer, conversation)?;
    let changed = tx
        .prepare_cached(
            "INSERT INTO read_mark (user_id, conversation_id, incoming_seen, message_id, read_at)
             SELECT ?1, ?2, c.incoming_count - (SELECT count(*) FROM message l
                                                 WHERE l.conversation_id = ?2 AND l.id > ?3 AND l.kind = 'incoming'
                                                   AND l.imported = 0),
                    coalesce((SELECT max(m.id) FROM message m WHERE m.conversation_id = ?2 AND m.id <= ?3), 0), ?4
               FROM conversation c WHERE c.id = ?2
             ON CONFLICT DO UPDATE SET incoming_seen = excluded.incoming_seen, message_id = excluded.message_id,
                                       read_at = excluded.read_at
              WHERE excluded.message_id > message_id OR excluded.incoming_seen > incoming_seen",
        )?
        .execute(params![viewer.id, conversation, message, tx.now()])?;
    if mentions::seen(tx, viewer.id, conversation, message)? || changed > 0 {
        tx.emit(Event::ConversationRead { conversation, inbox, user: viewer.id })?;
    }
    Ok(())
}

/// The last received message counts as not read again, for this person.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when they may not see the conversation.
pub fn mark_unread(tx: &Tx<'_>, viewer: &Viewer, conversation: i64) -> Result<()> {
    let inbox = require(tx, viewer, conversation)?;
    tx.prepare_cached(
        "INSERT INTO read_mark (user_id, conversation_id, incoming_seen, message_id, read_at)
         SELECT ?1, ?2, max(c.incoming_count - 1, 0),
                coalesce((SELECT max(m.id) FROM message m WHERE m.conversation_id = ?2 AND m.id <
                          (SELECT max(l.id) FROM message l WHERE l.conversation_id = ?2 AND l.kind = 'incoming')), 0), ?3
           FROM conversation c WHERE c.id = ?2
         ON CONFLICT DO UPDATE SET incoming_seen = excluded.incoming_seen, message_id = excluded.message_id,
                                   read_at = excluded.read_at",
    )?
    .execute(params![viewer.id, conversation, tx.now()])?;
    tx.emit(Event::ConversationRead { conversation, inbox, user: viewer.id })
}

/// What somebody wrote themselves they have read, and all before it.
pub(super) fn wrote(tx: &Tx<'_>, user: i64, conversation: i64, message: i64) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO read_mark (user_id, conversation_id, incoming_seen, message_id, read_at)
         SELECT ?1, ?2, c.incoming_count, ?3, ?4 FROM conversation c WHERE c.id = ?2
         ON CONFLICT DO UPDATE SET incoming_seen = excluded.incoming_seen, message_id = excluded.message_id,
                                   read_at = excluded.read_at",
    )?
    .execute(params![user, conversation, message, tx.now()])?;
    mentions::seen(tx, user, conversation, message)?;
    Ok(())
}
