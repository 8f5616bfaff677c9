//! Limits on guessing, shared by everything that checks a secret: per address, and per account and address. They slow down
//! with each failure; they never lock a person out who comes from elsewhere.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::auth::tokens::digest;
use crate::clock::{Clock, MINUTE, Millis, SECOND};
use crate::error::{Error, Result};

/// Failures forgotten after so long without another.
const FORGET: Millis = 15 * MINUTE;
/// Failures remembered at most; beyond, the oldest are forgotten.
const REMEMBERED: usize = 100_000;

/// What is being guessed, and from where.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// All attempts of one address (IPv4) or network (IPv6 /64).
    Address(IpAddr),
    /// Attempts on one account from one address. The account is kept as a digest.
    Account([u8; 32], IpAddr),
    /// Attempts on one account from anywhere.
    Anywhere([u8; 32]),
}

impl Key {
    /// Failures that cost nothing.
    fn free(&self) -> u32 {
        match self {
            Self::Account(..) => 5,
            Self::Address(_) => 20,
            Self::Anywhere(_) => 50,
        }
    }

    /// The longest pause. For an account from anywhere it is short: its real person shares that pause.
    fn longest(&self) -> Millis {
        match self {
            Self::Anywhere(_) => 2 * SECOND,
            _ => FORGET,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Tally {
    failures: u32,
    last: Millis,
    until: Millis,
}

/// Remembers failures in memory.
#[derive(Clone)]
pub struct Limiter {
    clock: Clock,
    tallies: Arc<Mutex<HashMap<Key, Tally>>>,
}

/// One attempt that was let through. Say how it ended.
#[must_use]
pub struct Attempt<'l> {
    limiter: &'l Limiter,
    keys: Vec<Key>,
}

impl Limiter {
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self { clock, tallies: Arc::default() }
    }

    /// Lets an attempt on `account` (an e-mail address, or the name of a one-time code) through, or says how long to
    /// wait. It counts as a failure until it is said to have succeeded, so that many at once gain nothing.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn attempt(&self, account: &str, address: IpAddr) -> Result<Attempt<'_>> {
        let network = network(address);
        let account = digest(&account.trim().to_lowercase());
        let keys = vec![Key::Address(network), Key::Account(account, network), Key::Anywhere(account)];
        let now = self.clock.now();
        let mut tallies = self.tallies.lock().unwrap_or_else(PoisonError::into_inner);
        let until = keys.iter().filter_map(|key| tallies.get(key)).map(|tally| tally.until).max().unwrap_or(0);
        if until > now {
            return Err(Error::TooMany((until - now).unsigned_abs().div_ceil(1000)));
        }
        if tallies.len() > REMEMBERED {
            tallies.retain(|_, tally| now - tally.last < MINUTE);
        }
        for key in &keys {
            let tally = tallies.entry(key.clone()).or_insert(Tally { failures: 0, last: now, until: 0 });
            if now - tally.last > FORGET {
                tally.failures = 0;
            }
            tally.failures += 1;
            tally.last = now;
            let over = tally.failures.saturating_sub(key.free());
            if over > 0 {
                tally.until = now + (SECOND << over.min(20)).min(key.longest());
            }
        }
        Ok(Attempt { limiter: self, keys })
    }
}

impl Attempt<'_> {
    /// The secret was right: its failures are forgotten. The address keeps its other ones.
    pub fn succeeded(self) {
        let mut tallies = self.limiter.tallies.lock().unwrap_or_else(PoisonError::into_inner);
        for key in &self.keys {
            match key {
                Key::Address(_) => {
                    if let Some(tally) = tallies.get_mut(key) {
                        tally.failures = tally.failures.saturating_sub(1);
                    }
                }
                Key::Account(..) | Key::Anywhere(_) => {
                    tallies.remove(key);
                }
            }
        }
    }

    /// The secret was wrong; the failure has been counted already.
    pub fn failed(self) {}
}

/// IPv6 customers own a /64, so it is one address here.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
}
