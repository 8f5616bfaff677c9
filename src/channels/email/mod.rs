//! Reading, cleaning, recognizing and writing e-mail. All of it is pure (no file, no network, no clock, no database) but
//! `receive`, which takes mail in, and `deliver`, which sends answers.
//!
//! Incoming: [`parse`] reads raw bytes into a [`Mail`] and never fails. Its HTML leaves this module only through
//! [`sanitize`], after [`split_html`] has looked at the marks of quotes that cleaning removes.
//! Outgoing: [`compose`] writes the bytes; [`ReplyKey`] signs the addresses and Message-IDs by which answers are known.

mod attachment;
mod attribution;
mod body;
mod bounce;
mod calendar;
mod charset;
mod clean;
mod collect;
mod complexity;
mod compose;
mod compose_body;
mod deliver;
mod detect;
mod doors;
mod fields;
mod flowed;
mod limits;
mod mailbox;
mod parse;
mod plain;
mod quote;
mod quote_html;
mod reaction;
mod receive;
mod sanitize;
mod sign_in;
mod structure;
mod style;
mod tags;
mod team;
mod token;
mod transfer;
mod words;
mod zones;

pub use attachment::Attachment;
pub use bounce::Bounce;
pub use collect::{Collector, Cursor, SENT_COPY, SentCopier, load as mailbox_cursor};
pub use compose::{ComposeError, Outgoing, OutgoingFile, Quoted, Writer, compose, reply_subject};
pub use deliver::{Deliverer, waiting};
pub use detect::Automatic;
pub use doors::Doors;
pub use limits::Limits;
pub use mailbox::Mailbox;
pub use parse::{Mail, parse, synthetic_id};
pub use plain::to_text;
pub use quote::{Folded, split};
pub use quote_html::{FoldedHtml, split_html};
pub use receive::{CHANNEL, Intake, Ready, reply_key};
pub use sanitize::{Sanitized, sanitize, sanitize_after};
pub use sign_in::sign_in_of;
pub use team::{TeamMail, is_proven};
pub use token::{ReplyKey, Staff, StaffMark, TokenError};
