//! The one door to the web: what it fetches, and what it never connects to.

use std::net::SocketAddr;
use std::time::Duration;

use recado::config::PrivateHosts;
use recado::http::{Client, Fault, Limits};
use rocket::tokio;
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::TcpListener;
use url::Url;

/// A server that answers the paths it knows with these bytes, and nothing else; it notes what it was asked.
struct Web {
    address: SocketAddr,
    asked: std::sync::Arc<std::sync::Mutex<Vec<String>>>,
}

impl Web {
    async fn serving(pages: &'static [(&'static str, &'static str)]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let asked = std::sync::Arc::<std::sync::Mutex<Vec<String>>>::default();
        let noted = asked.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let noted = noted.clone();
                tokio::spawn(async move {
                    let mut head = vec![0; 4096];
                    let read = stream.read(&mut head).await.unwrap_or_default();
                    let head = String::from_utf8_lossy(&head[..read]).into_owned();
                    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                    noted.lock().expect("no panic").push(head);
                    let answer = pages.iter().find(|(known, _)| *known == path).map(|(_, answer)| *answer);
                    if let Some(answer) = answer {
                        let _sent = stream.write_all(answer.as_bytes()).await;
                    } else {
                        let _held = stream.read(&mut [0; 1]).await;
                    }
                });
            }
        });
        Self { address, asked }
    }

    fn url(&self, path: &str) -> Url {
        format!("http://{}{path}", self.address).parse().expect("an address")
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no panic").clone()
    }
}

fn quick() -> Limits {
    Limits { time: Duration::from_millis(300), ..Limits::default() }
}

const PAGES: &[(&str, &str)] = &[
    ("/photo", "HTTP/1.1 200 OK\r\nContent-Type: Image/PNG; x=y\r\nContent-Length: 4\r\nSet-Cookie: a=b\r\n\r\nfour"),
    ("/moved", "HTTP/1.1 302 Found\r\nLocation: /photo\r\nContent-Length: 0\r\n\r\n"),
    ("/round", "HTTP/1.1 302 Found\r\nLocation: /round\r\nContent-Length: 0\r\n\r\n"),
    ("/file", "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"),
    ("/named", "HTTP/1.1 302 Found\r\nLocation: http://ana:secret@127.0.0.1/\r\nContent-Length: 0\r\n\r\n"),
    ("/away", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfour"),
];

#[tokio::test]
async fn a_page_is_fetched_with_its_type_and_through_redirects() {
    let web = Web::serving(PAGES).await;
    let client = Client::new(PrivateHosts::Allowed).expect("a client");
    let photo = client.fetch(&web.url("/moved"), Limits::default()).await.expect("an answer");
    assert_eq!((photo.status, photo.mime.as_str(), photo.bytes.as_slice()), (200, "image/png", b"four".as_slice()));
    client.fetch(&web.url("/photo"), Limits::default()).await.expect("an answer");
    for head in web.asked() {
        let head = head.to_lowercase();
        assert!(!head.contains("cookie") && !head.contains("referer"), "{head}");
        assert!(head.contains("user-agent: recado\r\n"), "{head}");
    }
}

#[tokio::test]
async fn too_much_too_slow_and_too_far_are_refused() {
    let web = Web::serving(PAGES).await;
    let client = Client::new(PrivateHosts::Allowed).expect("a client");
    let small = Limits { bytes: 3, ..Limits::default() };
    assert_eq!(client.fetch(&web.url("/photo"), small).await, Err(Fault::TooLarge));
    assert_eq!(client.fetch(&web.url("/silence"), quick()).await, Err(Fault::TooSlow));
    assert_eq!(client.fetch(&web.url("/round"), Limits::default()).await, Err(Fault::Redirects));
    assert_eq!(client.fetch(&web.url("/file"), Limits::default()).await, Err(Fault::Url));
    assert_eq!(client.fetch(&web.url("/named"), Limits::default()).await, Err(Fault::Url));
    let broken = client.fetch(&web.url("/away"), quick()).await;
    assert!(matches!(broken, Err(Fault::Unreachable(_) | Fault::TooSlow)), "{broken:?}");
    assert_eq!(web.asked().iter().filter(|head| head.starts_with("GET /round")).count(), 4);
}

#[tokio::test]
async fn nothing_on_a_private_network_is_connected_to() {
    let web = Web::serving(PAGES).await;
    let client = Client::new(PrivateHosts::Refused).expect("a client");
    let port = web.address.port();
    for (url, fault) in [
        (format!("http://127.0.0.1:{port}/photo"), Fault::Url),
        (format!("http://localhost:{port}/photo"), Fault::Url),
        ("http://127.0.0.1/".to_owned(), Fault::Private),
        ("http://2130706433/".to_owned(), Fault::Private),
        ("http://0x7f.1/".to_owned(), Fault::Private),
        ("http://0/".to_owned(), Fault::Private),
        ("https://localhost/".to_owned(), Fault::Private),
        ("http://[::1]/".to_owned(), Fault::Private),
        ("http://[::ffff:127.0.0.1]/".to_owned(), Fault::Private),
        ("http://[64:ff9b::7f00:1]/".to_owned(), Fault::Private),
        ("http://[fe80::1]/".to_owned(), Fault::Private),
        ("http://[fd00::1]/".to_owned(), Fault::Private),
        ("http://169.254.169.254/latest/meta-data".to_owned(), Fault::Private),
        ("http://100.64.0.1/".to_owned(), Fault::Private),
        ("http://10.0.0.1/".to_owned(), Fault::Private),
        ("http://ana@example.com/".to_owned(), Fault::Url),
        ("ftp://example.com/".to_owned(), Fault::Url),
        ("http://example.com:25/".to_owned(), Fault::Url),
    ] {
        let answer = client.fetch(&url.parse().expect("an address"), Limits::default()).await;
        assert_eq!(answer, Err(fault), "{url}");
    }
    assert_eq!(web.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn a_form_goes_where_the_configuration_says_and_no_further() {
    let web = Web::serving(PAGES).await;
    let client = Client::new(PrivateHosts::Refused).expect("a client");
    let answer = client.post_form(&web.url("/photo"), &[("a", "b c&d")], Limits::default()).await.expect("an answer");
    assert_eq!(answer.status, 200);
    let moved = client.post_form(&web.url("/moved"), &[("a", "b")], Limits::default()).await.expect("an answer");
    assert_eq!(moved.status, 302, "a secret does not follow a redirect");
    assert!(web.asked()[0].ends_with("a=b+c%26d"), "{:?}", web.asked());
}
