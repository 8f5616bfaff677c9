//! Settings of inboxes, as a person with the right to them uses the pages.

mod consent;
mod health;
mod lost;
mod setup;

use recado::auth::Role;
use recado::config::Smtp;
use recado::inboxes::{self, Inbox};
use recado::mailer::{Carrier, Outbox};
use reqwest::Method;
use rocket::tokio;

use crate::support::app::App;
use crate::support::browser::{Answer, Browser, send};
use crate::support::wait::DEADLINE;

const LIST: &str = "/settings/inboxes";

/// The fields of an inbox by the workspace's server that everybody reads.
const PLAIN: [(&str, &str); 4] =
    [("name", "Contato da loja"), ("address", "contato@vereda.example"), ("access", "all"), ("way", "house")];

/// The same with a server of its own.
fn own<'a>(host: &'a str, password: &'a str) -> Vec<(&'a str, &'a str)> {
    let server = [("way", "own"), ("host", host), ("security", "none"), ("port", "2525"), ("username", "loja")];
    [&PLAIN[..3], &server, &[("password", password)]].concat()
}

async fn inbox(app: &App) -> Inbox {
    let found = app.recado.db.read(|connection| inboxes::store::find(connection, "contato@vereda.example")).await;
    found.expect("a database").expect("an inbox")
}

async fn way_out(app: &App) -> Option<Smtp> {
    let (inbox, keys) = (inbox(app).await, app.recado.keys.clone());
    app.recado
        .db
        .read(move |connection| inboxes::store::own_server(connection, &inbox, &keys))
        .await
        .expect("a database")
}

async fn refused(browser: &Browser, fields: &[(&str, &str)]) -> Answer {
    let answer = browser.post_form(LIST, fields).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    answer
}

#[tokio::test]
async fn a_connected_inbox_stands_in_the_list_with_its_readers() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let owner = app.browser_of(1).await;
    owner.get(LIST).await.assert_says("Nenhuma caixa ainda");
    let member = diego.to_string();
    let chosen = [&PLAIN[..2], &[("access", "selected"), ("way", "house"), ("members", &member)]].concat();
    assert_eq!(owner.post_form(LIST, &chosen).await.location(), LIST);
    let list = owner.get(LIST).await;
    for words in ["Contato da loja", "contato@vereda.example", "Sem movimento ainda", "Ana, Diego", "Caixa conectada"] {
        list.assert_says(words);
    }
    let id = inbox(&app).await.id;
    let page = owner.get(&format!("{LIST}/{id}")).await;
    page.assert_says("recado mail-in --inbox contato@vereda.example");
    page.assert_says(&format!("name=\"members\" value=\"{diego}\" checked"));
    page.assert_silent("name=\"members\" value=\"1\" checked");
}

#[tokio::test]
async fn what_cannot_be_accepted_is_said_at_its_field_and_keeps_what_was_typed() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    let fields = [("name", ""), ("address", "contato@"), ("access", "everybody"), ("way", "own"), ("host", "a b")];
    let page = refused(&owner, &fields).await;
    for key in ["error-name", "error-address", "error-access", "error-host"] {
        page.assert_says(&format!("id=\"{key}\""));
    }
    page.assert_says("value=\"contato@\"");
    page.assert_says("value=\"a b\"");
    assert_eq!(owner.post_form(LIST, &PLAIN).await.status, 303);
    let page = refused(&owner, &PLAIN).await;
    page.assert_says("Já existe uma caixa com este nome.");
    let renamed = [&[("name", "Outra")], &PLAIN[1..]].concat();
    refused(&owner, &renamed).await.assert_says("Este endereço já tem uma caixa.");
}

#[tokio::test]
async fn the_address_of_an_inbox_does_not_change() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    owner.post_form(LIST, &PLAIN).await;
    let path = format!("{LIST}/{}", inbox(&app).await.id);
    let fields = [("name", "Loja"), ("address", "other@vereda.example"), ("access", "all"), ("way", "house")];
    assert_eq!(owner.change("put", &path, &fields).await.status, 303);
    assert_eq!(inbox(&app).await.name, "Loja");
}

#[tokio::test]
async fn a_password_is_kept_but_never_shown_and_never_goes_to_another_server() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    let without = refused(&owner, &own("smtp.vereda.example", "")).await;
    without.assert_says("Escreva a senha deste usuário.");
    let secret = "senha bem secreta";
    assert_eq!(owner.post_form(LIST, &own("smtp.vereda.example", secret)).await.status, 303);
    let path = format!("{LIST}/{}", inbox(&app).await.id);
    let page = owner.get(&path).await;
    page.assert_says("A senha está guardada");
    page.assert_silent(secret);
    assert_eq!(owner.change("put", &path, &own("smtp.vereda.example", "")).await.status, 303);
    let kept = way_out(&app).await.and_then(|server| server.password);
    assert_eq!(kept.map(|kept| kept.0).as_deref(), Some(secret));
    for check in ["", "/check"] {
        let elsewhere = owner.change("put", &[&path, check].concat(), &own("smtp.evil.example", "")).await;
        assert_eq!(elsewhere.status, 422, "{check}");
        elsewhere.assert_says("Escreva a senha de novo.");
        elsewhere.assert_silent(secret);
    }
    assert_eq!(way_out(&app).await.map(|server| server.host).as_deref(), Some("smtp.vereda.example"));
    owner.change("put", &path, &PLAIN).await;
    let again = owner.change("put", &path, &own("smtp.vereda.example", "")).await;
    assert_eq!(again.status, 422, "a password nobody uses any more is forgotten");
}

/// Presses the button that tries the server; `kind` is how htmx asks, empty without script.
async fn try_out(browser: &Browser, kind: &str, fields: &[(&str, &str)]) -> Answer {
    let token = browser.token("/settings/inboxes/new").await;
    let mut request = browser.request(Method::POST, "/settings/inboxes/check").header("Sec-Fetch-Site", "same-origin");
    if !kind.is_empty() {
        request = request.header("HX-Request", "true").header("HX-Request-Type", kind);
    }
    send(request.form(&[&[("_token", token.as_str())], fields].concat())).await
}

#[tokio::test]
async fn the_check_says_in_words_whether_the_server_works() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    try_out(&owner, "", &PLAIN).await.assert_says("O servidor de e-mail respondeu e aceitou a conexão.");
    // Without settings for mail there is no way out but an inbox's own.
    let carrier = Carrier::configured(&app.recado.config, DEADLINE);
    let app = App::carried(|_| {}, carrier, Outbox::default()).await;
    app.found().await;
    let owner = app.browser_of(1).await;
    try_out(&owner, "", &PLAIN).await.assert_says("Nenhum servidor de e-mail está configurado");
    let private = try_out(&owner, "", &own("127.0.0.1", "x")).await;
    private.assert_says("fica numa rede que não é permitida aqui");
    private.assert_says("value=\"127.0.0.1\"");
    owner.get(LIST).await.assert_silent("127.0.0.1");
    let line = try_out(&owner, "partial", &own("127.0.0.1", "x")).await;
    line.assert_says("fica numa rede que não é permitida aqui");
    line.assert_silent("<form");
}

#[tokio::test]
async fn who_manages_an_inbox_does_not_read_it_until_they_add_themselves() {
    let app = App::start().await;
    let bia = app.user("bia", Role::Admin).await;
    let owner = app.browser_of(1).await;
    owner.post_form(LIST, &[&PLAIN[..2], &[("access", "owner"), ("way", "house")]].concat()).await;
    let id = inbox(&app).await.id;
    let reads = async |user: i64| -> bool {
        let read = app.recado.db.read(move |connection| {
            let mut select = connection.prepare("SELECT 1 FROM inbox_reader WHERE inbox_id = ?1 AND user_id = ?2")?;
            Ok(select.exists([id, user])?)
        });
        read.await.expect("a database")
    };
    assert!(reads(1).await && !reads(bia).await);
    let admin = app.browser_of(bia).await;
    let path = format!("{LIST}/{id}");
    admin.get(&path).await.assert_says("Só Ana");
    assert!(!reads(bia).await, "looking at the settings gives nothing");
    let member = bia.to_string();
    let fields = [&PLAIN[..2], &[("access", "selected"), ("way", "house"), ("members", &member)]].concat();
    assert_eq!(admin.change("put", &path, &fields).await.status, 303);
    assert!(reads(1).await && reads(bia).await);
}
