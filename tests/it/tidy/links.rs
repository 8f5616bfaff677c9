//! What the repository may say about the world outside of it.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::tree::{Page, pages, tracked};
use super::{Finding, assert_tells_apart, assert_tidy};

/// Beginnings of paths that exist on one machine only.
const MACHINE_PATHS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/tm", "p/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
];
/// Hosts of package registries: which one is used is a matter of the machine.
const REGISTRIES: &[&str] = &[
    concat!("crates", ".io"),
    concat!("registry.", "npmjs"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("deb.", "debian.org"),
    concat!("security.", "debian.org"),
    concat!("rubygems", ".org"),
];
/// What cargo writes for each crate, everywhere the same.
const LOCK_SOURCE: &str = concat!("source = \"registry+https://github.com/rust-lang/crates", ".io-index\"");

fn outside(page: &Page) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in page.text.lines().enumerate() {
        if page.path == "Cargo.lock" && line == LOCK_SOURCE {
            continue;
        }
        let path = MACHINE_PATHS.iter().find(|path| {
            line.match_indices(**path).any(|(at, _)| {
                !line[..at].ends_with(|before: char| before.is_alphanumeric() || "-_.}".contains(before))
            })
        });
        let says = path.map(|path| format!("`{path}…` is a path of one machine"));
        findings.extend(says.map(|says| Finding::new(page, number + 1, says)));
        let host = REGISTRIES.iter().find(|host| line.contains(**host));
        let says = host.map(|host| format!("`{host}` is a package registry: leave the choice to the machine"));
        findings.extend(says.map(|says| Finding::new(page, number + 1, says)));
    }
    findings
}

/// The SHA-256 that the page notes for a file: both stand in one line.
fn noted<'a>(notes: &'a str, file: &str) -> Option<&'a str> {
    let line = notes
        .lines()
        .find(|line| line.split(['`', ' ', '|', '(', ')']).any(|word| word == file) && digest_in(line).is_some())?;
    digest_in(line)
}

fn digest_in(line: &str) -> Option<&str> {
    let hex = |word: &&str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    line.split(|letter: char| !letter.is_ascii_alphanumeric()).find(hex)
}

/// What is wrong with a file that came from elsewhere, judged by the README beside it.
fn vendored(file: &Page, readme: Option<&Page>) -> Option<Finding> {
    let name = file.path.rsplit('/').next()?;
    let digest = HEXLOWER.encode(&Sha256::digest(file.text.as_bytes()));
    match readme.and_then(|readme| noted(&readme.text, name)) {
        None => Some(Finding::new(file, 1, format!("the README.md beside it notes no SHA-256; it is {digest}"))),
        Some(wanted) if wanted != digest => {
            Some(Finding::new(file, 1, format!("SHA-256 is {digest}, the README.md beside it notes {wanted}")))
        }
        Some(_) => None,
    }
}

#[test]
fn no_path_of_a_machine_and_no_registry_is_named() {
    assert_tidy(tracked().iter().flat_map(outside).collect());
}

#[test]
fn vendored_scripts_are_the_files_that_their_readme_names() {
    let files = pages("static");
    let notes = |file: &Page| {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        files.iter().find(|page| page.path == format!("{folder}/README.md"))
    };
    let foreign = |page: &&Page| {
        let name = page.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').is_some_and(|(_, extension)| extension == "js")
            && (name.starts_with("htmx") || page.path.contains("/vendor/"))
    };
    assert_tidy(files.iter().filter(foreign).filter_map(|file| vendored(file, notes(file))).collect());
}

#[test]
fn a_path_of_a_machine_is_found() {
    let bad =
        [concat!("see /wo", "rk/main"), concat!("\"/tm", "p/x\""), concat!("host = \"https://pypi", ".org/simple\"")];
    let good = ["/var/lib/recado", concat!("target/tm", "p/x"), concat!("$(CARGO)/ho", "meless")];
    assert_tells_apart(outside, "README.md", &bad, &good);
    assert_tells_apart(outside, "Cargo.lock", &[concat!("see crates", ".io")], &[LOCK_SOURCE]);
}

#[test]
fn a_changed_vendored_file_is_found() {
    let file = Page::new("static/vendor/htmx.min.js", "x");
    let digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
    let notes = |text: &str| Page::new("static/vendor/README.md", text);
    assert_eq!(vendored(&file, Some(&notes(&format!("| `htmx.min.js` | 4.0.1 | {digest} |")))), None);
    assert!(vendored(&file, Some(&notes(&format!("`htmx.min.js` {}", "0".repeat(64))))).is_some());
    assert!(vendored(&file, Some(&notes(&format!("`other.js` {digest}")))).is_some());
    assert!(vendored(&file, None).is_some());
}
