//! How an inbox answers, with what would leave by itself now.

use askama::Template;

use super::super::greeting::Greeting;
use super::super::model::Inbox;
use super::super::routes::AnsweringForm;
use crate::accounts::hours::{Hours, Words};
use crate::error::Problems;
use crate::web::{Cx, Lang};

/// Name, language and text of a field.
type Field<'a> = (&'static str, Lang, &'a str);

/// How an inbox answers, and whom it believes.
#[derive(Template)]
#[template(path = "inboxes/answering.html")]
pub struct AnsweringPage {
    pub cx: Cx,
    pub inbox: Inbox,
    pub typed: AnsweringForm,
    pub problems: Problems,
    pub preview: Preview,
}

impl AnsweringPage {
    /// The words of a kind: key of its name, key of its hint, and its fields.
    fn words(&self) -> [(&'static str, &'static str, [Field<'_>; 2]); 2] {
        [
            ("greeting", "greeting-hint", self.typed.greetings()),
            ("greeting-closed", "greeting-closed-hint", self.typed.closed()),
        ]
    }

    /// A language by its name.
    fn language(&self, lang: Lang) -> String {
        language(&self.cx, lang)
    }
}

fn language(cx: &Cx, lang: Lang) -> String {
    match lang {
        Lang::PtBr => cx.t("account-language-pt-BR"),
        Lang::En => cx.t("account-language-en"),
    }
}

/// What would leave by itself now.
pub struct Preview {
    /// Whether the company is open, in words.
    hours: String,
    /// For whom, and the words with their language; none: nothing leaves.
    leaving: Vec<(String, Option<(Lang, String)>)>,
}

impl Preview {
    /// `leaving`: to readers of each language, in the order of [`Lang::ALL`].
    pub fn new(cx: &Cx, hours: &Hours, leaving: [Option<Greeting>; 2]) -> Self {
        let leaving = Lang::ALL.into_iter().zip(leaving).map(|(lang, greeting)| {
            let who = cx.t1("greeting-preview-to", "language", language(cx, lang));
            (who, greeting.map(|greeting| (greeting.lang, greeting.text)))
        });
        Self { hours: Words::new(cx.lang, hours, cx.times.now()).now(), leaving: leaving.collect() }
    }

    /// Whether nothing leaves at all.
    fn is_empty(&self) -> bool {
        self.leaving.iter().all(|(_, words)| words.is_none())
    }
}
