//! Times ahead, in the zone of who chooses them.

use jiff::civil::{DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::clock::Millis;

/// The hour at which a working day begins, for what leaves and for what comes back.
pub(super) const MORNING: i8 = 9;

/// Why a time does not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    Unreadable,
    Past,
    TooFar,
}

/// The moment somebody chooses at, on their own clock.
pub(super) struct Ahead {
    now: Millis,
    pub local: Zoned,
}

impl Ahead {
    /// `zone` is an IANA name; one that is not known counts as UTC.
    pub fn of(now: Millis, zone: &str) -> Self {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let local = Timestamp::from_millisecond(now).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone);
        Self { now, local }
    }

    /// The full `hour` of tomorrow.
    pub fn tomorrow(&self, hour: i8) -> Option<Zoned> {
        self.local.tomorrow().ok().and_then(|day| at_hour(&day, hour))
    }

    /// The full `hour` of the next Monday.
    pub fn monday(&self, hour: i8) -> Option<Zoned> {
        self.local.nth_weekday(1, Weekday::Monday).ok().and_then(|day| at_hour(&day, hour))
    }

    /// What a browser's field holds: `2026-11-27T09:30`.
    pub fn typed(&self, text: &str) -> Option<Zoned> {
        let typed: DateTime = text.trim().parse().ok()?;
        typed.to_zoned(self.local.time_zone().clone()).ok()
    }

    /// The chosen time, if it is neither over nor more than `farthest` away.
    pub fn fitting(&self, chosen: Option<Zoned>, farthest: Millis) -> Result<Millis, Unfit> {
        let at = chosen.ok_or(Unfit::Unreadable)?.timestamp().as_millisecond();
        match at - self.now {
            ..=0 => Err(Unfit::Past),
            away if away <= farthest => Ok(at),
            _ => Err(Unfit::TooFar),
        }
    }
}

fn at_hour(day: &Zoned, hour: i8) -> Option<Zoned> {
    day.with().hour(hour).minute(0).second(0).subsec_nanosecond(0).build().ok()
}
