//! What a strict provider refuses, each as a function that returns the complaint.

/// Longest line of a message, with its line end (RFC 5321 section 4.5.3.1.6).
pub const TEXT_LINE: usize = 1000;
/// Longest command line, with its line end (section 4.5.3.1.4).
pub const COMMAND_LINE: usize = 512;

/// Complaints about a line that was cut at `\n`; `line` still has its line end.
pub fn line(line: &[u8], longest: usize) -> Vec<String> {
    let mut complaints = Vec::new();
    let body = match line {
        [body @ .., b'\r', b'\n'] => body,
        [body @ .., b'\n'] => {
            complaints.push(format!("bare line feed after {}", shown(body)));
            body
        }
        body => {
            complaints.push(format!("no line end after {}", shown(body)));
            body
        }
    };
    if body.contains(&b'\r') {
        complaints.push(format!("bare carriage return in {}", shown(body)));
    }
    if body.contains(&0) {
        complaints.push(format!("NUL in {}", shown(body)));
    }
    if line.len() > longest {
        complaints.push(format!("a line of {} bytes, {longest} are allowed: {}", line.len(), shown(body)));
    }
    complaints
}

/// The text between the angle brackets of `MAIL FROM:<…>` or `RCPT TO:<…>` and the parameters after it.
///
/// # Errors
/// The complaint, if the brackets are missing or the address is none.
pub fn path<'a>(command: &'a str, keyword: &str) -> Result<(&'a str, Vec<&'a str>), String> {
    let bad = |why: &str| Err(format!("{why}: {command:?}"));
    let Some((head, rest)) = command.split_at_checked(keyword.len()) else {
        return bad("cut-off command");
    };
    if !head.eq_ignore_ascii_case(keyword) {
        return bad(&format!("no {keyword}"));
    }
    let Some((address, parameters)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) else {
        return bad("the address does not stand between angle brackets right after the colon");
    };
    if !(parameters.is_empty() || parameters.starts_with(' ')) {
        return bad("no space after the address");
    }
    let bounce = address.is_empty() && keyword.starts_with("MAIL");
    if let (false, Some(complaint)) = (bounce, mailbox(address)) {
        return bad(complaint);
    }
    Ok((address, parameters.split(' ').filter(|word| !word.is_empty()).collect()))
}

/// What is wrong with a mailbox in an envelope, if anything.
fn mailbox(address: &str) -> Option<&'static str> {
    let Some((local, domain)) = address.rsplit_once('@') else {
        return Some("an address without @");
    };
    if !address.is_ascii() {
        return Some("an address with letters outside ASCII, and SMTPUTF8 is not offered");
    }
    if address.bytes().any(|byte| byte.is_ascii_control() || byte == b' ') {
        return Some("a control character or space in an address");
    }
    if local.is_empty() || local.len() > 64 {
        return Some("a local part that is empty or longer than 64");
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Some("a local part with a dot at its edge or two in a row");
    }
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if domain.len() > 255 || !domain.split('.').all(label) {
        return Some("a domain that is no host name");
    }
    None
}

/// The beginning of some bytes, fit for a message.
pub fn shown(bytes: &[u8]) -> String {
    let start = &bytes[..bytes.len().min(60)];
    format!("{:?}", String::from_utf8_lossy(start))
}

#[test]
fn a_strict_server_complains_about_lines_and_addresses() {
    assert!(line(b"fine\r\n", TEXT_LINE).is_empty());
    for (bad, word) in [
        (&b"bare\n"[..], "bare line feed"),
        (b"cut", "no line end"),
        (b"a\rb\r\n", "bare carriage return"),
        (b"a\0b\r\n", "NUL"),
    ] {
        assert!(line(bad, TEXT_LINE).iter().any(|complaint| complaint.contains(word)), "{word}");
    }
    let long = [vec![b'x'; 999], b"\r\n".to_vec()].concat();
    assert_eq!(line(&long, TEXT_LINE).len(), 1, "999 and the line end are one too many");
    assert!(line(&long[1..], TEXT_LINE).is_empty(), "998 and the line end fit");

    assert_eq!(path("MAIL FROM:<>", "MAIL FROM:"), Ok(("", vec![])));
    assert_eq!(path("mail from:<a@b.example> SIZE=5", "MAIL FROM:"), Ok(("a@b.example", vec!["SIZE=5"])));
    for bad in [
        "RCPT TO:<>",
        "RCPT TO: <a@b.example>",
        "RCPT TO:a@b.example",
        "RCPT TO:<a>",
        "RCPT TO:<a b@c.example>",
        "RCPT TO:<á@c.example>",
        "RCPT TO:<a@-c.example>",
        "RCPT TO:<a..b@c.example>",
        "RCPT TO:<a@c.example>X",
        "RCPT",
    ] {
        assert!(path(bad, "RCPT TO:").is_err(), "{bad}");
    }
}
