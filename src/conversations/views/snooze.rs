//! Until when a conversation may be put off, with the times in words.

use askama::Template;

use super::super::model::Until;
use crate::auth::Viewer;
use crate::clock::{HOUR, MINUTE, Millis};
use crate::web::Cx;

/// The choice in words.
pub struct Snooze {
    pub id: i64,
    pub offers: Vec<Offer>,
    /// What the field for a time of one's own holds, and the earliest it takes.
    pub at: String,
    pub earliest: String,
    /// A sentence, if what was typed does not do.
    pub error: String,
}

/// One button.
pub struct Offer {
    pub value: &'static str,
    pub label: String,
    pub when: String,
}

impl Snooze {
    pub fn new(cx: &Cx, viewer: &Viewer, id: i64, now: Millis) -> Self {
        let mut before = None;
        let offer = |until: &Until| {
            let time = until.time(now, &viewer.zone).ok()?;
            // On a Sunday, tomorrow is Monday.
            if time.is_some() && time == before {
                return None;
            }
            before = time;
            let label = cx.t(match until {
                Until::Later => "snooze-later",
                Until::Tomorrow => "snooze-tomorrow",
                Until::Monday => "snooze-monday",
                Until::Answer | Until::At(_) => "snooze-answer",
            });
            let when = time.map(|at| cx.times.ahead(at)).unwrap_or_default();
            Some(Offer { value: until.as_str(), label, when })
        };
        Self {
            id,
            offers: Until::OFFERED.iter().filter_map(offer).collect(),
            at: cx.times.field(now + 24 * HOUR),
            earliest: cx.times.field(now + MINUTE),
            error: String::new(),
        }
    }

    /// The same with what was typed and why it does not do.
    #[must_use]
    pub fn with(mut self, typed: &str, error: &str) -> Self {
        if !typed.is_empty() {
            typed.clone_into(&mut self.at);
        }
        error.clone_into(&mut self.error);
        self
    }
}

/// The choice as a page.
#[derive(Template)]
#[template(path = "conversations/snooze.html")]
pub struct SnoozePage {
    pub cx: Cx,
    pub snooze: Snooze,
}

/// The field for a time of one's own, inside the dialog.
#[derive(Template)]
#[template(path = "conversations/snooze_own.html")]
pub struct SnoozeOwnBlock {
    pub cx: Cx,
    pub snooze: Snooze,
}
