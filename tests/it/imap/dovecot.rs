//! A real server: what a company's mailbox does on an ordinary day, and on a bad one.

use recado::config::Security;
use recado::inboxes::{AfterReading, History};

use crate::support::dovecot::Dovecot;
use crate::support::house::{House, Way, mail};
use crate::support::mailbox::{self, arrived, broken, caught_up, change, connect, own, subjects};
use crate::support::wait::{DEADLINE, until};
use recado::mailer::Outbox;

/// A house that may connect to this machine and believes this certificate.
async fn house(dovecot: &Dovecot) -> House {
    let certificate = dovecot.certificate();
    House::with(Way::Memory(Outbox::default()), |config| {
        config.private_mail_hosts = recado::config::PrivateHosts::Allowed;
        config.mail_ca = Some(certificate);
    })
    .await
}

fn letter(number: usize) -> Vec<u8> {
    let text = format!("Carta número {number}, com ação.");
    mail(
        &format!("d{number}@cliente.example"),
        &format!("Ana <ana{}@cliente.example>", number % 7),
        &format!("Carta {number}"),
        &text,
    )
}

// proves: M3
#[rocket::async_test]
async fn mails_delivered_while_the_product_is_stopped_all_arrive_once() {
    let dovecot = Dovecot::start(&["ana"]);
    let mut house = house(&dovecot).await;
    house.serve().await;
    let inbox = connect(&house, "ana", own(dovecot.port(), "ana")).await;
    caught_up(&house, &inbox).await;
    house.pause().await;
    for number in 0..200 {
        dovecot.deliver("ana", &letter(number));
    }
    house.serve().await;
    let expected: Vec<String> = (0..200).map(|number| format!("Carta {number}")).collect();
    assert_eq!(arrived(&house, &inbox, 200).await, expected);
    house.pause().await;
    house.serve().await;
    dovecot.deliver("ana", &letter(200));
    assert_eq!(arrived(&house, &inbox, 201).await.len(), 201, "none came twice");
    for stored in dovecot.mails("ana", "") {
        assert_eq!(stored.flags, "", "the mailbox is as it was");
    }
    house.close().await;
}
