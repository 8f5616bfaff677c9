//! What a contact is.

/// A contact as other features show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub id: i64,
    /// The short number people see.
    pub number: i64,
    pub kind: Kind,
    /// Empty when nobody has told it yet.
    pub name: String,
    /// Addresses and numbers: kind (`email`, `phone`), as typed; the main one first.
    pub points: Vec<(String, String)>,
}

/// What kind of contact it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Person,
    Company,
}

impl Kind {
    /// The kind stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text == "company" { Self::Company } else { Self::Person }
    }
}

impl Contact {
    /// The name, or else the first way to reach them.
    #[must_use]
    pub fn title(&self) -> &str {
        if self.name.is_empty() { self.points.first().map_or("", |(_, value)| value) } else { &self.name }
    }
}

/// An e-mail address in the form it is compared in: trimmed, lower case. Providers that tell upper from lower case in the
/// local part exist only in the standard.
#[must_use]
pub fn normalize_email(address: &str) -> String {
    address.trim().to_lowercase()
}
