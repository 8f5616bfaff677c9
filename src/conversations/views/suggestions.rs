//! What is offered while somebody types in the answer box.

use askama::Template;

use crate::web::Cx;

/// One of the list: what it says, and what is written when it is chosen.
pub struct Suggestion {
    pub label: String,
    pub more: String,
    pub text: String,
    /// Go along with the text.
    pub files: Vec<SuggestionFile>,
}

/// A file that goes along.
pub struct SuggestionFile {
    pub key: String,
    pub name: String,
    pub mime: String,
}

#[derive(Template)]
#[template(path = "conversations/suggestions.html")]
pub struct Suggestions {
    pub cx: Cx,
    pub options: Vec<Suggestion>,
}

/// The same as a page to copy from, where no script opens the list.
#[derive(Template)]
#[template(path = "conversations/suggestions_page.html")]
pub struct SuggestionsPage {
    pub cx: Cx,
    pub id: i64,
    pub options: Vec<Suggestion>,
}
