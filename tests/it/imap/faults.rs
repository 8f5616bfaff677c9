//! Servers that break rules, and networks that break: nothing is lost, nothing is doubled, nobody else waits.

use recado::clock::MINUTE;
use recado::config::PrivateHosts;
use recado::inboxes::{AfterReading, History, Inbox, OwnMailbox};
use recado::mailer::Outbox;

use super::{letter, letters};
use crate::support::house::{House, Way, mail};
use crate::support::imap::{Deed, ImapPeer, Trick};
use crate::support::mailbox::{arrived, broken, caught_up, connect, own, problem, subjects};
use crate::support::rounds::{Chance, rounds};
use crate::support::wait::{DEADLINE, until};

async fn house() -> House {
    House::with(Way::Memory(Outbox::default()), |config| config.private_mail_hosts = PrivateHosts::Allowed).await
}

/// A house that serves, a peer, and an inbox that has looked at its empty mailbox.
async fn connected() -> (House, ImapPeer, Inbox) {
    let (mut house, peer) = (house().await, ImapPeer::start().await);
    house.serve().await;
    let inbox = connect(&house, "ana", own(peer.port(), "ana")).await;
    caught_up(&house, &inbox).await;
    peer.idling().await;
    (house, peer, inbox)
}

/// Moves the clock until so many mails are in: pauses after failures are minutes.
async fn with_time(house: &House, inbox: &Inbox, count: usize) -> Vec<String> {
    until(&format!("{count} mails"), DEADLINE, async || {
        house.app.clock().advance(MINUTE);
        subjects(house, inbox).await.len() >= count
    })
    .await;
    subjects(house, inbox).await
}

/// The connection breaks at any byte of what the server says; in `bin/test --long` a thousand times.
#[rocket::async_test]
async fn a_connection_cut_anywhere_loses_and_doubles_nothing() {
    let mut chance = Chance::of("imap cuts");
    let (wanted, mut cuts) = (rounds(1000) as usize, 0);
    while cuts < wanted {
        let (mut house, peer) = (house().await, ImapPeer::start().await);
        let inbox = connect(&house, "ana", OwnMailbox { history: History::All, ..own(peer.port(), "ana") }).await;
        for number in 0..50 {
            peer.deliver(&letter(number));
        }
        // All that is said to the first to connect is about 22,000 bytes.
        let places: Vec<usize> = (0..10).map(|_| chance.below(20_000)).collect();
        peer.play(places.iter().map(|bytes| Trick("GREETING", Deed::CutAfter(*bytes))));
        house.serve().await;
        let mut found = with_time(&house, &inbox, 50).await;
        found.sort_by_key(|subject| subject["Carta ".len()..].parse::<usize>().ok());
        assert_eq!(found, letters(50), "cut after {places:?} bytes");
        assert_eq!(house.number("SELECT count(*) FROM message WHERE unreadable = 1").await, 0);
        peer.assert_polite();
        cuts += peer.connections() - 1;
        house.close().await;
    }
}

#[rocket::async_test]
async fn mails_that_were_numbered_anew_come_once_and_what_came_meanwhile_is_new() {
    let (house, peer, inbox) = connected().await;
    for number in 0..20 {
        peer.deliver(&letter(number));
    }
    arrived(&house, &inbox, 20).await;
    let closing = "UPDATE conversation SET state = 'closed'";
    house.app.db.write(move |tx| Ok(tx.execute(closing, [])?)).await.expect("all are closed");
    let before = mail("old@x.example", "Olga <olga@x.example>", "De antes", "Nunca foi nossa");
    peer.change(|state| {
        state.validity = 8;
        // Another order, other numbers, one of before the inbox was connected, one more that nobody has seen.
        state.mails.reverse();
        for (at, mail) in state.mails.iter_mut().enumerate() {
            mail.uid = 101 + u32::try_from(at).expect("few");
        }
        state.next = 121;
    });
    peer.deliver_at(&before, "20-Nov-2020 10:00:00 -0300");
    let now = house.app.clock().now();
    peer.deliver_at(&letter(20), date(now));
    peer.drop_all();
    let found = with_time(&house, &inbox, 21).await;
    assert_eq!(found, letters(21), "the old ones once, the new one too, and not what was never ours");
    let open = "SELECT count(*) FROM conversation WHERE state = 'open'";
    assert_eq!(house.number(open).await, 1, "only the new one opened anything");
    assert_eq!(house.number("SELECT uid_validity FROM mailbox_cursor").await, 8);
    peer.deliver(&letter(21));
    assert_eq!(with_time(&house, &inbox, 22).await, letters(22));
    peer.assert_polite();
    house.close().await;
}

/// As IMAP writes it. The text lives as long as the test.
fn date(now: recado::clock::Millis) -> &'static str {
    let at = jiff::Timestamp::from_millisecond(now).expect("a time").to_zoned(jiff::tz::TimeZone::UTC);
    Box::leak(at.strftime("%d-%b-%Y %H:%M:%S +0000").to_string().into_boxed_str())
}

#[rocket::async_test]
async fn a_server_that_hangs_delays_no_other_inbox() {
    let (mut house, stuck, well) = (house().await, ImapPeer::start().await, ImapPeer::start().await);
    house.serve().await;
    stuck.play([Trick("UID FETCH", Deed::Hang), Trick("GREETING", Deed::Hang)]);
    stuck.deliver(&letter(99));
    let history = History::All;
    let one = connect(&house, "ana", OwnMailbox { history, ..own(stuck.port(), "ana") }).await;
    let other = connect(&house, "bia", own(well.port(), "bia")).await;
    // The first trick is at the greeting.
    stuck.hanging(1).await;
    caught_up(&house, &other).await;
    well.deliver(&letter(0));
    assert_eq!(arrived(&house, &other, 1).await, letters(1));
    assert!(subjects(&house, &one).await.is_empty());
    broken(&house, &one, "imap-no-answer").await;
    assert_eq!(problem(&house, &other).await, "");
    assert_eq!(with_time(&house, &one, 1).await, ["Carta 99"], "it comes when the server is well again");
    well.assert_polite();
    house.close().await;
}

#[rocket::async_test]
async fn a_server_without_idle_is_asked_every_minute() {
    let (mut house, peer) = (house().await, ImapPeer::start().await);
    peer.change(|state| state.abilities = vec!["IMAP4rev1"]);
    house.serve().await;
    let inbox = connect(&house, "ana", own(peer.port(), "ana")).await;
    caught_up(&house, &inbox).await;
    for number in 0..3 {
        peer.deliver(&letter(number));
        assert_eq!(with_time(&house, &inbox, number + 1).await, letters(number + 1));
    }
    assert_eq!(peer.connections(), 1, "over one connection");
    assert!(!peer.commands().iter().any(|command| command == "IDLE"));
    peer.assert_polite();
    house.close().await;
}

#[rocket::async_test]
async fn a_wait_is_begun_anew_before_servers_end_it_and_a_mail_they_forgot_to_tell_is_found() {
    let (house, peer, inbox) = connected().await;
    let waits = || peer.commands().iter().filter(|command| *command == "IDLE").count();
    let first = waits();
    until("the wait to be begun anew", DEADLINE, async || {
        house.app.clock().advance(MINUTE);
        waits() > first
    })
    .await;
    // Told by nobody: the server swallows the news.
    peer.play([Trick("IDLING", Deed::Hang)]);
    peer.deliver(&letter(0));
    assert_eq!(with_time(&house, &inbox, 1).await, letters(1), "a connection that is dead is noticed");
    assert_eq!(house.number("SELECT count(*) FROM event WHERE kind = 'inbox.lost'").await, 0);
    peer.assert_polite();
    house.close().await;
}

#[rocket::async_test]
async fn what_a_server_cannot_is_asked_in_another_way() {
    let (house, peer, inbox) = connected().await;
    peer.play([
        Trick("UID FETCH 1:* (UID FLAGS RFC822.SIZE", Deed::Bad("unknown item")),
        Trick("UID FETCH 1 (UID BODY.PEEK[]<0.", Deed::No("[SERVERBUG] not today")),
        Trick("IDLE", Deed::Bad("not today")),
    ]);
    peer.deliver(&letter(0));
    assert_eq!(with_time(&house, &inbox, 1).await, letters(1));
    peer.played().await;
    peer.assert_polite();
    house.close().await;
}

#[rocket::async_test]
async fn a_mail_that_is_never_given_is_shown_as_such_and_those_behind_it_come() {
    let (house, peer, inbox) = connected().await;
    let refused = |command| std::iter::repeat_n(Trick(command, Deed::No("[SERVERBUG] broken mail")), 9);
    peer.play(refused("UID FETCH 1:3 (UID BODY"));
    peer.play(refused("UID FETCH 1,2,3 (UID BODY"));
    peer.play(refused("UID FETCH 1 (UID BODY.PEEK[]"));
    for number in 0..3 {
        peer.deliver(&letter(number));
    }
    peer.drop_all();
    assert_eq!(with_time(&house, &inbox, 3).await, ["?", "Carta 1", "Carta 2"]);
    assert_eq!(house.number("SELECT unreadable FROM message ORDER BY id LIMIT 1").await, 1);
    until("the problem to be gone", DEADLINE, async || problem(&house, &inbox).await.is_empty()).await;
    house.close().await;
}

#[rocket::async_test]
async fn a_mail_that_vanishes_before_it_is_fetched_holds_nothing_up() {
    let (house, peer, inbox) = connected().await;
    peer.play([Trick("UID FETCH 1", Deed::Nothing), Trick("UID FETCH 1 (UID)", Deed::Nothing)]);
    peer.deliver(&letter(0));
    peer.deliver(&letter(1));
    assert!(with_time(&house, &inbox, 1).await.contains(&"Carta 1".to_owned()));
    peer.assert_polite();
    house.close().await;
}

#[rocket::async_test]
async fn mails_marked_for_removal_do_not_come() {
    let (house, peer, inbox) = connected().await;
    peer.change(|state| {
        let mail = |uid, flags: Vec<String>| crate::support::imap::Mail {
            uid,
            raw: letter(uid as usize),
            came: "20-Nov-2026 10:00:00 -0300",
            flags,
        };
        state.mails = vec![mail(1, vec!["\\Deleted".to_owned()]), mail(2, vec!["\\Seen".to_owned()])];
        state.next = 3;
    });
    assert_eq!(arrived(&house, &inbox, 1).await, ["Carta 2"], "read by somebody else is no reason");
    peer.deliver(&letter(3));
    assert_eq!(arrived(&house, &inbox, 2).await, ["Carta 2", "Carta 3"]);
    peer.assert_polite();
    house.close().await;
}

#[rocket::async_test]
async fn what_is_not_imap_ends_in_words_and_never_in_memory() {
    static ENDLESS: [u8; 64 * 1024] = [b'x'; 64 * 1024];
    for (trick, key) in [
        (Trick("GREETING", Deed::Say(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec())), "imap-answer"),
        (Trick("GREETING", Deed::Bye("too many connections")), "imap-refused"),
        (Trick("GREETING", Deed::Endless(&ENDLESS)), "imap-answer"),
        (Trick("LOGIN", Deed::No("[AUTHENTICATIONFAILED] wrong")), "imap-password"),
        (Trick("LOGIN", Deed::No("[UNAVAILABLE] later")), "imap-unavailable"),
        (Trick("EXAMINE", Deed::Bad("what")), "imap-answer"),
        (Trick("EXAMINE", Deed::No("[NONEXISTENT] what")), "imap-no-folder"),
        (Trick("UID FETCH", Deed::Endless(b"* 1 FETCH (UID 1 BODY[] {4294967295}\r\n")), "imap-answer"),
        (Trick("UID FETCH", Deed::Endless(&ENDLESS)), "imap-answer"),
        (Trick("UID FETCH", Deed::Endless(b"nonsense\r\n")), "imap-answer"),
        (Trick("UID FETCH", Deed::Endless(b"* 1 FETCH ((((((((\r\n")), "imap-answer"),
        (Trick("UID FETCH", Deed::Bye("going down")), "imap-lost"),
    ] {
        let (mut house, peer) = (house().await, ImapPeer::start().await);
        peer.deliver(&letter(0));
        let what = format!("{trick:?}").chars().take(80).collect::<String>();
        peer.play([trick]);
        house.serve().await;
        let inbox = connect(&house, "ana", OwnMailbox { history: History::All, ..own(peer.port(), "ana") }).await;
        broken(&house, &inbox, key).await;
        assert_eq!(with_time(&house, &inbox, 1).await, letters(1), "{what}");
        house.close().await;
    }
}

#[rocket::async_test]
async fn noise_between_answers_is_passed_over() {
    let (house, peer, inbox) = connected().await;
    let noise = b"* OK Still here\r\n* 99 WHAT (is (this))\r\n* VANISHED 3\r\n* X {3}\r\nabc\r\n* \r\nhello\r\n\
                  * 1 FETCH (FLAGS (\\Seen))\r\n* LIST )(\r\n"
        .to_vec();
    peer.play([Trick("UID FETCH", Deed::Say(noise.clone())), Trick("UID FETCH", Deed::Say(noise))]);
    peer.deliver(&letter(0));
    assert_eq!(arrived(&house, &inbox, 1).await, letters(1));
    assert_eq!(peer.connections(), 1);
    peer.assert_polite();
    house.close().await;
}

#[rocket::async_test]
async fn a_mark_that_was_cut_off_is_set_the_next_time() {
    let (mut house, peer) = (house().await, ImapPeer::start().await);
    house.serve().await;
    let marking = OwnMailbox { after: AfterReading::MarkSeen, ..own(peer.port(), "ana") };
    let inbox = connect(&house, "ana", marking).await;
    caught_up(&house, &inbox).await;
    peer.play([Trick("UID STORE", Deed::CutAfter(0)), Trick("UID STORE", Deed::Bye("again"))]);
    peer.deliver(&letter(0));
    arrived(&house, &inbox, 1).await;
    until("the mark", DEADLINE, async || {
        house.app.clock().advance(MINUTE);
        let mut seen = false;
        peer.change(|state| seen = state.mails[0].flags.contains(&"\\Seen".to_owned()));
        seen && peer.has_played()
    })
    .await;
    assert_eq!(subjects(&house, &inbox).await, letters(1));
    peer.assert_polite();
    house.close().await;
}
