//! The pages and the blocks that refetch themselves. A block's template is a part of its page's.

use askama::Template;

use super::super::model::{Counts, News, Section};
use super::spoken::Piece;
use super::timeline::Line;
use super::{Composer, Deletion, Finding, Head, List, Sections, Side, Snooze, Strip, Tags, Timeline};
use crate::web::{Cx, i18n};

/// The list with nothing open.
#[derive(Template)]
#[template(path = "conversations/index.html")]
pub struct IndexPage {
    pub cx: Cx,
    pub list: List,
    pub sections: Sections,
    pub finding: Finding,
    pub pane: EmptyPane,
}

/// What stands in the place of a conversation.
pub struct EmptyPane {
    pub title: String,
    pub text: String,
    /// Address and label; an empty label: nothing to do.
    pub href: String,
    pub action: String,
}

/// A conversation with the list beside it.
#[derive(Template)]
#[template(path = "conversations/show.html")]
pub struct ShowPage {
    pub cx: Cx,
    pub list: List,
    pub sections: Sections,
    pub finding: Finding,
    pub work: Work,
}

/// Everything of one conversation.
pub struct Work {
    pub id: i64,
    /// Where it stands for the viewer.
    pub section: Section,
    pub show: &'static str,
    pub label: String,
    pub head: Head,
    pub timeline: Timeline,
    pub strip: Strip,
    pub composer: Composer,
    pub side: Side,
    pub snooze: Snooze,
    pub tags: Tags,
    pub deletion: Deletion,
}

/// What a click in the list brings.
#[derive(Template)]
#[template(path = "conversations/work.html")]
pub struct WorkBlock {
    pub cx: Cx,
    pub work: Work,
}

#[derive(Template)]
#[template(path = "conversations/list.html")]
pub struct ListBlock {
    pub cx: Cx,
    pub list: List,
}

#[derive(Template)]
#[template(path = "conversations/sections.html")]
pub struct SectionsBlock {
    pub cx: Cx,
    pub sections: Sections,
}

#[derive(Template)]
#[template(path = "conversations/head.html")]
pub struct HeadBlock {
    pub cx: Cx,
    pub head: Head,
}

#[derive(Template)]
#[template(path = "conversations/timeline.html")]
pub struct TimelineBlock {
    pub cx: Cx,
    pub timeline: Timeline,
}

/// Messages from before the block.
#[derive(Template)]
#[template(path = "conversations/older.html")]
pub struct OlderBlock {
    pub cx: Cx,
    pub timeline: Timeline,
}

#[derive(Template)]
#[template(path = "conversations/composer.html")]
pub struct ComposerBlock {
    pub cx: Cx,
    pub strip: Strip,
    pub composer: Composer,
}

/// Who gets the next answer.
#[derive(Template)]
#[template(path = "conversations/audience.html")]
pub struct AudienceBlock {
    pub cx: Cx,
    pub composer: Composer,
}

/// The messages after one was sent, and the answer box for the next.
#[derive(Template)]
#[template(path = "conversations/sent.html")]
pub struct SentBlock {
    pub cx: Cx,
    pub timeline: Timeline,
    pub composer: Composer,
    pub strip: Strip,
    pub again: Again,
}

/// What of the answer box comes new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// Who gets the next one.
    Audience,
    /// All of it.
    Box,
}

impl SentBlock {
    fn is_whole(&self) -> bool {
        self.again == Again::Box
    }
}

#[derive(Template)]
#[template(path = "conversations/strip.html")]
pub struct StripBlock {
    pub cx: Cx,
    pub strip: Strip,
}

#[derive(Template)]
#[template(path = "conversations/side.html")]
pub struct SideBlock {
    pub cx: Cx,
    pub side: Side,
}

/// The number in the title, the dot in the side menu, and a sentence for who listens.
#[derive(Template)]
#[template(path = "conversations/signals.html")]
pub struct SignalsBlock {
    counts: Counts,
    newest: i64,
    sentence: String,
}

impl SignalsBlock {
    pub fn new(cx: &Cx, counts: Counts, news: &News) -> Self {
        let key = if news.is_of_one { "signals-news" } else { "signals-news-many" };
        let name = if news.last.is_empty() { cx.t("contact-nameless") } else { news.last.clone() };
        let mut values = i18n::arg("n", news.count);
        values.extend(i18n::arg("name", name));
        let sentence = if news.count == 0 { String::new() } else { cx.with(key, &values) };
        Self { counts, newest: news.newest, sentence }
    }
}
