//! The demo: a whole company from the start, and a page on which its customers are played.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use recado::clock::{Clock, DAY, MINUTE, SECOND};
use recado::config::Config;
use recado::db::Watch;
use recado::demo::{self, AGENT, OWNER, PASSWORD};
use recado::mailer::{Carrier, Outbox};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use rocket::tokio::time::timeout;
use tempfile::TempDir;

use crate::support::app::App;
use crate::support::browser::{Answer, Browser, send};
use crate::support::wait::{DEADLINE, until};

const HELENA: &str = "helena@bemviver.com.br";
const BUDGET: &str = "SELECT id FROM conversation WHERE subject = 'Orçamento da recepção, revisão 3'";

/// The company with its pages.
struct Company {
    app: recado::App,
    url: String,
    outbox: Outbox,
    _running: recado::Running,
    _folder: TempDir,
}

impl Company {
    async fn open() -> Self {
        // Between finding a free port and listening on it another test may take it.
        for _ in 0..20 {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port on loopback");
            let listen: SocketAddr = listener.local_addr().expect("an address");
            drop(listener);
            let (folder, outbox, url) =
                (TempDir::new().expect("a folder"), Outbox::default(), format!("http://{listen}"));
            let config = Config::simple(folder.path(), &url, listen).expect("settings");
            let carrier = Carrier::keeping(outbox.clone());
            let app = recado::App::open(config, &Clock::default(), carrier, Watch::Nothing).expect("a database");
            demo::build(&app).await.expect("the company is built");
            if let Ok(running) = demo::start(&app, outbox.clone()).await {
                return Self { app, url, outbox, _running: running, _folder: folder };
            }
        }
        panic!("twenty ports were taken");
    }

    async fn number(&self, sql: &'static str) -> i64 {
        self.app.db.read(move |connection| Ok(connection.query_row(sql, [], |row| row.get(0))?)).await.expect("a row")
    }

    async fn signed_in(&self, email: &str) -> Browser {
        let browser = Browser::new(&self.url);
        let answer = browser.sign_in(email, PASSWORD).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        browser
    }

    /// The place of the newest mail that left, once there are `count`.
    async fn newest(&self, count: usize) -> usize {
        let mut left = self.outbox.count();
        let enough = timeout(DEADLINE, left.wait_for(|left| *left >= count)).await;
        assert!(enough.is_ok(), "waited {DEADLINE:?} for {count} mails");
        count - 1
    }
}

/// Writes as a customer.
async fn write(customer: &Browser, fields: &[(&'static str, &str)], file: Option<(&str, &[u8])>) -> Answer {
    let mut form = Form::new().text("_token", customer.token("/demo/mailbox").await);
    for (name, value) in fields {
        form = form.text(*name, (*value).to_owned());
    }
    if let Some((name, bytes)) = file {
        form = form.part("files", Part::bytes(bytes.to_vec()).file_name(name.to_owned()));
    }
    let request = customer.request(Method::POST, "/demo/mailbox").header("Sec-Fetch-Site", "same-origin");
    send(request.multipart(form)).await
}

#[rocket::async_test]
async fn the_company_has_two_weeks_of_everything() {
    let company = Company::open().await;
    for (what, least, sql) in [
        ("conversations", 40, "SELECT count(*) FROM conversation"),
        ("people", 25, "SELECT count(*) FROM contact"),
        ("inboxes", 3, "SELECT count(*) FROM inbox"),
        ("kinds of access", 3, "SELECT count(DISTINCT access) FROM inbox"),
        ("unavailable teammates", 1, "SELECT count(*) FROM user WHERE availability = 'unavailable'"),
        ("notes", 5, "SELECT count(*) FROM message WHERE kind = 'note'"),
        ("HTML mails", 4, "SELECT count(*) FROM message WHERE html IS NOT NULL"),
        ("quoted texts", 1, "SELECT count(*) FROM message WHERE quoted != ''"),
        (
            "files received",
            5,
            "SELECT count(*) FROM attachment a JOIN message m ON m.id = a.message_id WHERE m.kind = 'incoming'",
        ),
        (
            "files sent",
            3,
            "SELECT count(*) FROM attachment a JOIN message m ON m.id = a.message_id WHERE m.kind = 'outgoing'",
        ),
        ("absences", 1, "SELECT count(*) FROM message WHERE automatic = 'auto-reply'"),
        ("returned answers", 1, "SELECT count(*) FROM message WHERE delivery_error = 'delivery-bounced'"),
        ("refused answers", 1, "SELECT count(*) FROM message WHERE delivery_error = 'delivery-refused-address'"),
        ("uncertain answers", 1, "SELECT count(*) FROM message WHERE delivery = 'uncertain'"),
        ("reopened conversations", 2, "SELECT count(*) FROM closure WHERE reopened_at IS NOT NULL"),
        ("conversations that wait", 5, "SELECT count(*) FROM conversation WHERE unanswered = 1"),
        ("greetings", 1, "SELECT count(*) FROM message WHERE way = 'automatic' AND delivery = 'sent'"),
        ("reactions", 1, "SELECT count(*) FROM sequel WHERE kind = 'reaction' AND message_id IS NOT NULL"),
        ("edited messages", 1, "SELECT count(*) FROM sequel WHERE kind = 'edit' AND message_id IS NOT NULL"),
        ("messages taken back", 1, "SELECT count(*) FROM sequel WHERE kind = 'deletion' AND message_id IS NOT NULL"),
        ("scheduled answers", 1, "SELECT count(*) FROM draft WHERE leaves_at IS NOT NULL AND held = 'schedule'"),
        ("conversations put off", 1, "SELECT count(*) FROM conversation WHERE state = 'snoozed'"),
        ("mentions", 1, "SELECT count(*) FROM mention"),
        ("prepared texts", 2, "SELECT count(*) FROM saved_reply"),
        ("macros", 1, "SELECT count(*) FROM macro"),
        ("saved filters", 2, "SELECT count(*) FROM saved_filter"),
        ("long subjects", 1, "SELECT count(*) FROM conversation WHERE length(subject) > 80"),
    ] {
        let found = company.number(sql).await;
        assert!(found >= least, "{what}: {found}");
    }
    assert_eq!(
        company.number("SELECT count(*) FROM job WHERE kind NOT IN ('wake', 'leave')").await,
        0,
        "nothing waits but what was put off and what leaves tomorrow"
    );
    assert_eq!(company.number("SELECT count(*) FROM session").await, 0, "nobody is signed in");
    let refused = company.outbox.letters().iter().any(|letter| letter.envelope.to[0].starts_with("silvia@"));
    assert!(!refused, "what was refused never left");
}

#[rocket::async_test]
async fn its_times_are_those_of_two_weeks_and_the_clock_runs_again() {
    let company = Company::open().await;
    let now = company.app.clock().now();
    let (first, last) = (
        company.number("SELECT min(created_at) FROM message").await,
        company.number("SELECT max(created_at) FROM message").await,
    );
    assert!(now - 15 * DAY < first && first < now - 10 * DAY, "began {} minutes ago", (now - first) / MINUTE);
    assert!(last <= now && now - last < 6 * 60 * MINUTE, "ended {} minutes ago", (now - last) / MINUTE);
    let backwards = "SELECT count(*) FROM message a JOIN message b
                      ON b.conversation_id = a.conversation_id AND b.id > a.id AND b.created_at < a.created_at";
    assert_eq!(company.number(backwards).await, 0, "messages stand in the order of their times");
    until("the clock to move", DEADLINE, async || company.app.clock().now() > now).await;
}

#[rocket::async_test]
async fn every_section_has_rows_and_the_owners_own_inbox_stays_hers() {
    let company = Company::open().await;
    let (owner, agent) = (company.signed_in(OWNER).await, company.signed_in(AGENT).await);
    for section in ["unassigned", "mine", "others", "closed"] {
        for browser in [&owner, &agent] {
            let page = browser.get(&format!("/conversations?section={section}")).await;
            assert_eq!(page.status, 200);
            page.assert_says("id=\"row-");
        }
    }
    owner.get("/conversations?section=unassigned").await.assert_says("minuta do aditivo");
    agent.get("/conversations?section=unassigned").await.assert_silent("minuta do aditivo");
}

#[rocket::async_test]
async fn an_answer_reaches_the_customer_and_theirs_lands_in_the_same_conversation() {
    let company = Company::open().await;
    let (agent, customer) = (company.signed_in(AGENT).await, Browser::new(&company.url));
    let conversation = company.number(BUDGET).await;
    let before = company.outbox.letters().len();
    let token = agent.token(&format!("/conversations/{conversation}")).await;
    let form = Form::new().text("_token", token).text("kind", "reply").text("text", "Segue o contrato para assinar.");
    let path = format!("/conversations/{conversation}/messages");
    let request = agent.request(Method::POST, &path).header("Sec-Fetch-Site", "same-origin");
    assert_eq!(send(request.multipart(form)).await.status, 303);
    assert_eq!(company.outbox.letters().len(), before, "it can still be taken back");
    agent.get(&format!("/conversations/{conversation}")).await.assert_says("Sai em instantes");
    company.app.clock().advance(10 * SECOND);
    let place = company.newest(before + 1).await.to_string();
    let letters = customer.get(&format!("/demo/letters?as_={HELENA}")).await;
    letters.assert_says("Segue o contrato para assinar.");
    letters.assert_says("Ficou ótimo. Se mantiver os 35 dias");
    letters.assert_silent("@Camila com granito");

    let fields =
        [("letter", place.as_str()), ("as", HELENA), ("name", "Helena Duarte"), ("text", "Assinado."), ("way", "mail")];
    let answer = write(&customer, &fields, Some(("contrato.pdf", b"%PDF-1.4"))).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let page = agent.get(&format!("/conversations/{conversation}")).await;
    page.assert_says("contrato.pdf");
    let newest = "SELECT conversation_id FROM message WHERE kind = 'incoming' ORDER BY id DESC LIMIT 1";
    assert_eq!(company.number(newest).await, conversation);
    let familiar = "SELECT count(*) FROM message WHERE text = 'Assinado.' AND quoted != '' AND unfamiliar = 0";
    assert_eq!(company.number(familiar).await, 1);
    customer.get(&format!("/demo/letters?as_={HELENA}")).await.assert_says("contrato.pdf");
}

#[rocket::async_test]
async fn an_absence_and_a_return_are_taken_for_what_they_are() {
    let company = Company::open().await;
    let customer = Browser::new(&company.url);
    let conversation = company.number(BUDGET).await;
    let letters = company.outbox.letters();
    let theirs = letters.iter().rposition(|letter| letter.envelope.to == [HELENA]).expect("an answer to Helena");
    let place = theirs.to_string();
    for way in ["away", "bounce"] {
        let fields =
            [("letter", place.as_str()), ("as", HELENA), ("name", "Helena Duarte"), ("text", ""), ("way", way)];
        assert_eq!(write(&customer, &fields, None).await.status, 303);
    }
    let newest = "SELECT count(*) FROM (SELECT automatic, conversation_id FROM message ORDER BY id DESC LIMIT 2)
                   WHERE automatic IN ('auto-reply', 'bounce')";
    assert_eq!(company.number(newest).await, 2);
    let place = "SELECT min(conversation_id) FROM (SELECT conversation_id FROM message ORDER BY id DESC LIMIT 2)";
    assert_eq!(company.number(place).await, conversation);
    let failed = "SELECT count(*) FROM message m JOIN conversation c ON c.id = m.conversation_id
                   WHERE m.delivery_error = 'delivery-bounced' AND c.subject LIKE 'Orçamento da recepção, revisão 3'";
    assert_eq!(company.number(failed).await, 1);
}

#[rocket::async_test]
async fn somebody_new_writes_to_an_inbox_and_can_be_played_from_then_on() {
    let company = Company::open().await;
    let customer = Browser::new(&company.url);
    let before = company.number("SELECT count(*) FROM conversation").await;
    let fields = [
        ("inbox", "obras@vereda.arq.br"),
        ("as", "novo@exemplo.com.br"),
        ("name", "Novo Cliente"),
        ("subject", "Primeira visita"),
        ("text", "<b>Olá</b>, vocês atendem sábado?"),
        ("way", "mail"),
    ];
    let answer = write(&customer, &fields, None).await;
    assert_eq!(answer.location(), "/demo/mailbox?as_=novo%40exemplo.com.br");
    let page = customer.get(answer.location()).await;
    page.assert_says("Novo Cliente");
    page.assert_silent("<b>Olá");
    assert_eq!(company.number("SELECT count(*) FROM conversation").await, before + 1);
    company.signed_in(OWNER).await.get("/conversations?section=unassigned").await.assert_says("Primeira visita");

    let nowhere = [("inbox", "nobody@vereda.arq.br"), ("as", "novo@exemplo.com.br"), ("name", "N"), ("way", "mail")];
    assert_eq!(write(&customer, &nowhere, None).await.status, 404);
    let forged = [("inbox", "obras@vereda.arq.br"), ("as", "a@b.c\r\nBcc: x@y.z"), ("name", "N"), ("way", "mail")];
    assert_eq!(write(&customer, &forged, None).await.status, 422);
    assert_eq!(company.number("SELECT count(*) FROM conversation").await, before + 1);
}

#[rocket::async_test]
async fn the_demo_tells_its_log_ins_and_the_product_has_nothing_of_it() {
    let company = Company::open().await;
    let page = Browser::new(&company.url).get_in("en", "/sign-in").await;
    for words in [OWNER, AGENT, PASSWORD, "/demo/mailbox"] {
        page.assert_says(words);
    }
    company.signed_in(AGENT).await.get("/account").await.assert_says("/demo/mailbox");

    let product = App::start().await;
    let browser = product.browser();
    for path in ["/demo/mailbox", "/demo/letters?as_=a"] {
        assert_eq!(browser.get(path).await.status, 404);
    }
    assert_eq!(browser.post_form("/demo/mailbox", &[("way", "mail")]).await.status, 404);
    browser.get("/sign-in").await.assert_silent("demo");
}
