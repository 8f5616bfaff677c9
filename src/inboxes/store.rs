//! Inboxes in the database.

use rusqlite::{OptionalExtension, Row, params};

use super::model::{Access, Capabilities, Inbox, MailSettings, NewInbox};
use crate::auth::Viewer;
use crate::clock::Millis;
use crate::config::Smtp;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;
use crate::keys::{Keys, Secret};

/// What an inbox signs in with, by what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    Smtp,
    Imap,
    /// The tokens of a provider, for both ways.
    OAuth,
}

impl SecretKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Smtp => "smtp",
            Self::Imap => "imap",
            Self::OAuth => "oauth",
        }
    }

    fn parse(text: &str) -> Self {
        match text {
            "imap" => Self::Imap,
            "oauth" => Self::OAuth,
            _ => Self::Smtp,
        }
    }

    /// Where the secret stands: what it is encrypted for.
    fn place(self, inbox: i64) -> String {
        match self {
            Self::Smtp => format!("inbox/{inbox}/secret"),
            Self::Imap => format!("inbox/{inbox}/imap"),
            Self::OAuth => format!("inbox/{inbox}/oauth"),
        }
    }
}

/// Seals a secret of an inbox, or forgets it.
///
/// # Errors
/// Database errors.
pub fn set_secret(tx: &Tx<'_>, inbox: i64, kind: SecretKind, secret: Option<&Secret>, keys: &Keys) -> Result<()> {
    let Some(secret) = secret else {
        tx.prepare_cached("DELETE FROM inbox_secret WHERE inbox_id = ?1 AND kind = ?2")?
            .execute(params![inbox, kind.as_str()])?;
        return Ok(());
    };
    tx.prepare_cached(
        "INSERT INTO inbox_secret (inbox_id, kind, sealed) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET sealed = excluded.sealed",
    )?
    .execute(params![inbox, kind.as_str(), keys.seal(&kind.place(inbox), secret)?])?;
    Ok(())
}

/// A secret of an inbox. `None`: there is none, or it does not open with this key and must be entered again.
///
/// # Errors
/// Database errors.
pub fn secret(connection: &Connection, inbox: i64, kind: SecretKind, keys: &Keys) -> Result<Option<Secret>> {
    let sealed: Option<Vec<u8>> = connection
        .prepare_cached("SELECT sealed FROM inbox_secret WHERE inbox_id = ?1 AND kind = ?2")?
        .query_row(params![inbox, kind.as_str()], |row| row.get(0))
        .optional()?;
    Ok(sealed.and_then(|sealed| keys.open(&kind.place(inbox), &sealed)))
}

/// Whether a secret is stored; the secret itself is never shown again.
///
/// # Errors
/// Database errors.
pub fn has_secret(connection: &Connection, inbox: i64, kind: SecretKind) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM inbox_secret WHERE inbox_id = ?1 AND kind = ?2")?
        .exists(params![inbox, kind.as_str()])?)
}

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
    tx.emit(Event::InboxCreated { inbox: id, by: owner })?;
    Ok(id)
}

/// Seals a new password; forgets the stored one when nobody signs in with it any more.
fn set_password(tx: &Tx<'_>, id: i64, inbox: &NewInbox, keys: &Keys) -> Result<()> {
    let signs_in = inbox.mail.smtp.as_ref().is_some_and(|server| server.username.is_some());
    if signs_in && inbox.password.is_none() {
        return Ok(());
    }
    set_secret(tx, id, SecretKind::Smtp, inbox.password.as_ref().filter(|_| signs_in), keys)
}

/// Replaces the members.
///
/// # Errors
/// Database errors.
pub fn set_members(tx: &Tx<'_>, inbox: i64, members: &[i64]) -> Result<()> {
    tx.prepare_cached("DELETE FROM inbox_member WHERE inbox_id = ?1")?.execute([inbox])?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO inbox_member (inbox_id, user_id) SELECT ?1, id FROM user WHERE id = ?2 AND state = 'active'",
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

/// Changes name, access, members and the way out; an inbox of nobody that only its owner reads becomes that person's.
/// A password of `None` keeps the stored one as long as there is something to sign in to.
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
    let changed = tx
        .prepare_cached(
            "UPDATE inbox SET name = ?2, access = ?3, settings = ?4, updated_at = ?5,
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
    if changed == 0 {
        return Err(Error::NotFound);
    }
    set_password(tx, id, inbox, keys)?;
    set_members(tx, id, &inbox.members)?;
    tx.emit(Event::InboxChanged { inbox: id, by: Some(by.id) })
}

const COLUMNS: &str = "SELECT id, channel, name, external_id, access, owner_id, capabilities, settings, problem,
                              problem_in, last_in_at, last_out_at FROM inbox";

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

/// The server of its own that an inbox sends by, with the password. `None`: it has none, or its password does not open
/// with this key and must be entered again.
///
/// # Errors
/// Database errors.
pub fn own_server(connection: &Connection, inbox: &Inbox, keys: &Keys) -> Result<Option<Smtp>> {
    let Some(server) = &inbox.mail.smtp else {
        return Ok(None);
    };
    let password = secret(connection, inbox.id, SecretKind::Smtp, keys)?;
    Ok(Some(server.with_password(password)))
}

/// Gives the inboxes of somebody without access to the owner of the workspace.
///
/// # Errors
/// Database errors.
pub fn inherit(tx: &Tx<'_>, user: i64, by: Option<i64>) -> Result<()> {
    let mut update = tx.prepare_cached(
        "UPDATE inbox SET owner_id = (SELECT id FROM user WHERE role = 'owner'), updated_at = ?2
          WHERE owner_id = ?1 AND EXISTS (SELECT 1 FROM user WHERE id = ?1 AND state = 'disabled') RETURNING id",
    )?;
    let inherited = update.query_map([user, tx.now()], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    for inbox in inherited {
        tx.emit(Event::InboxChanged { inbox, by })?;
    }
    Ok(())
}

/// Marks the inboxes whose secrets do not open with this key, and says how many there are.
///
/// # Errors
/// Database errors.
pub fn mark_lost_secrets(tx: &Tx<'_>, keys: &Keys) -> Result<usize> {
    let mut select = tx.prepare_cached("SELECT inbox_id, kind, sealed FROM inbox_secret")?;
    let sealed = select.query_map([], |row| {
        Ok((row.get::<_, i64>(0)?, SecretKind::parse(row.get_ref(1)?.as_str()?), row.get::<_, Vec<u8>>(2)?))
    })?;
    let sealed = sealed.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut lost: Vec<i64> = sealed
        .into_iter()
        .filter(|(inbox, kind, secret)| keys.open(&kind.place(*inbox), secret).is_none())
        .map(|(inbox, ..)| inbox)
        .collect();
    lost.dedup();
    for inbox in &lost {
        set_problem(tx, *inbox, Way::Out, "inbox-password-lost", "")?;
    }
    Ok(lost.len())
}

/// Which way a message went through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    In,
    Out,
}

/// Notes that a message came in or went out: that way works.
///
/// # Errors
/// Database errors.
pub fn touch(tx: &Tx<'_>, inbox: i64, way: Way, at: Millis) -> Result<()> {
    let sql = match way {
        Way::In => "UPDATE inbox SET last_in_at = ?2 WHERE id = ?1",
        Way::Out => "UPDATE inbox SET last_out_at = ?2 WHERE id = ?1",
    };
    tx.prepare_cached(sql)?.execute([inbox, at])?;
    match way {
        // A mail handed over by a pipe says nothing of the mailbox's server.
        Way::In => Ok(()),
        Way::Out => clear_problem(tx, inbox, Way::Out),
    }
}

/// Notes what is wrong with a way of an inbox: a message key and the other side's own words.
///
/// # Errors
/// Database errors.
pub fn set_problem(tx: &Tx<'_>, inbox: i64, way: Way, key: &str, detail: &str) -> Result<()> {
    let sql = match way {
        Way::In => {
            "UPDATE inbox SET problem_in = ?2, problem_in_detail = ?3, problem_in_at = coalesce(problem_in_at, ?4)
              WHERE id = ?1 AND (problem_in IS NOT ?2 OR problem_in_detail IS NOT ?3) RETURNING problem_in_at = ?4"
        }
        Way::Out => {
            "UPDATE inbox SET problem = ?2, problem_detail = ?3, problem_at = coalesce(problem_at, ?4)
              WHERE id = ?1 AND (problem IS NOT ?2 OR problem_detail IS NOT ?3) RETURNING problem_at = ?4"
        }
    };
    let is_new: Option<bool> =
        tx.prepare_cached(sql)?.query_row(params![inbox, key, detail, tx.now()], |row| row.get(0)).optional()?;
    match is_new {
        Some(true) => tx.emit(Event::InboxLost { inbox }),
        Some(false) | None => Ok(()),
    }
}

/// A way of an inbox works again.
///
/// # Errors
/// Database errors.
pub fn clear_problem(tx: &Tx<'_>, inbox: i64, way: Way) -> Result<()> {
    let sql = match way {
        Way::In => {
            "UPDATE inbox SET problem_in = NULL, problem_in_detail = '', problem_in_at = NULL
              WHERE id = ?1 AND problem_in IS NOT NULL"
        }
        Way::Out => {
            "UPDATE inbox SET problem = NULL, problem_detail = '', problem_at = NULL
              WHERE id = ?1 AND problem IS NOT NULL"
        }
    };
    if tx.prepare_cached(sql)?.execute([inbox])? > 0 {
        tx.emit(Event::InboxRestored { inbox })?;
    }
    Ok(())
}
