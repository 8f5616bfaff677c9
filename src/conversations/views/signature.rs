//! The page of one's own signature.

use askama::Template;

use super::super::model::Undo;
use crate::error::Problems;
use crate::web::Cx;

/// The page.
#[derive(Template)]
#[template(path = "conversations/signature.html")]
pub struct SignaturePage {
    pub cx: Cx,
    pub typed: String,
    pub undo: Undo,
    pub problems: Problems,
}

impl SignaturePage {
    fn waits(&self) -> bool {
        self.undo == Undo::On
    }
}
