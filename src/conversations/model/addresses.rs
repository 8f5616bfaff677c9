//! Lists of addresses as people type them.

use super::Mailbox;
use crate::accounts;

/// Reads `Name <local@domain>` and bare addresses, separated by commas, semicolons or line breaks; each address once.
///
/// # Errors
/// The piece that is no address.
pub fn read<'t>(texts: impl IntoIterator<Item = &'t str>) -> Result<Vec<Mailbox>, String> {
    let mut found: Vec<Mailbox> = Vec::new();
    for text in texts {
        for piece in pieces(text) {
            let mailbox = mailbox(&piece).ok_or(piece)?;
            if !found.iter().any(|known| known.address.eq_ignore_ascii_case(&mailbox.address)) {
                found.push(mailbox);
            }
        }
    }
    Ok(found)
}

/// As it is typed and shown.
#[must_use]
pub fn written(mailbox: &Mailbox) -> String {
    let name = mailbox.name.replace(['"', '\\', '<', '>'], "");
    if name.trim().is_empty() { mailbox.address.clone() } else { format!("\"{}\" <{}>", name.trim(), mailbox.address) }
}

fn mailbox(piece: &str) -> Option<Mailbox> {
    let (name, address) = match piece.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
        Some((name, address)) => (name.trim().trim_matches('"').trim(), address),
        None => ("", piece),
    };
    let address = accounts::clean_email(address)?;
    let name: String = name.chars().filter(|letter| !letter.is_control()).take(200).collect();
    Some(Mailbox { name, address })
}

/// Splits outside of quotes.
fn pieces(text: &str) -> Vec<String> {
    let (mut out, mut piece, mut quoted) = (Vec::new(), String::new(), false);
    for letter in text.chars() {
        match letter {
            '"' => {
                quoted = !quoted;
                piece.push(letter);
            }
            ',' | ';' | '\n' if !quoted => out.push(std::mem::take(&mut piece)),
            _ => piece.push(letter),
        }
    }
    out.push(piece);
    out.into_iter().map(|piece| piece.trim().to_owned()).filter(|piece| !piece.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_lists_are_read_and_written_again() {
        let found = read(["\"Lima, Ana\" <Ana@X.example>, b@x.example;\nc@x.example", "ana@x.example"])
            .expect("a list of addresses");
        let addresses: Vec<&str> = found.iter().map(|mailbox| mailbox.address.as_str()).collect();
        assert_eq!(addresses.len(), 3, "{addresses:?}");
        assert_eq!(found[0].name, "Lima, Ana");
        assert_eq!(read([written(&found[0]).as_str()]).expect("what was written"), found[..1]);
        for odd in ["ana", "a@b@c", "<>", "a b@x.example", "x@"] {
            assert_eq!(read([odd]), Err(odd.to_owned()));
        }
        assert_eq!(read([" , ;\n"]), Ok(Vec::new()));
    }
}
