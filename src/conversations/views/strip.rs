//! The line above the answer box: what to know before one writes.

use super::super::model::{Conversation, State};
use crate::auth::{Right, Viewer};
use crate::web::Cx;

/// At most one notice.
pub struct Strip {
    pub id: i64,
    pub icon: &'static str,
    /// Empty: nothing to say.
    pub text: String,
    pub detail: String,
    /// Where the cause can be mended, for whoever may.
    pub mend: bool,
}

impl Strip {
    pub fn new(cx: &Cx, conversation: &Conversation, viewer: &Viewer) -> Self {
        if let Some(by) = &conversation.spam {
            let text = match by {
                Some(name) => cx.t1("strip-spam", "by", name),
                None => cx.t("strip-spam-filter"),
            };
            return Self { id: conversation.id, icon: "hand-stop", text, detail: String::new(), mend: false };
        }
        let mut strip =
            Self { id: conversation.id, icon: "user", text: String::new(), detail: String::new(), mend: false };
        if let Some(problem) = &conversation.inbox_problem {
            strip.icon = "plug-connected-x";
            strip.text = cx.t1("strip-inbox", "inbox", &conversation.inbox_name);
            strip.detail = if cx.lang.has(problem) { cx.t(problem) } else { String::new() };
            strip.mend = viewer.may(Right::InboxesManage);
        } else if let Some(person) = &conversation.assignee
            && person.id != viewer.id
            && conversation.state == State::Open
        {
            strip.text = cx.t1("strip-with", "name", &person.name);
        }
        strip
    }
}
