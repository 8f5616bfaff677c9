//! A mail with pictures from elsewhere, answered to all with a file, passed on, and put among the spam.

use recado::channels::email::Intake;
use recado::inboxes;
use rocket::tokio;
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::TcpListener;

use crate::hands::Way::Forth;
use crate::house::{House, shows};
use crate::support::{Browser, ESCAPE, Language, Reader, Scheme, Size};

/// A web server with one picture.
async fn pictures() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let url = format!("http://{}/photo.png", listener.local_addr().expect("an address"));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(240, 120, image::Rgb([70, 130, 90]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("a picture");
    let body = bytes.into_inner();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _head = stream.read(&mut [0; 4096]).await;
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {}\r\n\r\n", body.len());
            let _sent = stream.write_all(&[head.as_bytes(), &body].concat()).await;
        }
    });
    url
}

/// Takes a mail into the first inbox; answers its conversation and message.
async fn receive(house: &House, picture: &str) -> (i64, i64) {
    let inbox = house.app.db.read(inboxes::store::all).await.expect("inboxes").remove(0);
    let raw = format!(
        "Message-ID: <jornal@fora.example>\r\nFrom: Renata Alves <renata@obra.example>\r\n\
         To: {}, bruno@obra.example\r\nCc: Lia <lia@obra.example>\r\nSubject: Fotos da obra\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
         <p>Bom dia, seguem as fotos de hoje.</p><p><img src=\"{picture}\" alt=\"Foto da sala\" width=240 height=120></p>\r\n",
        inbox.address
    );
    let (db, keys, max_bytes) = (house.app.db.clone(), house.app.keys.clone(), house.app.config.max_mail_bytes);
    let taken = Intake { db, keys, max_bytes }.receive(&inbox, raw.into_bytes()).await.expect("taken").0;
    (taken.conversation, taken.message)
}

async fn read_and_answer(size: Size, scheme: Scheme, language: Language) {
    let (house, url) = (House::demo().await, pictures().await);
    let agent = Browser::open(Reader { size, scheme, language }).await;
    house.sign_in(&agent, recado::demo::AGENT).await;
    let (conversation, message) = receive(&house, &url).await;
    agent.goto(&format!("{}/conversations/{conversation}", house.url)).await;
    let page = format!("document.querySelector('#frame-{message}').contentDocument");
    let picture = format!("{page}.querySelector('img')");
    shows(&agent, &format!("{page} && {picture} && {picture}.complete")).await;
    assert_eq!(agent.eval::<u32>(&format!("{picture}.naturalWidth")).await, 0, "no picture before somebody asks");
    agent.screenshot("images-off").await;
    agent.assert_fits().await;
    agent.find(&format!("#images-{message} .btn")).await.click().await.expect("a button");
    shows(&agent, &format!("{page} && {picture} && {picture}.naturalWidth == 240")).await;
    agent.screenshot("images-on").await;

    reply_to_all(&agent, message).await;
    pass_on(&agent, message).await;
    if size == Size::Desk {
        agent.find("#head-more summary").await.click().await.expect("a menu");
        agent.screenshot("head-menu").await;
        agent.find("#head-spam button").await.click().await.expect("a button");
        shows(&agent, "document.querySelector('#head-not-spam') && document.querySelector('#strip-notice')").await;
        agent.screenshot("spam").await;
        agent.find("#toasts .toast form .btn").await.click().await.expect("a way back");
        shows(&agent, "document.querySelector('#head-close') && !document.querySelector('#head-not-spam')").await;
    }
    agent.close().await;
    house.close().await;
}

async fn reply_to_all(agent: &Browser, message: i64) {
    agent.find(&format!("#menu-{message} summary")).await.click().await.expect("a menu");
    agent.screenshot("message-menu").await;
    agent.find(&format!("#menu-{message} a[href*='scope=all']")).await.click().await.expect("a link");
    shows(agent, "document.querySelector('#audience [name=about]') && document.activeElement.id == 'write'").await;
    agent.find("#audience summary").await.click().await.expect("a line");
    shows(agent, "document.querySelectorAll('#audience .rcpt').length == 3").await;
    agent.find("#add-bcc").await.send_keys("arquivo@vereda.org").await.expect("typed");
    shows(agent, "document.querySelector('#audience [data-sentence]').textContent.includes('3')").await;
    agent.screenshot("recipients").await;
    agent.assert_fits().await;
    let file = tempfile::Builder::new().suffix(".txt").tempfile().expect("a file");
    std::fs::write(file.path(), "medidas").expect("written");
    let path = file.path().to_str().expect("a path").to_owned();
    agent.find("input[name=files]").await.send_keys(path).await.expect("attached");
    agent.find("#write").await.send_keys("Obrigada, seguem as medidas.").await.expect("typed");
    agent.find(".for-reply[data-send]").await.click().await.expect("sent");
    shows(agent, "document.querySelector('#timeline .msg-out .file')").await;
    let line = agent.text("#timeline .msg-out:has(.file) .mail-head small").await;
    for address in ["renata@obra.example", "bruno@obra.example", "lia@obra.example", "arquivo@vereda.org"] {
        assert!(line.contains(address), "{address}: {line}");
    }
    shows(agent, "!document.querySelector('#audience').open && document.querySelector('#add-bcc').value == ''").await;
    agent.screenshot("replied-to-all").await;
    agent.assert_fits().await;
}

async fn pass_on(agent: &Browser, message: i64) {
    agent.find(&format!("#menu-{message} summary")).await.click().await.expect("a menu");
    agent.find(&format!("#menu-{message} a[href*='scope=forward']")).await.click().await.expect("a link");
    shows(agent, "document.querySelector('#audience[open] [name=scope][value=forward]')").await;
    agent.find("#add-to").await.send_keys("marmoraria@pedra.example").await.expect("typed");
    agent.screenshot("forwarding").await;
    agent.assert_fits().await;
    agent.find(".for-reply[data-send]").await.click().await.expect("sent");
    // The greeting went out by itself before both.
    shows(agent, "document.querySelectorAll('#timeline .msg-out').length == 3").await;
    shows(agent, "!document.querySelector('[name=scope][value=forward]')").await;
    agent.screenshot("forwarded").await;
}

/// The one who has just read a mail, and selected a word of it, goes on by the same keys as anywhere.
#[rocket::async_test]
async fn the_keys_of_the_page_work_while_the_focus_stands_in_a_mail() {
    let house = House::demo().await;
    let agent = Browser::open(Reader::default()).await;
    house.sign_in(&agent, recado::demo::AGENT).await;
    let (conversation, message) = receive(&house, "http://127.0.0.1:9/foto.png").await;
    agent.goto(&format!("{}/conversations/{conversation}", house.url)).await;
    shows(&agent, "document.body.dataset.connected == 'yes'").await;
    let frame = format!("#frame-{message}");
    agent.walk(Forth, &frame).await;
    agent.press("?").await;
    shows(&agent, "document.querySelector('dialog#keys').open").await;
    agent.press(ESCAPE).await;
    shows(&agent, &format!("document.activeElement.matches('{frame}')")).await;
    agent.press("r").await;
    shows(&agent, "document.activeElement.id == 'write'").await;
    agent.press("Olá").await;
    assert_eq!(
        agent.eval::<String>("document.querySelector('#write').value").await,
        "Olá",
        "the key itself is no text"
    );
    agent.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn a_mail_is_read_answered_to_all_passed_on_and_put_among_the_spam_at_a_desk() {
    read_and_answer(Size::Desk, Scheme::Light, Language::Portuguese).await;
}

#[rocket::async_test]
async fn the_same_on_a_phone_in_english_and_dark() {
    read_and_answer(Size::Phone, Scheme::Dark, Language::English).await;
}
