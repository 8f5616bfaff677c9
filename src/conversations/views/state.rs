//! How far an answer has come, in words and with a next step.

use super::super::model::{Delivery, Message};
use super::When;
use crate::clock::Millis;
use crate::web::Cx;

/// The last line of an answer of ours.
pub struct Progress {
    pub kind: Shown,
    pub icon: &'static str,
    /// "Waiting", "Delivered at 10:02", "Not delivered."
    pub text: String,
    /// Why, in words.
    pub reason: String,
    /// What the other server said.
    pub detail: String,
    pub when: When,
}

/// What the line looks like.
#[derive(PartialEq, Eq, Clone, Copy)]
pub enum Shown {
    /// On its way.
    Waiting,
    Sent,
    Delivered,
    Read,
    Uncertain,
    Failed,
}

impl Progress {
    pub fn new(cx: &Cx, message: &Message, delivery: Delivery, at: Millis) -> Self {
        let at = message.sent_at.unwrap_or(at);
        let clock = cx.times.clock(at);
        let (kind, icon, text) = match delivery {
            Delivery::Queued => (Shown::Waiting, "clock", cx.t("delivery-queued")),
            Delivery::Sending => (Shown::Waiting, "clock", cx.t("delivery-sending")),
            Delivery::Sent => (Shown::Sent, "check", cx.t("delivery-sent")),
            Delivery::Delivered => (Shown::Delivered, "checks", cx.t1("delivery-delivered", "time", clock)),
            Delivery::Read => (Shown::Read, "checks", cx.t1("delivery-read", "time", clock)),
            Delivery::Uncertain => (Shown::Uncertain, "help", cx.t("delivery-uncertain")),
            Delivery::Failed => (Shown::Failed, "alert-circle", cx.t("delivery-failed")),
        };
        let (reason, detail) = reason(cx, message);
        Self { kind, icon, text, reason, detail, when: When::clock(cx, at) }
    }

    pub fn is_waiting(&self) -> bool {
        self.kind == Shown::Waiting
    }

    pub fn is_sent(&self) -> bool {
        self.kind == Shown::Sent
    }

    pub fn is_read(&self) -> bool {
        self.kind == Shown::Read
    }

    pub fn is_uncertain(&self) -> bool {
        self.kind == Shown::Uncertain
    }

    pub fn is_failed(&self) -> bool {
        self.kind == Shown::Failed
    }
}

/// Why it did not go, and what the other side said. A key without words says only the latter.
fn reason(cx: &Cx, message: &Message) -> (String, String) {
    match &message.error {
        None => (String::new(), String::new()),
        Some((key, detail)) => {
            let words = if cx.lang.has(key) { cx.t(key) } else { String::new() };
            (words, detail.clone())
        }
    }
}
