//! Sign-ins that were refused: counted by account and address, told as facts at most once a minute each, so that a flood of
//! them fills neither the log nor the disk.

use rusqlite::{OptionalExtension, params};

use crate::clock::{DAY, MINUTE, Millis};
use crate::db::Tx;
use crate::error::Result;
use crate::events::Event;

/// How long the address of a refused sign-in is kept.
pub const KEPT: Millis = 30 * DAY;
/// Rows a minute; beyond, all are counted in one.
const ROWS_A_MINUTE: i64 = 60;

/// Notes that somebody did not get in; `user` is whose account it was, if it is anybody's.
///
/// # Errors
/// Database errors.
pub fn note(tx: &Tx<'_>, user: Option<i64>, address: &str) -> Result<()> {
    let since = tx.now() - MINUTE;
    if count_again(tx, user, address, since)? {
        return Ok(());
    }
    let rows: i64 =
        tx.prepare_cached("SELECT count(*) FROM refusal WHERE first_at > ?1")?.query_row([since], |row| row.get(0))?;
    let (user, address) = if rows < ROWS_A_MINUTE { (user, address) } else { (None, "") };
    if address.is_empty() && count_again(tx, user, address, since)? {
        return Ok(());
    }
    let refusal = tx
        .prepare_cached("INSERT INTO refusal (user_id, address, first_at, last_at) VALUES (?1, ?2, ?3, ?3)")?
        .insert(params![user, address, tx.now()])?;
    tx.emit(Event::SessionRefused { user, refusal })
}

fn count_again(tx: &Tx<'_>, user: Option<i64>, address: &str, since: Millis) -> Result<bool> {
    let row: Option<i64> = tx
        .prepare_cached("SELECT id FROM refusal WHERE user_id IS ?1 AND address = ?2 AND first_at > ?3 LIMIT 1")?
        .query_row(params![user, address, since], |row| row.get(0))
        .optional()?;
    if let Some(row) = row {
        tx.prepare_cached("UPDATE refusal SET count = count + 1, last_at = ?2 WHERE id = ?1")?
            .execute([row, tx.now()])?;
    }
    Ok(row.is_some())
}

/// Removes what is over: refused sign-ins with their addresses, sign-ins without their code, secrets and addresses that
/// nobody confirmed.
///
/// # Errors
/// Database errors.
pub fn sweep(tx: &Tx<'_>) -> Result<()> {
    let now = tx.now();
    tx.prepare_cached("DELETE FROM refusal WHERE last_at <= ?1")?.execute([now - KEPT])?;
    tx.prepare_cached("DELETE FROM pending_sign_in WHERE created_at <= ?1")?
        .execute([now - super::arrivals::PENDING])?;
    tx.prepare_cached("DELETE FROM second_factor_draft WHERE created_at <= ?1")?
        .execute([now - super::second_factor::DRAFT])?;
    tx.prepare_cached("DELETE FROM known_device WHERE seen_at <= ?1")?.execute([now - super::arrivals::KNOWN])?;
    tx.prepare_cached("DELETE FROM email_change WHERE created_at <= ?1")?.execute([now - super::email::LIFETIME])?;
    Ok(())
}
