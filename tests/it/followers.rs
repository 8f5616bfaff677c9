//! What follows from facts: once, in order, after every restart, and whatever another follower does.

use recado::db::Tx;
use recado::error::{Error, Result};
use recado::events::{Event, Notice};
use recado::followers::{AGAIN, Follower, Followers, Step};
use recado::jobs::Runner;
use rocket::tokio::sync::oneshot;
use rocket::tokio::task::JoinHandle;
use rocket::tokio::{self, spawn};

use crate::support::house::House;
use crate::support::wait::{DEADLINE, until};

const FIRST: Follower = Follower { name: "first", wants: is_contact, follow: first };
const SECOND: Follower = Follower { name: "second", wants: is_contact, follow: second };
const FRAIL: Follower = Follower { name: "frail", wants: is_contact, follow: frail };
const SLOW: Follower = Follower { name: "slow", wants: is_contact, follow: in_pieces };

fn is_contact(event: &Event) -> bool {
    matches!(event, Event::ContactCreated { .. })
}

fn first(tx: &Tx<'_>, notice: &Notice) -> Result<Step> {
    note(tx, "first", notice)
}

fn second(tx: &Tx<'_>, notice: &Notice) -> Result<Step> {
    note(tx, "second", notice)
}

/// Writes, tells and only then fails, for contacts in the table `poison`: with an error, or (if negative) with a panic.
fn frail(tx: &Tx<'_>, notice: &Notice) -> Result<Step> {
    note(tx, "frail", notice)?;
    tx.emit(Event::InboxLost { inbox: 77 })?;
    let Event::ContactCreated { contact } = notice.event else { return Ok(Step::Done) };
    if tx.prepare("SELECT 1 FROM poison WHERE contact = ?1")?.exists([contact])? {
        assert!(contact >= 0, "poisoned on purpose");
        return Err(Error::internal("poisoned on purpose"));
    }
    Ok(Step::Done)
}

/// Three rows for a fact, one in each write.
fn in_pieces(tx: &Tx<'_>, notice: &Notice) -> Result<Step> {
    note(tx, "slow", notice)?;
    let rows: i64 = tx.query_row("SELECT count(*) FROM noted WHERE fact = ?1", [notice.id], |row| row.get(0))?;
    Ok(if rows < 3 { Step::More } else { Step::Done })
}

fn note(tx: &Tx<'_>, name: &str, notice: &Notice) -> Result<Step> {
    let contact = notice.event.contact();
    tx.prepare("INSERT INTO noted (name, fact, contact) VALUES (?1, ?2, ?3)")?.insert((name, notice.id, contact))?;
    Ok(Step::Done)
}

async fn house() -> House {
    let (house, _) = House::quiet().await;
    let tables = "CREATE TABLE noted (name TEXT, fact INTEGER, contact INTEGER); CREATE TABLE poison (contact INTEGER)";
    house.app.db.write(move |tx| Ok(tx.execute_batch(tables)?)).await.expect("tables");
    house
}

async fn tell(house: &House, contacts: std::ops::Range<i64>) {
    for contact in contacts {
        house.app.db.write(move |tx| tx.emit(Event::ContactCreated { contact })).await.expect("told");
    }
}

/// The contacts that a follower was told of, in the order in which it dealt with them.
async fn noted(house: &House, name: &'static str) -> Vec<i64> {
    let read = house.app.db.read(move |connection| {
        let mut select = connection.prepare("SELECT contact FROM noted WHERE name = ?1 ORDER BY rowid")?;
        Ok(select.query_map([name], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?)
    });
    read.await.expect("rows")
}

fn all(contacts: std::ops::Range<i64>) -> Vec<i64> {
    contacts.collect()
}

/// Followers that run until they are stopped.
struct Running(oneshot::Sender<()>, JoinHandle<()>);

impl Running {
    fn start(house: &House, followers: &[Follower]) -> Self {
        let followers = Followers::new(house.app.db.clone(), &[followers]);
        let (stop, stopped) = oneshot::channel::<()>();
        let running = spawn(followers.run(async {
            let _ = stopped.await;
        }));
        Self(stop, running)
    }

    async fn stop(self) {
        drop(self.0);
        self.1.await.expect("they end");
    }
}

#[tokio::test]
async fn every_follower_deals_with_every_fact_once_and_in_order_also_after_a_stop() {
    let house = house().await;
    tell(&house, 0..3).await;
    let running = Running::start(&house, &[FIRST, SECOND]);
    tell(&house, 3..120).await;
    let done = async || noted(&house, "first").await.len() >= 120 && noted(&house, "second").await.len() >= 120;
    until("both to have followed", DEADLINE, done).await;
    running.stop().await;
    tell(&house, 120..260).await;
    assert_eq!(noted(&house, "first").await, all(0..120), "nothing happens while nobody runs");
    let running = Running::start(&house, &[FIRST, SECOND]);
    tell(&house, 260..270).await;
    let done = async || noted(&house, "first").await.len() >= 270 && noted(&house, "second").await.len() >= 270;
    until("both to have caught up", DEADLINE, done).await;
    running.stop().await;
    for name in ["first", "second"] {
        assert_eq!(noted(&house, name).await, all(0..270), "{name}");
    }
}

#[tokio::test]
async fn facts_that_nobody_wants_are_passed_over_and_not_read_again() {
    let house = house().await;
    let emit = |count: i64| {
        house.app.db.write(move |tx| {
            (0..count).try_for_each(|_| tx.emit(Event::SessionEnded { user: 1 }))?;
            tx.emit(Event::ContactCreated { contact: count })
        })
    };
    emit(3500).await.expect("told");
    let followers = Followers::new(house.app.db.clone(), &[&[FIRST]]);
    followers.catch_up().await.expect("it catches up");
    emit(1500).await.expect("told");
    followers.catch_up().await.expect("it catches up");
    assert_eq!(noted(&house, "first").await, [3500, 1500]);
    let behind = "SELECT (SELECT max(id) FROM event) - event_id FROM event_cursor WHERE name = 'first'";
    assert_eq!(house.number(behind).await, 0, "the cursor stands at the newest fact");
}

#[tokio::test]
async fn a_poisoned_fact_holds_up_nothing_leaves_nothing_and_is_tried_until_it_works() {
    let house = house().await;
    let poison = "INSERT INTO poison VALUES (2), (-5)";
    house.app.db.write(move |tx| Ok(tx.execute_batch(poison)?)).await.expect("poison");
    let mut heard = house.app.db.bus().listen();
    let running = Running::start(&house, &[FRAIL, SECOND]);
    tell(&house, 1..4).await;
    tell(&house, -5..-4).await;
    tell(&house, 4..6).await;
    until("the others to have followed", DEADLINE, async || noted(&house, "second").await.len() == 6).await;
    until("those behind to go on", DEADLINE, async || noted(&house, "frail").await.len() == 4).await;
    assert_eq!(noted(&house, "frail").await, [1, 3, 4, 5], "what a failed try wrote is undone");
    running.stop().await;
    let mut lost = 0;
    while let Ok(notice) = heard.try_recv() {
        lost += i32::from(matches!(notice.event, Event::InboxLost { .. }));
    }
    assert_eq!(lost, 4, "what a failed try told is told to nobody");

    // A person sees what failed, and why, among the jobs.
    assert_eq!(house.number("SELECT count(*) FROM job WHERE kind = 'follow_again' AND state = 'ready'").await, 2);
    let (mut runner, followers) =
        (Runner::new(house.app.db.clone()), Followers::new(house.app.db.clone(), &[&[FRAIL, SECOND]]));
    runner.register(AGAIN, move |job| {
        let followers = followers.clone();
        async move { followers.follow_again(job).await }
    });
    let (stop, stopped) = oneshot::channel::<()>();
    let working = spawn(runner.run(async {
        let _ = stopped.await;
    }));
    house.app.clock().advance(recado::clock::MINUTE);
    let why = "SELECT group_concat(last_error) FROM job WHERE kind = 'follow_again' AND ?1 = ?1";
    until("both to have failed again", DEADLINE, async || {
        house.number("SELECT count(*) FROM job WHERE last_error IS NOT NULL").await == 2
    })
    .await;
    assert!(house.text(why, 1).await.contains("poisoned on purpose"));
    assert_eq!(noted(&house, "frail").await, [1, 3, 4, 5]);
    house.app.db.write(|tx| Ok(tx.execute_batch("DELETE FROM poison")?)).await.expect("mended");
    house.app.clock().advance(recado::clock::HOUR);
    until("both to have worked", DEADLINE, async || noted(&house, "frail").await.len() == 6).await;
    until("no job to be left", DEADLINE, async || house.number("SELECT count(*) FROM job").await == 0).await;
    drop(stop);
    working.await.expect("it ends");
    assert_eq!(noted(&house, "second").await, [1, 2, 3, -5, 4, 5], "the other one noticed nothing");
}

#[tokio::test]
async fn large_work_is_done_in_pieces_and_goes_on_where_it_was() {
    let house = house().await;
    tell(&house, 1..3).await;
    Followers::new(house.app.db.clone(), &[&[SLOW]]).catch_up().await.expect("it catches up");
    assert_eq!(noted(&house, "slow").await, [1, 1, 1, 2, 2, 2]);
}

#[tokio::test]
async fn names_of_followers_are_given_once() {
    let mut names: Vec<&str> = recado::FOLLOWERS.iter().copied().flatten().map(|follower| follower.name).collect();
    let known = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), known, "two followers share a cursor");
}
