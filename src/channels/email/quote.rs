//! Folds away what an answer repeats from the mails before it. Nothing is lost: what is not visible is in `quoted`,
//! and if nothing would stay visible, nothing is folded. Looks at every line once.

use super::attribution::{self, Certainty};

/// A text in two parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// What the writer added.
    pub visible: String,
    /// What is repeated from earlier mails; empty if nothing was folded.
    pub quoted: String,
}

/// Where a quote was found, in line numbers.
struct Quote {
    start: usize,
    end: usize,
}

/// Splits the plain text of a mail. Answers between the quoted lines leave everything visible.
#[must_use]
pub fn split(text: &str) -> Folded {
    let lines: Vec<&str> = text.split('\n').map(|l| l.strip_suffix('\r').unwrap_or(l)).collect();
    let whole = || Folded { visible: text.to_owned(), quoted: String::new() };
    let Some(quote) = find(&lines) else { return whole() };
    let before = lines[..quote.start].join("\n");
    let after = lines[quote.end..].join("\n");
    let visible = match (before.trim_end(), after.trim()) {
        ("", after) => after.to_owned(),
        (before, "") => before.to_owned(),
        (before, after) => format!("{before}\n\n{after}"),
    };
    if visible.trim().is_empty() {
        return whole();
    }
    let quoted = lines[quote.start..quote.end].join("\n").trim_matches('\n').to_owned();
    Folded { visible, quoted }
}

fn find(lines: &[&str]) -> Option<Quote> {
    for (at, line) in lines.iter().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        if attribution::marks_forward(line) {
            return None;
        }
        let rest = || lines[at + 1..].iter().copied().filter(|l| !l.trim().is_empty());
        if attribution::marks_original(line) || attribution::begins_header_block(line, rest()) {
            return Some(Quote { start: with_rule(lines, at), end: lines.len() });
        }
        if line.starts_with('>') {
            return block(lines, at, at);
        }
        if let Some((certainty, next)) = introduction(lines, at) {
            let body = (next..lines.len()).find(|n| !lines[*n].trim().is_empty());
            match body {
                Some(body) if lines[body].starts_with('>') => return block(lines, at, body),
                None => {
                    return Some(Quote { start: at, end: lines.len() });
                }
                Some(_) if certainty == Certainty::Program => {
                    return Some(Quote { start: at, end: lines.len() });
                }
                Some(_) => {}
            }
        }
    }
    None
}

/// An introduction that begins at a line and covers at most three. Gives the line after it.
fn introduction(lines: &[&str], at: usize) -> Option<(Certainty, usize)> {
    if let Some(certainty) = attribution::introduces(lines[at]) {
        return Some((certainty, at + 1));
    }
    if !attribution::may_begin(lines[at]) {
        return None;
    }
    let mut joined = lines[at].trim().to_owned();
    for (next, line) in lines.iter().enumerate().skip(at + 1).take(2) {
        if line.trim().is_empty() || line.starts_with('>') || line.len() > 400 {
            return None;
        }
        joined.push(' ');
        joined.push_str(line.trim());
        if let Some(certainty) = attribution::introduces(&joined) {
            return Some((certainty, next + 1));
        }
    }
    None
}

/// The quoted lines from `body` on, folded together with their introduction at `start`. With a text after them they
/// are folded only if no further quoted line follows, for then that text answers piece by piece.
fn block(lines: &[&str], start: usize, body: usize) -> Option<Quote> {
    let mut end = body;
    for (at, line) in lines.iter().enumerate().skip(body) {
        if line.starts_with('>') {
            end = at + 1;
        } else if !line.trim().is_empty() {
            break;
        }
    }
    let after = &lines[end..];
    if after.iter().all(|l| l.trim().is_empty()) {
        return Some(Quote { start, end: lines.len() });
    }
    let answered_between = after.iter().any(|l| l.starts_with('>'));
    (!answered_between).then_some(Quote { start, end })
}

/// A rule of underscores or dashes right above belongs to the quote.
fn with_rule(lines: &[&str], at: usize) -> usize {
    let above = (at.saturating_sub(2)..at).rev().find(|n| !lines[*n].trim().is_empty());
    match above {
        Some(n) if lines[n].trim().len() >= 5 && lines[n].trim().chars().all(|c| c == '_' || c == '-') => n,
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visible(text: &str) -> String {
        split(text).visible
    }

    #[test]
    fn answers_above_the_quote_stand_alone() {
        assert_eq!(
            visible("Oi\n\nEm seg., 5 de jan. de 2026 às 10:00, Ana <a@x>\nescreveu:\n\n> antes\n> disso\n"),
            "Oi"
        );
        assert_eq!(visible("Ok\n\n-----Mensagem original-----\nDe: x\ntexto"), "Ok");
        assert_eq!(visible("Ok\n____________\nDe: Ana\nEnviada em: hoje\nPara: b\nAssunto: c\n\ntexto"), "Ok");
        assert_eq!(visible("Yes\n> question?"), "Yes");
        assert_eq!(visible("Yes\n\nOn Jan 5, 2026, at 10:00, Ana <a@x> wrote:\n\nquestion?"), "Yes");
    }

    #[test]
    fn answers_below_the_quote_stand_alone() {
        let folded = split("On Jan 5, 2026, Ana wrote:\n> question?\n> really?\n\nYes.\n");
        assert_eq!(folded.visible, "Yes.");
        assert_eq!(folded.quoted, "On Jan 5, 2026, Ana wrote:\n> question?\n> really?");
    }

    #[test]
    fn nothing_is_folded_where_it_would_hide_the_answer() {
        for text in [
            "> a?\nyes\n> b?\nno",
            "> only a quote",
            "Segue\n\n---------- Forwarded message ---------\nFrom: x\nDate: y\nSubject: z\nTo: w\n\ntexto\n> antes",
            "Dear all,\nOn 5 points Ana wrote:\nplease read",
            "plain text\nwithout quote",
        ] {
            assert_eq!(split(text), Folded { visible: text.into(), quoted: String::new() }, "{text}");
        }
    }
}
