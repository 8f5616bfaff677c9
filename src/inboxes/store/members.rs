//! Which inboxes a person reads, asked and changed from the person's side, and what becomes of theirs when they go.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension;

use crate::auth::{Role, Viewer};
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;
use crate::inboxes::{Access, watch};

/// An inbox as one person stands to it.
#[derive(Debug, Clone)]
pub struct Membership {
    pub inbox: i64,
    pub name: String,
    pub access: Access,
    /// Who owns it: id and name.
    pub owner: Option<(i64, String)>,
    /// Whether the person is among those chosen for it.
    pub is_member: bool,
}

/// How somebody with access stands to each inbox.
///
/// # Errors
/// [`Error::NotFound`] when there is no such person.
pub fn of_person(connection: &Connection, user: i64) -> Result<(String, Vec<Membership>)> {
    let name = connection
        .prepare_cached("SELECT name FROM user WHERE id = ?1 AND state = 'active'")?
        .query_row([user], |row| row.get(0))?;
    let mut select = connection.prepare_cached(
        "SELECT i.id, i.name, i.access, o.id, o.name,
                EXISTS (SELECT 1 FROM inbox_member m WHERE m.inbox_id = i.id AND m.user_id = ?1)
           FROM inbox i LEFT JOIN user o ON o.id = i.owner_id ORDER BY i.name COLLATE NOCASE",
    )?;
    let rows = select.query_map([user], |row| {
        let (owner, owner_name): (Option<i64>, Option<String>) = (row.get(3)?, row.get(4)?);
        Ok(Membership {
            inbox: row.get(0)?,
            name: row.get(1)?,
            access: Access::parse(row.get_ref(2)?.as_str()?).unwrap_or(Access::Owner),
            owner: owner.zip(owner_name),
            is_member: row.get(5)?,
        })
    })?;
    Ok((name, rows.collect::<rusqlite::Result<_>>()?))
}

/// Sets in which inboxes of chosen people somebody is. Who lets themselves in is told to the inbox's owner.
///
/// # Errors
/// [`Error::Forbidden`] below admin; [`Error::NotFound`] when there is no such person with access.
pub fn set_of_person(tx: &Tx<'_>, by: &Viewer, user: i64, wanted: &[i64]) -> Result<()> {
    let role: Option<String> = tx
        .prepare_cached("SELECT role FROM user WHERE id = ?1 AND state = 'active'")?
        .query_row([by.id], |row| row.get(0))
        .optional()?;
    if role.is_none_or(|role| Role::parse(&role) < Role::Admin) {
        return Err(Error::Forbidden("admin"));
    }
    let (_, all) = of_person(tx, user)?;
    let wanted: BTreeSet<i64> = wanted.iter().copied().collect();
    for place in all.into_iter().filter(|place| place.access == Access::Selected) {
        let (inbox, by) = (place.inbox, Some(by.id));
        if wanted.contains(&inbox) && !place.is_member {
            tx.prepare_cached("INSERT INTO inbox_member (inbox_id, user_id) VALUES (?1, ?2)")?
                .execute([inbox, user])?;
            tx.emit(Event::InboxMemberAdded { inbox, user, by })?;
            if by == Some(user) {
                tx.emit(Event::InboxJoined { inbox, by: user })?;
                watch::tell_joined(tx, inbox, user)?;
            }
        } else if !wanted.contains(&inbox) && place.is_member {
            tx.prepare_cached("DELETE FROM inbox_member WHERE inbox_id = ?1 AND user_id = ?2")?
                .execute([inbox, user])?;
            tx.emit(Event::InboxMemberRemoved { inbox, user, by })?;
        }
    }
    Ok(())
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
