//! Saved replies.

use recado::conversations::model::MessageKind;
use rocket::tokio;

use super::{block_of, multipart, number};
use crate::sections::office::{Office, block};
use crate::support::browser::Browser;

async fn create(browser: &Browser, fields: &[(&'static str, &str)], files: &[(&str, &str)]) -> i64 {
    let made = multipart(browser, "/settings/replies", fields, files).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let list = browser.get("/settings/replies").await;
    let numbers = list.body.split("id=\"reply-").skip(1).filter_map(|part| part.split('"').next()?.parse().ok());
    numbers.max().expect("it is listed")
}

fn reply<'a>(code: &'a str, text: &'a str, sharing: &'a str) -> [(&'static str, &'a str); 4] {
    [("code", code), ("title", "Prazo de entrega"), ("text", text), ("sharing", sharing)]
}

// proves: M27
#[tokio::test]
async fn a_code_brings_the_text_with_its_fields_filled_for_this_conversation() {
    let office = Office::open().await;
    let browser = office.browser(office.ana).await;
    let named = "Helena <b>Duarte <helena@bemviver.example>";
    let id = office.mail(named, "Granito", "Quanto custa?").await.conversation;
    let text = "Oi {{contact.first_name|tudo bem}}, nº {{conversation.number}}.\n{{agent.name}}, {{workspace.name}}";
    create(&browser, &reply("/Prazo", text, "own"), &[]).await;
    create(&browser, &[("code", "outro"), ("title", "Coisa nova"), ("text", "Nada")], &[]).await;
    let offered = block_of(&browser, &format!("/conversations/{id}/replies?q=pra")).await;
    offered.assert_says(&format!("data-text=\"Oi Helena, nº {id}.\nAna, Vereda Arquitetura\""));
    offered.assert_says("/prazo");
    offered.assert_silent("/outro");
    block_of(&browser, &format!("/conversations/{id}/replies?q=nov")).await.assert_says("/outro");
    create(&browser, &reply("nome", "{{contact.name}}", "own"), &[]).await;
    let offered = block_of(&browser, &format!("/conversations/{id}/replies?q=nome")).await;
    offered.assert_silent("<b>Duarte");
    let page = browser.get(&format!("/conversations/{id}/replies")).await;
    page.assert_says("nº");
    page.assert_says("readonly");
    let anonymous = office.mail("<oi@exemplo.example>", "Sem nome", "Oi").await.conversation;
    let offered = block_of(&browser, &format!("/conversations/{anonymous}/replies?q=prazo")).await;
    offered.assert_says("Oi tudo bem,");
    assert_eq!(office.number("SELECT count(*) FROM message WHERE kind != 'incoming' AND id > ?1", 0).await, 0);
}

// proves: M27
#[tokio::test]
async fn what_is_ones_own_is_nobody_elses_and_sharing_needs_the_right() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let (ana, by_diego) = (office.browser(office.ana).await, office.browser(diego).await);
    let id = office.mail("Bia <bia@x.example>", "Granito", "Oi").await.conversation;
    let own = create(&ana, &reply("segredo", "Só da Ana", "own"), &[("tabela.txt", "segredo")]).await;
    let shared = create(&ana, &reply("prazo", "De todos", "team"), &[]).await;
    let offered = block_of(&by_diego, &format!("/conversations/{id}/replies?q=")).await;
    offered.assert_says("De todos");
    offered.assert_silent("Só da Ana");
    let key = "SELECT key FROM saved_reply_file WHERE reply_id = ?1";
    let read = office.app.recado.db.read(move |c| Ok(c.query_row(key, [own], |row| row.get::<_, String>(0))?));
    let file = format!("/settings/replies/files/{}", read.await.expect("a file"));
    assert_eq!(ana.get(&file).await.body, "segredo");
    assert_eq!(by_diego.get(&file).await.status, 404);
    for (path, status) in [(format!("/settings/replies/{own}"), 404), (format!("/settings/replies/{shared}"), 403)] {
        assert_eq!(by_diego.get(&path).await.status, status, "{path}");
        assert_eq!(multipart(&by_diego, &path, &reply("x", "y", "own"), &[]).await.status, status, "{path}");
        assert_eq!(by_diego.change("delete", &path, &[]).await.status, status, "{path}");
    }
    assert_eq!(multipart(&by_diego, "/settings/replies", &reply("meu", "x", "team"), &[]).await.status, 403);
    create(&by_diego, &reply("prazo", "Do Diego", "own"), &[]).await;
    by_diego.get("/settings/replies").await.assert_silent("/segredo");
    let offered = block_of(&by_diego, &format!("/conversations/{id}/replies?q=prazo")).await;
    let (own, all) = (offered.body.find("Do Diego"), offered.body.find("De todos"));
    assert!(own.is_some() && own < all, "one's own first: {}", offered.body);
}

// proves: M27
#[tokio::test]
async fn what_does_not_do_is_said_and_kept() {
    let office = Office::open().await;
    let browser = office.browser(office.ana).await;
    create(&browser, &reply("prazo", "Texto", "own"), &[]).await;
    for (code, text, said) in [
        ("duas palavras", "Texto", "Use uma palavra"),
        ("", "Texto", "Use uma palavra"),
        ("PRAZO", "Texto", "Já existe uma resposta com este código."),
        ("outro", "", "Escreva o texto."),
        ("outro", "Oi {{contact.password}}", "Há um campo que não existe."),
        ("outro", "Oi {{ }}", "Há um campo que não existe."),
        ("outro", "Oi {contact.first_name}", "Há um campo que não existe."),
    ] {
        let refused = multipart(&browser, "/settings/replies", &reply(code, text, "own"), &[]).await;
        assert_eq!(refused.status, 422, "{code} {text}");
        refused.assert_says(said);
        refused.assert_says(&format!("value=\"{code}\""));
        refused.assert_says(&format!("dir=\"auto\" required{}", if said.contains("código") { ">" } else { "" }));
        refused.assert_says(text);
    }
    let files: Vec<(String, &str)> = (0..11).map(|n| (format!("a{n}.txt"), "a")).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let many = multipart(&browser, "/settings/replies", &reply("muitos", "Texto", "own"), &files).await;
    assert_eq!(many.status, 422);
    many.assert_says("Cabem 10 arquivos.");
    assert_eq!(office.number("SELECT count(*) FROM saved_reply WHERE id > ?1", 0).await, 1);
}

// proves: M27
#[tokio::test]
async fn what_we_wrote_in_a_message_becomes_one_for_who_may_read_it() {
    let office = Office::open().await;
    let browser = office.browser(office.ana).await;
    let asked = office.mail("Bia <bia@x.example>", "Granito", "Quanto tempo leva?").await;
    let id = asked.conversation;
    let ours = office.write(office.ana, id, MessageKind::Outgoing, "Fica pronto em <b>dez dias</b>.").await;
    let note = office.write(office.ana, id, MessageKind::Note, "Segredo nosso").await;
    let keep = |message: i64| format!("/settings/replies/new?message={message}");
    let page = browser.get(&format!("/conversations/{id}")).await;
    page.assert_says(&format!("href=\"{}\"", keep(ours)));
    page.assert_silent(&keep(asked.message));
    browser.get(&keep(ours)).await.assert_says("Fica pronto em &#60;b&#62;dez dias&#60;/b&#62;.");
    for other in [asked.message, note, 0] {
        assert_eq!(browser.get(&keep(other)).await.status, 404, "{other}");
    }
    let zoe = office.agent("zoe").await;
    office.run("UPDATE inbox SET access = 'owner'").await;
    assert_eq!(office.browser(zoe).await.get(&keep(ours)).await.status, 404);
}

// proves: M27
#[tokio::test]
async fn files_go_along_and_stay_while_they_are_kept() {
    let office = Office::open().await;
    let browser = office.browser(office.ana).await;
    let id = office.mail("Bia <bia@x.example>", "Granito", "Oi").await.conversation;
    let files = [("tabela.txt", "preços"), ("mapa.txt", "rua")];
    let made = create(&browser, &reply("tabela", "Segue", "own"), &files).await;
    let offered = block_of(&browser, &format!("/conversations/{id}/replies?q=tab")).await;
    offered.assert_says("download=\"tabela.txt\"");
    let page = browser.get(&format!("/settings/replies/{made}")).await;
    let (_, after) = page.body.split_once("name=\"keep\" value=\"").expect("a file");
    let key = after.split('"').next().unwrap_or_default().to_owned();
    let mut fields = reply("tabela", "Segue de novo", "own").to_vec();
    fields.push(("keep", &key));
    let path = format!("/settings/replies/{made}");
    assert_eq!(multipart(&browser, &path, &fields, &[]).await.status, 303);
    let page = browser.get(&path).await;
    page.assert_says("tabela.txt");
    page.assert_silent("mapa.txt");
    assert_eq!(browser.get(&format!("/settings/replies/files/{key}")).await.body, "preços");
    assert_eq!(browser.change("delete", &path, &[]).await.status, 303);
    assert_eq!(browser.get(&format!("/settings/replies/files/{key}")).await.status, 404);
    let gone = block(&browser, "delete", &path, &[]).await;
    assert_eq!(gone.status, 404);
    assert_eq!(number(&browser.post_form("/settings/macros", &[("name", "Vazia")]).await), 1);
}
