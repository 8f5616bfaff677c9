//! The power goes out: what was acknowledged is there, once, and what was being sent is sent at most once more.

use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

use recado::channels::email::{Limits, parse};
use recado::conversations::model::MessageKind;
use rocket::tokio::task::spawn_blocking;

use crate::support::house::{House, mail};
use crate::support::process::{ServerProcess, Settings, open};
use crate::support::rounds::{Chance, rounds};
use crate::support::smtp::SmtpPeer;
use crate::support::wait::{DEADLINE, until};

/// Mails piped in during one round.
const MAILS: u32 = 8;
/// Answers waiting when the server starts.
const ANSWERS: u32 = 6;

#[rocket::async_test]
async fn a_killed_server_loses_nothing_acknowledged_and_doubles_nothing_silently() {
    let mut chance = Chance::of("crash");
    let mut slowest = 0;
    for round in 0..rounds(500) {
        slowest = slowest.max(one_round(round, &mut chance).await);
    }
    println!("slowest restart to \"serves\": {slowest} ms");
}

async fn one_round(round: u32, chance: &mut Chance) -> u128 {
    let peer = SmtpPeer::start().await;
    let (house, _outbox) = House::quiet().await;
    let answers = queue_answers(&house).await;
    let folder = house.folder.path().to_owned();
    house.app.db.close();
    let settings = Settings::new(&folder, Some(peer.port()));

    let server = ServerProcess::start(&settings);
    let piped = spawn_blocking({
        let settings = settings.clone();
        move || pipe_all(&settings, round)
    });
    let enough = chance.below(ANSWERS as usize);
    until("the peer to have some answers", DEADLINE, || async { peer.received().len() >= enough }).await;
    server.kill();
    let acknowledged = piped.await.expect("all were piped");

    let started = Instant::now();
    let server = ServerProcess::start(&settings);
    let ready = started.elapsed().as_millis();
    let again = spawn_blocking({
        let settings = settings.clone();
        move || pipe_all(&settings, round)
    });
    assert!(again.await.expect("all were piped again").iter().all(|code| *code == Some(0)));
    assert!(acknowledged.iter().all(|code| matches!(code, Some(0 | 75))), "{acknowledged:?}");
    let expected: Vec<String> = answers.iter().map(|n| format!("resposta {n}")).collect();
    until("every answer to arrive", DEADLINE, || async { texts(&peer).len() == expected.len() }).await;
    server.kill();

    for (text, ids) in texts(&peer) {
        assert!(expected.contains(&text), "{text}");
        assert!(ids.len() <= 2, "{text} was sent {} times", ids.len());
        assert!(ids.iter().all(|id| *id == ids[0]), "every copy has the same Message-ID: {ids:?}");
    }
    look_inside(&folder);
    ready
}

/// Answers in as many conversations, queued while no server runs.
async fn queue_answers(house: &House) -> Vec<u32> {
    for n in 0..ANSWERS {
        let raw = mail(&format!("a{n}@x"), &format!("Ana <ana{n}@x.example>"), "Pedido", "Olá");
        let (receipt, _) = house.receive(&raw).await;
        house.write(receipt.conversation, MessageKind::Outgoing, &format!("resposta {n}")).await;
    }
    (0..ANSWERS).collect()
}

fn pipe_all(settings: &Settings, round: u32) -> Vec<Option<i32>> {
    let pipe = |n: u32| {
        let raw = mail(&format!("r{round}n{n}@y"), "Bia <bia@y.example>", &format!("Carta {n}"), "texto");
        settings.run(&["mail-in", "--inbox", "Contato da loja"], &raw).0
    };
    (0..MAILS).map(pipe).collect()
}

/// What the peer has, by the first line of the text: the Message-IDs it came under.
fn texts(peer: &SmtpPeer) -> HashMap<String, Vec<String>> {
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    for received in peer.received() {
        let mail = parse(&received.bytes, &Limits::default());
        let line = mail.text.lines().next().unwrap_or_default().to_owned();
        found.entry(line).or_default().push(mail.message_id.unwrap_or_default());
    }
    found
}

/// The file is sound, every mail is there once, and an answer that may have arrived twice says so.
fn look_inside(folder: &Path) {
    let db = open(&folder.join("recado.sqlite"));
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a number");
    let verdict: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a verdict");
    assert_eq!(verdict, "ok");
    assert_eq!(count("SELECT count(*) FROM message WHERE kind = 'incoming'"), i64::from(MAILS + ANSWERS));
    assert_eq!(
        count("SELECT count(*) FROM (SELECT DISTINCT external_id FROM message)"),
        i64::from(MAILS + 2 * ANSWERS)
    );
    assert_eq!(count("SELECT count(*) FROM conversation_counter WHERE open < 0"), 0);
    let kept: i64 = count("SELECT sum(open) FROM conversation_counter");
    assert_eq!(kept, count("SELECT count(*) FROM conversation WHERE state = 'open'"), "counters are right");
}
