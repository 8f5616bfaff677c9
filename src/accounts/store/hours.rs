//! When the company is open, and its holidays.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rusqlite::{Row, params};

use super::workspace::{changed, company};
use crate::accounts::hours::{Day, Holiday, Hours, Interval, Mode, Plan, Week, show_day};
use crate::auth::Viewer;
use crate::db::{Connection, Tx};
use crate::error::{Error, Result};
use crate::events::Change;

/// When the company is open.
///
/// # Errors
/// [`Error::NotFound`] before it was set up.
pub fn hours(connection: &Connection) -> Result<Hours> {
    let zone = TimeZone::get(&company(connection)?.zone).unwrap_or(TimeZone::UTC);
    let plan = match mode(connection)? {
        Mode::Always => Plan::Always,
        Mode::Week => Plan::Week(week(connection)?),
    };
    Ok(Hours { zone, plan, holidays: holidays(connection)? })
}

/// Whether there are hours at all.
///
/// # Errors
/// [`Error::NotFound`] before it was set up.
pub fn mode(connection: &Connection) -> Result<Mode> {
    let stored: String =
        connection.prepare_cached("SELECT hours FROM workspace WHERE id = 1")?.query_row([], |row| row.get(0))?;
    Ok(Mode::parse(&stored))
}

/// The intervals of a week, kept also while they do not count.
///
/// # Errors
/// Database errors.
pub fn week(connection: &Connection) -> Result<Week> {
    let mut select =
        connection.prepare_cached("SELECT weekday, opens, closes FROM business_hour ORDER BY weekday, opens")?;
    let mut rows = select.query([])?;
    let mut week = Week::default();
    while let Some(row) = rows.next()? {
        let weekday: usize = row.get(0)?;
        week[weekday - 1].push(Interval { opens: row.get(1)?, closes: row.get(2)? });
    }
    Ok(week)
}

/// Replaces the week. The intervals of each day are in order and apart (`hours::tidy`).
///
/// # Errors
/// [`Error::NotFound`] before it was set up.
pub fn save(tx: &Tx<'_>, by: &Viewer, new_mode: Mode, new: &Week) -> Result<()> {
    let (old_mode, old) = (mode(tx)?, week(tx)?);
    tx.prepare_cached("UPDATE workspace SET hours = ?1 WHERE id = 1")?.execute([new_mode.as_str()])?;
    tx.prepare_cached("DELETE FROM business_hour")?.execute([])?;
    let mut insert = tx.prepare_cached("INSERT INTO business_hour (weekday, opens, closes) VALUES (?1, ?2, ?3)")?;
    for (weekday, intervals) in (1..).zip(new) {
        for interval in intervals {
            insert.execute(params![weekday, interval.opens, interval.closes])?;
        }
    }
    let mode = Change::between("hours", old_mode.as_str(), new_mode.as_str());
    let days = (1..).zip(old.iter().zip(new)).filter_map(|(weekday, (old, new))| {
        Change::between(&format!("hours-{weekday}"), &show_day(old), &show_day(new))
    });
    changed(tx, by, mode.into_iter().chain(days).collect())
}

/// All holidays.
///
/// # Errors
/// Database errors.
pub fn holidays(connection: &Connection) -> Result<Vec<Holiday>> {
    let mut select = connection.prepare_cached("SELECT id, name, repeats, date, easter_days FROM holiday")?;
    let mut rows = select.query([])?;
    let mut holidays = Vec::new();
    while let Some(row) = rows.next()? {
        holidays.push(holiday(row)?);
    }
    Ok(holidays)
}

fn holiday(row: &Row<'_>) -> Result<Holiday> {
    let date = |column| -> Result<Date> {
        row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?.parse().map_err(Error::internal)
    };
    let day = match row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)? {
        "once" => Day::Once(date(3)?),
        "yearly" => Day::Yearly(date(3)?),
        _ => Day::Easter(row.get(4)?),
    };
    Ok(Holiday { id: row.get(0)?, name: row.get(1)?, day })
}

/// Adds a holiday.
///
/// # Errors
/// [`Error::Invalid`] when the day is one already.
pub fn add_holiday(tx: &Tx<'_>, by: &Viewer, name: &str, day: Day) -> Result<()> {
    if !insert(tx, name, day)? {
        return Err(Error::field("date", "holiday-taken"));
    }
    let change = Change::between("holiday", "", &day.to_string());
    changed(tx, by, change.into_iter().collect())
}

/// Adds those of several holidays that are not there yet. Answers how many.
///
/// # Errors
/// Database errors.
pub fn add_holidays(tx: &Tx<'_>, by: &Viewer, new: &[(String, Day)]) -> Result<usize> {
    let mut changes = Vec::new();
    for (name, day) in new {
        if insert(tx, name, *day)? {
            changes.extend(Change::between("holiday", "", &day.to_string()));
        }
    }
    let added = changes.len();
    changed(tx, by, changes)?;
    Ok(added)
}

/// Whether it was added: a day that is there already is left as it is.
fn insert(tx: &Tx<'_>, name: &str, day: Day) -> Result<bool> {
    let (repeats, date, easter_days) = match day {
        Day::Once(date) => ("once", Some(date), None),
        Day::Yearly(date) => ("yearly", Some(date), None),
        Day::Easter(days) => ("easter", None, Some(days)),
    };
    let added = tx
        .prepare_cached(
            "INSERT INTO holiday (name, repeats, date, easter_days, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![name, repeats, date.map(|date| date.to_string()), easter_days, tx.now()])?;
    Ok(added > 0)
}

/// Removes a holiday.
///
/// # Errors
/// [`Error::NotFound`].
pub fn remove_holiday(tx: &Tx<'_>, by: &Viewer, id: i64) -> Result<()> {
    let mut select = tx.prepare_cached("SELECT id, name, repeats, date, easter_days FROM holiday WHERE id = ?1")?;
    let mut rows = select.query([id])?;
    let found = holiday(rows.next()?.ok_or(Error::NotFound)?)?;
    tx.prepare_cached("DELETE FROM holiday WHERE id = ?1")?.execute([id])?;
    let change = Change::between("holiday", &found.day.to_string(), "");
    changed(tx, by, change.into_iter().collect())
}
