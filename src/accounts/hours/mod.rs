//! When the company is open: a week of intervals in its own zone, and holidays. Pure: a moment goes in, an answer comes
//! out, so that answers out of hours and goals for answers may ask it thousands of times.
//!
//! An interval is a span between two moments: it begins when the clocks on the wall first show its beginning and ends when
//! they last show its end. Where clocks are set forward over its beginning, it begins with the jump; where they are set
//! back over its end, it lasts an hour longer.

mod days;
mod times;
mod words;

use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};

use crate::clock::Millis;

pub use days::{BRAZIL, Day, Holiday, easter};
pub use times::{DAY_MINUTES, Flaw, Interval, parse_time, show_day, show_time, tidy};
pub use words::Words;

/// Days that are looked ahead for an opening. More holidays in a row than this is a company that is closed for good.
const HORIZON: i32 = 800;

/// The intervals of each day, Monday first.
pub type Week = [Vec<Interval>; 7];

/// Whether there are hours at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// Somebody is always there; holidays do not count.
    Always,
    Week(Week),
}

/// Which of the two it is, as stored and as a form says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Always,
    Week,
}

impl Mode {
    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Week => "week",
        }
    }

    /// The mode stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text == "week" { Self::Week } else { Self::Always }
    }
}

/// When the company is open.
#[derive(Debug, Clone)]
pub struct Hours {
    pub zone: TimeZone,
    pub plan: Plan,
    pub holidays: Vec<Holiday>,
}

/// Which end of an interval.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Opens,
    Closes,
}

impl Hours {
    /// Whether it is open at this moment.
    #[must_use]
    pub fn is_open(&self, at: Millis) -> bool {
        self.plan == Plan::Always || self.span_at(at).is_some()
    }

    /// The first moment from `at` on at which it is open: `at` itself while it is. `None`: not within two years.
    #[must_use]
    pub fn next_opening(&self, at: Millis) -> Option<Millis> {
        if self.is_open(at) {
            return Some(at);
        }
        let today = self.date(at);
        (0..HORIZON).find_map(|days| {
            let opens = self.spans(later(today, days)?).into_iter().map(|(opens, _)| opens);
            opens.filter(|opens| *opens > at).min()
        })
    }

    /// When it closes next. `None`: it is closed, or it does not close within two years.
    #[must_use]
    pub fn closing(&self, at: Millis) -> Option<Millis> {
        let (_, mut closes) = self.span_at(at).filter(|_| self.plan != Plan::Always)?;
        for _ in 0..HORIZON {
            match self.span_at(closes) {
                Some((_, further)) => closes = further,
                None => return Some(closes),
            }
        }
        None
    }

    /// The holiday on the company's day of this moment.
    #[must_use]
    pub fn holiday(&self, at: Millis) -> Option<&Holiday> {
        let today = self.date(at);
        self.holidays.iter().find(|holiday| holiday.day.falls_on(today))
    }

    /// The company's day of a moment.
    #[must_use]
    pub fn date(&self, at: Millis) -> Date {
        let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
        self.zone.to_datetime(at).date()
    }

    /// The span that holds a moment. One of yesterday may reach into today where clocks are set back.
    fn span_at(&self, at: Millis) -> Option<(Millis, Millis)> {
        let today = self.date(at);
        let days = (-1..=1).filter_map(|days| later(today, days));
        days.flat_map(|date| self.spans(date)).find(|(opens, closes)| (*opens..*closes).contains(&at))
    }

    /// The intervals of a day as moments, in their order; none on a holiday.
    fn spans(&self, date: Date) -> Vec<(Millis, Millis)> {
        let Plan::Week(week) = &self.plan else {
            return Vec::new();
        };
        if self.holidays.iter().any(|holiday| holiday.day.falls_on(date)) {
            return Vec::new();
        }
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        let moments = week[weekday].iter().filter_map(|interval| {
            let opens = self.moment(date, interval.opens, Edge::Opens)?;
            let closes = self.moment(date, interval.closes, Edge::Closes)?;
            (opens < closes).then_some((opens, closes))
        });
        moments.collect()
    }

    /// When the clocks of `date` show so many minutes.
    fn moment(&self, date: Date, minute: u16, edge: Edge) -> Option<Millis> {
        // The end of a day is the beginning of the next, however often that comes.
        let (date, minute, edge) =
            if minute >= DAY_MINUTES { (date.tomorrow().ok()?, 0, Edge::Opens) } else { (date, minute, edge) };
        let (hour, minute) = (i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?);
        let ambiguous = self.zone.to_ambiguous_timestamp(date.at(hour, minute, 0, 0));
        let moment = match (ambiguous.offset(), edge) {
            // Never shown: the jump itself is the moment.
            (AmbiguousOffset::Gap { .. }, _) => {
                self.zone.following(ambiguous.earlier().ok()?).next().map(|jump| jump.timestamp())
            }
            (AmbiguousOffset::Fold { .. }, Edge::Closes) => ambiguous.later().ok(),
            (AmbiguousOffset::Fold { .. } | AmbiguousOffset::Unambiguous { .. }, _) => ambiguous.earlier().ok(),
        };
        moment.map(Timestamp::as_millisecond)
    }
}

fn later(date: Date, days: i32) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

#[cfg(test)]
mod tests;
