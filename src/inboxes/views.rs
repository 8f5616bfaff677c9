//! The pages, as types.

mod answering;
mod consent;
mod form;
mod health;
mod members;
mod trial;

use std::collections::HashMap;

use askama::Template;

use super::model::{Access, Connected, Inbox};
use super::routes::AssigningForm;
use crate::accounts::Person;
use crate::error::Problems;
use crate::web::Cx;

pub use answering::{AnsweringPage, Preview};
pub use consent::ConsentPage;
pub use form::{FormPage, Search, StartPage};
pub use health::{HealthBlock, HealthPage, HealthView};
pub use members::{ReadersBlock, ReadersPage, ReadersView};
pub use trial::{TrialBlock, TrialView};

/// Whether the configuration names a mail server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HouseServer {
    Sends,
    Missing,
}

/// An inbox of the list, in words.
struct Line {
    id: i64,
    name: String,
    address: String,
    /// Class of the mark beside the state; empty is the quiet one.
    dot: &'static str,
    is_broken: bool,
    /// Whether somebody with the right has to do something.
    mend: bool,
    state: String,
    detail: String,
    readers: String,
}

#[derive(Template)]
#[template(path = "inboxes/list.html")]
pub struct ListPage {
    cx: Cx,
    lines: Vec<Line>,
    broken: Vec<String>,
}

impl ListPage {
    pub fn new(cx: Cx, inboxes: &[(Inbox, Vec<i64>)], people: &[Person], house: HouseServer) -> Self {
        let names: HashMap<i64, &str> = people.iter().map(|person| (person.id, person.name.as_str())).collect();
        let lines: Vec<Line> = inboxes
            .iter()
            .map(|(inbox, members)| {
                let (dot, state, detail) = health(&cx, inbox, house);
                Line {
                    id: inbox.id,
                    name: inbox.name.clone(),
                    address: inbox.address.clone(),
                    dot,
                    is_broken: problem_of(inbox).is_some(),
                    mend: problem_of(inbox).is_some() || inbox.connected == Connected::No,
                    state,
                    detail,
                    readers: readers(&cx, inbox, members, &names),
                }
            })
            .collect();
        let broken = lines.iter().filter(|line| line.is_broken).map(|line| line.name.clone()).collect();
        Self { cx, lines, broken }
    }
}

/// What is wrong with it, the way in first: without it nobody hears of anything.
fn problem_of(inbox: &Inbox) -> Option<&str> {
    inbox.problem_in.as_deref().or(inbox.problem.as_deref())
}

/// A problem as a sentence.
fn sentence(cx: &Cx, problem: &str) -> String {
    if cx.lang.has(problem) { cx.t(problem) } else { cx.t("delivery-failed") }
}

/// The class of the mark, the state in two words, and the sentence below.
fn health(cx: &Cx, inbox: &Inbox, house: HouseServer) -> (&'static str, String, String) {
    if inbox.connected == Connected::No {
        return ("", cx.t("inbox-disconnected"), cx.t("inbox-disconnected-hint"));
    }
    if let Some(problem) = problem_of(inbox) {
        return ("dot-bad", cx.t("inbox-broken"), sentence(cx, problem));
    }
    if house == HouseServer::Missing && inbox.mail.smtp.is_none() {
        return ("dot-warn", cx.t("inbox-receives-only"), cx.t("delivery-no-way"));
    }
    let last = |key: &str, at: Option<i64>| at.map(|at| cx.t1(key, "when", cx.times.short(at)));
    let traffic = [last("inbox-last-in", inbox.last_in_at), last("inbox-last-out", inbox.last_out_at)];
    let traffic: Vec<String> = traffic.into_iter().flatten().collect();
    if traffic.is_empty() {
        return ("", cx.t("inbox-silent"), cx.t("inbox-silent-hint"));
    }
    ("dot-on", cx.t("inbox-working"), traffic.join(" · "))
}

/// Who reads it, by first names.
fn readers(cx: &Cx, inbox: &Inbox, members: &[i64], names: &HashMap<i64, &str>) -> String {
    let chosen = match inbox.access {
        Access::All => return cx.t("inbox-readers-all"),
        Access::Selected => members,
        Access::Owner => &[],
    };
    let others = chosen.iter().copied().filter(|member| inbox.owner != Some(*member));
    let readers = inbox.owner.into_iter().chain(others).filter_map(|id| names.get(&id));
    let readers: Vec<&str> = readers.map(|name| name.split(' ').next().unwrap_or(name)).collect();
    match readers.as_slice() {
        [] => cx.t("inbox-readers-nobody"),
        names if names.len() <= 3 => names.join(", "),
        [first, second, rest @ ..] => {
            let names = [*first, *second].join(", ");
            cx.t2("inbox-readers-more", ("names", names), ("n", rest.len()))
        }
        [only] => (*only).to_owned(),
    }
}

/// How an inbox hands out its conversations.
#[derive(Template)]
#[template(path = "inboxes/assigning.html")]
pub struct AssigningPage {
    pub cx: Cx,
    pub inbox: Inbox,
    pub typed: AssigningForm,
    pub problems: Problems,
}
