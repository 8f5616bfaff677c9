//! Names of folders as IMAP writes them: modified UTF-7 (RFC 3501 section 5.1.3).

use data_encoding::BASE64_NOPAD;

/// A folder's name as people read it. What is not modified UTF-7 (some servers send UTF-8) stays as it is.
#[must_use]
pub fn decode(name: &str) -> String {
    decoded(name).unwrap_or_else(|| name.to_owned())
}

fn decoded(name: &str) -> Option<String> {
    let mut text = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let (shifted, tail) = after.split_once('-')?;
        if shifted.is_empty() {
            text.push('&');
        } else {
            let bytes = BASE64_NOPAD.decode(lenient(shifted).as_bytes()).ok()?;
            let (pairs, []) = bytes.as_chunks::<2>() else { return None };
            let units = pairs.iter().map(|pair| u16::from_be_bytes(*pair));
            for letter in char::decode_utf16(units) {
                text.push(letter.ok().filter(|letter| !letter.is_control())?);
            }
        }
        rest = tail;
    }
    text.push_str(rest);
    Some(text)
}

/// The usual alphabet instead of IMAP's, whose last letter is a comma.
fn lenient(shifted: &str) -> String {
    shifted.replace(',', "/")
}

/// A folder's name as IMAP writes it.
#[must_use]
pub fn encode(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    let mut foreign: Vec<u8> = Vec::new();
    for letter in name.chars() {
        if matches!(letter, ' '..='~') {
            shift(&mut text, &mut foreign);
            text.push(letter);
            if letter == '&' {
                text.push('-');
            }
        } else {
            let mut units = [0; 2];
            foreign.extend(letter.encode_utf16(&mut units).iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    shift(&mut text, &mut foreign);
    text
}

fn shift(text: &mut String, foreign: &mut Vec<u8>) {
    if foreign.is_empty() {
        return;
    }
    text.push('&');
    text.push_str(&BASE64_NOPAD.encode(foreign).replace('/', ","));
    text.push('-');
    foreign.clear();
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn names_go_both_ways() {
        for (plain, written) in [
            ("INBOX", "INBOX"),
            ("Itens Enviados", "Itens Enviados"),
            ("Rascunhos & notas", "Rascunhos &- notas"),
            ("Lixeira/Antigos/Açaí", "Lixeira/Antigos/A&AOc-a&AO0-"),
            ("台北/日本語", "&U,BTFw-/&ZeVnLIqe-"),
            ("🦜", "&2D7dnA-"),
        ] {
            assert_eq!(encode(plain), written);
            assert_eq!(decode(written), plain);
        }
        assert_eq!(decode("a & b"), "a & b", "not closed: as it is");
        assert_eq!(decode("&AAA-"), "&AAA-", "no letter");
        assert_eq!(decode("&AA-"), "&AA-", "half a letter");
        assert_eq!(decode("Açaí"), "Açaí", "UTF-8 from servers that do not know better");
    }
}
