//! Times and sizes as people read them, in their zone and language: "hoje, 10:42", "27 nov.", full date on hover.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::i18n::Lang;
use crate::clock::{MINUTE, Millis};

/// Shows times to one person.
#[derive(Debug, Clone)]
pub struct Times {
    lang: Lang,
    zone: TimeZone,
    now: Millis,
    today: Date,
}

impl Times {
    /// For a person in `zone` (an IANA name; an unknown one is UTC), at `now`.
    #[must_use]
    pub fn new(lang: Lang, zone: &str, now: Millis) -> Self {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        Self { lang, now, today: zone.to_datetime(instant(now)).date(), zone }
    }

    /// The time of the page.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.now
    }

    fn local(&self, at: Millis) -> DateTime {
        self.zone.to_datetime(instant(at))
    }

    /// Days from `at` to today; 0 is today, 1 yesterday.
    fn days_ago(&self, at: DateTime) -> i32 {
        self.today.since(at.date()).map_or(0, |span| span.get_days())
    }

    /// `2026-11-20T13:42:00Z` for the `datetime` attribute.
    #[must_use]
    pub fn machine(&self, at: Millis) -> String {
        let utc = TimeZone::UTC.to_datetime(instant(at));
        format!("{}T{}:{:02}Z", key_of(utc.date()), clock_of(utc), utc.second())
    }

    /// "10:42".
    #[must_use]
    pub fn clock(&self, at: Millis) -> String {
        clock_of(self.local(at))
    }

    /// For a list: the time today, else "yesterday", the weekday within a week, else the date.
    #[must_use]
    pub fn short(&self, at: Millis) -> String {
        let local = self.local(at);
        match self.days_ago(local) {
            0 => clock_of(local),
            1 => self.lang.t("time-yesterday"),
            2..=6 => self.lang.t(&format!("weekday-{}", local.weekday().to_monday_one_offset())),
            _ => self.date_of(local),
        }
    }

    /// When something comes: "today, 14:15", "tomorrow, 09:00", "27 nov., 09:30".
    #[must_use]
    pub fn ahead(&self, at: Millis) -> String {
        let local = self.local(at);
        let day = match self.days_ago(local) {
            0 => self.lang.t("time-today"),
            -1 => self.lang.t("time-tomorrow"),
            -6..=-2 => self.lang.t(&format!("weekday-{}", local.weekday().to_monday_one_offset())),
            _ => self.date_of(local),
        };
        self.lang.fill("time-ahead", [("day", &day), ("time", &clock_of(local))])
    }

    /// As a field for date and time has it, rounded up to the minute: `2026-11-27T09:30`.
    #[must_use]
    pub fn field(&self, at: Millis) -> String {
        let local = self.local(at + MINUTE - 1);
        format!("{}T{}", key_of(local.date()), clock_of(local))
    }

    /// For the line between days: "Today", "Yesterday", else the date with the weekday.
    #[must_use]
    pub fn day(&self, at: Millis) -> String {
        let local = self.local(at);
        match self.days_ago(local) {
            0 => self.lang.t("day-today"),
            1 => self.lang.t("day-yesterday"),
            _ => self.date_of(local),
        }
    }

    /// "27 nov.", with the year when it is another one.
    #[must_use]
    pub fn date(&self, at: Millis) -> String {
        self.date_of(self.local(at))
    }

    /// A day of the calendar, as [`Times::date`] says it.
    #[must_use]
    pub fn civil(&self, day: Date) -> String {
        self.date_of(day.at(0, 0, 0, 0))
    }

    fn date_of(&self, local: DateTime) -> String {
        let month = self.lang.t(&format!("month-{}", local.month()));
        let (day, year) = (local.day().to_string(), local.year().to_string());
        if local.year() == self.today.year() {
            self.lang.fill("date-short", [("day", &day), ("month", &month)])
        } else {
            self.lang.fill("date-year", [("day", &day), ("month", &month), ("year", &year)])
        }
    }

    /// "20 de novembro de 2026, 10:42".
    #[must_use]
    pub fn full(&self, at: Millis) -> String {
        let local = self.local(at);
        let month = self.lang.t(&format!("month-long-{}", local.month()));
        let (day, year, time) = (local.day().to_string(), local.year().to_string(), clock_of(local));
        self.lang.fill("date-full", [("day", &day), ("month", &month), ("year", &year), ("time", &time)])
    }

    /// `Fri, 20 Nov 2026 10:42:03 -0300`, as mails have it (RFC 5322 section 3.3).
    #[must_use]
    pub fn mail(&self, at: Millis) -> String {
        instant(at).to_zoned(self.zone.clone()).strftime("%a, %d %b %Y %H:%M:%S %z").to_string()
    }

    /// `2026-11-20T10:42:03-03:00`: for tables, readable by people and machines.
    #[must_use]
    pub fn stamp(&self, at: Millis) -> String {
        instant(at).to_zoned(self.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// A name for the local day, to group by.
    #[must_use]
    pub fn day_key(&self, at: Millis) -> String {
        key_of(self.local(at).date())
    }

    /// "1.012".
    #[must_use]
    pub fn number(&self, number: u64) -> String {
        let (digits, mark) = (number.to_string(), if self.lang == Lang::PtBr { '.' } else { ',' });
        let mut grouped = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push(mark);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// "1,2 MB".
    #[must_use]
    pub fn size(&self, bytes: u64) -> String {
        let (number, unit) = match bytes {
            0..1_000 => (bytes.to_string(), "size-bytes"),
            1_000..999_500 => (((bytes + 500) / 1_000).to_string(), "size-kb"),
            _ => {
                let mark = if self.lang == Lang::PtBr { "," } else { "." };
                let tenths = bytes.saturating_add(50_000) / 100_000;
                (format!("{}{mark}{}", tenths / 10, tenths % 10), "size-mb")
            }
        };
        self.lang.fill(unit, [("n", &number)])
    }
}

fn instant(at: Millis) -> Timestamp {
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn clock_of(time: DateTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

fn key_of(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::i18n::args;

    const DAY: Millis = 86_400_000;
    /// 20 November 2026, 13:42:05 UTC.
    const AT: Millis = 1_795_182_125_000;

    fn times(lang: Lang, now: Millis) -> Times {
        Times::new(lang, "America/Sao_Paulo", now)
    }

    #[test]
    fn a_time_reads_as_it_did_when_the_page_came() {
        let [pt, en] = [times(Lang::PtBr, AT), times(Lang::En, AT)];
        assert_eq!(pt.machine(AT), "2026-11-20T13:42:05Z");
        assert_eq!((pt.clock(AT), pt.short(AT), pt.day(AT)), ("10:42".into(), "10:42".into(), "Hoje".into()));
        assert_eq!((pt.short(AT - DAY), en.short(AT - DAY)), ("ontem".into(), "yesterday".into()));
        assert_eq!((pt.short(AT - 2 * DAY), en.short(AT - 6 * DAY)), ("quarta".into(), "Saturday".into()));
        assert_eq!((pt.short(AT - 7 * DAY), pt.date(AT - 400 * DAY)), ("13 nov.".into(), "16 out. 2025".into()));
        assert_eq!(pt.full(AT), "20 de novembro de 2026, 10:42");
        assert_eq!(pt.day_key(AT - 12 * 3_600_000), "2026-11-19");
        assert_eq!(
            (pt.size(1_250_000), en.size(999_500), pt.size(1_500), pt.size(999)),
            ("1,3 MB".into(), "1.0 MB".into(), "2 KB".into(), "999 bytes".into())
        );
        assert_eq!(pt.short(AT + 2 * DAY), "22 nov.", "a clock elsewhere may be ahead");
    }

    #[test]
    fn a_text_that_is_filled_reads_like_one_that_is_put_together() {
        for lang in Lang::ALL {
            for (day, month) in [("20", "novembro"), ("1", "{ $day }"), ("", "\u{1}0\u{1}")] {
                let values = [("day", day), ("month", month), ("year", "2026"), ("time", "10:42")];
                let expected = lang.with("date-full", &args(values.map(|(name, value)| (name, value.to_owned()))));
                assert_eq!(lang.fill("date-full", values), expected);
            }
        }
    }
}
