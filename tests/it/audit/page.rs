use recado::accounts;
use recado::audit::{self, Area, sentence_key};
use recado::auth::{Right, Role, sessions};
use recado::clock::DAY;
use recado::events::Event;
use recado::web::Lang;
use recado::web::i18n::{Args, args};
use rocket::tokio;

use super::{entries, exported, hold, inbox, tell};
use crate::support::app::{App, PASSWORD, START};

const LOG: &str = "/settings/activity";

/// All values that a sentence may want.
fn values() -> Args {
    let mut values = args(
        ["by", "user", "about", "known", "conversation", "inbox", "format", "rule"].map(|name| (name, "x".to_owned())),
    );
    values.insert("n".into(), 1.into());
    values
}

#[tokio::test]
async fn every_kind_that_the_schema_lets_in_has_a_sentence_and_a_group() {
    let app = App::start().await;
    let kinds = app.recado.db.read(audit::kinds).await.expect("kinds");
    assert!(kinds.len() > 10, "{kinds:?}");
    for kind in kinds {
        for lang in Lang::ALL {
            let key = sentence_key(&kind);
            assert!(lang.find(&key, &values()).is_some(), "`{kind}` has no sentence: add `{key}` to {}", lang.tag());
        }
        let noun = kind.split('.').next().expect("a noun");
        let groups = Area::ALL.into_iter().filter(|area| area.nouns().contains(&noun)).count();
        assert_eq!(groups, 1, "`{noun}` belongs to one group of `audit::Area`");
    }
}

#[tokio::test]
async fn the_log_says_who_did_what_and_names_people_as_they_are_called_today() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    inbox(&app).await;
    assert_eq!(app.browser().sign_in("diego@vereda.example", PASSWORD).await.status, 303);
    let rename = [("name", "Diego Prado"), ("language", ""), ("zone", "UTC"), ("theme", "auto")];
    assert_eq!(app.browser_of(diego).await.change("put", "/account", &rename).await.status, 303);
    tell(&app, vec![Event::InboxLost { inbox: 1 }, exported(Some(diego), "csv")]).await;
    let page = app.browser_of(1).await.get(LOG).await;
    for words in [
        "<b>Diego Prado</b> entrou",
        "<b>Ana</b> conectou a caixa Contato",
        "<b>Recado</b> perdeu a conexão com a caixa Contato",
        "<b>Diego Prado</b> exportou o registro de ações como planilha",
        "<b>Quem cuida do servidor</b> criou a conta de Ana",
    ] {
        page.assert_says(words);
    }
    page.assert_silent("mudou a conta de Diego");
    let page = app.browser_of(1).await;
    page.change("put", "/account", &[("name", "Ana"), ("language", "en"), ("zone", "UTC"), ("theme", "auto")]).await;
    page.get(LOG).await.assert_says("<b>Diego Prado</b> signed in");
}

#[tokio::test]
async fn whoever_is_gone_is_someone_removed() {
    let app = App::start().await;
    let gone = vec![Event::InboxChanged { inbox: 77, by: Some(99) }, Event::PasswordChanged { user: 99, by: None }];
    tell(&app, gone).await;
    let page = app.browser_of(1).await.get(LOG).await;
    page.assert_says("<b>uma pessoa removida</b> mudou a caixa uma caixa removida");
    page.assert_says("<b>Quem cuida do servidor</b> trocou a senha de uma pessoa removida pela linha de comando");
}

#[tokio::test]
async fn teams_and_blocked_senders_are_called_by_their_names_while_they_are_there() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let name = |tx: &recado::db::Tx<'_>| {
        tx.execute_batch(
            "INSERT INTO team (id, name, created_at, updated_at) VALUES (5, 'Obras', 1, 1);
             INSERT INTO blocked_sender (id, pattern, blocked_by, blocked_at) VALUES (6, '@spam.example', 1, 1);",
        )?;
        Ok(())
    };
    app.recado.db.write(name).await.expect("rows");
    let (added, removed) = (vec!["feed.publish".to_owned()], vec!["cards".to_owned()]);
    let facts = vec![
        Event::TeamCreated { team: 5, by: Some(1) },
        Event::TeamJoined { team: 5, user: diego, by: Some(1) },
        Event::TeamCreated { team: 99, by: Some(1) },
        Event::SenderBlocked { block: 6, by: 1 },
        Event::InvitationRevoked { invitation: 99, by: Some(1) },
        Event::UserRoleChanged { user: diego, by: Some(1), from: "agent".into(), to: "admin".into() },
        Event::UserRightsChanged { user: diego, by: Some(1), added, removed },
    ];
    tell(&app, facts).await;
    let page = app.browser_of(1).await.get(LOG).await;
    for words in [
        "criou a equipe Obras",
        "pôs Diego na equipe Obras",
        "criou uma equipe que já não existe",
        "bloqueou o remetente @spam.example",
        "cancelou um convite",
        "<del>Atendente</del>",
        "Administrador(a)",
        "Permissões dadas</dt><dd>Pode publicar para clientes",
        "Permissões tiradas</dt><dd>Cards",
    ] {
        page.assert_says(words);
    }
}

#[tokio::test]
async fn only_who_has_the_right_reads_it() {
    let app = App::start().await;
    let (diego, bia) = (app.user("diego", Role::Agent).await, app.user("bia", Role::Admin).await);
    app.browser_of(diego).await.get("/account").await.assert_silent(LOG);
    assert_eq!(app.browser_of(diego).await.get(LOG).await.status, 403);
    let admin = app.browser_of(bia).await;
    admin.get("/account").await.assert_says(&format!("href=\"{LOG}\""));
    assert_eq!(admin.get(LOG).await.status, 200);
    let by = viewer(&app, 1).await;
    let rights = [Right::Audit].into_iter().collect();
    app.recado.db.write(move |tx| accounts::set_rights(tx, &by, diego, rights)).await.expect("the owner may");
    assert_eq!(app.browser_of(diego).await.get(LOG).await.status, 200);
}

async fn viewer(app: &App, user: i64) -> recado::auth::Viewer {
    let found = app.recado.db.write(move |tx| {
        let secret = sessions::open(tx, user, "", "")?;
        Ok(sessions::find(tx, &secret, tx.now(), DAY)?.expect("a session").0)
    });
    found.await.expect("a database")
}

#[tokio::test]
async fn filters_by_person_group_and_period_stay_in_the_address_and_in_the_form() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    inbox(&app).await;
    hold(&app, START + DAY);
    tell(&app, vec![exported(Some(diego), "csv"), Event::UserChanged { user: diego, by: Some(1) }]).await;
    hold(&app, START + 2 * DAY);
    tell(&app, vec![exported(None, "jsonl")]).await;
    let owner = app.browser_of(1).await;

    let page = owner.get(&format!("{LOG}?person={diego}")).await;
    for words in ["<b>Diego</b> exportou", "<b>Ana</b> mudou a conta de Diego", "value=\"2\" selected", "Limpar filtro"]
    {
        page.assert_says(words);
    }
    page.assert_silent("conectou a caixa");
    page.assert_silent("como JSON");

    let page = owner.get(&format!("{LOG}?person=nobody&area=records")).await;
    page.assert_says("<b>Quem cuida do servidor</b> exportou o registro de ações como JSON");
    page.assert_silent("<b>Diego</b>");
    page.assert_silent("criou a conta");
    assert_eq!(entries(&page.body).len(), 1);

    let page = owner.get(&format!("{LOG}?area=inboxes")).await;
    page.assert_says("conectou a caixa Contato");
    page.assert_says("value=\"inboxes\" selected");
    assert_eq!(entries(&page.body).len(), 1);

    // The second day whole, and nothing before or after it.
    let page = owner.get(&format!("{LOG}?from=2026-11-21&to=2026-11-21")).await;
    page.assert_says("name=\"from\" type=\"date\" value=\"2026-11-21\"");
    assert_eq!(entries(&page.body).len(), 2);
    page.assert_silent("como JSON");
    let page = owner.get(&format!("{LOG}?person={diego}&area=records&from=2026-11-21&to=2026-11-22")).await;
    assert_eq!(entries(&page.body).len(), 1);

    let page = owner.get(&format!("{LOG}?from=2027-01-01")).await;
    page.assert_says("Nada encontrado com este filtro.");
    let page = owner.get(&format!("{LOG}?person=x&area=y&from=z&before=w")).await;
    assert_eq!(page.status, 200, "what cannot be understood filters nothing");
    page.assert_says("conectou a caixa Contato");
}

#[tokio::test]
async fn pages_follow_each_other_without_gaps_and_keep_the_filter() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    // Many in the same moment: the place in the log tells them apart.
    let many = move |tx: &recado::db::Tx<'_>| {
        for number in 0..120 {
            tx.emit(exported(Some(if number % 2 == 0 { 1 } else { diego }), "csv"))?;
        }
        Ok(())
    };
    app.recado.db.write(many).await.expect("told");
    let owner = app.browser_of(1).await;
    let mut seen = Vec::new();
    let mut address = format!("{LOG}?person={diego}&area=records");
    loop {
        let page = owner.get(&address).await;
        page.assert_silent("<b>Ana</b> exportou");
        seen.extend(entries(&page.body));
        let Some((before, _)) = page.body.split_once("\" rel=\"next\"") else { break };
        address = before.rsplit('"').next().expect("an address").replace("&#38;", "&");
        assert!(address.contains(&format!("person={diego}")) && address.contains("before="), "{address}");
    }
    let mut sorted = seen.clone();
    sorted.sort_unstable_by(|one, other| other.cmp(one));
    sorted.dedup();
    assert_eq!((seen.len(), &seen), (60, &sorted), "newest first, each once");
    let later = owner.get(&address).await;
    later.assert_says(&format!("href=\"{LOG}?person={diego}&#38;area=records\""));
}
