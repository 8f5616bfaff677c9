//! Both languages say the same things: the same keys with the same variables, each key used.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{Page, pages_with};
use super::{Finding, assert_tidy};

/// The first is the one whose file is named when a text is missing in the other.
pub const LANGUAGES: [&str; 2] = ["pt-BR", "en"];

/// A message, an attribute of one (`message.attribute`) or a term (`-term`).
#[derive(Clone, Debug)]
pub struct Text {
    pub key: String,
    pub line: usize,
    pub page: Page,
    pub value: String,
}

impl Text {
    fn variables(&self) -> BTreeSet<&str> {
        let end = |rest: &str| {
            rest.find(|letter: char| !(letter.is_alphanumeric() || "-_".contains(letter))).unwrap_or(rest.len())
        };
        self.value.split('$').skip(1).map(|rest| &rest[..end(rest)]).collect()
    }
}

/// The texts of one file.
pub fn texts(page: &Page) -> Vec<Text> {
    let mut texts: Vec<Text> = Vec::new();
    let mut message = String::new();
    for (number, line) in page.text.lines().enumerate() {
        let trimmed = line.trim();
        if line.starts_with('#') || trimmed.is_empty() {
            continue;
        }
        let begins = line.starts_with(|first: char| first.is_alphabetic() || first == '-');
        let attribute = !begins && trimmed.starts_with('.');
        let parts = if begins || attribute { trimmed.split_once('=') } else { None };
        let Some((name, value)) = parts else {
            if let Some(text) = texts.last_mut() {
                if !text.value.is_empty() {
                    text.value.push(' ');
                }
                text.value.push_str(trimmed);
            }
            continue;
        };
        let name = name.trim();
        if begins {
            name.clone_into(&mut message);
        }
        let key = if begins { name.to_owned() } else { format!("{message}{name}") };
        texts.push(Text { key, line: number + 1, page: page.clone(), value: value.trim().to_owned() });
    }
    // A message with attributes only has no text of its own.
    let parents: Vec<String> = texts.iter().filter_map(|text| Some(text.key.split_once('.')?.0.to_owned())).collect();
    texts.retain(|text| !(text.value.is_empty() && parents.contains(&text.key)));
    texts
}

/// All texts of a language.
pub fn language(name: &str) -> Vec<Text> {
    pages_with(&format!("locales/{name}"), "ftl").iter().flat_map(texts).collect()
}

fn finding(text: &Text, says: String) -> Finding {
    Finding::new(&text.page, text.line, says)
}

/// What one language has and the other lacks, in both directions.
fn differences(languages: [(&str, &[Text]); 2]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for [(_, here), (there_name, there)] in [languages, [languages[1], languages[0]]] {
        let others: BTreeMap<&str, &Text> = there.iter().map(|text| (text.key.as_str(), text)).collect();
        for text in here {
            let Some(other) = others.get(text.key.as_str()) else {
                findings.push(finding(text, format!("`{}` is missing in {there_name}", text.key)));
                continue;
            };
            let (ours, theirs) = (text.variables(), other.variables());
            if !ours.is_subset(&theirs) {
                findings
                    .push(finding(text, format!("`{}` has {ours:?} here and {theirs:?} in {there_name}", text.key)));
            }
        }
    }
    findings
}

/// Texts that are empty, stand twice or raise their voice.
fn quality(texts: &[Text]) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for text in texts {
        if !seen.insert(text.key.as_str()) {
            findings.push(finding(text, format!("`{}` stands twice in this language", text.key)));
        }
        if text.value.is_empty() {
            findings.push(finding(text, format!("`{}` has no text", text.key)));
        }
        if text.value.contains('!') {
            findings
                .push(finding(text, format!("`{}` has an exclamation mark: speak like a good colleague", text.key)));
        }
    }
    findings
}

#[test]
fn both_languages_have_the_same_keys_and_variables() {
    let [first, second] = LANGUAGES.map(language);
    assert!(!first.is_empty(), "there are texts in locales/{}", LANGUAGES[0]);
    assert_tidy(differences([(LANGUAGES[0], &first), (LANGUAGES[1], &second)]));
}

#[test]
fn texts_are_there_once_and_speak_calmly() {
    assert_tidy(LANGUAGES.iter().flat_map(|name| quality(&language(name))).collect());
}

#[test]
fn a_missing_text_or_variable_is_found() {
    let pt = texts(&Page::new("locales/pt-BR/a.ftl", "a = Olá { $name }\nb = Sim\n"));
    let en = texts(&Page::new("locales/en/a.ftl", "a = Hello\nc = No\n"));
    let found: Vec<String> =
        differences([("pt-BR", &pt), ("en", &en)]).into_iter().map(|finding| finding.says).collect();
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found[0].contains("name") && found[1].contains("`b` is missing in en") && found[2].contains("`c`"),
        "{found:?}"
    );
    assert_eq!(differences([("pt-BR", &pt), ("en", &pt)]), []);
}

#[test]
fn a_text_that_is_empty_doubled_or_loud_is_found() {
    let page = Page::new(
        "locales/en/a.ftl",
        "# note!\na = x\na = y\nb =\nc = Hey!\nd =\n    .e = z\nf =\n    { $n ->\n        [one] x\n       *[other] y\n    }\n",
    );
    let texts = texts(&page);
    let lines: Vec<usize> = quality(&texts).iter().map(|finding| finding.line).collect();
    assert_eq!(lines, [3, 4, 5]);
    let keys: Vec<&str> = texts.iter().map(|text| text.key.as_str()).collect();
    assert_eq!(keys, ["a", "a", "b", "c", "d.e", "f"]);
    assert_eq!(texts[5].variables(), BTreeSet::from(["n"]));
}
