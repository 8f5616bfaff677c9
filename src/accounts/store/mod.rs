//! All statements of the accounts.

pub mod hours;
pub mod people;
pub mod photos;
pub mod profile;
pub mod rights;
pub mod users;
pub mod workspace;
