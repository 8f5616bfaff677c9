//! One error for the whole application. It knows no HTTP: `web` decides which page or status an error becomes.
//!
//! The policy in words: what a person may not see does not exist (`NotFound`); what they lack the right for is named
//! (`Forbidden`); what they typed wrong is said per field (`Invalid`); what another person did first is a `Conflict`;
//! what will pass is `Busy` or `Full`; everything else is our fault and carries a cause for the log.

use std::fmt;

/// The result of nearly everything.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or the asking person may not see it: the two are the same on purpose.
    #[error("not found")]
    NotFound,
    /// The person may not do this. The text is the key of a right or role (`settings`, `owner`).
    #[error("needs {0}")]
    Forbidden(&'static str),
    /// What was typed cannot be taken. Nothing was changed.
    #[error("invalid: {0}")]
    Invalid(Problems),
    /// Somebody else was first. The text is a message key that says what happened.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// Too many attempts; try again after so many seconds.
    #[error("too many attempts, wait {0} s")]
    TooMany(u64),
    /// Larger than allowed; the number is the limit in bytes.
    #[error("larger than {0} bytes")]
    TooLarge(u64),
    /// The queues are full or the database is locked: the same request may work in a moment.
    #[error("busy")]
    Busy,
    /// No space is left for the database: reading works, writing does not.
    #[error("the database is full")]
    Full,
    /// The database was written by a newer version than this one.
    #[error("the database has schema {found}, this version knows {known}")]
    NewerSchema { found: i64, known: i64 },
    /// A setting is wrong: its name, what is wrong, an example.
    #[error("{0}")]
    Config(String),
    #[error("database: {0}")]
    Db(rusqlite::Error),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("json: {0}")]
    Json(#[from] serde_json::Error),
    /// A fault of ours that a person cannot mend.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// A fault of ours, in words for the log.
    pub fn internal(what: impl fmt::Display) -> Self {
        Self::Internal(what.to_string())
    }

    /// One problem of one field.
    #[must_use]
    pub fn field(field: &'static str, key: &'static str) -> Self {
        let mut problems = Problems::default();
        problems.add(field, key);
        Self::Invalid(problems)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match (&error, error.sqlite_error_code()) {
            (rusqlite::Error::QueryReturnedNoRows, _) => Self::NotFound,
            (_, Some(ErrorCode::DiskFull)) => Self::Full,
            (_, Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)) => Self::Busy,
            _ => Self::Db(error),
        }
    }
}

/// What is wrong with a form: pairs of field name and message key, in the order the form shows them.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Problems(Vec<(&'static str, &'static str)>);

impl Problems {
    /// Notes that `field` has the problem that message `key` describes.
    pub fn add(&mut self, field: &'static str, key: &'static str) {
        self.0.push((field, key));
    }

    /// The message key for `field`, if something is wrong with it.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&'static str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, key)| *key)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> i64 {
        i64::try_from(self.0.len()).unwrap_or(i64::MAX)
    }

    /// Every problem, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.0.iter().copied()
    }

    /// `Ok` if nothing is wrong.
    pub fn into_result(self) -> Result<()> {
        if self.is_empty() { Ok(()) } else { Err(Error::Invalid(self)) }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (field, key) in self.iter() {
            write!(f, "{field}={key} ")?;
        }
        Ok(())
    }
}
