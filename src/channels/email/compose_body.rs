//! The two forms of an outgoing text: plain, and a plain-looking HTML made from it.

use std::fmt::Write as _;

use super::compose::Quoted;
use crate::web::text::{Segment, segments};

/// The plain form: the text, then the quoted mail with `> ` before each line.
pub(super) fn plain(text: &str, quoted: Option<&Quoted>) -> String {
    let mut out = unix(text.trim_end());
    if let Some(quoted) = quoted {
        let _ = write!(out, "\n\n{}\n\n", unix(quoted.introduction.trim()));
        for line in unix(quoted.text.trim_end()).lines() {
            // A mark right before another mark needs no space.
            let gap = if line.is_empty() || line.starts_with('>') { "" } else { " " };
            let _ = writeln!(out, ">{gap}{line}");
        }
    }
    out.push('\n');
    out
}

/// The HTML form: paragraphs, line breaks and links, all else escaped.
pub(super) fn html(text: &str, quoted: Option<&Quoted>) -> String {
    let mut out = String::from("<!DOCTYPE html>\n<html>\n<body>\n");
    out.push_str(&lines_to_html(text.trim_end()));
    if let Some(quoted) = quoted {
        let _ = write!(out, "<div>{}</div>\n<blockquote type=\"cite\">\n", inline(quoted.introduction.trim()));
        out.push_str(&lines_to_html(quoted.text.trim_end()));
        out.push_str("</blockquote>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// Paragraphs of plain text as HTML.
pub(super) fn lines_to_html(text: &str) -> String {
    let text = unix(text);
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    for paragraph in text.split("\n\n").map(|p| p.trim_matches('\n')).filter(|p| !p.is_empty()) {
        let lines: Vec<String> = paragraph.split('\n').map(inline).collect();
        let _ = writeln!(out, "<p>{}</p>", lines.join("<br>\n"));
    }
    out
}

fn inline(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 16);
    for segment in segments(line) {
        match segment {
            Segment::Text(text) => escape(&mut out, text),
            Segment::Link { url, label } => {
                out.push_str("<a href=\"");
                escape(&mut out, &url);
                out.push_str("\">");
                escape(&mut out, label);
                out.push_str("</a>");
            }
        }
    }
    out
}

/// Leading and doubled spaces are kept, since people align with them.
fn escape(out: &mut String, text: &str) {
    let mut after_space = false;
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            ' ' if after_space => out.push_str("&nbsp;"),
            _ => out.push(c),
        }
        after_space = c == ' ';
    }
}

fn unix(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_safe_paragraphs() {
        let html = lines_to_html("Oi <b>\"Ana\" & cia</b>\nveja https://e.com/?a=1&b=2\n\n\n  fim");
        assert_eq!(
            html,
            "<p>Oi &lt;b&gt;&quot;Ana&quot; &amp; cia&lt;/b&gt;<br>\nveja \
             <a href=\"https://e.com/?a=1&amp;b=2\">https://e.com/?a=1&amp;b=2</a></p>\n<p> &nbsp;fim</p>\n"
        );
    }

    #[test]
    fn the_quote_stands_below_with_marks() {
        let quoted = Quoted { introduction: "Em 5, Ana escreveu:".into(), text: "antes\r\n\r\n> mais antes\n".into() };
        assert_eq!(plain("Oi", Some(&quoted)), "Oi\n\nEm 5, Ana escreveu:\n\n> antes\n>\n>> mais antes\n\n");
        assert!(html("Oi", Some(&quoted)).contains("<blockquote type=\"cite\">\n<p>antes</p>"));
    }
}
