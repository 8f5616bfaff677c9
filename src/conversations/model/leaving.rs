//! When an answer leaves, in the zone of who writes it.

use super::ahead::{Ahead, MORNING, Unfit};
use crate::clock::{DAY, Millis};

/// How far ahead an answer may be written.
const FARTHEST: Millis = 366 * DAY;

/// What a person chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaving {
    /// As soon as may be.
    Now,
    /// Nine in the morning.
    Tomorrow,
    /// Nine in the morning of the next one.
    Monday,
    /// As a browser's field has it: `2026-11-27T09:30`.
    At(String),
}

impl Leaving {
    /// Those that a form offers with their times.
    pub const OFFERED: [Self; 2] = [Self::Tomorrow, Self::Monday];

    /// From a form: the choice, and the field for a time of one's own.
    #[must_use]
    pub fn parse(text: &str, at: &str) -> Self {
        match text {
            "tomorrow" => Self::Tomorrow,
            "monday" => Self::Monday,
            "at" => Self::At(at.to_owned()),
            _ => Self::Now,
        }
    }

    /// As in forms.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Now => "",
            Self::Tomorrow => "tomorrow",
            Self::Monday => "monday",
            Self::At(_) => "at",
        }
    }

    /// When that is for somebody in `zone` (an IANA name); `None`: now.
    ///
    /// # Errors
    /// For a time of one's own that cannot be read, is over, or is more than a year away.
    pub fn time(&self, now: Millis, zone: &str) -> Result<Option<Millis>, Unfit> {
        let ahead = Ahead::of(now, zone);
        let chosen = match self {
            Self::Now => return Ok(None),
            Self::Tomorrow => ahead.tomorrow(MORNING),
            Self::Monday => ahead.monday(MORNING),
            Self::At(typed) => ahead.typed(typed),
        };
        ahead.fitting(chosen, FARTHEST).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn the_offered_times_are_mornings_of_the_persons_own_clock() {
        // Friday, 20 November 2026, 10:07 in São Paulo.
        let now = 1_795_180_020_000;
        let at = |leaving: &Leaving, zone: &str| {
            let time = leaving.time(now, zone).expect("it fits").expect("a time");
            let zone = TimeZone::get(zone).expect("a zone");
            Timestamp::from_millisecond(time).expect("a time").to_zoned(zone).strftime("%a %d %H:%M:%S").to_string()
        };
        assert_eq!(at(&Leaving::Tomorrow, "America/Sao_Paulo"), "Sat 21 09:00:00");
        assert_eq!(at(&Leaving::Monday, "Asia/Tokyo"), "Mon 23 09:00:00");
        assert_eq!(at(&Leaving::At("2026-11-27T09:30".to_owned()), "America/Sao_Paulo"), "Fri 27 09:30:00");
        assert_eq!(Leaving::Now.time(now, "UTC"), Ok(None));
        let own = |text: &str| Leaving::At(text.to_owned()).time(now, "America/Sao_Paulo");
        assert_eq!(own("2026-11-20T10:07"), Err(Unfit::Past));
        assert_eq!(own("2028-11-20T10:07"), Err(Unfit::TooFar));
        assert_eq!(own("logo"), Err(Unfit::Unreadable));
    }
}
