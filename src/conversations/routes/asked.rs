//! What an address of the inbox may ask for. Anything odd in it counts as not asked.

use rocket::form::{Form, FromForm};

use super::super::model::{Counts, Filter, MessageKind, Place, Scope, Section};
use super::super::store::timeline::Window;
use super::super::views::{Choice, Picking, Reach};
use crate::web::Cx;

/// Rows of one page, and the most a refetch brings.
const ROWS: u32 = 50;
const MOST_ROWS: u32 = 200;
/// How often one may look further before a refetch of the list forgets what lay below.
const FURTHER: usize = 20;

/// The query of an address.
#[derive(FromForm, Debug, Default)]
pub struct Asked {
    section: Option<String>,
    q: Option<String>,
    after: Option<String>,
    rows: Option<u32>,
    kind: Option<String>,
    before: Option<i64>,
    from: Option<i64>,
    /// The message that the page opens at.
    message: Option<i64>,
    /// The message that is answered, and who of it gets the answer.
    answer: Option<i64>,
    scope: Option<String>,
    news: Option<i64>,
    /// How often the list looked further.
    looked: Option<usize>,
    /// Set while rows can be chosen.
    pick: Option<String>,
    /// The saved filter that this one was.
    saved: Option<i64>,
    within: Vec<String>,
    inbox: Vec<String>,
    #[field(name = "inbox-is")]
    inbox_is: Option<String>,
    channel: Vec<String>,
    who: Vec<String>,
    #[field(name = "who-is")]
    who_is: Option<String>,
    team: Vec<String>,
    #[field(name = "team-is")]
    team_is: Option<String>,
    tag: Vec<String>,
    #[field(name = "tag-is")]
    tag_is: Option<String>,
    priority: Vec<String>,
    /// As older addresses say it.
    presses: Vec<String>,
    watching: Option<String>,
    waiting: Option<String>,
    contact: Option<String>,
    since: Option<String>,
    until: Option<String>,
}

impl Asked {
    /// What the page of a conversation that a block stands in was asked for.
    pub fn of_page(cx: &Cx, conversation: i64) -> Self {
        let path = format!("/conversations/{conversation}");
        let query = cx.query_of(&path).or_else(|| cx.query_of(&[&path, "/details"].concat()));
        query.and_then(|query| Form::parse(query).ok()).unwrap_or_default()
    }

    fn filter(&self) -> Filter {
        let several = [
            ("within", &self.within),
            ("inbox", &self.inbox),
            ("channel", &self.channel),
            ("who", &self.who),
            ("team", &self.team),
            ("tag", &self.tag),
            ("priority", &self.priority),
            ("presses", &self.presses),
        ];
        let one = [
            ("inbox-is", &self.inbox_is),
            ("who-is", &self.who_is),
            ("team-is", &self.team_is),
            ("tag-is", &self.tag_is),
            ("watching", &self.watching),
            ("waiting", &self.waiting),
            ("contact", &self.contact),
            ("since", &self.since),
            ("until", &self.until),
        ];
        let several = several.into_iter().flat_map(|(name, all)| all.iter().map(move |value| (name, value.as_str())));
        Filter::read(several.chain(one.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)))))
    }

    /// How often the list looked further.
    pub fn looked(&self) -> usize {
        self.looked.unwrap_or_default().min(FURTHER)
    }

    /// The section that was named.
    pub fn section(&self) -> Option<Section> {
        self.section.as_deref().and_then(Section::parse)
    }

    /// What the list shows; `usual` where no section was named.
    pub fn choice(&self, usual: Section) -> Choice {
        let query = self.q.as_deref().unwrap_or_default().trim();
        Choice {
            section: self.section().unwrap_or(usual),
            query: query.chars().take(200).collect(),
            filter: self.filter(),
            saved: self.saved,
            picking: if self.pick.as_deref() == Some("yes") { Picking::On } else { Picking::Off },
        }
    }

    /// Where the page of the list begins.
    pub fn place(&self) -> Place {
        self.after.as_deref().map_or(Place::TOP, Place::parse)
    }

    /// How many rows it has.
    pub fn limit(&self) -> u32 {
        self.rows.unwrap_or(ROWS).clamp(ROWS, MOST_ROWS)
    }

    /// Whether the answer box opens for a note.
    pub fn kind(&self) -> MessageKind {
        if self.kind.as_deref() == Some("note") { MessageKind::Note } else { MessageKind::Outgoing }
    }

    /// The same for the answer box of another kind.
    pub fn with_kind(self, kind: MessageKind) -> Self {
        let kind = (kind == MessageKind::Note).then(|| "note".to_owned());
        Self { kind, ..self }
    }

    /// The message that the answer is to, if one was chosen.
    pub fn answer(&self) -> Option<i64> {
        self.answer
    }

    /// Who of that message gets the answer.
    pub fn scope(&self) -> Scope {
        self.answer.and(self.scope.as_deref()).map_or(Scope::All, Scope::parse)
    }

    /// The same for an answer to this message.
    pub fn about(self, answer: Option<i64>, scope: Scope) -> Self {
        Self { answer, scope: Some(scope.as_str().to_owned()), ..self }
    }

    /// Earlier messages, if they were asked for.
    pub fn before(&self) -> Option<i64> {
        self.before
    }

    /// The message that a fresh page opens at.
    pub fn message(&self) -> Option<i64> {
        self.message
    }

    /// The messages of a page.
    pub fn window(&self) -> Window {
        match (self.before, self.from) {
            (Some(before), _) => Window::Before(before),
            (None, Some(from)) => Window::From(from),
            (None, None) => Window::Latest,
        }
    }

    /// Where the block of a page that is open begins.
    pub fn reach(&self) -> Option<Reach> {
        Some(Reach { from: self.from?, news: self.news.unwrap_or_default() })
    }
}

/// Where somebody starts: with what is theirs, else with what waits for anybody.
pub fn usual_section(counts: Counts) -> Section {
    if counts.mine > 0 { Section::Mine } else { Section::Unassigned }
}
