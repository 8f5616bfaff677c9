//! Content-Transfer-Encoding (RFC 2045, section 6), read so that damage costs the damaged bytes and no more.

use std::borrow::Cow;

/// Decodes the bytes of a part. Unknown encodings leave them as they are.
pub(super) fn decode<'a>(bytes: &'a [u8], encoding: &str) -> Cow<'a, [u8]> {
    match encoding {
        "base64" => Cow::Owned(base64(bytes)),
        "quoted-printable" => Cow::Owned(quoted_printable(bytes)),
        _ => Cow::Borrowed(bytes),
    }
}

fn sextet(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

/// Ignores everything outside the alphabet; padding ends one run and starts the next, as glued mails need it.
pub(super) fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3 + 3);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for &byte in bytes {
        if byte == b'=' {
            (held, bits) = (0, 0);
        } else if let Some(value) = sextet(byte) {
            held = (held << 6) | value;
            bits += 6;
            if bits >= 8 {
                bits -= 8;
                out.push(u8::try_from((held >> bits) & 0xff).unwrap_or_default());
                held &= (1 << bits) - 1;
            }
        }
    }
    out
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

/// A `=` that starts neither a code nor a soft line break stays a `=`.
pub(super) fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        let rest = &bytes[at..];
        if let (Some(high), Some(low)) = (rest.first().copied().and_then(hex), rest.get(1).copied().and_then(hex)) {
            out.push(high << 4 | low);
            at += 2;
        } else if let Some(skip) = soft_break(rest) {
            at += skip;
        } else {
            out.push(b'=');
        }
    }
    out
}

/// The bytes of blank space and line end after a `=` at the end of a line.
fn soft_break(rest: &[u8]) -> Option<usize> {
    let blank = rest.iter().take(80).take_while(|b| matches!(b, b' ' | b'\t')).count();
    match &rest[blank..] {
        [] => Some(blank),
        [b'\n', ..] => Some(blank + 1),
        [b'\r', b'\n', ..] => Some(blank + 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_codes_cost_only_themselves() {
        assert_eq!(base64(b"T2zD\r\n oSE=\r\nT2zDoSE="), "Olá!Olá!".as_bytes());
        assert_eq!(base64(b"T2zDoS"), "Olá".as_bytes());
        assert_eq!(quoted_printable(b"Ol=C3=A1=\r\n! 1=2 =ZZ=\n=4"), "Olá! 1=2 =ZZ=4".as_bytes());
        assert_eq!(quoted_printable(b"end="), b"end");
    }
}
