//! What arrives beside messages, and what leaves by itself when somebody writes.

mod blocked;
mod channel;
mod greetings;
mod reactions;
mod sequels;
