//! Roles, rights and access: who may change them is asked here, in the same transaction as the change.

use rusqlite::{OptionalExtension, params};

use super::people::member;
use super::teams;
use crate::accounts::model::{Access, Member, Place};
use crate::auth::{Right, Rights, Role, Viewer, sessions, tokens};
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;

/// Gives a user exactly these rights.
///
/// # Errors
/// [`Error::Forbidden`] below admin, for an admin's rights below owner, and for a right that the actor has not;
/// [`Error::Conflict`] for the owner's own, who has all; [`Error::NotFound`].
pub fn set_rights(tx: &Tx<'_>, actor: &Viewer, user: i64, rights: Rights) -> Result<()> {
    let (before, grantable) = may_change(tx, actor, user)?;
    may_grant(grantable, before.rights, rights)?;
    write_rights(tx, Some(actor.id), &before, rights)
}

/// Makes a user an agent or an admin, with the usual rights; their sessions end.
///
/// # Errors
/// As [`set_rights`]; only the owner makes admins.
pub fn set_role(tx: &Tx<'_>, actor: &Viewer, user: i64, role: Role) -> Result<()> {
    let (before, _) = may_change(tx, actor, user)?;
    may_appoint(tx, actor, role)?;
    write_role(tx, Some(actor.id), &before, role)?;
    write_rights(tx, Some(actor.id), &before, role.usual_rights())
}

/// Sets everything that one form shows about a person, if nobody else changed it since `revision`. With a new role and the
/// rights left as they were, the rights become the usual ones of the role.
///
/// # Errors
/// As [`set_rights`] and [`set_role`]; [`Error::Conflict`] with `person-changed` when somebody was first.
pub fn place(tx: &Tx<'_>, actor: &Viewer, user: i64, revision: i64, wanted: &Place) -> Result<()> {
    let (before, grantable) = may_change(tx, actor, user)?;
    if before.revision != revision {
        return Err(Error::Conflict("person-changed"));
    }
    let mut rights = wanted.rights;
    if wanted.role != before.role {
        may_appoint(tx, actor, wanted.role)?;
        write_role(tx, Some(actor.id), &before, wanted.role)?;
        if rights == before.rights {
            rights = wanted.role.usual_rights();
        }
    }
    may_grant(grantable, before.rights, rights)?;
    write_rights(tx, Some(actor.id), &before, rights)?;
    if wanted.name != before.name {
        tx.prepare_cached("UPDATE user SET name = ?2, updated_at = ?3 WHERE id = ?1")?.execute(params![
            user,
            wanted.name,
            tx.now()
        ])?;
        tx.emit(Event::UserChanged { user, by: Some(actor.id) })?;
    }
    teams::set_teams_of(tx, actor, user, &wanted.teams)?;
    touch(tx, user)
}

/// Ends a user's access at once: sessions, links sent to them. What they handled is given back by who follows the fact.
///
/// # Errors
/// As [`set_rights`].
pub fn disable(tx: &Tx<'_>, actor: &Viewer, user: i64) -> Result<()> {
    let (before, _) = may_change(tx, actor, user)?;
    write_access(tx, Some(actor.id), &before, Access::Disabled)
}

/// Takes the second factor of somebody who lost it away: their sessions end, and they are told by mail.
///
/// # Errors
/// As [`set_rights`]; [`Error::Conflict`] when they have none.
pub fn reset_second_factor(tx: &Tx<'_>, actor: &Viewer, user: i64) -> Result<()> {
    may_change(tx, actor, user)?;
    super::second_factor::reset(tx, Some(actor.id), user)
}

/// Gives a disabled user their access back.
///
/// # Errors
/// As [`set_rights`].
pub fn enable(tx: &Tx<'_>, actor: &Viewer, user: i64) -> Result<()> {
    let (before, _) = may_change(tx, actor, user)?;
    write_access(tx, Some(actor.id), &before, Access::Active)
}

/// Signs a user out everywhere.
///
/// # Errors
/// As [`set_rights`].
pub fn sign_out(tx: &Tx<'_>, actor: &Viewer, user: i64) -> Result<()> {
    may_change(tx, actor, user)?;
    sessions::end_all(tx, user, None)?;
    tx.emit(Event::UserSignedOut { user, by: Some(actor.id) })
}

/// Notes that somebody had the link for a new password sent to a user.
///
/// # Errors
/// Database errors.
pub fn note_reset(tx: &Tx<'_>, actor: &Viewer, user: i64) -> Result<()> {
    tx.emit(Event::PasswordResetSent { user, by: Some(actor.id) })
}

/// The rights that somebody may give to others now: an admin those they have, the owner all, everybody else none.
///
/// # Errors
/// Database errors.
pub fn grantable(connection: &Connection, user: i64) -> Result<(Role, Rights)> {
    let found: Option<(String, String)> = connection
        .prepare_cached(
            "SELECT role, coalesce((SELECT group_concat(r.name, ' ') FROM user_right r WHERE r.user_id = u.id), '')
               FROM user u WHERE id = ?1 AND state = 'active'",
        )?
        .query_row([user], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(match found {
        Some((role, rights)) => match Role::parse(&role) {
            Role::Owner => (Role::Owner, Right::ALL.into_iter().collect()),
            Role::Admin => (Role::Admin, Rights::parse(&rights)),
            Role::Agent => (Role::Agent, Rights::default()),
        },
        None => (Role::Agent, Rights::default()),
    })
}

/// Whether `actor` may make somebody this, asked of the database and not of what the request began with.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Conflict`] for a second owner.
pub fn may_appoint(tx: &Tx<'_>, actor: &Viewer, role: Role) -> Result<()> {
    let (own, _) = grantable(tx, actor.id)?;
    match role {
        _ if own < Role::Admin => Err(Error::Forbidden("admin")),
        Role::Admin | Role::Owner if own != Role::Owner => Err(Error::Forbidden("owner")),
        Role::Owner => Err(Error::Conflict("owner-exists")),
        Role::Admin | Role::Agent => Ok(()),
    }
}

/// Whether the rights that are new are among those that may be given.
///
/// # Errors
/// [`Error::Forbidden`] with the first that is not.
pub fn may_grant(grantable: Rights, before: Rights, wanted: Rights) -> Result<()> {
    match wanted.iter().find(|right| !before.has(*right) && !grantable.has(*right)) {
        Some(right) => Err(Error::Forbidden(right.as_str())),
        None => Ok(()),
    }
}

/// Admins change agents, the owner changes admins too, nobody changes the owner. Answers whom, and what may be given.
pub fn may_change(tx: &Tx<'_>, actor: &Viewer, user: i64) -> Result<(Member, Rights)> {
    let (own, grantable) = grantable(tx, actor.id)?;
    if own < Role::Admin {
        return Err(Error::Forbidden("admin"));
    }
    let found = member(tx, user)?;
    match found.role {
        Role::Owner => Err(Error::Conflict("owner-stays")),
        Role::Admin if own != Role::Owner => Err(Error::Forbidden("owner")),
        Role::Admin | Role::Agent => Ok((found, grantable)),
    }
}

/// Writes a role that was judged; sessions end with it.
pub(in crate::accounts) fn write_role(tx: &Tx<'_>, by: Option<i64>, before: &Member, role: Role) -> Result<()> {
    let user = before.id;
    if before.role == role {
        return Ok(());
    }
    tx.prepare_cached("UPDATE user SET role = ?2, updated_at = ?3 WHERE id = ?1")?.execute(params![
        user,
        role.as_str(),
        tx.now()
    ])?;
    touch(tx, user)?;
    let (from, to) = (before.role.as_str().to_owned(), role.as_str().to_owned());
    tx.emit(Event::UserRoleChanged { user, by, from, to })?;
    sessions::end_all(tx, user, None)
}

/// Writes rights that were judged.
pub(in crate::accounts) fn write_rights(tx: &Tx<'_>, by: Option<i64>, before: &Member, rights: Rights) -> Result<()> {
    let user = before.id;
    if before.rights == rights {
        return Ok(());
    }
    // What stays keeps its row: more than the right ends with it.
    let mut take = tx.prepare_cached("DELETE FROM user_right WHERE user_id = ?1 AND name = ?2")?;
    for right in before.rights.iter().filter(|right| !rights.has(*right)) {
        take.execute(params![user, right.as_str()])?;
    }
    let mut grant =
        tx.prepare_cached("INSERT INTO user_right (user_id, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    for right in rights.iter() {
        grant.execute(params![user, right.as_str()])?;
    }
    touch(tx, user)?;
    let names = |these: Rights, others: Rights| {
        these.iter().filter(|right| !others.has(*right)).map(|right| right.as_str().to_owned()).collect()
    };
    let (added, removed) = (names(rights, before.rights), names(before.rights, rights));
    tx.emit(Event::UserRightsChanged { user, by, added, removed })
}

/// Gives or takes access that was judged.
pub(in crate::accounts) fn write_access(tx: &Tx<'_>, by: Option<i64>, before: &Member, access: Access) -> Result<()> {
    let user = before.id;
    if before.access == access {
        return Ok(());
    }
    let state = if access == Access::Active { "active" } else { "disabled" };
    tx.prepare_cached("UPDATE user SET state = ?2, updated_at = ?3 WHERE id = ?1")?.execute(params![
        user,
        state,
        tx.now()
    ])?;
    touch(tx, user)?;
    match access {
        Access::Active => tx.emit(Event::UserEnabled { user, by }),
        Access::Disabled => {
            tx.emit(Event::UserDisabled { user, by })?;
            tokens::end_all(tx, user)?;
            sessions::end_all(tx, user, None)
        }
    }
}

/// Tells who changes this person from an older form that they are late.
fn touch(tx: &Tx<'_>, user: i64) -> Result<()> {
    tx.prepare_cached("UPDATE user SET revision = revision + 1 WHERE id = ?1")?.execute([user])?;
    Ok(())
}
