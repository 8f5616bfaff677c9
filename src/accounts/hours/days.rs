//! Holidays: single dates, dates of every year, and those that move with Easter.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

/// The year in which yearly dates are kept: a leap year, so that 29 February is among them.
const ANY_YEAR: i16 = 2000;

/// A day on which the company is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    pub id: i64,
    pub name: String,
    pub day: Day,
}

/// When a holiday is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    Once(Date),
    /// Every year; the year of the date is no matter. 29 February is skipped where there is none.
    Yearly(Date),
    /// So many days after Easter Sunday, every year.
    Easter(i16),
}

/// Brazil's national holidays (Lei 662/1949, 6.802/1980 and 14.759/2023) and the days on which most are closed as well
/// (carnival, Corpus Christi), with the keys of their names.
pub const BRAZIL: [(&str, Day); 13] = [
    ("holiday-new-year", yearly(1, 1)),
    ("holiday-carnival-monday", Day::Easter(-48)),
    ("holiday-carnival-tuesday", Day::Easter(-47)),
    ("holiday-good-friday", Day::Easter(-2)),
    ("holiday-tiradentes", yearly(4, 21)),
    ("holiday-labor-day", yearly(5, 1)),
    ("holiday-corpus-christi", Day::Easter(60)),
    ("holiday-independence", yearly(9, 7)),
    ("holiday-aparecida", yearly(10, 12)),
    ("holiday-all-souls", yearly(11, 2)),
    ("holiday-republic", yearly(11, 15)),
    ("holiday-black-awareness", yearly(11, 20)),
    ("holiday-christmas", yearly(12, 25)),
];

const fn yearly(month: i8, day: i8) -> Day {
    Day::Yearly(Date::constant(ANY_YEAR, month, day))
}

impl Day {
    /// A day of every year.
    #[must_use]
    pub fn every_year(date: Date) -> Self {
        Date::new(ANY_YEAR, date.month(), date.day()).map_or(Self::Once(date), Self::Yearly)
    }

    /// Whether it is on this date.
    #[must_use]
    pub fn falls_on(self, date: Date) -> bool {
        match self {
            Self::Once(once) => once == date,
            Self::Yearly(yearly) => (yearly.month(), yearly.day()) == (date.month(), date.day()),
            Self::Easter(_) => self.in_year(date.year()) == Some(date),
        }
    }

    /// Its date in a year, if it has one then.
    #[must_use]
    pub fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Once(date) => (date.year() == year).then_some(date),
            Self::Yearly(date) => Date::new(year, date.month(), date.day()).ok(),
            Self::Easter(days) => easter(year)?.checked_add(i32::from(days).days()).ok(),
        }
    }

    /// The next time it comes, from `from` on.
    #[must_use]
    pub fn next(self, from: Date) -> Option<Date> {
        if let Self::Once(date) = self {
            return (date >= from).then_some(date);
        }
        // 29 February may be eight years away.
        (from.year()..from.year().saturating_add(9)).find_map(|year| self.in_year(year).filter(|date| *date >= from))
    }
}

/// As the activity log keeps it: `2026-12-24`, `12-25`, `easter-47`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Once(date) => write!(f, "{date}"),
            Self::Yearly(date) => write!(f, "{:02}-{:02}", date.month(), date.day()),
            Self::Easter(days) => write!(f, "easter{days:+}"),
        }
    }
}

/// Easter Sunday in the Gregorian calendar (the anonymous algorithm, as in Meeus, Astronomical Algorithms, chapter 8).
#[must_use]
pub fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (golden, century, of_century) = (y % 19, y / 100, y % 100);
    let (leap, rest) = (century / 4, century % 4);
    let moon = (century + 8) / 25;
    let epact = (19 * golden + century - leap - (century - moon + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * rest + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let sum = epact + weekday - 7 * late + 114;
    Date::new(year, i8::try_from(sum / 31).ok()?, i8::try_from(sum % 31 + 1).ok()?).ok()
}
