//! The one row of the installation.

use rusqlite::{OptionalExtension, params};

use crate::accounts::model::Workspace;
use crate::db::{Connection, Tx};
use crate::error::Result;

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
