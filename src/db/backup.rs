//! Copies of the whole file that are whole: made while writing goes on, checked, and only then given their name.

#![expect(clippy::disallowed_methods, reason = "connections are opened here and nowhere else")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::error::{Error, Result};

/// Writes a copy of the database behind `connection` to `target`: `VACUUM INTO` a temporary name, fsync, check, rename.
///
/// # Errors
/// When `target` exists, the disk is full or the copy does not pass its check; nothing is left behind then.
pub fn write_copy(connection: &Connection, target: &Path) -> Result<()> {
    if target.exists() {
        return Err(Error::internal(format!("{} exists already", target.display())));
    }
    let partial = partial_name(target);
    let outcome = copy_into(connection, &partial).and_then(|()| Ok(fs::rename(&partial, target)?));
    if outcome.is_err() {
        // The failed copy is of no use to anybody; the first error is the one to tell.
        let _ = fs::remove_file(&partial);
    }
    outcome
}

fn copy_into(connection: &Connection, partial: &Path) -> Result<()> {
    let _ = fs::remove_file(partial);
    let name = partial.to_str().ok_or_else(|| Error::internal("the path is not Unicode"))?;
    connection.execute("VACUUM INTO ?1", [name])?;
    make_private(partial)?;
    File::open(partial)?.sync_all()?;
    check(partial)
}

/// [`write_copy`] of the database at `source` by a connection of its own, with the wrapped key inside if there is one.
///
/// # Errors
/// As [`write_copy`].
pub fn write_copy_of(source: &Path, target: &Path, wrapped: Option<&Vec<u8>>) -> Result<()> {
    let connection = super::open::reader(source)?;
    // A copy is written to another file, which "read only" would forbid as well.
    connection.execute_batch("PRAGMA query_only = OFF")?;
    write_copy(&connection, target)?;
    if let Some(wrapped) = wrapped {
        let copy = Connection::open(target)?;
        copy.execute("INSERT INTO wrapped_key (id, sealed) VALUES (1, ?1)", [wrapped])?;
        copy.close().map_err(|(_, error)| error)?;
        File::open(target)?.sync_all()?;
    }
    Ok(())
}

/// The key inside a copy, still wrapped.
///
/// # Errors
/// Database errors.
pub fn wrapped_key(file: &Path) -> Result<Option<Vec<u8>>> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    Ok(connection.query_row("SELECT sealed FROM wrapped_key", [], |row| row.get(0)).optional()?)
}

/// Copies a checked copy to where the database belongs. The key inside, if any, is taken out of it.
///
/// # Errors
/// When something is there already, or file and database errors.
pub fn put_in_place(copy: &Path, database: &Path) -> Result<()> {
    let source = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    write_copy(&source, database)?;
    let placed = Connection::open(database)?;
    placed.execute("DELETE FROM wrapped_key", [])?;
    placed.close().map_err(|(_, error)| error)?;
    Ok(())
}

/// Opens `file` read-only and checks that it is a sound database of ours.
///
/// # Errors
/// Says what is wrong with it.
pub fn check(file: &Path) -> Result<()> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")?;
    let verdict: String = connection.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if verdict != "ok" {
        return Err(Error::internal(format!("the copy is damaged: {verdict}")));
    }
    let broken = connection.prepare("PRAGMA foreign_key_check")?.exists([])?;
    if broken {
        return Err(Error::internal("the copy has rows that point nowhere"));
    }
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > super::SCHEMA {
        return Err(Error::NewerSchema { found: version, known: super::SCHEMA });
    }
    let tables = connection.prepare("SELECT 1 FROM sqlite_schema WHERE name IN ('event', 'workspace')")?.exists([])?;
    if tables && version > 0 { Ok(()) } else { Err(Error::internal("this is not a database of Recado")) }
}

fn partial_name(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".partial");
    PathBuf::from(name)
}

#[cfg(unix)]
fn make_private(file: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::set_permissions(file, fs::Permissions::from_mode(0o600))?)
}

#[cfg(not(unix))]
fn make_private(_file: &Path) -> Result<()> {
    Ok(())
}
