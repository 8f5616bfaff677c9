//! Inboxes in the database.

pub mod answering;
pub mod assigning;
pub mod consents;
pub mod health;
pub mod members;
mod problems;
mod secrets;
pub mod trials;

use rusqlite::{OptionalExtension, Row, params};

use super::model::{Access, Capabilities, Connected, Inbox, MailSettings, NewInbox};
use super::watch;
use crate::auth::Viewer;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;
use crate::keys::Keys;

pub use problems::{Way, clear_problem, note_told, set_problem, touch};
pub use secrets::{
    SecretKind, forget_secrets, has_secret, keep_secrets, mark_lost_secrets, own_server, secret, set_secret,
};

/// Connects an inbox. `owner` is who connects it; the demo and commands have none.
///
/// # Errors
/// [`Error::Invalid`] when its name or its account is taken.
pub fn create(tx: &Tx<'_>, owner: Option<i64>, inbox: &NewInbox, keys: &Keys) -> Result<i64> {
    let taken = |sql: &str, value: &str| -> Result<bool> { Ok(tx.prepare_cached(sql)?.exists([value])?) };
    if taken("SELECT 1 FROM inbox WHERE name = ?1 COLLATE NOCASE", &inbox.name)? {
        return Err(Error::field("name", "inbox-name-taken"));
    }
    let address = inbox.address.trim().to_lowercase();
    if taken("SELECT 1 FROM inbox WHERE external_id = ?1", &address)? {
        return Err(Error::field("address", "inbox-address-taken"));
    }
    let id = tx
        .prepare_cached(
            "INSERT INTO inbox (channel, name, external_id, access, owner_id, capabilities, settings, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
        )?
        .insert(params![
            inbox.channel,
            inbox.name,
            address,
            inbox.access.as_str(),
            owner,
            serde_json::to_string(&inbox.capabilities)?,
            serde_json::to_string(&inbox.mail)?,
            tx.now()
        ])?;
    set_password(tx, id, inbox, keys)?;
    set_members(tx, id, &inbox.members)?;
    require_own_mailbox(tx, id, &inbox.mail)?;
    tx.emit(Event::InboxCreated { inbox: id, by: owner })?;
    Ok(id)
}

/// Whether this address has an inbox.
///
/// # Errors
/// Database errors.
pub fn is_taken(connection: &Connection, address: &str) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM inbox WHERE external_id = lower(?1)")?.exists([address])?)
}

/// Refuses a mailbox that another inbox reads already: every mail would come twice.
fn require_own_mailbox(tx: &Tx<'_>, id: i64, mail: &MailSettings) -> Result<()> {
    let Some(mailbox) = &mail.imap else { return Ok(()) };
    let taken = tx
        .prepare_cached(
            "SELECT 1 FROM inbox o JOIN inbox own ON own.id = ?1
              WHERE o.id != ?1 AND o.state = 'active'
                AND lower(o.settings ->> '$.imap.server.host') = lower(?2)
                AND o.settings ->> '$.imap.folder' = ?3
                AND lower(coalesce(o.settings ->> '$.imap.server.username', o.external_id))
                    = lower(coalesce(?4, own.external_id))",
        )?
        .exists(params![id, mailbox.server.host, mailbox.folder, mailbox.server.username])?;
    if taken { Err(Error::field("imap_username", "inbox-mailbox-taken")) } else { Ok(()) }
}

/// Seals a new password; forgets the stored one when nobody signs in with it any more.
fn set_password(tx: &Tx<'_>, id: i64, inbox: &NewInbox, keys: &Keys) -> Result<()> {
    let signs_in = inbox.mail.smtp.as_ref().is_some_and(|server| server.username.is_some());
    if signs_in && inbox.password.is_none() {
        return Ok(());
    }
    set_secret(tx, id, SecretKind::Smtp, inbox.password.as_ref().filter(|_| signs_in), keys)
}

/// Replaces the members. Who stays keeps their row: what ends with it stays with them.
///
/// # Errors
/// Database errors.
pub fn set_members(tx: &Tx<'_>, inbox: i64, members: &[i64]) -> Result<()> {
    add_members(tx, inbox, members)?;
    let mut remove = tx.prepare_cached("DELETE FROM inbox_member WHERE inbox_id = ?1 AND user_id = ?2")?;
    for member in self::members(tx, inbox)?.into_iter().filter(|member| !members.contains(member)) {
        remove.execute([inbox, member])?;
    }
    Ok(())
}

fn add_members(tx: &Tx<'_>, inbox: i64, members: &[i64]) -> Result<()> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO inbox_member (inbox_id, user_id) SELECT ?1, id FROM user WHERE id = ?2 AND state = 'active'
         ON CONFLICT DO NOTHING",
    )?;
    for member in members {
        insert.execute([inbox, *member])?;
    }
    Ok(())
}

/// The members.
///
/// # Errors
/// Database errors.
pub fn members(connection: &Connection, inbox: i64) -> Result<Vec<i64>> {
    let mut select = connection.prepare_cached("SELECT user_id FROM inbox_member WHERE inbox_id = ?1")?;
    let members = select.query_map([inbox], |row| row.get(0))?;
    Ok(members.collect::<rusqlite::Result<_>>()?)
}

/// Changes name, access, members and the ways of mail; an inbox of nobody that only its owner reads becomes that
/// person's, and a disconnected one is connected again. A password of `None` keeps the stored one as long as there is
/// something to sign in to. Who becomes a reader by this is noted, and the owner hears of it.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Invalid`] when the name is taken.
pub fn update(tx: &Tx<'_>, by: &Viewer, id: i64, inbox: &NewInbox, keys: &Keys) -> Result<()> {
    let taken = tx
        .prepare_cached("SELECT 1 FROM inbox WHERE name = ?1 COLLATE NOCASE AND id != ?2")?
        .exists(params![inbox.name, id])?;
    if taken {
        return Err(Error::field("name", "inbox-name-taken"));
    }
    let read_before = is_reader(tx, id, by.id)?;
    get(tx, id)?;
    // First more people read it, then fewer: nobody who stays loses their access in between.
    add_members(tx, id, &inbox.members)?;
    tx.prepare_cached(
        "UPDATE inbox SET name = ?2, access = ?3, updated_at = ?5, state = 'active',
                    settings = json_set(?4, '$.answering', json(coalesce(settings -> '$.answering', '{}'))),
                    owner_id = iif(?3 = 'owner', coalesce(owner_id, ?6), owner_id)
              WHERE id = ?1",
    )?
    .execute(params![
        id,
        inbox.name,
        inbox.access.as_str(),
        serde_json::to_string(&inbox.mail)?,
        tx.now(),
        by.id
    ])?;
    set_password(tx, id, inbox, keys)?;
    set_members(tx, id, &inbox.members)?;
    require_own_mailbox(tx, id, &inbox.mail)?;
    if !read_before && is_reader(tx, id, by.id)? {
        tx.emit(Event::InboxJoined { inbox: id, by: by.id })?;
        watch::tell_joined(tx, id, by.id)?;
    }
    tx.emit(Event::InboxChanged { inbox: id, by: Some(by.id) })
}

fn is_reader(connection: &Connection, inbox: i64, user: i64) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM inbox_reader WHERE inbox_id = ?1 AND user_id = ?2")?
        .exists([inbox, user])?)
}

/// No mail comes or goes any more, and nothing is kept that signs in; what came stays. Saving its settings connects it
/// again.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn disconnect(tx: &Tx<'_>, by: &Viewer, id: i64) -> Result<()> {
    let changed = tx
        .prepare_cached(
            "UPDATE inbox SET state = 'disabled', updated_at = ?2, told_at = NULL,
                    problem = NULL, problem_detail = '', problem_at = NULL,
                    problem_in = NULL, problem_in_detail = '', problem_in_at = NULL
              WHERE id = ?1",
        )?
        .execute([id, tx.now()])?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    forget_secrets(tx, id)?;
    tx.emit(Event::InboxDisconnected { inbox: id, by: Some(by.id) })
}

const COLUMNS: &str = "SELECT id, channel, name, external_id, access, owner_id, capabilities, settings, problem,
                              problem_in, last_in_at, last_out_at, state, told_at FROM inbox";

fn inbox(row: &Row<'_>) -> rusqlite::Result<Inbox> {
    let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    Ok(Inbox {
        id: row.get(0)?,
        channel: row.get(1)?,
        name: row.get(2)?,
        address: row.get(3)?,
        access: Access::parse(text(4)?).unwrap_or(Access::Owner),
        owner: row.get(5)?,
        capabilities: serde_json::from_str(text(6)?).unwrap_or_else(|_| Capabilities::email()),
        mail: serde_json::from_str(text(7)?).unwrap_or_else(|_| MailSettings::default()),
        problem: row.get(8)?,
        problem_in: row.get(9)?,
        last_in_at: row.get(10)?,
        last_out_at: row.get(11)?,
        connected: if text(12)? == "active" { Connected::Yes } else { Connected::No },
        lost: row.get::<_, Option<i64>>(13)?.is_some(),
    })
}

/// Every inbox, for who manages them.
///
/// # Errors
/// Database errors.
pub fn all(connection: &Connection) -> Result<Vec<Inbox>> {
    let mut select = connection.prepare_cached(&[COLUMNS, " ORDER BY name COLLATE NOCASE"].concat())?;
    Ok(select.query_map([], inbox)?.collect::<rusqlite::Result<_>>()?)
}

/// The inboxes of a channel that are not switched off.
///
/// # Errors
/// Database errors.
pub fn active(connection: &Connection, channel: &str) -> Result<Vec<Inbox>> {
    let mut select =
        connection.prepare_cached(&[COLUMNS, " WHERE channel = ?1 AND state = 'active' ORDER BY id"].concat())?;
    Ok(select.query_map([channel], inbox)?.collect::<rusqlite::Result<_>>()?)
}

/// One inbox.
///
/// # Errors
/// [`Error::NotFound`].
pub fn get(connection: &Connection, id: i64) -> Result<Inbox> {
    Ok(connection.prepare_cached(&[COLUMNS, " WHERE id = ?1"].concat())?.query_row([id], inbox)?)
}

/// The inbox with this name or this address.
///
/// # Errors
/// Database errors.
pub fn find(connection: &Connection, name: &str) -> Result<Option<Inbox>> {
    Ok(connection
        .prepare_cached(&[COLUMNS, " WHERE name = ?1 COLLATE NOCASE OR external_id = lower(?1)"].concat())?
        .query_row([name], inbox)
        .optional()?)
}

/// The inboxes a person reads.
///
/// # Errors
/// Database errors.
pub fn readable(connection: &Connection, viewer: &Viewer) -> Result<Vec<i64>> {
    let mut select = connection.prepare_cached("SELECT inbox_id FROM inbox_reader WHERE user_id = ?1")?;
    Ok(select.query_map([viewer.id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// The addresses of all inboxes: mail from them is ours.
///
/// # Errors
/// Database errors.
pub fn own_addresses(connection: &Connection) -> Result<Vec<String>> {
    let mut select = connection.prepare_cached("SELECT external_id FROM inbox WHERE channel = 'email'")?;
    Ok(select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}
