//! The log as a file: a table for a spreadsheet, or one JSON object a line.

use serde_json::json;

use super::model::{Entry, Names};
use super::words::Teller;
use crate::web::Lang;
use crate::web::csv;
use crate::web::times::Times;

/// How the log leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    JsonLines,
}

impl Format {
    /// As a form says it and the log notes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }

    /// The format named `text`.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Csv, Self::JsonLines].into_iter().find(|format| format.as_str() == text)
    }

    /// The media type.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::JsonLines => "application/jsonl; charset=utf-8",
        }
    }
}

/// Writes entries for one person.
pub struct Scribe {
    pub format: Format,
    pub lang: Lang,
    pub times: Times,
    pub names: Names,
}

impl Scribe {
    /// What stands before the first entry.
    pub fn beginning(&self) -> String {
        let column = |key: &str| self.lang.t(key);
        match self.format {
            Format::JsonLines => String::new(),
            Format::Csv => {
                let columns = [
                    column("activity-column-when"),
                    column("activity-column-who"),
                    column("activity-column-what"),
                    column("activity-column-details"),
                    column("activity-column-kind"),
                    column("activity-column-number"),
                ];
                [csv::BEGINNING, &csv::row(self.lang, &columns.each_ref().map(String::as_str))].concat()
            }
        }
    }

    /// Some entries.
    pub fn lines(&self, entries: &[Entry]) -> String {
        let teller = Teller { lang: self.lang, names: &self.names };
        entries.iter().map(|entry| self.line(&teller, entry)).collect()
    }

    fn line(&self, teller: &Teller<'_>, entry: &Entry) -> String {
        match self.format {
            Format::Csv => {
                let details = teller.details(entry).into_iter().map(|detail| match detail.from.as_str() {
                    "" => format!("{}: {}", detail.what, detail.to),
                    from => format!("{}: {from} → {}", detail.what, detail.to),
                });
                let (when, number) = (self.times.stamp(entry.at), entry.id.to_string());
                let (who, what) = (teller.who(entry), teller.what(entry));
                let details = details.collect::<Vec<_>>().join("; ");
                csv::row(self.lang, &[&when, &who, &what, &details, &entry.kind, &number])
            }
            Format::JsonLines => {
                let person = |id: i64| json!({ "id": id, "name": self.names.person(id).map(|person| &person.name) });
                let line = json!({
                    "id": entry.id,
                    "at": self.times.machine(entry.at),
                    "kind": entry.kind,
                    "by": entry.actor.map(person),
                    "user": entry.user.map(person),
                    "inbox": entry.inbox.map(|id| json!({ "id": id, "name": self.names.inboxes.get(&id) })),
                    "conversation": entry.conversation,
                    "noted": entry.payload,
                });
                line.to_string() + "\n"
            }
        }
    }
}
