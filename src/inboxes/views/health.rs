//! How an inbox is, in words.

use askama::Template;

use super::sentence;
use super::trial::TrialView;
use crate::inboxes::model::{Connected, SignIn};
use crate::inboxes::store::health::{Health, Problem};
use crate::inboxes::store::trials::Tried;
use crate::web::Cx;

/// The block of the health page that keeps itself up to date.
pub struct HealthView {
    pub id: i64,
    pub name: String,
    pub address: String,
    dot: &'static str,
    state: String,
    problems: Vec<ProblemLine>,
    /// Label and value.
    facts: Vec<(String, String)>,
    /// Mails of before that are in, and all of them.
    progress: Option<(i64, i64, String)>,
    /// The last mail that tried it: class of its notice, words, details.
    tried: Option<(&'static str, String, String)>,
    is_trying: bool,
    is_connected: bool,
    guardian: String,
}

struct ProblemLine {
    title: String,
    text: String,
    detail: String,
    /// Where it is mended, and what the link says.
    mend: (String, String),
}

impl HealthView {
    pub fn new(cx: &Cx, health: &Health) -> Self {
        let inbox = &health.inbox;
        let problems: Vec<ProblemLine> = [("health-in-broken", &health.way_in), ("health-out-broken", &health.way_out)]
            .into_iter()
            .filter_map(|(title, problem)| problem.as_ref().map(|problem| problem_line(cx, health, title, problem)))
            .collect();
        let is_connected = inbox.connected == Connected::Yes;
        let (dot, state) = match (is_connected, problems.is_empty(), inbox.lost) {
            (false, ..) => ("", "inbox-disconnected"),
            (true, true, _) => ("dot-on", "inbox-working"),
            (true, false, false) => ("dot-warn", "health-hiccup"),
            (true, false, true) => ("dot-bad", "health-lost"),
        };
        Self {
            id: inbox.id,
            name: inbox.name.clone(),
            address: inbox.address.clone(),
            dot,
            state: cx.t(state),
            problems,
            facts: facts(cx, health),
            progress: progress(cx, health),
            is_trying: health.tried.as_ref().is_some_and(|tried| tried.state == "queued"),
            tried: health.tried.as_ref().map(|tried| tried_line(cx, tried)),
            is_connected,
            guardian: health.guardian.clone().unwrap_or_default(),
        }
    }
}

fn problem_line(cx: &Cx, health: &Health, title: &'static str, problem: &Problem) -> ProblemLine {
    let id = health.inbox.id;
    let by_consent = health.inbox.mail.sign_in != SignIn::Password;
    let wants_consent =
        by_consent && matches!(problem.key.as_str(), "mail-consent" | "imap-token" | "delivery-sign-in");
    let mend = if wants_consent {
        (format!("/settings/inboxes/{id}/consent"), cx.t("health-consent-again"))
    } else {
        (format!("/settings/inboxes/{id}"), cx.t("health-reconnect"))
    };
    let since = problem.since.map(|since| cx.times.short(since)).unwrap_or_default();
    ProblemLine {
        title: cx.t1(title, "since", since),
        text: sentence(cx, &problem.key),
        detail: problem.detail.clone(),
        mend,
    }
}

fn facts(cx: &Cx, health: &Health) -> Vec<(String, String)> {
    let inbox = &health.inbox;
    let when = |at: Option<i64>| at.map_or_else(|| cx.t("health-never"), |at| cx.times.full(at));
    let mut facts =
        vec![(cx.t("health-last-in"), when(inbox.last_in_at)), (cx.t("health-last-out"), when(inbox.last_out_at))];
    let waiting = match health.oldest {
        Some(oldest) if health.waiting > 0 => {
            let since = cx.times.full(oldest);
            let mut values = crate::web::i18n::arg("n", health.waiting);
            values.extend(crate::web::i18n::arg("since", since));
            cx.with("health-waiting-since", &values)
        }
        _ => cx.t("health-waiting-none"),
    };
    facts.push((cx.t("health-waiting"), waiting));
    match (&inbox.mail.imap, &health.mailbox) {
        (None, _) => facts.push((cx.t("health-mailbox"), cx.t("health-by-pipe"))),
        (Some(mailbox), reading) => {
            facts.push((cx.t("health-mailbox"), format!("{} · {}", mailbox.server.host, mailbox.folder)));
            let checked = reading.as_ref().and_then(|reading| reading.checked_at);
            facts.push((cx.t("health-checked"), when(checked)));
            if let Some(reading) = reading {
                facts.push((cx.t("health-cursor"), cx.t1("health-cursor-at", "uid", reading.last_uid)));
                let beside = [&reading.after_problem, &reading.sent_problem];
                for problem in beside.into_iter().flatten() {
                    facts.push((cx.t("health-beside"), sentence(cx, problem)));
                }
            }
        }
    }
    facts
}

fn progress(cx: &Cx, health: &Health) -> Option<(i64, i64, String)> {
    let (total, taken) = health.mailbox.as_ref()?.history;
    if total == 0 {
        return None;
    }
    let taken = taken.min(total);
    let key = if taken < total { "health-history-running" } else { "health-history-done" };
    Some((taken, total, cx.t2(key, ("taken", taken), ("total", total))))
}

fn tried_line(cx: &Cx, tried: &Tried) -> (&'static str, String, String) {
    let when = cx.times.short(tried.ended_at.unwrap_or(tried.created_at));
    let said = |key: &str| cx.t2(key, ("to", &tried.recipient), ("when", when.clone()));
    match tried.state.as_str() {
        "queued" => ("", said("health-test-running"), String::new()),
        "sent" => ("notice-good", said("health-test-sent"), String::new()),
        _ => {
            let why = tried.error.as_deref().map(|key| sentence(cx, key)).unwrap_or_default();
            let key = if tried.state == "uncertain" { "health-test-uncertain" } else { "health-test-failed" };
            ("notice-bad", [said(key), why].join(" "), tried.detail.clone())
        }
    }
}

#[derive(Template)]
#[template(path = "inboxes/health.html")]
pub struct HealthPage {
    pub cx: Cx,
    pub health: HealthView,
    pub trial: Option<TrialView>,
}

/// The block alone.
#[derive(Template)]
#[template(path = "inboxes/_health.html")]
pub struct HealthBlock {
    pub cx: Cx,
    pub health: HealthView,
}
