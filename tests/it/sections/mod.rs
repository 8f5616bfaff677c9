//! Who handles what: sections and marks, availability and assignment, closing, deleting, putting off, tags.

pub mod office;
