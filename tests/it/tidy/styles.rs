//! Colors: one file holds them, dark stands twice and the same, and every pair can be read.

use std::collections::BTreeMap;

use super::tree::{Page, pages_with};
use super::{Finding, assert_tells_apart, assert_tidy};

const TOKENS: &str = "static/css/tokens.css";

/// What stands on what, and the ratio it needs: 4.5 for text, 3 for marks and borders (WCAG 2.2, 1.4.3 and 1.4.11).
const PAIRS: &[(&str, f64, &str)] = &[
    ("paper", 4.5, "ink ink-2 ink-3 go-ink bad-ink"),
    ("sheet", 4.5, "ink ink-2 ink-3 go-ink new bad-ink warn-ink"),
    ("sheet-2", 4.5, "ink ink-2 ink-3 go-ink warn-ink"),
    ("raise", 4.5, "ink ink-2 ink-3 go-ink bad-ink warn-ink"),
    ("sunk", 4.5, "ink ink-2 ink-3"),
    ("chosen", 4.5, "ink ink-2 ink-3 go-ink"),
    ("go", 4.5, "on-go"),
    ("go-hover", 4.5, "on-go"),
    ("go-soft", 4.5, "go-ink ink ink-2 ink-3"),
    ("stay", 4.5, "stay-ink ink ink-2"),
    ("stay-2", 4.5, "stay-ink"),
    ("new", 4.5, "on-new"),
    ("new-soft", 4.5, "new ink"),
    ("bad", 4.5, "on-bad"),
    ("bad-soft", 4.5, "bad-ink ink ink-2"),
    ("warn-soft", 4.5, "warn-ink ink"),
    ("toast", 4.5, "on-toast toast-act"),
    ("av1", 4.5, "av1-ink"),
    ("av2", 4.5, "av2-ink"),
    ("av3", 4.5, "av3-ink"),
    ("av4", 4.5, "av4-ink"),
    ("av5", 4.5, "av5-ink"),
    ("av6", 4.5, "av6-ink"),
    ("paper", 3.0, "edge on-air bad focus go"),
    ("sheet", 3.0, "edge stay-edge new wait on-air bad focus go"),
    ("sheet-2", 3.0, "edge wait"),
    ("raise", 3.0, "edge"),
    ("sunk", 3.0, "wait"),
    ("chosen", 3.0, "new wait"),
    ("go-soft", 3.0, "focus go"),
    ("stay", 3.0, "stay-edge focus"),
];

/// The declarations of a theme and the line of its block.
type Theme<'a> = (usize, BTreeMap<&'a str, &'a str>);

/// The innermost blocks that declare this `color-scheme`.
fn themes<'a>(page: &'a Page, plain: &'a str, scheme: &str) -> Vec<Theme<'a>> {
    let mut found = Vec::new();
    for (open, _) in plain.match_indices('{') {
        let inside = &plain[open + 1..];
        let inside = &inside[..inside.find(['{', '}']).unwrap_or(inside.len())];
        if !plain[open + 1 + inside.len()..].starts_with('}') {
            continue;
        }
        let pairs = inside.split(';').filter_map(|part| part.split_once(':'));
        let pairs: BTreeMap<&str, &str> = pairs.map(|(name, value)| (name.trim(), value.trim())).collect();
        if pairs.get("color-scheme") == Some(&scheme) {
            found.push((page.line_of(open), pairs));
        }
    }
    found
}

fn without_comments(text: &str) -> String {
    let mut plain = text.to_owned();
    while let Some(start) = plain.find("/*") {
        let end = plain[start..].find("*/").map_or(plain.len(), |end| start + end + 2);
        let blank: String = plain[start..end].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        plain.replace_range(start..end, &blank);
    }
    plain
}

fn dark_twice(page: &Page) -> Vec<Finding> {
    let plain = without_comments(&page.text);
    let dark = themes(page, &plain, "dark");
    let [(_, first), (line, second)] = dark.as_slice() else {
        return vec![Finding::new(
            page,
            1,
            format!("{} dark blocks; two are needed, for the system and for the setting", dark.len()),
        )];
    };
    let names = first.keys().chain(second.keys()).filter(|name| first.get(*name) != second.get(*name));
    let says = |name: &&str| {
        format!("{name} is {:?} in one dark block and {:?} in the other", first.get(name), second.get(name))
    };
    names.map(|name| Finding::new(page, *line, says(name))).collect()
}

/// Relative luminance of `#rrggbb` (WCAG 2.2).
fn luminance(color: &str) -> Option<f64> {
    let hex = color.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

fn contrast(one: &str, other: &str) -> Option<f64> {
    let (one, other) = (luminance(one)?, luminance(other)?);
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

fn readable(page: &Page) -> Vec<Finding> {
    let plain = without_comments(&page.text);
    let mut findings = Vec::new();
    for scheme in ["light", "dark"] {
        let Some((line, tokens)) = themes(page, &plain, scheme).into_iter().next() else {
            findings.push(Finding::new(page, 1, format!("no {scheme} block")));
            continue;
        };
        for (below, need, above) in PAIRS {
            for above in above.split(' ') {
                let color = |name: &str| tokens.get(format!("--{name}").as_str()).copied().unwrap_or("nothing");
                let ratio = contrast(color(above), color(below));
                if ratio.is_none_or(|ratio| ratio < *need) {
                    let (above_color, below_color) = (color(above), color(below));
                    let says = format!(
                        "{scheme}: {above} {above_color} on {below} {below_color} is {ratio:.2?}, needs {need}"
                    );
                    findings.push(Finding::new(page, line, says));
                }
            }
        }
    }
    findings
}

/// Outside of the tokens a color would know only one theme; another host would see who reads.
fn own_values(page: &Page) -> Vec<Finding> {
    let plain = without_comments(&page.text).to_ascii_lowercase();
    let mut findings = Vec::new();
    for (number, line) in plain.lines().enumerate() {
        let mut complain = |says: &str| findings.push(Finding::new(page, number + 1, says));
        let values = line.split_once(':').map_or("", |(_, values)| values);
        let hex = values.split('#').skip(1).any(|after| {
            let digits = after.bytes().take_while(u8::is_ascii_hexdigit).count();
            let ends = after[digits..].starts_with(|next: char| ";, )}".contains(next)) || after.len() == digits;
            ends && [3, 4, 6, 8].contains(&digits)
        });
        let made = ["rgb(", "rgba(", "hsl(", "oklch("].iter().any(|word| values.contains(word));
        if page.path != TOKENS && (hex || made) {
            complain("a color outside of tokens.css: give it a name there, for light and dark");
        }
        if line.contains("url(") && line.contains("//") {
            complain("another host: everything comes from this server");
        }
        if line.contains("@import") {
            complain("@import loads late: link the file");
        }
    }
    findings
}

fn tokens() -> Page {
    let found = pages_with("static/css", "css").into_iter().find(|page| page.path == TOKENS);
    found.expect("static/css/tokens.css holds the colors")
}

#[test]
fn the_two_dark_blocks_are_the_same() {
    assert_tidy(dark_twice(&tokens()));
}

#[test]
fn every_pair_of_colors_can_be_read_in_light_and_dark() {
    assert_tidy(readable(&tokens()));
}

#[test]
fn colors_stand_in_the_tokens_and_nothing_comes_from_elsewhere() {
    assert_tidy(pages_with("static/css", "css").iter().flat_map(own_values).collect());
}

#[test]
fn dark_blocks_that_differ_are_found() {
    let bad = [
        ":root{color-scheme:dark;--a:#000}",
        "@media x{:root{color-scheme:dark;--a:#000}} :root{color-scheme:dark;--a:#001}",
        ":root{color-scheme:dark;--a:#000} :root{color-scheme:dark}",
    ];
    let good = ["@media x{ /* { */ :root{color-scheme: dark; --a: #000;}} b{} :root{color-scheme:dark;--a:#000}"];
    assert_tells_apart(dark_twice, TOKENS, &bad, &good);
}

#[test]
fn colors_that_cannot_be_read_are_found() {
    assert!(contrast("#ffffff", "#000000").is_some_and(|ratio| (20.99..21.01).contains(&ratio)));
    assert!(contrast("#767676", "#ffffff").is_some_and(|ratio| (4.5..4.6).contains(&ratio)));
    let gray = tokens().text.replace("--ink-3: #666a61", "--ink-3: #8a8a8a");
    let says = super::said(readable, TOKENS, &gray);
    assert!(says.iter().any(|says| says.contains("light: ink-3") && says.contains("needs 4.5")), "{says:?}");
    assert_tells_apart(readable, TOKENS, &["", ":root{color-scheme:light;--ink:red}"], &[]);
}

#[test]
fn a_color_or_a_host_in_another_style_sheet_is_found() {
    let bad = [
        "a{color:#fff}",
        "a { color: #A1B2C3; }",
        "a{color: rgb(1 2 3)}",
        "a{b:url(https://c.example/d)}",
        "@import 'a.css';",
    ];
    let good = ["#add { color: var(--ink) }", "/* #fff */ a{fill:url(#mark)}", "a{background:url(../b.png)}"];
    assert_tells_apart(own_values, "static/css/components.css", &bad, &good);
    assert_tells_apart(own_values, TOKENS, &[], &["a{color:#fff}"]);
}
