//! Who handles what: sections and marks, availability and assignment, closing, deleting, putting off, tags.

mod access;
mod assigning;
mod assignment;
mod closing;
mod deletion;
mod export;
mod keeping;
mod marks;
pub mod office;
mod snooze;
mod tags;
