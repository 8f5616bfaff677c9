//! Answers of a provider that were taken already.

use rusqlite::params;

use crate::clock::DAY;
use crate::db::Tx;
use crate::error::Result;

/// Notes that the answer with this number was taken; `false` when it was taken before.
///
/// # Errors
/// Database errors.
pub fn take(tx: &Tx<'_>, nonce: &str) -> Result<bool> {
    tx.prepare_cached("DELETE FROM consent_used WHERE used_at < ?1")?.execute([tx.now() - DAY])?;
    let taken = tx
        .prepare_cached("INSERT INTO consent_used (nonce, used_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute(params![nonce, tx.now()])?;
    Ok(taken == 1)
}
