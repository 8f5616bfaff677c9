//! The product in a real Chromium: what only a browser can show. Pictures go to `target/screenshots`.

mod arriving;
mod conversations;
mod doors;
mod finding;
mod hands;
mod harness;
mod house;
mod inboxes;
mod joining;
mod mailbox;
mod notices;
mod people;
mod reading;
mod second_factor;
mod sections;
mod settings;
mod support;
mod tools;
mod troubles;
mod watching;
mod writing;

#[path = "../it/support/dovecot.rs"]
#[expect(dead_code, reason = "shared with the tests without a browser, which need more of it")]
mod dovecot;
#[path = "../it/support/process.rs"]
#[expect(dead_code, reason = "as above")]
mod process;
#[path = "../it/support/wait.rs"]
#[expect(dead_code, reason = "as above")]
mod wait;
