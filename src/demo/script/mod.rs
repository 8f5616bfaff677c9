//! The conversations of the demo company, an architect's studio in Belo Horizonte. What is said here is content and not
//! interface, so it stands in no language file.

mod clients;
mod office;
mod past;
mod works;

use super::story::{Mate, Story};

/// Places in the list of teammates.
pub const PATRICIA: Mate = 0;
pub const CAMILA: Mate = 1;
pub const DIEGO: Mate = 2;
pub const RENATA: Mate = 3;

/// Places in the list of inboxes.
const LOJA: usize = 0;
const OBRAS: usize = 1;
const DIRECAO: usize = 2;

/// All of them, in no order.
pub fn stories() -> Vec<&'static Story> {
    let files: [&'static [Story]; 4] = [clients::STORIES, works::STORIES, office::STORIES, past::STORIES];
    files.into_iter().flatten().collect()
}
