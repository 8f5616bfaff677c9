//! Finds the quoted part of an HTML mail by the marks that mail programs leave. Runs **before** cleaning, which removes
//! those marks; both parts are cleaned afterwards, each by itself.

use super::tags::{Tag, Tags};
use super::{attribution, clean, plain};

/// Marks that are looked at before giving up.
const MOST_CANDIDATES: usize = 8;
/// The longest HTML of a line that introduces a quote, in bytes.
const LONGEST_INTRODUCTION: usize = 2_000;

/// An HTML mail in two parts, both still unsafe. Together they are the whole source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldedHtml<'h> {
    /// What the writer added.
    pub visible: &'h str,
    /// What is repeated from earlier mails; empty if nothing was folded.
    pub quoted: &'h str,
}

/// How far a mark reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Its element: text after it means that the answer stands there.
    Element,
    /// Everything that follows.
    Rest,
    /// An introduction; the quote that follows it counts.
    Introduction,
}

/// Splits the HTML of a mail at the first mark of a quote after which no answer follows.
#[must_use]
pub fn split_html(html: &str) -> FoldedHtml<'_> {
    let whole = FoldedHtml { visible: html, quoted: "" };
    let mut looked_at = 0;
    for tag in Tags::from(html, 0) {
        let Some(reach) = reach(html, &tag) else { continue };
        looked_at += 1;
        if looked_at > MOST_CANDIDATES || forwards(html, tag.start) {
            return whole;
        }
        if holds_to_the_end(html, &tag, reach) {
            let (visible, quoted) = html.split_at(introduction_above(html, tag.start).unwrap_or(tag.start));
            let empty = is_blank(visible) && !has_picture(visible);
            return if empty { whole } else { FoldedHtml { visible, quoted } };
        }
    }
    whole
}

fn reach(html: &str, tag: &Tag<'_>) -> Option<Reach> {
    if tag.closing {
        return None;
    }
    if tag.is("blockquote") {
        let cited = tag.attribute("type").is_some_and(|t| t.eq_ignore_ascii_case("cite"));
        return (cited || has_mark(tag, "class", &["gmail_quote", "protonmail_quote"])).then_some(Reach::Element);
    }
    let marks = [
        "gmail_quote",
        "gmail_quote_container",
        "yahoo_quoted",
        "protonmail_quote",
        "qmbox",
        "zmail_extra",
        "gmail_extra",
    ];
    if has_mark(tag, "class", &marks) || has_prefix(tag, "id", &["yahoo_quoted", "isReplyContent", "qqmail-quote"]) {
        return Some(Reach::Element);
    }
    if has_mark(tag, "class", &["moz-cite-prefix", "gmail_attr"]) {
        return Some(Reach::Introduction);
    }
    let outlook = [
        "divRplyFwdMsg",
        "appendonsend",
        "OLK_SRC_BODY_SECTION",
        "ms-outlook-mobile-reference-message",
        "mail-editor-reference-message-container",
    ];
    if has_prefix(tag, "id", &outlook) || has_mark(tag, "class", &["ms-outlook-mobile-reference-message"]) {
        return Some(Reach::Rest);
    }
    (tag.is("div") && has_rule_above(tag) && begins_with_from(html, tag)).then_some(Reach::Rest)
}

/// Where the paragraph "On … wrote:" right above a quote begins.
fn introduction_above(html: &str, quote: usize) -> Option<usize> {
    let above = Tags::from(html, 0).take_while(|tag| tag.start < quote);
    let paragraph = above.filter(|tag| !tag.closing && (tag.is("p") || tag.is("div"))).last()?;
    let words = html.get(paragraph.end..quote).filter(|words| words.len() <= LONGEST_INTRODUCTION)?;
    let words = plain::to_text(words).split_whitespace().collect::<Vec<_>>().join(" ");
    attribution::introduces(&words).map(|_| paragraph.start)
}

/// Outlook prefixes the marks of mails that it repeats with `x_`.
fn bare(word: &str) -> &str {
    word.trim_start_matches("x_")
}

fn has_mark(tag: &Tag<'_>, attribute: &str, marks: &[&str]) -> bool {
    tag.attribute(attribute).is_some_and(|v| v.split_ascii_whitespace().any(|word| marks.contains(&bare(word))))
}

fn has_prefix(tag: &Tag<'_>, attribute: &str, marks: &[&str]) -> bool {
    tag.attribute(attribute).is_some_and(|v| marks.iter().any(|mark| bare(v.trim()).starts_with(mark)))
}

/// Outlook for Windows draws a line above the header block of the mail it answers.
fn has_rule_above(tag: &Tag<'_>) -> bool {
    tag.attribute("style").is_some_and(|style| {
        let style: String =
            style.chars().take(300).filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("border-top:solid")
    })
}

fn begins_with_from(html: &str, tag: &Tag<'_>) -> bool {
    attribution::labelled_from(first_line(html, tag.end).trim())
}

/// The first words of the text that follows a place.
fn first_line(html: &str, at: usize) -> String {
    let text = plain::to_text(clean::cut(&html[at..], 4_000));
    text.lines().map(|l| l.trim_start_matches(['>', ' '])).find(|l| !l.is_empty()).unwrap_or_default().to_owned()
}

fn forwards(html: &str, at: usize) -> bool {
    attribution::marks_forward(&first_line(html, at))
}

/// Whether nothing that a person would have written follows the quote.
fn holds_to_the_end(html: &str, tag: &Tag<'_>, reach: Reach) -> bool {
    let quote = match reach {
        Reach::Rest => return true,
        Reach::Element => Some(*tag),
        Reach::Introduction => Tags::from(html, tag.end).take(50).find(|t| t.is("blockquote") && !t.closing),
    };
    quote.is_some_and(|quote| is_blank(&html[element_end(html, &quote)..]))
}

/// Whether an HTML text shows no word. Its beginning usually decides.
fn is_blank(html: &str) -> bool {
    plain::to_text(clean::cut(html, 4_000)).trim().is_empty()
        && (html.len() <= 4_000 || plain::to_text(html).trim().is_empty())
}

/// Where the element of an opening tag ends.
fn element_end(html: &str, open: &Tag<'_>) -> usize {
    let mut depth = 1_usize;
    for tag in Tags::from(html, open.end).filter(|t| t.is(open.name)) {
        if tag.closing {
            depth -= 1;
        } else {
            depth += 1;
        }
        if depth == 0 {
            return tag.end;
        }
    }
    html.len()
}

fn has_picture(html: &str) -> bool {
    Tags::from(html, 0)
        .any(|t| t.is("img") && t.attribute("src").is_some_and(|s| s.starts_with("cid:") || s.starts_with("data:")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visible(html: &str) -> String {
        let folded = split_html(html);
        assert_eq!(format!("{}{}", folded.visible, folded.quoted), html);
        plain::to_text(folded.visible)
    }

    #[test]
    fn the_marks_of_every_program_are_known() {
        for quote in [
            "<div class=\"gmail_quote gmail_quote_container\"><div class=gmail_attr>Em 5, Ana escreveu:</div><blockquote>antes</blockquote></div>",
            "<blockquote type=\"cite\">antes</blockquote>",
            "<p>Em 21 de novembro de 2026, 08:24, Camila Rocha escreveu:</p>\n<blockquote type=\"cite\">antes</blockquote>",
            "<div><span>On 5 Nov 2026, at 10:00,</span><br>Ana wrote:</div><br><blockquote type=cite>antes</blockquote>",
            "<div class=\"moz-cite-prefix\">Em 5, Ana escreveu:</div><blockquote type='cite'>antes</blockquote>",
            "<div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>De:</b> Ana</div><div>antes</div>",
            "<div id='x_divRplyFwdMsg'>De: Ana</div>antes",
            "<div class=\"yahoo_quoted\" id=\"yahoo_quoted_12\">antes</div>",
            "<blockquote class=\"protonmail_quote\">antes</blockquote>",
            "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm'><p><b>De:</b> Ana<br><b>Para:</b> B</p></div><p>antes</p>",
        ] {
            assert_eq!(visible(&format!("<div>Resposta</div>{quote}")), "Resposta", "{quote}");
        }
    }

    #[test]
    fn answers_below_or_between_and_forwards_stay_visible() {
        for html in [
            "<p>a</p><blockquote type=cite>antes</blockquote><p>depois</p>",
            "<div>Segue</div><div class=gmail_quote><div class=gmail_attr>---------- Forwarded message ---------<br>De: x</div>texto</div>",
            "<blockquote type=cite>antes</blockquote>",
            "<p>On 5 Nov 2026 Ana wrote:</p><blockquote type=cite>antes</blockquote>",
            "<div style='border-top:solid red 1pt'>Promoção</div>",
        ] {
            assert_eq!(split_html(html).quoted, "", "{html}");
        }
    }
}
