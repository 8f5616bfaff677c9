//! All statements of the accounts.

pub mod hours;
pub mod invitations;
pub mod ownership;
pub mod people;
pub mod photos;
pub mod profile;
pub mod rights;
pub mod teams;
pub mod users;
pub mod workspace;
