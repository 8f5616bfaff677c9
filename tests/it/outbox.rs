//! Answers leave: once, as the same bytes, with every failure shown and a way on.

use recado::channels::email::{Limits, parse};
use recado::clock::{DAY, HOUR};
use recado::conversations::model::MessageKind;
use recado::conversations::store::writing;

use rocket::tokio;
use rocket::tokio::time::timeout;

use crate::support::aiosmtpd::Aiosmtpd;
use crate::support::house::{House, mail};
use crate::support::smtp::{Act, Moment, SmtpPeer};
use crate::support::wait::{DEADLINE, until};

const HELENA: &str = "Helena Duarte <helena@bemviver.example>";

async fn asked(house: &House) -> i64 {
    house.receive(&mail("m1@bemviver.example", HELENA, "Orçamento", "Quanto custa?")).await.0.conversation
}

/// A house that serves, a peer that follows `acts`, and an answer on its way.
async fn answering(acts: Vec<Act>) -> (House, SmtpPeer, i64) {
    let peer = SmtpPeer::start().await;
    peer.script(acts);
    let mut house = House::sending_by(peer.port()).await;
    house.serve().await;
    let conversation = asked(&house).await;
    let message = house.write(conversation, MessageKind::Outgoing, "Custa 100 reais.\n.\n..fim").await;
    (house, peer, message)
}

const ERROR: &str = "SELECT delivery_error FROM message WHERE id = ?1";
const RESENT: &str = "SELECT CAST(resent AS TEXT) FROM message WHERE id = ?1";

/// Moves the clock until the message is in this state: retries wait for minutes.
async fn with_time(house: &House, message: i64, state: &str) {
    until(&format!("message {message} to be {state}"), DEADLINE, || async {
        let now = house.text("SELECT delivery FROM message WHERE id = ?1", message).await;
        if now == "queued" {
            house.app.clock().advance(HOUR / 4);
        }
        now == state
    })
    .await;
}

#[rocket::async_test]
async fn an_answer_reaches_a_foreign_server_byte_for_byte_as_it_is_stored() {
    let server = Aiosmtpd::start();
    let mut house = House::sending_by(server.port()).await;
    house.serve().await;
    let conversation = asked(&house).await;
    let message = house.write(conversation, MessageKind::Outgoing, "Custa 100 reais.\n.\n..fim\n— ação").await;
    house.delivery(message, "sent").await;
    let kept = server.messages(1).await;
    let stored = house
        .app
        .db
        .read(move |c| {
            let raw = c.query_row("SELECT raw_id FROM message WHERE id = ?1", [message], |row| row.get(0))?;
            recado::blobs::read(c, raw)
        })
        .await
        .expect("the composed mail is kept");
    assert_eq!(kept[0].bytes, stored);
    assert_eq!(kept[0].envelope.recipients, ["helena@bemviver.example"]);
    let read = parse(&stored, &Limits::default());
    assert!(read.text.starts_with("Custa 100 reais.\n.\n..fim\n— ação"), "{}", read.text);
    house.close().await;
}

// proves: M23
#[rocket::async_test]
async fn a_note_never_leaves() {
    let (mut house, outbox) = House::quiet().await;
    house.serve().await;
    let conversation = asked(&house).await;
    house.write(conversation, MessageKind::Note, "segredo da equipe").await;
    let answer = house.write(conversation, MessageKind::Outgoing, "Bom dia").await;
    house.delivery(answer, "sent").await;
    let letters = outbox.letters();
    assert_eq!(letters.len(), 1);
    let sent = parse(&letters[0].raw, &Limits::default());
    assert!(!sent.text.contains("segredo"), "{}", sent.text);
    assert!(!sent.html.unwrap_or_default().contains("segredo"));
    house.close().await;
}

#[rocket::async_test]
async fn a_server_that_asks_to_wait_gets_the_answer_later_once() {
    let (house, peer, message) = answering(vec![Act::Greylist, Act::Unavailable, Act::Drop, Act::Accept]).await;
    with_time(&house, message, "sent").await;
    let mut received = peer.messages(1).await;
    // The owner may have been told by then that no mail left.
    received.retain(|mail| mail.recipients == ["helena@bemviver.example"]);
    assert_eq!(received.len(), 1);
    assert_eq!(house.text(RESENT, message).await, "0", "nothing was given before, so nothing may be doubled");
    assert_eq!(house.text(ERROR, message).await, "");
    peer.assert_polite();
    house.close().await;
}

#[rocket::async_test]
async fn a_refused_address_fails_at_once_with_its_reason_and_try_again_really_sends_once() {
    let (house, peer, message) = answering(vec![Act::RefuseRecipient("550 5.1.1 no such user".into())]).await;
    house.delivery(message, "failed").await;
    assert_eq!(house.text(ERROR, message).await, "delivery-refused-address");
    let detail = house.text("SELECT delivery_detail FROM message WHERE id = ?1", message).await;
    assert!(detail.contains("helena@bemviver.example") && detail.contains("no such user"), "{detail}");
    assert_eq!(peer.received().len(), 0);
    let by = house.owner().await;
    house.app.db.write(move |tx| writing::retry(tx, &by, message)).await.expect("it is tried again");
    house.delivery(message, "sent").await;
    assert_eq!(peer.messages(1).await.len(), 1);
    let by = house.owner().await;
    let again = house.app.db.write(move |tx| writing::retry(tx, &by, message)).await;
    assert!(matches!(again, Err(recado::error::Error::Conflict("conflict-already-sent"))), "{again:?}");
    peer.assert_polite();
    house.close().await;
}

#[rocket::async_test]
async fn a_refused_message_fails_with_the_servers_words() {
    let (house, peer, message) = answering(vec![Act::RefuseMessage("554 5.7.1 looks like spam".into())]).await;
    house.delivery(message, "failed").await;
    assert_eq!(house.text(ERROR, message).await, "delivery-refused");
    assert_eq!(peer.received().iter().filter(|mail| mail.acknowledged).count(), 0);
    house.close().await;
}

#[rocket::async_test]
async fn a_connection_lost_after_the_message_is_repeated_once_with_the_same_id_and_said_so() {
    let (house, peer, message) = answering(vec![Act::DropAfterMessage, Act::Accept]).await;
    with_time(&house, message, "sent").await;
    let received = peer.messages(2).await;
    assert_eq!(received.len(), 2, "one repetition and no more");
    assert_eq!(received[0].bytes, received[1].bytes, "the same bytes, so the same Message-ID");
    assert_eq!(house.text(RESENT, message).await, "1");
    house.close().await;
}

#[rocket::async_test]
async fn a_connection_lost_twice_is_left_to_a_person() {
    let (house, peer, message) = answering(vec![Act::DropAfterMessage, Act::DropAfterMessage, Act::Accept]).await;
    with_time(&house, message, "uncertain").await;
    house.app.clock().advance(6 * DAY);
    assert_eq!(peer.received().len(), 2, "never more than one repetition by itself");
    assert_eq!(house.text(ERROR, message).await, "delivery-unsure");
    house.close().await;
}

#[rocket::async_test]
async fn a_server_that_hangs_holds_nobody_and_is_tried_again() {
    let (house, peer, message) = answering(vec![Act::Hang(Moment::Recipient), Act::Accept]).await;
    peer.hanging(1).await;
    with_time(&house, message, "sent").await;
    assert_eq!(peer.received().len(), 1);
    house.close().await;
}

#[rocket::async_test]
async fn no_server_for_five_days_fails_and_says_so() {
    let mut house = House::sending_by(1).await;
    house.serve().await;
    let conversation = asked(&house).await;
    let message = house.write(conversation, MessageKind::Outgoing, "alguém?").await;
    until("the first reason to show", DEADLINE, || async { !house.text(ERROR, message).await.is_empty() }).await;
    assert_eq!(house.text(ERROR, message).await, "delivery-no-server");
    assert_eq!(house.text("SELECT delivery FROM message WHERE id = ?1", message).await, "queued");
    let problem = house.text("SELECT problem FROM inbox WHERE id = ?1", house.inbox.id).await;
    assert_eq!(problem, "delivery-no-server", "the inbox says what is wrong");
    house.app.clock().advance(6 * DAY);
    with_time(&house, message, "failed").await;
    assert_eq!(house.text(ERROR, message).await, "delivery-too-long-tried");
    house.close().await;
}

#[rocket::async_test]
async fn answers_of_one_conversation_leave_in_their_order() {
    let (house, peer, first) = answering(vec![Act::Greylist, Act::Accept, Act::Accept, Act::Accept]).await;
    let conversation = house.number("SELECT id FROM conversation").await;
    let second = house.write(conversation, MessageKind::Outgoing, "segunda").await;
    let third = house.write(conversation, MessageKind::Outgoing, "terceira").await;
    for message in [first, second, third] {
        with_time(&house, message, "sent").await;
    }
    let texts: Vec<String> =
        peer.messages(3).await.iter().map(|mail| parse(&mail.bytes, &Limits::default()).text).collect();
    assert!(texts[0].starts_with("Custa") && texts[1].starts_with("segunda") && texts[2].starts_with("terceira"));
    house.close().await;
}

#[rocket::async_test]
async fn a_server_that_died_while_sending_sends_once_more_and_says_so() {
    let peer = SmtpPeer::start().await;
    let mut house = House::sending_by(peer.port()).await;
    let conversation = asked(&house).await;
    let message = house.write(conversation, MessageKind::Outgoing, "interrompida").await;
    // What a crash in the middle leaves behind: a claimed job whose lease has ended, a message in "sending".
    house
        .app
        .db
        .write(move |tx| {
            tx.execute("UPDATE message SET delivery = 'sending' WHERE id = ?1", [message])?;
            tx.execute("UPDATE job SET state = 'running', attempts = 1, lease_until = ?1", [tx.now() - 1])?;
            Ok(())
        })
        .await
        .expect("the traces of a crash");
    house.serve().await;
    house.delivery(message, "sent").await;
    assert_eq!(house.text(RESENT, message).await, "1");
    assert_eq!(peer.messages(1).await.len(), 1);
    house.close().await;
}

#[rocket::async_test]
async fn a_bounce_marks_the_message_it_is_about() {
    let (mut house, outbox) = House::quiet().await;
    house.serve().await;
    let conversation = asked(&house).await;
    let message = house.write(conversation, MessageKind::Outgoing, "chegou?").await;
    house.delivery(message, "sent").await;
    let sent = parse(&outbox.letters()[0].raw, &Limits::default());
    let id = sent.message_id.unwrap_or_default();
    let report = format!(
        "Message-ID: <b1@mx>\r\nReturn-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nNot delivered.\r\n--b\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Final-Recipient: rfc822; helena@bemviver.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 no such user\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n\
         Message-ID: <{id}>\r\n--b--\r\n"
    );
    let (receipt, _) = house.receive(report.as_bytes()).await;
    assert_eq!(receipt.outcome, recado::conversations::model::Outcome::Bounce);
    assert_eq!(receipt.conversation, conversation);
    assert_eq!(house.text("SELECT delivery FROM message WHERE id = ?1", message).await, "failed");
    assert_eq!(house.text(ERROR, message).await, "delivery-bounced");
    let marked = house.number("SELECT count(*) FROM contact_point WHERE undeliverable_at IS NOT NULL").await;
    assert_eq!(marked, 1);
    house.close().await;
}

#[tokio::test]
async fn the_server_ends_in_order_on_a_single_thread_with_pages_and_streams_open() {
    let (house, browser) = House::served().await;
    let conversation = asked(&house).await;
    let message = house.write(conversation, MessageKind::Outgoing, "Custa 100 reais.").await;
    house.delivery(message, "sent").await;
    assert_eq!(browser.get("/conversations").await.status, 200);
    let stream = browser.request(reqwest::Method::GET, "/live").send().await.expect("a stream");
    assert_eq!(stream.status(), 200);
    let (ended, rest) =
        timeout(DEADLINE, async { tokio::join!(house.close(), stream.bytes()) }).await.expect("it ends");
    assert_eq!(((), rest.is_ok()), (ended, true), "the stream was closed and not cut");
}
