//! The page of the log, and the file of it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rocket::form::FromForm;
use rocket::futures::stream::{self, Stream};
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};

use super::export::{Format, Scribe};
use super::model::{Area, Filter, Place, Who};
use super::store;
use super::views::{LogPage, chosen};
use crate::auth::{Audit, Guard, May, Right};
use crate::clock::Millis;
use crate::db::Db;
use crate::events::Event;
use crate::web::{Answer, Cx, Failure, Guards, Html, Page, Piece, Posted, Written};

/// Entries of one page, and of one piece of a file.
const PAGE: u32 = 50;
const PIECE: u32 = 500;

/// What each handler asks of its caller.
pub const GUARDS: Guards =
    &[("show_activity", Guard::May(Right::Audit)), ("export_activity", Guard::May(Right::Audit))];

pub(super) fn all() -> Vec<Route> {
    routes![show_activity, export_activity]
}

/// A filter as an address or a form names it. What cannot be understood filters nothing.
#[derive(FromForm)]
pub struct FilterFields {
    person: Option<String>,
    area: Option<String>,
    from: Option<String>,
    to: Option<String>,
    before: Option<String>,
}

impl FilterFields {
    /// Days are those of `zone`; the last one counts whole.
    fn read(&self, zone: &str) -> (Filter, [String; 2]) {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let date = |typed: &Option<String>| typed.as_deref().and_then(|typed| typed.trim().parse::<Date>().ok());
        let start = |date: Date| -> Option<Millis> {
            Some(zone.to_zoned(date.at(0, 0, 0, 0)).ok()?.timestamp().as_millisecond())
        };
        let (from, to) = (date(&self.from), date(&self.to));
        let who = match self.person.as_deref() {
            Some("nobody") => Who::Nobody,
            Some(id) => id.parse().map_or(Who::Anybody, Who::Person),
            None => Who::Anybody,
        };
        let filter = Filter {
            who,
            area: self.area.as_deref().and_then(Area::parse),
            from: from.and_then(start),
            until: to.and_then(|to| to.tomorrow().ok()).and_then(start),
        };
        (filter, [from, to].map(|date| date.map(|date| date.to_string()).unwrap_or_default()))
    }
}

#[get("/settings/activity?<fields..>")]
pub async fn show_activity(viewer: May<Audit>, cx: Cx, db: &State<Db>, fields: FilterFields) -> Page {
    let (filter, [from, to]) = fields.read(&viewer.zone);
    let after = fields.before.as_deref().and_then(Place::parse).unwrap_or(Place::TOP);
    let read =
        db.read(move |connection| Ok((store::page(connection, &filter, after, PAGE + 1)?, store::names(connection)?)));
    let (entries, names) = read.await?;
    let page = LogPage::new(cx, chosen(&filter, from, to), &names, after, entries, PAGE as usize);
    Ok(Html::render(&page)?)
}

#[derive(FromForm)]
pub struct ExportForm {
    format: String,
    filter: FilterFields,
}

/// Everything that the filter lets through. That it left is in the log before it leaves.
#[post("/settings/activity/export", data = "<form>")]
pub async fn export_activity(
    viewer: May<Audit>,
    cx: Cx,
    db: &State<Db>,
    form: Posted<ExportForm>,
) -> Answer<Written<impl Stream<Item = Piece> + Send + 'static>> {
    let Some(format) = Format::parse(&form.0.format) else {
        return Err(Failure::status(Status::UnprocessableEntity, "activity-format-wrong"));
    };
    let (filter, _) = form.0.filter.read(&viewer.zone);
    let by = viewer.id;
    let noted = move |tx: &crate::db::Tx<'_>| {
        tx.emit(Event::ActivityExported { by: Some(by), format: format.as_str().to_owned() })
    };
    db.write(noted).await?;
    let names = db.read(store::names).await?;
    let name = format!("{}-{}.{}", cx.t("activity-file"), cx.times.day_key(db.clock().now()), format.as_str());
    let scribe = Scribe { format, lang: cx.lang, times: cx.times, names };
    Ok(Written { name, mime: format.mime(), pieces: LogFile { db: db.inner().clone(), filter, scribe }.pieces() })
}

/// The file, written while it is sent.
struct LogFile {
    db: Db,
    filter: Filter,
    scribe: Scribe,
}

/// Where the writing stands.
enum Next {
    Beginning,
    After(Place),
    End,
}

impl LogFile {
    fn pieces(self) -> impl Stream<Item = Piece> + Send + 'static {
        stream::unfold((self, Next::Beginning), |(file, next)| async move {
            let after = match next {
                Next::Beginning => {
                    let beginning = Piece::of(file.scribe.beginning());
                    return Some((beginning, (file, Next::After(Place::TOP))));
                }
                Next::After(after) => after,
                Next::End => return None,
            };
            let filter = file.filter;
            match file.db.read(move |connection| store::page(connection, &filter, after, PIECE)).await {
                Ok(entries) => {
                    let text = Piece::of(file.scribe.lines(&entries));
                    let next = match entries.last() {
                        Some(last) if entries.len() == PIECE as usize => Next::After(last.place()),
                        _ => Next::End,
                    };
                    Some((text, (file, next)))
                }
                Err(error) => {
                    tracing::error!(%error, "the activity log could not be read to its end");
                    Some((Piece::Broken, (file, Next::End)))
                }
            }
        })
    }
}
