//! The fake and the foreign mail servers themselves: they take, refuse and complain as they say.

use std::net::SocketAddr;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::authentication::{Credentials as Login, Mechanism};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use rocket::tokio;
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::TcpSocket;

use crate::support::aiosmtpd::Aiosmtpd;
use crate::support::smtp::{Abilities, Act, Credentials, Mode, Moment, SmtpPeer};

const MAIL: &[u8] = b"Subject: dots\r\n\r\n.one\r\n..two\r\nlast\r\n";

fn client(port: u16) -> AsyncSmtpTransport<Tokio1Executor> {
    AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
        .port(port)
        .timeout(Some(Duration::from_secs(10)))
        .build()
}

fn envelope() -> Envelope {
    let address = |text: &str| text.parse().expect("a valid address");
    Envelope::new(Some(address("ana@vereda.example")), vec![address("rui@cliente.example")]).expect("one recipient")
}

/// lettre ends each message with a line end of its own, so the last one of the stored bytes is left to it.
fn without_last_line_end(mail: &[u8]) -> &[u8] {
    mail.strip_suffix(b"\r\n").unwrap_or(mail)
}

/// Says some lines to the server without waiting for answers, leaves, and returns the answers.
async fn say(address: SocketAddr, bytes: &[u8]) -> String {
    let socket = TcpSocket::new_v4().expect("a socket");
    let mut stream = socket.connect(address).await.expect("the server listens");
    stream.write_all(bytes).await.expect("the server reads");
    let mut answers = String::new();
    let _closed = stream.read_to_string(&mut answers).await;
    answers
}

#[tokio::test]
async fn a_message_arrives_byte_for_byte() {
    let peer = SmtpPeer::start().await;
    client(peer.port()).send_raw(&envelope(), without_last_line_end(MAIL)).await.expect("accepted");
    let received = peer.messages(1).await;
    assert_eq!(received[0].bytes, MAIL);
    assert_eq!(received[0].sender, "ana@vereda.example");
    assert_eq!(received[0].recipients, ["rui@cliente.example"]);
    assert!(received[0].acknowledged);
    peer.assert_polite();
}

#[tokio::test]
async fn the_foreign_server_keeps_a_message_byte_for_byte() {
    let server = Aiosmtpd::start();
    client(server.port()).send_raw(&envelope(), without_last_line_end(MAIL)).await.expect("accepted");
    let kept = server.messages(1).await;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].bytes, MAIL);
    assert_eq!(kept[0].envelope.recipients, ["rui@cliente.example"]);
}

#[tokio::test]
async fn a_script_is_followed_attempt_by_attempt_and_then_all_is_accepted() {
    let peer = SmtpPeer::start().await;
    peer.greylist(1);
    peer.script([
        Act::RefuseRecipient("550 5.1.1 no such user".into()),
        Act::RefuseMessage("554 5.7.1 no".into()),
        Act::Unavailable,
        Act::Drop,
        Act::DropAfterMessage,
    ]);
    let client = client(peer.port());
    let mut outcomes = Vec::new();
    for _ in 0..7 {
        let outcome = client.send_raw(&envelope(), MAIL).await;
        outcomes.push(match outcome {
            Ok(_) => "accepted".to_owned(),
            Err(error) => error.status().map_or("cut".to_owned(), |code| code.to_string()),
        });
    }
    assert_eq!(outcomes, ["451", "550", "554", "421", "cut", "cut", "accepted"]);
    peer.script_used_up().await;
    assert_eq!(peer.connections(), 7);
    let acknowledged: Vec<bool> = peer.received().iter().map(|received| received.acknowledged).collect();
    assert_eq!(acknowledged, [false, true], "only the dropped and the accepted one came in");
    peer.assert_polite();
}

#[tokio::test]
async fn a_hanging_server_says_nothing_until_it_is_released() {
    for moment in [Moment::Greeting, Moment::Mail, Moment::Recipient, Moment::Message] {
        let peer = SmtpPeer::start().await;
        peer.script([Act::Hang(moment)]);
        let client = client(peer.port());
        let sending = tokio::spawn(async move { client.send_raw(&envelope(), MAIL).await });
        peer.hanging(1).await;
        assert!(!sending.is_finished());
        peer.release();
        sending.await.expect("no panic").expect_err("nobody said 250");
        assert!(peer.received().is_empty());
        peer.assert_polite();
    }
}

#[tokio::test]
async fn only_the_right_credentials_open_a_server_that_asks_for_them() {
    let credentials = Credentials { user: "caixa@vereda.example".into(), password: "segredo".into() };
    for mechanism in [Mechanism::Plain, Mechanism::Login] {
        let peer = SmtpPeer::with(Abilities { credentials: Some(credentials.clone()), ..Abilities::default() }).await;
        let with = |password: &str| {
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
                .port(peer.port())
                .authentication(vec![mechanism])
                .credentials(Login::new(credentials.user.clone(), password.into()))
                .build()
        };
        client(peer.port()).send_raw(&envelope(), MAIL).await.expect_err("not signed in");
        with("errado").send_raw(&envelope(), MAIL).await.expect_err("wrong password");
        with("segredo").send_raw(&envelope(), MAIL).await.expect("right password");
        assert_eq!(peer.received().len(), 1);
        assert!(!peer.commands().join("\n").contains("c2VncmVkbw"), "secrets stay out of the record");
        peer.assert_polite();
    }
}

#[tokio::test]
async fn a_rude_client_is_complained_about() {
    let hello = "EHLO me.example\r\n";
    let begin = "EHLO me.example\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n";
    for (text, complaint) in [
        ("MAIL FROM:<a@b.example>\r\nQUIT\r\n".to_owned(), "MAIL before EHLO"),
        (format!("{hello}RCPT TO:<a@b.example>\r\nQUIT\r\n"), "RCPT before MAIL"),
        (format!("{hello}DATA\r\nQUIT\r\n"), "DATA before MAIL"),
        (format!("{hello}STARTTLS\r\nQUIT\r\n"), "not offered"),
        (format!("{hello}AUTH PLAIN AGEAYg==\r\nQUIT\r\n"), "not offered"),
        (format!("{hello}MAIL FROM:a@b.example\r\nQUIT\r\n"), "angle brackets"),
        (format!("{hello}MAIL FROM:<a@b.example> SMTPUTF8\r\nQUIT\r\n"), "not offered"),
        ("EHLO me.example\nQUIT\r\n".to_owned(), "bare line feed"),
        (format!("{begin}x\ny\r\n.\r\nQUIT\r\n"), "bare line feed"),
        (format!("{begin}.x\r\n.\r\nQUIT\r\n"), "not doubled"),
        (format!("{begin}á\r\n.\r\nQUIT\r\n"), "8BITMIME"),
        (format!("{begin}{}\r\n.\r\nQUIT\r\n", "x".repeat(999)), "1000 are allowed"),
        (format!("{begin}x\r\n.\r\nQUIT\r\n"), "before the answer to DATA"),
    ] {
        let peer = SmtpPeer::with(Abilities { pipelining: Mode::On, ..Abilities::default() }).await;
        say(peer.address(), text.as_bytes()).await;
        let violations = peer.violations();
        assert!(violations.iter().any(|violation| violation.contains(complaint)), "{text:?}: {violations:?}");
    }
    let peer = SmtpPeer::with(Abilities { pipelining: Mode::Off, size: Some(10), ..Abilities::default() }).await;
    let answers = say(peer.address(), format!("{hello}MAIL FROM:<a@b.example> SIZE=11\r\nQUIT\r\n").as_bytes()).await;
    assert!(answers.contains("552"), "{answers}");
    assert!(peer.violations()[0].contains("before the answer to EHLO"), "{:?}", peer.violations());
}
