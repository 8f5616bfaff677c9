//! All statements of the accounts.

pub mod arrivals;
pub mod email;
pub mod factor_rule;
pub mod hours;
pub mod invitations;
pub mod ownership;
pub mod people;
pub mod photos;
pub mod profile;
pub mod refusals;
pub mod rights;
pub mod second_factor;
pub mod teams;
pub mod users;
pub mod workspace;
