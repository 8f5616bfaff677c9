//! Addresses, mails and requests that nobody would make on purpose.

use rocket::tokio;
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::TcpStream;

use crate::support::app::App;
use crate::support::browser::Answer;
use crate::support::house::{House, mail};

/// The page without the number of the request.
fn same_for_all(answer: &Answer) -> String {
    answer.body.replace(answer.header("X-Request-Id"), "…")
}

#[tokio::test]
async fn an_address_with_no_number_in_it_is_not_found_like_one_that_is_unknown() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let unknown = browser.get("/conversations/999999").await;
    assert_eq!(unknown.status, 404);
    let odd = ["abc", "99999999999999999999", "-1", "0", "1.5", "%00", "1%20", "%F0%9F%98%80", "1'--", "NaN"];
    for path in odd.map(|odd| format!("/conversations/{odd}")) {
        let answer = browser.get(&path).await;
        assert_eq!((answer.status, same_for_all(&answer)), (404, same_for_all(&unknown)), "{path}");
    }
    for path in ["/messages/abc/original", "/m/abc/body", "/settings/inboxes/abc", "/photos/..%2f..%2fetc%2fpasswd"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_megabyte_of_links_makes_a_page_of_bounded_size_and_all_of_it_can_be_read() {
    let (house, browser) = House::served().await;
    for word in ["a@b.com ", "http://x.com ", "www.e.com ", "http://x.y ", "a.b@c.", "https://a/(((( ", "x@y.com,"] {
        let text = word.repeat(1_000_000 / word.len());
        let receipt = house.receive(&mail(&format!("{}@x", word.len()), "ana@x.example", word, &text)).await.0;
        let page = browser.get(&format!("/conversations/{}", receipt.conversation)).await;
        assert_eq!(page.status, 200);
        let timeline = page.body.split("id=\"timeline\"").nth(1).expect("the messages");
        let (links, size) = (timeline.matches("<a ").count(), timeline.len());
        assert!(links <= 5_100, "{word}: {links} links");
        assert!(size <= 1_000_000, "{word}: {size} bytes");
        page.assert_says("Ver o texto inteiro");
        let whole = browser.get(&format!("/messages/{}/text", receipt.message)).await;
        assert_eq!(whole.header("Content-Type"), "text/plain; charset=utf-8");
        assert_eq!(whole.body.matches(word.trim()).count(), text.matches(word.trim()).count(), "{word}");
        assert!(!page.body.contains("javascript:"));
    }
}

#[tokio::test]
async fn a_short_text_offers_nothing_more() {
    let (house, browser) = House::served().await;
    let receipt = house.receive(&mail("short@x", "ana@x.example", "oi", "Veja www.e.com e http://x.com/z")).await.0;
    let page = browser.get(&format!("/conversations/{}", receipt.conversation)).await;
    page.assert_silent("Ver o texto inteiro");
    page.assert_says(
        "<a href=\"https://www.e.com\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">www.e.com</a>",
    );
    page.assert_says("<a href=\"http://x.com/z\"");
}

#[tokio::test]
async fn a_mail_that_nobody_can_read_brings_no_control_characters_into_the_list() {
    let (house, browser) = House::served().await;
    let noise: Vec<u8> = (0..40_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[1]).collect();
    let steering =
        b"Subject: \x1b[31mred\x07\x08\x9b\r\nFrom: \x1b]0;x\x07 <a\x00@x.example>\r\n\r\n\x1b[2J\x00\x08text\x7f"
            .to_vec();
    for raw in [noise, steering, vec![0; 5_000], (0..=255).cycle().take(20_000).collect(), b"\x1b\x1b\x1b".to_vec()] {
        house.receive(&raw).await;
    }
    let shown = "SELECT group_concat(preview || subject, '') || (SELECT group_concat(name, '') FROM contact)
                   FROM conversation";
    let shown: String =
        house.app.db.read(move |c| Ok(c.query_row(shown, [], |row| row.get(0))?)).await.expect("a list");
    let control: Vec<char> = shown.chars().filter(|c| c.is_control()).collect();
    assert!(control.is_empty(), "{control:?}");
    let page = browser.get("/conversations?section=unassigned").await;
    assert_eq!(page.status, 200);
    assert!(!page.body.chars().any(|c| c.is_control() && !c.is_whitespace()));
    assert_eq!(page.body.matches("class=\"row\"").count(), 5, "none is lost");
}

/// What the server answers to these bytes; the first line.
#[expect(clippy::disallowed_methods, reason = "tests talk to loopback only")]
async fn first_line(address: &str, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let (mut reader, mut writer) = stream.split();
    let mut answer = [0; 256];
    let write = async {
        let _cut = writer.write_all(request).await;
        std::future::pending::<()>().await;
    };
    let read = tokio::select! {
        () = write => 0,
        read = reader.read(&mut answer) => read.unwrap_or_default(),
    };
    String::from_utf8_lossy(&answer[..read]).lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn huge_and_broken_heads_are_answered_and_the_next_request_too() {
    let app = App::start().await;
    let address = app.url.strip_prefix("http://").expect("an address");
    let head = |line: &str| format!("{line}\r\nHost: {address}\r\n\r\n").into_bytes();
    let long = "x".repeat(1024 * 1024);
    for (what, request) in [
        ("a header", head(&format!("GET / HTTP/1.1\r\nX-Long: {long}"))),
        ("an address", head(&format!("GET /{long} HTTP/1.1"))),
        ("a query", head(&format!("GET /conversations?q={long} HTTP/1.1"))),
        ("a cookie", head(&format!("GET / HTTP/1.1\r\nCookie: s={long}"))),
        ("many headers", head(&format!("GET / HTTP/1.1{}", "\r\nX-A: b".repeat(5_000)))),
        ("no method", b"\x00\x01\x02 / HTTP/1.1\r\n\r\n".to_vec()),
    ] {
        let line = first_line(address, &request).await;
        assert!(
            ["400", "413", "414", "431"].iter().any(|code| line.starts_with(&format!("HTTP/1.1 {code}"))),
            "{what}: {line}"
        );
        assert_eq!(app.browser().get("/sign-in").await.status, 200, "after {what}");
    }
}
