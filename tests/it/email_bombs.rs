//! Mails built to exhaust: each is read within its bound, and none is lost.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use recado::channels::email::{Limits, Mail, parse, sanitize, split, split_html, to_text};
use recado::web::text::segments;

/// Two seconds for what is shipped; code without optimization, beside other tests on few cores, gets more.
const BOUND: Duration = Duration::from_secs(if cfg!(debug_assertions) { 6 } else { 2 });

fn within<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let out = run();
    let took = start.elapsed();
    assert!(took < BOUND, "{what} took {took:?}");
    out
}

fn read(what: &str, raw: &[u8]) -> Mail {
    within(what, || parse(raw, &Limits::default()))
}

#[test]
fn a_header_of_ten_megabytes_keeps_the_mail() {
    let long = "x".repeat(10 * 1024 * 1024);
    let raw = format!("From: a@b.c\r\nX-Long: {long}\r\nSubject: S\r\n\r\nbody");
    let mail = read("one long field", raw.as_bytes());
    assert_eq!((mail.subject.as_str(), mail.text.as_str(), mail.from.address.as_str()), ("S", "body", "a@b.c"));

    let raw = format!("From: a@b.c\n{}Subject: S\n\nbody", "R: x\n".repeat(2_000_000));
    let mail = read("many fields", raw.as_bytes());
    assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("S", "body"));

    for name in ["To", "From", "References", "Subject", "Content-Type", "Date", "In-Reply-To", "Received"] {
        for filler in [
            "a@b.c, ",
            "<a@b> ",
            "=?utf-8?Q?",
            "=?=?",
            "(",
            "\"",
            "<",
            ";a=b",
            "=?utf-8?B?YQ==?= ",
            "\n ",
            "\\",
            "a:b;",
        ] {
            let raw = format!("Message-ID: <1@x>\n{name}: {}\nX: y\n\nbody", filler.repeat(1024 * 1024 / filler.len()));
            let mail = read(&format!("{name} of {filler:?}"), raw.as_bytes());
            assert_eq!(mail.message_id.as_deref(), Some("1@x"));
        }
    }
}

#[test]
fn a_thousand_levels_of_mime_are_read() {
    let mut raw = String::from("From: a@b.c\nSubject: deep\n");
    for level in 0..1000 {
        let _ = write!(raw, "Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n");
    }
    raw.push_str("\ninnermost\n");
    let mail = read("nested multiparts", raw.as_bytes());
    assert_eq!(mail.subject, "deep");
    let kept: Vec<u8> = mail.attachments.iter().flat_map(|a| a.bytes.clone()).collect();
    assert!(String::from_utf8_lossy(&kept).contains("innermost"));

    let raw = format!("From: a@b.c\n{}\nend", "Content-Type: message/rfc822\n\n".repeat(1000));
    let mail = read("nested messages", raw.as_bytes());
    assert_eq!(mail.attachments.len(), 1);
    assert!(mail.attachments[0].bytes.ends_with(b"end"));
}

#[test]
fn ten_and_a_hundred_thousand_parts_are_counted() {
    for parts in [10_000_usize, 100_000] {
        let mut raw = String::from("From: a@b.c\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nfirst\n");
        for n in 0..parts {
            let _ = write!(raw, "--x\nContent-Type: application/pdf; name=f{n}.pdf\n\nz\n");
        }
        raw.push_str("--x--\n");
        let mail = read("many parts", raw.as_bytes());
        assert_eq!(mail.text, "first");
        assert_eq!(mail.attachments.len() + 1, 1000);
        assert_eq!(mail.omitted_parts, parts + 1 - 1000);
    }
}

#[test]
fn boundaries_that_never_come_cost_nothing() {
    let nested = "--x\nContent-Type: multipart/mixed; boundary=never\n\ntext\n".repeat(50_000);
    let raw = format!("From: a@b.c\nContent-Type: multipart/mixed; boundary=x\n\n{nested}--x--\n");
    assert!(read("unused boundaries", raw.as_bytes()).text.starts_with("text"));
    let raw = format!("From: a@b.c\nContent-Type: multipart/mixed; boundary=x\n\n{}", "--y\n".repeat(2_000_000));
    assert!(read("lines of dashes", raw.as_bytes()).text.starts_with("--y"));
}

#[test]
fn a_mail_beyond_the_size_cap_keeps_headers_and_text() {
    let limits = Limits { size: 3 * 1024 * 1024, ..Limits::default() };
    let mut raw = b"From: a@b.c\nSubject: big\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n--x\nContent-Type: image/png\n\n".to_vec();
    raw.extend(std::iter::repeat_n(b'z', 4 * 1024 * 1024));
    let mail = within("oversize", || parse(&raw, &limits));
    assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("big", "hello"));
    assert_eq!(mail.oversize, Some(raw.len() as u64));
    assert!(mail.attachments.is_empty() && mail.html.is_none());
}

#[test]
fn large_bodies_are_read_in_time() {
    let base64 = format!(
        "From: a@b.c\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\n{}",
        "QUJDREVG\n".repeat(2_000_000)
    );
    assert_eq!(read("base64", base64.as_bytes()).attachments[0].bytes.len(), 12_000_000);
    for (what, line) in
        [("equals", "======="), ("dashes", "--\n"), ("nuls", "\0\0\n"), ("spaces", "=   "), ("bytes", "\u{e3}\n")]
    {
        let raw = format!(
            "From: a@b.c\nContent-Transfer-Encoding: quoted-printable\n\n{}",
            line.repeat(5_000_000 / line.len())
        );
        read(what, raw.as_bytes());
    }
}

#[test]
fn html_bombs_return_in_time_and_leave_text() {
    let limits = Limits::default();
    let none: HashMap<String, String> = HashMap::new();
    for (what, bomb) in [
        ("divs", format!("{}deep", "<div>".repeat(100_000))),
        ("half a megabyte of divs", format!("{}deep", "<div>".repeat(500 * 1024 / 5))),
        ("quotes", format!("{}deep", "<blockquote>".repeat(50_000))),
        ("tables", format!("{}deep", "<table><tr><td>".repeat(30_000))),
        ("formats", format!("{}deep", "<b><i><u><font>".repeat(30_000))),
        ("spans", "<span>".repeat(80_000) + "deep"),
        ("misnested", format!("{}deep", "<b><p></b><i></p>".repeat(30_000))),
        ("attributes", format!("<p {}>deep", "a=b ".repeat(400_000))),
    ] {
        let clean = within(what, || sanitize(&bomb, &limits, &none));
        assert!(clean.too_complex || clean.html.contains("deep"), "{what}");
        let raw = format!("From: a@b.c\nContent-Type: text/html\n\n{bomb}");
        let mail = read(what, raw.as_bytes());
        assert!(mail.text.ends_with("deep"), "{what}");
        within(what, || split_html(&bomb).visible.len());
    }
}

#[test]
fn a_megabyte_of_quotes_is_split_in_time() {
    for line in [
        "> a\n",
        "On 1 wrote\n",
        "On x, y <a@b\n",
        "De: x\n",
        "-----Original\n",
        ">>>>>>>>>>>>\n",
        "On ",
        "> > > ",
        "________\n",
        "Em 5\nx\n> y\n",
        "On 2026 a@b ",
        "wrote:",
        ": : : :\n",
        "\n",
        " \n",
        "De:\nPara:\n",
        "a@b:\n",
    ] {
        let text = line.repeat(1024 * 1024 / line.len());
        let folded = within(line, || split(&text));
        assert!(!folded.visible.trim().is_empty() || text.trim().is_empty());
    }
    for html in [
        "<blockquote type=cite>",
        "<div class=gmail_quote>x</div>",
        "<div style='border-top:solid'>De: x",
        "<div class=moz-cite-prefix>",
        "<",
        "<a '",
        "<!--",
        "<p>x",
    ] {
        let text = html.repeat(1024 * 1024 / html.len());
        within(html, || split_html(&text).visible.len());
        within(html, || to_text(&text).len());
    }
}

#[test]
fn a_megabyte_of_almost_links_is_searched_in_time() {
    for word in
        ["a@", "http://", "www.", "a.b@c.", "https://a/((((", "a@b.c ", "http://x.y ", ":/", "@@@@", "a.", "-a@b"]
    {
        let text = word.repeat(1024 * 1024 / word.len());
        within(word, || segments(&text).len());
    }
}
