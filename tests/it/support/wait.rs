//! Waiting for something that sends no signal: looked at again and again until a deadline, and named when it never comes.

use std::time::Duration;

use rocket::tokio::time::{Instant, MissedTickBehavior, interval};

/// Long enough for a busy machine with two cores, short enough to notice.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// How often the condition is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// Returns when `holds` answers true.
///
/// # Panics
/// After `deadline`, with `what` in the message: "waited 20s for the outbox to be empty".
pub async fn until<F, Fut>(what: &str, deadline: Duration, mut holds: F)
where
    F: FnMut() -> Fut,
    Fut: Future<Output = bool>,
{
    let end = Instant::now() + deadline;
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        if holds().await {
            return;
        }
        assert!(Instant::now() < end, "waited {deadline:?} for {what}");
    }
}
