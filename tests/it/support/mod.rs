//! What tests share: the product running, servers to talk to, ways to wait, choices that can be repeated.

pub mod aiosmtpd;
pub mod app;
pub mod authenticator;
pub mod browser;
pub mod desk;
pub mod dovecot;
pub mod house;
pub mod imap;
pub mod letters;
pub mod mailbox;
pub mod process;
pub mod provider;
pub mod rounds;
pub mod smtp;
pub mod undo;
pub mod wait;
