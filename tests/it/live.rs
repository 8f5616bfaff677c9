//! Live updates: names only, to those who may know, without a gap.

use recado::auth::{Role, sessions};
use recado::conversations::model::{MessageKind, Priority};
use recado::conversations::store::{assignment, counters, tags};
use rocket::futures::StreamExt;
use rocket::tokio::time::timeout;

use crate::support::house::{House, mail};
use crate::support::process::Settings;
use crate::support::wait::DEADLINE;

/// One open stream, read event by event.
struct Stream {
    body: std::pin::Pin<Box<dyn rocket::futures::Stream<Item = Vec<u8>> + Send>>,
    text: String,
}

#[derive(Debug, PartialEq, Eq)]
struct Heard {
    id: i64,
    names: Vec<String>,
}

impl Stream {
    /// Opens the stream of a user, after a fact if one is given.
    async fn open(house: &House, address: std::net::SocketAddr, user: i64, after: Option<i64>) -> Self {
        let open = move |tx: &recado::db::Tx<'_>| sessions::open(tx, user, "test", "127.0.0.1");
        let secret = house.app.db.write(open).await.expect("a session");
        let mut request = client()
            .get(format!("http://{address}/live"))
            .header("Host", "127.0.0.1:8000")
            .header("Cookie", format!("s={secret}"));
        if let Some(after) = after {
            request = request.header("Last-Event-ID", after.to_string());
        }
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let body = response.bytes_stream().map(|bytes| bytes.map(|bytes| bytes.to_vec()).unwrap_or_default());
        let mut stream = Self { body: Box::pin(body), text: String::new() };
        let first = stream.block().await.expect("a sign of life at once");
        assert!(first.contains("event:beat"), "{first}");
        stream
    }

    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(block);
            }
            let bytes = timeout(DEADLINE, self.body.next()).await.expect("something in time")?;
            self.text.push_str(&String::from_utf8_lossy(&bytes));
        }
    }

    /// The next names; `None` when the stream has ended.
    async fn next(&mut self) -> Option<Heard> {
        loop {
            let block = self.block().await?;
            let line = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
            if let Some(data) = line("data:").filter(|data| !data.is_empty()) {
                let id = line("id:").and_then(|id| id.parse().ok()).unwrap_or_default();
                return Some(Heard { id, names: data.split(' ').map(str::to_owned).collect() });
            }
        }
    }

    /// Reads until this name was heard.
    async fn until(&mut self, name: &str) -> Heard {
        loop {
            let heard = self.next().await.expect("the stream goes on");
            if heard.names.iter().any(|heard| heard == name) {
                return heard;
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a client for this machine")]
fn client() -> reqwest::Client {
    reqwest::Client::new()
}

#[rocket::async_test]
async fn a_message_is_told_by_name_to_every_open_browser_and_never_by_content() {
    let (mut house, _outbox) = House::quiet().await;
    let address = house.serve().await;
    let mut streams = [
        Stream::open(&house, address, house.owner, None).await,
        Stream::open(&house, address, house.owner, None).await,
    ];
    let (receipt, _) = house.receive(&mail("m@x", "ana@x.example", "assunto", "segredo do texto")).await;
    for stream in &mut streams {
        let heard = stream.until(&format!("conversation-{}", receipt.conversation)).await;
        assert!(heard.names.contains(&"list".to_owned()) && heard.names.contains(&"counters".to_owned()));
        assert!(!stream.text.contains("segredo"), "{}", stream.text);
    }
    drop(streams);
    house.close().await;
}

/// What a filter may ask for changes the number beside it.
#[rocket::async_test]
async fn saved_filters_hear_of_tags_and_priorities() {
    let (mut house, _outbox) = House::quiet().await;
    let address = house.serve().await;
    let id = house.receive(&mail("m@x", "ana@x.example", "assunto", "texto")).await.0.conversation;
    let mut stream = Stream::open(&house, address, house.owner, None).await;
    let by = house.viewer(house.owner).await;
    let tag = by.clone();
    house.app.db.write(move |tx| tags::add(tx, &tag, id, "Prazo")).await.expect("tagged");
    assert!(stream.until(&format!("tags-{id}")).await.names.contains(&"filters".to_owned()));
    house.app.db.write(move |tx| tags::prioritize(tx, &by, id, Priority::High)).await.expect("pressing");
    assert!(stream.until("filters").await.names.contains(&"list".to_owned()));
    drop(stream);
    house.close().await;
}

#[rocket::async_test]
async fn a_stream_that_comes_back_hears_what_it_missed() {
    let (mut house, _outbox) = House::quiet().await;
    let address = house.serve().await;
    let mut stream = Stream::open(&house, address, house.owner, None).await;
    let (first, _) = house.receive(&mail("m1@x", "ana@x.example", "um", "um")).await;
    let heard = stream.until(&format!("conversation-{}", first.conversation)).await;
    drop(stream);
    let (second, _) = house.receive(&mail("m2@x", "rui@x.example", "dois", "dois")).await;
    let (third, _) = house.receive(&mail("m3@x", "eva@x.example", "três", "três")).await;
    let mut stream = Stream::open(&house, address, house.owner, Some(heard.id)).await;
    let missed = stream.next().await.expect("what was missed");
    for receipt in [second, third] {
        assert!(missed.names.contains(&format!("conversation-{}", receipt.conversation)), "{missed:?}");
    }
    drop(stream);
    house.close().await;
}

#[rocket::async_test]
async fn who_does_not_read_an_inbox_hears_nothing_of_it_also_after_losing_it() {
    let (mut house, _outbox) = House::quiet().await;
    let camila = house.add_user("Camila", Role::Agent).await;
    let address = house.serve().await;
    let mut stream = Stream::open(&house, address, camila, None).await;
    let (first, _) = house.receive(&mail("m1@x", "ana@x.example", "um", "um")).await;
    stream.until(&format!("conversation-{}", first.conversation)).await;
    let (inbox, db) = (house.inbox.id, &house.app.db);
    let close =
        move |tx: &recado::db::Tx<'_>| Ok(tx.execute("UPDATE inbox SET access = 'owner' WHERE id = ?1", [inbox])?);
    db.write(close).await.expect("changed");
    let (second, _) = house.receive(&mail("m2@x", "rui@x.example", "dois", "dois")).await;
    let open = move |tx: &recado::db::Tx<'_>| Ok(tx.execute("UPDATE inbox SET access = 'all' WHERE id = ?1", [inbox])?);
    db.write(open).await.expect("changed");
    let (third, _) = house.receive(&mail("m3@x", "eva@x.example", "três", "três")).await;
    let heard = stream.until(&format!("conversation-{}", third.conversation)).await;
    assert!(!heard.names.contains(&format!("conversation-{}", second.conversation)), "{heard:?}");
    drop(stream);
    house.close().await;
}

#[rocket::async_test]
async fn mail_taken_in_by_another_process_is_told_too() {
    let (mut house, _outbox) = House::quiet().await;
    let address = house.serve().await;
    let mut stream = Stream::open(&house, address, house.owner, None).await;
    let settings = Settings::new(house.folder.path(), None);
    let raw = mail("m1@x", "ana@x.example", "um", "um");
    let piped = rocket::tokio::task::spawn_blocking(move || {
        settings.run(&["mail-in", "--inbox", "Contato da loja", "--json"], &raw)
    });
    let (code, out, _) = piped.await.expect("it ran");
    assert_eq!(code, Some(0));
    let told: serde_json::Value = serde_json::from_str(&out).expect("json");
    stream.until(&format!("conversation-{}", told["conversation"])).await;
    let id = told["conversation"].as_i64().expect("a conversation");
    house.write(id, MessageKind::Note, "nossa").await;
    stream.until(&format!("conversation-{id}")).await;
    drop(stream);
    house.close().await;
}

#[rocket::async_test]
async fn a_stream_ends_with_its_session_and_with_the_server() {
    let (mut house, _outbox) = House::quiet().await;
    let address = house.serve().await;
    let mut stream = Stream::open(&house, address, house.owner, None).await;
    let owner = house.owner;
    house.app.db.write(move |tx| sessions::end_all(tx, owner, None)).await.expect("ended");
    while stream.next().await.is_some() {}
    let signed_out = client()
        .get(format!("http://{address}/live"))
        .header("Host", "127.0.0.1:8000")
        .header("Accept", "text/event-stream")
        .send()
        .await
        .expect("an answer");
    assert_eq!(signed_out.status(), 401);
    let mut stream = Stream::open(&house, address, house.owner, None).await;
    house.close().await;
    while stream.next().await.is_some() {}
}

#[rocket::async_test]
async fn news_are_told_in_one_sentence_to_those_they_concern() {
    let (house, browser) = House::served().await;
    let first = house.receive(&mail("m1@x", "Ana <ana@x.example>", "oi", "um")).await.0;
    let start = browser.get("/signals").await;
    assert_eq!((start.status, start.body.contains("data-announce=\"\"")), (200, true), "what was there is no news");
    start.assert_says(&format!("data-newest=\"{}\"", first.message));
    let news = async || browser.get(&format!("/signals?after={}", first.message)).await;
    news().await.assert_says("data-announce=\"\"");
    let second = house.receive(&mail("m2@x", "Ana <ana@x.example>", "oi", "dois")).await.0;
    news().await.assert_says("data-announce=\"1 mensagem nova de Ana\"");
    house.receive(&mail("m3@x", "Ana <ana@x.example>", "oi", "três")).await;
    news().await.assert_says("data-announce=\"2 mensagens novas de Ana\"");
    house.receive(&mail("m4@x", "\"<b>Bia\" <bia@x.example>", "oi", "quatro")).await;
    let both = news().await;
    both.assert_says("data-announce=\"3 mensagens novas, a última de &#60;b&#62;Bia\"");
    assert_eq!(browser.get("/signals?after=abc").await.status, 200);
    browser.get("/signals?after=-9223372036854775808").await.assert_says("4 mensagens novas");

    let camila = house.add_user("Camila", Role::Agent).await;
    let (owner, conversation) = (house.owner().await, second.conversation);
    let assign = move |tx: &recado::db::Tx<'_>| assignment::assign(tx, &owner, conversation, Some(camila));
    house.app.db.write(assign).await.expect("assigned");
    news().await.assert_says("data-announce=\"2 mensagens novas, a última de &#60;b&#62;Bia\"");
    let (inbox, first) = (house.inbox.id, first.message);
    let hers = async || {
        let viewer = house.viewer(camila).await;
        house.app.db.read(move |c| counters::news(c, &viewer, Some(first))).await.expect("news").count
    };
    assert_eq!(hers().await, 3, "hers and nobody's");
    let hide =
        move |tx: &recado::db::Tx<'_>| Ok(tx.execute("UPDATE inbox SET access = 'selected' WHERE id = ?1", [inbox])?);
    house.app.db.write(hide).await.expect("changed");
    assert_eq!(hers().await, 0, "she does not read it any more");
}
