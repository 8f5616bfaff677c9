//! A full disk, two people at once, a person without access: told clearly, nothing lost.

use recado::auth::Role;
use recado::conversations::model::{MessageKind, Place, Section, Waits, Written};
use recado::conversations::store::{assignment, closure, counters, list, reading, show, writing};
use recado::error::Error;
use recado::jobs::{self, Claim, NewJob, Outcome};
use recado::mailer::Outbox;

use crate::support::house::{House, Way, mail};

#[rocket::async_test]
async fn a_full_database_refuses_writes_keeps_reading_and_works_again() {
    let house = House::with(Way::Memory(Outbox::default()), |config| config.max_database_pages = Some(400)).await;
    let text = "x".repeat(20_000);
    let mut kept = 0;
    let refused = loop {
        let raw = mail(&format!("m{kept}@x"), "ana@x.example", "cheio", &format!("{kept} {text}"));
        match house.intake().receive(&house.inbox, raw).await {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 1000, "the limit is reached");
    };
    assert!(matches!(refused, Error::Full), "{refused}");
    assert_eq!(house.number("SELECT count(*) FROM message").await, kept, "all that was acknowledged, nothing else");
    house.app.db.write(|tx| Ok(tx.pragma_update(None, "max_page_count", 100_000)?)).await.expect("room is made");
    house.receive(&mail("after@x", "ana@x.example", "cheio", "de novo")).await;
    assert_eq!(house.number("SELECT count(*) FROM message").await, kept + 1, "no restart was needed");
}

#[rocket::async_test]
async fn of_two_who_close_at_once_one_is_told() {
    let (house, _outbox) = House::quiet().await;
    let conversation = house.receive(&mail("m@x", "ana@x.example", "oi", "oi")).await.0.conversation;
    let (first, second) = (house.owner().await, house.owner().await);
    let db = &house.app.db;
    let (a, b) = rocket::tokio::join!(
        db.write(move |tx| closure::close(tx, &first, conversation)),
        db.write(move |tx| closure::close(tx, &second, conversation)),
    );
    let told = [&a, &b].iter().filter(|r| matches!(r, Err(Error::Conflict("conflict-already-closed")))).count();
    assert_eq!((a.is_ok() || b.is_ok(), told), (true, 1));
    assert_eq!(house.number("SELECT count(*) FROM closure").await, 1);
}

#[rocket::async_test]
async fn two_agents_who_answer_at_once_both_send_and_one_browser_that_repeats_sends_once() {
    let (house, _outbox) = House::quiet().await;
    let conversation = house.receive(&mail("m@x", "ana@x.example", "oi", "oi")).await.0.conversation;
    let camila = house.add_user("Camila", Role::Agent).await;
    let (owner, camila) = (house.owner().await, house.viewer(camila).await);
    let answer = |text: &str, id: &str| Written {
        kind: MessageKind::Outgoing,
        text: text.to_owned(),
        client_id: Some(id.to_owned()),
        files: Vec::new(),
    };
    let (first, second, again) = (answer("um", "a"), answer("dois", "b"), answer("um", "a"));
    let repeating = owner.clone();
    let db = &house.app.db;
    let (a, b, c) = rocket::tokio::join!(
        db.write(move |tx| writing::write(tx, &owner, conversation, &first)),
        db.write(move |tx| writing::write(tx, &camila, conversation, &second)),
        db.write(move |tx| writing::write(tx, &repeating, conversation, &again)),
    );
    let (a, b, c) = (a.expect("kept"), b.expect("kept"), c.expect("kept"));
    assert_eq!(a, c);
    assert_ne!(a, b);
    assert_eq!(house.number("SELECT count(*) FROM job WHERE kind = 'deliver'").await, 2);
}

#[rocket::async_test]
async fn an_unavailable_person_is_handed_nothing_and_keeps_what_they_have() {
    let (house, _outbox) = House::quiet().await;
    let conversation = house.receive(&mail("m@x", "ana@x.example", "oi", "oi")).await.0.conversation;
    let camila = house.add_user("Camila", Role::Agent).await;
    let (owner, db) = (house.owner().await, &house.app.db);
    db.write(move |tx| Ok(tx.execute("UPDATE user SET availability = 'unavailable' WHERE id = ?1", [camila])?))
        .await
        .expect("she leaves");
    let by = owner.clone();
    let refused = db.write(move |tx| assignment::assign(tx, &by, conversation, Some(camila))).await;
    assert!(matches!(refused, Err(Error::Conflict("conflict-assignee-unavailable"))), "{refused:?}");
    assert_eq!(house.number("SELECT count(*) FROM assignment").await, 0);
    let by = owner.clone();
    let nobody = db.write(move |tx| assignment::assign(tx, &by, conversation, Some(9_999))).await;
    assert!(matches!(nobody, Err(Error::NotFound)), "{nobody:?}");
}

#[rocket::async_test]
async fn who_does_not_read_an_inbox_finds_nothing_of_it() {
    let (house, _outbox) = House::quiet().await;
    let conversation = house.receive(&mail("m@x", "ana@x.example", "oi", "segredo")).await.0.conversation;
    let camila = house.add_user("Camila", Role::Agent).await;
    let inbox = house.inbox.id;
    let db = &house.app.db;
    db.write(move |tx| Ok(tx.execute("UPDATE inbox SET access = 'selected' WHERE id = ?1", [inbox])?))
        .await
        .expect("changed");
    let camila = house.viewer(camila).await;
    let seen = db
        .read(move |c| {
            let rows = list::rows(c, &camila, Section::Unassigned, Place::TOP, 50)?.len();
            let found = recado::conversations::store::search::rows(c, &camila, "segredo", 50)?.len();
            let counts = counters::counts(c, &camila)?;
            let shown = show::get(c, &camila, conversation).is_ok();
            Ok((rows, found, counts.unassigned + counts.unanswered, shown))
        })
        .await
        .expect("an answer");
    assert_eq!(seen, (0, 0, 0, false));
}

#[rocket::async_test]
async fn marks_and_counters_follow_what_happens() {
    let (house, _outbox) = House::quiet().await;
    let conversation = house.receive(&mail("m1@x", "Ana <ana@x.example>", "oi", "um")).await.0.conversation;
    house.receive(b"Message-ID: <m2@x>\r\nIn-Reply-To: <m1@x>\r\nFrom: ana@x.example\r\n\r\ndois\r\n").await;
    let state = async || {
        let owner = house.owner().await;
        let read = move |c: &recado::db::Connection| {
            let counts = counters::counts(c, &owner)?;
            let row = [Section::Unassigned, Section::Mine, Section::Others, Section::Closed].into_iter().find_map(
                |section| list::rows(c, &owner, section, Place::TOP, 9).ok()?.pop().map(|row| (section, row)),
            );
            let (section, row) = row.expect("it stands in one section");
            Ok((
                section.as_str(),
                row.unread,
                row.waits == Waits::Yes,
                counts.unassigned,
                counts.mine,
                counts.unanswered,
            ))
        };
        house.app.db.read(read).await.expect("a state")
    };
    assert_eq!(state().await, ("unassigned", 2, true, 1, 0, 1));
    let (owner, last) = (house.owner().await, house.number("SELECT max(id) FROM message").await);
    let by = owner.clone();
    house.app.db.write(move |tx| reading::mark_read(tx, &by, conversation, last)).await.expect("read");
    assert_eq!(state().await, ("unassigned", 0, true, 1, 0, 1), "read and not answered");
    let by = owner.clone();
    house.app.db.write(move |tx| assignment::assign(tx, &by, conversation, Some(by.id))).await.expect("assigned");
    assert_eq!(state().await, ("mine", 0, true, 0, 1, 1));
    house.write(conversation, MessageKind::Note, "só nossa").await;
    assert_eq!(state().await, ("mine", 0, true, 0, 1, 1), "a note answers nobody");
    house.write(conversation, MessageKind::Outgoing, "pronto").await;
    assert_eq!(state().await, ("mine", 0, false, 0, 1, 0));
    let by = owner.clone();
    house.app.db.write(move |tx| closure::close(tx, &by, conversation)).await.expect("closed");
    assert_eq!(state().await, ("closed", 0, false, 0, 0, 0));
    let by = owner.clone();
    house.app.db.write(move |tx| reading::mark_unread(tx, &by, conversation)).await.expect("unread");
    assert_eq!(state().await.1, 1);
}

/// Queues a job that nobody does, and answers its number.
async fn queued(house: &House, key: &'static str) -> i64 {
    let queue = move |tx: &recado::db::Tx<'_>| {
        let job = NewJob { kind: "nobody's", key: Some(key), lane: None, payload: &(), run_at: tx.now() };
        jobs::enqueue(tx, &job)?;
        Ok(tx.query_row("SELECT id FROM job WHERE key = ?1", [key], |row| row.get(0))?)
    };
    house.app.db.write(queue).await.expect("queued")
}

/// Marks a job as being done, and answers which try that is.
async fn claimed(house: &House, job: i64) -> Claim {
    let take = move |tx: &recado::db::Tx<'_>| {
        let sql = "UPDATE job SET state = 'running', attempts = attempts + 1 WHERE id = ?1 RETURNING attempts";
        Ok(Claim { job, attempt: tx.query_row(sql, [job], |row| row.get(0))? })
    };
    house.app.db.write(take).await.expect("claimed")
}

fn outcomes() -> [Outcome; 3] {
    [Outcome::Done, Outcome::Later(i64::MAX, "late".to_owned()), Outcome::Dead("late".to_owned())]
}

async fn settle(house: &House, claim: Claim, outcome: Outcome) {
    house.app.db.write(move |tx| jobs::settle(tx, claim, &outcome)).await.expect("noted");
}

#[rocket::async_test]
async fn a_late_note_about_a_job_touches_neither_the_next_job_nor_the_next_try() {
    let (house, _outbox) = House::quiet().await;
    let job = queued(&house, "first").await;
    let first = claimed(&house, job).await;
    settle(&house, first, Outcome::Done).await;
    let second = queued(&house, "second").await;
    assert_ne!(first.job, second, "a number is given once");
    let early = claimed(&house, second).await;
    for late in outcomes() {
        settle(&house, first, late).await;
        assert_eq!(house.number("SELECT count(*) FROM job WHERE state = 'running'").await, 1);
    }
    settle(&house, early, Outcome::Later(0, "again".to_owned())).await;
    for late in outcomes() {
        settle(&house, early, late).await;
        assert_eq!(house.number("SELECT count(*) FROM job WHERE state = 'ready' AND run_at = 0").await, 1);
    }
    let again = claimed(&house, second).await;
    for late in outcomes() {
        settle(&house, early, late).await;
        assert_eq!(house.number("SELECT count(*) FROM job WHERE state = 'running'").await, 1, "another try has it");
    }
    assert_eq!(queued(&house, "second").await, second, "the same key is queued once");
    settle(&house, again, Outcome::Done).await;
    assert!(queued(&house, "second").await > second, "nor is a number given again after all are gone");
}
