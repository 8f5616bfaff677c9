//! The messages of a conversation, with the days and facts between them.

use super::super::model::{Conversation, Fact, Message, MessageKind, Person, Way, What, subject};
use super::super::store::timeline::Timeline as Stretch;
use super::joining::Told;
use super::message::Card;
use super::{Waiting, When};
use crate::clock::Millis;
use crate::events::Waking;
use crate::web::Cx;

/// Where a block begins and what was new when the page came. Both stay while the page is open, so that a refetch neither
/// leaves a hole nor moves the line above the news.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reach {
    /// The first message of the block.
    pub from: i64,
    /// The first message that was new; 0: none was.
    pub news: i64,
}

impl Reach {
    /// As the query of an address, without the question mark.
    pub fn address(self) -> String {
        format!("from={}&news={}", self.from, self.news)
    }

    /// For a page that comes fresh: everything it shows, and the last unread messages as news.
    pub fn of(stretch: &Stretch, unread: i64) -> Self {
        let incoming = stretch.messages.iter().filter(|message| message.kind == MessageKind::Incoming);
        let unread = usize::try_from(unread).unwrap_or_default();
        let news: Vec<i64> = incoming.rev().take(unread).map(|message| message.id).collect();
        Self {
            from: stretch.messages.first().map_or(0, |message| message.id),
            news: news.last().copied().unwrap_or_default(),
        }
    }
}

/// The block in words.
pub struct Timeline {
    pub id: i64,
    pub address: String,
    /// The newest message.
    pub last: i64,
    /// The newest one that was read.
    pub read: i64,
    pub lines: Vec<Line>,
    /// Answers that wait, below all messages.
    pub waiting: Vec<Waiting>,
    /// The message before which there are more, and how many there are in words.
    pub older: Option<i64>,
    pub older_words: String,
    /// The first message of all, where it is not among the others.
    pub beginning: Option<Box<Card>>,
    /// The conversation this one goes on from, where it is all in view.
    pub linked: Option<i64>,
    /// The message that the page opens at.
    pub opens_at: Option<i64>,
}

/// What stands below each other.
pub enum Line {
    Day { key: String, text: String },
    News,
    Fact(Happened),
    Message(Box<Card>),
}

/// A fact in words.
pub struct Happened {
    pub id: i64,
    pub icon: &'static str,
    pub text: String,
    pub when: When,
    /// Where it leads; empty: nowhere.
    pub href: String,
    /// The merger that can be undone there.
    pub undo: Option<i64>,
}

impl Timeline {
    pub fn new(cx: &Cx, conversation: &Conversation, stretch: &Stretch, reach: Reach, linked: Option<i64>) -> Self {
        let older = stretch.messages.first().filter(|_| stretch.earlier).map(|message| message.id);
        Self {
            id: conversation.id,
            address: reach.address(),
            last: stretch.messages.last().map_or(0, |message| message.id),
            read: conversation.read_to,
            lines: lines(cx, stretch, &conversation.channel, reach.news),
            waiting: Vec::new(),
            opens_at: None,
            linked: linked.filter(|_| older.is_none()),
            beginning: stretch
                .beginning
                .as_ref()
                .map(|(message, _)| Box::new(Card::new(cx, message, &conversation.channel))),
            older_words: cx.count("talk-older", stretch.beginning.as_ref().map_or(0, |(_, between)| *between)),
            older,
        }
    }

    /// The same, opening at this message.
    #[must_use]
    pub fn at(self, message: Option<i64>) -> Self {
        Self { opens_at: message, ..self }
    }
}

/// By the time of storing, which is the order people saw things in.
fn lines(cx: &Cx, stretch: &Stretch, channel: &str, news: i64) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut day = String::new();
    let mut about = None;
    let mut facts = stretch.facts.iter().peekable();
    for message in &stretch.messages {
        while let Some(fact) = facts.next_if(|fact| fact.at < message.created_at) {
            day_line(cx, fact.at, &mut day, &mut lines);
            lines.push(Line::Fact(happened(cx, fact)));
        }
        day_line(cx, message.created_at, &mut day, &mut lines);
        if message.id == news {
            lines.push(Line::News);
        }
        let mut card = Card::new(cx, message, channel);
        card.subject = renamed(message, &mut about);
        lines.push(Line::Message(Box::new(card)));
    }
    for fact in facts {
        day_line(cx, fact.at, &mut day, &mut lines);
        lines.push(Line::Fact(happened(cx, fact)));
    }
    lines
}

/// The subject of a message, where it is another than that of the message before.
fn renamed<'m>(message: &'m Message, about: &mut Option<&'m str>) -> String {
    if message.kind == MessageKind::Note || message.way == Way::Forward {
        return String::new();
    }
    let base = subject::base(&message.subject);
    let before = about.replace(base);
    if before.is_none_or(|before| before == base) { String::new() } else { message.subject.clone() }
}

fn day_line(cx: &Cx, at: Millis, day: &mut String, lines: &mut Vec<Line>) {
    let key = cx.times.day_key(at);
    if key != *day {
        day.clone_from(&key);
        lines.push(Line::Day { key, text: cx.times.day(at) });
    }
}

fn happened(cx: &Cx, fact: &Fact) -> Happened {
    let Told { icon, text, href, undo } = told(cx, &fact.what, fact.by.as_ref());
    Happened { id: fact.id, icon, text, when: When::clock(cx, fact.at), href, undo }
}

/// A mark and a sentence; where it leads, if it does.
fn told(cx: &Cx, what: &What, by: Option<&Person>) -> Told {
    let said = |own: &str, alone: &str| match by {
        Some(person) => cx.t1(own, "by", &person.name),
        None => cx.t(alone),
    };
    let named = |key: &str, name: &str| {
        let by = by.map_or_else(|| cx.t("product"), |person| person.name.clone());
        cx.t2(key, ("by", by), ("name", name))
    };
    let (icon, text) = match what {
        What::Assigned(to) if by.is_some_and(|by| by.id == to.id) => ("user", cx.t1("fact-took", "by", &to.name)),
        What::Assigned(to) => match by {
            Some(by) => ("user", cx.t2("fact-assigned", ("by", &by.name), ("to", &to.name))),
            None => ("user", cx.t1("fact-assigned-alone", "to", &to.name)),
        },
        What::Unassigned => ("user-minus", said("fact-unassigned", "fact-unassigned-alone")),
        What::Released(who) => match by {
            Some(by) => ("user-minus", cx.t2("fact-released", ("by", &by.name), ("who", &who.name))),
            None => ("user-minus", cx.t1("fact-released-alone", "who", &who.name)),
        },
        What::OutOfReach(who) => ("user-minus", cx.t1("fact-out-of-reach", "who", &who.name)),
        What::Joined(joined) => return Told::new(cx, joined, by),
        What::HandedOut(to) => ("user", cx.t1("fact-handed-out", "to", &to.name)),
        What::Left(why) => ("user-minus", cx.t(why)),
        What::Snoozed(until) => {
            let name = by.map(|by| by.name.clone()).unwrap_or_default();
            let text = match until {
                Some(at) => cx.t2("fact-snoozed", ("by", name), ("when", cx.times.ahead(*at))),
                None => cx.t1("fact-snoozed-answer", "by", name),
            };
            ("zzz", text)
        }
        What::Woken(Waking::Time) => ("clock", cx.t("fact-woken-time")),
        What::Woken(Waking::Message) => ("clock", cx.t("fact-woken-message")),
        What::Woken(Waking::Person) => ("clock", said("fact-woken-person", "fact-woken-time")),
        What::Tagged(tag) => ("tags", named("fact-tagged", tag)),
        What::Untagged(tag) => ("tags", named("fact-untagged", tag)),
        What::Ran(name, ends) => ("bolt", ran(cx, &named("fact-ran", name), *ends)),
        What::Closed => ("archive", said("fact-closed", "fact-closed-alone")),
        What::Reopened => ("arrow-forward-up", said("fact-reopened", "fact-reopened-alone")),
        What::Spam => ("hand-stop", said("fact-spam", "fact-spam-alone")),
        What::NotSpam => ("arrow-forward-up", said("fact-not-spam", "fact-not-spam-alone")),
        What::Accepted => ("user-plus", said("fact-accepted", "fact-accepted-alone")),
    };
    Told { icon, text, href: String::new(), undo: None }
}

/// How the actions of a macro ended, behind who ran it.
fn ran(cx: &Cx, who: &str, [done, refused, skipped]: [i64; 3]) -> String {
    let ends = [("macro-count-done", done), ("macro-count-refused", refused), ("macro-count-skipped", skipped)];
    let said: Vec<String> = ends.iter().filter(|(_, n)| *n > 0).map(|(key, n)| cx.count(key, *n)).collect();
    if said.is_empty() { who.to_owned() } else { [who, ": ", &said.join(", ")].concat() }
}
