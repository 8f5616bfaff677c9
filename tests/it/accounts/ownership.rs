//! Handing the workspace on: one owner at every moment, with the password, told to both.

use recado::auth::Role;
use rocket::tokio;

use super::people::activity;
use crate::support::app::{App, PASSWORD, email};

const PATH: &str = "/settings/ownership";

async fn owners(app: &App) -> Vec<i64> {
    let read = app.recado.db.read(|connection| {
        let mut select = connection.prepare("SELECT id FROM user WHERE role = 'owner'")?;
        Ok(select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?)
    });
    read.await.expect("a database")
}

#[tokio::test]
async fn the_owner_hands_the_workspace_on_and_stays_as_an_admin() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let to = diego.to_string();
    let (owner, phone, heir) = (app.browser_of(1).await, app.browser_of(1).await, app.browser_of(diego).await);
    let before = owner.cookies();
    let done = owner.change("put", PATH, &[("to", &to), ("current", PASSWORD)]).await;
    assert_eq!((done.status, done.location()), (303, "/settings/people"), "{}", done.body);
    assert_eq!(owners(&app).await, [diego]);
    assert_ne!(owner.cookies(), before, "the session has a new secret");
    owner.get("/settings/people").await.assert_says("Você agora é administrador(a).");
    assert_eq!(phone.get("/account").await.status, 303, "other devices sign in again");
    assert_eq!(heir.get("/account").await.status, 303);
    assert_eq!(owner.get(PATH).await.status, 403, "what was the owner's is not theirs any more");
    let heir = app.browser_of(diego).await;
    assert_eq!(heir.get(PATH).await.status, 200);
    heir.get("/settings/people/1").await.assert_says("id=\"person-form\"");
    let letters = app.letters(2).await;
    let mut told: Vec<&str> = letters.iter().map(|letter| letter.envelope.to[0].as_str()).collect();
    told.sort_unstable();
    assert_eq!(told, [email("ana"), email("diego")]);
    let logged = activity(&app, "workspace.transferred").await;
    assert_eq!((logged[0].0, logged[0].1, &logged[0].2["from"]), (Some(1), Some(diego), &1.into()));
    // Back again: nothing is lost on the way.
    assert_eq!(heir.change("put", PATH, &[("to", "1"), ("current", PASSWORD)]).await.status, 303);
    assert_eq!(owners(&app).await, [1]);
}

#[tokio::test]
async fn without_the_password_to_nobody_or_to_somebody_without_access_nothing_changes() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let bia = app.user("bia", Role::Admin).await;
    let to = diego.to_string();
    let (owner, admin) = (app.browser_of(1).await, app.browser_of(bia).await);
    let wrong = owner.change("put", PATH, &[("to", &to), ("current", "not the password")]).await;
    assert_eq!(wrong.status, 422);
    wrong.assert_says("Esta não é sua senha atual.");
    wrong.assert_says(&format!("value=\"{to}\" selected"));
    for nobody in ["0", "1", "999", "x"] {
        let refused = owner.change("put", PATH, &[("to", nobody), ("current", PASSWORD)]).await;
        assert!(matches!(refused.status, 400 | 422), "{nobody}: {}", refused.status);
    }
    owner.change("delete", &format!("/settings/people/{diego}/access"), &[]).await;
    assert_eq!(owner.change("put", PATH, &[("to", &to), ("current", PASSWORD)]).await.status, 422);
    assert_eq!(admin.change("put", PATH, &[("to", &bia.to_string()), ("current", PASSWORD)]).await.status, 403);
    assert_eq!(owners(&app).await, [1]);
    assert!(app.outbox.letters().is_empty());
    // Guessing the password here is held up like everywhere.
    let mut held_up = 0;
    for _ in 0..10 {
        let guess = [("to", to.as_str()), ("current", "not the password")];
        held_up += i32::from(owner.change("put", PATH, &guess).await.status == 429);
    }
    assert!(held_up >= 3, "{held_up} of 10 guesses were held up");
}

#[tokio::test]
async fn the_schema_itself_refuses_a_second_owner() {
    let app = App::start().await;
    app.user("diego", Role::Agent).await;
    let second = app.recado.db.write(|tx| Ok(tx.execute("UPDATE user SET role = 'owner' WHERE id = 2", [])?));
    assert!(second.await.is_err());
    assert_eq!(owners(&app).await, [1]);
}
