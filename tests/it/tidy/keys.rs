//! Every key that a template or the code asks for has a text, and every text is asked for.

use std::collections::BTreeSet;

use super::rust::Source;
use super::texts::{LANGUAGES, Text, language};
use super::tree::{Page, pages, pages_with};
use super::{Finding, assert_tidy};

/// Calls whose first literal is a key: `t("key")`, `t("key", …)`, and the same with a word behind `t_`.
fn is_call(code: &str) -> bool {
    let Some(before) = code.trim_end().strip_suffix('(') else {
        return false;
    };
    let start = before.rfind(|letter: char| !(letter.is_alphanumeric() || letter == '_')).map_or(0, |at| at + 1);
    let name = &before[start..];
    name == "t" || name.starts_with("t_")
}

/// Keys that are put together at run time: the beginning of the key, and from what it is made.
const MADE: &[(&str, &str)] = &[
    ("error-", "the sentence of a status"),
    ("weekday-", "the name of a day by its number"),
    ("month-", "the name of a month by its number"),
    ("right-", "the name of a right"),
    ("role-", "the name of a role"),
    ("hours-day-", "the name of a day of the week by its number"),
    ("activity-is-", "what happened, by the kind of the fact"),
    ("activity-area-", "a group of kinds by its name"),
    ("activity-field-", "what was changed, by the name of the field"),
    ("activity-logo-", "what became of the logo"),
    ("activity-marks-", "whether marks of spam are believed"),
];

/// What a file says about keys.
#[derive(Default)]
struct Uses {
    /// Keys that a call names, with the line.
    called: Vec<(usize, String)>,
    /// Every literal, as a key may travel through a constant.
    named: BTreeSet<String>,
}

fn uses_in_rust(page: &Page) -> Uses {
    let source = Source::read(page);
    let mut uses = Uses::default();
    for (at, text) in &source.literals {
        uses.named.insert((*text).to_owned());
        if is_call(&source.code[..at - 1]) {
            uses.called.push((source.line_of(*at), (*text).to_owned()));
        }
    }
    uses
}

fn uses_in_template(page: &Page) -> Uses {
    let mut uses = Uses::default();
    let mut at = 0;
    for (number, part) in page.text.split('"').enumerate() {
        if number % 2 == 1 || is_call(&page.text[..at.max(1) - 1]) {
            uses.named.insert(part.to_owned());
        }
        if at > 0 && is_call(&page.text[..at - 1]) {
            uses.called.push((page.line_of(at), part.to_owned()));
        }
        at += part.len() + 1;
    }
    // Inside of an attribute the quotes pair up differently, so all parts count as named there.
    uses.named.extend(page.text.split('"').map(str::to_owned));
    uses
}

fn unknown(page: &Page, uses: &Uses, texts: &[Text], name: &str) -> Vec<Finding> {
    let known: BTreeSet<&str> = texts.iter().map(|text| text.key.as_str()).collect();
    let missing = uses.called.iter().filter(|(_, key)| !known.contains(key.as_str()));
    missing.map(|(line, key)| Finding::new(page, *line, format!("`{key}` has no text in locales/{name}"))).collect()
}

fn unused(texts: &[Text], named: &BTreeSet<String>) -> Vec<Finding> {
    let referred = |key: &str| {
        texts.iter().any(|text| {
            text.value
                .split(|letter: char| !(letter.is_alphanumeric() || "-_.".contains(letter)))
                .any(|word| word == key)
                && text.value.contains('{')
                && text.key != key
        })
    };
    let made = |key: &str| MADE.iter().any(|(beginning, _)| key.starts_with(beginning));
    let idle = texts.iter().filter(|text| !named.contains(&text.key) && !made(&text.key) && !referred(&text.key));
    idle.map(|text| Finding::new(&text.page, text.line, format!("`{}` is used nowhere", text.key))).collect()
}

fn everywhere() -> Vec<(Page, Uses)> {
    let code = pages_with("src", "rs").into_iter().map(|page| (uses_in_rust(&page), page));
    let templates = pages("templates").into_iter().map(|page| (uses_in_template(&page), page));
    code.chain(templates).map(|(uses, page)| (page, uses)).collect()
}

#[test]
fn every_key_that_is_asked_for_has_a_text_in_both_languages() {
    let uses = everywhere();
    let missing = LANGUAGES.iter().flat_map(|name| {
        let texts = language(name);
        uses.iter().flat_map(|(page, uses)| unknown(page, uses, &texts, name)).collect::<Vec<_>>()
    });
    assert_tidy(missing.collect());
}

#[test]
fn every_text_is_used() {
    let named: BTreeSet<String> = everywhere().into_iter().flat_map(|(_, uses)| uses.named).collect();
    assert_tidy(unused(&language(LANGUAGES[0]), &named));
}

#[test]
fn an_unknown_key_and_an_unused_text_are_found() {
    let texts =
        super::texts::texts(&Page::new("locales/en/a.ftl", "a = A\nb = { c }\nc = C\nd = D\n-e = E\nf = { -e }\n"));
    let rust = Page::new("src/a.rs", "l.t(\"a\"); t_count(\n    \"x\", 2); format!(\"y\"); const B: &str = \"b\";");
    let uses = uses_in_rust(&rust);
    let found = unknown(&rust, &uses, &texts, "en");
    assert_eq!(
        found.iter().map(|finding| (finding.line, finding.says.clone())).collect::<Vec<_>>(),
        [(2, "`x` has no text in locales/en".to_owned())]
    );
    let template =
        Page::new("templates/a.html", "<a title=\"{{ t(\"f\") }}\" class=\"z\">{{ l.t(\"w\") }}</a>{{ not(\"v\") }}");
    let more = uses_in_template(&template);
    assert_eq!(more.called, [(1, "f".to_owned()), (1, "w".to_owned())]);
    let named = uses.named.union(&more.named).cloned().collect();
    let idle: Vec<String> = unused(&texts, &named).into_iter().map(|finding| finding.says).collect();
    assert_eq!(idle, ["`d` is used nowhere"]);
}
