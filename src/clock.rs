//! The time. Everything asks this clock, so that tests can hold it still and move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

/// Milliseconds since 1970 in UTC.
pub type Millis = i64;

/// One second, minute, hour and day in [`Millis`].
pub const SECOND: Millis = 1000;
pub const MINUTE: Millis = 60 * SECOND;
pub const HOUR: Millis = 60 * MINUTE;
pub const DAY: Millis = 24 * HOUR;

/// A clock that can be moved. Clones show the same time.
#[derive(Clone)]
pub struct Clock(Arc<Hands>);

struct Hands {
    /// Added to the time of the machine.
    offset: AtomicI64,
    /// The time it is held at; `i64::MIN` when it runs.
    held: AtomicI64,
    moved: watch::Sender<()>,
}

const RUNNING: i64 = i64::MIN;

impl Default for Clock {
    fn default() -> Self {
        let hands = Hands { offset: AtomicI64::new(0), held: AtomicI64::new(RUNNING), moved: watch::Sender::new(()) };
        Self(Arc::new(hands))
    }
}

impl Clock {
    /// Now.
    #[must_use]
    pub fn now(&self) -> Millis {
        match self.0.held.load(Ordering::SeqCst) {
            RUNNING => machine_now() + self.0.offset.load(Ordering::SeqCst),
            held => held,
        }
    }

    /// Stops at `at` until moved or released.
    pub fn hold(&self, at: Millis) {
        self.0.held.store(at, Ordering::SeqCst);
        self.0.moved.send_replace(());
    }

    /// Runs again with the time of the machine.
    pub fn release(&self) {
        self.0.held.store(RUNNING, Ordering::SeqCst);
        self.0.offset.store(0, Ordering::SeqCst);
        self.0.moved.send_replace(());
    }

    /// Moves forward (or back, with a negative number).
    pub fn advance(&self, by: Millis) {
        match self.0.held.load(Ordering::SeqCst) {
            RUNNING => {
                self.0.offset.fetch_add(by, Ordering::SeqCst);
            }
            held => self.0.held.store(held + by, Ordering::SeqCst),
        }
        self.0.moved.send_replace(());
    }

    /// Returns when this clock shows `at` or later, also when it is moved there.
    pub async fn sleep_until(&self, at: Millis) {
        let mut moved = self.0.moved.subscribe();
        loop {
            let left = at - self.now();
            if left <= 0 {
                return;
            }
            let pause = Duration::from_millis(left.unsigned_abs().min(60_000));
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = moved.changed() => {}
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the time of the machine")]
fn machine_now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
}
