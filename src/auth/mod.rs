//! Who somebody is and what they may do: passwords, sessions, one-time tokens, limits on guessing, form tokens, and the
//! request guards made of them. Who you are is a guard; what you may do is a type. It never shows a page.

mod address;
mod csrf;
mod guards;
pub mod limits;
pub mod passwords;
mod rights;
pub mod sessions;
pub mod tokens;
mod viewer;

pub use address::ClientAddress;
pub use csrf::FormToken;
pub use guards::{Admin, Guard, May, Public, Refusal, Setup, SignedIn, cookie_name, viewer};
pub use rights::{Audit, Conversations, InboxesManage, Right, Rights, Role, Settings};
pub use viewer::{Availability, Shortcuts, Theme, Viewer};
