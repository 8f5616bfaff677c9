//! Who may change whom: asked where the change is made.

use recado::accounts;
use recado::auth::{Right, Rights, Role, Viewer, sessions};
use recado::db::Tx;
use recado::error::{Error, Result};
use rocket::tokio;

use crate::support::app::App;

/// The users as the database knows them when they ask.
struct Team {
    app: App,
    owner: Viewer,
    admin: Viewer,
    agent: Viewer,
}

impl Team {
    async fn gather() -> Self {
        let app = App::start().await;
        let admin = app.user("bia", Role::Admin).await;
        let agent = app.user("diego", Role::Agent).await;
        let [owner, admin, agent] = [viewer(&app, 1).await, viewer(&app, admin).await, viewer(&app, agent).await];
        Self { app, owner, admin, agent }
    }

    async fn change<T: Send + 'static>(&self, change: impl FnOnce(&Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        self.app.recado.db.write(change).await
    }
}

async fn viewer(app: &App, user: i64) -> Viewer {
    let found = app.recado.db.write(move |tx| {
        let secret = sessions::open(tx, user, "", "")?;
        Ok(sessions::find(tx, &secret, tx.now(), recado::clock::DAY)?.map(|(viewer, _)| viewer))
    });
    found.await.expect("a database").expect("a session")
}

fn one(right: Right) -> Rights {
    [right].into_iter().collect()
}

#[tokio::test]
async fn new_people_have_the_usual_rights_of_their_role() {
    let team = Team::gather().await;
    let usual = one(Right::Conversations).iter().chain([Right::Contacts, Right::Cards]).collect();
    assert_eq!(team.agent.rights, usual);
    assert!(Right::ALL.iter().all(|right| team.owner.may(*right) && team.admin.may(*right)));
}

#[tokio::test]
async fn admins_switch_rights_of_agents_and_the_owner_those_of_admins() {
    let team = Team::gather().await;
    let (admin, agent, owner) = (team.admin.clone(), team.agent.id, team.owner.clone());
    let by = admin.clone();
    team.change(move |tx| accounts::set_rights(tx, &by, agent, one(Right::Reports))).await.expect("allowed");
    assert_eq!(viewer(&team.app, agent).await.rights, one(Right::Reports));
    let by = admin.clone();
    let refused = team.change(move |tx| accounts::set_rights(tx, &by, by.id, one(Right::Audit))).await;
    assert!(matches!(refused, Err(Error::Forbidden("owner"))), "{refused:?}");
    team.change(move |tx| accounts::set_rights(tx, &owner, admin.id, one(Right::Audit))).await.expect("allowed");
    let by = team.agent.clone();
    let refused = team.change(move |tx| accounts::set_rights(tx, &by, by.id, one(Right::Audit))).await;
    assert!(matches!(refused, Err(Error::Forbidden("admin"))), "{refused:?}");
}

#[tokio::test]
async fn nobody_changes_the_owner_or_becomes_a_second_one() {
    let team = Team::gather().await;
    for by in [team.owner.clone(), team.admin.clone()] {
        let refused = team.change(move |tx| accounts::disable(tx, &by, 1)).await;
        assert!(matches!(refused, Err(Error::Conflict("owner-stays"))), "{refused:?}");
    }
    let (by, agent) = (team.owner.clone(), team.agent.id);
    let refused = team.change(move |tx| accounts::set_role(tx, &by, agent, Role::Owner)).await;
    assert!(matches!(refused, Err(Error::Conflict("owner-exists"))), "{refused:?}");
    let by = team.admin.clone();
    let refused = team.change(move |tx| accounts::set_role(tx, &by, agent, Role::Admin)).await;
    assert!(matches!(refused, Err(Error::Forbidden("owner"))), "{refused:?}");
    assert_eq!(viewer(&team.app, agent).await.role, Role::Agent);
}

#[tokio::test]
async fn a_new_role_ends_sessions_and_brings_its_rights() {
    let team = Team::gather().await;
    let agent = team.agent.id;
    let browser = team.app.browser_of(agent).await;
    assert_eq!(browser.get("/account").await.status, 200);
    let by = team.owner.clone();
    team.change(move |tx| accounts::set_role(tx, &by, agent, Role::Admin)).await.expect("allowed");
    assert_eq!(browser.get("/account").await.status, 303);
    let admin = viewer(&team.app, agent).await;
    assert!(admin.role == Role::Admin && admin.may(Right::Settings));
}

#[tokio::test]
async fn disabled_people_are_out_at_once_and_gone_from_pickers() {
    let team = Team::gather().await;
    let agent = team.agent.id;
    let browser = team.app.browser_of(agent).await;
    let by = team.admin.clone();
    team.change(move |tx| accounts::disable(tx, &by, agent)).await.expect("allowed");
    assert_eq!(browser.get("/account").await.status, 303);
    let names = async || {
        let people = team.app.recado.db.read(accounts::people).await.expect("people");
        people.into_iter().map(|person| person.name).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["Ana", "Bia"]);
    let by = team.admin.clone();
    team.change(move |tx| accounts::enable(tx, &by, agent)).await.expect("allowed");
    assert_eq!(names().await, ["Ana", "Bia", "Diego"]);
    // What ended stays ended.
    assert_eq!(browser.get("/account").await.status, 303);
}

#[tokio::test]
async fn one_address_is_one_account() {
    let team = Team::gather().await;
    let again = accounts::NewUser {
        name: "Outra".to_owned(),
        email: "ANA@vereda.example".to_owned(),
        role: Role::Agent,
        password_hash: None,
        language: None,
        zone: "UTC".to_owned(),
    };
    let refused = team.change(move |tx| accounts::create_user(tx, None, &again)).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
}
