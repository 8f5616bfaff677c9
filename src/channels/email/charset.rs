//! Bytes to text. A declared charset is believed only as far as the bytes agree with it.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use mail_parser::decoders::charsets::map::charset_decoder;

/// Bytes looked at when a charset has to be guessed.
const SAMPLE: usize = 64 * 1024;

/// Decodes with the declared charset, or with the most probable one where none, an unknown or a wrong one is declared.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> String {
    let label = declared.map(|l| l.trim().trim_matches(['"', '\''])).filter(|l| !l.is_empty());
    let ascii = bytes.is_ascii();
    // ASCII bytes may still be an escaping charset (ISO-2022-JP, UTF-7), so a declared one is tried first.
    if ascii && !bytes.contains(&0x1b) && label.is_none_or(|l| !l.to_ascii_lowercase().contains("utf-7")) {
        return tidy(String::from_utf8_lossy(bytes));
    }
    let text = match label.and_then(|l| Encoding::for_label_no_replacement(l.as_bytes())) {
        Some(encoding) => declared_decode(bytes, encoding),
        None => match label.and_then(|l| charset_decoder(l.as_bytes())) {
            Some(decoder) => Cow::Owned(decoder(bytes)),
            None => guess(bytes),
        },
    };
    tidy(text)
}

fn tidy(text: Cow<'_, str>) -> String {
    if text.contains('\0') { text.replace('\0', "") } else { text.into_owned() }
}

fn declared_decode<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Cow<'a, str> {
    // Every run of bytes is valid in most single-byte charsets, but a run that is valid UTF-8 by chance is rare.
    if encoding.is_single_byte() && is_utf8(bytes) {
        return String::from_utf8_lossy(bytes);
    }
    let (text, used, errors) = encoding.decode(bytes);
    if !errors || (used == UTF_8 && is_utf8(bytes)) {
        return text;
    }
    guess(bytes)
}

/// Valid UTF-8. A last character that was cut off is forgiven if there are whole ones outside ASCII before it.
fn is_utf8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && !bytes[..error.valid_up_to()].is_ascii(),
    }
}

fn guess(bytes: &[u8]) -> Cow<'_, str> {
    if is_utf8(bytes) && !bytes.contains(&0x1b) {
        return String::from_utf8_lossy(bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    detector.feed(sample, sample.len() == bytes.len());
    let encoding = detector.guess(None, Utf8Detection::Allow);
    encoding.decode(bytes).0
}

/// The charset that an HTML document declares in its first bytes.
pub(super) fn html_label(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let at = head.find("charset")? + "charset".len();
    let rest = head[at..].trim_start().strip_prefix('=')?.trim_start();
    let label: String = rest
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
        .collect();
    Some(label).filter(|l| !l.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_or_missing_charset_is_corrected() {
        assert_eq!(decode("Olá, coração".as_bytes(), None), "Olá, coração");
        assert_eq!(decode("Olá, coração".as_bytes(), Some("iso-8859-1")), "Olá, coração");
        assert_eq!(decode("Olá, coração".as_bytes(), Some("us-ascii")), "Olá, coração");
        assert_eq!(decode(b"Ol\xe1, cora\xe7\xe3o, n\xe3o \xe9 f\xe1cil", Some("utf-8")), "Olá, coração, não é fácil");
        assert_eq!(decode(b"Ol\xe1, cora\xe7\xe3o", Some("iso-8859-1")), "Olá, coração");
        assert_eq!(
            decode(b"Ol\xe1, cora\xe7\xe3o, n\xe3o \xe9 f\xe1cil", Some("x-nonsense")),
            "Olá, coração, não é fácil"
        );
        assert_eq!(decode(b"\x1b$B%F%9%H\x1b(B", Some("iso-2022-jp")), "テスト");
        assert_eq!(decode(b"Hi Mom +Jjo-!", Some("utf-7")), "Hi Mom ☺!");
        assert_eq!(decode(b"a\0b", None), "ab");
    }

    #[test]
    fn html_names_its_charset() {
        assert_eq!(html_label(b"<meta charset='windows-1252'>").as_deref(), Some("windows-1252"));
        assert_eq!(html_label(b"<meta content=\"text/html; charset=utf-8\">").as_deref(), Some("utf-8"));
        assert_eq!(html_label(b"<p>charset</p>"), None);
    }
}
