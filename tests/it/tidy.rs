//! The rules of CONTRIBUTING.md that a machine can keep. Each rule is a test of its own; each is tried on a bad example too.

mod budgets;
mod claims;
mod direction;
mod habits;
mod keys;
mod links;
mod names;
mod rust;
mod styles;
mod templates;
mod texts;
mod tree;

use tree::Page;

/// A place that breaks a rule, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    line: usize,
    says: String,
}

impl Finding {
    /// `line` counts from 1.
    fn new(page: &Page, line: usize, says: impl Into<String>) -> Self {
        Self { path: page.path.clone(), line, says: says.into() }
    }
}

/// # Panics
/// If there are findings; the message lists each as `file:line: what is wrong`.
fn assert_tidy(mut findings: Vec<Finding>) {
    findings.sort();
    findings.dedup();
    let lines: Vec<String> =
        findings.iter().map(|finding| format!("  {}:{}: {}", finding.path, finding.line, finding.says)).collect();
    assert!(lines.is_empty(), "{} to tidy up:\n{}\n", lines.len(), lines.join("\n"));
}

/// What a rule says about a page that exists only in a test, as `line: words`.
fn said(rule: impl Fn(&Page) -> Vec<Finding>, path: &str, text: &str) -> Vec<String> {
    let page = Page::new(path, text);
    rule(&page).iter().map(|finding| format!("{}: {}", finding.line, finding.says)).collect()
}

/// # Panics
/// Unless the rule complains about each of the bad texts and about none of the good ones.
fn assert_tells_apart(rule: impl Fn(&Page) -> Vec<Finding>, path: &str, bad: &[&str], good: &[&str]) {
    for text in bad {
        assert!(!said(&rule, path, text).is_empty(), "nothing was said about {text:?}");
    }
    for text in good {
        assert_eq!(said(&rule, path, text), Vec::<String>::new(), "{text:?}");
    }
}
