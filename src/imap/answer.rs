//! What a server says, read leniently: what is not understood is passed over, and the size of nothing is believed.

use super::wire::Piece;

/// One response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Response {
    /// The end of a command.
    Tagged { tag: String, status: Status },
    /// `* OK`, `* BYE` and the like.
    Status(Status),
    /// The server waits for more.
    Continue(String),
    /// `* 12 EXISTS`, `* 3 FETCH (…)`: the number, the word in capitals, what follows.
    Numbered(u32, String, Vec<Value>),
    /// `* LIST …`: the word in capitals, what follows.
    Named(String, Vec<Value>),
    /// None of these.
    Garbage(String),
}

/// OK, NO, BAD, BYE or PREAUTH with its code and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Status {
    pub(super) kind: String,
    /// Between the brackets, as written.
    pub(super) code: String,
    pub(super) words: String,
}

/// A value in a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Without quotes.
    Atom(String),
    /// Quoted, or a literal.
    Text(Vec<u8>),
    List(Vec<Value>),
}

/// Lists inside lists; no server needs more.
const DEEPEST: usize = 32;

impl Value {
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Atom(text) if text.eq_ignore_ascii_case("NIL") => None,
            Self::Atom(text) => Some(text.clone()),
            Self::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
            Self::List(_) => None,
        }
    }

    pub(super) fn number(&self) -> Option<u32> {
        self.text()?.parse().ok()
    }

    pub(super) fn list(&self) -> &[Self] {
        match self {
            Self::List(values) => values,
            _ => &[],
        }
    }
}

impl Status {
    fn read(kind: &str, rest: &str) -> Self {
        let rest = rest.trim();
        let (code, words) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((code, words)) => (code, words.trim()),
            None => ("", rest),
        };
        Self { kind: kind.to_ascii_uppercase(), code: code.to_owned(), words: words.to_owned() }
    }

    /// What stands behind the name of a code: `UIDNEXT 12` is 12.
    pub(super) fn coded(&self, name: &str) -> Option<&str> {
        let (found, value) = self.code.split_once(' ')?;
        found.eq_ignore_ascii_case(name).then_some(value.trim())
    }

    /// Code and words, as a person may read them.
    pub(super) fn said(&self) -> String {
        if self.code.is_empty() { self.words.clone() } else { format!("[{}] {}", self.code, self.words) }
    }
}

pub(super) fn read(pieces: Vec<Piece>) -> Response {
    let Some(Piece::Text(first)) = pieces.first() else { return Response::Garbage(String::new()) };
    let first = String::from_utf8_lossy(first).into_owned();
    let (mark, rest) = first.split_once(' ').unwrap_or((&first, ""));
    if mark == "+" {
        return Response::Continue(rest.to_owned());
    }
    let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
    let is_status = ["OK", "NO", "BAD", "BYE", "PREAUTH"].iter().any(|kind| word.eq_ignore_ascii_case(kind));
    match (mark, is_status) {
        ("*", true) => Response::Status(Status::read(word, after)),
        ("*", false) => untagged(&pieces).unwrap_or_else(|| shown(&first)),
        (tag, true) if !tag.is_empty() => Response::Tagged { tag: tag.to_owned(), status: Status::read(word, after) },
        _ => shown(&first),
    }
}

fn shown(line: &str) -> Response {
    Response::Garbage(line.chars().take(80).collect())
}

fn untagged(pieces: &[Piece]) -> Option<Response> {
    let mut values = values(pieces)?.into_iter();
    // The star itself.
    values.next()?;
    let first = values.next()?.text()?;
    match first.parse() {
        Ok(number) => {
            let word = values.next()?.text()?;
            Some(Response::Numbered(number, word.to_ascii_uppercase(), values.collect()))
        }
        Err(_) => Some(Response::Named(first.to_ascii_uppercase(), values.collect())),
    }
}

/// Values between spaces, lists between parentheses. `None`: the parentheses do not fit each other.
fn values(pieces: &[Piece]) -> Option<Vec<Value>> {
    let mut lists: Vec<Vec<Value>> = vec![Vec::new()];
    for piece in pieces {
        match piece {
            Piece::Literal(bytes) => lists.last_mut()?.push(Value::Text(bytes.clone())),
            Piece::Text(text) => read_text(text, &mut lists)?,
        }
    }
    let whole = lists.pop()?;
    lists.is_empty().then_some(whole)
}

fn read_text(text: &[u8], lists: &mut Vec<Vec<Value>>) -> Option<()> {
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b' ' => at += 1,
            b'(' => {
                lists.push(Vec::new());
                at += 1;
                if lists.len() > DEEPEST {
                    return None;
                }
            }
            b')' => {
                let list = lists.pop()?;
                lists.last_mut()?.push(Value::List(list));
                at += 1;
            }
            b'"' => {
                let (value, end) = quoted(text, at + 1);
                lists.last_mut()?.push(Value::Text(value));
                at = end;
            }
            _ => {
                let end = atom_end(text, at);
                lists.last_mut()?.push(Value::Atom(String::from_utf8_lossy(&text[at..end]).into_owned()));
                at = end;
            }
        }
    }
    Some(())
}

/// The text between quotes, and where reading goes on.
fn quoted(text: &[u8], from: usize) -> (Vec<u8>, usize) {
    let mut value = Vec::new();
    let mut at = from;
    while at < text.len() && text[at] != b'"' {
        if text[at] == b'\\' && at + 1 < text.len() {
            at += 1;
        }
        value.push(text[at]);
        at += 1;
    }
    (value, at + 1)
}

/// `BODY[HEADER.FIELDS (DATE)]<0>` is one atom: what stands between brackets belongs to it.
fn atom_end(text: &[u8], from: usize) -> usize {
    let mut inside = false;
    for (at, byte) in text.iter().enumerate().skip(from) {
        match byte {
            b'[' => inside = true,
            b']' => inside = false,
            b' ' | b'(' | b')' if !inside => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{Piece, Response, Value, read};

    fn line(text: &str) -> Response {
        read(vec![Piece::Text(text.as_bytes().to_vec())])
    }

    #[test]
    fn responses_are_told_apart() {
        let Response::Tagged { tag, status } = line("a1 NO [TRYCREATE] there is none") else { panic!("tagged") };
        assert_eq!((tag.as_str(), status.kind.as_str(), status.code.as_str()), ("a1", "NO", "TRYCREATE"));
        let Response::Status(status) = line("* ok [UIDVALIDITY 42] valid") else { panic!("a status") };
        assert_eq!((status.coded("uidvalidity"), status.words.as_str()), (Some("42"), "valid"));
        assert_eq!(line("+ go on"), Response::Continue("go on".to_owned()));
        assert_eq!(line("* 23 EXISTS"), Response::Numbered(23, "EXISTS".to_owned(), Vec::new()));
        for bad in ["", "*", "* ", "hello", "* 3 FETCH (UID 1", "* LIST )(", "\u{fffd}\u{0}"] {
            assert!(matches!(line(bad), Response::Garbage(_)), "{bad:?} is {:?}", line(bad));
        }
        let deep = format!("* X {}", "(".repeat(10_000));
        assert!(matches!(line(&deep), Response::Garbage(_)));
    }

    #[test]
    fn the_parts_of_a_fetch_are_found() {
        let pieces = vec![
            Piece::Text(b"* 7 FETCH (FLAGS (\\Seen $Junk) BODY[HEADER.FIELDS (DATE \"X\")]<0> ".to_vec()),
            Piece::Literal(b"a)\r\n(b".to_vec()),
            Piece::Text(b" INTERNALDATE \"1-Jan-2026 \\\"10\\\"\" UID 9)".to_vec()),
        ];
        let Response::Numbered(7, word, values) = read(pieces) else { panic!("a fetch") };
        let [Value::List(parts)] = values.as_slice() else { panic!("one list") };
        let texts: Vec<String> = parts.iter().filter_map(Value::text).collect();
        assert_eq!(word, "FETCH");
        let section = "BODY[HEADER.FIELDS (DATE \"X\")]<0>";
        assert_eq!(texts, ["FLAGS", section, "a)\r\n(b", "INTERNALDATE", "1-Jan-2026 \"10\"", "UID", "9"]);
        assert_eq!(parts[1].list().len(), 2);
    }
}
