//! When the company is open. The editor works without script: a button that adds or takes away an interval sends the form
//! and gets it back changed; nothing is stored before it is saved.

use rocket::form::FromForm;
use rocket::http::Status;
use rocket::{State, get, put};

use super::holidays::HolidayForm;
use crate::accounts::hours::{Flaw, Interval, Mode, Week, parse_time, show_time, tidy};
use crate::accounts::store::hours;
use crate::accounts::views::HoursPage;
use crate::auth::{May, Settings};
use crate::db::Db;
use crate::error::{Problems, Result};
use crate::web::{Answer, Cx, Html, Page, Posted, Reply, redirect};

pub(super) const PAGE: &str = "/settings/hours";

/// Monday to Friday, from 9 to 18: where an editor begins that was never used.
const USUAL: Interval = Interval { opens: 9 * 60, closes: 18 * 60 };

/// The fields in which a day's problem is shown.
const DAYS: [&str; 7] = ["day-1", "day-2", "day-3", "day-4", "day-5", "day-6", "day-7"];

/// The editor as it is sent: a state for each day, Monday first, and rows of intervals that name their day.
#[derive(FromForm, Clone, Default)]
pub struct HoursForm {
    #[field(default = "")]
    pub mode: String,
    /// `closed`, `hours` or `all`.
    pub state: Vec<String>,
    day: Vec<u8>,
    opens: Vec<String>,
    closes: Vec<String>,
    /// The day that wants one more interval.
    add: Option<u8>,
    /// The row to take away, counted over all days.
    remove: Option<usize>,
    /// Whether Monday holds for the other working days too.
    copy: Option<String>,
}

/// One interval as typed.
#[derive(Clone)]
pub struct TypedInterval {
    pub day: u8,
    pub opens: String,
    pub closes: String,
}

impl HoursForm {
    /// The form as it is stored; a usual week where nothing is.
    fn of(mode: Mode, stored: &Week) -> Self {
        let mut week = stored.clone();
        if mode == Mode::Always && week.iter().all(Vec::is_empty) {
            for day in &mut week[..5] {
                day.push(USUAL);
            }
        }
        let mut form = Self { mode: mode.as_str().to_owned(), ..<Self as Default>::default() };
        for (day, intervals) in (1..).zip(&week) {
            let state = match intervals.as_slice() {
                [] => "closed",
                [Interval::ALL_DAY] => "all",
                _ => "hours",
            };
            form.state.push(state.to_owned());
            let shown = intervals.iter().filter(|_| state == "hours");
            let rows = shown.map(|one| TypedInterval {
                day,
                opens: show_time(one.opens),
                // A field for times ends before midnight; the same midnight is the day's beginning.
                closes: show_time(one.closes % crate::accounts::hours::DAY_MINUTES),
            });
            form.push(rows);
        }
        form
    }

    fn push(&mut self, rows: impl Iterator<Item = TypedInterval>) {
        for row in rows {
            self.day.push(row.day);
            self.opens.push(row.opens);
            self.closes.push(row.closes);
        }
    }

    /// The rows, by day.
    pub fn rows(&self) -> Vec<TypedInterval> {
        let times = self.opens.iter().zip(&self.closes);
        let rows = self.day.iter().zip(times).map(|(day, (opens, closes))| TypedInterval {
            day: *day,
            opens: opens.clone(),
            closes: closes.clone(),
        });
        let mut rows: Vec<TypedInterval> = rows.collect();
        rows.sort_by_key(|row| row.day);
        rows
    }

    /// How a day is: open in hours, all day, or closed.
    pub fn state(&self, day: u8) -> &str {
        self.state.get(usize::from(day).saturating_sub(1)).map_or("closed", String::as_str)
    }

    fn set_state(&mut self, day: u8, state: &str) {
        self.state.resize(7, "closed".to_owned());
        if let Some(own) = usize::from(day).checked_sub(1).and_then(|day| self.state.get_mut(day)) {
            state.clone_into(own);
        }
    }

    /// The form with what a button of the editor changes; `None`: it is to be saved. The day is where the change is seen.
    fn edited(&self) -> Option<(Self, u8)> {
        let mut form = Self { add: None, remove: None, copy: None, ..self.clone() };
        let mut rows = self.rows();
        let day = if let Some(day) = self.add {
            let at = rows.partition_point(|row| row.day <= day);
            rows.insert(at, TypedInterval { day, opens: String::new(), closes: String::new() });
            form.set_state(day, "hours");
            day
        } else if let Some(row) = self.remove {
            let day = rows.get(row)?.day;
            rows.remove(row);
            if rows.iter().all(|row| row.day != day) {
                form.set_state(day, "closed");
            }
            day
        } else {
            self.copy.as_ref()?;
            rows.retain(|row| row.day == 1 || row.day > 5);
            let monday: Vec<TypedInterval> = rows.iter().filter(|row| row.day == 1).cloned().collect();
            for day in 2..=5 {
                form.set_state(day, self.state(1));
                rows.extend(monday.iter().map(|row| TypedInterval { day, ..row.clone() }));
            }
            rows.sort_by_key(|row| row.day);
            2
        };
        (form.day, form.opens, form.closes) = Default::default();
        form.push(rows.into_iter());
        Some((form, day))
    }

    /// What is to be stored, and what is wrong with it.
    fn read(&self) -> (Mode, Week, Problems) {
        let (mode, mut week, mut problems) = (Mode::parse(&self.mode), Week::default(), Problems::default());
        for ((day, field), intervals) in (1..).zip(DAYS).zip(&mut week) {
            match self.intervals(day) {
                Ok(read) => *intervals = read,
                Err(key) => problems.add(field, key),
            }
        }
        if mode == Mode::Week && problems.is_empty() && week.iter().all(Vec::is_empty) {
            problems.add("mode-week", "hours-never");
        }
        (mode, week, problems)
    }

    /// The intervals of a day, or the key of what is wrong.
    fn intervals(&self, day: u8) -> std::result::Result<Vec<Interval>, &'static str> {
        match self.state(day) {
            "all" => return Ok(vec![Interval::ALL_DAY]),
            "hours" => {}
            _ => return Ok(Vec::new()),
        }
        let mut intervals = Vec::new();
        for row in self.rows().into_iter().filter(|row| row.day == day) {
            if row.opens.trim().is_empty() && row.closes.trim().is_empty() {
                continue;
            }
            let times = parse_time(&row.opens).zip(parse_time(&row.closes));
            let (opens, closes) = times.ok_or("hours-time-wrong")?;
            // "Until midnight" is typed as 00:00.
            let closes = if closes == 0 { Interval::ALL_DAY.closes } else { closes };
            intervals.push(Interval { opens, closes });
        }
        match tidy(intervals) {
            Ok(intervals) if intervals.is_empty() => Err("hours-missing"),
            Ok(intervals) => Ok(intervals),
            Err(Flaw::Order) => Err("hours-order"),
            Err(Flaw::Overlap) => Err("hours-overlap"),
        }
    }
}

/// What was typed into one of the two forms of the page.
#[derive(Default)]
pub struct TypedHours {
    pub week: Option<HoursForm>,
    pub holiday: HolidayForm,
    pub problems: Problems,
    pub holiday_problems: Problems,
    /// The day whose newest interval gets the focus.
    pub focus: u8,
}

#[get("/settings/hours")]
pub async fn show_hours(_viewer: May<Settings>, cx: Cx, db: &State<Db>) -> Page {
    Ok(page(cx, db, TypedHours::default()).await?)
}

/// The page, with what was typed into one of its forms.
pub(super) async fn page(cx: Cx, db: &Db, mut typed: TypedHours) -> Result<Html> {
    let read =
        db.read(|connection| Ok((hours::hours(connection)?, hours::mode(connection)?, hours::week(connection)?)));
    let (stored, mode, week) = read.await?;
    let form = typed.week.take().unwrap_or_else(|| HoursForm::of(mode, &week));
    Html::render(&HoursPage::new(cx, &stored, &form, typed, db.clock().now()))
}

#[put("/settings/hours", data = "<form>")]
pub async fn save_hours(viewer: May<Settings>, cx: Cx, db: &State<Db>, form: Posted<HoursForm>) -> Answer<Reply> {
    if let Some((form, focus)) = form.0.edited() {
        let typed = TypedHours { week: Some(form), focus, ..TypedHours::default() };
        return Ok(Reply::Html(page(cx, db, typed).await?));
    }
    let (mode, week, problems) = form.0.read();
    if !problems.is_empty() {
        let typed = TypedHours { week: Some(form.0), problems, ..TypedHours::default() };
        let html = page(cx, db, typed).await?;
        return Ok(Reply::Html(html.with_status(Status::UnprocessableEntity)));
    }
    db.write(move |tx| hours::save(tx, &viewer, mode, &week)).await?;
    Ok(redirect(PAGE, "hours-saved"))
}
