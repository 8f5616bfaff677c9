//! Invitations in mails (RFC 5545 and 5546): what a reader needs of one meeting, with its times placed in the world.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

use super::{clean, zones};
use crate::conversations::model::{Invitation, Mailbox, Method, Moment};

/// Lines of a calendar that are read.
const LINES: usize = 5_000;
/// Longest title and place in characters.
const LONGEST: usize = 300;

/// One line: `NAME;PARAMETER=value:value`.
struct Property<'a> {
    name: String,
    parameters: Vec<(String, &'a str)>,
    value: &'a str,
}

/// Reads the first meeting of a calendar.
pub(super) fn read(text: &str) -> Option<Invitation> {
    let unfolded = text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "");
    let lines: Vec<Property<'_>> = unfolded.lines().take(LINES).filter_map(property).collect();
    let is = |line: &Property<'_>, name: &str, value: &str| line.name == name && line.value.eq_ignore_ascii_case(value);
    let start = lines.iter().position(|line| is(line, "BEGIN", "VEVENT"))?;
    let length = lines[start..].iter().position(|line| is(line, "END", "VEVENT")).unwrap_or(lines.len() - start);
    let event = &lines[start..start + length];
    let method = lines.iter().find(|line| line.name == "METHOD").map(|line| line.value.to_ascii_uppercase());
    let is_off = event.iter().any(|line| is(line, "STATUS", "CANCELLED"));
    let mut found = Invitation {
        method: match method.as_deref() {
            Some("CANCEL") => Method::Cancel,
            _ if is_off => Method::Cancel,
            Some("REPLY") => Method::Reply,
            Some("REQUEST") => Method::Request,
            _ => Method::Publish,
        },
        ..Invitation::default()
    };
    for line in event {
        match line.name.as_str() {
            "SUMMARY" => found.title = words(line.value),
            "LOCATION" => found.place = words(line.value),
            "DTSTART" => found.starts = moment(line, &lines),
            "DTEND" => found.ends = moment(line, &lines).map(last_day),
            "RRULE" | "RDATE" => found.repeats = true,
            "ORGANIZER" => found.organizer = person(line),
            "ATTENDEE" if found.attendee.address.is_empty() => {
                found.attendee = person(line);
                found.answer = line.parameter("PARTSTAT").unwrap_or_default().to_ascii_uppercase();
            }
            _ => {}
        }
    }
    Some(found)
}

/// The end of a stretch of days is the day after it.
fn last_day(end: Moment) -> Moment {
    match end {
        Moment::Day(day) => {
            let last = day.parse::<Date>().ok().and_then(|day| day.yesterday().ok());
            Moment::Day(last.map_or(day, |last| last.to_string()))
        }
        other => other,
    }
}

impl Property<'_> {
    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }
}

fn property(line: &str) -> Option<Property<'_>> {
    let mut quoted = false;
    let colon = line.char_indices().find(|(_, letter)| {
        quoted ^= *letter == '"';
        *letter == ':' && !quoted
    })?;
    let (head, value) = (&line[..colon.0], line[colon.0 + 1..].trim());
    let mut parts = head.split(';');
    let name = parts.next()?.trim().to_ascii_uppercase();
    let parameters = parts.filter_map(|part| part.split_once('='));
    let parameters = parameters.map(|(name, value)| (name.to_ascii_uppercase(), value.trim_matches('"'))).collect();
    Some(Property { name, parameters, value })
}

/// Text without its escapes, on one line.
fn words(value: &str) -> String {
    let plain =
        value.replace("\\n", " ").replace("\\N", " ").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\");
    clean::line(&plain, LONGEST)
}

fn person(line: &Property<'_>) -> Mailbox {
    let address = line.value.split_once(':').map_or(line.value, |(_, address)| address);
    let address = super::mailbox::address(address);
    Mailbox { name: clean::line(line.parameter("CN").unwrap_or_default(), 200), address }
}

/// `20261127`, `20261127T130000Z`, or `20261127T100000` in a zone.
fn moment(line: &Property<'_>, lines: &[Property<'_>]) -> Option<Moment> {
    let value = line.value;
    if line.parameter("VALUE") == Some("DATE") || value.len() == 8 {
        return Date::strptime("%Y%m%d", value).ok().map(|day| Moment::Day(day.to_string()));
    }
    let local = DateTime::strptime("%Y%m%dT%H%M%S", value.trim_end_matches(['Z', 'z'])).ok()?;
    let name = line.parameter("TZID").unwrap_or_default();
    let zone = if value.ends_with(['Z', 'z']) { Some(TimeZone::UTC) } else { zone(name, lines) };
    let placed = zone.and_then(|zone| local.to_zoned(zone).ok());
    Some(match placed {
        Some(placed) => Moment::At(placed.timestamp().as_millisecond()),
        None => Moment::Unplaced(local.strftime("%Y-%m-%d %H:%M").to_string(), clean::line(name, 100)),
    })
}

/// The zone with this name: as the world calls it, as Windows does, or as the calendar itself defines it if it knows but
/// one offset.
fn zone(name: &str, lines: &[Property<'_>]) -> Option<TimeZone> {
    if name.is_empty() {
        return None;
    }
    let known = |name: &str| TimeZone::get(name).ok();
    // Some programs write a path before the name: `/freeassociation.sourceforge.net/America/Sao_Paulo`.
    let tail: Vec<&str> = name.rsplitn(3, '/').take(2).collect();
    let tail: Vec<&str> = tail.into_iter().rev().collect();
    known(name)
        .or_else(|| zones::of_windows(name).and_then(known))
        .or_else(|| if name.contains('/') { known(&tail.join("/")) } else { None })
        .or_else(|| defined(name, lines))
}

fn defined(name: &str, lines: &[Property<'_>]) -> Option<TimeZone> {
    let start = lines.iter().position(|line| line.name == "TZID" && line.value == name)?;
    let block = lines[start..].iter().take_while(|line| !(line.name == "END" && line.value == "VTIMEZONE"));
    let mut offsets: Vec<i32> =
        block.filter(|line| line.name == "TZOFFSETTO").filter_map(|line| offset(line.value)).collect();
    offsets.dedup();
    match offsets.as_slice() {
        [only] => Offset::from_seconds(*only).ok().map(TimeZone::fixed),
        _ => None,
    }
}

/// `-0300` or `+053000` in seconds.
fn offset(text: &str) -> Option<i32> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("-", digits) => (-1, digits),
        ("+", digits) => (1, digits),
        _ => return None,
    };
    let part = |from: usize| digits.get(from..from + 2).map_or(Some(0), |two| two.parse::<i32>().ok());
    Some(sign * (part(0)? * 3600 + part(2)? * 60 + part(4)?))
}
