//! The list of conversations.

use super::super::model::{
    Counts, Delivery, Filter, MessageKind, Piece, Place, Row, Section, State, Tag, Waits, Within, Wordless,
};
use super::sections::capped;
use super::tags::Pressing;
use super::{Avatar, Chip, Choice, Picking, When, channel_icon, channel_name};
use crate::web::Cx;

/// Tags that a row has room for.
const SHOWN: usize = 2;

/// A page of a list.
pub struct List {
    pub choice: Choice,
    pub address: String,
    pub rows: Vec<Line>,
    pub next: Option<Next>,
    pub empty: Empty,
    /// The conditions that hold.
    pub chips: Vec<Chip>,
    /// How often it looked further, this time included.
    pub looked: usize,
}

/// Where the list goes on.
pub struct Next {
    pub place: String,
    /// Set where the look ended before it saw enough: the day it came to.
    pub reached: Option<String>,
}

impl Next {
    /// Below this row.
    pub fn after(row: &Row) -> Self {
        Self::below(Place { at: row.last_activity_at, id: row.id })
    }

    /// Below this place.
    pub fn below(place: Place) -> Self {
        Self { place: place.to_text(), reached: None }
    }

    /// Where the look ended.
    pub fn further(cx: &Cx, reached: Place) -> Self {
        Self { place: reached.to_text(), reached: Some(cx.times.date(reached.at)) }
    }
}

/// What stands where no row stands.
pub struct Empty {
    pub text: String,
    pub href: String,
    pub link: String,
}

/// A row in words.
pub struct Line {
    pub id: i64,
    pub href: String,
    pub is_open: bool,
    pub state: &'static str,
    pub avatar: Avatar,
    pub channel: &'static str,
    pub channel_name: String,
    pub name: String,
    pub text: String,
    /// What a search found, in the place of the text: pieces, and whether they were searched for.
    pub excerpt: Vec<Piece>,
    /// Icon and spoken words before the text.
    pub mark: Option<(&'static str, String)>,
    pub when: When,
    pub unread: i64,
    pub unread_text: String,
    /// Set where it presses.
    pub pressing: Option<Pressing>,
    pub tags: Vec<Tag>,
    /// How many more there are.
    pub more_tags: usize,
    /// When it comes back, if it was put off.
    pub until: String,
    pub has_draft: bool,
}

impl List {
    pub fn new(cx: &Cx, choice: &Choice, rows: &[Row], next: Option<Next>, open: Option<i64>, counts: Counts) -> Self {
        let address = choice.address();
        Self {
            rows: rows.iter().map(|row| Line::new(cx, row, &address, open)).collect(),
            empty: Empty::new(cx, choice, counts),
            choice: choice.clone(),
            address: choice.list_address(),
            next,
            chips: Vec::new(),
            looked: 0,
        }
    }

    /// The same with the conditions in words.
    #[must_use]
    pub fn with_chips(mut self, chips: Vec<Chip>) -> Self {
        self.chips = chips;
        self
    }

    /// The same after so many looks further.
    #[must_use]
    pub fn having_looked(mut self, times: usize) -> Self {
        self.looked = times;
        self
    }

    /// Whether rows can be chosen.
    pub fn is_picking(&self) -> bool {
        self.choice.picking == Picking::On
    }

    /// The address without what is chosen in it.
    pub fn plain_address(&self) -> String {
        self.choice.address()
    }

    /// The address without what is searched for.
    pub fn without_words(&self) -> String {
        Choice { query: String::new(), ..self.choice.clone() }.address()
    }

    /// The address with all conditions gone.
    pub fn unfiltered(&self) -> String {
        self.choice.with(Filter::default()).address()
    }

    /// The section as scripts know it: one that a closed conversation leaves, or nothing.
    pub fn left_by_closing(&self) -> &'static str {
        match self.choice.filter.within.as_slice() {
            [] if self.choice.query.is_empty() => self.choice.section.as_str(),
            [Within::Open] if self.choice.query.is_empty() => Section::Others.as_str(),
            _ => "",
        }
    }
}

impl Empty {
    fn new(cx: &Cx, choice: &Choice, counts: Counts) -> Self {
        let section = |section: Section| format!("/conversations?section={}", section.as_str());
        let own = match choice.section {
            Section::Unassigned => "list-empty-unassigned",
            Section::Mine => "list-empty-mine",
            Section::Others => "list-empty-others",
            Section::Closed => "list-empty-closed",
            Section::Spam => "list-empty-spam",
            Section::Snoozed => "list-empty-snoozed",
            Section::Mentioned => "list-empty-mentioned",
        };
        let (text, href, link) = if !choice.filter.is_empty() {
            let all = choice.with(Filter::default());
            (cx.t("filter-nothing"), ["/conversations?", &all.address()].concat(), cx.t("filter-clear"))
        } else if !choice.query.is_empty() {
            let text = cx.t1("list-nothing-found", "query", &choice.query);
            (text, section(choice.section), cx.t("list-clear-search"))
        } else if choice.section != Section::Unassigned && counts.unassigned > 0 {
            (cx.t(own), section(Section::Unassigned), cx.count("list-see-unassigned", counts.unassigned))
        } else if choice.section == Section::Unassigned && counts.mine > 0 {
            (cx.t(own), section(Section::Mine), cx.count("list-see-mine", counts.mine))
        } else {
            (cx.t(own), String::new(), String::new())
        };
        Self { text, href, link }
    }
}

impl Line {
    fn new(cx: &Cx, row: &Row, address: &str, open: Option<i64>) -> Self {
        let name = if row.name.is_empty() { cx.t("contact-nameless") } else { row.name.clone() };
        let mut avatar = Avatar::new(row.contact, &name);
        if row.company {
            avatar.class.push_str(" av-co");
        }
        let is_subject = row.last_kind == MessageKind::Incoming && !row.subject.is_empty();
        Self {
            id: row.id,
            href: href(row, address),
            is_open: open == Some(row.id),
            state: state(row),
            avatar,
            channel: channel_icon(&row.channel),
            channel_name: channel_name(cx, &row.channel),
            text: match row.wordless {
                Some(Wordless::Withdrawn) if !is_subject => cx.t("message-withdrawn-line"),
                Some(Wordless::Unknown) if !is_subject => cx.t("message-unknown-line"),
                // What we began stands under its subject until its first message is there.
                _ => line(if is_subject || row.preview.is_empty() { &row.subject } else { &row.preview }),
            },
            excerpt: row.hit.as_ref().map(|hit| hit.excerpt.clone()).unwrap_or_default(),
            mark: mark(cx, row),
            when: When::new(cx, row.last_activity_at, cx.times.short(row.last_activity_at)),
            unread: row.unread,
            unread_text: if row.unread > 0 { cx.count("row-new", row.unread) } else { String::new() },
            pressing: Some(Pressing::new(cx, row.priority)).filter(|pressing| !pressing.icon.is_empty()),
            tags: row.tags.iter().take(SHOWN).cloned().collect(),
            more_tags: row.tags.len().saturating_sub(SHOWN),
            until: until(cx, row),
            has_draft: row.has_draft,
            name,
        }
    }

    /// The number of the mark.
    pub fn number(&self) -> String {
        capped(self.unread)
    }
}

/// Where it opens: at what was found, where something was.
fn href(row: &Row, address: &str) -> String {
    match &row.hit {
        Some(hit) => format!("/conversations/{}?{address}&message={}", row.id, hit.message),
        None => format!("/conversations/{}?{address}", row.id),
    }
}

/// When what was put off comes back.
fn until(cx: &Cx, row: &Row) -> String {
    match (row.until, row.state) {
        (Some(at), _) => cx.t1("row-until", "when", cx.times.ahead(at)),
        (None, State::Snoozed) => cx.t("snooze-answer"),
        (None, _) => String::new(),
    }
}

/// Without what has no shape: an unreadable mail may be made of it.
fn line(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.to_owned();
    }
    text.chars().filter(|letter| !letter.is_control()).collect()
}

fn state(row: &Row) -> &'static str {
    let ours = row.last_kind == MessageKind::Outgoing;
    if row.unread > 0 {
        "new"
    } else if ours && matches!(row.last_delivery, Some(Delivery::Failed | Delivery::Uncertain)) {
        "failed"
    } else if row.state == State::Closed {
        "closed"
    } else if row.waits == Waits::Yes {
        "waiting"
    } else {
        "answered"
    }
}

fn mark(cx: &Cx, row: &Row) -> Option<(&'static str, String)> {
    if row.waits == Waits::BeingAnswered {
        return Some(("clock", cx.t("row-answering")));
    }
    let delivery = row.last_delivery.filter(|_| row.last_kind == MessageKind::Outgoing)?;
    let (icon, key) = match delivery {
        Delivery::Queued => ("clock", "row-queued"),
        Delivery::Sending => ("clock", "row-sending"),
        Delivery::Sent => ("check", "row-sent"),
        Delivery::Delivered => ("checks", "row-delivered"),
        Delivery::Read => ("checks", "row-read"),
        Delivery::Failed => ("alert-circle", "row-failed"),
        Delivery::Uncertain => ("help", "row-uncertain"),
    };
    Some((icon, cx.t(key)))
}
