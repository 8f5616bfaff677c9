//! The MIME tree of a mail as a flat list of leaves (RFC 2046). One pass over the lines with a stack of boundaries: no
//! recursion, linear in the size, and a missing boundary costs no content. An attached mail is one leaf; its own parts
//! are not looked into, so its bytes stay exact.

use super::fields::{Fields, Typed, line_end, trim_end};
use super::limits::Limits;

/// A part that holds content: a text, a file, an attached mail.
#[derive(Debug, Default)]
pub(super) struct Leaf<'a> {
    pub fields: Fields<'a>,
    pub kind: Typed,
    /// The content as it stands in the mail, still encoded.
    pub bytes: &'a [u8],
    /// Where they begin in the mail.
    pub at: usize,
    /// The number of the innermost `multipart/alternative` around it.
    pub alternative: Option<usize>,
}

#[derive(Debug, Default)]
pub(super) struct Structure<'a> {
    pub leaves: Vec<Leaf<'a>>,
    /// Leaves beyond the cap.
    pub omitted: usize,
    /// What stands before the first boundary: a note to old programs, or a text whose boundary was lost.
    pub preamble: &'a [u8],
}

struct Level {
    boundary: Vec<u8>,
    alternative: Option<usize>,
    digest: bool,
}

/// Which of a multipart's boundary lines was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Next,
    Last,
}

/// What stands between two boundaries while the lines pass.
enum Section<'a> {
    Leaf(Leaf<'a>),
    Preamble,
    Epilogue,
}

struct Walk<'a, 'l> {
    raw: &'a [u8],
    limits: &'l Limits,
    found: Structure<'a>,
    levels: Vec<Level>,
    alternatives: usize,
    section: Section<'a>,
    start: usize,
}

/// Reads the tree below the header block that `fields` were read from; `body` is where that block ends.
pub(super) fn walk<'a>(raw: &'a [u8], fields: Fields<'a>, body: usize, limits: &Limits) -> Structure<'a> {
    let mut walk = Walk {
        raw,
        limits,
        found: Structure::default(),
        levels: Vec::new(),
        alternatives: 0,
        section: Section::Epilogue,
        start: body,
    };
    let sniffed = sniff(raw, body, &fields);
    walk.open(fields, body, body, sniffed);
    let mut at = body;
    while !walk.levels.is_empty() && at < raw.len() {
        let next = line_end(raw, at);
        at = match walk.level_of(&raw[at..next]) {
            Some((level, mark)) => walk.boundary(level, mark, at, next),
            None => next,
        };
    }
    walk.close(raw.len(), 0);
    walk.pop_to(0);
    walk.found
}

impl<'a> Walk<'a, '_> {
    /// The level whose boundary stands on this line.
    fn level_of(&self, line: &[u8]) -> Option<(usize, Mark)> {
        let line = line.strip_prefix(b"--")?.trim_ascii_end();
        self.levels.iter().enumerate().rev().find_map(|(at, level)| {
            let rest = line.strip_prefix(level.boundary.as_slice())?;
            match rest {
                b"" => Some((at, Mark::Next)),
                b"--" => Some((at, Mark::Last)),
                _ => None,
            }
        })
    }

    /// Ends what came before the boundary and begins what comes after it. Gives where to read on.
    fn boundary(&mut self, level: usize, mark: Mark, line: usize, next: usize) -> usize {
        let left = if mark == Mark::Last { level } else { level + 1 };
        self.close(line, left);
        self.pop_to(left);
        self.start = next;
        if mark == Mark::Last {
            self.section = Section::Epilogue;
            return next;
        }
        let (fields, skip) = Fields::split_part(&self.raw[next..], self.limits.fields);
        self.open(fields, next, next + skip, None);
        next + skip
    }

    /// Begins a part whose header block ends at `body`.
    fn open(&mut self, fields: Fields<'a>, head: usize, body: usize, sniffed: Option<Vec<u8>>) {
        let digest = self.levels.last().is_some_and(|l| l.digest);
        let kind = fields.typed("content-type").filter(|t| !t.main.is_empty()).unwrap_or_else(if digest {
            Typed::mail
        } else {
            Typed::text
        });
        self.start = body;
        if kind.main == "multipart" {
            let boundary = sniffed.or_else(|| kind.param("boundary").map(|b| b.trim_end().as_bytes().to_vec()));
            if let Some(boundary) = boundary.filter(|b| !b.is_empty()) {
                if self.levels.len() < self.limits.depth {
                    self.descend(&kind, boundary);
                } else {
                    let kind = Typed::mail();
                    self.start = head;
                    self.section = Section::Leaf(Leaf { kind, ..Leaf::default() });
                }
                return;
            }
        }
        let alternative = self.levels.last().and_then(|l| l.alternative);
        self.section = Section::Leaf(Leaf { fields, kind, bytes: &[], at: 0, alternative });
    }

    fn descend(&mut self, kind: &Typed, boundary: Vec<u8>) {
        let inherited = self.levels.last().and_then(|l| l.alternative);
        let alternative = if kind.sub == "alternative" && inherited.is_none() {
            self.alternatives += 1;
            Some(self.alternatives)
        } else {
            inherited
        };
        self.levels.push(Level { boundary, alternative, digest: kind.sub == "digest" });
        self.section = Section::Preamble;
    }

    /// Ends the open section at `end`, where a boundary line or the end of the mail stands, before the levels from
    /// `left` on are left.
    fn close(&mut self, end: usize, left: usize) {
        let section = std::mem::replace(&mut self.section, Section::Epilogue);
        let bytes = self.raw.get(self.start..end).unwrap_or_default();
        match section {
            Section::Leaf(leaf) => {
                // The line break before a boundary belongs to the boundary.
                let bytes = if end < self.raw.len() { trim_end(bytes) } else { bytes };
                self.add(Leaf { bytes, at: self.start, ..leaf });
            }
            // A multipart that never had a part: what stands there is the text.
            Section::Preamble if self.levels.len() > left && !bytes.trim_ascii().is_empty() => {
                self.add(Leaf { kind: Typed::text(), bytes, ..Leaf::default() });
            }
            Section::Preamble if self.found.preamble.is_empty() => self.found.preamble = bytes,
            Section::Preamble | Section::Epilogue => {}
        }
    }

    fn add(&mut self, leaf: Leaf<'a>) {
        if self.found.leaves.len() < self.limits.parts {
            self.found.leaves.push(leaf);
        } else {
            self.found.omitted += 1;
        }
    }

    fn pop_to(&mut self, level: usize) {
        self.levels.truncate(level);
    }
}

/// The boundary in use where the declared one is missing or stands nowhere: the first line of dashes before a part.
fn sniff(raw: &[u8], body: usize, fields: &Fields<'_>) -> Option<Vec<u8>> {
    let kind = fields.typed("content-type").filter(|t| t.main == "multipart")?;
    let declared = kind.param("boundary").map(|b| format!("--{}", b.trim_end())).filter(|b| b.len() > 2);
    let mut at = body;
    let mut candidate = None;
    while at < raw.len() {
        let next = line_end(raw, at);
        let line = raw[at..next].trim_ascii_end();
        if line.starts_with(b"--") {
            if declared.as_ref().is_some_and(|d| line.starts_with(d.as_bytes())) {
                return None;
            }
            let after = &raw[next..line_end(raw, next).min(next + 8)];
            if candidate.is_none() && line.len() > 2 && after.eq_ignore_ascii_case(b"content-") {
                candidate = Some(line[2..].to_vec());
            }
        }
        at = next;
    }
    candidate
}
