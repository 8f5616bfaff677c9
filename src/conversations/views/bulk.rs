//! Changing many conversations: the bar that begins it, and how far it has come.

use askama::Template;

use super::super::model::{Bulk, Stage, Tag};
use super::super::store::bulk::MOST;
use super::super::store::filtered::{COUNTED, Sureness};
use super::Choice;
use super::filter::Known;
use super::snooze::Snooze;
use super::tags::Pressing;
use crate::auth::{Availability, Viewer};
use crate::web::Cx;

/// Tags that the bar offers.
const TAGS: usize = 100;

/// The bar below the list.
pub struct Bar {
    /// The list, and the same with no rows to choose.
    pub address: String,
    /// How many there are in all: "12", "99+".
    pub all: String,
    /// How many one change takes at most, where there may be more.
    pub limit: String,
    pub groups: Vec<Group>,
}

/// Actions of one kind.
pub struct Group {
    pub label: String,
    pub actions: Vec<Action>,
}

/// One of them.
pub struct Action {
    pub value: String,
    pub words: String,
    /// It cannot be chosen now.
    pub is_off: bool,
}

impl Action {
    fn new(value: String, words: String) -> Self {
        Self { value, words, is_off: false }
    }
}

impl Bar {
    pub fn new(cx: &Cx, viewer: &Viewer, choice: &Choice, known: &Known, count: (usize, Sureness)) -> Self {
        let all = match count {
            (number, Sureness::All) => number.to_string(),
            (number, Sureness::More) => format!("{}+", number.min(COUNTED - 1)),
        };
        let limit = if count.1 == Sureness::More { cx.t1("bulk-limit", "n", most(cx)) } else { String::new() };
        let plain = |key: &str, value: &str| Action::new(value.to_owned(), cx.t(key));
        let people = known.people.iter().map(|person| {
            let is_off = person.availability == Availability::Unavailable;
            let name = if person.id == viewer.id { cx.t("assign-me") } else { person.name.clone() };
            let words = if is_off { cx.t1("bulk-away", "name", name) } else { name };
            Action { is_off, ..Action::new(format!("assign:{}", person.id), words) }
        });
        let tag = |verb: &str| {
            let action = |tag: &Tag| Action::new(format!("{verb}:{}", tag.id), tag.name.clone());
            known.tags.iter().take(TAGS).map(action).collect::<Vec<_>>()
        };
        let priorities = Pressing::all(cx).into_iter();
        let snooze = Snooze::new(cx, viewer, 0, cx.times.now());
        let offers = snooze.offers.into_iter();
        let group = |key: &str, actions: Vec<Action>| Group { label: cx.t(key), actions };
        // Once chosen, an action stands alone and says what it is by itself.
        let named = |key: &str, actions: Vec<Action>| {
            let whole = |action: Action| {
                let words = cx.t2("filter-chip", ("label", cx.t(key)), ("value", &action.words));
                Action { words, ..action }
            };
            group(key, actions.into_iter().map(whole).collect())
        };
        let mut assigning = named("bulk-assign", people.collect());
        assigning.actions.insert(0, plain("assign-to-nobody", "assign:nobody"));
        let groups = vec![
            group(
                "bulk-state",
                vec![
                    plain("close-conversation", "close"),
                    plain("reopen", "reopen"),
                    plain("bulk-read", "read"),
                    plain("mark-unread", "unread"),
                    plain("spam-mark", "spam"),
                    plain("spam-clear", "not-spam"),
                ],
            ),
            assigning,
            named("snooze", offers.map(|offer| Action::new(format!("snooze:{}", offer.value), offer.label)).collect()),
            named("bulk-tag", tag("tag")),
            named("bulk-untag", tag("untag")),
            named("priority", priorities.map(|one| Action::new(format!("priority:{}", one.name), one.label)).collect()),
        ];
        let groups = groups.into_iter().filter(|group| !group.actions.is_empty()).collect();
        Self { address: choice.address(), all, limit, groups }
    }
}

/// What stands around a list: filters under a name, the change of many that goes on, the bar that begins one.
pub struct Finding {
    pub named: super::Named,
    pub saving: super::Saving,
    pub progress: Option<Progressed>,
    pub bar: Option<Bar>,
}

/// How far a change has come, in words.
pub struct Progressed {
    pub id: i64,
    /// Back to the list.
    pub href: String,
    pub text: String,
    /// How many it changed.
    pub changed: i64,
    /// Of how many; 0 while nobody knows.
    pub total: i64,
    pub at: i64,
    pub is_going_on: bool,
    pub can_cancel: bool,
    pub can_undo: bool,
    /// Its number, if others are left.
    pub rest: Option<i64>,
    /// Why some were refused, with the conversations of some of them: id and name.
    pub refused: Vec<(String, Vec<(i64, String)>)>,
    /// A sentence in place of all this.
    pub problem: String,
}

impl Progressed {
    /// `names` are those of the conversations in the reasons that the viewer may see.
    pub fn new(cx: &Cx, bulk: &Bulk, names: &[(i64, String)]) -> Self {
        let outcomes = bulk.outcomes;
        let settled = match bulk.stage {
            Stage::Undoing | Stage::Undone => outcomes.back + outcomes.kept,
            _ => bulk.total - outcomes.waiting,
        };
        let nameless = |name: &str| if name.is_empty() { cx.t("contact-nameless") } else { name.to_owned() };
        let some_of = |ids: &[i64]| {
            let known = names.iter().filter(|(id, _)| ids.contains(id));
            known.map(|(id, name)| (*id, nameless(name))).collect::<Vec<_>>()
        };
        let reason = |(key, count, ids): &(String, i64, Vec<i64>)| {
            let words = if cx.lang.has(key) { cx.t(key) } else { cx.t("bulk-no-access") };
            ([cx.count("bulk-refused", *count), words].join(" "), some_of(ids))
        };
        Self {
            id: bulk.id,
            href: ["/conversations?", &bulk.query].concat(),
            text: sentence(cx, bulk, settled),
            changed: outcomes.done,
            total: if bulk.stage == Stage::Undoing { settled + outcomes.done } else { bulk.total },
            at: settled,
            is_going_on: bulk.stage.is_going_on(),
            can_cancel: matches!(bulk.stage, Stage::Collecting | Stage::Running),
            can_undo: bulk.can_be_undone(cx.times.now()),
            rest: (bulk.is_cut && !bulk.stage.is_going_on()).then_some(bulk.id),
            refused: bulk.reasons.iter().map(reason).collect(),
            problem: String::new(),
        }
    }

    /// Nothing but a sentence: why nothing was begun.
    pub fn refused(address: &str, problem: String) -> Self {
        Self {
            id: 0,
            href: ["/conversations?", address].concat(),
            text: String::new(),
            changed: 0,
            total: 0,
            at: 0,
            is_going_on: false,
            can_cancel: false,
            can_undo: false,
            rest: None,
            refused: Vec::new(),
            problem,
        }
    }
}

fn most(cx: &Cx) -> String {
    cx.times.number(MOST.unsigned_abs())
}

fn sentence(cx: &Cx, bulk: &Bulk, settled: i64) -> String {
    let outcomes = bulk.outcomes;
    let mut text = match bulk.stage {
        Stage::Collecting => cx.count("bulk-collecting", bulk.total),
        Stage::Running => cx.t2("bulk-running", ("at", settled), ("n", bulk.total)),
        Stage::Undoing => cx.t2("bulk-undoing", ("at", settled), ("n", settled + outcomes.done)),
        Stage::Canceled => cx.count("bulk-canceled", outcomes.done),
        Stage::Done => cx.count("bulk-done", outcomes.done),
        Stage::Undone => cx.count("bulk-undone", outcomes.back),
    };
    let over = [
        (bulk.stage == Stage::Done && outcomes.same > 0).then(|| cx.count("bulk-same", outcomes.same)),
        (bulk.stage == Stage::Undone && outcomes.kept > 0).then(|| cx.count("bulk-kept", outcomes.kept)),
        (bulk.is_cut && !bulk.stage.is_going_on()).then(|| cx.t1("bulk-cut", "n", most(cx))),
    ];
    for more in over.into_iter().flatten() {
        text.push(' ');
        text.push_str(&more);
    }
    text
}

#[derive(Template)]
#[template(path = "conversations/bulk_bar.html")]
pub struct BarBlock {
    pub cx: Cx,
    pub list: super::List,
    pub bar: Option<Bar>,
}

#[derive(Template)]
#[template(path = "conversations/bulk_progress.html")]
pub struct ProgressBlock {
    pub cx: Cx,
    pub progress: Progressed,
    /// The list as it is now, where the change was made beside it.
    pub list: Option<super::List>,
}

/// The same as a page, where no script refetches it.
#[derive(Template)]
#[template(path = "conversations/bulk_page.html")]
pub struct ProgressPage {
    pub cx: Cx,
    pub progress: Progressed,
}
