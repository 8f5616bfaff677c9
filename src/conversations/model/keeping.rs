//! How long an inbox keeps what was said in it.

/// What its page sets; by default everything is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Keeping {
    /// The newest messages of each conversation that are kept; none: all of them.
    pub messages: Option<u32>,
    /// Days after the last activity in which a closed conversation is kept; none: for ever.
    pub days: Option<u32>,
}

impl Keeping {
    /// The fewest messages and the most that a limit may name.
    pub const MESSAGES: std::ops::RangeInclusive<u32> = 50..=100_000;
    /// The same for days.
    pub const DAYS: std::ops::RangeInclusive<u32> = 30..=36_500;
}
