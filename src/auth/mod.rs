//! Who somebody is and what they may do: passwords, second factors, sessions, one-time tokens, limits on guessing, form
//! tokens, and the request guards made of them. Who you are is a guard; what you may do is a type. It never shows a page.

mod address;
mod csrf;
mod guards;
pub mod limits;
pub mod passwords;
mod rights;
pub mod second_factor;
pub mod sessions;
pub mod tokens;
mod viewer;

pub use address::ClientAddress;
pub use csrf::FormToken;
pub use guards::{Admin, Enrolling, Guard, May, Owner, Public, Refusal, Setup, SignedIn, cookie_name, holder, viewer};
pub use rights::{Audit, Conversations, InboxesManage, Right, Rights, Role, Settings};
pub use viewer::{Availability, Enrollee, Holder, Seat, Shortcuts, Theme, Viewer};
