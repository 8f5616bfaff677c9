//! What SECURITY.md claims is kept has a test of that name.

use std::collections::BTreeSet;

use super::rust::{Source, name_at};
use super::tree::{Page, pages_with};
use super::{Finding, assert_tidy};

/// Names of functions in the files; which of them are tests is not asked.
fn functions(pages: &[Page]) -> BTreeSet<String> {
    let names = |page: &Page| {
        let source = Source::read(page);
        let places = source.find("fn ");
        places.into_iter().map(|at| name_at(&source.code, at + 3).to_owned()).collect::<Vec<_>>()
    };
    pages.iter().flat_map(names).collect()
}

/// Test names in the last column of a table that no function has, and rows that leave the column empty.
fn unproven(page: &Page, functions: &BTreeSet<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in page.text.lines().enumerate() {
        let Some(row) = line.strip_prefix("| ").and_then(|row| row.strip_suffix(" |")) else {
            continue;
        };
        let last = row.rsplit(" | ").next().unwrap_or_default().trim();
        let claims: Vec<&str> = last.split('`').skip(1).step_by(2).collect();
        let missing = claims.iter().filter(|claim| !functions.contains(**claim));
        findings.extend(missing.map(|claim| Finding::new(page, number + 1, format!("no test is called `{claim}`"))));
        if claims.is_empty() && !matches!(last, "—" | "Test") {
            findings.push(Finding::new(page, number + 1, "the last column names a test, or — while there is none"));
        }
    }
    findings
}

#[test]
fn what_is_claimed_about_security_has_a_test() {
    let pages = [pages_with("src", "rs"), pages_with("tests", "rs")].concat();
    let claims = super::tree::pages("SECURITY.md");
    assert_eq!(claims.len(), 1, "SECURITY.md is there");
    assert_tidy(unproven(&claims[0], &functions(&pages)));
}

#[test]
fn a_claim_without_a_test_is_found() {
    let functions = functions(&[Page::new("tests/a.rs", "async fn is_kept() {} // fn is_not() {}")]);
    let page = |rows: &str| Page::new("SECURITY.md", &format!("| ASVS | Rule | Test |\n|---|---|---|\n{rows}"));
    assert_eq!(unproven(&page("| 1 | a | `is_kept` |\n| 2 | b | — |"), &functions), []);
    for bad in ["| 1 | a | `is_not` |", "| 1 | a | `is_kept`, `is_not` |", "| 1 | a | yes |"] {
        assert_eq!(unproven(&page(bad), &functions).len(), 1, "{bad}");
    }
}
