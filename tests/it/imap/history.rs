//! What was in the mailbox before it was connected: left there, or taken in closed, silent, with its real dates.

use recado::clock::{Clock, DAY};
use recado::inboxes::{History, Inbox, OwnMailbox};

use super::{house, letter};
use crate::support::dovecot::Dovecot;
use crate::support::house::{House, mail};
use crate::support::mailbox::{arrived, caught_up, connect, own, subjects};

/// A mailbox with a conversation of 90 days ago, two of the last days (one mail answers another, and lies before it), and
/// an answer of an assistant.
fn filled() -> Dovecot {
    let dovecot = Dovecot::start(&["ana"]);
    let old = mail("old@x.example", "Olga <olga@x.example>", "Antiga", "Há muito tempo");
    let second =
        String::from_utf8(mail("two@x.example", "Bia <bia@x.example>", "Re: Recente", "E então?")).expect("text");
    let second = second.replace("MIME-Version", "In-Reply-To: <one@x.example>\r\nMIME-Version");
    let first = mail("one@x.example", "Bia <bia@x.example>", "Recente", "Há pouco tempo");
    let away = String::from_utf8(mail("away@x.example", "Rui <rui@x.example>", "Fora do escritório", "Volto logo"));
    let away = away.expect("text").replace("MIME-Version", "Auto-Submitted: auto-replied\r\nMIME-Version");
    for (raw, days) in [(old, 90), (second.into_bytes(), 9), (first, 10), (away.into_bytes(), 8)] {
        dovecot.deliver_at("ana", &raw, Clock::default().now() - days * DAY);
    }
    dovecot
}

async fn connected(history: History) -> (Dovecot, House, Inbox) {
    let dovecot = filled();
    let mut house = house(&dovecot).await;
    house.serve().await;
    let inbox = connect(&house, "ana", OwnMailbox { history, ..own(dovecot.port(), "ana") }).await;
    caught_up(&house, &inbox).await;
    (dovecot, house, inbox)
}

#[rocket::async_test]
async fn by_default_mail_comes_from_now_on() {
    let (dovecot, house, inbox) = connected(History::None).await;
    dovecot.deliver("ana", &letter(0));
    assert_eq!(arrived(&house, &inbox, 1).await, ["Carta 0"]);
    assert_eq!(house.number("SELECT count(*) FROM conversation WHERE state = 'open'").await, 1);
    house.close().await;
}

#[rocket::async_test]
async fn the_last_thirty_days_come_in_their_order_and_what_is_older_stays() {
    let (dovecot, house, inbox) = connected(History::Month).await;
    let expected = ["Recente", "Re: Recente", "Fora do escritório"];
    assert_eq!(arrived(&house, &inbox, 3).await, expected);
    dovecot.deliver("ana", &letter(0));
    assert_eq!(arrived(&house, &inbox, 4).await[3], "Carta 0");
    assert!(!subjects(&house, &inbox).await.contains(&"Antiga".to_owned()));
    house.close().await;
}

#[rocket::async_test]
async fn what_was_there_comes_in_closed_and_silent_with_its_real_dates() {
    let (dovecot, mut house, inbox) = connected(History::All).await;
    assert_eq!(arrived(&house, &inbox, 4).await[..3], ["Antiga", "Recente", "Re: Recente"]);
    assert_eq!(house.number("SELECT count(*) FROM conversation").await, 3, "the answer is where it belongs");
    for (wrong, sql) in [
        ("open", "SELECT count(*) FROM conversation WHERE state != 'closed'"),
        ("waiting", "SELECT count(*) FROM conversation WHERE unanswered = 1"),
        ("counted", "SELECT count(*) FROM conversation_counter WHERE open + unanswered > 0"),
        ("closed by somebody", "SELECT count(*) FROM closure WHERE closed_by IS NOT NULL"),
        ("with work following", "SELECT count(*) FROM job"),
        ("news", "SELECT count(*) FROM event WHERE kind IN ('message.received', 'conversation.created')"),
        ("the last mail in", "SELECT count(*) FROM inbox WHERE last_in_at IS NOT NULL"),
        (
            "not dated as it is",
            "SELECT count(*) FROM conversation c JOIN message m ON m.conversation_id = c.id
                                 WHERE m.created_at > (SELECT max(created_at) FROM event) - 7 * 86400000
                                    OR c.last_activity_at > (SELECT max(created_at) FROM event) - 7 * 86400000",
        ),
    ] {
        assert_eq!(house.number(sql).await, 0, "{wrong}");
    }
    assert_eq!(house.number("SELECT count(*) FROM event WHERE kind = 'message.imported'").await, 4);
    let progress = "SELECT history_taken * 100 + history_total FROM mailbox_cursor";
    assert_eq!(house.number(progress).await, 404, "4 of 4, for the health page");
    assert_eq!(unread(&house).await, 0);

    house.pause().await;
    house.serve().await;
    let answer =
        String::from_utf8(mail("new@x.example", "Bia <bia@x.example>", "Re: Recente", "Ainda?")).expect("text");
    dovecot.deliver("ana", answer.replace("MIME-Version", "In-Reply-To: <two@x.example>\r\nMIME-Version").as_bytes());
    arrived(&house, &inbox, 5).await;
    let open = "SELECT count(*) FROM conversation WHERE state = 'open' AND unanswered = 1 AND subject = 'Recente'";
    assert_eq!(house.number(open).await, 1, "a new answer opens what was closed");
    assert_eq!(unread(&house).await, 1);
    house.close().await;
}

/// Messages not read by the owner, in all conversations.
async fn unread(house: &House) -> i64 {
    let sql = "SELECT coalesce(sum(c.incoming_count - coalesce(m.incoming_seen, 0)), 0)
                 FROM conversation c LEFT JOIN read_mark m ON m.conversation_id = c.id AND m.user_id = 1";
    house.number(sql).await
}

#[rocket::async_test]
async fn while_what_was_there_comes_in_new_mail_does_not_wait_for_it() {
    let dovecot = Dovecot::start(&["ana"]);
    let past = Clock::default().now() - 5 * DAY;
    for number in 0..2000 {
        dovecot.deliver_at("ana", &letter(number), past);
    }
    let mut house = house(&dovecot).await;
    house.serve().await;
    let inbox = connect(&house, "ana", OwnMailbox { history: History::All, ..own(dovecot.port(), "ana") }).await;
    arrived(&house, &inbox, 1).await;
    dovecot.deliver("ana", &mail("urgent@x.example", "Bia <bia@x.example>", "Urgente", "Agora"));
    arrived(&house, &inbox, 2001).await;
    assert_eq!(house.number("SELECT count(*) FROM event WHERE kind = 'message.received'").await, 1);
    assert_ne!(subjects(&house, &inbox).await[2000], "Urgente", "it came before the last of the old ones");
    assert_eq!(house.number("SELECT count(*) FROM message").await, 2001, "and none came twice");
    house.close().await;
}
