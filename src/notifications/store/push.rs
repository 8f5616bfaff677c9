//! The devices that want to be told while no page is open, and the key they know this server by.

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::told;
use crate::auth::sessions::LIFETIME;
use crate::auth::{Seat, Viewer};
use crate::clock::Millis;
use crate::db::{Connection, Tx};
use crate::error::Result;
use crate::jobs::{self, NewJob};
use crate::notifications::model::{Device, Subscription, Told};

/// The kind of the jobs that hand a notification to a push service.
pub const PUSH: &str = "notification_push";
/// Devices of one person that are told; the oldest gives way.
const MOST: i64 = 20;

/// What is told to which device.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Errand {
    pub subscription: i64,
    /// None: it is a test that its person asked for.
    pub notification: Option<i64>,
}

/// What an errand needs.
pub struct Parcel {
    pub subscription: Subscription,
    /// Of its person, if they chose one.
    pub language: Option<String>,
    pub told: Option<Told>,
}

/// Queues a notification for all devices of a person.
pub(super) fn queue(tx: &Tx<'_>, user: i64, notification: i64) -> Result<()> {
    let mut select = tx.prepare_cached("SELECT id FROM push_subscription WHERE user_id = ?1")?;
    for subscription in select.query_map([user], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()? {
        let key = format!("push-{notification}-{subscription}");
        send(tx, Some(&key), Errand { subscription, notification: Some(notification) })?;
    }
    Ok(())
}

fn send(tx: &Tx<'_>, key: Option<&str>, errand: Errand) -> Result<()> {
    jobs::enqueue(tx, &NewJob { kind: PUSH, key, lane: None, payload: &errand, run_at: tx.now() })
}

/// Queues a test for the device of a session; whether it has a subscription.
///
/// # Errors
/// Database errors.
pub fn queue_test(tx: &Tx<'_>, seat: Seat) -> Result<bool> {
    let mut select = tx.prepare_cached("SELECT id FROM push_subscription WHERE user_id = ?1 AND session_id = ?2")?;
    let found =
        select.query_map([seat.user, seat.session], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    for subscription in &found {
        send(tx, None, Errand { subscription: *subscription, notification: None })?;
    }
    Ok(!found.is_empty())
}

/// What is to be delivered now; `None` when its person has read it, may not read it any more, or is signed out there.
/// `idle` is how long an unused session lasts.
///
/// # Errors
/// Database errors.
pub fn parcel(connection: &Connection, errand: Errand, now: Millis, idle: Millis) -> Result<Option<Parcel>> {
    let mut select = connection.prepare_cached(
        "SELECT s.endpoint, s.p256dh, s.auth, u.language, s.user_id
           FROM push_subscription s
           JOIN user u ON u.id = s.user_id AND u.state = 'active'
           JOIN session x ON x.id = s.session_id AND x.seen_at > ?2 AND x.created_at > ?3
          WHERE s.id = ?1",
    )?;
    let found = select
        .query_row([errand.subscription, now - idle, now - LIFETIME], |row| {
            let subscription = Subscription { endpoint: row.get(0)?, p256dh: row.get(1)?, auth: row.get(2)? };
            Ok((subscription, row.get(3)?, row.get::<_, i64>(4)?))
        })
        .optional()?;
    let Some((subscription, language, user)) = found else { return Ok(None) };
    let Some(notification) = errand.notification else {
        return Ok(Some(Parcel { subscription, language, told: None }));
    };
    let mut select = connection.prepare_cached(
        "SELECT id, conversation_id, cause, contact_id, contact_name, sender, subject, by_name,
                substr(text, 1, 300), created_at
           FROM notification_in_sight WHERE id = ?1 AND user_id = ?2 AND read_at IS NULL",
    )?;
    let found = select.query_row([notification, user], told).optional()?;
    Ok(found.map(|told| Parcel { subscription, language, told: Some(told) }))
}

/// A browser wants to be told. The same browser again, or with another person in it, is one device.
///
/// # Errors
/// Database errors.
pub fn subscribe(tx: &Tx<'_>, seat: Seat, subscription: &Subscription) -> Result<()> {
    tx.prepare_cached("DELETE FROM push_subscription WHERE session_id = ?1 AND endpoint != ?2")?
        .execute(params![seat.session, subscription.endpoint])?;
    tx.prepare_cached(
        "INSERT INTO push_subscription (user_id, session_id, endpoint, p256dh, auth, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (endpoint) DO UPDATE SET user_id = excluded.user_id, session_id = excluded.session_id,
                                              p256dh = excluded.p256dh, auth = excluded.auth,
                                              created_at = excluded.created_at, used_at = NULL",
    )?
    .execute(params![
        seat.user,
        seat.session,
        subscription.endpoint,
        subscription.p256dh,
        subscription.auth,
        tx.now()
    ])?;
    tx.prepare_cached(
        "DELETE FROM push_subscription WHERE user_id = ?1
            AND id NOT IN (SELECT id FROM push_subscription WHERE user_id = ?1 ORDER BY id DESC LIMIT ?2)",
    )?
    .execute([seat.user, MOST])?;
    Ok(())
}

/// A device of somebody is not told any more.
///
/// # Errors
/// Database errors.
pub fn remove(tx: &Tx<'_>, viewer: &Viewer, device: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM push_subscription WHERE id = ?1 AND user_id = ?2")?.execute([device, viewer.id])?;
    Ok(())
}

/// The push service says that a device is gone.
///
/// # Errors
/// Database errors.
pub fn forget(tx: &Tx<'_>, subscription: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM push_subscription WHERE id = ?1")?.execute([subscription])?;
    Ok(())
}

/// Notes that a device was told.
///
/// # Errors
/// Database errors.
pub fn used(tx: &Tx<'_>, subscription: i64) -> Result<()> {
    tx.prepare_cached("UPDATE push_subscription SET used_at = ?2 WHERE id = ?1")?.execute([subscription, tx.now()])?;
    Ok(())
}

/// The devices of a person that are told.
///
/// # Errors
/// Database errors.
pub fn devices(connection: &Connection, viewer: &Viewer) -> Result<Vec<Device>> {
    let mut select = connection.prepare_cached(
        "SELECT s.id, x.device, s.created_at, s.session_id = ?2
           FROM push_subscription s JOIN session x ON x.id = s.session_id
          WHERE s.user_id = ?1 ORDER BY s.id DESC",
    )?;
    let rows = select.query_map([viewer.id, viewer.session], |row| {
        Ok(Device { id: row.get(0)?, agent: row.get(1)?, created_at: row.get(2)?, is_this: row.get(3)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The sealed private key and the public one.
///
/// # Errors
/// Database errors.
pub fn key(connection: &Connection) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
    let mut select = connection.prepare_cached("SELECT private, public FROM push_key WHERE id = 1")?;
    Ok(select.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// A new key pair. Devices that know another one cannot be told any more.
///
/// # Errors
/// Database errors.
pub fn set_key(tx: &Tx<'_>, private: &[u8], public: &[u8]) -> Result<()> {
    tx.prepare_cached("DELETE FROM push_subscription")?.execute([])?;
    tx.prepare_cached("INSERT OR REPLACE INTO push_key (id, private, public, created_at) VALUES (1, ?1, ?2, ?3)")?
        .execute(params![private, public, tx.now()])?;
    Ok(())
}
