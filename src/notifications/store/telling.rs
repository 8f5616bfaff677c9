//! From facts to notifications: who is told, once, and what they have read since.

use rusqlite::params;

use super::{mails, push};
use crate::db::Tx;
use crate::error::Result;
use crate::events::Event;
use crate::notifications::model::{Cause, Media};

/// Notifications are kept for so long, in days.
pub const KEPT_DAYS: i64 = 90;
/// Rows that one write removes: others write in between.
const AT_ONCE: u32 = 500;

/// The fact that somebody is told of.
#[derive(Debug, Clone, Copy)]
pub struct Fact {
    /// Its id: nobody is told of it twice.
    pub event: i64,
    pub conversation: i64,
    /// None: it is about no message.
    pub message: Option<i64>,
    /// Who did it, when it was one of the team.
    pub by: Option<i64>,
}

/// Who may read a message of a customer, why they would be told, and what they chose. Mail of machines, of before and of
/// spam concerns nobody; what was read already is no news, and who muted the conversation hears nothing. To whom it is
/// told because they watch it, it is told as of one of theirs.
pub const AUDIENCE: &str = "SELECT r.user_id,
            CASE WHEN c.assignee_id = r.user_id THEN 'mine' WHEN w.level = 'watching' THEN 'watched'
                 WHEN c.assignee_id IS NULL THEN 'unassigned' ELSE 'others' END,
            s.desktop, s.email
       FROM message m
       JOIN conversation c ON c.id = m.conversation_id AND c.spam = 0
       JOIN inbox_reader r ON r.inbox_id = c.inbox_id
       LEFT JOIN watch w ON w.user_id = r.user_id AND w.conversation_id = c.id
       LEFT JOIN notification_choice s
         ON s.user_id = r.user_id
        AND s.cause = CASE WHEN c.assignee_id = r.user_id OR w.level = 'watching' THEN 'mine'
                           WHEN c.assignee_id IS NULL THEN 'unassigned' ELSE 'others' END
       LEFT JOIN read_mark k ON k.user_id = r.user_id AND k.conversation_id = c.id
      WHERE m.id = ?1 AND m.kind = 'incoming' AND m.automatic IS NULL AND m.imported = 0 AND m.spam = 0
        AND coalesce(k.message_id, 0) < m.id AND w.level IS NOT 'muted'";

/// Who watches the conversation of a note of somebody else, and what they chose. Who is named in it is told of that.
pub const WATCHERS: &str = "SELECT w.user_id, 'note', s.desktop, s.email
       FROM message m
       JOIN conversation c ON c.id = m.conversation_id AND c.spam = 0
       JOIN watch w ON w.conversation_id = c.id AND w.level = 'watching' AND w.user_id IS NOT m.user_id
       JOIN inbox_reader r ON r.inbox_id = c.inbox_id AND r.user_id = w.user_id
       LEFT JOIN notification_choice s ON s.user_id = w.user_id AND s.cause = 'mine'
       LEFT JOIN read_mark k ON k.user_id = w.user_id AND k.conversation_id = c.id
      WHERE m.id = ?1 AND m.kind = 'note' AND coalesce(k.message_id, 0) < m.id
        AND NOT EXISTS (SELECT 1 FROM mention n
                          LEFT JOIN notification_choice x ON x.user_id = n.user_id AND x.cause = 'mention'
                         WHERE n.message_id = m.id AND n.user_id = w.user_id AND coalesce(x.desktop + x.email, 2) > 0)";

/// A customer wrote.
///
/// # Errors
/// Database errors.
pub fn received(tx: &Tx<'_>, fact: Fact) -> Result<()> {
    tell_all(tx, fact, AUDIENCE)
}

/// Somebody of the team wrote a note: who watches the conversation is told.
///
/// # Errors
/// Database errors.
pub fn noted(tx: &Tx<'_>, fact: Fact) -> Result<()> {
    tell_all(tx, fact, WATCHERS)
}

fn tell_all(tx: &Tx<'_>, fact: Fact, audience: &str) -> Result<()> {
    let Some(message) = fact.message else { return Ok(()) };
    let mut select = tx.prepare_cached(audience)?;
    let audience = select.query_map([message], |row| {
        let cause = Cause::parse(row.get_ref(1)?.as_str()?).unwrap_or(Cause::Others);
        let chosen = row.get::<_, Option<bool>>(2)?.zip(row.get(3)?);
        Ok((row.get(0)?, cause, chosen.map_or(cause.usual(), |(desktop, email)| Media { desktop, email })))
    })?;
    let audience = audience.collect::<rusqlite::Result<Vec<(i64, Cause, Media)>>>()?;
    let mut told = Vec::new();
    for (user, cause, media) in audience {
        if tell(tx, fact, user, (cause, media))? {
            told.push(user);
        }
    }
    announce(tx, told)
}

/// A conversation was handed to somebody, if it is theirs still.
///
/// # Errors
/// Database errors.
pub fn assigned(tx: &Tx<'_>, fact: Fact, user: i64) -> Result<()> {
    let is_theirs = tx
        .prepare_cached("SELECT 1 FROM conversation WHERE id = ?1 AND assignee_id = ?2 AND spam = 0")?
        .exists([fact.conversation, user])?;
    if is_theirs { tell_one(tx, fact, user, Cause::Assigned) } else { Ok(()) }
}

/// A note names somebody.
///
/// # Errors
/// Database errors.
pub fn mentioned(tx: &Tx<'_>, fact: Fact, user: i64) -> Result<()> {
    let mut select = tx.prepare_cached("SELECT user_id FROM message WHERE id = ?1")?;
    let by = select.query_row([fact.message], |row| row.get::<_, Option<i64>>(0));
    match by {
        Ok(by) => tell_one(tx, Fact { by, ..fact }, user, Cause::Mention),
        // Deleted since.
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn tell_one(tx: &Tx<'_>, fact: Fact, user: i64, cause: Cause) -> Result<()> {
    let may_read = tx
        .prepare_cached(
            "SELECT 1 FROM conversation c JOIN inbox_reader r ON r.inbox_id = c.inbox_id AND r.user_id = ?2
              WHERE c.id = ?1",
        )?
        .exists([fact.conversation, user])?;
    if fact.by == Some(user) || !may_read || (cause == Cause::Mention && is_muted(tx, fact.conversation, user)?) {
        return Ok(());
    }
    let mut select =
        tx.prepare_cached("SELECT desktop, email FROM notification_choice WHERE user_id = ?1 AND cause = ?2")?;
    let chosen = select
        .query_map(params![user, cause.as_str()], |row| Ok(Media { desktop: row.get(0)?, email: row.get(1)? }))?
        .next()
        .transpose()?;
    let is_new = tell(tx, fact, user, (cause, chosen.unwrap_or(cause.usual())))?;
    announce(tx, if is_new { vec![user] } else { Vec::new() })
}

/// Whether somebody wants to hear nothing of a conversation. That it is handed to them they hear all the same.
fn is_muted(tx: &Tx<'_>, conversation: i64, user: i64) -> Result<bool> {
    Ok(tx
        .prepare_cached("SELECT 1 FROM watch WHERE user_id = ?1 AND conversation_id = ?2 AND level = 'muted'")?
        .exists([user, conversation])?)
}

/// Writes one notification; whether it is new.
fn tell(tx: &Tx<'_>, fact: Fact, user: i64, (cause, media): (Cause, Media)) -> Result<bool> {
    if !media.is_any() {
        return Ok(false);
    }
    let written = tx
        .prepare_cached(
            "INSERT INTO notification (event_id, user_id, conversation_id, message_id, cause, by_id, desktop, email,
                                       created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (event_id, user_id) DO NOTHING",
        )?
        .execute(params![
            fact.event,
            user,
            fact.conversation,
            fact.message,
            cause.as_str(),
            fact.by,
            media.desktop,
            media.email,
            tx.now()
        ])?;
    if written == 0 {
        return Ok(false);
    }
    let notification = tx.last_insert_rowid();
    tx.prepare_cached(
        "INSERT INTO notification_line (user_id, conversation_id, newest_id, unread) VALUES (?1, ?2, ?3, 1)
         ON CONFLICT DO UPDATE SET newest_id = excluded.newest_id, unread = unread + 1",
    )?
    .execute([user, fact.conversation, notification])?;
    if media.email {
        mails::await_reading(tx, user, fact.conversation)?;
    }
    if media.desktop {
        push::queue(tx, user, notification)?;
    }
    Ok(true)
}

/// Their bells hear of it.
pub(super) fn announce(tx: &Tx<'_>, users: Vec<i64>) -> Result<()> {
    if users.is_empty() { Ok(()) } else { tx.emit(Event::UsersNotified { users }) }
}

/// Somebody has read a conversation as far as their mark says.
///
/// # Errors
/// Database errors.
pub fn seen(tx: &Tx<'_>, user: i64, conversation: i64) -> Result<()> {
    let changed = tx
        .prepare_cached(
            "UPDATE notification SET read_at = ?3
              WHERE user_id = ?1 AND conversation_id = ?2 AND read_at IS NULL
                AND coalesce(message_id, 0) <= coalesce((SELECT message_id FROM read_mark
                                                          WHERE user_id = ?1 AND conversation_id = ?2), 0)",
        )?
        .execute([user, conversation, tx.now()])?;
    if changed > 0 { recount(tx, user, conversation) } else { Ok(()) }
}

/// Somebody looked at a conversation: all of it that they were told of is read.
///
/// # Errors
/// Database errors.
pub fn looked_at(tx: &Tx<'_>, user: i64, conversation: i64) -> Result<()> {
    let changed = tx
        .prepare_cached(
            "UPDATE notification SET read_at = ?3 WHERE user_id = ?1 AND conversation_id = ?2 AND read_at IS NULL",
        )?
        .execute([user, conversation, tx.now()])?;
    if changed > 0 { recount(tx, user, conversation) } else { Ok(()) }
}

fn recount(tx: &Tx<'_>, user: i64, conversation: i64) -> Result<()> {
    tx.prepare_cached(
        "UPDATE notification_line
            SET unread = (SELECT count(*) FROM notification n
                           WHERE n.user_id = ?1 AND n.conversation_id = ?2 AND n.read_at IS NULL),
                mail_due_at = iif(EXISTS (SELECT 1 FROM notification n
                                           WHERE n.user_id = ?1 AND n.conversation_id = ?2 AND n.read_at IS NULL
                                             AND n.email = 1 AND n.mailed_at IS NULL), mail_due_at, NULL)
          WHERE user_id = ?1 AND conversation_id = ?2",
    )?
    .execute([user, conversation])?;
    announce(tx, vec![user])
}

/// Everything that somebody was told of is read.
///
/// # Errors
/// Database errors.
pub fn read_all(tx: &Tx<'_>, user: i64) -> Result<()> {
    tx.prepare_cached("UPDATE notification SET read_at = ?2 WHERE user_id = ?1 AND read_at IS NULL")?
        .execute([user, tx.now()])?;
    let changed = tx
        .prepare_cached(
            "UPDATE notification_line SET unread = 0, mail_due_at = NULL WHERE user_id = ?1 AND unread > 0",
        )?
        .execute([user])?;
    if changed > 0 { announce(tx, vec![user]) } else { Ok(()) }
}

/// Removes what is older than it is kept; how many rows went.
///
/// # Errors
/// Database errors.
pub fn purge(tx: &Tx<'_>) -> Result<usize> {
    let before = tx.now() - KEPT_DAYS * crate::clock::DAY;
    let gone = tx
        .prepare_cached(
            "DELETE FROM notification WHERE id IN (SELECT id FROM notification WHERE created_at < ?1
                                                    ORDER BY created_at LIMIT ?2)",
        )?
        .execute(params![before, AT_ONCE])?;
    if gone > 0 {
        tx.prepare_cached(
            "DELETE FROM notification_line WHERE NOT EXISTS (SELECT 1 FROM notification n WHERE n.id = newest_id)",
        )?
        .execute([])?;
    }
    Ok(gone)
}
