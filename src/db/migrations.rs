//! The schema, step by step. Each step is one transaction; a copy of the file is made before an upgrade; a file of a
//! newer version is refused in words. Steps are never edited once released.

use std::path::Path;

use rusqlite::Connection;

use super::backup;
use crate::clock::Clock;
use crate::error::{Error, Result};

const STEPS: &[&str] = &[
    include_str!("../../migrations/0001_runtime.sql"),
    include_str!("../../migrations/0002_accounts.sql"),
    include_str!("../../migrations/0003_inboxes.sql"),
    include_str!("../../migrations/0004_contacts.sql"),
    include_str!("../../migrations/0005_conversations.sql"),
    include_str!("../../migrations/0006_activity.sql"),
    include_str!("../../migrations/0007_mailboxes.sql"),
    include_str!("../../migrations/0008_people.sql"),
    include_str!("../../migrations/0009_doors.sql"),
    include_str!("../../migrations/0010_reading.sql"),
    include_str!("../../migrations/0011_workspace.sql"),
    include_str!("../../migrations/0012_contents.sql"),
    include_str!("../../migrations/0013_fetching.sql"),
    include_str!("../../migrations/0014_connections.sql"),
    include_str!("../../migrations/0015_sections.sql"),
    include_str!("../../migrations/0016_notifications.sql"),
    include_str!("../../migrations/0017_writing.sql"),
    include_str!("../../migrations/0018_tools.sql"),
    include_str!("../../migrations/0019_finding.sql"),
    include_str!("../../migrations/0020_keeping.sql"),
    include_str!("../../migrations/0021_joining.sql"),
    include_str!("../../migrations/0022_watching.sql"),
    include_str!("../../migrations/0023_arriving.sql"),
    include_str!("../../migrations/0024_beginnings.sql"),
    include_str!("../../migrations/0025_names.sql"),
];

/// The schema this version writes.
#[expect(clippy::cast_possible_wrap, reason = "a handful of steps")]
pub const LATEST: i64 = STEPS.len() as i64;

/// Brings the schema to [`LATEST`].
pub(super) fn run(connection: &Connection, path: &Path, clock: &Clock) -> Result<()> {
    let found = version(connection)?;
    if found > LATEST {
        return Err(Error::NewerSchema { found, known: LATEST });
    }
    if found == LATEST {
        return Ok(());
    }
    if found > 0 {
        let mut copy = path.as_os_str().to_owned();
        copy.push(format!(".before-{LATEST}-{}", clock.now()));
        backup::write_copy(connection, Path::new(&copy))?;
        let copy = copy.to_string_lossy();
        tracing::info!(from = found, to = LATEST, %copy, "an upgrade of the database begins; a large one takes minutes");
    }
    while step(connection)? {}
    if found > 0 {
        tracing::info!(to = LATEST, "the upgrade is done");
    }
    Ok(())
}

/// One step, or `false` when none is left. The version is read inside the transaction, because another process may
/// have taken the step meanwhile.
fn step(connection: &Connection) -> Result<bool> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let done = apply_next(connection);
    let end = if matches!(done, Ok(true)) { "COMMIT" } else { "ROLLBACK" };
    connection.execute_batch(end)?;
    done
}

fn apply_next(connection: &Connection) -> Result<bool> {
    let found = version(connection)?;
    let Some(sql) = usize::try_from(found).ok().and_then(|next| STEPS.get(next)) else {
        return Ok(false);
    };
    connection.execute_batch(sql)?;
    connection.pragma_update(None, "user_version", found + 1)?;
    Ok(true)
}

fn version(connection: &Connection) -> Result<i64> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
