//! The line above the answer box: what to know before one writes.

use super::super::model::{Conversation, State, Window};
use crate::auth::{Right, Viewer};
use crate::clock::HOUR;
use crate::inboxes::store::health::Blocked;
use crate::web::Cx;

/// At most one notice.
pub struct Strip {
    pub id: i64,
    pub icon: &'static str,
    /// Empty: nothing to say.
    pub text: String,
    pub detail: String,
    /// Where the cause can be mended and what the link says, for whoever may.
    pub mend: Option<(String, String)>,
    /// Answers are held back; notes are not.
    pub is_blocked: bool,
}

impl Strip {
    pub fn new(cx: &Cx, conversation: &Conversation, viewer: &Viewer, blocked: Option<&Blocked>) -> Self {
        let strip = Self {
            id: conversation.id,
            icon: "plug-connected-x",
            text: String::new(),
            detail: String::new(),
            mend: None,
            is_blocked: blocked.is_some(),
        };
        if let Some(blocked) = blocked {
            return strip.about_block(cx, conversation, viewer, blocked);
        }
        if let Some(window) = conversation.window.as_ref().filter(|window| !window.is_open(cx.times.now())) {
            return strip.about_window(cx, conversation, window);
        }
        if let Some(by) = &conversation.spam {
            let text = match by {
                Some(name) => cx.t1("strip-spam", "by", name),
                None => cx.t("strip-spam-filter"),
            };
            return Self { icon: "hand-stop", text, ..strip };
        }
        if let Some(problem) = &conversation.inbox_problem {
            return Self {
                text: cx.t1("strip-inbox", "inbox", &conversation.inbox_name),
                detail: if cx.lang.has(problem) { cx.t(problem) } else { String::new() },
                mend: mend(cx, conversation, viewer, "strip-mend"),
                ..strip
            };
        }
        match &conversation.assignee {
            Some(person) if person.id != viewer.id && conversation.state != State::Closed => {
                Self { icon: "user", text: cx.t1("strip-with", "name", &person.name), ..strip }
            }
            _ => strip,
        }
    }

    /// The channel takes no answer now: why, what opens it again, and where one can go on until then.
    fn about_window(self, cx: &Cx, conversation: &Conversation, window: &Window) -> Self {
        let text = match window.closes_at {
            Some(_) => cx.count("strip-window", window.span / HOUR),
            None => cx.t("strip-window-first"),
        };
        Self {
            icon: "clock",
            text,
            detail: cx.t("strip-window-opens"),
            mend: window
                .outside
                .clone()
                .map(|href| (href, cx.t1("strip-window-outside", "inbox", &conversation.inbox_name))),
            is_blocked: true,
            ..self
        }
    }

    fn about_block(self, cx: &Cx, conversation: &Conversation, viewer: &Viewer, blocked: &Blocked) -> Self {
        let inbox = &conversation.inbox_name;
        let text = match blocked.since {
            Some(since) => cx.t2("strip-lost", ("inbox", inbox), ("since", cx.times.short(since))),
            None => cx.t1("strip-disconnected", "inbox", inbox),
        };
        let reason = blocked.problem.as_ref().filter(|key| cx.lang.has(key)).map(|key| cx.t(key));
        let mend = mend(cx, conversation, viewer, "health-reconnect");
        let ask = match (&mend, &blocked.guardian) {
            (None, Some(name)) => Some(cx.t1("strip-ask", "name", name)),
            _ => None,
        };
        let kept = Some(cx.t("strip-kept"));
        let detail: Vec<String> = [reason, kept, ask].into_iter().flatten().collect();
        Self { text, detail: detail.join(" "), mend, ..self }
    }
}

fn mend(cx: &Cx, conversation: &Conversation, viewer: &Viewer, key: &str) -> Option<(String, String)> {
    let href = format!("/settings/inboxes/{}/health", conversation.inbox);
    viewer.may(Right::InboxesManage).then(|| (href, cx.t(key)))
}
