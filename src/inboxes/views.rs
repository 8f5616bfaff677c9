//! The pages, as types.

mod members;

use std::collections::HashMap;

use askama::Template;

use super::model::{Access, Inbox};
use super::routes::{AnsweringForm, AssigningForm, InboxForm, Known};
use crate::accounts::Person;
use crate::error::Problems;
use crate::mailer::Reason;
use crate::web::Cx;

pub use members::{ReadersBlock, ReadersPage, ReadersView};

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
                    is_broken: inbox.problem.is_some(),
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

/// The class of the mark, the state in two words, and the sentence below.
fn health(cx: &Cx, inbox: &Inbox, house: HouseServer) -> (&'static str, String, String) {
    if let Some(problem) = &inbox.problem {
        let sentence = if cx.lang.has(problem) { cx.t(problem) } else { cx.t("delivery-failed") };
        return ("dot-bad", cx.t("inbox-broken"), sentence);
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

/// How the trial of a server ended.
pub enum Trial {
    Works,
    /// The server or the network said no.
    Fails(Reason),
    /// Neither the inbox nor the configuration names a server.
    NoWay,
    /// What is missing before anything can be tried: a message key.
    Incomplete(&'static str),
}

impl Trial {
    fn works(&self) -> bool {
        matches!(self, Self::Works)
    }

    fn key(&self) -> &'static str {
        match self {
            Self::Works => "inbox-check-works",
            Self::Fails(reason) => reason.key,
            Self::NoWay => "delivery-no-way",
            Self::Incomplete(key) => key,
        }
    }

    /// The other side's own words.
    fn detail(&self) -> &str {
        match self {
            Self::Fails(reason) => &reason.detail,
            _ => "",
        }
    }
}

/// The line below the form that says how the trial ended.
#[derive(Template)]
#[template(path = "inboxes/_trial.html")]
pub struct TrialLine {
    pub cx: Cx,
    pub trial: Trial,
}

#[derive(Template)]
#[template(path = "inboxes/form.html")]
pub struct FormPage {
    cx: Cx,
    typed: InboxForm,
    problems: Problems,
    /// Id, name and address where it is there already.
    known: Option<(i64, String, String)>,
    /// The name of whoever connected it, if that is somebody else.
    owner: Option<String>,
    people: Vec<Person>,
    has_password: bool,
    trial: Option<Trial>,
}

impl FormPage {
    pub fn new(cx: Cx, typed: InboxForm, known: Option<&Known>, people: Vec<Person>) -> Self {
        let inbox = known.map(|known| &known.inbox);
        let viewer = cx.viewer.as_ref().map(|viewer| viewer.id);
        let owner = inbox.and_then(|inbox| inbox.owner).filter(|owner| viewer != Some(*owner));
        Self {
            owner: owner.and_then(|owner| people.iter().find(|person| person.id == owner)).map(|one| one.name.clone()),
            known: inbox.map(|inbox| (inbox.id, inbox.name.clone(), inbox.address.clone())),
            cx,
            typed,
            problems: Problems::default(),
            people,
            has_password: known.is_some_and(|known| known.has_password),
            trial: None,
        }
    }

    pub fn with_problems(self, problems: Problems) -> Self {
        Self { problems, ..self }
    }

    pub fn with_trial(self, trial: Trial) -> Self {
        Self { trial: Some(trial), ..self }
    }

    /// Where the form is sent.
    fn action(&self) -> String {
        match &self.known {
            Some((id, ..)) => format!("/settings/inboxes/{id}"),
            None => "/settings/inboxes".to_owned(),
        }
    }
}

/// How an inbox answers, and whom it believes.
#[derive(Template)]
#[template(path = "inboxes/answering.html")]
pub struct AnsweringPage {
    pub cx: Cx,
    pub inbox: Inbox,
    pub typed: AnsweringForm,
    pub problems: Problems,
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
