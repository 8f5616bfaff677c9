//! Finds the tags of an HTML text with their places in it. Good enough to say where a quote begins; what it gets
//! wrong is only a matter of looks, for every part is cleaned afterwards.

/// A tag and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag<'h> {
    pub start: usize,
    pub end: usize,
    pub name: &'h str,
    pub closing: bool,
    attributes: &'h str,
}

impl<'h> Tag<'h> {
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute, without quotes.
    pub fn attribute(&self, name: &str) -> Option<&'h str> {
        let mut rest = self.attributes;
        while let Some((before, after)) = rest.split_once('=') {
            let found = before.trim_end().rsplit(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
            let after = after.trim_start();
            let (value, next) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                _ => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
            };
            if found.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = next;
        }
        None
    }
}

/// The tags from a place on, in order. Comments are skipped.
pub(super) struct Tags<'h> {
    html: &'h str,
    at: usize,
    no_quote: [bool; 2],
}

impl<'h> Tags<'h> {
    pub fn from(html: &'h str, at: usize) -> Self {
        Self { html, at, no_quote: [false; 2] }
    }

    /// Where the tag that begins at `start` ends. A quote that is never closed does not count as one.
    fn end_of(&mut self, start: usize) -> usize {
        let bytes = self.html.as_bytes();
        let mut at = start;
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'>' => return at,
                b'"' | b'\'' => {
                    let kind = usize::from(byte == b'\'');
                    if self.no_quote[kind] {
                        continue;
                    }
                    match bytes[at..].iter().position(|b| *b == byte) {
                        Some(length) => at += length + 1,
                        None => self.no_quote[kind] = true,
                    }
                }
                _ => {}
            }
        }
        bytes.len()
    }
}

impl<'h> Iterator for Tags<'h> {
    type Item = Tag<'h>;

    fn next(&mut self) -> Option<Tag<'h>> {
        loop {
            let start = self.at + self.html.get(self.at..)?.find('<')?;
            let rest = &self.html[start + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                self.at = comment.find("-->").map_or(self.html.len(), |end| start + 4 + end + 3);
                continue;
            }
            let closing = rest.starts_with('/');
            let inner = start + 1 + usize::from(closing);
            let name_length = self.html[inner..]
                .find(|c: char| !(c.is_ascii_alphanumeric() || c == ':' || c == '-'))
                .unwrap_or(self.html.len() - inner);
            if !self.html[inner..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.at = start + 1;
                continue;
            }
            let name_end = inner + name_length;
            let end = self.end_of(name_end);
            self.at = end;
            let attributes = self.html[name_end..end].trim_end_matches('>');
            return Some(Tag { start, end, name: &self.html[inner..name_end], closing, attributes });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_with_their_attributes() {
        let html = "a <!-- <b> --> <DIV class = 'x y' id=z data-a=\">\"> 1 < 2 </DIV>";
        let tags: Vec<Tag<'_>> = Tags::from(html, 0).collect();
        assert_eq!(tags.len(), 2);
        assert_eq!(
            (tags[0].attribute("class"), tags[0].attribute("ID"), tags[0].attribute("style")),
            (Some("x y"), Some("z"), None)
        );
        assert!(tags[0].is("div") && tags[1].closing && tags[1].end == html.len());
    }
}
