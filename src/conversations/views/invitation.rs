//! An invitation in words.

use super::super::model::{Invitation, Message, Method, Moment};
use crate::web::Cx;

/// The box of a meeting.
pub struct Invited {
    /// "Invitation", "Canceled", "Ana accepted".
    pub what: String,
    pub is_off: bool,
    pub title: String,
    /// Empty: nobody said.
    pub when: String,
    pub place: String,
    pub organizer: String,
    /// Where the calendar can be downloaded.
    pub file: Option<String>,
}

impl Invited {
    pub fn new(cx: &Cx, invitation: &Invitation, message: &Message) -> Self {
        let organizer = [&invitation.organizer.name, &invitation.organizer.address];
        let calendar = |mime: &str| matches!(mime, "text/calendar" | "application/ics");
        let when = when(cx, invitation);
        Self {
            what: what(cx, invitation),
            is_off: invitation.method == Method::Cancel,
            title: if invitation.title.is_empty() { cx.t("invitation-untitled") } else { invitation.title.clone() },
            when: if invitation.repeats && !when.is_empty() { cx.t1("invitation-repeats", "when", when) } else { when },
            place: invitation.place.clone(),
            organizer: organizer.into_iter().find(|text| !text.is_empty()).cloned().unwrap_or_default(),
            file: message.attachments.iter().find(|file| calendar(&file.mime)).map(|file| file.key.clone()),
        }
    }
}

fn what(cx: &Cx, invitation: &Invitation) -> String {
    let who = [&invitation.attendee.name, &invitation.attendee.address].into_iter().find(|text| !text.is_empty());
    let who = who.cloned().unwrap_or_else(|| cx.t("contact-nameless"));
    match (invitation.method, invitation.answer.as_str()) {
        (Method::Request, _) => cx.t("invitation-request"),
        (Method::Cancel, _) => cx.t("invitation-cancel"),
        (Method::Publish, _) => cx.t("invitation-publish"),
        (Method::Reply, "ACCEPTED") => cx.t1("invitation-accepted", "name", who),
        (Method::Reply, "DECLINED") => cx.t1("invitation-declined", "name", who),
        (Method::Reply, "TENTATIVE") => cx.t1("invitation-tentative", "name", who),
        (Method::Reply, _) => cx.t1("invitation-replied", "name", who),
    }
}

/// From when to when, in the reader's zone; the same day is named once.
fn when(cx: &Cx, invitation: &Invitation) -> String {
    let Some(starts) = &invitation.starts else { return String::new() };
    let from = moment(cx, starts);
    match (starts, &invitation.ends) {
        (_, None) => from,
        (start, Some(end)) if start == end => from,
        (Moment::At(start), Some(Moment::At(end))) if cx.times.day_key(*start) == cx.times.day_key(*end) => {
            cx.t2("invitation-span", ("from", from), ("to", cx.times.clock(*end)))
        }
        (_, Some(end)) => cx.t2("invitation-span", ("from", from), ("to", moment(cx, end))),
    }
}

fn moment(cx: &Cx, moment: &Moment) -> String {
    match moment {
        Moment::At(at) => cx.times.full(*at),
        // Noon, so that it is the same day in every zone where people live.
        Moment::Day(day) => match format!("{day}T12:00:00Z").parse::<jiff::Timestamp>() {
            Ok(noon) => cx.times.date(noon.as_millisecond()),
            Err(_) => day.clone(),
        },
        Moment::Unplaced(time, zone) if zone.is_empty() => cx.t1("invitation-local", "time", time),
        Moment::Unplaced(time, zone) => cx.t2("invitation-zone", ("time", time), ("zone", zone)),
    }
}
