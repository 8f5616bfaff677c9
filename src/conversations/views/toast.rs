//! What was just done, with a way back.

use askama::Template;

use crate::error::{Error, Result};
use crate::web::Cx;

/// A sentence beside a block.
#[derive(Template)]
#[template(path = "conversations/toast.html")]
pub struct Toast {
    pub text: String,
    pub is_bad: bool,
    pub undo: Option<Undo>,
}

/// The way back.
pub struct Undo {
    pub label: String,
    /// Takes a form.
    pub href: String,
    /// `delete`, or empty for `post`.
    pub method: &'static str,
    pub token: String,
}

impl Toast {
    /// What was done.
    pub fn said(text: String) -> Self {
        Self { text, is_bad: false, undo: None }
    }

    /// Why something was not done.
    pub fn bad(text: String) -> Self {
        Self { text, is_bad: true, undo: None }
    }

    /// What was done, or why not.
    pub fn of<T>(cx: &Cx, done: &Result<T>, said: &str) -> Self {
        match done {
            Err(Error::Conflict(key)) => Self::bad(cx.t(key)),
            _ => Self::said(cx.t(said)),
        }
    }

    /// The same with a way back, if it was done.
    #[must_use]
    pub fn with(mut self, undo: Undo) -> Self {
        self.undo = Some(undo).filter(|_| !self.is_bad);
        self
    }
}
