//! Macros: their pages, and what one does in a conversation.

use askama::Template;

use super::super::model::macros::{Action, Counts, Ended, Kind, LastRun, Macro, Ran, Refusal, Step, Wants};
use super::super::model::reply::Sharing;
use super::super::model::{Person, Priority, Until};
use super::super::store::replies::SHARING;
use super::tags::Pressing;
use crate::error::Problems;
use crate::web::Cx;
use crate::web::i18n::args;

/// All that somebody can run.
#[derive(Template)]
#[template(path = "conversations/macros.html")]
pub struct MacrosPage {
    pub cx: Cx,
    pub own: Vec<Macro>,
    pub shared: Vec<Macro>,
    pub may_share: bool,
}

impl MacrosPage {
    pub fn new(cx: Cx, all: Vec<Macro>) -> Self {
        let may_share = cx.may(SHARING);
        let (own, shared) = all.into_iter().partition(|one| one.sharing == Sharing::Own);
        Self { cx, own, shared, may_share }
    }

    /// How many actions it has.
    pub fn count(&self, one: &Macro) -> String {
        self.cx.count("macro-count", i64::try_from(one.steps.len()).unwrap_or(i64::MAX))
    }
}

/// A macro as its form has it.
#[derive(Debug, Clone, Default)]
pub struct TypedMacro {
    pub name: String,
    pub is_shared: bool,
    pub refusal: Refusal,
}

impl TypedMacro {
    pub fn of(one: &Macro) -> Self {
        Self { name: one.name.clone(), is_shared: one.sharing == Sharing::Team, refusal: one.refusal }
    }

    /// Whether it goes on behind a refusal.
    pub fn goes_on(&self) -> bool {
        self.refusal == Refusal::GoOn
    }
}

/// The form of one action: what it is, what was typed.
#[derive(Debug, Clone)]
pub struct StepForm {
    /// None: it is to be added.
    pub id: Option<i64>,
    pub action: Action,
}

impl StepForm {
    pub fn new(kind: Kind) -> Self {
        Self { id: None, action: Action { kind, value: String::new(), counts: Counts::No } }
    }

    pub fn of(step: &Step) -> Self {
        Self { id: Some(step.id), action: step.action.clone() }
    }

    pub fn is_text(&self) -> bool {
        self.action.kind.wants() == Wants::Text
    }

    pub fn is_tag(&self) -> bool {
        self.action.kind.wants() == Wants::Tag
    }

    pub fn answers(&self) -> bool {
        self.action.kind.answers()
    }

    pub fn counts(&self) -> bool {
        self.action.counts == Counts::Yes
    }
}

/// What can be chosen for an action.
#[derive(Debug, Clone, Default)]
pub struct Offers {
    pub people: Vec<Person>,
    pub tags: Vec<String>,
    /// Number, code and title of prepared texts.
    pub replies: Vec<(i64, String)>,
}

/// One macro: its settings, its actions in their order, and the form of one of them.
#[derive(Template)]
#[template(path = "conversations/macro.html")]
pub struct MacroPage {
    pub cx: Cx,
    /// None: it is new.
    pub id: Option<i64>,
    pub typed: TypedMacro,
    pub steps: Vec<Step>,
    pub form: Option<StepForm>,
    pub offers: Offers,
    pub may_share: bool,
    pub problems: Problems,
}

/// One thing to choose: value, words, whether it is chosen.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub is_chosen: bool,
}

impl MacroPage {
    /// Where the form of its settings goes.
    pub fn action(&self) -> String {
        self.id.map_or_else(|| "/settings/macros".to_owned(), |id| format!("/settings/macros/{id}"))
    }

    /// Where the form of an action goes.
    pub fn step_action(&self, form: &StepForm) -> String {
        form.id.map_or_else(
            || format!("/settings/macros/{}/steps", self.id.unwrap_or_default()),
            |step| format!("/settings/macro-steps/{step}"),
        )
    }

    /// An action in words.
    pub fn said(&self, step: &Step) -> String {
        said(&self.cx, step)
    }

    /// The kinds that can be added: name, words, whether a button is enough.
    pub fn kinds(&self) -> Vec<(&'static str, String, bool)> {
        Kind::ALL
            .iter()
            .map(|kind| (kind.as_str(), kind_name(&self.cx, *kind), kind.wants() == Wants::Nothing))
            .collect()
    }

    /// What the form of an action asks for.
    pub fn asks(&self, form: &StepForm) -> String {
        kind_name(&self.cx, form.action.kind)
    }

    /// What can be chosen for an action that is chosen from a list.
    pub fn choices(&self, form: &StepForm) -> Vec<Choice> {
        let one = |value: String, label: String| {
            let is_chosen = value == form.action.value;
            Choice { value, label, is_chosen }
        };
        match form.action.kind.wants() {
            Wants::Person => {
                self.offers.people.iter().map(|person| one(person.id.to_string(), person.name.clone())).collect()
            }
            Wants::Priority => Pressing::all(&self.cx)
                .into_iter()
                .map(|pressing| one(pressing.name.to_owned(), pressing.label))
                .collect(),
            Wants::Reply => self.offers.replies.iter().map(|(id, label)| one(id.to_string(), label.clone())).collect(),
            Wants::Time => Until::OFFERED
                .iter()
                .map(|until| one(until.as_str().to_owned(), time(&self.cx, until.as_str())))
                .collect(),
            Wants::Nothing | Wants::Tag | Wants::Text => Vec::new(),
        }
    }
}

fn kind_name(cx: &Cx, kind: Kind) -> String {
    cx.t(match kind {
        Kind::AssignMe => "macro-kind-assign-me",
        Kind::Assign => "macro-kind-assign",
        Kind::Unassign => "macro-kind-unassign",
        Kind::Tag => "macro-kind-tag",
        Kind::Untag => "macro-kind-untag",
        Kind::Priority => "macro-kind-priority",
        Kind::Answer => "macro-kind-answer",
        Kind::Reply => "macro-kind-reply",
        Kind::Note => "macro-kind-note",
        Kind::Snooze => "macro-kind-snooze",
        Kind::Close => "macro-kind-close",
        Kind::Reopen => "macro-kind-reopen",
        Kind::Unread => "macro-kind-unread",
    })
}

fn time(cx: &Cx, until: &str) -> String {
    cx.t(match until {
        "later" => "macro-until-later",
        "tomorrow" => "macro-until-tomorrow",
        "monday" => "macro-until-monday",
        _ => "macro-until-answer",
    })
}

/// Letters of a text that a line has room for.
const SHOWN: usize = 80;

/// An action in words.
fn said(cx: &Cx, step: &Step) -> String {
    let value = &step.action.value;
    let what = match step.action.kind.wants() {
        Wants::Nothing => return kind_name(cx, step.action.kind),
        Wants::Person | Wants::Reply if step.about.is_empty() => cx.t("macro-about-gone"),
        Wants::Person | Wants::Reply => step.about.clone(),
        Wants::Tag => value.clone(),
        Wants::Priority => Pressing::new(cx, Priority::parse(value).unwrap_or_default()).label,
        Wants::Time => time(cx, value),
        Wants::Text => {
            let line: String = value.split_whitespace().collect::<Vec<_>>().join(" ");
            let short: String = line.chars().take(SHOWN).collect();
            if short.len() < line.len() { [&short, "…"].concat() } else { short }
        }
    };
    let line = cx.t2("macro-said", ("kind", kind_name(cx, step.action.kind)), ("what", what));
    if step.action.counts == Counts::Yes { cx.t1("macro-said-counts", "line", line) } else { line }
}

/// What a macro does, or did, in a conversation.
pub struct RunLine {
    pub text: String,
    pub icon: &'static str,
    pub class: &'static str,
    pub end: String,
}

/// Where somebody is on the way to a run.
pub enum Way {
    /// Which one: number, name, whether the team shares it; and what the last one did here.
    Choose { all: Vec<(i64, String, bool)>, last: Option<Last> },
    /// What it will do: number, what makes it one run, and who has the conversation (id, or empty).
    Look { id: i64, name: String, once: String, holder: String, lines: Vec<RunLine> },
    /// What it did.
    Ran { name: String, lines: Vec<RunLine> },
}

/// What the last macro did in the conversation.
pub struct Last {
    pub title: String,
    pub lines: Vec<RunLine>,
}

impl Last {
    pub fn new(cx: &Cx, run: &LastRun) -> Self {
        let mut values = args([("name", run.name.clone()), ("by", run.by.clone())]);
        values.extend(args([("when", cx.times.full(run.at))]));
        let lines = run.lines.iter().map(|ran| RunLine::behind(cx, ran)).collect();
        Self { title: cx.with("macro-last", &values), lines }
    }
}

/// Macros of one conversation.
pub struct Running {
    pub id: i64,
    pub way: Way,
}

impl RunLine {
    /// Before the run.
    pub fn ahead(cx: &Cx, ran: &Ran) -> Self {
        Self::new(cx, ran, "macro-will-do")
    }

    /// Behind it.
    pub fn behind<W: AsRef<str>>(cx: &Cx, ran: &Ran<W>) -> Self {
        Self::new(cx, ran, "macro-done")
    }

    fn new<W: AsRef<str>>(cx: &Cx, ran: &Ran<W>, done: &str) -> Self {
        let text = said(cx, &ran.step);
        let (icon, class, end) = match &ran.ended {
            Ended::Done => ("circle-check", "finding-good", cx.t(done)),
            Ended::Already => ("circle-check", "", cx.t("macro-already")),
            Ended::Refused(key) => ("circle-x", "finding-bad", cx.t1("macro-refused", "why", cx.t(key.as_ref()))),
            Ended::Skipped => ("player-pause", "", cx.t("macro-skipped")),
        };
        Self { text, icon, class, end }
    }
}

/// The dialog, when it opens.
#[derive(Template)]
#[template(path = "conversations/macros_dialog.html")]
pub struct MacrosDialog {
    pub cx: Cx,
    pub running: Running,
}

/// What is inside of it.
#[derive(Template)]
#[template(path = "conversations/macros_block.html")]
pub struct MacrosBlock {
    pub cx: Cx,
    pub running: Running,
}

/// The same as a page, where no script opens a dialog.
#[derive(Template)]
#[template(path = "conversations/macros_page.html")]
pub struct RunPage {
    pub cx: Cx,
    pub running: Running,
}
