//! The one row of the installation.

use rusqlite::{OptionalExtension, params};

use crate::accounts::company::Company;
use crate::accounts::model::Workspace;
use crate::auth::Viewer;
use crate::blobs;
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::events::{Change, Event};

/// The workspace, once it was set up.
///
/// # Errors
/// Database errors.
pub fn find(connection: &Connection) -> Result<Option<Workspace>> {
    let found = connection
        .prepare_cached("SELECT name, language, zone FROM workspace WHERE id = 1")?
        .query_row([], |row| Ok(Workspace { name: row.get(0)?, language: row.get(1)?, zone: row.get(2)? }))
        .optional()?;
    Ok(found)
}

/// Writes the workspace. One that is there keeps its row and takes the new values.
///
/// # Errors
/// Database errors.
pub fn create(tx: &Tx<'_>, workspace: &Workspace) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO workspace (id, name, language, zone, created_at) VALUES (1, ?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, language = excluded.language, zone = excluded.zone",
    )?
    .execute(params![workspace.name, workspace.language, workspace.zone, tx.now()])?;
    Ok(())
}

/// The general settings.
///
/// # Errors
/// [`crate::error::Error::NotFound`] before it was set up.
pub fn company(connection: &Connection) -> Result<Company> {
    let found = connection
        .prepare_cached("SELECT name, language, zone, activity_days FROM workspace WHERE id = 1")?
        .query_row([], |row| {
            Ok(Company { name: row.get(0)?, language: row.get(1)?, zone: row.get(2)?, activity_days: row.get(3)? })
        })?;
    Ok(found)
}

/// Writes general settings that were checked.
///
/// # Errors
/// [`crate::error::Error::NotFound`] before it was set up.
pub fn save(tx: &Tx<'_>, by: &Viewer, new: &Company) -> Result<()> {
    let changes = company(tx)?.changes_to(new);
    tx.prepare_cached("UPDATE workspace SET name = ?1, language = ?2, zone = ?3, activity_days = ?4 WHERE id = 1")?
        .execute(params![new.name, new.language, new.zone, new.activity_days])?;
    changed(tx, by, changes)
}

/// Tells what was changed, if anything was.
pub(super) fn changed(tx: &Tx<'_>, by: &Viewer, changes: Vec<Change>) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    tx.emit(Event::WorkspaceChanged { by: Some(by.id), changes })
}

/// A logo as stored.
pub struct Logo {
    pub blob: i64,
    /// Bytes.
    pub size: u64,
}

/// The logo with this key.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it is not the logo (any more).
pub fn logo(connection: &Connection, key: &str) -> Result<Logo> {
    let found = connection
        .prepare_cached(
            "SELECT b.id, b.size FROM workspace w JOIN blob b ON b.id = w.logo_id WHERE w.id = 1 AND w.logo_key = ?1",
        )?
        .query_row([key], |row| Ok(Logo { blob: row.get(0)?, size: row.get(1)? }))?;
    Ok(found)
}

/// Stores a picture as the logo, under `key`.
///
/// # Errors
/// Database errors.
pub fn set_logo(tx: &Tx<'_>, by: &Viewer, key: &str, picture: &[u8]) -> Result<()> {
    let blob = blobs::store_in(tx, picture)?;
    replace_logo(tx, by, Some((blob.id, key)))
}

/// Removes the logo.
///
/// # Errors
/// Database errors.
pub fn remove_logo(tx: &Tx<'_>, by: &Viewer) -> Result<()> {
    replace_logo(tx, by, None)
}

fn replace_logo(tx: &Tx<'_>, by: &Viewer, logo: Option<(i64, &str)>) -> Result<()> {
    let before: Option<i64> =
        tx.prepare_cached("SELECT logo_id FROM workspace WHERE id = 1")?.query_row([], |row| row.get(0))?;
    let (blob, key) = logo.unzip();
    tx.prepare_cached("UPDATE workspace SET logo_id = ?1, logo_key = ?2 WHERE id = 1")?.execute(params![blob, key])?;
    if let Some(before) = before.filter(|before| Some(*before) != blob) {
        blobs::discard(tx, before)?;
    }
    let said = |there: bool| if there { "set" } else { "" };
    let change = match (before, blob) {
        (None, None) => None,
        (Some(_), Some(_)) => Some(Change { what: "logo".into(), from: "set".into(), to: "replaced".into() }),
        (before, after) => Change::between("logo", said(before.is_some()), said(after.is_some())),
    };
    changed(tx, by, change.into_iter().collect())
}
