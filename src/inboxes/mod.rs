//! Connected accounts: what a channel can do there, who reads it, whether it works. An inbox knows no message; what its
//! channel can and cannot do is plain data on its row.

mod model;
pub mod store;

pub use model::{Access, Capabilities, Inbox, NewInbox, Outgoing, OwnServer};
