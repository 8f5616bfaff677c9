//! The product through its front door. A file or folder per feature; `support` holds what they share.

mod accounts;
mod commands;
mod crash;
mod demo;
mod email_bombs;
mod email_compose;
mod email_parse;
mod email_quote;
mod email_sanitize;
mod faults;
mod followers;
mod imap;
mod inboxes;
mod intake;
mod live;
mod matrix;
mod odd_input;
mod outbox;
mod peers;
mod plans;
mod sections;
mod support;
mod tidy;
mod web_client;
