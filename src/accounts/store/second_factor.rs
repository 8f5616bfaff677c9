//! Second factors: begun, confirmed by a code, compared, taken away.

use rusqlite::{OptionalExtension, params};

use crate::accounts::notices::{self, Fact};
use crate::auth::second_factor::{self, Factor, PAUSE, TRIES, Typed};
use crate::auth::sessions::{self, Remember};
use crate::auth::{Role, Seat, tokens};
use crate::clock::{MINUTE, Millis, SECOND};
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Event;
use crate::keys::Keys;

/// A secret that was shown waits so long for its first code.
pub const DRAFT: Millis = 30 * MINUTE;

/// A second factor as its person sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub since: Millis,
    /// Recovery codes that were not used.
    pub codes_left: i64,
}

/// How what was typed compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Right,
    Wrong,
    /// Too many wrong codes; seconds to wait. A recovery code is not asked to.
    Wait(u64),
    /// The key file is not the one the secret was sealed with: no code can be compared, recovery codes can.
    KeyLost,
}

/// What a person gets when their second factor begins to count.
pub struct Confirmed {
    pub codes: Vec<String>,
    /// The new secret of their session.
    pub secret: String,
    pub remember: Remember,
}

fn place(user: i64) -> String {
    format!("second_factor/{user}/sealed")
}

fn draft_place(user: i64) -> String {
    format!("second_factor_draft/{user}/sealed")
}

/// The second factor of a person, if it is on.
///
/// # Errors
/// Database errors.
pub fn standing(connection: &Connection, user: i64) -> Result<Option<Standing>> {
    let found = connection
        .prepare_cached(
            "SELECT f.created_at,
                    (SELECT count(*) FROM recovery_code r WHERE r.user_id = f.user_id AND r.used_at IS NULL)
               FROM second_factor f WHERE f.user_id = ?1",
        )?
        .query_row([user], |row| Ok(Standing { since: row.get(0)?, codes_left: row.get(1)? }))
        .optional()?;
    Ok(found)
}

/// Whether the key file opens the secret of a person.
///
/// # Errors
/// Database errors.
pub fn opens(connection: &Connection, keys: &Keys, user: i64) -> Result<bool> {
    let sealed: Option<Vec<u8>> = connection
        .prepare_cached("SELECT sealed FROM second_factor WHERE user_id = ?1")?
        .query_row([user], |row| row.get(0))
        .optional()?;
    Ok(sealed.is_none_or(|sealed| keys.open(&place(user), &sealed).is_some()))
}

/// A new secret to be shown, for this session only; an earlier one that was not confirmed ends.
///
/// # Errors
/// Database errors.
pub fn begin(tx: &Tx<'_>, keys: &Keys, seat: Seat) -> Result<()> {
    let sealed = keys.seal(&draft_place(seat.user), &Factor::random()?.secret())?;
    tx.prepare_cached(
        "INSERT INTO second_factor_draft (user_id, session_id, sealed, created_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (user_id) DO UPDATE
           SET session_id = excluded.session_id, sealed = excluded.sealed, created_at = excluded.created_at",
    )?
    .execute(params![seat.user, seat.session, sealed, tx.now()])?;
    Ok(())
}

/// The secret that waits for its first code in this session.
///
/// # Errors
/// Database errors.
pub fn draft(connection: &Connection, keys: &Keys, seat: Seat, now: Millis) -> Result<Option<Factor>> {
    let sealed: Option<Vec<u8>> = connection
        .prepare_cached(
            "SELECT sealed FROM second_factor_draft WHERE user_id = ?1 AND session_id = ?2 AND created_at > ?3",
        )?
        .query_row([seat.user, seat.session, now - DRAFT], |row| row.get(0))
        .optional()?;
    sealed
        .and_then(|sealed| keys.open(&draft_place(seat.user), &sealed))
        .map(|secret| Factor::read(&secret))
        .transpose()
}

/// Throws away a secret that waits.
///
/// # Errors
/// Database errors.
pub fn give_up(tx: &Tx<'_>, user: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM second_factor_draft WHERE user_id = ?1")?.execute([user])?;
    Ok(())
}

/// Takes the waiting secret into use if `code` is one of its codes: in place of an earlier second factor, with new recovery
/// codes and a new secret for this session; all others end. `None` when the code is wrong.
///
/// # Errors
/// [`Error::NotFound`] when no secret waits in this session.
pub fn confirm(tx: &Tx<'_>, keys: &Keys, seat: Seat, code: &str) -> Result<Option<Confirmed>> {
    let factor = draft(tx, keys, seat, tx.now())?.ok_or(Error::NotFound)?;
    let Typed::Code(code) = Typed::read(code) else { return Ok(None) };
    let Some(step) = factor.step_of(&code, tx.now()) else { return Ok(None) };
    remove(tx, seat.user)?;
    tx.prepare_cached("INSERT INTO second_factor (user_id, sealed, last_step, created_at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![seat.user, keys.seal(&place(seat.user), &factor.secret())?, step, tx.now()])?;
    let codes = replace_codes(tx, seat.user)?;
    tx.emit(Event::SecondFactorEnabled { user: seat.user, by: Some(seat.user) })?;
    notices::queue(tx, seat.user, Fact::FactorEnabled)?;
    let (secret, remember) = settle(tx, seat)?;
    Ok(Some(Confirmed { codes, secret, remember }))
}

/// Compares what was typed with the codes of a person: a code of the app is good once, a recovery code too. The verdict
/// must be committed whatever it is: it counts.
///
/// # Errors
/// [`Error::NotFound`] when the person has no second factor.
pub fn compare(tx: &Tx<'_>, keys: &Keys, user: i64, typed: &str) -> Result<Verdict> {
    match Typed::read(typed) {
        Typed::Code(code) => compare_code(tx, keys, user, &code),
        Typed::Recovery(hash) => compare_recovery(tx, user, hash),
    }
}

struct Row {
    sealed: Vec<u8>,
    last_step: i64,
    failures: i64,
    failed_at: Millis,
}

fn compare_code(tx: &Tx<'_>, keys: &Keys, user: i64, code: &str) -> Result<Verdict> {
    let row = tx
        .prepare_cached("SELECT sealed, last_step, failures, failed_at FROM second_factor WHERE user_id = ?1")?
        .query_row([user], |row| {
            Ok(Row { sealed: row.get(0)?, last_step: row.get(1)?, failures: row.get(2)?, failed_at: row.get(3)? })
        })?;
    // The distance both ways: a clock that was set back must not lock anybody out for as long.
    let since = (tx.now() - row.failed_at).abs();
    if row.failures >= TRIES && since < PAUSE {
        return Ok(Verdict::Wait((PAUSE - since).unsigned_abs().div_ceil(SECOND.unsigned_abs())));
    }
    let Some(secret) = keys.open(&place(user), &row.sealed) else { return Ok(Verdict::KeyLost) };
    if let Some(step) = Factor::read(&secret)?.step_of(code, tx.now()).filter(|step| *step > row.last_step) {
        tx.prepare_cached("UPDATE second_factor SET last_step = ?2, failures = 0, failed_at = 0 WHERE user_id = ?1")?
            .execute([user, step])?;
        return Ok(Verdict::Right);
    }
    let failures = if since < PAUSE { row.failures + 1 } else { 1 };
    tx.prepare_cached("UPDATE second_factor SET failures = ?2, failed_at = ?3 WHERE user_id = ?1")?.execute([
        user,
        failures,
        tx.now(),
    ])?;
    if failures == TRIES {
        notices::queue(tx, user, Fact::WrongCodes)?;
    }
    Ok(Verdict::Wrong)
}

fn compare_recovery(tx: &Tx<'_>, user: i64, hash: [u8; 32]) -> Result<Verdict> {
    let taken = tx
        .prepare_cached(
            "UPDATE recovery_code SET used_at = ?3 WHERE user_id = ?1 AND code_hash = ?2 AND used_at IS NULL",
        )?
        .execute(params![user, hash, tx.now()])?;
    let left = standing(tx, user)?.ok_or(Error::NotFound)?.codes_left;
    if taken == 0 {
        return Ok(Verdict::Wrong);
    }
    // The person is there: what was counted against their codes is over.
    tx.prepare_cached("UPDATE second_factor SET failures = 0, failed_at = 0 WHERE user_id = ?1")?.execute([user])?;
    tx.emit(Event::RecoveryCodeUsed { user, by: Some(user), left })?;
    notices::queue(tx, user, Fact::RecoveryCodeUsed { left })?;
    Ok(Verdict::Right)
}

/// New recovery codes in place of all earlier ones; other sessions end, this one has a new secret.
///
/// # Errors
/// [`Error::NotFound`] when the person has no second factor.
pub fn renew_codes(tx: &Tx<'_>, seat: Seat) -> Result<Confirmed> {
    standing(tx, seat.user)?.ok_or(Error::NotFound)?;
    let codes = replace_codes(tx, seat.user)?;
    tx.emit(Event::RecoveryCodesRenewed { user: seat.user, by: Some(seat.user) })?;
    let (secret, remember) = settle(tx, seat)?;
    Ok(Confirmed { codes, secret, remember })
}

fn replace_codes(tx: &Tx<'_>, user: i64) -> Result<Vec<String>> {
    tx.prepare_cached("DELETE FROM recovery_code WHERE user_id = ?1")?.execute([user])?;
    let codes = second_factor::recovery_codes()?;
    let mut insert = tx.prepare_cached("INSERT INTO recovery_code (user_id, code_hash) VALUES (?1, ?2)")?;
    for code in &codes {
        let Typed::Recovery(hash) = Typed::read(code) else { return Err(Error::internal("a recovery code is a code")) };
        insert.execute(params![user, hash])?;
    }
    Ok(codes)
}

/// Switches a person's own second factor off; other sessions end, this one has a new secret.
///
/// # Errors
/// [`Error::Conflict`] where everybody needs one.
pub fn disable(tx: &Tx<'_>, seat: Seat) -> Result<(String, Remember)> {
    if super::factor_rule::second_factor(tx)? == super::factor_rule::Requirement::Required {
        return Err(Error::Conflict("second-factor-required"));
    }
    if remove(tx, seat.user)? {
        tx.emit(Event::SecondFactorDisabled { user: seat.user, by: Some(seat.user) })?;
        notices::queue(tx, seat.user, Fact::FactorDisabled)?;
    }
    settle(tx, seat)
}

/// Takes somebody's second factor away, on behalf of `by` or from the command line: all their sessions end, and they are
/// told by mail.
///
/// # Errors
/// [`Error::Conflict`] when there is none.
pub fn reset(tx: &Tx<'_>, by: Option<i64>, user: i64) -> Result<()> {
    if !remove(tx, user)? {
        return Err(Error::Conflict("second-factor-none"));
    }
    tx.emit(Event::SecondFactorReset { user, by })?;
    notices::queue(tx, user, Fact::FactorReset)?;
    super::arrivals::forget_pending(tx, user)?;
    sessions::end_all(tx, user, None)
}

/// Whether there was one.
fn remove(tx: &Tx<'_>, user: i64) -> Result<bool> {
    give_up(tx, user)?;
    Ok(tx.prepare_cached("DELETE FROM second_factor WHERE user_id = ?1")?.execute([user])? > 0)
}

/// After every change: nothing that was proved before it stands but this session, under a new secret.
fn settle(tx: &Tx<'_>, seat: Seat) -> Result<(String, Remember)> {
    super::arrivals::forget_pending(tx, seat.user)?;
    tokens::end(tx, tokens::Purpose::PasswordReset, seat.user)?;
    sessions::end_all(tx, seat.user, Some(seat.session))?;
    sessions::renew(tx, seat)
}

/// Somebody and the second factor they have.
#[derive(Debug, Clone)]
pub struct Held {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub since: Option<Millis>,
}

/// Everybody who is active, by name, with their second factor.
///
/// # Errors
/// Database errors.
pub fn roll(connection: &Connection) -> Result<Vec<Held>> {
    let mut select = connection.prepare_cached(
        "SELECT u.id, u.name, u.email, u.role, f.created_at FROM user u LEFT JOIN second_factor f ON f.user_id = u.id
          WHERE u.state = 'active' ORDER BY u.name COLLATE NOCASE, u.id",
    )?;
    let rows = select.query_map([], |row| {
        let role = Role::parse(row.get_ref(3)?.as_str()?);
        Ok(Held { id: row.get(0)?, name: row.get(1)?, email: row.get(2)?, role, since: row.get(4)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
