//! Spam and blocked senders: out of everybody's way, never lost, and always with a way back.

use recado::auth::{Viewer, sessions};
use recado::clock::{DAY, HOUR};
use recado::conversations::model::{Counts, Mentions, MessageKind, Outcome, Pattern, Place, Section};
use recado::conversations::store::{blocking, counters, list};

use crate::sections::office::block;
use crate::support::desk::{CONTATO, Desk};
use crate::support::house::{House, mail};

const EVA: &str = "Eva <eva@oferta.example>";

fn marked(id: &str, mark: &str) -> Vec<u8> {
    let raw = String::from_utf8(mail(id, EVA, "Ganhe dinheiro", "Clique aqui")).expect("text");
    raw.replacen("MIME-Version", &format!("{mark}\r\nMIME-Version"), 1).into_bytes()
}

async fn section(app: &recado::App, section: Section) -> Vec<i64> {
    let owner = owner(app).await;
    let rows = app.db.read(move |c| list::rows(c, &owner, section, Place::TOP, 50)).await;
    rows.expect("rows").into_iter().map(|row| row.id).collect()
}

/// Nothing is counted; that there is spam is known.
const SPAM_ONLY: Counts = Counts {
    unassigned: 0,
    mine: 0,
    others: 0,
    unanswered: 0,
    waiting: 0,
    snoozed: 0,
    spam: true,
    mentions: Mentions { places: 0, unread: 0 },
};

async fn counts(app: &recado::App) -> Counts {
    let owner = owner(app).await;
    app.db.read(move |c| counters::counts(c, &owner)).await.expect("counts")
}

async fn owner(app: &recado::App) -> Viewer {
    let found = app.db.write(|tx| {
        let owner = tx.query_row("SELECT id FROM user WHERE role = 'owner'", [], |row| row.get(0))?;
        let secret = sessions::open(tx, owner, "", "127.0.0.1")?;
        Ok(sessions::find(tx, &secret, tx.now(), DAY)?.map(|(viewer, _)| viewer))
    });
    found.await.expect("a database").expect("a session")
}

async fn set(house: &House, path: &'static str, value: &'static str) {
    let sql = "UPDATE inbox SET settings = json_set(settings, ?1, json(?2))";
    house.app.db.write(move |tx| Ok(tx.execute(sql, [path, value])?)).await.expect("a setting");
}

#[rocket::async_test]
async fn the_marks_of_providers_put_a_mail_among_the_spam_and_nobody_is_told() {
    let marks = ["X-Spam-Flag: YES", "X-Spam-Status: Yes, score=9.1 required=5.0", "X-MS-Exchange-Organization-SCL: 6"];
    for mark in marks {
        let (house, _outbox) = House::quiet().await;
        let (receipt, _) = house.receive(&marked("s1@x", mark)).await;
        assert_eq!(section(&house.app, Section::Spam).await, [receipt.conversation], "{mark}");
        for other in Section::ALL.into_iter().filter(|other| *other != Section::Spam) {
            assert_eq!(section(&house.app, other).await, [0_i64; 0], "{mark} in {other:?}");
        }
        assert_eq!(counts(&house.app).await, SPAM_ONLY, "{mark}");
        let told = "SELECT count(*) FROM event WHERE kind IN ('message.received', 'conversation.created')";
        assert_eq!(house.number(told).await, 0, "nothing follows from {mark}");
    }
    for mark in ["X-Spam-Flag: NO", "X-Spam-Status: No, score=1.0", "X-MS-Exchange-Organization-SCL: 1"] {
        let (house, _outbox) = House::quiet().await;
        let (receipt, _) = house.receive(&marked("s1@x", mark)).await;
        assert_eq!(section(&house.app, Section::Unassigned).await, [receipt.conversation], "{mark}");
    }
}

#[rocket::async_test]
async fn an_inbox_may_ignore_the_marks() {
    let (house, _outbox) = House::quiet().await;
    set(&house, "$.answering.spam_marks", "\"ignored\"").await;
    let (receipt, _) = house.receive(&marked("s1@x", "X-Spam-Flag: YES")).await;
    assert_eq!(section(&house.app, Section::Unassigned).await, [receipt.conversation]);
    assert_eq!(section(&house.app, Section::Spam).await, [0_i64; 0]);
}

#[rocket::async_test]
async fn a_known_customer_is_not_lost_to_the_filter() {
    let (house, _outbox) = House::quiet().await;
    let (first, _) = house.receive(&mail("m1@x", EVA, "Obra", "Bom dia")).await;
    let answer =
        "Message-ID: <m2@x>\r\nIn-Reply-To: <m1@x>\r\nX-Spam-Flag: YES\r\nFrom: eva@oferta.example\r\n\r\nE aí?\r\n";
    let (second, _) = house.receive(answer.as_bytes()).await;
    assert_eq!(second.conversation, first.conversation);
    assert_eq!(section(&house.app, Section::Unassigned).await, [first.conversation], "it stays where people see it");

    let (spam, _) = house.receive(&marked("s1@x", "X-Spam-Flag: YES")).await;
    let clean = "Message-ID: <s2@x>\r\nIn-Reply-To: <s1@x>\r\nFrom: eva@oferta.example\r\n\r\nSou eu mesmo.\r\n";
    house.receive(clean.as_bytes()).await;
    assert_eq!(
        section(&house.app, Section::Spam).await,
        [0_i64; 0],
        "a mail that the filter lets through brings it back"
    );
    assert!(section(&house.app, Section::Unassigned).await.contains(&spam.conversation));
}

#[rocket::async_test]
async fn marking_by_hand_is_undone_and_answering_undoes_it_too() {
    let desk = Desk::start().await;
    let (app, browser) = (&desk.app.recado, &desk.browser);
    let id = desk.receive(mail("m1@x", EVA, "Obra", "Bom dia")).await.conversation;
    let spam = format!("/conversations/{id}/spam");
    assert_eq!(browser.post_form(&spam, &[]).await.status, 303);
    assert_eq!(counts(app).await, SPAM_ONLY);
    let second = block(browser, "post", &spam, &[]).await;
    assert_eq!(second.status, 409, "somebody was first");
    second.assert_says("Alguém já marcou como spam.");
    second.assert_silent("Marcada como spam");
    // More from there stays there, silently.
    desk.receive(b"Message-ID: <m2@x>\r\nIn-Reply-To: <m1@x>\r\nFrom: eva@oferta.example\r\n\r\nOi?\r\n").await;
    assert_eq!(counts(app).await, SPAM_ONLY);
    let page = browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("Não é spam");
    page.assert_says("marcou como spam");
    assert_eq!(browser.change("delete", &spam, &[]).await.status, 303);
    assert_eq!(section(app, Section::Unassigned).await, [id]);
    assert_eq!(counts(app).await.unanswered, 1, "it waits for an answer again");

    assert_eq!(browser.post_form(&spam, &[]).await.status, 303);
    desk.write(id, &[("kind", "note"), ("text", "Será?")]).await;
    assert_eq!(section(app, Section::Spam).await, [id], "a note changes nothing");
    desk.write(id, &[("kind", "reply"), ("text", "Bom dia, Eva.")]).await;
    assert_eq!(section(app, Section::Spam).await, [0_i64; 0]);
    let log = "SELECT count(*) FROM activity WHERE kind IN ('spam.marked', 'spam.cleared') AND actor_id IS NOT NULL";
    assert_eq!(desk.number(log).await, 4, "the activity log has each turn");
}

#[rocket::async_test]
async fn what_cannot_be_blocked_is_said_and_not_called_blocked() {
    let desk = Desk::start().await;
    let domain = CONTATO.split_once('@').expect("an address").1;
    let id = desk.receive(mail("m1@x", &format!("chefe@{domain}"), "Oi", "Bom dia")).await.conversation;
    let refused = block(&desk.browser, "post", &format!("/conversations/{id}/blocks"), &[("what", "domain")]).await;
    assert_eq!(refused.status, 409);
    refused.assert_says("Este endereço é seu e não pode ser bloqueado.");
    refused.assert_silent("Remetente bloqueado");
    assert_eq!(desk.number("SELECT count(*) FROM blocked_sender").await, 0);
}

#[rocket::async_test]
async fn mail_of_a_blocked_sender_goes_nowhere_is_counted_and_kept_for_a_month() {
    let desk = Desk::start().await;
    let (app, (agent, browser)) = (&desk.app.recado, desk.agent("bia").await);
    let first = desk.receive(mail("m1@x", EVA, "Oferta", "Compre")).await;
    let blocks = format!("/conversations/{}/blocks", first.conversation);
    assert_eq!(browser.post_form(&blocks, &[("what", "domain")]).await.status, 303);
    assert_eq!(section(app, Section::Spam).await, [first.conversation]);

    let contacts = desk.number("SELECT count(*) FROM contact").await;
    for (id, from) in [("b1@x", EVA), ("b2@x", "Outro <outro@Oferta.Example>")] {
        let receipt = desk.receive(mail(id, from, "Mais", "Compre mais")).await;
        assert_eq!(receipt.outcome, Outcome::Blocked);
        let again = desk.receive(mail(id, from, "Mais", "Compre mais")).await;
        assert_eq!(again.outcome, Outcome::Duplicate);
    }
    let other = desk.receive(mail("o1@x", "ana@nao-oferta.example", "Obra", "Oi")).await;
    assert_eq!(other.outcome, Outcome::New, "a domain that only ends like it is another one");
    assert_eq!(desk.number("SELECT count(*) FROM message").await, 2);
    assert_eq!(desk.number("SELECT count(*) FROM contact").await, contacts + 1);
    let page = browser.get("/settings/blocked").await;
    page.assert_says("Todos de oferta.example");
    page.assert_says("2 e-mails recusados");

    let kept = "SELECT count(*) FROM inbound WHERE outcome = 'blocked'";
    desk.app.clock().advance(29 * DAY);
    app.db.write(blocking::purge).await.expect("swept");
    assert_eq!(desk.number(kept).await, 2);
    desk.app.clock().advance(DAY + HOUR);
    let blobs = desk.number("SELECT count(*) FROM blob").await;
    app.db.write(blocking::purge).await.expect("swept");
    assert_eq!(desk.number(kept).await, 0);
    assert_eq!(desk.number("SELECT count(*) FROM blob").await, blobs - 2, "and with it their originals");

    let browser = desk.app.browser_of(agent).await;
    let block = desk.number("SELECT id FROM blocked_sender").await;
    assert_eq!(browser.change("delete", &format!("/settings/blocked/{block}"), &[]).await.status, 303);
    let back = desk.receive(mail("b3@x", EVA, "Voltei", "Oi")).await;
    assert_eq!(back.outcome, Outcome::New);
    let log = "SELECT count(*) FROM activity WHERE kind IN ('sender.blocked', 'sender.unblocked') AND actor_id > 0";
    assert_eq!(desk.number(log).await, 2);
}

#[rocket::async_test]
async fn shared_domains_and_our_own_addresses_cannot_be_blocked() {
    let (house, _outbox) = House::quiet().await;
    let blocked = async |id: &'static str, from: &'static str, pattern| {
        let (receipt, _) = house.receive(&mail(id, from, "Oi", "Oi")).await;
        let owner = house.owner().await;
        let done = house.app.db.write(move |tx| blocking::block(tx, &owner, receipt.conversation, pattern)).await;
        done.map_err(|error| error.to_string())
    };
    assert!(blocked("1@x", "a@gmail.com", Pattern::Domain).await.is_err(), "half of the customers are there");
    assert!(blocked("2@x", "Outro@Vereda.example", Pattern::Domain).await.is_err(), "that is us");
    assert!(blocked("3@x", "contato@vereda.example", Pattern::Address).await.is_err(), "that is us");
    assert!(blocked("4@x", "a@gmail.com", Pattern::Address).await.is_ok());
}

#[rocket::async_test]
async fn a_report_about_our_own_mail_comes_through_every_block() {
    let (mut house, outbox) = House::quiet().await;
    house.serve().await;
    let (receipt, _) = house.receive(&mail("m1@x", EVA, "Oi", "Oi")).await;
    let answer = house.write(receipt.conversation, MessageKind::Outgoing, "Olá").await;
    house.delivery(answer, "sent").await;
    let sent = recado::channels::email::parse(&outbox.letters()[0].raw, &recado::channels::email::Limits::default());
    let owner = house.owner().await;
    let block = Pattern::Domain;
    house.app.db.write(move |tx| blocking::block(tx, &owner, receipt.conversation, block)).await.expect("blocked");
    let report = format!(
        "From: MAILER-DAEMON@oferta.example\r\nX-Failed-Recipients: eva@oferta.example\r\nSubject: failure\r\n\r\n\
         550 5.1.1 no such user\r\n\r\nMessage-ID: <{}>\r\n",
        sent.message_id.unwrap_or_default()
    );
    let (report, _) = house.receive(report.as_bytes()).await;
    assert_eq!(report.outcome, Outcome::Bounce);
    house.delivery(answer, "failed").await;
    house.close().await;
}
