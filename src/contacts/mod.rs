//! The people and companies outside: who they are and how they are reached. A phone number or an address is never a
//! contact's key, and two contacts are never made one without a person's word.

mod model;
mod search;
mod store;

pub use model::{Contact, Kind, normalize_email};
pub use search::{find, listed, queries};
pub use store::{by_number, find_by_email, get, mark_undeliverable, recognize};
