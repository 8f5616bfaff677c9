//! Taking somebody's access away: at once, everywhere, and what they handled goes back to the team.

use std::path::Path;

use recado::accounts;
use recado::auth::tokens::{self, Purpose};
use recado::auth::{Role, Viewer};
use recado::conversations::model::What;
use recado::conversations::store::{assignment, closure, counters};
use recado::inboxes::{self, Access, Capabilities, MailSettings, NewInbox};

use crate::support::house::{House, mail};
use crate::support::process::{ServerProcess, Settings, open};
use crate::support::rounds::{Chance, rounds};
use crate::support::wait::{DEADLINE, until};

/// A conversation that this person handles.
async fn handled(house: &House, by: &Viewer, number: u32, to: i64) -> i64 {
    let raw = mail(&format!("m{number}@x"), &format!("C{number} <c{number}@x.example>"), "Pedido", "Olá");
    let conversation = house.receive(&raw).await.0.conversation;
    let by = by.clone();
    house.app.db.write(move |tx| assignment::assign(tx, &by, conversation, Some(to))).await.expect("assigned");
    conversation
}

async fn assignee(house: &House, conversation: i64) -> String {
    house.text("SELECT CAST(assignee_id AS TEXT) FROM conversation WHERE id = ?1", conversation).await
}

async fn disable(house: &House, by: &Viewer, user: i64) {
    let by = by.clone();
    house.app.db.write(move |tx| accounts::disable(tx, &by, user)).await.expect("disabled");
}

// proves: P22 P24
#[rocket::async_test]
async fn open_conversations_go_back_to_unassigned_with_a_line_and_right_counters() {
    let (mut house, _) = House::quiet().await;
    house.serve().await;
    let (owner, diego) = (house.owner().await, house.add_user("Diego", Role::Agent).await);
    let open = handled(&house, &owner, 1, diego).await;
    let closed = handled(&house, &owner, 2, diego).await;
    let by = owner.clone();
    house.app.db.write(move |tx| closure::close(tx, &by, closed)).await.expect("closed");
    let others = handled(&house, &owner, 3, house.owner).await;
    disable(&house, &owner, diego).await;
    until("the conversation to be nobody's", DEADLINE, async || assignee(&house, open).await.is_empty()).await;
    assert_eq!(assignee(&house, closed).await, diego.to_string(), "what is closed keeps who closed it");
    assert_eq!(assignee(&house, others).await, house.owner.to_string());
    let fact = house.timeline(open).await.facts.pop().expect("a line");
    assert!(matches!(&fact.what, What::Released(who) if who.name == "Diego"), "{:?}", fact.what);
    assert_eq!(fact.by.map(|by| by.id), Some(house.owner));
    let viewer = owner.clone();
    let counts = house.app.db.read(move |connection| counters::counts(connection, &viewer)).await.expect("counters");
    assert_eq!((counts.unassigned, counts.mine, counts.others), (1, 1, 0));
    // A customer who writes again to the closed one finds nobody who handles it.
    let raw = b"Message-ID: <again@x>\r\nDate: Fri, 20 Nov 2026 11:00:00 -0300\r\nFrom: C2 <c2@x.example>\r\n\
        To: contato@vereda.example\r\nSubject: Re: Pedido\r\nIn-Reply-To: <m2@x>\r\nReferences: <m2@x>\r\n\r\nAinda\r\n";
    assert_eq!(house.receive(raw).await.0.conversation, closed);
    assert_eq!(assignee(&house, closed).await, "");
    house.close().await;
}

#[rocket::async_test]
async fn sessions_links_and_streams_end_and_inboxes_pass_to_the_owner() {
    let (mut house, _) = House::quiet().await;
    let address = house.serve().await;
    let (owner, diego) = (house.owner().await, house.add_user("Diego", Role::Agent).await);
    let keys = house.app.keys.clone();
    let own = NewInbox {
        channel: "email",
        name: "Diego".to_owned(),
        address: "diego-caixa@vereda.example".to_owned(),
        access: Access::Owner,
        members: Vec::new(),
        capabilities: Capabilities::email(),
        mail: MailSettings::default(),
        password: None,
    };
    let secret = tokens::secret().expect("randomness");
    let (own, stored) = house
        .app
        .db
        .write({
            let secret = secret.clone();
            move |tx| {
                tokens::store(tx, Purpose::PasswordReset, Some(diego), &secret)?;
                Ok((inboxes::store::create(tx, Some(diego), &own, &keys)?, secret))
            }
        })
        .await
        .expect("his");
    let browser = crate::support::browser::Browser::new(&format!("http://{address}"));
    let session = house.app.db.write(move |tx| recado::auth::sessions::open(tx, diego, "", "")).await.expect("open");
    let cookie = format!("s={session}");
    let live = browser.request(reqwest::Method::GET, "/live").header("Host", "127.0.0.1:8000");
    let mut stream = live.header("Cookie", &cookie).send().await.expect("a stream");
    assert_eq!(stream.status().as_u16(), 200);
    disable(&house, &owner, diego).await;
    until("his inbox to be the owner's", DEADLINE, async || {
        house.text("SELECT CAST(owner_id AS TEXT) FROM inbox WHERE id = ?1", own).await == house.owner.to_string()
    })
    .await;
    while stream.chunk().await.expect("a stream that ends well").is_some() {}
    assert_eq!(house.number("SELECT count(*) FROM session WHERE user_id != 1").await, 0);
    let now = house.app.clock().now();
    let read = house.app.db.read(move |connection| tokens::look(connection, Purpose::PasswordReset, &stored, now));
    assert!(read.await.is_err(), "the link sent to him ended");
    house.close().await;
}

#[rocket::async_test]
async fn who_got_access_back_before_anybody_looked_keeps_what_they_handled() {
    let (house, _) = House::quiet().await;
    let (owner, diego) = (house.owner().await, house.add_user("Diego", Role::Agent).await);
    let conversation = handled(&house, &owner, 1, diego).await;
    disable(&house, &owner, diego).await;
    let by = owner.clone();
    house.app.db.write(move |tx| accounts::enable(tx, &by, diego)).await.expect("enabled");
    let followers = recado::followers::Followers::new(house.app.db.clone(), recado::FOLLOWERS);
    followers.catch_up().await.expect("followed");
    assert_eq!(assignee(&house, conversation).await, diego.to_string());
    assert_eq!(house.timeline(conversation).await.facts.len(), 1, "only that it was handed to him");
}

#[rocket::async_test]
async fn many_conversations_are_given_back_in_pieces_each_once() {
    let (house, _) = House::quiet().await;
    let (owner, diego) = (house.owner().await, house.add_user("Diego", Role::Agent).await);
    for number in 0..450 {
        handled(&house, &owner, number, diego).await;
    }
    disable(&house, &owner, diego).await;
    let followers = recado::followers::Followers::new(house.app.db.clone(), recado::FOLLOWERS);
    followers.catch_up().await.expect("followed");
    look(house.app.db.path(), 450);
}

/// Everything was given back once, and the counters say so.
fn look(file: &Path, conversations: i64) {
    let db = open(file);
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a number");
    assert_eq!(count("SELECT count(*) FROM conversation WHERE assignee_id IS NOT NULL"), 0);
    assert_eq!(count("SELECT count(*) FROM assignment WHERE assignee_id IS NULL"), conversations);
    let lines = "SELECT count(*) FROM event WHERE kind = 'conversation.assigned' AND payload ->> '$.why' IS NOT NULL";
    assert_eq!(count(lines), conversations);
    assert_eq!(count("SELECT open FROM conversation_counter WHERE assignee_id = 0"), conversations);
    assert_eq!(count("SELECT coalesce(sum(open), 0) FROM conversation_counter WHERE assignee_id != 0"), 0);
}

#[rocket::async_test]
async fn a_server_killed_in_between_gives_back_everything_once() {
    let mut chance = Chance::of("disabling");
    for _ in 0..rounds(30) {
        let (house, _) = House::quiet().await;
        let (owner, diego) = (house.owner().await, house.add_user("Diego", Role::Agent).await);
        for number in 0..300 {
            handled(&house, &owner, number, diego).await;
        }
        house.app.db.close();
        let settings = Settings::new(house.folder.path(), None);
        let server = ServerProcess::start(&settings);
        let disabled = settings.run(&["user", "disable", "--email", "diego@vereda.example"], b"");
        assert_eq!(disabled.0, Some(0), "{disabled:?}");
        // Killed after some of the pieces, or before the first, or after the last.
        let enough = i64::try_from(chance.below(3)).expect("small") * 200;
        let file = house.folder.path().join("recado.sqlite");
        let released = || {
            open(&file)
                .query_row("SELECT count(*) FROM conversation WHERE assignee_id IS NULL", [], |row| {
                    row.get::<_, i64>(0)
                })
                .expect("a number")
        };
        until("some to be given back", DEADLINE, async || released() >= enough.min(300)).await;
        server.kill();
        let server = ServerProcess::start(&settings);
        until("all to be given back", DEADLINE, async || released() == 300).await;
        server.kill();
        look(&file, 300);
    }
}
