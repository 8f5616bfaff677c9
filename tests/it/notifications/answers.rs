//! Notifications answered by mail: only by whom they were sent to, only where they may answer, and never by a forger.

use recado::channels::email::{Staff, parse, reply_key};
use recado::clock::{DAY, MINUTE};
use recado::conversations::model::Outcome;

use super::{HELENA, assign, mail, told};
use crate::support::browser::Browser;
use crate::support::desk::Desk;
use crate::support::letters::{subject, text};
use crate::support::wait::{DEADLINE, until};

const CHECKED: &str = "Authentication-Results: mx.vereda.example; dmarc=pass header.from=vereda.example\r\n";

/// A desk whose mail server says whom it believes, with a conversation of Camila and the mail that tells her.
struct Answered {
    desk: Desk,
    user: i64,
    camila: Browser,
    conversation: i64,
    reply_to: String,
}

impl Answered {
    async fn start(checked_by: Option<&'static str>) -> Self {
        let desk = Desk::with(|config| config.mail_checked_by = checked_by.map(str::to_owned)).await;
        let (user, camila) = desk.agent("camila").await;
        let conversation = desk.receive(mail("a1@x", HELENA, "Orçamento", "Bom dia")).await.conversation;
        assign(&desk.browser, conversation, user).await;
        told(&desk).await;
        desk.app.clock().advance(3 * MINUTE);
        let letters = desk.app.letters(1).await;
        let told_of = parse(&letters[0].raw, &recado::channels::email::Limits::default());
        let reply_to = told_of.reply_to.first().expect("it can be answered").address.clone();
        Self { desk, user, camila, conversation, reply_to }
    }

    /// A mail to the address, with more header fields.
    async fn answer(&self, from: &str, to: &str, words: &str, more: &str) {
        let raw = format!(
            "{more}Message-ID: <{}@camila>\r\nFrom: {from}\r\nTo: {to}\r\nSubject: Re: Orçamento\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n\r\nEm sex., 20 de nov. de 2026 às 10:00, Recado \
             <recado@localhost> escreveu:\r\n> --- Escreva sua resposta acima desta linha ---\r\n> Olá\r\n",
            words.len() * 1000 + to.len() + from.len() + more.len()
        );
        let receipt = self.desk.receive(raw).await;
        assert_eq!((receipt.outcome, receipt.message), (Outcome::Team, 0));
        until("the answer to be judged", DEADLINE, async || {
            self.desk.number("SELECT count(*) FROM job WHERE kind = 'team_mail'").await == 0
        })
        .await;
    }

    /// Messages of the team: kind and text.
    async fn written(&self) -> String {
        let sql =
            "SELECT group_concat(kind || ':' || user_id || ':' || text, '|') FROM message WHERE kind != 'incoming'";
        self.desk.text(sql).await
    }

    /// The newest mail to Camila, once there are `count` in all.
    async fn letter(&self, count: usize) -> (Vec<String>, String, String) {
        let letter = self.desk.app.letters(count).await.remove(count - 1);
        (letter.envelope.to.clone(), subject(&letter), text(&letter))
    }
}

#[rocket::async_test]
async fn a_proven_answer_goes_to_the_customer_as_its_person() {
    let here = Answered::start(Some("mx.vereda.example")).await;
    here.answer("Camila <CAMILA@vereda.example>", &here.reply_to, "Fica em R$ 900.", CHECKED).await;
    assert_eq!(here.written().await, format!("outgoing:{}:Fica em R$ 900.", here.user));
    let (to, _, sent) = here.letter(2).await;
    assert_eq!(to, ["helena@bemviver.example"]);
    assert!(sent.starts_with("Fica em R$ 900."), "{sent}");
    assert!(!sent.contains("acima desta linha") && !sent.contains("+u"), "nothing of ours goes along: {sent}");
    assert_eq!(here.desk.number("SELECT count(*) FROM message WHERE kind = 'incoming'").await, 1);
    assert_eq!(here.desk.number("SELECT unanswered FROM conversation").await, 0);
}

#[rocket::async_test]
async fn where_nobody_checks_senders_an_answer_is_a_note() {
    let here = Answered::start(None).await;
    let told_of = text(&here.desk.app.outbox.letters()[0]);
    assert!(told_of.contains("deixar uma anotação interna"), "the mail says what an answer does: {told_of}");
    here.answer("camila@vereda.example", &here.reply_to, "Já vi.", CHECKED).await;
    assert_eq!(here.written().await, format!("note:{}:Já vi.", here.user));
    assert_eq!(here.desk.app.outbox.letters().len(), 1, "nothing left");
}

#[rocket::async_test]
async fn an_answer_that_is_not_proven_is_held_as_a_note_and_its_person_is_told() {
    let here = Answered::start(Some("mx.vereda.example")).await;
    let results = CHECKED.replace("dmarc=pass", "dmarc=fail");
    here.answer("camila@vereda.example", &here.reply_to, "Fica em 900.", &[&results, CHECKED].concat()).await;
    assert_eq!(here.written().await, format!("note:{}:Fica em 900.", here.user));
    let (to, subject, told_of) = here.letter(2).await;
    assert_eq!(
        (to, subject.as_str()),
        (vec!["camila@vereda.example".to_owned()], "Sua resposta ficou como anotação interna")
    );
    assert!(told_of.contains("Fica em 900."), "{told_of}");
}

#[rocket::async_test]
async fn another_sender_a_forged_and_an_old_address_are_refused_and_told() {
    let here = Answered::start(Some("mx.vereda.example")).await;
    here.answer("mallory@evil.example", &here.reply_to, "Mande o dinheiro", CHECKED).await;
    let (to, subject, told_of) = here.letter(2).await;
    assert_eq!(
        (to, subject.as_str()),
        (vec!["camila@vereda.example".to_owned()], "Sua resposta por e-mail não foi enviada")
    );
    assert!(told_of.contains("mallory@evil.example") && told_of.contains("Mande o dinheiro"), "{told_of}");
    let (local, domain) = here.reply_to.rsplit_once('@').expect("an address");
    let last = if local.ends_with('a') { 'b' } else { 'a' };
    let forged = format!("{}{last}@{domain}", &local[..local.len() - 1]);
    here.answer("camila@vereda.example", &forged, "Fica em 900", CHECKED).await;
    assert!(here.letter(3).await.2.contains("não é válido"));
    here.answer("mallory@evil.example", &forged, "Fica em 1", CHECKED).await;
    let staff = Staff { conversation: here.conversation, user: 1, until_day: here.desk.app.clock().now() / DAY + 5 };
    let key = reply_key(&here.desk.app.recado.keys).expect("a key");
    let anas = key.staff_address(&here.desk.inbox.address, staff).expect("an address");
    here.answer("camila@vereda.example", &anas, "Em nome da Ana", CHECKED).await;
    let (to, _, _) = here.letter(4).await;
    assert_eq!(to, ["ana@vereda.example"], "whose address was used is told");
    here.desk.app.clock().advance(31 * DAY);
    here.answer("camila@vereda.example", &here.reply_to, "Tarde demais", CHECKED).await;
    assert!(here.letter(5).await.2.contains("antigo demais"));
    assert_eq!(here.written().await, "", "nothing was posted");
    assert_eq!(here.desk.number("SELECT count(*) FROM message").await, 1, "and nothing stands there as a customer's");
}

#[rocket::async_test]
async fn who_lost_access_and_machines_write_nothing() {
    let here = Answered::start(Some("mx.vereda.example")).await;
    here.answer(
        "camila@vereda.example",
        &here.reply_to,
        "Estou fora",
        &["Auto-Submitted: auto-replied\r\n", CHECKED].concat(),
    )
    .await;
    let db = &here.desk.app.recado.db;
    db.write(|tx| Ok(tx.execute("UPDATE inbox SET access = 'owner'", [])?)).await.expect("changed");
    here.answer("camila@vereda.example", &here.reply_to, "Ainda posso?", CHECKED).await;
    let (_, _, told_of) = here.letter(2).await;
    assert!(told_of.contains("não tem mais acesso") && told_of.contains("Ainda posso?"), "{told_of}");
    let page = here.camila.get(&format!("/conversations/{}", here.conversation)).await;
    assert_eq!(page.status, 404, "on the page as by mail");
    let user = here.user;
    let sql = "UPDATE user SET state = 'disabled' WHERE id = ?1";
    db.write(move |tx| Ok(tx.execute(sql, [user])?)).await.expect("changed");
    here.answer("camila@vereda.example", &here.reply_to, "E agora, posso sim?", CHECKED).await;
    assert_eq!(here.written().await, "");
    assert_eq!(here.desk.app.outbox.letters().len(), 2, "whoever has no access hears nothing");
}

#[rocket::async_test]
async fn an_inbox_that_takes_no_mail_promises_no_answer() {
    let desk = Desk::start().await;
    let (user, _) = desk.agent("camila").await;
    let first = desk.receive(mail("a1@x", HELENA, "Orçamento", "Bom dia")).await.conversation;
    assign(&desk.browser, first, user).await;
    told(&desk).await;
    let off = |tx: &recado::db::Tx<'_>| Ok(tx.execute("UPDATE inbox SET last_in_at = NULL", [])?);
    desk.app.recado.db.write(off).await.expect("changed");
    desk.app.clock().advance(3 * MINUTE);
    let letters = desk.app.letters(1).await;
    assert!(!String::from_utf8_lossy(&letters[0].raw).contains("Reply-To:"));
    assert!(!text(&letters[0]).contains("Responda a este e-mail"));
}
