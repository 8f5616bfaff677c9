//! The customers' side of the demo: reads what the product sent, writes and answers as one of them. It makes real mails and
//! gives them to the same intake.

mod routes;
mod store;
mod views;

use rocket::fairing::AdHoc;

use crate::auth::Guard;
use crate::channels::email::{Intake, Limits, Mail, Mailbox as Address, Outgoing, Writer, parse};
use crate::mailer::Outbox;
use crate::server::App;
use crate::web::Guards;

/// What the page's routes ask of their caller.
pub const GUARDS: Guards = &[("mailbox", Guard::Demo), ("letters", Guard::Demo), ("write", Guard::Demo)];

/// What the page works on.
pub(super) struct Mailbox {
    outbox: Outbox,
    intake: Intake,
}

/// Mounts the page.
pub(super) fn stage(app: &App, outbox: Outbox) -> AdHoc {
    let intake = Intake { db: app.db.clone(), keys: app.keys.clone(), max_bytes: app.config.max_mail_bytes };
    AdHoc::on_ignite("demo mailbox", |rocket| async {
        rocket.manage(Mailbox { outbox, intake }).mount("/", routes::all())
    })
}

impl Mailbox {
    /// What was sent to `address`, newest first, with its place in the order of sending.
    fn letters_to(&self, address: &str) -> Vec<(usize, Mail)> {
        let letters = self.outbox.letters().into_iter().enumerate().rev();
        let theirs = letters.filter(|(_, letter)| letter.envelope.to.iter().any(|to| to == address));
        theirs.map(|(place, letter)| (place, parse(&letter.raw, &Limits::default()))).take(50).collect()
    }

    /// One mail by its place.
    fn letter(&self, place: usize) -> Option<Mail> {
        self.outbox.letters().get(place).map(|letter| parse(&letter.raw, &Limits::default()))
    }
}

/// A mail with this text and nothing else decided yet.
pub(super) fn letter(text: &str) -> Outgoing {
    Outgoing {
        from: Address { name: String::new(), address: String::new() },
        to: Vec::new(),
        cc: Vec::new(),
        reply_to: None,
        message_id: String::new(),
        in_reply_to: None,
        references: Vec::new(),
        subject: String::new(),
        sent_at_ms: 0,
        outlook_index: None,
        outlook_topic: None,
        writer: Writer::Person,
        text: text.to_owned(),
        quoted: None,
        attachments: Vec::new(),
    }
}

/// What a mail server writes when there is no such address (RFC 3464).
pub(super) fn bounce(original: &str, address: &str) -> Vec<u8> {
    format!(
        "Message-ID: <bounce.{original}>\r\nReturn-Path: <>\r\nFrom: Mail Delivery System <mailer-daemon@mx.example>\r\n\
         Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\n\
         Content-Type: text/plain\r\n\r\nThe address {address} does not exist.\r\n--b\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 5.1.1 no such address\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n\
         Message-ID: <{original}>\r\n--b--\r\n"
    )
    .into_bytes()
}
