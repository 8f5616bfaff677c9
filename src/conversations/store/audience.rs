//! Who gets an answer. What is answered and who gets it are one choice: nobody is shown a message that was not theirs.

use rusqlite::{OptionalExtension, params};

use super::super::model::{Mailbox, MessageKind, Recipients, Scope};
use super::show::require;
use crate::auth::Viewer;
use crate::contacts::{self, normalize_email};
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::inboxes;

/// Addresses of one message at most.
const MOST: usize = 100;

/// An answer that is about to be written.
#[derive(Debug, Clone, Default)]
pub struct Audience {
    /// The message it is to, or that it passes on; nobody has written yet where there is none.
    pub about: Option<i64>,
    pub recipients: Recipients,
    /// The subject of that message.
    pub subject: String,
    /// Its files: key and name.
    pub files: Vec<(String, String)>,
}

/// Where an answer goes. Without a message it is to whoever wrote last, with a copy to everybody else on that message.
/// Our own inboxes get nothing.
///
/// # Errors
/// [`Error::NotFound`] when the viewer may not see it, or the message stays with the team.
pub fn audience(
    connection: &Connection,
    viewer: &Viewer,
    conversation: i64,
    about: Option<i64>,
    scope: Scope,
) -> Result<Audience> {
    require(connection, viewer, conversation)?;
    of(connection, conversation, about, scope)
}

pub(super) fn of(connection: &Connection, conversation: i64, about: Option<i64>, scope: Scope) -> Result<Audience> {
    let about = match about {
        Some(message) => Some(checked(connection, conversation, message)?),
        None => usual(connection, conversation)?,
    };
    let Some(about) = about else {
        return Ok(Audience { recipients: of_contact(connection, conversation)?, ..Audience::default() });
    };
    let mut found = read(connection, about)?;
    match scope {
        Scope::All => {}
        Scope::One => found.recipients.cc.clear(),
        Scope::Forward => found.recipients = Recipients::default(),
    }
    Ok(found)
}

/// A message of this conversation that may leave it: no note.
fn checked(connection: &Connection, conversation: i64, message: i64) -> Result<i64> {
    Ok(connection
        .prepare_cached("SELECT id FROM message WHERE id = ?1 AND conversation_id = ?2 AND kind != 'note'")?
        .query_row([message, conversation], |row| row.get(0))?)
}

/// The message that is answered if nobody says which: the last one of a person who takes part. Those to whom only a mail
/// was passed on are answered on purpose only.
fn usual(connection: &Connection, conversation: i64) -> Result<Option<i64>> {
    Ok(connection
        .prepare_cached(
            "SELECT id FROM message m
              WHERE conversation_id = ?1 AND kind = 'incoming' AND sender_address != '' AND unfamiliar = 0
                AND NOT EXISTS (SELECT 1 FROM participant p
                                 WHERE p.conversation_id = ?1 AND p.address = lower(m.sender_address)
                                   AND p.origin = 'forwarded')
              ORDER BY (automatic IS NOT NULL), id DESC LIMIT 1",
        )?
        .query_row([conversation], |row| row.get(0))
        .optional()?)
}

/// Everybody on a message, as a mail program would answer to all.
fn read(connection: &Connection, message: i64) -> Result<Audience> {
    let mut select = connection
        .prepare_cached("SELECT kind, sender_name, sender_address, recipients, subject FROM message WHERE id = ?1")?;
    let (kind, sender, last, subject) = select.query_row([message], |row| {
        let sender = Mailbox { name: row.get(1)?, address: row.get(2)? };
        let last: Recipients = serde_json::from_str(row.get_ref(3)?.as_str()?).unwrap_or_default();
        Ok((MessageKind::parse(row.get_ref(0)?.as_str()?), sender, last, row.get(4)?))
    })?;
    let ours: Vec<String> = inboxes::store::own_addresses(connection)?;
    let is_ours = |mailbox: &Mailbox| is_one_of(&ours, &mailbox.address);
    let (to, others) = match kind {
        MessageKind::Incoming => {
            let mut to: Vec<Mailbox> = last.reply_to.into_iter().filter(|mailbox| !is_ours(mailbox)).collect();
            if to.is_empty() {
                to.push(sender);
            }
            (to, last.to.into_iter().chain(last.cc).collect())
        }
        MessageKind::Outgoing | MessageKind::Note => (last.to, last.cc),
    };
    let mut cc: Vec<Mailbox> = Vec::new();
    for mailbox in others.into_iter().filter(|mailbox: &Mailbox| !is_ours(mailbox)) {
        let known =
            to.iter().chain(&cc).any(|known| normalize_email(&known.address) == normalize_email(&mailbox.address));
        if !known && !mailbox.address.is_empty() {
            cc.push(mailbox);
        }
    }
    let mut files = connection
        .prepare_cached("SELECT key, name FROM attachment WHERE message_id = ?1 AND inline = 0 ORDER BY id LIMIT 50")?;
    let files = files.query_map([message], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    Ok(Audience { about: Some(message), recipients: Recipients { to, cc, ..Recipients::default() }, subject, files })
}

/// Nobody has written yet, or nobody whose address is known: the contact's own address.
fn of_contact(connection: &Connection, conversation: i64) -> Result<Recipients> {
    let contact: i64 = connection
        .prepare_cached("SELECT contact_id FROM conversation WHERE id = ?1")?
        .query_row([conversation], |row| row.get(0))?;
    let contact = contacts::get(connection, contact)?;
    let address = contact.points.iter().find(|(kind, _)| kind == "email").map(|(_, value)| value.clone());
    let to = address.map(|address| Mailbox { name: contact.name, address }).into_iter().collect();
    Ok(Recipients { to, ..Recipients::default() })
}

/// Whether `address` is one of the inboxes `ours`, also with a plus-address of it.
fn is_one_of(ours: &[String], address: &str) -> bool {
    let address = normalize_email(address);
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let plain = local.split('+').next().unwrap_or_default();
    ours.iter().any(|own| {
        *own == address
            || own.rsplit_once('@').is_some_and(|(own_local, own_domain)| own_local == plain && own_domain == domain)
    })
}

/// Refuses what would go to nobody, to too many, or back to us.
pub(super) fn check(connection: &Connection, recipients: &Recipients) -> Result<()> {
    let ours = inboxes::store::own_addresses(connection)?;
    let mut all = recipients.everybody();
    if recipients.everybody().next().is_none() {
        return Err(Error::field("text", "message-no-recipient"));
    }
    if recipients.everybody().count() > MOST {
        return Err(Error::field("text", "message-too-many-recipients"));
    }
    if all.any(|mailbox| is_one_of(&ours, &mailbox.address)) {
        return Err(Error::field("text", "message-to-ourselves"));
    }
    Ok(())
}

/// Whom we write to takes part. Hidden copies and mails passed on are answered on purpose only.
pub(super) fn add(tx: &Tx<'_>, conversation: i64, recipients: &Recipients, scope: Scope) -> Result<()> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO participant (conversation_id, address, origin) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?;
    let open = if scope == Scope::Forward { "forwarded" } else { "wrote" };
    for mailbox in recipients.to.iter().chain(&recipients.cc) {
        insert.execute(params![conversation, normalize_email(&mailbox.address), open])?;
    }
    for mailbox in &recipients.bcc {
        insert.execute(params![conversation, normalize_email(&mailbox.address), "forwarded"])?;
    }
    Ok(())
}
