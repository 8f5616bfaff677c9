//! Roles, and the rights that are switched per user.

use std::fmt;

/// What a person is in the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Agent,
    Admin,
    /// One, always; only they change an admin.
    Owner,
}

impl Role {
    /// As stored and as shown in message keys (`role-owner`).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }

    /// The role stored as `text`; anything unknown is the least.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "owner" => Self::Owner,
            "admin" => Self::Admin,
            _ => Self::Agent,
        }
    }

    /// The rights a new person of this role has.
    #[must_use]
    pub fn usual_rights(self) -> Rights {
        match self {
            Self::Agent => [Right::Conversations, Right::Contacts, Right::Cards].into_iter().collect(),
            Self::Admin | Self::Owner => Right::ALL.into_iter().collect(),
        }
    }
}

/// One thing a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    Conversations,
    Contacts,
    ContactsExport,
    Cards,
    FeedPublish,
    InboxesManage,
    Settings,
    Reports,
    Audit,
}

impl Right {
    /// All of them, in the order people see them.
    pub const ALL: [Self; 9] = [
        Self::Conversations,
        Self::Contacts,
        Self::ContactsExport,
        Self::Cards,
        Self::FeedPublish,
        Self::InboxesManage,
        Self::Settings,
        Self::Reports,
        Self::Audit,
    ];

    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Conversations => "conversations",
            Self::Contacts => "contacts",
            Self::ContactsExport => "contacts.export",
            Self::Cards => "cards",
            Self::FeedPublish => "feed.publish",
            Self::InboxesManage => "inboxes.manage",
            Self::Settings => "settings",
            Self::Reports => "reports",
            Self::Audit => "audit",
        }
    }

    /// The right stored as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.as_str() == text)
    }

    fn bit(self) -> u16 {
        1 << (self as u16)
    }
}

/// A set of rights.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Rights(u16);

impl Rights {
    /// Whether `right` is among them.
    #[must_use]
    pub fn has(self, right: Right) -> bool {
        self.0 & right.bit() != 0
    }

    /// Every right in the set.
    pub fn iter(self) -> impl Iterator<Item = Right> {
        Right::ALL.into_iter().filter(move |right| self.has(*right))
    }

    /// From names separated by spaces, as a query joins them.
    #[must_use]
    pub fn parse(names: &str) -> Self {
        names.split(' ').filter_map(Right::parse).collect()
    }
}

impl FromIterator<Right> for Rights {
    fn from_iter<I: IntoIterator<Item = Right>>(rights: I) -> Self {
        Self(rights.into_iter().fold(0, |set, right| set | right.bit()))
    }
}

impl fmt::Debug for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// A right as a type, so that a handler's signature says what it needs.
pub trait RightType: Send + Sync + 'static {
    /// The right.
    const RIGHT: Right;
}

/// Reading and answering conversations.
pub struct Conversations;
/// Connecting inboxes and changing their settings and members.
pub struct InboxesManage;
/// Changing what holds for the whole workspace.
pub struct Settings;
/// Reading and exporting the activity log.
pub struct Audit;

impl RightType for Conversations {
    const RIGHT: Right = Right::Conversations;
}

impl RightType for InboxesManage {
    const RIGHT: Right = Right::InboxesManage;
}

impl RightType for Settings {
    const RIGHT: Right = Right::Settings;
}

impl RightType for Audit {
    const RIGHT: Right = Right::Audit;
}
