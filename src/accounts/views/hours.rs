//! When the company is open: in words, as an editor, and the list of holidays.

use askama::Template;
use jiff::civil::Date;

use crate::accounts::hours::{BRAZIL, Day, Holiday, Hours, Words};
use crate::accounts::routes::{HolidayForm, HoursForm, TypedHours};
use crate::clock::Millis;
use crate::error::Problems;
use crate::web::Cx;

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
        let words = Words::new(cx.lang, hours, now);
        let mut holidays: Vec<(Option<Date>, ListedHoliday)> =
            hours.holidays.iter().map(|holiday| listed(&words, holiday)).collect();
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

/// A holiday in the list, with the date it is next.
fn listed(words: &Words<'_>, holiday: &Holiday) -> (Option<Date>, ListedHoliday) {
    let next = holiday.day.next(words.hours.date(words.now));
    let date = next.or(match holiday.day {
        Day::Once(date) => Some(date),
        _ => None,
    });
    let noon = date.and_then(|date| words.hours.zone.to_timestamp(date.at(12, 0, 0, 0)).ok());
    let repeats = match holiday.day {
        Day::Once(_) => "holiday-once",
        Day::Yearly(_) => "holiday-yearly",
        Day::Easter(_) => "holiday-easter",
    };
    let listed = ListedHoliday {
        id: holiday.id,
        name: holiday.name.clone(),
        when: noon.map(|noon| words.times.date(noon.as_millisecond())).unwrap_or_default(),
        machine: date.map(|date| date.to_string()).unwrap_or_default(),
        repeats,
        is_past: next.is_none(),
    };
    (next, listed)
}
