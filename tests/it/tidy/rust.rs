//! A reader for Rust source that tells code from comments and from literals. It knows no grammar beyond that.

use super::tree::Page;

/// A file in three readings of the same length, so that a byte stands at the same place in each.
pub struct Source<'a> {
    pub page: &'a Page,
    /// Comments and the insides of literals are spaces.
    pub code: String,
    /// String literals: where the text between the quotes begins, and the text as written.
    pub literals: Vec<(usize, &'a str)>,
    /// Where `#[cfg(test)]` begins, or the end.
    pub product: usize,
}

impl<'a> Source<'a> {
    pub fn read(page: &'a Page) -> Self {
        let mut reader =
            Reader { bytes: page.text.as_bytes(), code: page.text.clone().into_bytes(), at: 0, literals: Vec::new() };
        reader.run();
        let literals = reader.literals.iter().filter_map(|(from, to)| Some((*from, page.text.get(*from..*to)?)));
        let literals = literals.collect();
        let code = String::from_utf8_lossy(&reader.code).into_owned();
        let product = code.find("#[cfg(test)]").unwrap_or(code.len());
        Self { page, code, literals, product }
    }

    /// Where the words stand in the code, not as a part of a longer name.
    pub fn find(&self, words: &str) -> Vec<usize> {
        let name = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        let bytes = self.code.as_bytes();
        let first = words.as_bytes().first();
        let last = words.as_bytes().last();
        self.code
            .match_indices(words)
            .map(|(at, _)| at)
            .filter(|at| !(name(first) && *at > 0 && name(bytes.get(at - 1))))
            .filter(|at| !(name(last) && name(bytes.get(at + words.len()))))
            .collect()
    }

    pub fn line_of(&self, byte: usize) -> usize {
        self.page.line_of(byte)
    }
}

/// The name that begins at this byte.
pub fn name_at(code: &str, at: usize) -> &str {
    let rest = &code[at..];
    let end = rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(rest.len());
    &rest[..end]
}

struct Reader<'a> {
    bytes: &'a [u8],
    code: Vec<u8>,
    at: usize,
    literals: Vec<(usize, usize)>,
}

impl Reader<'_> {
    fn run(&mut self) {
        while self.at < self.bytes.len() {
            match (self.bytes[self.at], self.bytes.get(self.at + 1)) {
                (b'/', Some(b'/')) => self.line_comment(),
                (b'/', Some(b'*')) => self.block_comment(),
                (b'"', _) => self.string(),
                (b'r', Some(b'"' | b'#')) if !self.inside_name() => self.raw_string(),
                (b'\'', _) => self.letter_or_lifetime(),
                _ => self.at += 1,
            }
        }
    }

    fn inside_name(&self) -> bool {
        self.at > 0 && {
            let before = self.bytes[self.at - 1];
            (before.is_ascii_alphanumeric() || before == b'_') && !matches!(before, b'b' | b'c')
        }
    }

    fn blank(&mut self, from: usize, to: usize) {
        for byte in &mut self.code[from..to] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }

    fn find(&self, what: &[u8], from: usize) -> usize {
        let rest = &self.bytes[from.min(self.bytes.len())..];
        rest.windows(what.len()).position(|window| window == what).map_or(self.bytes.len(), |found| from + found)
    }

    fn line_comment(&mut self) {
        let end = self.find(b"\n", self.at);
        self.blank(self.at, end);
        self.at = end;
    }

    fn block_comment(&mut self) {
        let start = self.at;
        let mut depth = 0;
        while self.at < self.bytes.len() {
            match (self.bytes[self.at], self.bytes.get(self.at + 1)) {
                (b'/', Some(b'*')) => (depth, self.at) = (depth + 1, self.at + 2),
                (b'*', Some(b'/')) => (depth, self.at) = (depth - 1, self.at + 2),
                _ => self.at += 1,
            }
            if depth == 0 {
                break;
            }
        }
        self.blank(start, self.at);
    }

    fn string(&mut self) {
        let from = self.at + 1;
        let mut to = from;
        while to < self.bytes.len() && self.bytes[to] != b'"' {
            to += if self.bytes[to] == b'\\' { 2 } else { 1 };
        }
        self.literal(from, to.min(self.bytes.len()), 1);
    }

    fn raw_string(&mut self) {
        let hashes = self.bytes[self.at + 1..].iter().take_while(|byte| **byte == b'#').count();
        let quote = self.at + 1 + hashes;
        if self.bytes.get(quote) != Some(&b'"') {
            // A raw name such as r#type.
            self.at = quote;
            return;
        }
        let end = [b"\"".as_slice(), &b"#".repeat(hashes)].concat();
        let to = self.find(&end, quote + 1);
        self.literal(quote + 1, to, end.len());
    }

    fn literal(&mut self, from: usize, to: usize, closing: usize) {
        self.literals.push((from, to));
        self.blank(from, to);
        self.at = to + closing;
    }

    /// `'x'` and `'\n'` are letters, `'a` alone is a lifetime.
    fn letter_or_lifetime(&mut self) {
        let rest = &self.bytes[self.at + 1..];
        let length = match rest {
            [b'\\', ..] => rest.iter().skip(2).position(|byte| *byte == b'\'').map(|found| found + 2),
            _ => rest.iter().take(5).position(|byte| *byte == b'\'').filter(|found| {
                *found > 0 && std::str::from_utf8(&rest[..*found]).is_ok_and(|text| text.chars().count() == 1)
            }),
        };
        if let Some(length) = length {
            self.blank(self.at + 1, self.at + 1 + length);
            self.at += length + 2;
        } else {
            self.at += 1;
        }
    }
}

#[test]
fn code_comments_and_literals_are_told_apart() {
    let page = Page::new(
        "src/a.rs",
        "fn a<'x>(b: &'x str) { /* one /* two */ */ c('\"', '\\'', \"d \\\" e\"); } // f\nr#\"g \" h\"#; br\"i\"; r#type;",
    );
    let source = Source::read(&page);
    let words: String = source.code.split_whitespace().collect();
    assert_eq!(words, "fna<'x>(b:&'xstr){c('','',\"\");}r#\"\"#;br\"\";r#type;");
    assert_eq!(source.code.len(), page.text.len());
    let texts: Vec<&str> = source.literals.iter().map(|(_, text)| *text).collect();
    assert_eq!(texts, ["d \\\" e", "g \" h", "i"]);
    assert_eq!(source.find("c").len(), 1, "not inside of other names");
    assert_eq!(source.line_of(page.text.find("r#type").unwrap()), 2);
}
