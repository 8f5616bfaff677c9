//! Several values of one condition.

/// Whether one of the values has to hold, or none may.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sense {
    #[default]
    AnyOf,
    NoneOf,
}

/// A condition with several values; without any it lets everything through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Several<T> {
    pub sense: Sense,
    pub of: Vec<T>,
}

impl<T> Default for Several<T> {
    fn default() -> Self {
        Self { sense: Sense::AnyOf, of: Vec::new() }
    }
}

impl<T: PartialEq> Several<T> {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// The values of which one has to hold; none where there is no such condition.
    #[must_use]
    pub fn any(&self) -> &[T] {
        if self.sense == Sense::AnyOf { &self.of } else { &[] }
    }

    /// Whether it lets something through of which these values hold.
    pub fn lets(&self, holds: impl FnMut(&T) -> bool) -> bool {
        self.of.is_empty() || self.of.iter().any(holds) == (self.sense == Sense::AnyOf)
    }

    /// Takes one more value, if it is another and there is room.
    pub(super) fn take(&mut self, value: Option<T>, most: usize) {
        let new = value.filter(|value| !self.of.contains(value) && self.of.len() < most);
        self.of.extend(new);
    }

    /// Of nothing there is no sense.
    pub(super) fn settle(&mut self) {
        if self.of.is_empty() {
            self.sense = Sense::AnyOf;
        }
    }
}
