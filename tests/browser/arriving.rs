//! What customers do after writing, in an open conversation; what leaves by itself, in the settings.

use recado::blobs;
use recado::conversations::model::{Incoming, Mailbox, Nature};
use recado::conversations::store::inbound;

use crate::hands::Way::Forth;
use crate::house::{House, shows};
use crate::support::{Browser, ENTER, Language, Reader, Scheme, Size};

const TIAGO: &str = "tiago@bastoscafe.com.br";

/// The last message of Tiago, or of ours to him: its conversation and the channel's id.
async fn last(house: &House, kind: &'static str) -> (i64, String) {
    let sql = "SELECT m.conversation_id, m.external_id FROM message m JOIN conversation c ON c.id = m.conversation_id
                WHERE c.subject = 'Visita ao café na sexta' AND m.kind = ?1 ORDER BY m.id DESC LIMIT 1";
    let read = move |connection: &recado::db::Connection| {
        Ok(connection.query_row(sql, [kind], |row| Ok((row.get(0)?, row.get(1)?)))?)
    };
    house.app.db.read(read).await.expect("a message")
}

/// Tiago does something.
async fn does(house: &House, key: &str, nature: Nature) {
    let sender = Mailbox { name: "Tiago Bastos".to_owned(), address: TIAGO.to_owned() };
    let incoming = Incoming { key: key.to_owned(), nature, sender, ..Incoming::default() };
    let take = move |tx: &recado::db::Tx<'_>| {
        let raw = blobs::store_in(tx, incoming.key.as_bytes())?.id;
        inbound::receive(tx, 1, "email", &incoming, raw)
    };
    house.app.db.write(take).await.expect("taken");
}

#[rocket::async_test]
async fn reactions_edits_and_what_is_taken_back_appear_in_an_open_conversation() {
    let house = House::demo().await;
    for (number, reader) in
        [Reader::default(), Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English }]
            .into_iter()
            .enumerate()
    {
        let agent = Browser::open(reader).await;
        house.sign_in(&agent, recado::demo::AGENT).await;
        let (id, ours) = last(&house, "outgoing").await;
        let (_, theirs) = last(&house, "incoming").await;
        agent.goto(&format!("{}/conversations/{id}", house.url)).await;
        shows(&agent, "document.body.dataset.connected == 'yes'").await;
        let nature = Nature::Reaction { to: ours, emoji: Some(["🎉", "🙏"][number].to_owned()) };
        does(&house, &format!("reaction {number}"), nature).await;
        let chip = ["🎉", "🙏"][number];
        shows(&agent, &format!("document.querySelector('#timeline').textContent.includes('{chip} Tiago')")).await;
        let text = format!("Perfeito, mas às {number}0h.");
        does(&house, &format!("edit {number}"), Nature::Edit { of: theirs.clone(), text: text.clone() }).await;
        shows(&agent, &format!("document.querySelector('#timeline').textContent.includes('{text}')")).await;
        agent.walk_and_enter(Forth, "[id^=earlier-] summary").await;
        shows(
            &agent,
            "[...document.querySelectorAll('[id^=earlier-][open] .quote')].some(e => e.textContent == 'Perfeito.')",
        )
        .await;
        agent.screenshot("edited").await;
        agent.assert_fits().await;
        if number == 1 {
            does(&house, "deletion", Nature::Deletion { of: theirs }).await;
            shows(&agent, &format!("!document.querySelector('#timeline').textContent.includes('{text}')")).await;
            shows(&agent, "document.querySelector('#timeline').textContent.includes('Deleted by the contact')").await;
            agent.screenshot("taken-back").await;
            agent.assert_fits().await;
        }
        agent.close().await;
    }
    house.close().await;
}

#[rocket::async_test]
async fn what_leaves_by_itself_is_seen_before_it_is_kept() {
    let house = House::demo().await;
    for reader in [Reader::default(), Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English }] {
        let owner = Browser::open(reader).await;
        house.sign_in(&owner, recado::demo::OWNER).await;
        owner.goto(&format!("{}/settings/inboxes/1/answering", house.url)).await;
        shows(&owner, "document.querySelector('#greeting-now').textContent.includes('aqui é a Vereda Arquitetura')")
            .await;
        owner.fill("#greeting_pt", "Bom dia da {company}.").await;
        owner.find("[name=look]").await.focus().await.expect("a button");
        owner.press(ENTER).await;
        shows(&owner, "document.querySelector('#greeting-now').textContent.includes('Bom dia da Vereda Arquitetura.')")
            .await;
        assert_eq!(owner.eval::<String>("document.querySelector('#greeting_pt').value").await, "Bom dia da {company}.");
        owner.screenshot("greeting").await;
        owner.assert_fits().await;
        owner.fill("#greeting_pt", "Bom dia, {nome}").await;
        owner.click("form .btn-go").await;
        shows(&owner, "document.querySelector('#error-greeting_pt')").await;
        owner.screenshot("greeting-refused").await;
        owner.assert_fits().await;
        owner.close().await;
    }
    let kept = "SELECT settings ->> '$.answering.greeting.\"pt-BR\"' FROM inbox WHERE id = 1";
    let kept: String =
        house.app.db.read(move |c| Ok(c.query_row(kept, [], |row| row.get(0))?)).await.expect("a greeting");
    assert!(kept.starts_with("Oi, aqui é a {company}."), "{kept}");
    house.close().await;
}

#[rocket::async_test]
async fn refused_mail_is_found_on_a_page_that_fits() {
    let house = House::demo().await;
    let customer = Browser::open(Reader::default()).await;
    house
        .app
        .db
        .write(|tx| {
            Ok(tx.execute(
                "INSERT INTO blocked_sender (pattern, blocked_by, blocked_at) VALUES ('@oferta.example', 1, ?1)",
                [tx.now()],
            )?)
        })
        .await
        .expect("a block");
    customer.goto(&format!("{}/demo/mailbox?as_=eva@oferta.example", house.url)).await;
    for (field, text) in [("#name", "Eva"), ("#subject", "Última chance de comprar"), ("#text", "Só hoje")] {
        customer.fill(field, text).await;
    }
    customer.click("#write .btn-go").await;
    customer.find("[role=status]").await;
    for reader in [Reader::default(), Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English }] {
        let agent = Browser::open(reader).await;
        house.sign_in(&agent, recado::demo::AGENT).await;
        agent.goto(&format!("{}/settings/blocked", house.url)).await;
        shows(&agent, "document.querySelector('[id^=kept-] h3').textContent == 'Última chance de comprar'").await;
        agent.screenshot("refused").await;
        agent.assert_fits().await;
        agent.close().await;
    }
    customer.close().await;
    house.close().await;
}
