//! When the company is open, in words of one language and in its own zone.

use jiff::civil::Date;

use super::{Hours, Plan};
use crate::clock::Millis;
use crate::web::Lang;
use crate::web::i18n::{arg, args};
use crate::web::times::Times;

/// Says it as of one moment.
pub struct Words<'a> {
    pub hours: &'a Hours,
    pub times: Times,
    pub now: Millis,
    lang: Lang,
}

impl<'a> Words<'a> {
    /// As of `now`.
    #[must_use]
    pub fn new(lang: Lang, hours: &'a Hours, now: Millis) -> Self {
        let zone = hours.zone.iana_name().unwrap_or("UTC");
        Self { hours, times: Times::new(lang, zone, now), now, lang }
    }

    /// Whether it is open and until when, or when it opens: a sentence or two.
    #[must_use]
    pub fn now(&self) -> String {
        if self.hours.plan == Plan::Always {
            return self.lang.t("hours-now-always");
        }
        if self.hours.is_open(self.now) {
            return match self.hours.closing(self.now) {
                Some(closes) => self.lang.with("hours-now-open", &arg("when", self.until(closes))),
                None => self.lang.t("hours-now-open-always"),
            };
        }
        let closed = match self.hours.holiday(self.now) {
            Some(holiday) => self.lang.with("hours-now-holiday", &arg("name", holiday.name.clone())),
            None => self.lang.t("hours-now-closed"),
        };
        match self.next_opening() {
            Some(when) => [closed, self.lang.with("hours-next", &arg("when", when))].join(" "),
            None => [closed, self.lang.t("hours-next-never")].join(" "),
        }
    }

    /// "today at 13:00", "Monday at 09:00". `None`: not within two years.
    #[must_use]
    pub fn next_opening(&self) -> Option<String> {
        let opens = self.hours.next_opening(self.now)?;
        let (today, day, time) = (self.hours.date(self.now), self.hours.date(opens), self.times.clock(opens));
        Some(if day == today {
            self.lang.with("hours-today-at", &arg("time", time))
        } else if today.tomorrow().is_ok_and(|tomorrow| tomorrow == day) {
            self.lang.with("hours-tomorrow-at", &arg("time", time))
        } else {
            self.lang.with("hours-day-at", &args([("day", self.day(day, opens)), ("time", time)]))
        })
    }

    /// "18:00", "24:00", "Saturday, 12:00".
    fn until(&self, closes: Millis) -> String {
        let (today, day, time) = (self.hours.date(self.now), self.hours.date(closes), self.times.clock(closes));
        if day == today {
            return time;
        }
        if today.tomorrow().is_ok_and(|tomorrow| tomorrow == day) && time == "00:00" {
            return "24:00".to_owned();
        }
        self.lang.with("hours-day-time", &args([("day", self.day(day, closes)), ("time", time)]))
    }

    /// The weekday within a week, else the date.
    fn day(&self, day: Date, at: Millis) -> String {
        let days = (day - self.hours.date(self.now)).get_days();
        match days {
            0..7 => self.lang.t(&format!("weekday-{}", day.weekday().to_monday_one_offset())),
            _ => self.times.date(at),
        }
    }
}
