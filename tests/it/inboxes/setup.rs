//! From an address to an inbox that fetches its mail: servers found, ways tested in words, a mailbox connected once.

use recado::auth::Role;
use recado::config::{Config, PrivateHosts};
use reqwest::Method;
use rocket::tokio;

use super::{LIST, try_out};
use crate::support::app::App;
use crate::support::browser::{Answer, Browser, send};
use crate::support::dovecot::{Dovecot, PASSWORD};

fn allowing(config: &mut Config) {
    config.private_mail_hosts = PrivateHosts::Allowed;
}

async fn on_a_private_network() -> (App, Browser) {
    let app = App::with(allowing).await;
    app.found().await;
    let owner = app.browser_of(1).await;
    (app, owner)
}

/// The form of a mailbox on this machine whose answers leave by the workspace's server.
fn mailbox<'a>(address: &'a str, port: &'a str, password: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("name", address),
        ("address", address),
        ("access", "all"),
        ("way", "house"),
        ("way_in", "mailbox"),
        ("imap_host", "127.0.0.1"),
        ("imap_port", port),
        ("imap_security", "none"),
        ("imap_username", "ana"),
        ("imap_password", password),
        ("folder", "INBOX"),
    ]
}

/// The same with one field changed.
fn with<'a>(fields: &[(&'a str, &'a str)], name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let change = |(field, old): &(&'a str, &'a str)| (*field, if *field == name { value } else { *old });
    fields.iter().map(change).collect()
}

async fn found(browser: &Browser, address: &str, provider: &str) -> Answer {
    browser.post_form("/settings/inboxes/servers", &[("address", address), ("provider", provider)]).await
}

// proves: M3
#[tokio::test]
async fn the_servers_of_big_providers_are_filled_in_with_what_to_know_there() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    owner.get("/settings/inboxes/new").await.assert_says("Comece pelo endereço");
    let google = found(&owner, "loja@gmail.com", "").await;
    for words in ["value=\"imap.gmail.com\"", "value=\"smtp.gmail.com\"", "senha de app", "value=\"loja@gmail.com\""] {
        google.assert_says(words);
    }
    google.assert_says("name=\"sent\" value=\"provider\" checked");
    google.assert_silent("value=\"google\"");
    let microsoft = found(&owner, "loja@HOTMAIL.com", "").await;
    microsoft.assert_says("value=\"smtp.office365.com\"");
    microsoft.assert_says("<option value=\"starttls\" selected>");
    let own_domain = found(&owner, "contato@vereda.example", "locaweb").await;
    own_domain.assert_says("value=\"email-ssl.com.br\"");
    let unknown = found(&owner, "contato@vereda.invalid", "").await;
    assert_eq!(unknown.status, 200);
    unknown.assert_says("Não encontramos servidores deste domínio");
    unknown.assert_says("value=\"contato@vereda.invalid\"");
    let wrong = found(&owner, "contato@", "").await;
    assert_eq!(wrong.status, 422);
    wrong.assert_says("id=\"error-address\"");
    wrong.assert_says("value=\"contato@\"");
}

#[tokio::test]
async fn the_check_tells_each_step_in_words_and_lists_the_folders() {
    let dovecot = Dovecot::start(&["ana"]);
    dovecot.make_folder("ana", "Clientes");
    let (_app, owner) = on_a_private_network().await;
    let port = dovecot.port().to_string();
    let good = mailbox("contato@vereda.example", &port, PASSWORD);
    let page = try_out(&owner, "partial", &good).await;
    for words in ["Tudo funciona", "127.0.0.1 responde", "Usuário e senha estão certos", "A pasta INBOX existe"] {
        page.assert_says(words);
    }
    page.assert_says("<option>Clientes</option>");
    page.assert_says("A conexão não é protegida");
    page.assert_silent(PASSWORD);
    let wrong = try_out(&owner, "partial", &with(&good, "imap_password", "errada demais")).await;
    for words in
        ["Algo ainda não funciona", "127.0.0.1 responde", "recusa o nome de usuário ou a senha", "senha de aplicativo"]
    {
        wrong.assert_says(words);
    }
    wrong.assert_silent("Usuário e senha estão certos");
    wrong.assert_silent("errada demais");
    let missing = try_out(&owner, "partial", &with(&good, "folder", "Fornecedores")).await;
    missing.assert_says("A pasta não existe");
    let closed = try_out(&owner, "partial", &with(&good, "imap_port", "1")).await;
    closed.assert_says("Não funciona");
    closed.assert_says("Confira servidor, porta e segurança");
    closed.assert_silent("responde.");
    let tls = dovecot.tls_port().to_string();
    let protected = with(&with(&good, "imap_port", &tls), "imap_security", "tls");
    let unknown = try_out(&owner, "partial", &protected).await;
    unknown.assert_says("certificado");
    unknown.assert_says("Use o nome de servidor que seu provedor informa");
    unknown.assert_silent("Usuário e senha estão certos");
    let incomplete = try_out(&owner, "partial", &with(&good, "imap_host", "")).await;
    assert_eq!(incomplete.status, 422);
    incomplete.assert_says("Escreva o endereço do servidor");
    let whole = try_out(&owner, "", &good).await;
    whole.assert_says("value=\"contato@vereda.example\"");
    whole.assert_says("<option>Clientes</option>");
}

#[tokio::test]
async fn private_addresses_are_refused_unless_the_configuration_allows_them() {
    let dovecot = Dovecot::start(&["ana"]);
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    let port = dovecot.port().to_string();
    let page = try_out(&owner, "partial", &mailbox("contato@vereda.example", &port, PASSWORD)).await;
    page.assert_says("rede privada");
    page.assert_silent("responde.");
    assert!(!dovecot.log().contains("Login"), "{}", dovecot.log());
}

// proves: R5
#[tokio::test]
async fn a_mailbox_is_connected_once() {
    let dovecot = Dovecot::start(&["ana"]);
    let (_app, owner) = on_a_private_network().await;
    let port = dovecot.port().to_string();
    let fields = mailbox("contato@vereda.example", &port, PASSWORD);
    let connected = owner.post_form(LIST, &fields).await;
    assert_eq!(connected.status, 303, "{}", connected.body);
    assert_eq!(connected.location(), "/settings/inboxes/1/health");
    let again = owner.post_form(LIST, &with(&fields, "name", "Outra")).await;
    assert_eq!(again.status, 422);
    again.assert_says("Este endereço já tem uma caixa");
    found(&owner, "Contato@vereda.example", "").await.assert_says("Este endereço já tem uma caixa");
    let other = with(&with(&fields, "name", "Outra"), "address", "outra@vereda.example");
    let same_mailbox = owner.post_form(LIST, &other).await;
    assert_eq!(same_mailbox.status, 422);
    same_mailbox.assert_says("Outra caixa já busca nesta caixa de e-mail");
    same_mailbox.assert_silent(PASSWORD);
    let other_folder = owner.post_form(LIST, &with(&other, "folder", "Clientes")).await;
    assert_eq!(other_folder.status, 303, "another folder is other mail: {}", other_folder.body);
}

#[tokio::test]
async fn the_password_of_a_mailbox_is_never_shown_and_goes_nowhere_else() {
    let dovecot = Dovecot::start(&["ana"]);
    let (_app, owner) = on_a_private_network().await;
    let port = dovecot.port().to_string();
    let fields = mailbox("contato@vereda.example", &port, PASSWORD);
    owner.post_form(LIST, &fields).await;
    for page in ["/settings/inboxes/1", "/settings/inboxes/1/health", LIST] {
        owner.get(page).await.assert_silent(PASSWORD);
    }
    let kept = with(&fields, "imap_password", "");
    assert_eq!(owner.change("put", "/settings/inboxes/1", &kept).await.status, 303);
    for (field, value) in [("imap_host", "localhost"), ("imap_username", "bia"), ("imap_port", "1")] {
        for path in ["/settings/inboxes/1", "/settings/inboxes/1/check"] {
            let elsewhere = owner.change("put", path, &with(&kept, field, value)).await;
            assert_eq!(elsewhere.status, 422, "{field} {path}");
            elsewhere.assert_says("Escreva a senha de novo");
        }
    }
    let still = owner.change("put", "/settings/inboxes/1/check", &kept).await;
    still.assert_says("Tudo funciona");
}

#[tokio::test]
async fn the_server_for_sending_is_signed_in_to_like_the_mailbox_unless_told_otherwise() {
    let (app, owner) = on_a_private_network().await;
    let port = "143";
    let fields = with(&mailbox("contato@vereda.example", port, "senha da caixa"), "way", "own");
    let smtp = [("same", "true"), ("host", "smtp.vereda.example"), ("security", "tls")];
    let both = [fields.as_slice(), &smtp].concat();
    assert_eq!(owner.post_form(LIST, &both).await.status, 303);
    let way_out = super::way_out(&app).await.expect("a server");
    assert_eq!(way_out.username.as_deref(), Some("ana"));
    assert_eq!(way_out.password.map(|password| password.0).as_deref(), Some("senha da caixa"));
    owner.get("/settings/inboxes/1").await.assert_says("name=\"same\" value=\"true\" checked");
    let other = [fields.as_slice(), &smtp[1..], &[("username", "envio"), ("password", "outra senha")]].concat();
    assert_eq!(owner.change("put", "/settings/inboxes/1", &other).await.status, 303);
    let way_out = super::way_out(&app).await.expect("a server");
    assert_eq!(way_out.password.map(|password| password.0).as_deref(), Some("outra senha"));
}

// proves: P3 P4
#[tokio::test]
async fn settings_of_inboxes_have_pages_of_their_own_for_who_may() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let owner = app.browser_of(1).await;
    owner.post_form(LIST, &super::PLAIN).await;
    owner.get("/account").await.assert_says("href=\"/settings/inboxes\"");
    let agent = app.browser_of(diego).await;
    agent.get("/account").await.assert_silent("href=\"/settings/inboxes\"");
    for path in [LIST, "/settings/inboxes/new", "/settings/inboxes/1", "/settings/inboxes/1/health"] {
        let refused = agent.get(path).await;
        assert_eq!(refused.status, 403, "{path}");
        refused.assert_says("a permissão \"Caixas de entrada\"");
    }
    let token = agent.token("/account").await;
    let form = [("_method", "delete"), ("_token", token.as_str())];
    let request = agent.request(Method::POST, "/settings/inboxes/1/connection").form(&form);
    assert_eq!(send(request.header("Sec-Fetch-Site", "same-origin")).await.status, 403);
    owner.get(LIST).await.assert_silent("Desconectada");
}
