//! The mail server is away for a day: every answer leaves when it is back, once, in the order of its conversation.

use std::collections::HashMap;

use recado::channels::email::{Limits, parse};
use recado::clock::{HOUR, MINUTE};
use recado::conversations::model::{MessageKind, Written};
use recado::conversations::store::writing;

use crate::support::house::{House, mail};
use crate::support::smtp::{Act, SmtpPeer};
use crate::support::wait::{DEADLINE, until};

/// Answers in each conversation.
const EACH: usize = 5;

/// Answers that wait in all: 1,000, in `bin/test --long` 10,000.
fn answers() -> usize {
    if std::env::var_os("RECADO_TEST_LONG").is_some() { 10_000 } else { 1_000 }
}

#[rocket::async_test]
async fn a_day_without_a_mail_server_loses_doubles_and_reorders_nothing() {
    let peer = SmtpPeer::start().await;
    peer.script(vec![Act::Drop; 100_000]);
    let mut house = House::sending_by(peer.port()).await;
    let conversations = write_all(&house, answers()).await;
    house.serve().await;
    let mut minutes = 0;
    for _ in 0..8 {
        house.app.clock().advance(3 * HOUR);
        minutes += 3 * 60;
        caught_up(&house).await;
    }
    assert!(peer.connections() > 8, "it was tried");
    assert!(peer.connections() <= minutes, "{} attempts in {minutes} minutes", peer.connections());
    assert!(peer.received().is_empty());
    let waiting = "SELECT count(*) FROM message WHERE delivery = 'queued'";
    assert_eq!(usize::try_from(house.number(waiting).await).expect("a count"), answers());
    let problem = house.text("SELECT problem FROM inbox WHERE id = ?1", house.inbox.id).await;
    assert_eq!(problem, "delivery-no-server", "the inbox says what is wrong");

    peer.recover();
    until("every answer to leave", DEADLINE * 30, async || {
        house.app.clock().advance(HOUR);
        caught_up(&house).await;
        house.number(waiting).await == 0
    })
    .await;
    let mut arrived: HashMap<String, Vec<String>> = HashMap::new();
    // The inbox's owner was told, too.
    for letter in peer.received().iter().filter(|letter| letter.recipients[0].ends_with("@cliente.example")) {
        let read = parse(&letter.bytes, &Limits::default());
        let text = read.text.lines().next().unwrap_or_default().to_owned();
        arrived.entry(letter.recipients[0].clone()).or_default().push(text);
    }
    let expected: Vec<String> = (0..EACH).map(|number| format!("resposta {number}")).collect();
    assert_eq!(arrived.len(), conversations);
    assert!(arrived.values().all(|texts| *texts == expected), "each once and in order");
    peer.assert_polite();
    house.close().await;
}

/// Writes so many answers; says in how many conversations.
async fn write_all(house: &House, answers: usize) -> usize {
    let by = house.owner().await;
    let conversations = answers / EACH;
    for number in 0..conversations {
        let from = format!("Ana <ana{number}@cliente.example>");
        let (receipt, _) = house.receive(&mail(&format!("q{number}@x.example"), &from, "Pedido", "Olá")).await;
        let by = by.clone();
        let write = move |tx: &recado::db::Tx<'_>| {
            for number in 0..EACH {
                let text = format!("resposta {number}");
                let written = Written { kind: MessageKind::Outgoing, text, client_id: None, files: Vec::new() };
                writing::write(tx, &by, receipt.conversation, &written)?;
            }
            Ok(())
        };
        house.app.db.write(write).await.expect("they are kept");
    }
    conversations
}

/// Waits until nothing is due.
async fn caught_up(house: &House) {
    let due = |connection: &recado::db::Connection, now: i64| {
        let sql = "SELECT count(*) FROM job j WHERE kind = 'deliver' AND (state = 'running' OR (run_at <= ?1
                     AND NOT EXISTS (SELECT 1 FROM job o WHERE o.lane = j.lane AND o.id < j.id)))";
        Ok(connection.query_row(sql, [now], |row| row.get::<_, i64>(0))?)
    };
    until("nothing to be due", DEADLINE * 30, async || {
        // A moment earlier: what becomes due while this looks is for the next look.
        let now = house.app.clock().now() - MINUTE;
        house.app.db.read(move |connection| due(connection, now)).await.expect("jobs") == 0
    })
    .await;
}
