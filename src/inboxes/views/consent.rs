//! The page with the link to the provider.

use askama::Template;

use crate::inboxes::Inbox;
use crate::web::Cx;

#[derive(Template)]
#[template(path = "inboxes/consent.html")]
pub struct ConsentPage {
    pub cx: Cx,
    pub inbox: Inbox,
    /// `None`: the configuration names no application for this provider.
    pub link: Option<String>,
    /// What went wrong the time before: a sentence and the other side's words.
    pub refused: Option<(String, String)>,
}

impl ConsentPage {
    /// What the provider will ask.
    fn what(&self) -> String {
        let provider = self.inbox.mail.sign_in.provider();
        self.cx.t2("consent-what", ("provider", provider), ("address", &self.inbox.address))
    }
}
