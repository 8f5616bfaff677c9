//! The product through its front door. A file or folder per feature; `support` holds what they share.

mod accounts;
mod peers;
mod support;
mod tidy;
