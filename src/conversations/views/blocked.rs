//! The list of blocked senders, in the settings.

use askama::Template;

use super::super::model::{Blocked, Refused, preview};
use super::When;
use crate::web::Cx;

/// The list.
#[derive(Template)]
#[template(path = "conversations/blocked.html")]
pub struct BlockedPage {
    cx: Cx,
    lines: Vec<Line>,
    kept: Vec<Kept>,
}

/// A refused mail in words.
struct Kept {
    piece: i64,
    subject: String,
    who: String,
    when: When,
}

/// A blocked sender in words.
struct Line {
    id: i64,
    who: String,
    by: String,
    refused: String,
    when: When,
}

impl BlockedPage {
    pub fn new(cx: Cx, blocked: &[Blocked], refused: &[Refused]) -> Self {
        let lines = blocked.iter().map(|block| line(&cx, block)).collect();
        let kept = refused.iter().map(|refused| kept(&cx, refused)).collect();
        Self { cx, lines, kept }
    }
}

fn kept(cx: &Cx, refused: &Refused) -> Kept {
    let subject = preview(&refused.subject);
    Kept {
        piece: refused.piece,
        subject: if subject.is_empty() { cx.t("blocked-kept-untitled") } else { subject },
        who: cx.t2("blocked-kept-line", ("address", &refused.address), ("inbox", &refused.inbox)),
        when: When::new(cx, refused.at, cx.times.short(refused.at)),
    }
}

fn line(cx: &Cx, block: &Blocked) -> Line {
    let who = match block.pattern.strip_prefix('@') {
        Some(domain) => cx.t1("blocked-domain", "domain", domain),
        None => block.pattern.clone(),
    };
    let refused = match block.refused_at {
        Some(at) => {
            let mut values = crate::web::i18n::arg("n", block.refused);
            values.extend(crate::web::i18n::arg("date", cx.times.full(at)));
            cx.with("blocked-refused", &values)
        }
        None => cx.t("blocked-refused-none"),
    };
    let when = When::new(cx, block.at, cx.times.short(block.at));
    Line { id: block.id, who, by: cx.t1("blocked-by", "by", &block.by), refused, when }
}
