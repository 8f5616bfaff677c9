//! How long a file may be. Functions and arguments are clippy's (clippy.toml).

use super::tree::{Page, pages, pages_with};
use super::{Finding, assert_tidy};

const RUST_LINES: usize = 400;
const TEMPLATE_LINES: usize = 150;

fn too_long(page: &Page, most: usize) -> Vec<Finding> {
    let lines = page.text.lines().count();
    let says = format!("{lines} lines, {most} are allowed: make it a folder, split by resource noun");
    if lines > most { vec![Finding::new(page, most + 1, says)] } else { Vec::new() }
}

#[test]
fn source_and_test_files_stay_within_400_lines() {
    let folders = ["src", "tests", "benches"];
    let files = folders.iter().flat_map(|folder| pages_with(folder, "rs"));
    assert_tidy(files.flat_map(|page| too_long(&page, RUST_LINES)).collect());
}

#[test]
fn templates_stay_within_150_lines() {
    assert_tidy(pages("templates").iter().flat_map(|page| too_long(page, TEMPLATE_LINES)).collect());
}

#[test]
fn a_file_over_its_budget_is_found() {
    let page = |lines: usize| Page::new("src/long.rs", &"\n".repeat(lines));
    assert_eq!(too_long(&page(400), RUST_LINES), []);
    assert_eq!(too_long(&page(401), RUST_LINES).len(), 1);
}
