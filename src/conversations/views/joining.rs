//! Moving, merging and splitting: the questions before, and the lines behind.

use askama::Template;

use super::super::model::{Away, Candidates, Conversation, Deleted, Joined, Offer, Other, Person, Row, Splitting};
use super::head::contact_name;
use crate::web::{Cx, i18n};

/// One of the questions, in a dialog or on a page of its own.
pub struct Joining {
    /// The conversation it is about.
    pub id: i64,
    pub title: String,
    /// Why what was chosen cannot be; empty: nothing was.
    pub refused: String,
    pub body: Body,
}

/// Which question.
pub enum Body {
    /// To which inbox?
    Move(Vec<Place>),
    /// With which other conversation?
    Choose { query: String, same: Vec<Pick>, others: Vec<Pick> },
    /// Which of the two stays?
    Stay { other: i64, sides: [Pick; 2], lines: Vec<String> },
    /// What is split off?
    Split { message: i64, of: String, text: String, rest: Option<String> },
    /// None: it is not there any more.
    Away(Gone),
}

/// An inbox to move to.
pub struct Place {
    pub inbox: i64,
    pub name: String,
    /// Its address, who loses the conversation by it, or why it cannot be chosen.
    pub line: String,
    pub may: bool,
}

/// A conversation to choose.
pub struct Pick {
    pub id: i64,
    pub title: String,
    pub line: String,
}

/// What stands where a conversation stood.
pub struct Gone {
    pub title: String,
    pub text: String,
    /// What leads on; empty: nothing does.
    pub href: String,
}

impl Joining {
    fn new(cx: &Cx, id: i64, title: &str, body: Body) -> Self {
        Self { id, title: cx.t(title), refused: String::new(), body }
    }

    pub fn moving(cx: &Cx, id: i64, offers: Vec<Offer>) -> Self {
        let place = |offer: Offer| Place {
            may: offer.refusal.is_none(),
            line: match (offer.refusal, offer.releases) {
                (Some(key), _) => cx.t(key),
                (None, Some(name)) => cx.t1("move-releases", "name", name),
                (None, None) => offer.address,
            },
            inbox: offer.inbox,
            name: offer.name,
        };
        Self::new(cx, id, "move-title", Body::Move(offers.into_iter().map(place).collect()))
    }

    pub fn choosing(cx: &Cx, id: i64, query: &str, found: &Candidates) -> Self {
        let picks = |rows: &[Row]| rows.iter().map(|row| Pick::of_row(cx, row)).collect();
        let body = Body::Choose { query: query.to_owned(), same: picks(&found.same), others: picks(&found.others) };
        Self::new(cx, id, "merge-title", body)
    }

    pub fn staying(cx: &Cx, own: &Conversation, other: &Conversation) -> Self {
        let mut lines = vec![cx.t("merge-goes"), cx.t("merge-keeps"), cx.t("merge-undo-lead")];
        if own.inbox != other.inbox {
            lines.push(cx.t("merge-inboxes"));
        }
        let sides = [own, other].map(|one| Pick::of(cx, one));
        Self::new(cx, own.id, "merge-title", Body::Stay { other: other.id, sides, lines })
    }

    pub fn splitting(cx: &Cx, message: i64, found: &Splitting) -> Self {
        let body = Body::Split {
            message,
            of: cx.t1("split-of", "name", &found.sender),
            text: found.text.clone(),
            rest: (found.after > 0).then(|| cx.count("split-rest", found.after)),
        };
        Self::new(cx, found.conversation, "split-title", body)
    }

    pub fn away(cx: &Cx, id: i64, away: &Away) -> Self {
        Self::new(cx, id, "merge-title", Body::Away(Gone::new(cx, away)))
    }

    /// The same with why what was chosen cannot be.
    #[must_use]
    pub fn refusing(mut self, cx: &Cx, key: &str) -> Self {
        self.refused = cx.t(key);
        self
    }
}

impl Pick {
    fn of_row(cx: &Cx, row: &Row) -> Self {
        let title = [&row.subject, &row.preview].into_iter().find(|text| !text.is_empty()).cloned();
        let name = if row.name.is_empty() { cx.t("contact-nameless") } else { row.name.clone() };
        let values = i18n::args([
            ("number", row.id.to_string()),
            ("name", name),
            ("about", cx.times.short(row.last_activity_at)),
        ]);
        Self {
            id: row.id,
            title: title.unwrap_or_else(|| cx.t("conversation-untitled")),
            line: cx.with("merge-row", &values),
        }
    }

    fn of(cx: &Cx, one: &Conversation) -> Self {
        let values = i18n::args([
            ("number", one.id.to_string()),
            ("name", contact_name(cx, one)),
            ("about", one.inbox_name.clone()),
        ]);
        let title = if one.subject.is_empty() { cx.t("conversation-untitled") } else { one.subject.clone() };
        Self { id: one.id, title, line: cx.with("merge-row", &values) }
    }
}

impl Gone {
    /// Who deleted it.
    pub fn deleted(cx: &Cx, deleted: Deleted) -> Self {
        let by = deleted.by.unwrap_or_else(|| cx.t("gone-somebody"));
        let text = cx.t2("gone-by", ("by", by), ("when", cx.times.full(deleted.at)));
        Self { title: cx.t("gone-title"), text, href: String::new() }
    }

    /// What stands where a conversation stood that was merged or moved away.
    pub fn new(cx: &Cx, away: &Away) -> Self {
        let by = |by: &Option<String>| by.clone().unwrap_or_else(|| cx.t("gone-somebody"));
        match away {
            Away::Merged { into, number, by: who, at } => {
                let values =
                    i18n::args([("by", by(who)), ("when", cx.times.full(*at)), ("number", number.to_string())]);
                Self {
                    title: cx.t("away-merged-title"),
                    text: cx.with("away-merged", &values),
                    href: into.map(|id| format!("/conversations/{id}")).unwrap_or_default(),
                }
            }
            Away::Moved { by: who, at } => Self {
                title: cx.t("away-moved-title"),
                text: cx.t2("away-moved", ("by", by(who)), ("when", cx.times.full(*at))),
                href: String::new(),
            },
        }
    }
}

/// A line among the messages: its mark, its words, where it leads, and the merger that it can undo.
pub struct Told {
    pub icon: &'static str,
    pub text: String,
    pub href: String,
    pub undo: Option<i64>,
}

impl Told {
    pub fn new(cx: &Cx, joined: &Joined, by: Option<&Person>) -> Self {
        let by = by.map_or_else(|| cx.t("product"), |person| person.name.clone());
        let to = |key: &str, icon, other: &Other| Self {
            icon,
            text: cx.t2(key, ("by", &by), ("number", other.number)),
            href: if other.is_open { format!("/conversations/{}", other.number) } else { String::new() },
            undo: None,
        };
        match joined {
            Joined::Moved { from, to } => {
                let values = i18n::args([("by", by), ("from", from.clone()), ("to", to.clone())]);
                Self { icon: "arrow-right", text: cx.with("fact-moved", &values), href: String::new(), undo: None }
            }
            Joined::Merged { other, undo } => {
                let other = Other { number: *other, is_open: false };
                Self { undo: *undo, ..to("fact-merged", "git-merge", &other) }
            }
            Joined::Parted(other) => to("fact-parted", "unlink", other),
            Joined::Split(other) => to("fact-split", "unlink", other),
            Joined::SplitOff(other) => to("fact-split-off", "unlink", other),
        }
    }
}

/// The question as a page, where no script opens a dialog.
#[derive(Template)]
#[template(path = "conversations/joining_page.html")]
pub struct JoiningPage {
    pub cx: Cx,
    pub joining: Joining,
}

/// The dialog with the question.
#[derive(Template)]
#[template(path = "conversations/joining_dialog.html")]
pub struct JoiningDialog {
    pub cx: Cx,
    pub joining: Joining,
}

/// What stands in the dialog.
#[derive(Template)]
#[template(path = "conversations/joining_block.html")]
pub struct JoiningBlock {
    pub cx: Cx,
    pub joining: Joining,
}
