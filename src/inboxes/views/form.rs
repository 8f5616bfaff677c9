//! The form of an inbox, and the page it begins with.

use askama::Template;

use super::trial::TrialView;
use crate::accounts::Person;
use crate::error::Problems;
use crate::inboxes::consent::Consents;
use crate::inboxes::model::{Connected, SignIn};
use crate::inboxes::providers::{self, Provider};
use crate::inboxes::routes::{InboxForm, Known};
use crate::web::Cx;

/// The first page: whose mailbox is it?
#[derive(Template)]
#[template(path = "inboxes/start.html")]
pub struct StartPage {
    pub cx: Cx,
    pub typed: InboxForm,
    pub problems: Problems,
    pub providers: &'static [Provider],
}

impl StartPage {
    pub fn new(cx: Cx, typed: InboxForm, problems: Problems) -> Self {
        Self { cx, typed, problems, providers: providers::ALL }
    }
}

/// Which passwords are stored; they themselves are never shown again.
struct Kept {
    smtp: bool,
    imap: bool,
}

/// How the search for servers ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    At(&'static Provider),
    ByName,
    /// One of the two.
    Half,
    Nothing,
}

#[derive(Template)]
#[template(path = "inboxes/form.html")]
pub struct FormPage {
    cx: Cx,
    typed: InboxForm,
    problems: Problems,
    /// Id, name and address where it is there already.
    known: Option<(i64, String, String)>,
    is_disconnected: bool,
    /// The name of whoever connected it, if that is somebody else.
    owner: Option<String>,
    people: Vec<Person>,
    kept: Kept,
    /// Whether a mailbox is read already: how much of before is taken is settled.
    has_mailbox: bool,
    /// Providers that can be signed in to by consent.
    by_consent: Vec<SignIn>,
    search: Option<Search>,
    trial: Option<TrialView>,
}

impl FormPage {
    pub fn new(cx: Cx, typed: InboxForm, known: Option<&Known>, people: Vec<Person>, consents: &Consents) -> Self {
        let inbox = known.map(|known| &known.inbox);
        let viewer = cx.viewer.as_ref().map(|viewer| viewer.id);
        let owner = inbox.and_then(|inbox| inbox.owner).filter(|owner| viewer != Some(*owner));
        let by_consent = [SignIn::Google, SignIn::Microsoft];
        Self {
            owner: owner.and_then(|owner| people.iter().find(|person| person.id == owner)).map(|one| one.name.clone()),
            known: inbox.map(|inbox| (inbox.id, inbox.name.clone(), inbox.address.clone())),
            is_disconnected: inbox.is_some_and(|inbox| inbox.connected == Connected::No),
            has_mailbox: inbox.is_some_and(|inbox| inbox.mail.imap.is_some()),
            by_consent: by_consent.into_iter().filter(|one| consents.application(*one).is_some()).collect(),
            cx,
            typed,
            problems: Problems::default(),
            people,
            kept: Kept {
                smtp: known.is_some_and(|known| known.has_password),
                imap: known.is_some_and(|known| known.has_imap_password),
            },
            search: None,
            trial: None,
        }
    }

    pub fn with_problems(self, problems: Problems) -> Self {
        Self { problems, ..self }
    }

    pub fn with_trial(self, trial: TrialView) -> Self {
        Self { trial: Some(trial), ..self }
    }

    pub fn after_search(self, search: Search) -> Self {
        Self { search: Some(search), ..self }
    }

    /// Where the form is sent.
    fn action(&self) -> String {
        match &self.known {
            Some((id, ..)) => format!("/settings/inboxes/{id}"),
            None => "/settings/inboxes".to_owned(),
        }
    }

    /// What the search found, and whether it is good news.
    fn finding(&self) -> Option<(bool, String)> {
        Some(match self.search? {
            Search::At(provider) => (true, self.cx.t1("search-provider", "provider", provider.name)),
            Search::ByName => {
                let servers = (("imap", &self.typed.imap_host), ("smtp", &self.typed.host));
                (true, self.cx.t2("search-by-name", servers.0, servers.1))
            }
            Search::Half => (false, self.cx.t("search-half")),
            Search::Nothing => (false, self.cx.t("search-nothing")),
        })
    }

    /// What to know before one signs in at this provider with a password.
    fn provider_hint(&self) -> Option<String> {
        let provider = providers::of_host(&self.typed.imap_host)?;
        provider.hint.map(|hint| self.cx.t(hint))
    }

    fn is_by(&self, sign_in: &str) -> bool {
        self.typed.chosen_sign_in().as_str() == sign_in
    }
}
