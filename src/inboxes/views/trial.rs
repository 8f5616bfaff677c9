//! What a check found, line by line.

use askama::Template;

use crate::inboxes::check::{Finding, Found, State};
use crate::web::Cx;

/// What a check found, in words.
pub struct TrialView {
    /// A title and its lines.
    pub(super) parts: Vec<(String, Vec<Line>)>,
    pub(super) works: bool,
    /// Names of folders to choose from; empty when the mailbox was not reached.
    pub(super) folders: Vec<String>,
    /// The folder that is chosen.
    pub(super) folder: String,
    /// What is missing before anything can be tried.
    pub(super) missing: Vec<String>,
}

pub(super) struct Line {
    pub(super) class: &'static str,
    pub(super) icon: &'static str,
    pub(super) mark: String,
    pub(super) text: String,
    pub(super) detail: String,
    pub(super) hint: String,
}

impl TrialView {
    pub fn new(cx: &Cx, found: &Found, folder: &str) -> Self {
        let lines = |findings: &[Finding]| findings.iter().map(|finding| line(cx, finding)).collect();
        let mut folders: Vec<String> = found.folders.iter().map(|folder| folder.name.clone()).collect();
        folders.sort_by_key(|name| (!name.eq_ignore_ascii_case("inbox"), name.to_lowercase()));
        Self {
            parts: vec![
                (cx.t("check-receiving"), lines(&found.receiving)),
                (cx.t("check-sending-title"), lines(&found.sending)),
            ],
            works: found.works(),
            folders,
            folder: folder.to_owned(),
            missing: Vec::new(),
        }
    }

    /// Something has to be filled in first.
    pub fn incomplete(cx: &Cx, keys: impl Iterator<Item = &'static str>) -> Self {
        Self {
            parts: Vec::new(),
            works: false,
            folders: Vec::new(),
            folder: String::new(),
            missing: keys.map(|key| cx.t(key)).collect(),
        }
    }

    pub(super) fn is_chosen(&self, name: &str) -> bool {
        name == self.folder || (name.eq_ignore_ascii_case("inbox") && self.folder.eq_ignore_ascii_case("inbox"))
    }

    /// A folder that was chosen and is not there must not be lost silently.
    pub(super) fn has_chosen(&self) -> bool {
        self.folders.iter().any(|name| self.is_chosen(name))
    }
}

fn line(cx: &Cx, finding: &Finding) -> Line {
    let (class, icon, mark) = match finding.state {
        State::Good => ("good", "circle-check", "check-good"),
        State::Bad => ("bad", "alert-circle", "check-bad"),
        State::Open => ("open", "info-circle", "check-open"),
    };
    Line {
        class,
        icon,
        mark: cx.t(mark),
        text: cx.t1(finding.key, "server", &finding.server),
        detail: finding.detail.clone(),
        hint: finding.hint.map(|hint| cx.t(hint)).unwrap_or_default(),
    }
}

/// The block below the servers of the form.
#[derive(Template)]
#[template(path = "inboxes/trial.html")]
pub struct TrialBlock {
    pub cx: Cx,
    pub trial: TrialView,
    /// Whether the form has a field for the folder that the list belongs into.
    pub with_folders: bool,
}
