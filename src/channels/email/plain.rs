//! A readable text of an HTML mail, for lists, search and quoting. Works on tokens, not on a tree: linear, whatever
//! the nesting.

use std::cell::RefCell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::clean;

/// The text a reader would see, with `> ` before quotes, `- ` before list entries and addresses behind links.
#[must_use]
pub fn to_text(html: &str) -> String {
    let tokenizer = Tokenizer::new(Writer::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // A script's end hands the control back before all is read.
    while matches!(tokenizer.feed(&input), html5ever::TokenizerResult::Script(())) {}
    tokenizer.end();
    clean::body(&tokenizer.sink.page.into_inner().finish())
}

#[derive(Default)]
struct Writer {
    page: RefCell<Page>,
}

#[derive(Default)]
struct Page {
    out: String,
    line: String,
    space: bool,
    /// A blank line is due, with at most so many marks of quotes.
    blank: Option<usize>,
    quotes: usize,
    preserved: usize,
    hidden: Option<String>,
    link: Option<(String, usize)>,
}

impl TokenSink for Writer {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut page = self.page.borrow_mut();
        match token {
            Token::CharacterTokens(text) if page.hidden.is_none() => page.write(&text),
            Token::TagToken(tag) => return page.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Elements whose content is no text of the mail, and how it is read.
fn hidden(name: &str) -> Option<RawKind> {
    match name {
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "script" => Some(RawKind::ScriptData),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

impl Page {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = tag.name.as_ref();
        if self.hidden.as_deref().is_some_and(|h| h == name && tag.kind == TagKind::EndTag) {
            self.hidden = None;
            return TokenSinkResult::Continue;
        }
        if tag.kind == TagKind::StartTag
            && self.hidden.is_none()
            && let Some(kind) = hidden(name)
        {
            self.hidden = Some(name.to_owned());
            return TokenSinkResult::RawData(kind);
        }
        match tag.kind {
            TagKind::StartTag => self.start(name, tag),
            TagKind::EndTag => self.end(name),
        }
        TokenSinkResult::Continue
    }

    fn start(&mut self, name: &str, tag: &Tag) {
        match name {
            "br" => self.break_line(),
            "hr" => {
                self.close_line();
                self.line.push_str("---");
                self.close_line();
            }
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "pre" | "blockquote" | "dl" => {
                self.paragraph();
            }
            "div" | "tr" | "table" | "section" | "article" | "header" | "footer" | "address" | "center" | "dt"
            | "dd" | "form" => {
                self.close_line();
            }
            "li" => {
                self.close_line();
                self.line.push_str("- ");
            }
            "td" | "th" => self.space = !self.line.is_empty(),
            "a" => self.open_link(tag),
            "img" => self.picture(tag),
            _ => {}
        }
        match name {
            "blockquote" => self.quotes = (self.quotes + 1).min(20),
            "pre" => self.preserved += 1,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "pre" | "blockquote" | "dl" => {
                self.paragraph();
            }
            "div" | "tr" | "table" | "li" | "section" | "article" | "header" | "footer" | "address" | "center"
            | "dt" | "dd" => {
                self.close_line();
            }
            "td" | "th" => self.space = !self.line.is_empty(),
            "a" => self.close_link(),
            _ => {}
        }
        match name {
            "blockquote" => self.quotes = self.quotes.saturating_sub(1),
            "pre" => self.preserved = self.preserved.saturating_sub(1),
            _ => {}
        }
    }

    fn write(&mut self, text: &str) {
        for c in text.chars() {
            if self.preserved > 0 && c == '\n' {
                self.break_line();
            } else if c.is_whitespace() && (self.preserved == 0 || c == '\r') {
                self.space = !self.line.is_empty();
            } else if c != '\u{200b}' && c != '\u{feff}' {
                if self.space {
                    self.line.push(' ');
                    self.space = false;
                }
                self.line.push(c);
            }
        }
    }

    /// Ends the line if there is something on it.
    fn close_line(&mut self) {
        if !self.line.is_empty() {
            self.break_line();
        }
        self.space = false;
    }

    fn break_line(&mut self) {
        if let Some(quotes) = self.blank.take()
            && !self.out.is_empty()
            && !self.out.ends_with("\n\n")
        {
            let start = "> ".repeat(quotes.min(self.quotes));
            self.out.push_str(start.trim_end());
            self.out.push('\n');
        }
        let start = "> ".repeat(self.quotes);
        let line = if self.line.is_empty() { start.trim_end().to_owned() } else { start + self.line.as_str() };
        // A mail of line breaks alone is not shown as a page of nothing.
        if !(line.is_empty() && self.out.ends_with("\n\n\n")) {
            self.out.push_str(&line);
            self.out.push('\n');
        }
        self.line.clear();
        self.space = false;
    }

    fn paragraph(&mut self) {
        self.close_line();
        self.blank = Some(self.blank.map_or(self.quotes, |quotes| quotes.min(self.quotes)));
    }

    fn open_link(&mut self, tag: &Tag) {
        self.close_link();
        self.link = value(tag, "href").map(|href| (href, self.line.len()));
    }

    /// Writes the address behind the words of a link, unless the words are the address.
    fn close_link(&mut self) {
        let Some((href, start)) = self.link.take() else { return };
        let words = self.line.get(start..).unwrap_or_default().trim();
        let lower = href.get(..8).unwrap_or(&href).to_ascii_lowercase();
        let bare = href.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
        if words.is_empty() || !lower.starts_with("http") || words.contains(bare) || href.len() > 2_000 {
            return;
        }
        for part in [" <", &href, ">"] {
            self.line.push_str(part);
        }
    }

    fn picture(&mut self, tag: &Tag) {
        if let Some(alt) = value(tag, "alt").map(|alt| clean::line(&alt, 200)).filter(|alt| !alt.is_empty()) {
            self.write(&format!("[{alt}]"));
        }
    }

    fn finish(mut self) -> String {
        self.close_line();
        self.out
    }
}

fn value(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| a.value.trim().to_owned()).filter(|v| !v.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_like_the_page() {
        let html = "<html><head><title>T</title><style>p{}</style></head><body><p>Olá&nbsp;Ana,</p><p>veja:<br>um\n dois</p>\
            <ul><li>a</li><li>b</li></ul><table><tr><td>x</td><td>y</td></tr></table>\
            <a href='https://e.com/a'>aqui</a> <a href=\"https://e.com\">e.com</a><script>evil()</script>\
            <blockquote>antes<br>disso</blockquote><pre>a\n  b</pre></body>";
        let expected =
            "Olá Ana,\n\nveja:\num dois\n\n- a\n- b\n\nx y\naqui <https://e.com/a> e.com\n\n> antes\n> disso\n\na\n  b";
        assert_eq!(to_text(html), expected);
    }

    #[test]
    fn nesting_costs_nothing() {
        let bomb = format!("{}oi", "<div><blockquote>".repeat(200_000));
        assert!(to_text(&bomb).ends_with("oi"));
    }
}
