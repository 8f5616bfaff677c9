//! Conversations with people outside, and their messages. Notes stay with the team: nothing here can send one.

pub mod model;
pub mod store;
