//! Limits on guessing, shared by everything that checks a secret: per address, and per account and address. They slow down
//! with each failure; they never lock a person out who comes from elsewhere.
//!
//! A browser in which the person signed in before is counted by itself: what strangers do, at the same account or from the
//! same address, costs it nothing. Strangers share what the machine spends on comparing passwords.
//!
//! All is kept in memory and forgotten by a restart. That gives a guesser at most what strangers may spend anyway (a few
//! passwords a second, against passwords that stand a hundred million guesses); what is easy to guess, the six digits of
//! a second factor, is counted in the database.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::auth::passwords;
use crate::auth::tokens::digest;
use crate::clock::{Clock, MINUTE, Millis, SECOND};
use crate::error::{Error, Result};

/// Failures forgotten after so long without another.
const FORGET: Millis = 15 * MINUTE;
/// Failures remembered at most; beyond, the oldest are forgotten.
const REMEMBERED: usize = 100_000;
/// Passwords of strangers compared in a second, when they fail for long, and how many at once before that.
const STRANGERS_A_SECOND: Millis = 8;
const STRANGERS_AT_ONCE: Millis = 20;
/// The pause between two of them that keeps to that.
const STRANGERS_PAUSE: Millis = SECOND / STRANGERS_A_SECOND;

/// What is being guessed, and from where.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// All attempts of one address (IPv4) or network (IPv6 /64).
    Address(IpAddr),
    /// Attempts on one account from one address. The account is kept as a digest.
    Account([u8; 32], IpAddr),
    /// Attempts on one account from anywhere.
    Anywhere([u8; 32]),
    /// Attempts on one account in a browser that its person used before.
    Device([u8; 32], [u8; 32]),
}

impl Key {
    /// Failures that cost nothing.
    fn free(&self) -> u32 {
        match self {
            Self::Account(..) | Self::Device(..) => 5,
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
    kept: Arc<Mutex<Kept>>,
    work: Arc<Counters>,
}

#[derive(Default)]
struct Kept {
    tallies: HashMap<Key, Tally>,
    /// When strangers' passwords would be through at an even pace.
    strangers: Millis,
}

#[derive(Default)]
struct Counters {
    let_through: AtomicU64,
    refused: AtomicU64,
    compared: Arc<AtomicU64>,
}

/// What was done since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Attempts that were let through.
    pub let_through: u64,
    /// Attempts that had to wait.
    pub refused: u64,
    /// Passwords compared, each with the full cost of its hash.
    pub compared: u64,
}

/// Who is about to type a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    Stranger,
    /// A browser in which this person signed in before, by the digest of its cookie.
    Known([u8; 32]),
}

/// One attempt that was let through. Say how it ended.
#[must_use]
pub struct Attempt<'l> {
    limiter: &'l Limiter,
    keys: Vec<Key>,
    shared: Shared,
}

/// Whether an attempt took a turn of those that strangers share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shared {
    Yes,
    No,
}

impl Limiter {
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self { clock, kept: Arc::default(), work: Arc::default() }
    }

    /// Lets an attempt on `account` (an e-mail address, or the name of a one-time code) through, or says how long to
    /// wait. It counts as a failure until it is said to have succeeded, so that many at once gain nothing.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn attempt(&self, account: &str, address: IpAddr) -> Result<Attempt<'_>> {
        let account = name(account);
        let network = network(address);
        self.admit(vec![Key::Address(network), Key::Account(account, network), Key::Anywhere(account)], Shared::No)
    }

    /// The same for a sign-in with a password: a known browser is counted by itself, strangers share their turns.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn attempt_sign_in(&self, account: &str, address: IpAddr, asker: Asker) -> Result<Attempt<'_>> {
        let account = name(account);
        let network = network(address);
        match asker {
            Asker::Known(device) => self.admit(vec![Key::Device(account, device)], Shared::No),
            Asker::Stranger => {
                let keys = vec![Key::Address(network), Key::Account(account, network), Key::Anywhere(account)];
                self.admit(keys, Shared::Yes)
            }
        }
    }

    /// What was done since the start.
    #[must_use]
    pub fn work(&self) -> Work {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let Counters { let_through, refused, compared } = &*self.work;
        Work { let_through: read(let_through), refused: read(refused), compared: read(compared) }
    }

    fn admit(&self, keys: Vec<Key>, shared: Shared) -> Result<Attempt<'_>> {
        let now = self.clock.now();
        let mut kept = self.kept();
        // A clock that was set back must not make a pause of seconds one of years.
        kept.strangers = kept.strangers.min(now + STRANGERS_AT_ONCE * STRANGERS_PAUSE);
        let tallies = keys.iter().filter_map(|key| kept.tallies.get(key)).filter(|tally| tally.last <= now);
        let mut until = tallies.map(|tally| tally.until).max().unwrap_or(0);
        if shared == Shared::Yes {
            until = until.max(kept.strangers - (STRANGERS_AT_ONCE - 1) * STRANGERS_PAUSE);
        }
        if until > now {
            self.work.refused.fetch_add(1, Ordering::Relaxed);
            return Err(Error::TooMany((until - now).unsigned_abs().div_ceil(1000)));
        }
        if shared == Shared::Yes {
            kept.strangers = kept.strangers.max(now) + STRANGERS_PAUSE;
        }
        if kept.tallies.len() > REMEMBERED {
            kept.tallies.retain(|_, tally| now - tally.last < MINUTE);
        }
        for key in &keys {
            let tally = kept.tallies.entry(key.clone()).or_insert(Tally { failures: 0, last: now, until: 0 });
            if now - tally.last > FORGET || tally.last > now {
                tally.failures = 0;
            }
            tally.failures += 1;
            tally.last = now;
            let over = tally.failures.saturating_sub(key.free());
            if over > 0 {
                tally.until = now + (SECOND << over.min(20)).min(key.longest());
            }
        }
        self.work.let_through.fetch_add(1, Ordering::Relaxed);
        Ok(Attempt { limiter: self, keys, shared })
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Attempt<'_> {
    /// Whether `password` belongs to `stored`; with no stored hash it works as long and says no.
    ///
    /// # Errors
    /// When the work could not be done.
    pub async fn compare(&self, password: String, stored: Option<String>) -> Result<bool> {
        passwords::compare(password, stored, self.limiter.work.compared.clone()).await
    }

    /// The secret was right: its failures are forgotten. The address keeps its other ones.
    pub fn succeeded(self) {
        let mut kept = self.limiter.kept();
        if self.shared == Shared::Yes {
            kept.strangers -= STRANGERS_PAUSE;
        }
        for key in &self.keys {
            match key {
                Key::Address(_) => {
                    if let Some(tally) = kept.tallies.get_mut(key) {
                        tally.failures = tally.failures.saturating_sub(1);
                    }
                }
                Key::Account(..) | Key::Anywhere(_) | Key::Device(..) => {
                    kept.tallies.remove(key);
                }
            }
        }
    }

    /// The secret was wrong; the failure has been counted already.
    pub fn failed(self) {}
}

fn name(account: &str) -> [u8; 32] {
    digest(&account.trim().to_lowercase())
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

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Millis = 1_800_000_000_000;
    const YEAR: Millis = 365 * crate::clock::DAY;

    fn limiter() -> (Limiter, Clock) {
        let clock = Clock::default();
        clock.hold(AT);
        (Limiter::new(clock.clone()), clock)
    }

    fn from(n: u8) -> IpAddr {
        IpAddr::from([198, 51, 100, n])
    }

    fn wait(attempt: Result<Attempt<'_>>) -> u64 {
        match attempt {
            Ok(attempt) => {
                attempt.failed();
                0
            }
            Err(Error::TooMany(wait)) => wait,
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn strangers_from_everywhere_share_a_few_turns_a_second_and_known_browsers_do_not() {
        let (limiter, clock) = limiter();
        let many = |round: u32| {
            (0..200_u32)
                .filter(|n| {
                    let network = IpAddr::from((u128::from(round * 1000 + n) << 64).to_be_bytes());
                    wait(limiter.attempt_sign_in(&n.to_string(), network, Asker::Stranger)) == 0
                })
                .count()
        };
        assert_eq!(many(1), 20);
        for round in 2..12 {
            clock.advance(SECOND);
            assert_eq!(many(round), 8);
        }
        assert_eq!(wait(limiter.attempt_sign_in("ana", from(1), Asker::Stranger)), 1);
        for _ in 0..6 {
            assert_eq!(wait(limiter.attempt_sign_in("ana", from(1), Asker::Known([1; 32]))), 0);
        }
        assert_eq!(wait(limiter.attempt_sign_in("ana", from(1), Asker::Known([1; 32]))), 2);
        assert_eq!(wait(limiter.attempt_sign_in("ana", from(1), Asker::Known([2; 32]))), 0);
    }

    #[test]
    fn a_right_password_gives_its_turn_back() {
        let (limiter, _clock) = limiter();
        for n in 0..100 {
            let attempt = limiter.attempt_sign_in(&n.to_string(), from(n), Asker::Stranger);
            attempt.expect("a turn").succeeded();
        }
        assert_eq!(limiter.work(), Work { let_through: 100, refused: 0, compared: 0 });
    }

    #[test]
    fn a_clock_that_jumps_makes_no_pause_longer_than_it_is() {
        for jump in [-YEAR, YEAR] {
            let (limiter, clock) = limiter();
            while wait(limiter.attempt_sign_in("ana", from(1), Asker::Stranger)) == 0 {}
            for n in 0..40 {
                wait(limiter.attempt_sign_in("bia", from(n), Asker::Stranger));
            }
            clock.advance(jump);
            assert!(wait(limiter.attempt_sign_in("ana", from(1), Asker::Stranger)) <= 1, "{jump}");
            clock.advance(3 * SECOND);
            assert_eq!(wait(limiter.attempt_sign_in("ana", from(1), Asker::Stranger)), 0, "{jump}");
        }
    }
}
