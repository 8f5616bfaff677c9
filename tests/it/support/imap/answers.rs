//! What the server knows of its folder, as IMAP writes it.

use super::{Mail, State};

/// Which UIDs a set such as `3:9,12,15:*` names, of those that are there. "*" is the last mail, so `n:*` is never empty.
pub fn chosen(set: &str, mails: &[Mail]) -> Result<Vec<usize>, String> {
    let last = mails.last().map_or(0, |mail| mail.uid);
    let number = |text: &str| match text {
        "*" => Ok(last),
        text => text.parse::<u32>().ok().filter(|uid| *uid > 0).ok_or_else(|| format!("no UID: {text:?}")),
    };
    let mut found = Vec::new();
    for part in set.split(',') {
        let (one, other) = part.split_once(':').unwrap_or((part, part));
        let (one, other) = (number(one)?, number(other)?);
        let (low, high) = (one.min(other), one.max(other));
        let inside = |(_, mail): &(usize, &Mail)| (low..=high).contains(&mail.uid);
        found.extend(mails.iter().enumerate().filter(inside).map(|(at, _)| at));
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The answers to `UID FETCH <set> (<parts>)`.
pub fn fetch(state: &mut State, set: &str, parts: &str) -> Result<Vec<u8>, String> {
    let mut answer = Vec::new();
    for at in chosen(set, &state.mails)? {
        let mail = &state.mails[at];
        answer.extend_from_slice(format!("* {} FETCH (UID {}", at + 1, mail.uid).as_bytes());
        for part in split(parts) {
            match part {
                "UID" => {}
                "FLAGS" => answer.extend_from_slice(format!(" FLAGS ({})", mail.flags.join(" ")).as_bytes()),
                "RFC822.SIZE" => answer.extend_from_slice(format!(" RFC822.SIZE {}", mail.raw.len()).as_bytes()),
                "INTERNALDATE" => answer.extend_from_slice(format!(" INTERNALDATE \"{}\"", mail.came).as_bytes()),
                part => {
                    let (name, bytes) = section(part, &mail.raw)?;
                    answer.extend_from_slice(format!(" {name} {{{}}}\r\n", bytes.len()).as_bytes());
                    answer.extend_from_slice(bytes);
                    state.given += 1;
                }
            }
        }
        answer.extend_from_slice(b")\r\n");
    }
    Ok(answer)
}

fn split(parts: &str) -> impl Iterator<Item = &str> {
    parts.trim_start_matches('(').trim_end_matches(')').split(' ')
}

/// A body, or a part of one, and its name in the answer.
fn section<'a>(part: &str, raw: &'a [u8]) -> Result<(String, &'a [u8]), String> {
    let Some(wanted) = part.strip_prefix("BODY.PEEK") else {
        return Err(format!("{part} would mark the mail as seen, or is none"));
    };
    if wanted == "[HEADER]" {
        let end = raw.windows(4).position(|window| window == b"\r\n\r\n").map_or(raw.len(), |end| end + 4);
        return Ok(("BODY[HEADER]".to_owned(), &raw[..end]));
    }
    if wanted == "[]" {
        return Ok(("BODY[]".to_owned(), raw));
    }
    let range =
        wanted.strip_prefix("[]<").and_then(|rest| rest.strip_suffix('>')).and_then(|range| range.split_once('.'));
    let numbers = range.and_then(|(from, size)| Some((from.parse::<usize>().ok()?, size.parse::<usize>().ok()?)));
    let Some((from, size)) = numbers else { return Err(format!("no section: {part:?}")) };
    let from = from.min(raw.len());
    Ok((format!("BODY[]<{from}>"), &raw[from..(from + size).min(raw.len())]))
}

/// The answers to SELECT and EXAMINE.
pub fn opened(state: &State) -> String {
    let (exists, validity, next) = (state.mails.len(), state.validity, state.next);
    format!(
        "* FLAGS (\\Answered \\Seen \\Deleted)\r\n* {exists} EXISTS\r\n* 0 RECENT\r\n\
         * OK [UIDVALIDITY {validity}] valid\r\n* OK [UIDNEXT {next}] next\r\n"
    )
}
