//! Whether everybody needs a second factor.

use crate::auth::{Role, Viewer};
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;

/// Whether everybody needs a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    Optional,
    Required,
}

impl Requirement {
    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Optional => "optional",
            Self::Required => "required",
        }
    }
}

/// Whether everybody needs a second factor here.
///
/// # Errors
/// Database errors.
pub fn second_factor(connection: &Connection) -> Result<Requirement> {
    let required = connection.prepare_cached("SELECT 1 FROM workspace WHERE second_factor = 'required'")?.exists([])?;
    Ok(if required { Requirement::Required } else { Requirement::Optional })
}

/// Whether everybody needs a second factor from now on. Who has none sets one up before anything else, at once: their live
/// pages are told to prove again who they are.
///
/// # Errors
/// [`Error::Forbidden`] below admin.
pub fn require_second_factor(tx: &Tx<'_>, actor: &Viewer, rule: Requirement) -> Result<()> {
    if actor.role < Role::Admin {
        return Err(Error::Forbidden("admin"));
    }
    let changed = tx
        .prepare_cached("UPDATE workspace SET second_factor = ?1 WHERE second_factor != ?1")?
        .execute([rule.as_str()])?;
    if changed == 0 {
        return Ok(());
    }
    tx.emit(Event::SecondFactorRuleChanged { rule: rule.as_str().to_owned(), by: Some(actor.id) })?;
    if rule == Requirement::Required {
        let mut select = tx.prepare_cached(
            "SELECT id FROM user u WHERE state = 'active'
                AND NOT EXISTS (SELECT 1 FROM second_factor f WHERE f.user_id = u.id)",
        )?;
        let without = select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
        for user in without {
            tx.emit(Event::UserChanged { user, by: Some(actor.id) })?;
        }
    }
    Ok(())
}
