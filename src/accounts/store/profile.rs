//! What a person changes about themselves.

use rusqlite::params;

use crate::accounts::model::Profile;
use crate::auth::{Availability, Viewer};
use crate::db::Tx;
use crate::error::Result;
use crate::events::Event;

/// Writes a profile that was checked.
///
/// # Errors
/// Database errors.
pub fn save(tx: &Tx<'_>, viewer: &Viewer, profile: &Profile) -> Result<()> {
    tx.prepare_cached(
        "UPDATE user SET name = ?2, language = ?3, zone = ?4, theme = ?5, shortcuts = ?6, updated_at = ?7 WHERE id = ?1",
    )?
    .execute(params![
        viewer.id,
        profile.name,
        profile.language,
        profile.zone,
        profile.theme.as_str(),
        profile.shortcuts.as_str(),
        tx.now()
    ])?;
    tx.emit(Event::UserChanged { user: viewer.id, by: Some(viewer.id) })
}

/// Whether new conversations may be handed to this person.
///
/// # Errors
/// Database errors.
pub fn set_availability(tx: &Tx<'_>, viewer: &Viewer, availability: Availability) -> Result<()> {
    let changed = tx
        .prepare_cached("UPDATE user SET availability = ?2, updated_at = ?3 WHERE id = ?1 AND availability != ?2")?
        .execute(params![viewer.id, availability.as_str(), tx.now()])?;
    if changed == 0 {
        return Ok(());
    }
    tx.emit(Event::AvailabilityChanged { user: viewer.id, by: Some(viewer.id) })
}
