//! Intervals of a day, as typed and as shown.

/// Minutes of a day; as the end of an interval the end of the day.
pub const DAY_MINUTES: u16 = 24 * 60;

/// A part of a day in minutes from midnight: from `opens` until before `closes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    pub opens: u16,
    pub closes: u16,
}

impl Interval {
    /// The whole day.
    pub const ALL_DAY: Self = Self { opens: 0, closes: DAY_MINUTES };
}

/// What is wrong with the intervals of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// One ends before it begins.
    Order,
    /// Two share a part of the day.
    Overlap,
}

/// A time as people write it ("9", "9:30", "09h30", "24:00"), in minutes. `None` if it is none.
#[must_use]
pub fn parse_time(typed: &str) -> Option<u16> {
    let typed = typed.trim().trim_end_matches(['h', 'H']);
    let (hours, minutes) = typed.split_once([':', 'h', 'H', '.']).unwrap_or((typed, "0"));
    let number = |text: &str| -> Option<u16> {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits { text.parse().ok() } else { None }
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (minutes < 60 && hours * 60 + minutes <= DAY_MINUTES).then_some(hours * 60 + minutes)
}

/// "09:30", the end of a day as "24:00".
#[must_use]
pub fn show_time(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// "09:00–12:00, 13:00–18:00"; empty for a closed day.
#[must_use]
pub fn show_day(intervals: &[Interval]) -> String {
    let each = intervals.iter().map(|one| [show_time(one.opens), show_time(one.closes)].join("–"));
    each.collect::<Vec<_>>().join(", ")
}

/// The intervals in their order, those that touch made one.
///
/// # Errors
/// What is wrong with them.
pub fn tidy(mut intervals: Vec<Interval>) -> Result<Vec<Interval>, Flaw> {
    if intervals.iter().any(|one| one.opens >= one.closes || one.closes > DAY_MINUTES) {
        return Err(Flaw::Order);
    }
    intervals.sort_unstable();
    if intervals.windows(2).any(|pair| pair[1].opens < pair[0].closes) {
        return Err(Flaw::Overlap);
    }
    let mut joined: Vec<Interval> = Vec::new();
    for next in intervals {
        match joined.last_mut() {
            Some(last) if last.closes == next.opens => last.closes = next.closes,
            _ => joined.push(next),
        }
    }
    Ok(joined)
}
