use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;

const MINUTE: Millis = 60_000;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("a zone")
}

fn interval(opens: u16, closes: u16) -> Interval {
    Interval { opens, closes }
}

/// A moment in a zone; the first where the clocks show it twice.
fn at(zone: &TimeZone, date: Date, hour: i8, minute: i8) -> Millis {
    zone.to_timestamp(date.at(hour, minute, 0, 0)).expect("a moment").as_millisecond()
}

fn week(zone: TimeZone, day: &[Interval]) -> Hours {
    let mut week = Week::default();
    for weekday in &mut week[..5] {
        day.clone_into(weekday);
    }
    Hours { zone, plan: Plan::Week(week), holidays: Vec::new() }
}

#[test]
fn an_office_opens_after_lunch_after_the_weekend_and_after_a_holiday() {
    let sao_paulo = zone("America/Sao_Paulo");
    let mut hours = week(sao_paulo.clone(), &[interval(540, 720), interval(780, 1080)]);
    let friday = date(2026, 12, 18);
    let moment = |date, hour, minute| at(&sao_paulo, date, hour, minute);
    assert!(hours.is_open(moment(friday, 9, 0)) && !hours.is_open(moment(friday, 12, 0)), "an end is not inside");
    assert_eq!(hours.closing(moment(friday, 10, 30)), Some(moment(friday, 12, 0)));
    assert_eq!(hours.next_opening(moment(friday, 12, 30)), Some(moment(friday, 13, 0)));
    assert_eq!(hours.next_opening(moment(friday, 18, 0)), Some(moment(date(2026, 12, 21), 9, 0)));
    assert_eq!(hours.next_opening(moment(friday, 9, 30)), Some(moment(friday, 9, 30)), "it is open");
    let christmas = Holiday { id: 1, name: "Natal".to_owned(), day: Day::every_year(date(2020, 12, 25)) };
    hours.holidays = vec![christmas];
    let eve = date(2026, 12, 24);
    assert_eq!(hours.next_opening(moment(eve, 18, 0)), Some(moment(date(2026, 12, 28), 9, 0)));
    assert_eq!(hours.holiday(moment(date(2026, 12, 25), 0, 0)).map(|found| found.name.as_str()), Some("Natal"));
    assert_eq!(hours.holiday(moment(eve, 23, 59)), None);
    assert_eq!(hours.closing(moment(eve, 19, 0)), None, "it is closed");
}

#[test]
fn days_around_the_clock_run_into_each_other_and_never_close() {
    let utc = TimeZone::UTC;
    let mut hours = week(utc.clone(), &[Interval::ALL_DAY]);
    let monday = date(2026, 11, 16);
    assert_eq!(hours.closing(at(&utc, monday, 1, 0)), Some(at(&utc, date(2026, 11, 21), 0, 0)));
    let Plan::Week(days) = &mut hours.plan else { panic!("a week") };
    for day in days.iter_mut() {
        *day = vec![Interval::ALL_DAY];
    }
    assert_eq!(hours.closing(at(&utc, monday, 1, 0)), None);
    assert_eq!(hours.next_opening(at(&utc, monday, 1, 0)), Some(at(&utc, monday, 1, 0)));
    hours.plan = Plan::Week(Week::default());
    assert_eq!(hours.next_opening(at(&utc, monday, 1, 0)), None);
    hours.plan = Plan::Always;
    assert!(hours.is_open(0) && hours.closing(0).is_none());
}

#[test]
fn clocks_that_are_set_lengthen_and_shorten_the_day() {
    // Brazil's summer time began at midnight: 4 November 2018 had no hour from 0 to 1.
    let sao_paulo = zone("America/Sao_Paulo");
    let mut hours = week(sao_paulo.clone(), &[]);
    let Plan::Week(days) = &mut hours.plan else { panic!("a week") };
    days[6] = vec![interval(30, 120)];
    days[5] = vec![interval(1380, 1440)];
    let jump = at(&sao_paulo, date(2018, 11, 4), 1, 0);
    assert_eq!(hours.next_opening(jump - 2 * 60 * MINUTE), Some(jump - 60 * MINUTE), "Saturday from 23 on");
    assert_eq!(hours.closing(jump), Some(jump + 60 * MINUTE), "from the jump until 2");
    assert_eq!(hours.closing(jump - MINUTE), Some(jump + 60 * MINUTE), "midnight is where the jump is");
    // It ended on 18 February 2018: Saturday had its last hour twice.
    let eleven = at(&sao_paulo, date(2018, 2, 17), 23, 0);
    assert_eq!(hours.next_opening(eleven - MINUTE), Some(eleven));
    assert_eq!(hours.closing(eleven), Some(eleven + 2 * 60 * MINUTE));
    // An interval that the jump swallows is none.
    let Plan::Week(days) = &mut hours.plan else { panic!("a week") };
    days[6] = vec![interval(10, 50)];
    days[5] = Vec::new();
    assert_eq!(hours.next_opening(jump - MINUTE), Some(at(&sao_paulo, date(2018, 11, 11), 0, 10)));
}

#[test]
fn easter_and_what_moves_with_it_are_on_the_days_of_the_calendar() {
    for (year, month, day) in [(2008, 3, 23), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)]
    {
        assert_eq!(easter(year), Some(date(year, month, day)));
    }
    let named = |name: &str| BRAZIL.iter().find(|(key, _)| *key == name).map(|(_, day)| *day).expect("a holiday");
    assert_eq!(named("holiday-carnival-tuesday").in_year(2026), Some(date(2026, 2, 17)));
    assert_eq!(named("holiday-good-friday").in_year(2026), Some(date(2026, 4, 3)));
    assert_eq!(named("holiday-corpus-christi").in_year(2026), Some(date(2026, 6, 4)));
    assert_eq!(named("holiday-corpus-christi").next(date(2026, 6, 5)), Some(date(2027, 5, 27)));
    assert_eq!(Day::every_year(date(2024, 2, 29)).next(date(2024, 3, 1)), Some(date(2028, 2, 29)));
    assert_eq!(Day::Once(date(2026, 1, 1)).next(date(2026, 1, 2)), None);
    for (day, kept) in [(Day::Easter(-47), "easter-47"), (Day::Easter(60), "easter+60")] {
        assert_eq!(day.to_string(), kept);
    }
}

#[test]
fn times_are_read_as_people_write_them() {
    for (typed, minutes) in [("9", 540), ("09:30", 570), ("9h", 540), ("9h30", 570), ("24:00", 1440), (" 18.15 ", 1095)]
    {
        assert_eq!(parse_time(typed), Some(minutes), "{typed}");
    }
    for typed in ["", "25:00", "9:60", "24:01", "-1", "9:3x", "0900", "+9", "9:"] {
        assert_eq!(parse_time(typed), None, "{typed}");
    }
    assert_eq!(tidy(vec![interval(780, 1080), interval(540, 720)]), Ok(vec![interval(540, 720), interval(780, 1080)]));
    assert_eq!(tidy(vec![interval(720, 1080), interval(540, 720)]), Ok(vec![interval(540, 1080)]));
    assert_eq!(tidy(vec![interval(700, 1080), interval(540, 720)]), Err(Flaw::Overlap));
    assert_eq!(tidy(vec![interval(700, 700)]), Err(Flaw::Order));
}

/// Zones that set their clocks at odd times and by odd amounts.
const ZONES: [&str; 6] =
    ["America/Sao_Paulo", "Europe/Lisbon", "Atlantic/Azores", "Australia/Lord_Howe", "America/Havana", "Pacific/Apia"];

prop_compose! {
    fn any_hours()(
        zone in 0..ZONES.len(),
        edges in prop::collection::vec(prop::collection::btree_set(0_u16..=96, 0..7), 7),
        holidays in prop::collection::vec((0_i64..5, -60_i16..80), 0..3),
    ) -> Hours {
        let mut week = Week::default();
        for (day, edges) in week.iter_mut().zip(edges) {
            let edges: Vec<u16> = edges.into_iter().map(|edge| edge * 15).collect();
            let intervals = edges.chunks_exact(2).map(|pair| interval(pair[0], pair[1]));
            *day = tidy(intervals.collect()).expect("in order");
        }
        let holidays = holidays.into_iter().map(|(id, days)| {
            Holiday { id, name: "Festa".to_owned(), day: Day::Easter(days) }
        });
        Hours { zone: self::zone(ZONES[zone]), plan: Plan::Week(week), holidays: holidays.collect() }
    }
}

proptest! {
    /// From a moment to the next opening nothing is open, at it something is, and an opening lasts until it closes.
    #[test]
    fn the_next_opening_is_the_first_moment_that_is_open(
        hours in any_hours(),
        moment in 1_200_000_000_000_i64..1_900_000_000_000,
    ) {
        let moment = moment - moment % MINUTE;
        match hours.next_opening(moment) {
            None => prop_assert!(!hours.is_open(moment) && hours.closing(moment).is_none()),
            Some(opens) => {
                prop_assert!(opens >= moment && hours.is_open(opens));
                prop_assert_eq!(opens == moment, hours.is_open(moment));
                let step = ((opens - moment) / 400).max(MINUTE);
                for early in (0..400).map(|n| moment + n * step).take_while(|early| *early < opens) {
                    prop_assert!(!hours.is_open(early), "open at {early} before {opens}");
                }
                prop_assert!(opens == moment || !hours.is_open(opens - 1));
                if let Some(closes) = hours.closing(opens) {
                    prop_assert!(closes > opens && !hours.is_open(closes) && hours.is_open(closes - 1));
                    let step = ((closes - opens) / 400).max(MINUTE);
                    for inside in (0..400).map(|n| opens + n * step).take_while(|inside| *inside < closes) {
                        prop_assert!(hours.is_open(inside), "closed at {inside} before {closes}");
                    }
                }
            }
        }
    }

    /// Wherever the clocks show each time once, it is open exactly when they show a time inside an interval.
    #[test]
    fn on_plain_days_the_clock_on_the_wall_decides(
        hours in any_hours(),
        moment in 1_200_000_000_000_i64..1_900_000_000_000,
    ) {
        let stamp = jiff::Timestamp::from_millisecond(moment).expect("a moment");
        let around = |days: i64| hours.zone.to_offset(stamp + jiff::SignedDuration::from_hours(24 * days));
        prop_assume!(around(-2) == around(2));
        let local = hours.zone.to_datetime(stamp);
        let minute = u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute())).expect("of a day");
        let Plan::Week(week) = &hours.plan else { unreachable!() };
        let day = &week[usize::try_from(local.weekday().to_monday_zero_offset()).expect("of a week")];
        let inside = day.iter().any(|one| (one.opens..one.closes).contains(&minute));
        let free = hours.holidays.iter().any(|holiday| holiday.day.falls_on(local.date()));
        prop_assert_eq!(hours.is_open(moment), inside && !free);
    }
}
