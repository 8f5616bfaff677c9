//! Opening connections with the settings measured for them.

#![expect(clippy::disallowed_methods, reason = "connections are opened here and nowhere else")]

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::Result;

/// Marks a file as ours (`PRAGMA application_id`): "Rcdo" in ASCII.
const APPLICATION_ID: i32 = 0x5263_646f;

/// How a database is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// Reader threads; more than the cores gained nothing when measured.
    pub readers: usize,
    /// Largest size of the file in pages of 4 KiB; `None` is the engine's own limit.
    pub max_pages: Option<u32>,
    /// Whether commits of other processes are noticed and told on the bus.
    pub watch: Watch,
}

/// Whose commits are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    OtherProcesses,
    Nothing,
}

impl Default for Options {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self { readers: cores.clamp(2, 4), max_pages: None, watch: Watch::Nothing }
    }
}

/// The write connection, the file created with mode 0600 if it is new.
pub fn writer(path: &Path, options: &Options) -> Result<Connection> {
    create_private(path)?;
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    // Decided before the first table; they cannot be changed later without rewriting the file.
    connection.execute_batch("PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL;")?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA wal_autocheckpoint = 4000;
         PRAGMA journal_size_limit = 67108864;
         PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -32768;
         PRAGMA temp_store = MEMORY;
         PRAGMA mmap_size = 0;
         PRAGMA secure_delete = FAST;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;",
    )?;
    if let Some(pages) = options.max_pages {
        connection.pragma_update(None, "max_page_count", pages)?;
    }
    keep_statements(&connection)?;
    Ok(connection)
}

/// A read-only connection.
pub fn reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.execute_batch(
        "PRAGMA query_only = ON;
         PRAGMA cache_size = -8192;
         PRAGMA temp_store = MEMORY;
         PRAGMA mmap_size = 0;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;",
    )?;
    keep_statements(&connection)?;
    Ok(connection)
}

/// A database of its own, in memory, with these tables.
pub fn in_memory(tables: &str) -> Result<Connection> {
    let connection = Connection::open_in_memory()?;
    connection.execute_batch(tables)?;
    Ok(connection)
}

/// Statements are prepared once. Without the promise of stable plans (QPSG) the planner looks at the bound values and
/// prepares a statement again each time they change, which took a third of the time of a page.
fn keep_statements(connection: &Connection) -> Result<()> {
    connection.set_prepared_statement_cache_capacity(256);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

#[cfg(unix)]
fn create_private(path: &Path) -> Result<()> {
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
    Ok(())
}

#[cfg(not(unix))]
fn create_private(path: &Path) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(())
}
