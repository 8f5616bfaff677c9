//! Tags and priority in words.

use askama::Template;

use super::super::model::{Priority, Tag};
use crate::web::Cx;

/// The tags of a conversation, and those one may choose.
pub struct Tags {
    pub id: i64,
    pub own: Vec<Tag>,
    /// Names of the others.
    pub others: Vec<String>,
    pub typed: String,
    /// Message key, if what was typed does not do.
    pub error: &'static str,
}

impl Tags {
    pub fn new(id: i64, own: Vec<Tag>, all: &[Tag]) -> Self {
        let others = all.iter().filter(|tag| !own.contains(tag)).map(|tag| tag.name.clone()).collect();
        Self { id, own, others, typed: String::new(), error: "" }
    }

    /// The same with what was typed and why it does not do.
    #[must_use]
    pub fn with(mut self, typed: &str, error: &'static str) -> Self {
        typed.clone_into(&mut self.typed);
        self.error = error;
        self
    }
}

/// How much a conversation presses, in words.
pub struct Pressing {
    pub name: &'static str,
    pub label: String,
    /// Icon and class where a list shows it; empty where it does not press.
    pub icon: &'static str,
    pub class: &'static str,
}

impl Pressing {
    pub fn new(cx: &Cx, priority: Priority) -> Self {
        let (icon, class) = match priority {
            Priority::Urgent => ("alert-triangle", "i i-xs late"),
            Priority::High => ("arrow-up", "i i-xs soon"),
            Priority::None | Priority::Low | Priority::Normal => ("", ""),
        };
        let label = cx.t(match priority {
            Priority::None => "priority-none",
            Priority::Low => "priority-low",
            Priority::Normal => "priority-normal",
            Priority::High => "priority-high",
            Priority::Urgent => "priority-urgent",
        });
        Self { name: priority.as_str(), label, icon, class }
    }

    /// All of them, the most pressing first.
    pub fn all(cx: &Cx) -> Vec<Self> {
        Priority::ALL.into_iter().rev().map(|priority| Self::new(cx, priority)).collect()
    }
}

#[derive(Template)]
#[template(path = "conversations/tags.html")]
pub struct TagsBlock {
    pub cx: Cx,
    pub tags: Tags,
}

/// The same as a page, where no script opens the dialog.
#[derive(Template)]
#[template(path = "conversations/tags_page.html")]
pub struct TagsPage {
    pub cx: Cx,
    pub tags: Tags,
}
