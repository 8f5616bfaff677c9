//! Pictures that mails want from elsewhere: none until somebody asks, then by way of us and from public places only.

use std::sync::{Arc, Mutex};

use recado::config::PrivateHosts;
use rocket::tokio;
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::TcpListener;

use crate::support::desk::Desk;

/// A web server that notes what it is asked.
struct Web {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Web {
    async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let noted = asked.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let noted = noted.clone();
                tokio::spawn(async move {
                    let mut head = vec![0; 8192];
                    let read = stream.read(&mut head).await.unwrap_or_default();
                    let head = String::from_utf8_lossy(&head[..read]).into_owned();
                    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                    let before = {
                        let mut noted = noted.lock().expect("no panic");
                        noted.push(head);
                        noted.iter().filter(|head| head.contains("/late.png")).count()
                    };
                    let path = if path == "/late.png" && before > 1 { "/photo.png".to_owned() } else { path };
                    let _sent = stream.write_all(&answer(&path)).await;
                });
            }
        });
        Self { url, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no panic").clone()
    }
}

fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(width, height).write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

fn answer(path: &str) -> Vec<u8> {
    let with = |kind: &str, body: Vec<u8>| {
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nSet-Cookie: spy=1\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.into_bytes(), body].concat()
    };
    match path {
        "/photo.png" | "/photo2.png" => with("image/png", picture(20, 10)),
        // The type that a server claims counts for nothing.
        "/liar.png" => with("image/png", b"<html><script>alert(1)</script>".to_vec()),
        "/drawing.svg" => with("image/svg+xml", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>".to_vec()),
        "/page" => with("text/html", b"<b>page</b>".to_vec()),
        "/dot.png" => with("image/png", picture(1, 1)),
        "/huge" => with("image/png", [picture(20, 10), vec![0; 6 * 1024 * 1024]].concat()),
        "/inside" => {
            b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n".to_vec()
        }
        "/file" => b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n".to_vec(),
        "/circle" => b"HTTP/1.1 302 Found\r\nLocation: /circle\r\nContent-Length: 0\r\n\r\n".to_vec(),
        _ => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec(),
    }
}

fn mail(id: &str, html: &str) -> String {
    format!(
        "Message-ID: <{id}>\r\nFrom: Loja <Loja@jornal.example>\r\nTo: contato@vereda.example\r\nSubject: Jornal\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n"
    )
}

async fn desk() -> Desk {
    Desk::with(|config| config.private_web_hosts = PrivateHosts::Allowed).await
}

// proves: G19
#[rocket::async_test]
async fn nothing_is_fetched_before_somebody_asks_and_then_only_what_is_a_picture() {
    let (web, desk) = (Web::start().await, desk().await);
    let paths = ["photo.png", "liar.png", "drawing.svg", "page", "dot.png", "huge", "gone", "circle", "file"];
    let html = paths.map(|path| format!("<img src=\"{}/{path}\" alt=\"{path}\">", web.url)).join("");
    let receipt = desk.receive(mail("j1@x", &html)).await;
    let (talk, body) = (format!("/conversations/{}", receipt.conversation), format!("/m/{}/body", receipt.message));
    desk.browser.get(&talk).await.assert_says("Mostrar imagens");
    let off = desk.browser.get(&body).await;
    assert!(!off.body.contains(&web.url), "the page does not name where they are");
    for number in 0..paths.len() {
        let one = desk.browser.get(&format!("/m/{}/images/{number}", receipt.message)).await;
        assert_eq!(one.status, 404, "nobody asked yet");
    }
    assert_eq!(web.asked(), Vec::<String>::new());

    let show = format!("/messages/{}/images", receipt.message);
    assert_eq!(desk.browser.post_form(&show, &[("scope", "message")]).await.status, 303);
    let on = desk.browser.get(&body).await;
    assert!(on.header("Content-Security-Policy").contains("img-src 'self' data:;"), "from us alone");
    for (number, path) in paths.iter().enumerate() {
        let one = desk.browser.get(&format!("/m/{}/images/{number}", receipt.message)).await;
        assert_eq!(one.status, if number == 0 { 200 } else { 404 }, "{path}");
        if number == 0 {
            assert_eq!(one.header("Content-Type"), "image/png");
            assert_eq!(one.header("Content-Security-Policy"), "sandbox; default-src 'none'");
            assert_eq!(one.header("X-Content-Type-Options"), "nosniff");
            assert_eq!(one.header("Set-Cookie"), "");
        }
    }
    let asked = web.asked();
    for head in &asked {
        let lower = head.to_lowercase();
        for told in ["cookie:", "referer:", "x-forwarded", "accept-language"] {
            assert!(!lower.contains(told), "{head}");
        }
    }
    // What was fetched is kept; what was none is not asked for again.
    let before = asked.len();
    for number in 0..paths.len() {
        desk.browser.get(&format!("/m/{}/images/{number}", receipt.message)).await;
    }
    assert_eq!(web.asked().len(), before);
}

// proves: R69
#[rocket::async_test]
async fn a_picture_that_did_not_come_is_said_and_tried_again_when_somebody_asks() {
    let (web, desk) = (Web::start().await, desk().await);
    let receipt = desk.receive(mail("l1@x", &format!("<img src=\"{}/late.png\" alt=sala>", web.url))).await;
    let (talk, show) =
        (format!("/conversations/{}", receipt.conversation), format!("/messages/{}/images", receipt.message));
    let picture = format!("/m/{}/images/0", receipt.message);
    desk.browser.post_form(&show, &[("scope", "message")]).await;
    desk.browser.get(&talk).await.assert_silent("não pôde ser carregada");
    assert_eq!(desk.browser.get(&picture).await.status, 404, "its server was not ready");
    let page = desk.browser.get(&talk).await;
    page.assert_says("1 imagem não pôde ser carregada.");
    page.assert_says(&format!("/m/{}/body?images=1&#38;missing=1", receipt.message));
    assert_eq!(desk.browser.get(&picture).await.status, 404);
    assert_eq!(web.asked().len(), 1, "nobody asked for another try");
    assert_eq!(desk.browser.post_form(&show, &[("scope", "message")]).await.status, 303);
    assert_eq!(desk.browser.get(&picture).await.status, 200);
    desk.browser.get(&talk).await.assert_silent("não pôde ser carregada");
}

#[rocket::async_test]
async fn private_places_are_never_asked_also_by_a_detour() {
    let web = Web::start().await;
    let desk = Desk::start().await;
    let html = format!(
        "<img src=\"{}/photo.png\"><img src=\"http://127.0.0.1/x\"><img src=\"http://[::1]/x\"><img src=\"http://10.0.0.1/\">",
        web.url
    );
    let receipt = desk.receive(mail("p1@x", &html)).await;
    desk.browser.post_form(&format!("/messages/{}/images", receipt.message), &[]).await;
    for number in 0..4 {
        assert_eq!(desk.browser.get(&format!("/m/{}/images/{number}", receipt.message)).await.status, 404);
    }
    assert_eq!(web.asked(), Vec::<String>::new());
}

#[rocket::async_test]
async fn dots_that_count_readers_are_never_asked_for() {
    let (web, desk) = (Web::start().await, desk().await);
    let dot = |attributes: &str| format!("<img src=\"{}/photo2.png\" {attributes}>", web.url);
    for (number, attributes) in [
        "width=1 height=1",
        "width=\"1px\"",
        "style=\"display:none\"",
        "style='width: 1px; height:1px'",
        "height=0",
        "style='visibility : hidden'",
    ]
    .into_iter()
    .enumerate()
    {
        let receipt = desk.receive(mail(&format!("d{number}@x"), &dot(attributes))).await;
        desk.browser.post_form(&format!("/messages/{}/images", receipt.message), &[]).await;
        assert_eq!(desk.browser.get(&format!("/m/{}/images/0", receipt.message)).await.status, 404, "{attributes}");
        let page = desk.browser.get(&format!("/conversations/{}", receipt.conversation)).await;
        page.assert_silent("Mostrar imagens");
    }
    assert_eq!(web.asked(), Vec::<String>::new());
}

#[rocket::async_test]
async fn always_for_a_sender_is_remembered_and_taken_back() {
    let (web, desk) = (Web::start().await, desk().await);
    let html = format!("<img src=\"{}/photo.png\" alt=foto>", web.url);
    let first = desk.receive(mail("a1@x", &html)).await;
    let show = format!("/messages/{}/images", first.message);
    assert_eq!(desk.browser.post_form(&show, &[("scope", "sender")]).await.status, 303);
    let second = desk.receive(mail("a2@x", &html)).await;
    assert_eq!(desk.browser.get(&format!("/m/{}/images/0", second.message)).await.status, 200);
    let other = mail("a3@x", &html).replace("Loja@jornal", "outra@jornal");
    let other = desk.receive(other).await;
    assert_eq!(desk.browser.get(&format!("/m/{}/images/0", other.message)).await.status, 404);
    desk.browser.get(&format!("/conversations/{}", second.conversation)).await.assert_says("Parar de mostrar");
    assert_eq!(desk.browser.change("delete", &show, &[]).await.status, 303);
    for receipt in [first, second] {
        assert_eq!(desk.browser.get(&format!("/m/{}/images/0", receipt.message)).await.status, 404);
    }
}

#[rocket::async_test]
async fn pictures_are_for_readers_of_the_inbox() {
    let (web, desk) = (Web::start().await, desk().await);
    let receipt = desk.receive(mail("r1@x", &format!("<img src=\"{}/photo.png\">", web.url))).await;
    desk.browser.post_form(&format!("/messages/{}/images", receipt.message), &[]).await;
    let (_, bia) = desk.agent("bia").await;
    desk.app.recado.db.write(|tx| Ok(tx.execute("UPDATE inbox SET access = 'owner'", [])?)).await.expect("closed");
    assert_eq!(bia.get(&format!("/m/{}/images/0", receipt.message)).await.status, 404);
    assert_eq!(bia.post_form(&format!("/messages/{}/images", receipt.message), &[]).await.status, 404);
    assert_eq!(web.asked(), Vec::<String>::new());
}
