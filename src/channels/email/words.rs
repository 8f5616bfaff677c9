//! Encoded words in headers (RFC 2047). Neighbors of one charset are joined before decoding, since many writers cut
//! a character in two.

use data_encoding::BASE64;

use super::{charset, transfer};

/// The longest text of one encoded word that is looked for. The standard says 75; writers go far beyond.
const LONGEST: usize = 4096;

enum Piece<'a> {
    Plain(&'a [u8]),
    Word(String),
}

struct Word<'a> {
    charset: &'a [u8],
    bytes: Vec<u8>,
    length: usize,
}

/// The text of a header value, decoded. Bytes outside ASCII that no charset covers are guessed.
pub(super) fn decode(raw: &[u8]) -> String {
    let mut out = String::new();
    for piece in pieces(raw) {
        match piece {
            Piece::Plain(bytes) => out.push_str(&charset::decode(bytes, None)),
            Piece::Word(text) => out.push_str(&text),
        }
    }
    out
}

/// The same header value with every run of encoded words written anew as one UTF-8 word, and all else as UTF-8.
pub(super) fn normalize(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    for piece in pieces(raw) {
        match piece {
            Piece::Plain(bytes) => out.extend_from_slice(charset::decode(bytes, None).as_bytes()),
            Piece::Word(text) => {
                out.extend_from_slice(b"=?utf-8?B?");
                out.extend_from_slice(BASE64.encode(text.as_bytes()).as_bytes());
                out.extend_from_slice(b"?=");
            }
        }
    }
    out
}

fn pieces(raw: &[u8]) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let (mut plain, mut at) = (0, 0);
    while at < raw.len() {
        if raw[at] == b'='
            && let Some(first) = word(&raw[at..])
        {
            if plain < at {
                out.push(Piece::Plain(&raw[plain..at]));
            }
            let (text, length) = run(&raw[at..], first);
            out.push(Piece::Word(text));
            at += length;
            plain = at;
        } else {
            at += 1;
        }
    }
    if plain < raw.len() {
        out.push(Piece::Plain(&raw[plain..]));
    }
    out
}

/// Reads on while only blank space stands between encoded words. Gives the text and the bytes used.
fn run(raw: &[u8], first: Word<'_>) -> (String, usize) {
    let mut text = String::new();
    let mut used = first.length;
    let mut held = first;
    loop {
        let gap = raw[used..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let Some(next) = word(&raw[used + gap..]) else { break };
        used += gap + next.length;
        if held.charset.eq_ignore_ascii_case(next.charset) {
            held.bytes.extend(next.bytes);
        } else {
            text.push_str(&finish(&held));
            held = next;
        }
    }
    text.push_str(&finish(&held));
    (text, used)
}

fn finish(word: &Word<'_>) -> String {
    charset::decode(&word.bytes, std::str::from_utf8(word.charset).ok())
}

/// One encoded word at the very beginning of `raw`.
fn word(raw: &[u8]) -> Option<Word<'_>> {
    let rest = raw.strip_prefix(b"=?")?;
    let end = rest.iter().take(64).position(|&b| b == b'?')?;
    let name = &rest[..end];
    if name.is_empty() || name.iter().any(u8::is_ascii_whitespace) {
        return None;
    }
    // RFC 2231 adds a language after a star.
    let charset = name.split(|&b| b == b'*').next().unwrap_or(name);
    let rest = &rest[end + 1..];
    let kind = *rest.first()?;
    let text = rest.get(1..)?.strip_prefix(b"?")?;
    let length = text.windows(2).take(LONGEST).position(|w| w == b"?=")?;
    let bytes = match kind {
        b'b' | b'B' => transfer::base64(&text[..length]),
        b'q' | b'Q' => {
            let spaced: Vec<u8> = text[..length].iter().map(|&b| if b == b'_' { b' ' } else { b }).collect();
            transfer::quoted_printable(&spaced)
        }
        _ => return None,
    };
    Some(Word { charset, bytes, length: raw.len() - text.len() + length + 2 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_before_they_are_decoded() {
        assert_eq!(decode(b"=?utf-8?B?T2zD?= =?UTF-8?B?oSE=?= fim"), "Olá! fim");
        assert_eq!(decode(b"Re: =?ISO-8859-1?Q?Cora=E7=E3o_feliz?="), "Re: Coração feliz");
        assert_eq!(decode(b"=?iso-8859-1*pt?q?=E1?=\r\n =?utf-8?q?=C3=A9?="), "áé");
    }

    #[test]
    fn garbage_stays_readable() {
        assert_eq!(decode(b"=?utf-8?X?abc?= =?utf-8?Q?abc =?= 100%"), "=?utf-8?X?abc?= abc  100%");
        assert_eq!(decode(b"=?=?=?"), "=?=?=?");
        assert_eq!(decode(b"cora\xe7\xe3o n\xe3o"), "coração não");
    }
}
