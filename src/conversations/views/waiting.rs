//! An answer that waits, in words.

use super::super::model::{self, Hold, Slot};
use super::When;
use super::spoken::{Piece, pieces};
use crate::auth::Viewer;
use crate::web::Cx;

/// As the end of the timeline shows it.
pub struct Waiting {
    pub id: i64,
    pub label: String,
    /// Who gets it.
    pub line: String,
    text: String,
    /// Names of its files.
    pub files: Vec<String>,
    /// "Leaves in a moment", "Leaves tomorrow, 08:00", by whom.
    pub state: String,
    pub when: When,
    /// Why it did not leave.
    pub problem: String,
    pub is_overtaken: bool,
    /// In its first seconds; then only its writer can do something.
    pub is_moment: bool,
    pub is_own: bool,
}

impl Waiting {
    pub fn new(cx: &Cx, waiting: &model::Waiting, viewer: &Viewer) -> Self {
        let is_moment = waiting.hold == Hold::Undo;
        let is_own = waiting.by.id == viewer.id;
        let to: Vec<&str> = waiting.recipients.everybody().map(|mailbox| mailbox.address.as_str()).collect();
        let line = if matches!(waiting.slot, Slot::Forward(_)) { "message-forwarded" } else { "message-to" };
        let state = match (&waiting.problem, is_moment, is_own) {
            (Some(_), ..) => cx.t("waiting-failed"),
            (None, true, true) => cx.t("waiting-moment"),
            (None, true, false) => cx.t1("waiting-moment-by", "by", &waiting.by.name),
            (None, false, true) => cx.t1("waiting-until", "when", cx.times.ahead(waiting.leaves_at)),
            (None, false, false) => {
                cx.t2("waiting-until-by", ("when", cx.times.ahead(waiting.leaves_at)), ("by", &waiting.by.name))
            }
        };
        Self {
            id: waiting.id,
            label: cx.t1("waiting-label", "name", &waiting.by.name),
            line: cx.t1(line, "to", to.join(", ")),
            text: waiting.text.clone(),
            files: waiting.files.iter().map(|file| file.name.clone()).collect(),
            state,
            when: When::new(cx, waiting.leaves_at, cx.times.clock(waiting.leaves_at)),
            problem: waiting.problem.as_ref().map(|key| cx.t(key)).unwrap_or_default(),
            is_overtaken: waiting.is_overtaken && !is_moment,
            is_moment,
            is_own,
        }
    }

    pub fn text(&self) -> Vec<Piece<'_>> {
        pieces(&self.text, &[])
    }
}
