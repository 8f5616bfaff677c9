//! Mail of the product itself: kept until it left, never sent twice after it did, given up after five days.

use std::time::Duration;

use recado::clock::{DAY, MINUTE};
use recado::config::{Config, PrivateHosts, Proof, Security, Smtp};
use recado::mailer::system::{self, SystemMail};
use recado::mailer::{Carrier, Outbox};
use rocket::tokio;

use crate::support::app::App;
use crate::support::smtp::{Act, SmtpPeer};
use crate::support::wait::{DEADLINE, until};

/// A server that sends by this peer.
async fn sending_to(peer: &SmtpPeer) -> App {
    let port = peer.port();
    let set = move |config: &mut Config| {
        let host = "127.0.0.1".to_owned();
        config.smtp =
            Some(Smtp { host, port, security: Security::None, username: None, password: None, proof: Proof::Password });
        config.private_mail_hosts = PrivateHosts::Refused;
    };
    let url = "http://127.0.0.1:1";
    let mut config = Config::simple("unused".as_ref(), url, ([127, 0, 0, 1], 1).into()).expect("settings");
    set(&mut config);
    App::carried(set, Carrier::configured(&config, Duration::from_secs(2)), Outbox::default()).await
}

async fn queue(app: &App, subject: &str) -> recado::error::Result<()> {
    let subject = subject.to_owned();
    let write = app.recado.db.write(move |tx| {
        let mail =
            SystemMail { to: "Rui <rui@cliente.example>".to_owned(), subject, text: "Olá\n.\nfim\n".to_owned() };
        system::queue(tx, &mail, "Vereda <recado@vereda.example>")
    });
    write.await
}

async fn state(app: &App) -> (String, Option<String>) {
    let read = app.recado.db.read(|connection| {
        Ok(connection.query_row("SELECT state, error FROM system_mail", [], |row| Ok((row.get(0)?, row.get(1)?)))?)
    });
    read.await.expect("a mail")
}

async fn becomes(app: &App, wanted: &str) {
    until(&format!("the mail to be {wanted}"), DEADLINE, async || state(app).await.0 == wanted).await;
}

#[tokio::test]
async fn a_mail_that_is_put_off_leaves_once_later() {
    let peer = SmtpPeer::start().await;
    peer.greylist(1);
    let app = sending_to(&peer).await;
    queue(&app, "Olá").await.expect("a mail");
    until("the first try", DEADLINE, async || state(&app).await.1.is_some()).await;
    assert_eq!((state(&app).await.0.as_str(), peer.received().len()), ("queued", 0));
    app.clock().advance(MINUTE);
    becomes(&app, "sent").await;
    app.clock().advance(DAY);
    let mails = peer.messages(1).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(
        (mails[0].sender.as_str(), mails[0].recipients[0].as_str()),
        ("recado@vereda.example", "rui@cliente.example")
    );
    let text = String::from_utf8_lossy(&mails[0].bytes).into_owned();
    assert!(text.contains("From: Vereda <recado@vereda.example>\r\n") && text.contains("Auto-Submitted"), "{text}");
    peer.assert_polite();
}

#[tokio::test]
async fn a_mail_that_is_refused_is_not_tried_again() {
    let peer = SmtpPeer::start().await;
    peer.script([Act::RefuseRecipient("550 5.1.1 no such user".to_owned())]);
    let app = sending_to(&peer).await;
    queue(&app, "Olá").await.expect("a mail");
    becomes(&app, "failed").await;
    assert!(state(&app).await.1.is_some_and(|error| error.contains("no such user")));
    let before = peer.connections();
    app.clock().advance(DAY);
    queue(&app, "outro").await.expect("a mail");
    assert_eq!(peer.messages(1).await.len(), 1);
    assert_eq!(peer.connections(), before + 1);
    peer.assert_polite();
}

#[tokio::test]
async fn a_lost_answer_is_tried_once_more_with_the_same_message_id() {
    let peer = SmtpPeer::start().await;
    peer.script([Act::DropAfterMessage, Act::DropAfterMessage, Act::Accept]);
    let app = sending_to(&peer).await;
    queue(&app, "Olá").await.expect("a mail");
    peer.messages(1).await;
    until("the first try", DEADLINE, async || state(&app).await.1.is_some()).await;
    app.clock().advance(MINUTE);
    becomes(&app, "failed").await;
    app.clock().advance(DAY);
    let mails = peer.messages(2).await;
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].bytes, mails[1].bytes);
}

#[tokio::test]
async fn after_five_days_it_is_given_up() {
    let peer = SmtpPeer::start().await;
    peer.greylist(100);
    let app = sending_to(&peer).await;
    queue(&app, "Olá").await.expect("a mail");
    until("the first try", DEADLINE, async || state(&app).await.1.is_some()).await;
    app.clock().advance(system::GIVE_UP);
    becomes(&app, "failed").await;
    assert_eq!(peer.received().len(), 0);
}

#[tokio::test]
async fn a_line_break_in_a_header_is_refused() {
    let app = App::start().await;
    assert!(queue(&app, "Olá\r\nBcc: x@example.com").await.is_err());
    let write = app.recado.db.write(|tx| {
        let to = "rui@cliente.example\nBcc: x@example.com".to_owned();
        system::queue(tx, &SystemMail { to, subject: "Olá".to_owned(), text: String::new() }, "a@b.example")
    });
    assert!(write.await.is_err());
    let count = app.recado.db.read(|connection| {
        Ok(connection.query_row("SELECT count(*) FROM system_mail", [], |row| row.get::<_, i64>(0))?)
    });
    assert_eq!(count.await.expect("a number"), 0);
}
