//! What becomes of mails in the mailbox: nothing unless somebody wants it, and only what is stored here.

use recado::inboxes::{AfterReading, History, OwnMailbox};

use super::{house, letter, letters};
use crate::support::dovecot::{Dovecot, Stored};
use crate::support::mailbox::{arrived, caught_up, change, connect, own};
use crate::support::wait::{DEADLINE, until};

fn flags(mails: &[Stored]) -> Vec<&str> {
    mails.iter().map(|mail| mail.flags.as_str()).collect()
}

#[rocket::async_test]
async fn stored_mails_are_marked_as_seen_if_wanted_and_no_others() {
    let dovecot = Dovecot::start(&["ana"]);
    dovecot.deliver("ana", &letter(99));
    let mut house = house(&dovecot).await;
    house.serve().await;
    let inbox = connect(&house, "ana", own(dovecot.port(), "ana")).await;
    caught_up(&house, &inbox).await;
    dovecot.deliver("ana", &letter(0));
    arrived(&house, &inbox, 1).await;
    let marking = OwnMailbox { after: AfterReading::MarkSeen, ..own(dovecot.port(), "ana") };
    change(&house, &inbox, marking, None).await;
    dovecot.deliver("ana", &letter(1));
    dovecot.deliver("ana", &letter(2));
    assert_eq!(arrived(&house, &inbox, 3).await, letters(3));
    until("the marks", DEADLINE, async || flags(&dovecot.mails("ana", "")) == ["", "", "S", "S"]).await;
    house.close().await;
}

#[rocket::async_test]
async fn stored_mails_are_moved_if_wanted_also_into_a_folder_that_is_not_there_yet() {
    let dovecot = Dovecot::start(&["ana"]);
    dovecot.deliver("ana", &letter(99));
    let mut house = house(&dovecot).await;
    house.serve().await;
    let moving = OwnMailbox {
        after: AfterReading::Move("Já lidas".to_owned()),
        history: History::All,
        ..own(dovecot.port(), "ana")
    };
    let inbox = connect(&house, "ana", moving).await;
    caught_up(&house, &inbox).await;
    for number in 0..30 {
        dovecot.deliver("ana", &letter(number));
    }
    arrived(&house, &inbox, 31).await;
    until("the moves", DEADLINE, async || dovecot.mails("ana", "J&AOE- lidas").len() == 30).await;
    // What was there before stays where it was.
    until("the others to be gone", DEADLINE, async || dovecot.mails("ana", "").len() == 1).await;
    let left = dovecot.mails("ana", "");
    assert_eq!((left[0].flags.as_str(), left[0].bytes.as_slice()), ("", letter(99).as_slice()));
    assert_eq!(house.text("SELECT after_problem FROM mailbox_cursor WHERE inbox_id = ?1", inbox.id).await, "");
    house.close().await;
}

#[rocket::async_test]
async fn mails_that_cannot_be_moved_arrive_all_the_same_and_it_is_said() {
    let dovecot = Dovecot::start(&["ana"]);
    let mut house = house(&dovecot).await;
    house.serve().await;
    let moving = OwnMailbox { after: AfterReading::Move("a..b/../c".to_owned()), ..own(dovecot.port(), "ana") };
    let inbox = connect(&house, "ana", moving).await;
    caught_up(&house, &inbox).await;
    dovecot.deliver("ana", &letter(0));
    dovecot.deliver("ana", &letter(1));
    assert_eq!(arrived(&house, &inbox, 2).await, letters(2));
    let sql = "SELECT after_problem FROM mailbox_cursor WHERE inbox_id = ?1";
    until("it to be said", DEADLINE, async || house.text(sql, inbox.id).await == "imap-after-failed").await;
    assert_eq!(dovecot.mails("ana", "").len(), 2);
    assert_eq!(house.text("SELECT problem_in FROM inbox WHERE id = ?1", inbox.id).await, "", "mail comes in");
    house.close().await;
}
