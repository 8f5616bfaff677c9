//! The files of the repository, as the rules read them.

use std::fs;
use std::path::{Path, PathBuf};

/// One text file.
#[derive(Clone, Debug)]
pub struct Page {
    /// From the top of the repository, with `/`.
    pub path: String,
    pub text: String,
}

impl Page {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The line, counted from 1, in which the byte stands.
    pub fn line_of(&self, byte: usize) -> usize {
        1 + self.text[..byte].matches('\n').count()
    }
}

/// The top of the repository.
pub fn top() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from)
}

/// All text files below a folder, or the one file, in the order of their names.
pub fn pages(under: &str) -> Vec<Page> {
    let mut found = Vec::new();
    walk(&top().join(under), &mut found);
    found.sort();
    found.iter().filter_map(|path| read(path)).collect()
}

/// Text files below a folder whose name ends so, without the dot.
pub fn pages_with(under: &str, extension: &str) -> Vec<Page> {
    let mut pages = pages(under);
    pages.retain(|page| Path::new(&page.path).extension().is_some_and(|found| found == extension));
    pages
}

/// Every text file that git knows or would add, so that build products and notes stay out.
pub fn tracked() -> Vec<Page> {
    let listed = std::process::Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .current_dir(top())
        .output()
        .ok()
        .filter(|output| output.status.success());
    let Some(listed) = listed else {
        // Not a checkout, as in a source archive: all but the build folder.
        let mut pages = pages("");
        pages.retain(|page| !page.path.starts_with("target/"));
        return pages;
    };
    String::from_utf8_lossy(&listed.stdout)
        .split('\0')
        .filter(|path| !path.is_empty())
        .filter_map(|path| read(&top().join(path)))
        .collect()
}

fn walk(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_file() {
        found.push(path.to_owned());
    } else if let Ok(entries) = fs::read_dir(path) {
        for entry in entries.flatten() {
            let name = entry.file_name();
            if name != ".git" && name != "target" {
                walk(&entry.path(), found);
            }
        }
    }
}

/// `None` for what is no UTF-8: pictures, fonts, odd mails.
fn read(path: &Path) -> Option<Page> {
    let text = String::from_utf8(fs::read(path).ok()?).ok()?;
    let path = path.strip_prefix(top()).ok()?.to_str()?.replace('\\', "/");
    Some(Page { path, text })
}
