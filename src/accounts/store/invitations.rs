//! Who was asked to join, and what becomes of it. The link's secret is a one-time token of the invitation.

use rusqlite::{OptionalExtension, Row, params};

use super::rights::{grantable, may_appoint, may_grant};
use super::{teams, users};
use crate::accounts::model::{Invitation, NewInvitation, NewUser};
use crate::auth::tokens::{self, Purpose};
use crate::auth::{Rights, Role, Viewer};
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;

/// Asks somebody to join; the mail with `secret` is queued by who calls.
///
/// # Errors
/// [`Error::Forbidden`] for a role or right that the actor may not give; [`Error::Invalid`] when the address has an
/// account or an invitation that waits.
pub fn create(tx: &Tx<'_>, by: &Viewer, new: &NewInvitation, secret: &str) -> Result<Invitation> {
    may_appoint(tx, by, new.role)?;
    may_grant(grantable(tx, by.id)?.1, Rights::default(), new.rights)?;
    if let Some(problem) = taken(tx, &new.email)? {
        return Err(Error::field("email", problem));
    }
    let id = tx
        .prepare_cached(
            "INSERT INTO invitation (email, role, language, invited_by, sent_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
        )?
        .insert(params![new.email, new.role.as_str(), new.language, by.id, tx.now()])?;
    let mut grant = tx.prepare_cached("INSERT INTO invitation_right (invitation_id, name) VALUES (?1, ?2)")?;
    for right in new.rights.iter() {
        grant.execute(params![id, right.as_str()])?;
    }
    let mut join = tx
        .prepare_cached("INSERT INTO invitation_team (invitation_id, team_id) SELECT ?1, id FROM team WHERE id = ?2")?;
    for team in &new.teams {
        join.execute([id, *team])?;
    }
    tokens::store(tx, Purpose::Invitation, Some(id), secret)?;
    tx.emit(Event::InvitationCreated { invitation: id, by: Some(by.id), role: new.role.as_str().to_owned() })?;
    find(tx, id)
}

/// Why nobody can be invited under this address, as a message key.
fn taken(tx: &Tx<'_>, email: &str) -> Result<Option<&'static str>> {
    let state: Option<String> = tx
        .prepare_cached("SELECT state FROM user WHERE email = ?1")?
        .query_row([email], |row| row.get(0))
        .optional()?;
    let waits = tx
        .prepare_cached("SELECT 1 FROM invitation WHERE email = ?1 AND accepted_at IS NULL AND revoked_at IS NULL")?
        .exists([email])?;
    Ok(match state.as_deref() {
        Some("active") => Some("email-taken"),
        Some(_) => Some("email-disabled"),
        None if waits => Some("invitation-waits"),
        None => None,
    })
}

/// A new link for an invitation that waits; the old one ends.
///
/// # Errors
/// [`Error::NotFound`] when it waits no more; [`Error::Forbidden`] as [`create`].
pub fn send_again(tx: &Tx<'_>, by: &Viewer, id: i64, secret: &str) -> Result<Invitation> {
    let invitation = find(tx, id)?;
    may_appoint(tx, by, invitation.role)?;
    may_grant(grantable(tx, by.id)?.1, Rights::default(), invitation.rights)?;
    tx.prepare_cached("UPDATE invitation SET sent_at = ?2, invited_by = ?3 WHERE id = ?1")?.execute([
        id,
        tx.now(),
        by.id,
    ])?;
    tokens::store(tx, Purpose::Invitation, Some(id), secret)?;
    tx.emit(Event::InvitationSentAgain { invitation: id, by: Some(by.id) })?;
    Ok(invitation)
}

/// Takes an invitation back; its link ends.
///
/// # Errors
/// [`Error::NotFound`] when it waits no more; [`Error::Forbidden`] below admin, and for an admin's below owner.
pub fn revoke(tx: &Tx<'_>, by: &Viewer, id: i64) -> Result<()> {
    let invitation = find(tx, id)?;
    may_appoint(tx, by, invitation.role)?;
    tx.prepare_cached("UPDATE invitation SET revoked_at = ?2, revoked_by = ?3 WHERE id = ?1")?.execute([
        id,
        tx.now(),
        by.id,
    ])?;
    tokens::end(tx, Purpose::Invitation, id)?;
    tx.emit(Event::InvitationRevoked { invitation: id, by: Some(by.id) })
}

const COLUMNS: &str = "SELECT i.id, i.email, i.role, i.language, i.sent_at, u.id, u.name,
        coalesce((SELECT group_concat(r.name, ' ') FROM invitation_right r WHERE r.invitation_id = i.id), '')
   FROM invitation i JOIN user u ON u.id = i.invited_by WHERE i.accepted_at IS NULL AND i.revoked_at IS NULL";

/// Those that wait for an answer, newest first.
///
/// # Errors
/// Database errors.
pub fn waiting(connection: &Connection) -> Result<Vec<Invitation>> {
    let mut select = connection.prepare_cached(&[COLUMNS, " ORDER BY i.id DESC"].concat())?;
    Ok(select.query_map([], invitation)?.collect::<rusqlite::Result<_>>()?)
}

/// One that waits.
///
/// # Errors
/// [`Error::NotFound`].
pub fn find(connection: &Connection, id: i64) -> Result<Invitation> {
    Ok(connection.prepare_cached(&[COLUMNS, " AND i.id = ?1"].concat())?.query_row([id], invitation)?)
}

/// The one behind a link, if both stand. Reading uses nothing up.
///
/// # Errors
/// [`Error::NotFound`], the same for a link that never was and one that ended.
pub fn behind(connection: &Connection, secret: &str, now: i64) -> Result<Invitation> {
    let id = tokens::look(connection, Purpose::Invitation, secret, now)?.ok_or(Error::NotFound)?;
    find(connection, id)
}

fn invitation(row: &Row<'_>) -> rusqlite::Result<Invitation> {
    let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    Ok(Invitation {
        id: row.get(0)?,
        email: row.get(1)?,
        role: Role::parse(text(2)?),
        language: row.get(3)?,
        sent_at: row.get(4)?,
        by: (row.get(5)?, row.get(6)?),
        rights: Rights::parse(text(7)?),
    })
}

/// What the person writes who accepts.
pub struct Accepted {
    pub name: String,
    pub password_hash: String,
    /// `None`: as the browser asks.
    pub language: Option<String>,
    pub zone: String,
}

/// Makes a user of who was invited and uses the link up. Nobody gets more than who invited them may give by now: from
/// somebody who may give nothing any more, the usual rights of an agent at most.
///
/// # Errors
/// [`Error::NotFound`] when the link does not stand (any more); [`Error::Invalid`] when the address got an account.
pub fn accept(tx: &Tx<'_>, secret: &str, accepted: Accepted) -> Result<i64> {
    let id = tokens::consume(tx, Purpose::Invitation, secret)?.ok_or(Error::NotFound)?;
    let invitation = find(tx, id)?;
    let (inviter, may_give) = grantable(tx, invitation.by.0)?;
    let role = if inviter == Role::Owner { invitation.role } else { Role::Agent };
    let most: Rights = if inviter < Role::Admin { Role::Agent.usual_rights() } else { may_give };
    let rights = invitation.rights.iter().filter(|right| most.has(*right)).collect();
    let new = NewUser {
        name: accepted.name,
        email: invitation.email,
        role,
        password_hash: Some(accepted.password_hash),
        language: accepted.language,
        zone: accepted.zone,
    };
    let user = users::create_with_rights(tx, Some(invitation.by.0), &new, rights)?;
    tx.prepare_cached("UPDATE invitation SET accepted_at = ?2, accepted_by = ?3 WHERE id = ?1")?.execute([
        id,
        tx.now(),
        user,
    ])?;
    let mut select = tx.prepare_cached("SELECT team_id FROM invitation_team WHERE invitation_id = ?1")?;
    let joined = select.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    for team in joined {
        teams::join(tx, Some(invitation.by.0), team, user)?;
    }
    tx.emit(Event::InvitationAccepted { invitation: id, user, by: Some(user) })?;
    Ok(user)
}
