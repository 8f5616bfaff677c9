//! The list of people and the form of one: the owner and admins run the team, in the pages and in the server.

use recado::auth::{Right, Role};
use recado::clock::MINUTE;
use rocket::tokio;

use crate::support::app::{App, PASSWORD, email};
use crate::support::browser::Answer;
use crate::support::wait::{DEADLINE, until};

const LIST: &str = "/settings/people";

/// The form of a person as it would be sent: revision, name, role, rights.
pub fn fields<'a>(revision: &'a str, name: &'a str, role: &'a str, rights: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("revision", revision), ("name", name), ("role", role)];
    fields.extend(rights.iter().map(|right| ("rights", *right)));
    fields
}

/// The facts of the activity log, oldest first: kind, who, whom, payload.
pub async fn activity(app: &App, kind: &'static str) -> Vec<(Option<i64>, Option<i64>, serde_json::Value)> {
    let read = app.recado.db.read(move |connection| {
        let mut select =
            connection.prepare("SELECT actor_id, user_id, payload FROM activity WHERE kind = ?1 ORDER BY id")?;
        let rows = select.query_map([kind], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))?;
        Ok(rows.collect::<rusqlite::Result<Vec<(Option<i64>, Option<i64>, String)>>>()?)
    });
    let rows = read.await.expect("a database").into_iter();
    rows.map(|(actor, user, payload)| (actor, user, serde_json::from_str(&payload).expect("json"))).collect()
}

/// The revision that the form of a person holds.
pub fn revision(page: &Answer) -> String {
    let (_, after) = page.body.split_once("name=\"revision\" value=\"").expect("a form");
    after.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_list_shows_everybody_with_role_state_teams_and_last_visit_and_finds_them_without_accents() {
    let app = App::start().await;
    app.user("patrícia", Role::Agent).await;
    let browser = app.browser_of(1).await;
    let list = browser.get(LIST).await;
    for words in ["Ana", "ana@vereda.example", "Proprietário(a)", "Patrícia", "Disponível", "Ainda não entrou"] {
        list.assert_says(words);
    }
    let found = browser.get("/settings/people?q=PATRICIA").await;
    found.assert_says("Patrícia");
    found.assert_silent("ana@vereda.example");
    browser.get("/settings/people?q=ningu%C3%A9m").await.assert_says("Ninguém encontrado para \"ninguém\"");
    for right in Right::ALL {
        let page = browser.get(&format!("{LIST}/2")).await;
        page.assert_says(&format!("value=\"{}\"", right.as_str()));
    }
}

#[tokio::test]
async fn a_long_list_comes_in_pages_without_losing_anybody() {
    let app = App::start().await;
    for number in 0..130 {
        app.user(&format!("pessoa{number:03}"), Role::Agent).await;
    }
    let browser = app.browser_of(1).await;
    let first = browser.get(LIST).await;
    let (_, next) = first.body.split_once("href=\"/settings/people?after=").expect("a next page");
    let next = next.split('"').next().unwrap_or_default();
    let second = browser.get(&format!("{LIST}?after={next}")).await;
    for number in 0..130 {
        let address = format!("pessoa{number:03}@vereda.example");
        let times = [&first, &second].iter().filter(|page| page.body.contains(&address)).count();
        assert_eq!(times, 1, "{address}");
    }
    second.assert_says("Voltar ao começo");
}

#[tokio::test]
async fn only_the_owner_and_admins_run_the_team() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let agent = app.browser_of(diego).await;
    agent.get("/account").await.assert_silent("href=\"/settings/people\"");
    for path in [LIST, "/settings/people/1", "/settings/invitations/new", "/settings/teams"] {
        let answer = agent.get(path).await;
        assert_eq!(answer.status, 403, "{path}");
        answer.assert_says("Administrador(a)");
    }
    let refused = agent.change("put", &format!("{LIST}/{diego}"), &fields("0", "Diego", "admin", &["audit"])).await;
    assert_eq!(refused.status, 403);
    assert_eq!(agent.change("delete", &format!("{LIST}/1/access"), &[]).await.status, 403);
}

#[tokio::test]
async fn an_admin_sets_name_rights_and_teams_of_an_agent_and_each_change_is_logged() {
    let app = App::start().await;
    let bia = app.user("bia", Role::Admin).await;
    let diego = app.user("diego", Role::Agent).await;
    let admin = app.browser_of(bia).await;
    assert_eq!(admin.post_form("/settings/teams", &[("name", "Obras")]).await.status, 303);
    let path = format!("{LIST}/{diego}");
    let page = admin.get(&path).await;
    let mut form = fields("0", "Diego Martins", "agent", &["conversations", "reports"]);
    assert_eq!(revision(&page), "0");
    form.push(("teams", "1"));
    let saved = admin.change("put", &path, &form).await;
    assert_eq!((saved.status, saved.location()), (303, LIST));
    let list = admin.get(LIST).await;
    list.assert_says("Diego Martins");
    list.assert_says("Obras");
    list.assert_says("Pessoa salva");
    let logged = activity(&app, "user.rights_changed").await;
    let (actor, user, payload) = logged.last().expect("a line");
    assert_eq!((*actor, *user), (Some(bia), Some(diego)));
    assert_eq!(payload["added"], serde_json::json!(["reports"]));
    assert_eq!(payload["removed"], serde_json::json!(["contacts", "cards"]));
    assert_eq!(activity(&app, "team.joined").await.len(), 1);
    assert!(activity(&app, "user.role_changed").await.is_empty(), "nothing is logged that did not change");
    // Switched off means off: the page of the contacts' right is gone for him, the conversations stay.
    let agent = app.browser_of(diego).await;
    assert_eq!(agent.get("/conversations").await.status, 200);
    let off = fields("1", "Diego Martins", "agent", &["reports"]);
    let page = admin.get(&path).await;
    let off: Vec<(&str, &str)> =
        off.into_iter().map(|(name, value)| if name == "revision" { (name, "") } else { (name, value) }).collect();
    let current = revision(&page);
    let off: Vec<(&str, &str)> = off
        .into_iter()
        .map(|(name, value)| if name == "revision" { (name, current.as_str()) } else { (name, value) })
        .collect();
    assert_eq!(admin.change("put", &path, &off).await.status, 303);
    let gone = agent.get("/conversations").await;
    assert_eq!(gone.status, 403);
    gone.assert_says("a permissão \"Conversas\"");
}

#[tokio::test]
async fn an_admin_neither_changes_admins_nor_makes_them_nor_gives_what_they_lack() {
    let app = App::start().await;
    let bia = app.user("bia", Role::Admin).await;
    let caio = app.user("caio", Role::Admin).await;
    let diego = app.user("diego", Role::Agent).await;
    let (owner, admin) = (app.browser_of(1).await, app.browser_of(bia).await);
    // The owner takes the activity log from Bia.
    let rights: Vec<&str> = Right::ALL.into_iter().map(Right::as_str).filter(|name| *name != "audit").collect();
    assert_eq!(owner.change("put", &format!("{LIST}/{bia}"), &fields("0", "Bia", "admin", &rights)).await.status, 303);
    for (user, role, rights, words) in [
        (caio, "admin", vec!["conversations"], "Proprietário(a)"),
        (bia, "admin", vec!["audit"], "Proprietário(a)"),
        (diego, "admin", vec!["conversations"], "Proprietário(a)"),
        (diego, "agent", vec!["audit"], "Registro de ações"),
    ] {
        let page = owner.get(&format!("{LIST}/{user}")).await;
        let revision = revision(&page);
        let refused = admin.change("put", &format!("{LIST}/{user}"), &fields(&revision, "X", role, &rights)).await;
        assert_eq!(refused.status, 403, "{user} {role} {rights:?}");
        refused.assert_says(words);
    }
    admin.get(&format!("{LIST}/{caio}")).await.assert_says("só quem é proprietário(a) muda isto");
    admin.get(&format!("{LIST}/{diego}")).await.assert_says("Só quem tem esta permissão pode dá-la.");
    let own = owner.get(&format!("{LIST}/1")).await;
    own.assert_says("não muda por aqui");
    own.assert_silent("id=\"person-form\"");
    assert_eq!(owner.change("put", &format!("{LIST}/1"), &fields("0", "Ana", "agent", &[])).await.status, 409);
}

#[tokio::test]
async fn the_owner_makes_an_admin_who_gets_the_usual_rights_and_signs_in_again() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let (owner, agent) = (app.browser_of(1).await, app.browser_of(diego).await);
    let usual = ["conversations", "contacts", "cards"];
    let path = format!("{LIST}/{diego}");
    assert_eq!(owner.change("put", &path, &fields("0", "Diego", "admin", &usual)).await.status, 303);
    assert_eq!(agent.get("/account").await.status, 303, "the session of the old role ended");
    let again = app.browser_of(diego).await;
    assert_eq!(again.get(LIST).await.status, 200);
    let page = owner.get(&path).await;
    assert_eq!(page.body.matches("role=\"switch\"").count(), Right::ALL.len());
    assert_eq!(page.body.matches("checked>").count(), Right::ALL.len() + 1, "all rights, and the role");
    let logged = activity(&app, "user.role_changed").await;
    assert_eq!((logged[0].0, logged[0].1), (Some(1), Some(diego)));
    assert_eq!((&logged[0].2["from"], &logged[0].2["to"]), (&"agent".into(), &"admin".into()));
}

#[tokio::test]
async fn who_saves_second_is_told_what_the_first_one_changed_and_loses_nothing() {
    let app = App::start().await;
    let bia = app.user("bia", Role::Admin).await;
    let diego = app.user("diego", Role::Agent).await;
    let (owner, admin) = (app.browser_of(1).await, app.browser_of(bia).await);
    let path = format!("{LIST}/{diego}");
    let (first, second) = (revision(&owner.get(&path).await), revision(&admin.get(&path).await));
    let saved = fields(&first, "Diego", "agent", &["conversations", "contacts", "cards", "reports"]);
    assert_eq!(owner.change("put", &path, &saved).await.status, 303);
    let late = fields(&second, "Diego Souza", "agent", &["conversations"]);
    let told = admin.change("put", &path, &late).await;
    assert_eq!(told.status, 409);
    for words in ["Outra pessoa mudou isto agora", "Relatórios: permitido", "Nome: Diego", "value=\"Diego Souza\""] {
        told.assert_says(words);
    }
    assert_eq!(activity(&app, "user.rights_changed").await.len(), 1, "nothing of the second was written");
    // With that in view the same choice is saved.
    let now = revision(&told);
    let knowing = fields(&now, "Diego Souza", "agent", &["conversations"]);
    assert_eq!(admin.change("put", &path, &knowing).await.status, 303);
    admin.get(LIST).await.assert_says("Diego Souza");
}

#[tokio::test]
async fn what_is_wrong_is_said_in_the_form_with_all_that_was_typed() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let owner = app.browser_of(1).await;
    let path = format!("{LIST}/{diego}");
    let refused = owner.change("put", &path, &fields("0", " ", "agent", &["audit"])).await;
    assert_eq!(refused.status, 422);
    refused.assert_says("Escreva um nome.");
    refused.assert_says("value=\"audit\" aria-describedby=\"right-audit\" checked");
    assert_eq!(owner.change("put", &path, &fields("0", "Diego", "owner", &[])).await.status, 422);
    assert_eq!(owner.change("put", &format!("{LIST}/999"), &fields("0", "X", "agent", &[])).await.status, 404);
    assert!(activity(&app, "user.rights_changed").await.is_empty());
}

#[tokio::test]
async fn an_admin_signs_somebody_out_and_has_a_password_link_sent() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let (owner, agent) = (app.browser_of(1).await, app.browser_of(diego).await);
    assert_eq!(owner.change("delete", &format!("{LIST}/{diego}/sessions"), &[]).await.status, 303);
    assert_eq!(agent.get("/account").await.status, 303);
    assert_eq!(owner.get("/account").await.status, 200);
    assert_eq!(owner.post_form(&format!("{LIST}/{diego}/password-reset"), &[]).await.status, 303);
    let letters = app.letters(1).await;
    assert_eq!(letters[0].envelope.to, [email("diego")]);
    assert_eq!(activity(&app, "user.signed_out").await[0].0, Some(1));
    assert_eq!(activity(&app, "user.password_reset_sent").await[0].1, Some(diego));
    // Nobody's mailbox is filled by pressing a button.
    assert_eq!(owner.post_form(&format!("{LIST}/{diego}/password-reset"), &[]).await.status, 303);
    app.idle().await;
    assert_eq!(app.outbox.letters().len(), 1);
}

#[tokio::test]
async fn a_page_that_was_open_before_a_change_of_role_can_do_nothing_more() {
    let app = App::start().await;
    let bia = app.user("bia", Role::Admin).await;
    let diego = app.user("diego", Role::Agent).await;
    let (owner, admin) = (app.browser_of(1).await, app.browser_of(bia).await);
    let down = fields("0", "Bia", "agent", &["conversations"]);
    assert_eq!(owner.change("put", &format!("{LIST}/{bia}"), &down).await.status, 303);
    let refused = admin.change("delete", &format!("{LIST}/{diego}/access"), &[]).await;
    assert_eq!((refused.status, refused.location().starts_with("/sign-in")), (303, true));
    assert_eq!(app.browser().sign_in(&email("diego"), PASSWORD).await.status, 303, "Diego still has access");
    app.clock().advance(MINUTE);
}

#[tokio::test]
async fn an_admin_chooses_inboxes_for_somebody_and_owners_hear_who_lets_themselves_in() {
    use recado::inboxes::{self, Access, Capabilities, MailSettings, NewInbox};
    let app = App::start().await;
    let bia = app.user("bia", Role::Admin).await;
    let diego = app.user("diego", Role::Agent).await;
    let inbox = |name: &str, access: Access| NewInbox {
        channel: "email",
        name: name.to_owned(),
        address: format!("{}@vereda.example", name.to_lowercase()),
        access,
        members: Vec::new(),
        capabilities: Capabilities::email(),
        mail: MailSettings::default(),
        password: None,
    };
    for (name, access) in [("Obras", Access::Selected), ("Loja", Access::All), ("Direcao", Access::Owner)] {
        let (new, keys) = (inbox(name, access), app.recado.keys.clone());
        app.recado.db.write(move |tx| inboxes::store::create(tx, Some(1), &new, &keys)).await.expect("an inbox");
    }
    let (admin, agent) = (app.browser_of(bia).await, app.browser_of(diego).await);
    let path = format!("/settings/people/{diego}/inboxes");
    let page = admin.get(&path).await;
    for words in ["Obras", "Toda a equipe", "Só Ana"] {
        page.assert_says(words);
    }
    // Inboxes of one person alone are not given by hand, whatever a form says.
    let chosen = [("inboxes", "1"), ("inboxes", "3")];
    assert_eq!(admin.change("put", &path, &chosen).await.status, 303);
    let reads = async |user: i64| {
        let read = app.recado.db.read(move |connection| {
            let mut select = connection.prepare("SELECT inbox_id FROM inbox_reader WHERE user_id = ?1 ORDER BY 1")?;
            Ok(select.query_map([user], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?)
        });
        read.await.expect("a database")
    };
    assert_eq!(reads(diego).await, [1, 2]);
    assert_eq!(activity(&app, "inbox.member_added").await[0].1, Some(diego));
    assert!(app.outbox.letters().is_empty(), "nobody is told of an ordinary choice");
    let own = format!("/settings/people/{bia}/inboxes");
    assert_eq!(admin.change("put", &own, &[("inboxes", "1")]).await.status, 303);
    let letters = app.letters(1).await;
    assert_eq!(letters[0].envelope.to, [email("ana")]);
    assert_eq!(admin.change("put", &path, &[]).await.status, 303);
    until("Diego to be out", DEADLINE, async || reads(diego).await == [2]).await;
    assert_eq!(agent.get(&path).await.status, 403);
    assert_eq!(agent.change("put", &path, &[("inboxes", "1")]).await.status, 403);
}
