//! Contacts in the database.

use rusqlite::{OptionalExtension, params};

use super::model::{Contact, Kind, normalize_email};
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::events::Event;

/// The contact who writes from `address`, made if nobody knows them. A name they give fills an empty one and never
/// replaces one. An empty address is nobody known, so it is always somebody new.
///
/// # Errors
/// Database errors.
pub fn recognize(tx: &Tx<'_>, channel: &str, name: &str, address: &str) -> Result<i64> {
    let address = normalize_email(address);
    let known = if address.is_empty() { None } else { find_by_email(tx, channel, &address)? };
    let contact = match known {
        Some(contact) => {
            fill_name(tx, contact, name)?;
            contact
        }
        None => create(tx, name, &address)?,
    };
    if !address.is_empty() {
        tx.prepare_cached(
            "INSERT INTO identity (channel, external_id, contact_id, created_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![channel, address, contact, tx.now()])?;
    }
    Ok(contact)
}

/// Who has this address: by their identity on the channel, else the one contact it was written down for. If it was written
/// down for several, none of them is chosen.
///
/// # Errors
/// Database errors.
pub fn find_by_email(connection: &Connection, channel: &str, address: &str) -> Result<Option<i64>> {
    let by_identity = connection
        .prepare_cached(
            "SELECT contact_id FROM identity WHERE channel = ?1 AND coalesce(inbox_id, 0) = 0 AND external_id = ?2",
        )?
        .query_row([channel, address], |row| row.get(0))
        .optional()?;
    if by_identity.is_some() {
        return Ok(by_identity);
    }
    let mut select = connection.prepare_cached(
        "SELECT p.contact_id FROM contact_point p JOIN contact c ON c.id = p.contact_id
          WHERE p.kind = 'email' AND p.match_key = ?1 AND c.deleted_at IS NULL LIMIT 2",
    )?;
    let found = select.query_map([address], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    Ok(if let [only] = found[..] { Some(only) } else { None })
}

fn fill_name(tx: &Tx<'_>, contact: i64, name: &str) -> Result<()> {
    if !name.is_empty() {
        tx.prepare_cached("UPDATE contact SET name = ?2, updated_at = ?3 WHERE id = ?1 AND name = ''")?
            .execute(params![contact, short(name), tx.now()])?;
    }
    Ok(())
}

fn create(tx: &Tx<'_>, name: &str, address: &str) -> Result<i64> {
    let number: i64 = tx
        .prepare_cached("UPDATE contact_number SET last = last + 1 RETURNING last")?
        .query_row([], |row| row.get(0))?;
    let contact = tx
        .prepare_cached(
            "INSERT INTO contact (number, kind, name, created_at, updated_at) VALUES (?1, 'person', ?2, ?3, ?3)",
        )?
        .insert(params![number, short(name), tx.now()])?;
    if !address.is_empty() {
        tx.prepare_cached(
            "INSERT INTO contact_point (contact_id, kind, value, normalized, match_key, is_primary, created_at)
             VALUES (?1, 'email', ?2, ?2, ?2, 1, ?3)",
        )?
        .execute(params![contact, address, tx.now()])?;
    }
    tx.emit(Event::ContactCreated { contact })?;
    Ok(contact)
}

fn short(name: &str) -> String {
    name.trim().chars().take(200).collect()
}

/// The contact with a short number, if there is one.
///
/// # Errors
/// Database errors.
pub fn by_number(connection: &Connection, number: i64) -> Result<Option<i64>> {
    Ok(connection
        .prepare_cached("SELECT id FROM contact WHERE number = ?1")?
        .query_row([number], |row| row.get(0))
        .optional()?)
}

/// A contact with the ways to reach it.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none.
pub fn get(connection: &Connection, id: i64) -> Result<Contact> {
    let mut contact = connection
        .prepare_cached("SELECT id, number, kind, name FROM contact WHERE id = ?1")?
        .query_row([id], |row| {
            let kind = Kind::parse(row.get_ref(2)?.as_str()?);
            Ok(Contact { id: row.get(0)?, number: row.get(1)?, kind, name: row.get(3)?, points: Vec::new() })
        })?;
    let mut select = connection
        .prepare_cached("SELECT kind, value FROM contact_point WHERE contact_id = ?1 ORDER BY is_primary DESC, id")?;
    let points = select.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    contact.points = points.collect::<rusqlite::Result<_>>()?;
    Ok(contact)
}

/// Notes that a server said the address does not exist.
///
/// # Errors
/// Database errors.
pub fn mark_undeliverable(tx: &Tx<'_>, address: &str) -> Result<()> {
    tx.prepare_cached("UPDATE contact_point SET undeliverable_at = ?2 WHERE kind = 'email' AND match_key = ?1")?
        .execute(params![normalize_email(address), tx.now()])?;
    Ok(())
}
