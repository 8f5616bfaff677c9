//! Which mails no person wrote, so that no automatic answer meets another one.

use super::fields::Fields;
use super::mailbox::Mailbox;

/// Why a mail counts as automatic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Automatic {
    /// An absence note or another machine's answer.
    AutoReply,
    /// Mail in bulk: newsletters, notices of systems.
    Bulk,
    /// A mailing list or group.
    List,
    /// A report that a mail was not delivered.
    Bounce,
    /// A mail that a server marked as going in circles.
    Loop,
}

/// Judges the header block.
pub(super) fn automatic(fields: &Fields<'_>, from: &Mailbox) -> Option<Automatic> {
    if is_loop(fields) {
        Some(Automatic::Loop)
    } else if is_bounce(fields, from) {
        Some(Automatic::Bounce)
    } else if is_auto_reply(fields) {
        Some(Automatic::AutoReply)
    } else if is_list(fields) {
        Some(Automatic::List)
    } else {
        is_bulk(fields).then_some(Automatic::Bulk)
    }
}

/// From this "spam confidence level" on Exchange puts a mail into the folder for junk.
const SPAM_LEVEL: i32 = 5;

/// Marks of filters before us.
pub(super) fn is_spam(fields: &Fields<'_>) -> bool {
    let level = fields.keyword("x-ms-exchange-organization-scl");
    ["x-spam-flag", "x-spam-status", "x-spam"].iter().any(|name| fields.keyword(name) == "yes")
        || level.parse::<i32>().is_ok_and(|level| level >= SPAM_LEVEL)
}

fn is_loop(fields: &Fields<'_>) -> bool {
    fields.keyword("x-loop") == "yes" || fields.has("x-ms-exchange-inbox-rules-loop")
}

fn is_bounce(fields: &Fields<'_>, from: &Mailbox) -> bool {
    let local = from.address.split('@').next().unwrap_or_default().to_ascii_lowercase();
    let named = from.name.to_ascii_lowercase();
    matches!(local.as_str(), "mailer-daemon" | "postmaster")
        || (from.address.is_empty() && named.contains("mailer-daemon"))
        || fields.has("x-failed-recipients")
        || super::bounce::is_report(fields)
}

fn is_auto_reply(fields: &Fields<'_>) -> bool {
    let submitted = fields.keyword("auto-submitted");
    (!submitted.is_empty() && submitted != "no")
        || ["x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply"].iter().any(|f| said(fields, f))
        || suppresses(fields)
        || ["precedence", "x-precedence"]
            .iter()
            .any(|f| matches!(fields.keyword(f).as_str(), "auto_reply" | "auto-reply"))
        || fields.texts("delivered-to").any(|to| to.to_ascii_lowercase().starts_with("autoresponder"))
        || null_return_path(fields)
}

/// Present, and not with the value "no".
fn said(fields: &Fields<'_>, name: &str) -> bool {
    fields.has(name) && fields.keyword(name) != "no"
}

fn suppresses(fields: &Fields<'_>) -> bool {
    fields.texts("x-auto-response-suppress").any(|value| {
        let value = value.to_ascii_lowercase();
        value.split([',', ';', ' ']).any(|word| matches!(word, "all" | "oof" | "autoreply"))
    })
}

fn null_return_path(fields: &Fields<'_>) -> bool {
    fields.text("return-path").is_some_and(|path| path.replace(' ', "") == "<>")
}

fn is_list(fields: &Fields<'_>) -> bool {
    fields.has("list-id") || ["precedence", "x-precedence"].iter().any(|f| fields.keyword(f) == "list")
}

fn is_bulk(fields: &Fields<'_>) -> bool {
    fields.has("list-unsubscribe")
        || ["precedence", "x-precedence"].iter().any(|f| matches!(fields.keyword(f).as_str(), "bulk" | "junk"))
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, parse};
    use super::*;

    fn judged(header: &str) -> Option<Automatic> {
        parse(format!("From: a@b.c\n{header}\nSubject: x\n\nhi\n").as_bytes(), &Limits::default()).automatic
    }

    #[test]
    fn every_mark_of_a_machine_is_known() {
        for (header, kind) in [
            ("Auto-Submitted: auto-replied (vacation)", Automatic::AutoReply),
            ("Auto-Submitted: auto-generated; owner-email=x", Automatic::AutoReply),
            ("X-Autoreply: yes", Automatic::AutoReply),
            ("X-Autorespond: Out of office", Automatic::AutoReply),
            ("X-Autoresponder: x", Automatic::AutoReply),
            ("Precedence: auto_reply", Automatic::AutoReply),
            ("X-Auto-Response-Suppress: DR, OOF, AutoReply", Automatic::AutoReply),
            ("X-Auto-Response-Suppress: All", Automatic::AutoReply),
            ("Delivered-To: Autoresponder", Automatic::AutoReply),
            ("Return-Path: <>", Automatic::AutoReply),
            ("Precedence: Bulk", Automatic::Bulk),
            ("X-Precedence: junk", Automatic::Bulk),
            ("List-Unsubscribe: <https://x.y>", Automatic::Bulk),
            ("Precedence: list", Automatic::List),
            ("List-Id: <x.y.z>", Automatic::List),
            ("X-Loop: yes", Automatic::Loop),
            ("X-MS-Exchange-Inbox-Rules-Loop: a@b", Automatic::Loop),
            ("X-Failed-Recipients: z@b.c", Automatic::Bounce),
        ] {
            assert_eq!(judged(header), Some(kind), "{header}");
        }
    }

    #[test]
    fn people_are_not_machines() {
        for header in
            ["Auto-Submitted: no", "X-Mailer: x", "X-Auto-Response-Suppress: DR", "Precedence: normal", "X-Loop: no"]
        {
            assert_eq!(judged(header), None, "{header}");
        }
    }
}
