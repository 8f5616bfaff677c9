//! Who owns the workspace. There is exactly one owner at every moment; the schema keeps it.

use rusqlite::params;

use super::people::member;
use super::rights::write_rights;
use crate::accounts::model::Access;
use crate::auth::{Right, Role, Viewer, sessions};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::events::Event;

/// Makes `to` the owner and the owner an admin with all rights. All sessions of both end; `device` and `address` open one
/// new session for who was the owner, whose secret is answered.
///
/// # Errors
/// [`Error::Forbidden`] when `by` is not the owner (any more); [`Error::NotFound`] when `to` has no access;
/// [`Error::Conflict`] when it is the owner.
pub fn transfer(tx: &Tx<'_>, by: &Viewer, to: i64, device: &str, address: &str) -> Result<String> {
    let (from, heir) = (member(tx, by.id)?, member(tx, to)?);
    if from.role != Role::Owner {
        return Err(Error::Forbidden("owner"));
    }
    if heir.access == Access::Disabled {
        return Err(Error::NotFound);
    }
    if heir.id == from.id {
        return Err(Error::Conflict("owner-same"));
    }
    let mut set =
        tx.prepare_cached("UPDATE user SET role = ?2, updated_at = ?3, revision = revision + 1 WHERE id = ?1")?;
    // In this order: two owners at once are refused by the schema.
    set.execute(params![from.id, Role::Admin.as_str(), tx.now()])?;
    set.execute(params![heir.id, Role::Owner.as_str(), tx.now()])?;
    write_rights(tx, Some(by.id), &heir, Right::ALL.into_iter().collect())?;
    tx.emit(Event::WorkspaceTransferred { user: heir.id, from: from.id, by: Some(by.id) })?;
    sessions::end_all(tx, heir.id, None)?;
    sessions::end_all(tx, from.id, None)?;
    sessions::open(tx, from.id, device, address)
}
