//! The page that keeps tags in order.

use askama::Template;

use super::super::model::KeptTag;
use super::super::store::tag_order::COUNTED;
use crate::error::Problems;
use crate::web::Cx;

#[derive(Template)]
#[template(path = "conversations/tag_order.html")]
pub struct TagOrderPage {
    pub cx: Cx,
    pub tags: Vec<KeptTag>,
    /// The tag whose form is open, what was typed as its name, and what is wrong.
    pub open: Option<i64>,
    pub typed: String,
    pub problems: Problems,
}

impl TagOrderPage {
    /// How many conversations have it, in words.
    pub fn count(&self, tag: &KeptTag) -> String {
        if tag.is_leaving {
            self.cx.t("tag-leaving")
        } else if tag.conversations > COUNTED {
            self.cx.t("tag-many")
        } else {
            self.cx.count("tag-count", tag.conversations)
        }
    }

    /// What deleting it means.
    pub fn deletion(&self, tag: &KeptTag) -> String {
        self.cx.t2("tag-delete-means", ("name", &tag.tag.name), ("count", self.count(tag)))
    }

    /// The name in its field: what was typed, if it was refused.
    pub fn name<'t>(&'t self, tag: &'t KeptTag) -> &'t str {
        if self.is_open(tag) && !self.problems.is_empty() { &self.typed } else { &tag.tag.name }
    }

    pub fn is_open(&self, tag: &KeptTag) -> bool {
        self.open == Some(tag.tag.id)
    }

    /// Why the form of a tag was refused.
    pub fn error(&self, tag: &KeptTag) -> String {
        let key = self.problems.iter().next().map(|(_, key)| key).filter(|_| self.is_open(tag));
        key.map(|key| self.cx.t(key)).unwrap_or_default()
    }

    /// What is wrong.
    pub fn sentence(&self) -> String {
        self.problems.iter().next().map(|(_, key)| self.cx.t(key)).unwrap_or_default()
    }

    /// The other tags that stay.
    pub fn others(&self, tag: &KeptTag) -> Vec<&KeptTag> {
        self.tags.iter().filter(|other| other.tag.id != tag.tag.id && !other.is_leaving).collect()
    }

    /// The six colors: number and name.
    pub fn colors(&self) -> Vec<(i64, String)> {
        let names = ["tag-color-1", "tag-color-2", "tag-color-3", "tag-color-4", "tag-color-5", "tag-color-6"];
        (1..).zip(names).map(|(tint, key)| (tint, self.cx.t(key))).collect()
    }
}
