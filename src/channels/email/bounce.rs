//! Reports of failed delivery (RFC 3464), and the older forms that servers still write.

use super::fields::{Fields, ids};
use super::parse::Mail;
use super::structure::{Leaf, Structure};
use super::{charset, clean, detect, mailbox, transfer};

/// A mail of ours did not arrive, or not yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bounce {
    /// The Message-ID of the mail that did not arrive, without angle brackets.
    pub original_message_id: Option<String>,
    /// The address that was not reached.
    pub recipient: Option<String>,
    /// Further addresses of the same report.
    pub others: Vec<String>,
    /// The status code of RFC 3463, such as `5.1.1`.
    pub status: Option<String>,
    /// What the server said, on one line of at most 1,000 characters; may be empty.
    pub diagnostic: String,
    /// Whether no further attempt follows.
    pub permanent: bool,
}

/// What a report says about one address.
#[derive(Default)]
struct Verdict {
    action: String,
    recipient: Option<String>,
    status: Option<String>,
    diagnostic: String,
}

/// What the header block says about a report.
pub(super) struct Hints {
    report: bool,
    failed: Vec<String>,
}

impl Hints {
    pub fn of(fields: &Fields<'_>) -> Self {
        let failed = fields.mailboxes("x-failed-recipients").into_iter().map(|m| m.address).filter(|a| !a.is_empty());
        Self { report: is_report(fields), failed: failed.collect() }
    }
}

/// Whether the mail as a whole declares itself a delivery report.
pub(super) fn is_report(fields: &Fields<'_>) -> bool {
    fields.typed("content-type").is_some_and(|t| {
        t.is("multipart", "report") && t.param("report-type").is_some_and(|r| r.eq_ignore_ascii_case("delivery-status"))
    })
}

/// Reads the report in a mail; `None` if it is none or tells of success.
pub(super) fn read(mail: &Mail, hints: Hints, structure: &Structure<'_>, text: &str) -> Option<Bounce> {
    let status_leaf =
        structure.leaves.iter().find(|l| l.kind.main == "message" && l.kind.sub.ends_with("delivery-status"));
    let suspected = mail.automatic == Some(detect::Automatic::Bounce);
    if !(hints.report
        || !hints.failed.is_empty()
        || (status_leaf.is_some() && suspected)
        || (suspected && (returns_a_mail(structure) || has_failure(text))))
    {
        return None;
    }
    let verdicts = status_leaf.map(verdicts).unwrap_or_default();
    if !verdicts.is_empty()
        && verdicts.iter().all(|v| matches!(v.action.as_str(), "delivered" | "relayed" | "expanded"))
    {
        return None;
    }
    let original = original_id(structure).or_else(|| copied_id(text)).or_else(|| answered(mail));
    let mut bounce = judge(verdicts, text);
    bounce.original_message_id = original;
    if bounce.recipient.is_none() {
        let mut failed = hints.failed.into_iter();
        bounce.recipient = failed.next().or_else(|| copied_address(text));
        bounce.others.extend(failed);
    }
    Some(bounce)
}

fn judge(verdicts: Vec<Verdict>, text: &str) -> Bounce {
    let at = verdicts.iter().position(|v| v.action == "failed").unwrap_or(0);
    let others =
        verdicts.iter().enumerate().filter(|(n, _)| *n != at).filter_map(|(_, v)| v.recipient.clone()).collect();
    let delayed = verdicts.get(at).is_some_and(|v| v.action == "delayed");
    let Some(first) = verdicts.into_iter().nth(at) else {
        let status = status_in(clean::cut(text, 20_000));
        let diagnostic = diagnostic_in(text, status.as_deref());
        return Bounce {
            permanent: status.as_ref().is_none_or(|s| s.starts_with('5')),
            status,
            diagnostic,
            ..Bounce::default()
        };
    };
    let status = first.status.or_else(|| status_in(&first.diagnostic));
    let permanent = !delayed && status.as_ref().is_none_or(|s| s.starts_with('5'));
    Bounce {
        original_message_id: None,
        recipient: first.recipient,
        others,
        status,
        diagnostic: first.diagnostic,
        permanent,
    }
}

/// The groups of a `message/delivery-status`: one about the mail, then one for each address.
fn verdicts(leaf: &Leaf<'_>) -> Vec<Verdict> {
    let bytes = transfer::decode(leaf.bytes, &leaf.fields.keyword("content-transfer-encoding")).into_owned();
    let text = charset::decode(&bytes, None).replace("\r\n", "\n");
    text.split("\n\n").take(200).filter_map(|group| verdict(group.trim_start_matches('\n'))).collect()
}

fn verdict(group: &str) -> Option<Verdict> {
    let (fields, _) = Fields::split(group.as_bytes(), 100);
    let typed =
        |name: &str| fields.text(name).map(|t| t.split_once(';').map_or(t.clone(), |(_, rest)| rest.trim().to_owned()));
    let recipient =
        ["original-recipient", "final-recipient"].iter().find_map(|f| typed(f)).map(|a| mailbox::address(&a));
    let action = fields.keyword("action");
    if action.is_empty() && recipient.is_none() {
        return None;
    }
    let status = fields.text("status").and_then(|s| status_in(&s));
    let diagnostic = clean::line(&typed("diagnostic-code").unwrap_or_default(), 1_000);
    Some(Verdict { action, recipient: recipient.filter(|a| !a.is_empty()), status, diagnostic })
}

/// The Message-ID in the returned mail or its returned header block.
fn original_id(structure: &Structure<'_>) -> Option<String> {
    structure.leaves.iter().filter(|l| is_returned(l)).find_map(|leaf| {
        let bytes = transfer::decode(leaf.bytes, &leaf.fields.keyword("content-transfer-encoding")).into_owned();
        Fields::split(&bytes, 1_000).0.ids("message-id").into_iter().next()
    })
}

fn is_returned(leaf: &Leaf<'_>) -> bool {
    matches!(
        (leaf.kind.main.as_str(), leaf.kind.sub.as_str()),
        ("message", "rfc822" | "global" | "global-headers" | "rfc822-headers") | ("text", "rfc822-headers")
    )
}

fn returns_a_mail(structure: &Structure<'_>) -> bool {
    structure.leaves.iter().any(is_returned)
}

/// Words that plain reports of old servers contain.
fn has_failure(text: &str) -> bool {
    let head = clean::cut(text, 20_000).to_ascii_lowercase();
    status_in(&head).is_some() || head.contains("message-id:") || head.contains("deliver")
}

/// The Message-ID of a mail that is copied below the words of an old server.
fn copied_id(text: &str) -> Option<String> {
    text.lines().take(5_000).find_map(|line| {
        let line = line.trim_start_matches(['>', ' ']);
        let head = line.get(..11).filter(|h| h.eq_ignore_ascii_case("message-id:"))?;
        ids(&line[head.len()..]).into_iter().next()
    })
}

/// Old servers write the address on a line of its own.
fn copied_address(text: &str) -> Option<String> {
    text.lines().take(100).find_map(|line| {
        let word = line.trim().trim_end_matches(':');
        Some(mailbox::address(word)).filter(|a| !a.is_empty())
    })
}

fn answered(mail: &Mail) -> Option<String> {
    mail.in_reply_to.first().or(mail.references.last()).cloned()
}

/// The first code of the form `5.1.1` or `4.x.x`.
fn status_in(text: &str) -> Option<String> {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.')).take(5_000).find_map(|word| {
        let word = word.trim_matches('.');
        let parts: Vec<&str> = word.split('.').collect();
        let sound =
            parts.len() == 3 && matches!(parts[0], "4" | "5") && parts[1..].iter().all(|p| (1..=3).contains(&p.len()));
        sound.then(|| word.to_owned())
    })
}

fn diagnostic_in(text: &str, status: Option<&str>) -> String {
    let line = text.lines().take(500).find(|l| status.is_some_and(|s| l.contains(s)));
    clean::line(line.unwrap_or_default(), 1_000)
}
