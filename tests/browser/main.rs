//! The product in a real Chromium: what only a browser can show. Pictures go to `target/screenshots`.

mod harness;
mod support;
