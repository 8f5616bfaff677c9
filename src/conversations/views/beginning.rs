//! The page on which a conversation begins.

use askama::Template;

use super::super::model::addresses;
use crate::contacts::Contact;
use crate::error::Problems;
use crate::web::Cx;

/// What was typed so far.
#[derive(Default)]
pub struct Begun {
    /// What was searched for among the contacts.
    pub query: String,
    /// 0: none was chosen.
    pub inbox: i64,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub client_id: String,
}

/// The page.
#[derive(Template)]
#[template(path = "conversations/new.html")]
pub struct BeginPage {
    cx: Cx,
    begun: Begun,
    /// Number and words.
    inboxes: Vec<(i64, String)>,
    /// Number, name, address.
    found: Vec<(i64, String, String)>,
    problems: Problems,
}

/// The inboxes one may write from, and the contacts that were found.
type Offered = (Vec<(i64, String, String)>, Vec<Contact>);

impl BeginPage {
    pub fn new(cx: Cx, begun: Begun, (inboxes, contacts): Offered, problems: Problems) -> Self {
        let inboxes = inboxes
            .into_iter()
            .map(|(id, name, address)| (id, cx.t2("begin-inbox-line", ("name", name), ("address", address))))
            .collect();
        let found = contacts
            .iter()
            .filter_map(|contact| {
                let (_, address) = contact.points.iter().find(|(kind, _)| kind == "email")?;
                Some((contact.id, contact.title().to_owned(), address.clone()))
            })
            .collect();
        Self { cx, begun, inboxes, found, problems }
    }

    fn may_search(&self) -> bool {
        self.cx.may(crate::auth::Right::Contacts)
    }

    /// Whether nothing stands on it yet.
    fn is_fresh(&self) -> bool {
        self.begun.query.is_empty() && self.begun.to.is_empty() && self.problems.is_empty()
    }

    /// An address that was searched for and is nobody's yet: the page that writes to it, as a query, and the address.
    fn unknown(&self) -> Option<(String, String)> {
        if !self.found.is_empty() {
            return None;
        }
        let mailbox = addresses::read([self.begun.query.as_str()]).ok()?.into_iter().next()?;
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("to", &addresses::written(&mailbox));
        Some((query.finish(), mailbox.address))
    }

    fn found_nothing(&self) -> bool {
        !self.begun.query.trim().is_empty() && self.found.is_empty()
    }
}
