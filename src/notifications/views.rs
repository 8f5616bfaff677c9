//! Pages and blocks as types.

use askama::Template;

use super::model::{Cause, Choices, Device, Line};
use super::store::list::MANY;
use super::words::Words;
use crate::web::Cx;
use crate::web::text::{initials, tint};

/// A line behind the bell, in words.
pub struct Row {
    pub conversation: i64,
    pub title: String,
    pub text: String,
    /// Why its person was told.
    pub why: String,
    pub tint: i64,
    pub initials: String,
    pub machine: String,
    pub full: String,
    pub when: String,
    pub unread: i64,
}

/// A page of the list.
pub struct List {
    pub rows: Vec<Row>,
    pub has_unread: bool,
    /// The page after it.
    pub next: Option<String>,
    pub is_first: bool,
}

impl List {
    /// Of one line more than a page has, if there is one.
    pub fn new(cx: &Cx, mut lines: Vec<Line>, page: usize, before: Option<i64>) -> Self {
        let more = lines.len() > page;
        lines.truncate(page);
        let last = lines.last().filter(|_| more).map(|line| line.newest);
        Self {
            has_unread: lines.iter().any(|line| line.unread > 0),
            next: last.map(|last| format!("/notifications?before={last}")),
            is_first: before.is_none(),
            rows: lines.into_iter().map(|line| row(cx, line)).collect(),
        }
    }
}

fn row(cx: &Cx, line: Line) -> Row {
    let words = Words { lang: cx.lang };
    let told = line.told;
    let title = words.title(&told);
    Row {
        conversation: told.conversation,
        text: words.line(&told),
        why: cx.t(why(told.cause)),
        tint: tint(told.contact),
        initials: initials(&title),
        machine: cx.times.machine(told.at),
        full: cx.times.full(told.at),
        when: cx.times.short(told.at),
        unread: line.unread,
        title,
    }
}

fn why(cause: Cause) -> &'static str {
    match cause {
        Cause::Mine => "notice-why-mine",
        Cause::Others => "notice-why-others",
        Cause::Unassigned => "notice-why-unassigned",
        Cause::Assigned => "notice-why-assigned",
        Cause::Mention => "notice-why-mention",
        Cause::Watched => "notice-why-watched",
        Cause::Note => "notice-why-note",
    }
}

#[derive(Template)]
#[template(path = "notifications/index.html")]
pub struct ListPage {
    pub cx: Cx,
    pub list: List,
}

#[derive(Template)]
#[template(path = "notifications/dialog.html")]
pub struct ListDialog {
    pub cx: Cx,
    pub list: List,
}

#[derive(Template)]
#[template(path = "notifications/list.html")]
pub struct ListBlock {
    pub cx: Cx,
    pub list: List,
}

/// The bell.
#[derive(Template)]
#[template(path = "notifications/bell.html")]
pub struct BellBlock {
    cx: Cx,
    /// Numbers of conversations, separated by spaces.
    unread: String,
    /// "3", "99+", or empty.
    number: String,
    label: String,
}

impl BellBlock {
    pub fn new(cx: Cx, unread: &[i64]) -> Self {
        let number = match unread.len() {
            0 => String::new(),
            n if n < MANY => n.to_string(),
            _ => format!("{}+", MANY - 1),
        };
        let count = i64::try_from(unread.len()).unwrap_or(i64::MAX);
        let label = if count == 0 { cx.t("notices") } else { cx.count("bell-unread", count) };
        let unread = unread.iter().map(i64::to_string).collect::<Vec<_>>().join(" ");
        Self { cx, unread, number, label }
    }
}

/// One cause with its two switches.
pub struct Choice {
    pub name: &'static str,
    pub label: String,
    pub desktop: bool,
    pub email: bool,
}

/// The table of causes and ways.
pub struct ChoicesView {
    pub choices: Vec<Choice>,
    /// Whether mail of the product can leave.
    pub mails: bool,
}

impl Choice {
    /// The rows of the table.
    pub fn all(cx: &Cx, chosen: &Choices) -> Vec<Self> {
        let choices = chosen.iter().map(|(cause, media)| Self {
            name: cause.as_str(),
            label: cx.t(label(*cause)),
            desktop: media.desktop,
            email: media.email,
        });
        choices.collect()
    }
}

fn label(cause: Cause) -> &'static str {
    match cause {
        Cause::Mine | Cause::Watched | Cause::Note => "notices-mine",
        Cause::Others => "notices-others",
        Cause::Unassigned => "notices-unassigned",
        Cause::Assigned => "notices-assigned",
        Cause::Mention => "notices-mention",
    }
}

#[derive(Template)]
#[template(path = "notifications/settings.html")]
pub struct ChoicesPage {
    pub cx: Cx,
    pub view: ChoicesView,
}

#[derive(Template)]
#[template(path = "notifications/settings_dialog.html")]
pub struct ChoicesDialog {
    pub cx: Cx,
    pub view: ChoicesView,
}

/// A sentence about what was done.
#[derive(Template)]
#[template(path = "notifications/said.html")]
pub struct Said {
    pub text: String,
}

/// A device in words.
pub struct KnownDevice {
    pub id: i64,
    pub name: String,
    pub since: String,
    pub is_this: bool,
}

#[derive(Template)]
#[template(path = "notifications/devices.html")]
pub struct DevicesPage {
    cx: Cx,
    devices: Vec<KnownDevice>,
    /// As browsers want it.
    key: String,
}

impl DevicesPage {
    pub fn new(cx: Cx, devices: &[Device], key: String) -> Self {
        let devices = devices.iter().map(|device| KnownDevice {
            id: device.id,
            name: crate::accounts::device_words(cx.lang, &device.agent),
            since: cx.t1("device-since", "day", cx.times.date(device.created_at)),
            is_this: device.is_this,
        });
        Self { devices: devices.collect(), key, cx }
    }
}

/// What a browser shows without a network.
#[derive(Template)]
#[template(path = "notifications/offline.html")]
pub struct OfflinePage {
    pub cx: Cx,
}
