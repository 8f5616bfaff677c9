//! Roles and rights: who may change them is asked here, in the same transaction as the change.

use rusqlite::params;

use crate::auth::{Rights, Role, Viewer, sessions};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::events::Event;

/// Gives a user exactly these rights.
///
/// # Errors
/// [`Error::Forbidden`] below admin, and for an admin's rights below owner; [`Error::Conflict`] for the owner's own, who
/// has all; [`Error::NotFound`].
pub fn set_rights(tx: &Tx<'_>, actor: &Viewer, user: i64, rights: Rights) -> Result<()> {
    may_change(tx, actor, user)?;
    tx.prepare_cached("DELETE FROM user_right WHERE user_id = ?1")?.execute([user])?;
    let mut grant = tx.prepare_cached("INSERT INTO user_right (user_id, name) VALUES (?1, ?2)")?;
    for right in rights.iter() {
        grant.execute(params![user, right.as_str()])?;
    }
    changed(tx, actor, user)
}

/// Makes a user an agent or an admin, with the usual rights; their sessions end.
///
/// # Errors
/// As [`set_rights`]; only the owner makes admins.
pub fn set_role(tx: &Tx<'_>, actor: &Viewer, user: i64, role: Role) -> Result<()> {
    may_change(tx, actor, user)?;
    if role >= Role::Admin && actor.role != Role::Owner {
        return Err(Error::Forbidden("owner"));
    }
    if role == Role::Owner {
        return Err(Error::Conflict("owner-exists"));
    }
    tx.prepare_cached("UPDATE user SET role = ?2, updated_at = ?3 WHERE id = ?1")?.execute(params![
        user,
        role.as_str(),
        tx.now()
    ])?;
    set_rights(tx, actor, user, role.usual_rights())?;
    sessions::end_all(tx, user, None)
}

/// Ends a user's access at once.
///
/// # Errors
/// As [`set_rights`].
pub fn disable(tx: &Tx<'_>, actor: &Viewer, user: i64) -> Result<()> {
    may_change(tx, actor, user)?;
    tx.prepare_cached("UPDATE user SET state = 'disabled', updated_at = ?2 WHERE id = ?1")?
        .execute([user, tx.now()])?;
    tx.emit(Event::UserDisabled { user, by: Some(actor.id) })?;
    sessions::end_all(tx, user, None)
}

/// Gives a disabled user their access back.
///
/// # Errors
/// As [`set_rights`].
pub fn enable(tx: &Tx<'_>, actor: &Viewer, user: i64) -> Result<()> {
    may_change(tx, actor, user)?;
    tx.prepare_cached("UPDATE user SET state = 'active', updated_at = ?2 WHERE id = ?1")?.execute([user, tx.now()])?;
    changed(tx, actor, user)
}

/// Admins change agents, the owner changes admins too, nobody changes the owner.
fn may_change(tx: &Tx<'_>, actor: &Viewer, user: i64) -> Result<()> {
    if actor.role < Role::Admin {
        return Err(Error::Forbidden("admin"));
    }
    let role: String = tx.prepare_cached("SELECT role FROM user WHERE id = ?1")?.query_row([user], |row| row.get(0))?;
    match Role::parse(&role) {
        Role::Owner => Err(Error::Conflict("owner-stays")),
        Role::Admin if actor.role != Role::Owner => Err(Error::Forbidden("owner")),
        Role::Admin | Role::Agent => Ok(()),
    }
}

fn changed(tx: &Tx<'_>, actor: &Viewer, user: i64) -> Result<()> {
    tx.emit(Event::UserChanged { user, by: Some(actor.id) })
}
