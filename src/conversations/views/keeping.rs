//! The page that says how long an inbox keeps what was said in it.

use askama::Template;

use super::super::routes::KeepingForm;
use super::super::store::keeping::COUNTED;
use crate::error::Problems;
use crate::inboxes::Inbox;
use crate::web::Cx;

/// The page.
#[derive(Template)]
#[template(path = "conversations/keeping.html")]
pub struct KeepingPage {
    pub cx: Cx,
    pub inbox: Inbox,
    pub typed: KeepingForm,
    pub problems: Problems,
    /// Whether the viewer may let it forget.
    pub may: bool,
    /// Closed conversations that are over the time that is typed or kept.
    pub ended: i64,
}

impl KeepingPage {
    /// What would go now, in words; nothing: empty.
    fn goes(&self) -> String {
        match self.ended {
            0 => String::new(),
            n if n > COUNTED => self.cx.t("keeping-ended-many"),
            n => self.cx.count("keeping-ended", n),
        }
    }
}
