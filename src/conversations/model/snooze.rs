//! Putting off: until when, in the zone of who does it.

use jiff::{ToSpan, Zoned};

use super::ahead::{Ahead, MORNING, Unfit};
use crate::clock::{DAY, Millis};

/// How far ahead something may be put off.
const FARTHEST: Millis = 5 * 366 * DAY;

/// What a person chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Until {
    /// In three hours, on the full quarter.
    Later,
    /// Nine in the morning.
    Tomorrow,
    /// Nine in the morning of the next one.
    Monday,
    /// Until somebody writes.
    Answer,
    /// As a browser's field has it: `2026-11-27T09:30`.
    At(String),
}

impl Until {
    /// Those that need no further word, as a form offers them.
    pub const OFFERED: [Self; 4] = [Self::Later, Self::Tomorrow, Self::Monday, Self::Answer];

    /// From a form: the choice, and the field for a time of one's own.
    #[must_use]
    pub fn parse(text: &str, at: &str) -> Self {
        match text {
            "later" => Self::Later,
            "tomorrow" => Self::Tomorrow,
            "monday" => Self::Monday,
            "answer" => Self::Answer,
            _ => Self::At(at.to_owned()),
        }
    }

    /// As in forms and message keys.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Later => "later",
            Self::Tomorrow => "tomorrow",
            Self::Monday => "monday",
            Self::Answer => "answer",
            Self::At(_) => "at",
        }
    }

    /// When that is for somebody in `zone` (an IANA name); `None`: when somebody writes.
    ///
    /// # Errors
    /// For a time of one's own that cannot be read, is over, or is years away.
    pub fn time(&self, now: Millis, zone: &str) -> Result<Option<Millis>, Unfit> {
        let ahead = Ahead::of(now, zone);
        let chosen = match self {
            Self::Answer => return Ok(None),
            Self::Later => later(&ahead.local),
            Self::Tomorrow => ahead.tomorrow(MORNING),
            Self::Monday => ahead.monday(MORNING),
            Self::At(typed) => ahead.typed(typed),
        };
        ahead.fitting(chosen, FARTHEST).map(Some)
    }
}

fn later(local: &Zoned) -> Option<Zoned> {
    let late = local.checked_add(3.hours()).ok()?;
    let over = i64::from(late.minute() % 15);
    let quarter = late.checked_add((if over == 0 { 0 } else { 15 - over }).minutes()).ok()?;
    quarter.with().second(0).subsec_nanosecond(0).build().ok()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;

    /// Friday, 20 November 2026, 10:07 in São Paulo.
    const NOW: Millis = 1_795_180_020_000;

    fn at(until: &Until, zone: &str) -> String {
        let time = until.time(NOW, zone).expect("it fits").expect("a time");
        let zone = TimeZone::get(zone).expect("a zone");
        Timestamp::from_millisecond(time).expect("a time").to_zoned(zone).strftime("%a %d %H:%M:%S").to_string()
    }

    #[test]
    fn the_offered_times_are_those_of_the_persons_own_clock() {
        let here = "America/Sao_Paulo";
        assert_eq!(at(&Until::Later, here), "Fri 20 13:15:00");
        assert_eq!(at(&Until::Tomorrow, here), "Sat 21 09:00:00");
        assert_eq!(at(&Until::Monday, here), "Mon 23 09:00:00");
        assert_eq!(at(&Until::Tomorrow, "Asia/Tokyo"), "Sat 21 09:00:00");
        assert_eq!(at(&Until::At("2026-11-27T09:30".to_owned()), here), "Fri 27 09:30:00");
        assert_eq!(Until::Answer.time(NOW, here), Ok(None));
    }

    #[test]
    fn a_time_that_is_over_or_no_time_is_refused() {
        let own = |text: &str| Until::At(text.to_owned()).time(NOW, "America/Sao_Paulo");
        assert_eq!(own("2026-11-20T10:06"), Err(Unfit::Past));
        assert_eq!(own("2036-11-20T10:06"), Err(Unfit::TooFar));
        for text in ["", "amanhã", "2026-13-40T99:99"] {
            assert_eq!(own(text), Err(Unfit::Unreadable), "{text}");
        }
    }
}
