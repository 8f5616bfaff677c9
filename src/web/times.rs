//! Times and sizes as people read them, in their zone and language: "hoje, 10:42", "27 nov.", full date on hover.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::i18n::{Lang, arg, args};
use crate::clock::{MINUTE, Millis};

/// Shows times to one person.
#[derive(Debug, Clone)]
pub struct Times {
    lang: Lang,
    zone: TimeZone,
    now: Millis,
}

impl Times {
    /// For a person in `zone` (an IANA name; an unknown one is UTC), at `now`.
    #[must_use]
    pub fn new(lang: Lang, zone: &str, now: Millis) -> Self {
        Self { lang, zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC), now }
    }

    /// The time of the page.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.now
    }

    fn local(&self, at: Millis) -> jiff::Zoned {
        Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(self.zone.clone())
    }

    /// Days from `at` to today; 0 is today, 1 yesterday.
    fn days_ago(&self, at: Millis) -> i64 {
        let days = |date: Date| i64::from(date.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days()));
        days(self.local(self.now).date()) - days(self.local(at).date())
    }

    /// `2026-11-20T13:42:00Z` for the `datetime` attribute.
    #[must_use]
    pub fn machine(&self, at: Millis) -> String {
        Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// "10:42".
    #[must_use]
    pub fn clock(&self, at: Millis) -> String {
        self.local(at).strftime("%H:%M").to_string()
    }

    /// For a list: the time today, else "yesterday", the weekday within a week, else the date.
    #[must_use]
    pub fn short(&self, at: Millis) -> String {
        match self.days_ago(at) {
            0 => self.clock(at),
            1 => self.lang.t("time-yesterday"),
            2..=6 => self.lang.t(&format!("weekday-{}", self.local(at).strftime("%u"))),
            _ => self.date(at),
        }
    }

    /// When something comes: "today, 14:15", "tomorrow, 09:00", "27 nov., 09:30".
    #[must_use]
    pub fn ahead(&self, at: Millis) -> String {
        let day = match self.days_ago(at) {
            0 => self.lang.t("time-today"),
            -1 => self.lang.t("time-tomorrow"),
            -6..=-2 => self.lang.t(&format!("weekday-{}", self.local(at).strftime("%u"))),
            _ => self.date(at),
        };
        self.lang.with("time-ahead", &args([("day", day), ("time", self.clock(at))]))
    }

    /// As a field for date and time has it, rounded up to the minute: `2026-11-27T09:30`.
    #[must_use]
    pub fn field(&self, at: Millis) -> String {
        self.local(at + MINUTE - 1).strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// For the line between days: "Today", "Yesterday", else the date with the weekday.
    #[must_use]
    pub fn day(&self, at: Millis) -> String {
        match self.days_ago(at) {
            0 => self.lang.t("day-today"),
            1 => self.lang.t("day-yesterday"),
            _ => self.date(at),
        }
    }

    /// "27 nov.", with the year when it is another one.
    #[must_use]
    pub fn date(&self, at: Millis) -> String {
        let local = self.local(at);
        let month = self.lang.t(&format!("month-{}", local.month()));
        if local.year() == self.local(self.now).year() {
            self.lang.with("date-short", &args([("day", local.day().to_string()), ("month", month)]))
        } else {
            let year = local.year().to_string();
            self.lang.with("date-year", &args([("day", local.day().to_string()), ("month", month), ("year", year)]))
        }
    }

    /// "20 de novembro de 2026, 10:42".
    #[must_use]
    pub fn full(&self, at: Millis) -> String {
        let local = self.local(at);
        let month = self.lang.t(&format!("month-long-{}", local.month()));
        let (day, year) = (local.day().to_string(), local.year().to_string());
        self.lang.with("date-full", &args([("day", day), ("month", month), ("year", year), ("time", self.clock(at))]))
    }

    /// `2026-11-20T10:42:03-03:00`: for tables, readable by people and machines.
    #[must_use]
    pub fn stamp(&self, at: Millis) -> String {
        self.local(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// A name for the local day, to group by.
    #[must_use]
    pub fn day_key(&self, at: Millis) -> String {
        self.local(at).strftime("%Y-%m-%d").to_string()
    }

    /// "1,2 MB".
    #[must_use]
    pub fn size(&self, bytes: u64) -> String {
        let (number, unit) = match bytes {
            0..1_000 => (bytes.to_string(), "size-bytes"),
            1_000..1_000_000 => ((bytes / 1_000).to_string(), "size-kb"),
            _ => {
                let mark = if self.lang == Lang::PtBr { "," } else { "." };
                (format!("{}{mark}{}", bytes / 1_000_000, bytes % 1_000_000 / 100_000), "size-mb")
            }
        };
        self.lang.with(unit, &arg("n", number))
    }
}
