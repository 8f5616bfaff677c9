//! Getting in: the ways to protect the connection, certificates, passwords, folders that are not there.

use recado::config::Security;
use recado::imap::{self, Login, Server, Special};
use recado::inboxes::{OwnMailbox, OwnServer};
use recado::keys::Secret;

use super::{house, letter, letters};
use crate::support::dovecot::{Dovecot, PASSWORD};
use crate::support::house::House;
use crate::support::mailbox::{arrived, broken, caught_up, change, connect, own, problem};
use crate::support::wait::{DEADLINE, until};

fn protected(dovecot: &Dovecot, security: Security) -> OwnMailbox {
    let port = if security == Security::Tls { dovecot.tls_port() } else { dovecot.port() };
    let mailbox = own(port, "ana");
    OwnMailbox { server: OwnServer { security, host: "localhost".to_owned(), ..mailbox.server }, ..mailbox }
}

fn server(dovecot: &Dovecot, security: Security, password: &str) -> Server {
    let own = protected(dovecot, security).server;
    let login = Login::Password { username: "ana".to_owned(), secret: Secret(password.to_owned()) };
    Server { host: own.host, port: own.port, security, login }
}

#[rocket::async_test]
async fn mail_comes_over_tls_over_starttls_and_unprotected() {
    let dovecot = Dovecot::start(&["ana"]);
    let mut house = house(&dovecot).await;
    house.serve().await;
    let inbox = connect(&house, "ana", protected(&dovecot, Security::None)).await;
    for (number, security) in [Security::None, Security::Starttls, Security::Tls].into_iter().enumerate() {
        change(&house, &inbox, protected(&dovecot, security), None).await;
        caught_up(&house, &inbox).await;
        dovecot.deliver("ana", &letter(number));
        assert_eq!(arrived(&house, &inbox, number + 1).await, letters(number + 1), "{security:?}");
    }
    assert!(dovecot.log().contains("TLS"), "it was used:\n{}", dovecot.log());
    house.close().await;
}

#[rocket::async_test]
async fn a_certificate_that_nobody_knows_or_for_another_name_is_refused_in_words() {
    let other = Dovecot::named(&["ana"], "DNS:mail.outra.example");
    let dovecot = Dovecot::start(&["ana"]);
    let mut house = house(&dovecot).await;
    house.serve().await;
    for security in [Security::Tls, Security::Starttls] {
        let refused = imap::check(&server(&other, security, PASSWORD), &house.app.mailboxes).await;
        let reason = refused.expect_err("it is refused");
        assert_eq!(reason.key, "imap-certificate", "{}", reason.detail);
    }
    assert!(!other.log().contains("Login: user=<ana>"), "no password was given:\n{}", other.log());
    let of_other = other.certificate();
    let config = recado::config::Config { mail_ca: Some(of_other), ..(*house.app.config).clone() };
    let dialer = imap::Dialer::configured(&config, DEADLINE).expect("a certificate");
    let refused = imap::check(&server(&other, Security::Tls, PASSWORD), &dialer).await.expect_err("another name");
    assert_eq!(refused.key, "imap-certificate", "{}", refused.detail);
    let inbox = connect(&house, "ana", protected(&other, Security::Tls)).await;
    broken(&house, &inbox, "imap-certificate").await;
    house.close().await;
}

#[rocket::async_test]
async fn a_check_tells_the_folders_or_what_is_wrong() {
    let dovecot = Dovecot::start(&["ana"]);
    dovecot.make_folder("ana", "Itens Enviados");
    dovecot.make_folder("ana", "Or&AOc-amentos");
    let house = house(&dovecot).await;
    let checked = imap::check(&server(&dovecot, Security::Starttls, PASSWORD), &house.app.mailboxes).await;
    let checked = checked.expect("it works");
    let mut names: Vec<&str> = checked.folders.iter().map(|folder| folder.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["INBOX", "Itens Enviados", "Orçamentos"]);
    assert_eq!(imap::sent(&checked.folders).map(|folder| folder.name.as_str()), Some("Itens Enviados"));
    assert!(checked.folders.iter().any(|folder| folder.special == Some(Special::Inbox)));
    assert!(checked.capabilities.iter().any(|capability| capability == "IDLE"));

    let key = async |server: Server| match imap::check(&server, &house.app.mailboxes).await {
        Ok(_) => "works",
        Err(reason) => reason.key,
    };
    assert_eq!(key(server(&dovecot, Security::Starttls, "errada")).await, "imap-password");
    let mut nobody = server(&dovecot, Security::Tls, PASSWORD);
    nobody.port = crate::support::process::free_address().port();
    assert_eq!(key(nobody).await, "imap-no-server");
    let mut unknown = server(&dovecot, Security::Tls, PASSWORD);
    "nowhere.invalid".clone_into(&mut unknown.host);
    assert_eq!(key(unknown).await, "imap-no-server");
    let mut wrong_door = server(&dovecot, Security::Tls, PASSWORD);
    wrong_door.port = dovecot.port();
    assert_eq!(key(wrong_door).await, "imap-tls");
}

#[rocket::async_test]
async fn a_server_on_a_private_network_is_not_asked_unless_the_settings_allow_it() {
    let dovecot = Dovecot::start(&["ana"]);
    let house = House::quiet().await.0;
    let refused = imap::check(&server(&dovecot, Security::Tls, PASSWORD), &house.app.mailboxes).await;
    assert_eq!(refused.expect_err("it is refused").key, "imap-private-server");
    assert!(!dovecot.log().contains("imap-login"), "nobody connected:\n{}", dovecot.log());
}

#[rocket::async_test]
async fn a_changed_password_stops_the_mailbox_in_words_until_it_is_entered() {
    let dovecot = Dovecot::start(&["ana"]);
    let mut house = house(&dovecot).await;
    house.serve().await;
    let inbox = connect(&house, "ana", own(dovecot.port(), "ana")).await;
    caught_up(&house, &inbox).await;
    house.pause().await;
    dovecot.set_password("ana", "outra senha");
    dovecot.deliver("ana", &letter(0));
    house.serve().await;
    broken(&house, &inbox, "imap-password").await;
    let detail = house.text("SELECT problem_in_detail FROM inbox WHERE id = ?1", inbox.id).await;
    assert!(detail.contains("Authentication failed"), "the server's own words: {detail}");
    assert_eq!(house.number("SELECT count(*) FROM event WHERE kind = 'inbox.lost'").await, 1);

    change(&house, &inbox, own(dovecot.port(), "ana"), Some("outra senha")).await;
    assert_eq!(arrived(&house, &inbox, 1).await, letters(1));
    until("the problem to be gone", DEADLINE, async || problem(&house, &inbox).await.is_empty()).await;
    assert_eq!(house.number("SELECT count(*) FROM event WHERE kind = 'inbox.restored'").await, 1);
    house.close().await;
}

#[rocket::async_test]
async fn a_folder_that_is_gone_is_named_and_read_again_when_it_is_back() {
    let dovecot = Dovecot::start(&["ana"]);
    dovecot.make_folder("ana", "Pedidos");
    let mut house = house(&dovecot).await;
    house.serve().await;
    let mailbox = OwnMailbox { folder: "Pedidos".to_owned(), ..own(dovecot.port(), "ana") };
    let inbox = connect(&house, "ana", mailbox).await;
    caught_up(&house, &inbox).await;
    house.pause().await;
    dovecot.remove_folder("ana", "Pedidos");
    house.serve().await;
    broken(&house, &inbox, "imap-no-folder").await;
    dovecot.make_folder("ana", "Pedidos");
    dovecot.deliver_into("ana", "Pedidos", &letter(0));
    house.app.clock().advance(recado::clock::HOUR);
    assert_eq!(arrived(&house, &inbox, 1).await, letters(1));
    until("the problem to be gone", DEADLINE, async || problem(&house, &inbox).await.is_empty()).await;
    house.close().await;
}

#[rocket::async_test]
async fn a_server_that_restarts_is_no_news_and_one_that_stays_away_is() {
    let mut dovecot = Dovecot::start(&["ana"]);
    let mut house = house(&dovecot).await;
    house.serve().await;
    let inbox = connect(&house, "ana", own(dovecot.port(), "ana")).await;
    caught_up(&house, &inbox).await;
    dovecot.stop();
    dovecot.run();
    dovecot.deliver("ana", &letter(0));
    assert_eq!(arrived(&house, &inbox, 1).await, letters(1));
    assert_eq!(house.number("SELECT count(*) FROM event WHERE kind = 'inbox.lost'").await, 0);

    dovecot.stop();
    until("the mailbox to be lost", DEADLINE, async || {
        house.app.clock().advance(recado::clock::MINUTE);
        problem(&house, &inbox).await == "imap-no-server"
    })
    .await;
    dovecot.run();
    dovecot.deliver("ana", &letter(1));
    house.app.clock().advance(recado::clock::HOUR);
    assert_eq!(arrived(&house, &inbox, 2).await, letters(2));
    house.close().await;
}

#[rocket::async_test]
async fn an_inbox_without_a_mailbox_any_more_is_left_alone() {
    let dovecot = Dovecot::start(&["ana"]);
    let mut house = house(&dovecot).await;
    house.serve().await;
    let inbox = connect(&house, "ana", own(dovecot.port(), "ana")).await;
    caught_up(&house, &inbox).await;
    house
        .app
        .db
        .write(move |tx| {
            tx.execute("UPDATE inbox SET state = 'disabled' WHERE id = ?1", [inbox.id])?;
            tx.emit(recado::events::Event::InboxChanged { inbox: inbox.id, by: None })
        })
        .await
        .expect("it is switched off");
    until("the connection to end", DEADLINE, async || dovecot.log().contains("imap(ana)")).await;
    dovecot.deliver("ana", &letter(0));
    house.app.clock().advance(recado::clock::HOUR);
    assert_eq!(house.number("SELECT count(*) FROM message").await, 0);
    house.close().await;
}
