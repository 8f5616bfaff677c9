//! The product in a real Chromium: what only a browser can show. Pictures go to `target/screenshots`.

mod conversations;
mod doors;
mod finding;
mod hands;
mod harness;
mod house;
mod inboxes;
mod notices;
mod people;
mod reading;
mod second_factor;
mod sections;
mod settings;
mod support;
mod tools;
mod writing;
