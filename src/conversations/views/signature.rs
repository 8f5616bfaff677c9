//! The page of one's own signature.

use askama::Template;

use crate::error::Problems;
use crate::web::Cx;

/// The page.
#[derive(Template)]
#[template(path = "conversations/signature.html")]
pub struct SignaturePage {
    pub cx: Cx,
    pub typed: String,
    pub problems: Problems,
}
