//! Asking somebody to join: the whole way through the mailbox, and all the ways it must not go.

use mail_parser::MessageParser;
use recado::auth::{Right, Role};
use recado::clock::{HOUR, MINUTE};
use recado::mailer::Letter;
use rocket::tokio;

use super::people::{activity, fields};
use crate::support::app::{App, email};
use crate::support::browser::{Answer, Browser};

const NEW: &str = "frase comprida da helena";

fn letter_text(letter: &Letter) -> String {
    let message = MessageParser::default().parse(&letter.raw).expect("a mail");
    message.body_text(0).expect("a text").into_owned()
}

/// The path of the link in a mail.
fn link(app: &App, letter: &Letter) -> String {
    let text = letter_text(letter);
    let link = text.split_whitespace().find(|word| word.starts_with(&app.url)).expect("a link to us");
    link[app.url.len()..].to_owned()
}

fn asked<'a>(address: &'a str, role: &'a str, rights: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("email", address), ("role", role), ("language", "pt-BR")];
    fields.extend(rights.iter().map(|right| ("rights", *right)));
    fields
}

async fn invite(browser: &Browser, fields: &[(&str, &str)]) -> Answer {
    browser.post_form("/settings/invitations", fields).await
}

async fn accept(browser: &Browser, link: &str, password: &str) -> Answer {
    let fields = [("name", "Helena Duarte"), ("password", password), ("language", "en"), ("zone", "America/Manaus")];
    browser.post_form(link, &fields).await
}

/// Role and rights of the user with this address.
async fn standing(app: &App, address: &'static str) -> Option<(String, String)> {
    let read = app.recado.db.read(move |connection| {
        let sql = "SELECT role, (SELECT group_concat(name, ' ' ORDER BY name) FROM user_right WHERE user_id = u.id)
                     FROM user u WHERE email = ?1";
        let mut select = connection.prepare(sql)?;
        let mut rows = select.query([address])?;
        Ok(match rows.next()? {
            Some(row) => Some((row.get(0)?, row.get::<_, Option<String>>(1)?.unwrap_or_default())),
            None => None,
        })
    });
    read.await.expect("a database")
}

#[tokio::test]
async fn an_invited_person_chooses_a_password_and_is_in_with_role_rights_and_teams() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    assert_eq!(owner.post_form("/settings/teams", &[("name", "Obras")]).await.status, 303);
    let mut fields = asked("Helena@Bemviver.EXAMPLE", "agent", &["conversations", "reports"]);
    fields.push(("teams", "1"));
    fields[2] = ("language", "en");
    let done = invite(&owner, &fields).await;
    assert_eq!((done.status, done.location()), (303, "/settings/people"));
    let list = owner.get("/settings/people").await;
    list.assert_says("Helena@bemviver.example");
    list.assert_says("Convite enviado");
    let letters = app.letters(1).await;
    let message = MessageParser::default().parse(&letters[0].raw).expect("a mail");
    assert_eq!(message.subject(), Some("Ana invited you to Vereda Arquitetura in Recado"));
    let link = link(&app, &letters[0]);
    // A mail scanner follows the link first.
    for _ in 0..3 {
        let page = app.browser().get(&link).await;
        assert_eq!(page.status, 200);
        page.assert_says("Helena@bemviver.example");
    }
    let helena = app.browser();
    let weak = accept(&helena, &link, "curta").await;
    assert_eq!(weak.status, 422);
    weak.assert_says("value=\"Helena Duarte\"");
    let done = accept(&helena, &link, NEW).await;
    assert_eq!((done.status, done.location()), (303, "/"));
    assert_eq!(helena.get("/conversations").await.status, 200, "she is signed in");
    helena.get("/account").await.assert_says("America/Manaus");
    assert_eq!(
        standing(&app, "Helena@bemviver.example").await,
        Some(("agent".to_owned(), "conversations reports".to_owned()))
    );
    let list = owner.get("/settings/people").await;
    list.assert_says("Helena Duarte");
    list.assert_says("Obras");
    list.assert_silent("Convites sem resposta");
    assert_eq!(activity(&app, "invitation.created").await[0].0, Some(1));
    assert_eq!(activity(&app, "user.created").await.last().expect("a line").0, Some(1));
    assert_eq!(activity(&app, "invitation.accepted").await.len(), 1);
    // Once only.
    let again = accept(&app.browser(), &link, NEW).await;
    assert_eq!(again.status, 404);
    again.assert_says("Este convite não vale mais");
}

#[tokio::test]
async fn what_never_was_is_too_old_was_taken_back_or_is_empty_looks_the_same() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    invite(&owner, &asked("a@x.example", "agent", &["conversations"])).await;
    invite(&owner, &asked("b@x.example", "agent", &["conversations"])).await;
    let letters = app.letters(2).await;
    let to = |address: &str| letters.iter().find(|letter| letter.envelope.to == [address]).expect("a mail");
    let (old, revoked) = (link(&app, to("a@x.example")), link(&app, to("b@x.example")));
    assert_eq!(owner.change("delete", "/settings/invitations/2", &[]).await.status, 303);
    owner.get("/settings/people").await.assert_silent("b@x.example");
    app.clock().advance(72 * HOUR + MINUTE);
    owner_again(&app).await.get("/settings/people").await.assert_says("o link venceu");
    let mut bodies = Vec::new();
    for path in [old.as_str(), &revoked, "/invitations/nobody-ever-made-this", "/invitations/%20"] {
        let browser = app.browser();
        for answer in [browser.get(path).await, accept(&browser, path, NEW).await] {
            assert_eq!(answer.status, 404, "{path}");
            answer.assert_says("Este convite não vale mais");
            let body = answer.body.replace(answer.header("X-Request-Id"), "…");
            bodies.push(body);
        }
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "no answer tells what there was");
    assert_eq!(standing(&app, "a@x.example").await, None);
}

/// The owner after their session ended by age.
async fn owner_again(app: &App) -> Browser {
    app.browser_of(1).await
}

#[tokio::test]
async fn a_link_sent_again_ends_the_one_before_and_works_for_three_days_from_then() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    invite(&owner, &asked("a@x.example", "agent", &["conversations"])).await;
    let first = link(&app, &app.letters(1).await[0]);
    app.clock().advance(73 * HOUR);
    let owner = owner_again(&app).await;
    assert_eq!(owner.post_form("/settings/invitations/1/mail", &[]).await.status, 303);
    let letters = app.letters(2).await;
    let second = letters.iter().map(|letter| link(&app, letter)).find(|link| *link != first).expect("a new link");
    assert_eq!(app.browser().get(&first).await.status, 404);
    app.clock().advance(71 * HOUR);
    assert_eq!(accept(&app.browser(), &second, NEW).await.status, 303);
    let owner = owner_again(&app).await;
    assert_eq!(owner.post_form("/settings/invitations/1/mail", &[]).await.status, 404, "it waits no more");
    // Nobody's mailbox is filled from here.
    invite(&owner, &asked("b@x.example", "agent", &["conversations"])).await;
    let mut held_up = 0;
    for _ in 0..10 {
        held_up += i32::from(owner.post_form("/settings/invitations/2/mail", &[]).await.status == 429);
    }
    assert!(held_up >= 4, "{held_up} of 10 were held up");
}

#[tokio::test]
async fn who_has_an_account_or_an_invitation_is_not_invited_again() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let owner = app.browser_of(1).await;
    let taken = invite(&owner, &asked("DIEGO@vereda.example", "agent", &["audit"])).await;
    assert_eq!(taken.status, 422);
    taken.assert_says("Este e-mail já tem uma conta.");
    taken.assert_says("value=\"DIEGO@vereda.example\"");
    taken.assert_says("value=\"audit\" aria-describedby=\"right-audit\" checked");
    owner.change("delete", &format!("/settings/people/{diego}/access"), &[]).await;
    invite(&owner, &asked("diego@vereda.example", "agent", &[])).await.assert_says("Devolva o acesso");
    assert_eq!(invite(&owner, &asked("a@x.example", "agent", &[])).await.status, 303);
    invite(&owner, &asked("A@X.example", "agent", &[])).await.assert_says("já tem um convite sem resposta");
    for wrong in ["", "a", "a@x.example\r\nBcc: b@x.example"] {
        assert_eq!(invite(&owner, &asked(wrong, "agent", &[])).await.status, 422, "{wrong:?}");
    }
    assert_eq!(app.letters(1).await.len(), 1);
    // An account made in between wins over the link.
    let first = link(&app, &app.letters(1).await[0]);
    let address = "a@x.example".to_owned();
    let made = app.recado.db.write(move |tx| {
        let user = recado::accounts::NewUser {
            name: "A".to_owned(),
            email: address,
            role: Role::Agent,
            password_hash: None,
            language: None,
            zone: "UTC".to_owned(),
        };
        recado::accounts::create_user(tx, None, &user)
    });
    made.await.expect("a user");
    let late = accept(&app.browser(), &first, NEW).await;
    assert_eq!(late.status, 422);
    late.assert_says("Este e-mail já tem uma conta.");
}

#[tokio::test]
async fn an_admin_invites_agents_only_and_gives_only_what_they_have() {
    let app = App::start().await;
    let bia = app.user("bia", Role::Admin).await;
    let (owner, admin) = (app.browser_of(1).await, app.browser_of(bia).await);
    let rights: Vec<&str> = Right::ALL.into_iter().map(Right::as_str).filter(|name| *name != "audit").collect();
    let path = format!("/settings/people/{bia}");
    assert_eq!(owner.change("put", &path, &fields("0", "Bia", "admin", &rights)).await.status, 303);
    let refused = invite(&admin, &asked("a@x.example", "admin", &["conversations"])).await;
    assert_eq!(refused.status, 403);
    refused.assert_says("Proprietário(a)");
    let refused = invite(&admin, &asked("a@x.example", "agent", &["audit"])).await;
    assert_eq!(refused.status, 403);
    refused.assert_says("Registro de ações");
    assert_eq!(invite(&owner, &asked("c@x.example", "admin", &["conversations"])).await.status, 303);
    for (method, path) in [("post", "/settings/invitations/1/mail"), ("delete", "/settings/invitations/1")] {
        let answer =
            if method == "post" { admin.post_form(path, &[]).await } else { admin.change(method, path, &[]).await };
        assert_eq!(answer.status, 403, "{method} {path}: an admin's invitation is the owner's");
    }
    assert_eq!(app.letters(1).await.len(), 1);
}

#[tokio::test]
async fn an_accepted_invitation_gives_no_more_than_its_inviter_may_give_by_then() {
    let app = App::start().await;
    let bia = app.user("bia", Role::Admin).await;
    let (owner, admin) = (app.browser_of(1).await, app.browser_of(bia).await);
    let all: Vec<&str> = Right::ALL.into_iter().map(Right::as_str).collect();
    invite(&admin, &asked("a@x.example", "agent", &all)).await;
    invite(&admin, &asked("b@x.example", "agent", &all)).await;
    let letters = app.letters(2).await;
    let to = |address: &str| link(&app, letters.iter().find(|one| one.envelope.to == [address]).expect("a mail"));
    // The inviter may give less by now.
    let path = format!("/settings/people/{bia}");
    let fewer = fields("0", "Bia", "admin", &["conversations", "reports"]);
    assert_eq!(owner.change("put", &path, &fewer).await.status, 303);
    assert_eq!(accept(&app.browser(), &to("a@x.example"), NEW).await.status, 303);
    assert_eq!(standing(&app, "a@x.example").await, Some(("agent".to_owned(), "conversations reports".to_owned())));
    // And is gone then: the invitation stands, with what every agent has.
    assert_eq!(owner.change("delete", &format!("{path}/access"), &[]).await.status, 303);
    assert_eq!(accept(&app.browser(), &to("b@x.example"), NEW).await.status, 303);
    assert_eq!(
        standing(&app, "b@x.example").await,
        Some(("agent".to_owned(), "cards contacts conversations".to_owned()))
    );
}

#[tokio::test]
async fn a_token_for_something_else_opens_no_invitation_and_guesses_are_held_up() {
    use recado::auth::tokens::{self, Purpose};
    let app = App::start().await;
    let secret = tokens::secret().expect("randomness");
    let stored = secret.clone();
    app.recado.db.write(move |tx| tokens::store(tx, Purpose::PasswordReset, Some(1), &stored)).await.expect("stored");
    assert_eq!(app.browser().get(&format!("/invitations/{secret}")).await.status, 404);
    assert_eq!(app.browser().get(&format!("/password-reset/{secret}")).await.status, 200);
    let browser = app.browser();
    let mut held_up = 0;
    for number in 0..40 {
        held_up += i32::from(browser.get(&format!("/invitations/guess{number}")).await.status == 429);
    }
    assert!(held_up >= 10, "{held_up} of 40 guesses were held up");
    assert_eq!(app.user("diego", Role::Agent).await, 2);
    assert_eq!(email("diego"), "diego@vereda.example");
}
