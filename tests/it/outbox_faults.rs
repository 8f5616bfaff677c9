//! A mail server that fails in every way, over and over: no answer is lost, none is sent twice without a word.

use recado::channels::email::{Limits, parse};
use recado::clock::HOUR;
use recado::conversations::model::MessageKind;

use crate::support::house::{House, mail};
use crate::support::rounds::{Chance, rounds};
use crate::support::smtp::{Act, SmtpPeer};
use crate::support::wait::{DEADLINE, until};

/// Up to four faults; the server is well afterwards.
fn faults(chance: &mut Chance) -> Vec<Act> {
    let some = [
        Act::Drop,
        Act::Unavailable,
        Act::Greylist,
        Act::DropAfterMessage,
        Act::RefuseRecipient("550 5.1.1 no such user".to_owned()),
        Act::RefuseRecipient("452 4.2.2 mailbox full".to_owned()),
        Act::RefuseMessage("554 5.7.1 spam".to_owned()),
        Act::RefuseMessage("451 4.3.0 later".to_owned()),
        Act::Accept,
    ];
    let count = chance.below(5);
    (0..count).map(|_| chance.one_of(&some).clone()).collect()
}

/// One answer through these faults: where it ends, how often it arrived, and whether its page says that it was sent again.
async fn through(house: &House, peer: &SmtpPeer, round: u32, acts: Vec<Act>) -> (String, usize, bool) {
    let text = format!("resposta {round}");
    let raw = mail(&format!("q{round}@x"), &format!("c{round}@x.example"), "pergunta", "oi");
    let conversation = house.receive(&raw).await.0.conversation;
    // An inbox that was lost for a while takes no answers until somebody found its server well again.
    until("the inbox to be well", DEADLINE, || async {
        let lost = house.number("SELECT count(*) FROM inbox WHERE told_at IS NOT NULL").await;
        if lost > 0 {
            house.app.clock().advance(HOUR / 4);
        }
        lost == 0
    })
    .await;
    let before = peer.received().len();
    peer.script(acts);
    let message = house.write(conversation, MessageKind::Outgoing, &text).await;
    let state = async || house.text("SELECT delivery FROM message WHERE id = ?1", message).await;
    until(&format!("round {round} to end"), DEADLINE, || async {
        let waits = house.text("SELECT coalesce(delivery_error, '') FROM message WHERE id = ?1", message).await;
        let now = state().await;
        if now == "queued" && !waits.is_empty() {
            house.app.clock().advance(HOUR / 4);
        }
        !matches!(now.as_str(), "queued" | "sending")
    })
    .await;
    // What is left of the faults belongs to this round.
    peer.forget_script();
    let mut arrived = peer.received().split_off(before);
    arrived.retain(|copy| parse(&copy.bytes, &Limits::default()).text.starts_with(&text));
    assert!(arrived.iter().all(|copy| copy.bytes == arrived[0].bytes), "round {round}: copies differ");
    let resent = house.text("SELECT CAST(resent AS TEXT) FROM message WHERE id = ?1", message).await == "1";
    if state().await != "sent" {
        let why = house.text("SELECT delivery_error FROM message WHERE id = ?1", message).await;
        assert!(why.starts_with("delivery-"), "round {round}: no reason is given");
    }
    (state().await, arrived.len(), resent)
}

#[rocket::async_test]
async fn whatever_the_server_does_an_answer_arrives_once_or_says_what_happened() {
    let mut chance = Chance::of("outbox faults");
    let peer = SmtpPeer::start().await;
    let mut house = House::sending_by(peer.port()).await;
    house.serve().await;
    for round in 0..rounds(500) {
        let acts = faults(&mut chance);
        let what = format!("round {round}, {acts:?}");
        let lost = acts.iter().filter(|act| **act == Act::DropAfterMessage).count();
        let (state, copies, resent) = through(&house, &peer, round, acts).await;
        assert!(
            copies <= 2 && copies <= lost + 1,
            "{what}: {copies} copies, {state}, {resent}\n{:#?}",
            peer.commands().iter().rev().take(24).collect::<Vec<_>>()
        );
        assert!(copies < 2 || resent, "{what}: two copies and not a word");
        match state.as_str() {
            "sent" => assert!(copies >= 1, "{what}: sent, and nothing arrived"),
            "uncertain" => assert!(copies >= 1 && lost >= 1, "{what}: uncertain for nothing"),
            "failed" => {}
            other => panic!("{what}: {other}"),
        }
    }
    assert_eq!(house.number("SELECT count(*) FROM job WHERE kind = 'deliver' AND state = 'running'").await, 0);
    peer.assert_polite();
    house.close().await;
}
