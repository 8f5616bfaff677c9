//! Filters under a name.

/// Longest name of a filter in Unicode scalar values.
const NAME: usize = 60;

/// Who finds a filter in their list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shared {
    /// Its owner alone.
    No,
    /// Everybody; each sees of it what they may.
    Yes,
}

/// A filter under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub id: i64,
    pub owner: i64,
    pub owner_name: String,
    pub name: String,
    /// As in an address, the section included.
    pub query: String,
    pub shared: Shared,
}

/// A name as it is kept: one line, single spaces; `None` when nothing is left or it is too long.
#[must_use]
pub fn saved_name(typed: &str) -> Option<String> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=NAME).contains(&name.chars().count()) && !name.contains(char::is_control);
    fits.then_some(name)
}
