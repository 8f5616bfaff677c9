//! Entries in words: who, what, and what it was before. A sentence for each kind; values by the field they belong to.

use jiff::civil::Date;
use serde_json::Value;

use super::model::{Entry, Names};
use crate::accounts::hours::{BRAZIL, Day};
use crate::web::Lang;
use crate::web::i18n::{Args, arg, args};

/// What was noted beside the fact itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    pub what: String,
    /// Empty: it is no change from something.
    pub from: String,
    pub to: String,
}

/// Tells entries in one language.
pub struct Teller<'a> {
    pub lang: Lang,
    pub names: &'a Names,
}

/// The key of a kind's sentence.
#[must_use]
pub fn sentence_key(kind: &str) -> String {
    ["activity-is-", &kind.replace(['.', '_'], "-")].concat()
}

/// Kinds that the product itself causes.
const OWN: [&str; 6] =
    ["inbox.lost", "inbox.restored", "activity.purged", "spam.marked", "spam.cleared", "answers.stopped"];

impl Teller<'_> {
    /// Who did it.
    pub fn who(&self, entry: &Entry) -> String {
        match entry.actor {
            Some(actor) => self.person(actor),
            None if OWN.contains(&entry.kind.as_str()) => self.lang.t("product"),
            None if entry.kind.starts_with("session.") => self.lang.t("activity-someone"),
            None => self.lang.t("activity-server"),
        }
    }

    /// What was done, as it goes on after who did it.
    pub fn what(&self, entry: &Entry) -> String {
        let found = self.lang.find(&sentence_key(&entry.kind), &self.values(entry));
        found.unwrap_or_else(|| self.lang.with("activity-other", &arg("kind", entry.kind.clone())))
    }

    fn values(&self, entry: &Entry) -> Args {
        let by = match (entry.actor, entry.user) {
            (None, _) => "server",
            (Some(actor), Some(user)) if actor == user => "self",
            _ => "other",
        };
        let user = entry.user.map(|user| self.person(user)).unwrap_or_default();
        let inbox = entry.inbox.map(|inbox| {
            let known = self.names.inboxes.get(&inbox).cloned();
            known.unwrap_or_else(|| self.lang.t("activity-inbox-removed"))
        });
        let noted = |name: &str| entry.payload[name].as_str().unwrap_or_default().to_owned();
        let names_thing = ["team", "invitation", "block"].iter().any(|field| !entry.payload[field].is_null());
        let is_known = if names_thing { !entry.about.is_empty() } else { entry.user.is_some() };
        let known = if is_known { "yes" } else { "no" };
        let conversation = entry.conversation.map(|id| id.to_string()).unwrap_or_default();
        let mut values = args([
            ("by", by.to_owned()),
            ("user", user),
            ("about", entry.about.clone()),
            ("known", known.to_owned()),
            ("conversation", conversation),
            ("inbox", inbox.unwrap_or_default()),
            ("format", noted("format")),
            ("rule", noted("rule")),
        ]);
        let number = entry.payload["entries"].as_i64().or(entry.payload["left"].as_i64());
        values.insert("n".into(), number.unwrap_or(0).into());
        values
    }

    fn person(&self, id: i64) -> String {
        self.names.person(id).map_or_else(|| self.lang.t("activity-removed"), |person| person.name.clone())
    }

    /// What was noted besides, old and new.
    pub fn details(&self, entry: &Entry) -> Vec<Detail> {
        let payload = &entry.payload;
        let mut details: Vec<Detail> =
            payload["changes"].as_array().into_iter().flatten().filter_map(|change| self.change(change)).collect();
        if let (Some(from), Some(to)) = (payload["from"].as_str(), payload["to"].as_str()) {
            details.push(self.detail("role", from, to));
        }
        if let Some(role) = payload["role"].as_str() {
            details.push(self.detail("role", "", role));
        }
        for (field, list) in [("rights-added", &payload["added"]), ("rights-removed", &payload["removed"])] {
            let names: Vec<String> = list
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(|right| self.right(right))
                .collect();
            if !names.is_empty() {
                details.push(self.detail(field, "", &names.join(", ")));
            }
        }
        details
    }

    fn change(&self, change: &Value) -> Option<Detail> {
        Some(self.detail(change["what"].as_str()?, change["from"].as_str()?, change["to"].as_str()?))
    }

    fn detail(&self, field: &str, from: &str, to: &str) -> Detail {
        let what = match field.strip_prefix("hours-") {
            Some(day) => self.lang.t(&format!("hours-day-{day}")),
            None => self.known("activity-field-", field).unwrap_or_else(|| field.to_owned()),
        };
        Detail { what, from: self.value(field, from), to: self.value(field, to) }
    }

    /// A value of a field as people know it.
    fn value(&self, field: &str, value: &str) -> String {
        match field {
            "role" => self.known("role-", value),
            "language" => self.known("account-language-", value),
            "activity-days" => self.known("activity-days-", value),
            "hours" => self.known("hours-", value),
            "logo" => self.known("activity-logo-", value),
            "spam-marks" => self.known("activity-marks-", value),
            "holiday" => self.holiday(value),
            field if field.starts_with("hours-") && value.is_empty() => Some(self.lang.t("hours-closed")),
            _ => None,
        }
        .unwrap_or_else(|| value.to_owned())
    }

    fn known(&self, beginning: &str, value: &str) -> Option<String> {
        let key = [beginning, value].concat();
        (!value.is_empty() && self.lang.has(&key)).then(|| self.lang.t(&key))
    }

    fn right(&self, right: &str) -> String {
        self.known("right-", &right.replace('.', "-")).unwrap_or_else(|| right.to_owned())
    }

    /// A holiday as [`Day`] writes it.
    fn holiday(&self, value: &str) -> Option<String> {
        let national = BRAZIL.iter().find(|(_, day)| day.to_string() == value);
        if let Some((key, _)) = national {
            return Some(self.lang.t(key));
        }
        let dated = |key: &str, date: Date| {
            let month = self.lang.t(&format!("month-{}", date.month()));
            let parts = [("day", date.day().to_string()), ("month", month), ("year", date.year().to_string())];
            self.lang.with(key, &args(parts))
        };
        match value.parse::<Date>() {
            Ok(date) => Some(dated("date-year", date)),
            Err(_) => match Day::every_year(format!("2000-{value}").parse().ok()?) {
                Day::Yearly(date) => Some(dated("date-short", date)),
                Day::Once(_) | Day::Easter(_) => None,
            },
        }
    }
}
