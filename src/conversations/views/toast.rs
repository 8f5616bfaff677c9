//! What was just done, with a way back.

use askama::Template;
use rocket::http::Status;

use crate::error::{Error, Result};
use crate::web::{Cx, Html};

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

    /// Why something was not done, and nothing else changes on the page.
    ///
    /// # Errors
    /// When it cannot be rendered.
    pub fn alone(cx: &Cx, key: &str) -> Result<Html> {
        let toast = Html::render(&Self::bad(cx.t(key)))?.with_header("HX-Reswap", "none".to_owned());
        Ok(toast.with_status(Status::Conflict))
    }

    /// The same with a way back, if it was done.
    #[must_use]
    pub fn with(mut self, undo: Undo) -> Self {
        self.undo = Some(undo).filter(|_| !self.is_bad);
        self
    }
}
