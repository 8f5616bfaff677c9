//! Mail is fetched from mailboxes: everything arrives, once, and the mailbox stays as it is.

mod answers;
mod arrival;
mod crash;
mod doors;
mod faults;
mod history;
mod marks;

use recado::config::PrivateHosts;
use recado::mailer::Outbox;

use crate::support::dovecot::Dovecot;
use crate::support::house::{House, Way, mail};

/// A house that may connect to this machine and believes the certificate of a server.
async fn house(dovecot: &Dovecot) -> House {
    house_by(Way::Memory(Outbox::default()), dovecot).await
}

/// The same with another way for its answers.
async fn house_by(way: Way, dovecot: &Dovecot) -> House {
    let certificate = dovecot.certificate();
    House::with(way, |config| {
        config.private_mail_hosts = PrivateHosts::Allowed;
        config.mail_ca = Some(certificate);
    })
    .await
}

/// Carta `number`, from one of seven people.
fn letter(number: usize) -> Vec<u8> {
    let (from, text) =
        (format!("Ana <ana{}@cliente.example>", number % 7), format!("Carta número {number}, com ação."));
    mail(&format!("d{number}@cliente.example"), &from, &format!("Carta {number}"), &text)
}

/// The subjects of the first `count` letters.
fn letters(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("Carta {number}")).collect()
}
