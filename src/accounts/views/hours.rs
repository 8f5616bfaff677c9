//! When the company is open: in words, as an editor, and the list of holidays.

use askama::Template;
use jiff::civil::Date;

use crate::accounts::hours::{BRAZIL, Day, Hours, Plan};
use crate::accounts::routes::{HolidayForm, HoursForm, TypedHours};
use crate::clock::Millis;
use crate::error::Problems;
use crate::web::Cx;
use crate::web::times::Times;

/// A day of the week in the editor.
struct EditedDay {
    number: u8,
    field: String,
    /// Key of its name.
    name: String,
    state: String,
    rows: Vec<EditedInterval>,
}

struct EditedInterval {
    /// Its place among all rows of the form.
    place: usize,
    opens: String,
    closes: String,
    is_focused: bool,
}

impl EditedInterval {
    /// Whether nothing is typed into it: every day offers one.
    fn is_blank(&self) -> bool {
        self.opens.is_empty() && self.closes.is_empty()
    }

    /// What the button beside it does. Times only are said there, whatever was typed.
    fn removes(&self, cx: &Cx) -> String {
        if self.opens.len().max(self.closes.len()) > 8 {
            return cx.t("hours-remove-short");
        }
        cx.t2("hours-remove", ("opens", &self.opens), ("closes", &self.closes))
    }
}

/// A holiday in the list.
struct ListedHoliday {
    id: i64,
    name: String,
    /// When it is next, or was.
    when: String,
    machine: String,
    /// Key of how often it comes.
    repeats: &'static str,
    is_past: bool,
}

#[derive(Template)]
#[template(path = "accounts/hours.html")]
pub struct HoursPage {
    cx: Cx,
    /// Whether it is open, and until when, in a sentence.
    now: String,
    is_open: bool,
    zone: String,
    mode: String,
    days: Vec<EditedDay>,
    problems: Problems,
    holidays: Vec<ListedHoliday>,
    /// Whether some of Brazil's holidays are not in the list.
    offers_brazil: bool,
    holiday: HolidayForm,
    holiday_problems: Problems,
}

impl HoursPage {
    pub fn new(cx: Cx, hours: &Hours, form: &HoursForm, typed: TypedHours, now: Millis) -> Self {
        let zone = hours.zone.iana_name().unwrap_or("UTC").to_owned();
        let days = edited(form, typed.focus);
        let words = Words { cx: &cx, hours, times: Times::new(cx.lang, &zone, now), now };
        let mut holidays: Vec<(Option<Date>, ListedHoliday)> =
            hours.holidays.iter().map(|holiday| words.listed(holiday)).collect();
        holidays.sort_by(|(one, first), (other, second)| {
            (one.is_none(), *one, &first.machine).cmp(&(other.is_none(), *other, &second.machine))
        });
        let has = |day: &Day| hours.holidays.iter().any(|holiday| holiday.day == *day);
        Self {
            now: words.now(),
            is_open: hours.is_open(now),
            zone: zone_name(&cx, &zone),
            mode: form.mode.clone(),
            days,
            problems: typed.problems,
            holidays: holidays.into_iter().map(|(_, listed)| listed).collect(),
            offers_brazil: !BRAZIL.iter().all(|(_, day)| has(day)),
            holiday: typed.holiday,
            holiday_problems: typed.holiday_problems,
            cx,
        }
    }
}

/// A zone by the name people know.
fn zone_name(cx: &Cx, zone: &str) -> String {
    let known = crate::accounts::model::BRAZIL.iter().find(|(name, _)| *name == zone);
    known.map_or_else(|| zone.replace('_', " "), |(_, key)| cx.t(key))
}

/// The days of the editor, each with a row at least.
fn edited(form: &HoursForm, focus: u8) -> Vec<EditedDay> {
    let typed = form.rows();
    let (mut days, mut place) = (Vec::new(), 0);
    for number in 1..=7 {
        let mut times: Vec<(String, String)> =
            typed.iter().filter(|row| row.day == number).map(|row| (row.opens.clone(), row.closes.clone())).collect();
        if times.is_empty() {
            times.push(Default::default());
        }
        let last = times.len() - 1;
        let rows = times.into_iter().enumerate().map(|(own, (opens, closes))| EditedInterval {
            place: place + own,
            opens,
            closes,
            is_focused: focus == number && own == last,
        });
        let rows: Vec<EditedInterval> = rows.collect();
        place += rows.len();
        let state = match form.state(number) {
            state @ ("hours" | "all") => state.to_owned(),
            _ => "closed".to_owned(),
        };
        let (field, name) = (format!("day-{number}"), format!("hours-day-{number}"));
        days.push(EditedDay { number, field, name, state, rows });
    }
    days
}

/// Says in words when the company is open, in its own zone.
struct Words<'a> {
    cx: &'a Cx,
    hours: &'a Hours,
    times: Times,
    now: Millis,
}

impl Words<'_> {
    fn now(&self) -> String {
        let cx = self.cx;
        if self.hours.plan == Plan::Always {
            return cx.t("hours-now-always");
        }
        if self.hours.is_open(self.now) {
            return match self.hours.closing(self.now) {
                Some(closes) => cx.t1("hours-now-open", "when", self.until(closes)),
                None => cx.t("hours-now-open-always"),
            };
        }
        let closed = match self.hours.holiday(self.now) {
            Some(holiday) => cx.t1("hours-now-holiday", "name", &holiday.name),
            None => cx.t("hours-now-closed"),
        };
        match self.hours.next_opening(self.now) {
            Some(opens) => [closed, cx.t1("hours-next", "when", self.from(opens))].join(" "),
            None => [closed, cx.t("hours-next-never")].join(" "),
        }
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
        self.cx.t2("hours-day-time", ("day", self.day(day, closes)), ("time", time))
    }

    /// "today at 13:00", "Monday at 09:00".
    fn from(&self, opens: Millis) -> String {
        let (today, day, time) = (self.hours.date(self.now), self.hours.date(opens), self.times.clock(opens));
        if day == today {
            return self.cx.t1("hours-today-at", "time", time);
        }
        if today.tomorrow().is_ok_and(|tomorrow| tomorrow == day) {
            return self.cx.t1("hours-tomorrow-at", "time", time);
        }
        self.cx.t2("hours-day-at", ("day", self.day(day, opens)), ("time", time))
    }

    /// The weekday within a week, else the date.
    fn day(&self, day: Date, at: Millis) -> String {
        let days = (day - self.hours.date(self.now)).get_days();
        match days {
            0..7 => self.cx.t(&format!("weekday-{}", day.weekday().to_monday_one_offset())),
            _ => self.times.date(at),
        }
    }

    fn listed(&self, holiday: &crate::accounts::hours::Holiday) -> (Option<Date>, ListedHoliday) {
        let next = holiday.day.next(self.hours.date(self.now));
        let date = next.or(match holiday.day {
            Day::Once(date) => Some(date),
            _ => None,
        });
        let noon = date.and_then(|date| self.hours.zone.to_timestamp(date.at(12, 0, 0, 0)).ok());
        let repeats = match holiday.day {
            Day::Once(_) => "holiday-once",
            Day::Yearly(_) => "holiday-yearly",
            Day::Easter(_) => "holiday-easter",
        };
        let listed = ListedHoliday {
            id: holiday.id,
            name: holiday.name.clone(),
            when: noon.map(|noon| self.times.date(noon.as_millisecond())).unwrap_or_default(),
            machine: date.map(|date| date.to_string()).unwrap_or_default(),
            repeats,
            is_past: next.is_none(),
        };
        (next, listed)
    }
}
