//! What a company's mailbox brings on an ordinary day: every mail, once, at once.

use recado::conversations::store::original;
use recado::events::Event;
use recado::inboxes::AfterReading;
use rocket::tokio::time::timeout;

use super::{house, letter, letters};
use crate::support::dovecot::Dovecot;
use crate::support::house::mail;
use crate::support::mailbox::{arrived, caught_up, connect, own, subjects};
use crate::support::wait::{DEADLINE, until};

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
    assert_eq!(arrived(&house, &inbox, 200).await, letters(200));
    house.pause().await;
    house.serve().await;
    dovecot.deliver("ana", &letter(200));
    assert_eq!(arrived(&house, &inbox, 201).await, letters(201), "none came twice");
    for stored in dovecot.mails("ana", "") {
        assert_eq!(stored.flags, "", "the mailbox is as it was");
    }
    house.close().await;
}

#[rocket::async_test]
async fn a_thousand_new_mails_at_once_all_arrive_in_their_order() {
    let dovecot = Dovecot::start(&["ana"]);
    let mut house = house(&dovecot).await;
    house.serve().await;
    let inbox = connect(&house, "ana", own(dovecot.port(), "ana")).await;
    caught_up(&house, &inbox).await;
    house.pause().await;
    for number in 0..1000 {
        dovecot.deliver("ana", &letter(number));
    }
    house.serve().await;
    assert_eq!(arrived(&house, &inbox, 1000).await, letters(1000));
    house.close().await;
}

/// Looking at the folder again by the clock would take a minute at least, and the clock of this house is not moved.
#[rocket::async_test]
async fn a_server_that_tells_of_a_new_mail_is_asked_for_it_at_once() {
    let dovecot = Dovecot::start(&["ana"]);
    let mut house = house(&dovecot).await;
    house.serve().await;
    let inbox = connect(&house, "ana", own(dovecot.port(), "ana")).await;
    caught_up(&house, &inbox).await;
    for number in 0..3 {
        let mut told = house.app.db.bus().listen();
        dovecot.deliver("ana", &letter(number));
        let heard = timeout(DEADLINE, async {
            loop {
                if let Ok(notice) = told.recv().await
                    && let Event::MessageReceived { inbox, .. } = notice.event
                {
                    return inbox;
                }
            }
        });
        assert_eq!(heard.await.expect("it is told"), inbox.id);
    }
    assert_eq!(subjects(&house, &inbox).await, letters(3));
    house.close().await;
}

// proves: M3
#[rocket::async_test]
async fn a_mail_to_two_of_our_inboxes_is_a_conversation_in_each() {
    let dovecot = Dovecot::start(&["ana", "bia", "caio"]);
    let mut house = house(&dovecot).await;
    house.serve().await;
    let mut inboxes = Vec::new();
    for user in ["ana", "bia", "caio"] {
        let inbox = connect(&house, user, own(dovecot.port(), user)).await;
        caught_up(&house, &inbox).await;
        inboxes.push(inbox);
    }
    for user in ["ana", "bia"] {
        dovecot.deliver(user, &letter(0));
    }
    dovecot.deliver("caio", &letter(1));
    for (inbox, subject) in inboxes.iter().zip(["Carta 0", "Carta 0", "Carta 1"]) {
        assert_eq!(arrived(&house, inbox, 1).await, [subject]);
    }
    assert_eq!(house.number("SELECT count(*) FROM conversation").await, 3);
    assert_eq!(house.number("SELECT count(*) FROM contact WHERE name = 'Ana'").await, 2, "two people wrote");
    house.close().await;
}

#[rocket::async_test]
async fn a_mail_that_comes_by_the_pipe_and_from_the_mailbox_is_one() {
    let dovecot = Dovecot::start(&["ana"]);
    let mut house = house(&dovecot).await;
    house.serve().await;
    let inbox = connect(&house, "ana", own(dovecot.port(), "ana")).await;
    caught_up(&house, &inbox).await;
    house.intake().receive(&inbox, letter(0)).await.expect("it is taken");
    let with_trace = [b"Received: by mail.test\r\nDelivered-To: ana@vereda.example\r\n".to_vec(), letter(0)].concat();
    dovecot.deliver("ana", &with_trace);
    dovecot.deliver("ana", &letter(1));
    assert_eq!(arrived(&house, &inbox, 2).await, letters(2));
    house.close().await;
}

#[rocket::async_test]
async fn the_original_is_kept_bit_for_bit_and_an_attachment_once() {
    let dovecot = Dovecot::start(&["ana"]);
    let mut house = house(&dovecot).await;
    house.serve().await;
    let inbox = connect(&house, "ana", own(dovecot.port(), "ana")).await;
    caught_up(&house, &inbox).await;
    let originals: Vec<Vec<u8>> = (0..2).map(with_attachment).collect();
    for original in &originals {
        dovecot.deliver("ana", original);
    }
    arrived(&house, &inbox, 2).await;
    assert_eq!(originals_of(&house).await, originals);
    let files = "SELECT count(*) FROM attachment";
    let contents = "SELECT count(DISTINCT blob_id) FROM attachment";
    assert_eq!((house.number(files).await, house.number(contents).await), (2, 1));
    house.close().await;
}

/// Two different mails with the same file.
fn with_attachment(number: usize) -> Vec<u8> {
    let file = data_encoding::BASE64.encode(&b"%PDF ".repeat(40_000));
    let lines: Vec<&str> = file.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).expect("base64")).collect();
    format!(
        "Message-ID: <f{number}@cliente.example>\r\nFrom: ana@cliente.example\r\nTo: ana@vereda.example\r\n\
         Subject: Anexo {number}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
         Content-Type: text/plain\r\n\r\nSegue o anexo.\r\n--b\r\nContent-Type: application/pdf; name=planta.pdf\r\n\
         Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n{}\r\n--b--\r\n",
        lines.join("\r\n")
    )
    .into_bytes()
}

/// The raw mails that are stored, unpacked, in their order.
async fn originals_of(house: &crate::support::house::House) -> Vec<Vec<u8>> {
    let read = |connection: &recado::db::Connection| {
        let mut select = connection.prepare("SELECT raw_id FROM message WHERE kind = 'incoming' ORDER BY id")?;
        let ids = select.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        ids.into_iter().map(|id| original::unpack(connection, id)).collect::<Result<Vec<_>, _>>()
    };
    house.app.db.read(read).await.expect("originals")
}

#[rocket::async_test]
async fn a_mail_that_is_too_large_comes_with_its_text_its_size_and_its_whole_original() {
    let dovecot = Dovecot::start(&["ana"]);
    let certificate = dovecot.certificate();
    let way = crate::support::house::Way::Memory(recado::mailer::Outbox::default());
    let mut house = crate::support::house::House::with(way, |config| {
        config.private_mail_hosts = recado::config::PrivateHosts::Allowed;
        config.mail_ca = Some(certificate);
        config.max_mail_bytes = 100_000;
    })
    .await;
    house.serve().await;
    let inbox = connect(&house, "ana", own(dovecot.port(), "ana")).await;
    caught_up(&house, &inbox).await;
    let mut large = letter(0);
    let line = b"0123456789 abcdefghijklmnopqrstuvwxyz 0123456789 abcdefghijklmnopqrstuvwxyz\r\n";
    large.extend_from_slice(&line.repeat(60_000));
    dovecot.deliver("ana", &large);
    dovecot.deliver("ana", &letter(1));
    assert_eq!(arrived(&house, &inbox, 2).await, letters(2));
    let size = house.number("SELECT oversize FROM message WHERE subject = 'Carta 0'").await;
    assert_eq!(usize::try_from(size).expect("a size"), large.len());
    assert!(
        house.text("SELECT text FROM message WHERE subject = 'Carta 0' AND ?1", 1).await.starts_with("Carta número 0")
    );
    assert_eq!(originals_of(&house).await[0], large);
    house.close().await;
}

#[rocket::async_test]
async fn a_folder_with_letters_of_other_alphabets_is_read_like_any() {
    let dovecot = Dovecot::start(&["ana"]);
    dovecot.make_folder("ana", "Or&AOc-amentos &- &iYt6TQ-");
    let mut house = house(&dovecot).await;
    house.serve().await;
    let mailbox = recado::inboxes::OwnMailbox {
        folder: "Orçamentos & 見積".to_owned(),
        after: AfterReading::Leave,
        ..own(dovecot.port(), "ana")
    };
    let inbox = connect(&house, "ana", mailbox).await;
    caught_up(&house, &inbox).await;
    dovecot.deliver_into("ana", "Or&AOc-amentos &- &iYt6TQ-", &letter(0));
    dovecot.deliver("ana", &mail("other@x.example", "Bia <bia@x.example>", "Fora", "Em outra pasta"));
    assert_eq!(arrived(&house, &inbox, 1).await, letters(1));
    until("nothing else to arrive", DEADLINE, async || subjects(&house, &inbox).await == letters(1)).await;
    house.close().await;
}
