//! The list of blocked senders, in the settings.

use askama::Template;

use super::super::model::Blocked;
use super::When;
use crate::web::Cx;

/// The list.
#[derive(Template)]
#[template(path = "conversations/blocked.html")]
pub struct BlockedPage {
    cx: Cx,
    lines: Vec<Line>,
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
    pub fn new(cx: Cx, blocked: &[Blocked]) -> Self {
        let lines = blocked.iter().map(|block| line(&cx, block)).collect();
        Self { cx, lines }
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
