//! The browser tests can fail: what a page does wrong is noticed, and the reader is who the test says.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};

use rocket::tokio;

use crate::support::{Browser, Language, Reader, Scheme, Size};

const PAGE: &str = "<!doctype html><html><head><meta name=viewport content='width=device-width'><title>t</title>\
    <link rel=icon href='data:,'><link rel=stylesheet href=/static/a.css></head>\
    <body><p id=language>LANGUAGE</p><input id=field autofocus>HERE</body></html>";
const STYLES: &str = "p { color: rgb(1, 2, 3) } @media (prefers-color-scheme: dark) { p { color: rgb(4, 5, 6) } }";

/// Serves a page with these words in it under a strict policy; returns its address.
fn serve(words: &'static str) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port on loopback");
    let port = listener.local_addr().expect("a bound listener has an address").port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = [0; 4096];
            let read = stream.read(&mut request).unwrap_or_default();
            let request = String::from_utf8_lossy(&request[..read]).to_ascii_lowercase();
            let language = request.lines().find_map(|line| line.strip_prefix("accept-language: ")).unwrap_or_default();
            let page = PAGE.replace("HERE", words).replace("LANGUAGE", language);
            let (status, kind, body) = match request.split(' ').nth(1) {
                Some("/static/a.css") => ("200 OK", "text/css", STYLES),
                Some("/") => ("200 OK", "text/html", page.as_str()),
                _ => ("404 Not Found", "text/plain", "no"),
            };
            let policy =
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'";
            let length = body.len();
            let _left = write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
                 Content-Security-Policy: {policy}\r\nConnection: close\r\n\r\n{body}"
            );
        }
    });
    format!("http://127.0.0.1:{port}/")
}

#[tokio::test]
async fn the_reader_is_who_the_test_says() {
    let reader = Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English };
    let browser = Browser::open(reader).await;
    browser.goto(&serve("")).await;
    assert_eq!(browser.eval::<u32>("innerWidth").await, 360);
    assert!(browser.eval::<bool>("matchMedia('(pointer: coarse)').matches").await);
    let color = "getComputedStyle(document.querySelector('p')).color";
    assert_eq!(browser.eval::<String>(color).await, "rgb(4, 5, 6)");
    assert!(browser.text("#language").await.starts_with("en-us"));
    browser.gone("#nothing").await;
    browser.assert_fits().await;
    browser.press("olá").await;
    assert_eq!(browser.eval::<String>("document.querySelector('#field').value").await, "olá");
    let picture = browser.screenshot("harness").await;
    assert!(std::fs::read(picture).expect("the picture is there").starts_with(b"\x89PNG"));

    browser.resize(Size::Desk).await;
    browser.prefer(Scheme::Light).await;
    assert_eq!(browser.eval::<(u32, u32)>("[innerWidth, innerHeight]").await, (1280, 900));
    assert_eq!(browser.eval::<String>(color).await, "rgb(1, 2, 3)");
    browser.close().await;
}

#[tokio::test]
async fn what_a_page_does_wrong_is_noticed() {
    let browser = Browser::open(Reader::default()).await;
    for (words, complaint) in [
        ("<script>alert(1)</script>", "Content Security Policy"),
        ("<p style='color: red'>a</p>", "Content Security Policy"),
        ("<p onclick='a()'>a</p>", "Content Security Policy"),
        ("<img src='http://127.0.0.1:9/a.png'>", "Content Security Policy"),
        ("<img src='/static/missing.png'>", "/static/missing.png"),
    ] {
        browser.goto(&serve(words)).await;
        let complaints = browser.complaints().await;
        assert!(complaints.iter().any(|found| found.contains(complaint)), "{words}: {complaints:?}");
    }
    let script = "setTimeout(() => { throw new Error('broken') }); await new Promise(done => setTimeout(done, 50))";
    browser.driver.execute(format!("return (async () => {{ {script} }})()"), Vec::new()).await.expect("a script runs");
    let complaints = browser.complaints().await;
    assert!(complaints.iter().any(|found| found.contains("broken")), "{complaints:?}");

    browser.goto(&serve("<img src='/gone.png'><p class=wide>a</p>")).await;
    browser.close().await;
}

#[tokio::test]
async fn a_page_that_is_too_wide_is_noticed() {
    let reader = Reader { size: Size::Phone, ..Reader::default() };
    let browser = Browser::open(reader).await;
    browser.goto(&serve("<svg width=700 height=10></svg>")).await;
    let widths: (u32, u32) = browser.eval("[document.documentElement.scrollWidth, innerWidth]").await;
    assert!(widths.0 >= 700, "{widths:?}");
    let verdict = tokio::spawn(async move { browser.assert_fits().await }).await;
    assert!(verdict.is_err(), "a page of 700 px does not fit");
}
