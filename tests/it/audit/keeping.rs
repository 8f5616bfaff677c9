use recado::clock::{DAY, HOUR};
use recado::events::Event;
use rocket::tokio;
use tempfile::TempDir;

use super::{exported, hold, tell, value};
use crate::support::app::{App, START};
use crate::support::process::Settings;
use crate::support::wait::{DEADLINE, until};

async fn refused(app: &App, sql: &'static str) {
    let tried = app.recado.db.write(move |tx| Ok(tx.execute_batch(sql)?)).await;
    let error = tried.expect_err(sql).to_string();
    assert!(error.contains("append-only"), "{sql}: {error}");
}

#[tokio::test]
async fn no_statement_changes_an_entry_or_removes_a_young_one() {
    let app = App::start().await;
    tell(&app, vec![exported(Some(1), "csv"), exported(Some(1), "jsonl")]).await;
    let all = "SELECT group_concat(id || kind || payload || created_at) FROM activity";
    let before: String = value(&app, all).await;
    for sql in [
        "UPDATE activity SET actor_id = 2",
        "UPDATE activity SET payload = '{}' WHERE id = 1",
        "DELETE FROM activity",
        "DELETE FROM activity WHERE id = 1",
        "INSERT OR REPLACE INTO activity (id, kind, payload, created_at) VALUES (1, 'a.b', '{}', 1)",
        "REPLACE INTO activity (id, kind, payload, created_at) VALUES (2, 'a.b', '{}', 1)",
        "INSERT INTO activity (id, kind, payload, created_at) VALUES (1, 'a.b', '{}', 1)
         ON CONFLICT (id) DO UPDATE SET kind = excluded.kind",
    ] {
        refused(&app, sql).await;
    }
    assert_eq!(value::<String>(&app, all).await, before);
}

#[tokio::test]
async fn no_route_changes_the_log() {
    let app = App::start().await;
    let rocket = recado::rocket(&app.recado).ignite().await.expect("a server");
    let mut routes: Vec<String> = rocket
        .routes()
        .filter(|route| route.uri.path().contains("activity"))
        .map(|route| format!("{} {}", route.method, route.uri.path()))
        .collect();
    routes.sort();
    assert_eq!(routes, ["GET /settings/activity", "POST /settings/activity/export"]);
}

#[tokio::test]
async fn entries_leave_when_their_time_is_over_and_not_before() {
    let app = App::start().await;
    hold(&app, START - 100 * DAY);
    let many = |tx: &recado::db::Tx<'_>| (0..1200).try_for_each(|_| tx.emit(exported(Some(1), "csv")));
    app.recado.db.write(many).await.expect("told");
    hold(&app, START - 80 * DAY);
    tell(&app, vec![exported(Some(1), "jsonl")]).await;
    hold(&app, START);
    let count = "SELECT count(*) FROM activity WHERE kind = 'activity.exported'";
    // For two years nothing is touched: a sweep that removed something would have said so before the next one.
    sweep(&app, 1).await;
    assert_eq!(value::<i64>(&app, count).await, 1201);

    let owner = app.browser_of(1).await;
    let fields = [("name", "Vereda"), ("language", "pt-BR"), ("zone", "America/Sao_Paulo"), ("activity_days", "90")];
    assert_eq!(owner.change("put", "/settings/workspace", &fields).await.status, 303);
    sweep(&app, 2).await;
    until("the old entries to be gone", DEADLINE, async || value::<i64>(&app, count).await == 1).await;
    let page = owner.get("/settings/activity").await;
    page.assert_says("<b>Recado</b> apagou 1200 registros que passaram do prazo");
    page.assert_says("Prazo do registro");
    page.assert_says("<del>2 anos</del>");
    app.recado.db.write(|tx| Ok(tx.execute_batch("DELETE FROM activity")?)).await.expect_err("the young ones stay");
}

/// Lets an hour pass and returns when the hourly sweep was there: an upload that nobody ended is gone.
async fn sweep(app: &App, hour: i64) {
    let stale = move |tx: &recado::db::Tx<'_>| {
        tx.execute("INSERT INTO blob (id, size, state, created_at) VALUES (?1, 0, 'staged', 0)", [9_000 + hour])?;
        Ok(())
    };
    app.recado.db.write(stale).await.expect("an upload");
    hold(app, START + hour * HOUR + hour);
    until("the sweep", DEADLINE, async || {
        value::<i64>(app, "SELECT count(*) FROM blob WHERE state = 'staged'").await == 0
    })
    .await;
}

#[tokio::test]
async fn what_is_done_on_the_command_line_stands_in_the_log() {
    let app = App::start().await;
    let settings = Settings::new(&app.recado.config.data_dir, None);
    let copies = TempDir::new().expect("a folder");
    let copy = copies.path().join("copia.sqlite");
    let name = copy.to_str().expect("a name");
    assert_eq!(settings.run(&["backup", name], b"").0, Some(0));
    let reset = ["user", "reset-password", "--email", "ana@vereda.example"];
    let (code, _, error) = settings.run(&reset, b"uma frase nova bem comprida\n");
    assert_eq!(code, Some(0), "{error}");
    let page = app.browser_of(1).await.get("/settings/activity").await;
    page.assert_says("<b>Quem cuida do servidor</b> fez uma cópia de segurança pela linha de comando");
    page.assert_says("<b>Quem cuida do servidor</b> trocou a senha de Ana pela linha de comando");

    let elsewhere = TempDir::new().expect("a folder");
    let new = Settings::new(elsewhere.path(), None);
    let (code, _, error) = new.run(&["restore", name], b"");
    assert_eq!(code, Some(0), "{error}");
    let file = crate::support::process::open(&elsewhere.path().join("recado.sqlite"));
    let restored = "SELECT count(*) FROM activity WHERE kind = 'database.restored' AND actor_id IS NULL";
    assert_eq!(file.query_row(restored, [], |row| row.get::<_, i64>(0)).expect("a number"), 1);
    let kept = "SELECT count(*) FROM activity WHERE kind = 'user.created'";
    assert_eq!(file.query_row(kept, [], |row| row.get::<_, i64>(0)).expect("a number"), 1, "the log came along");
}

#[tokio::test]
async fn a_new_password_is_in_the_log_by_whoever_chose_it_and_not_the_password() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    let fields = [("current", crate::support::app::PASSWORD), ("password", "outra frase bem comprida")];
    assert_eq!(owner.change("put", "/account/password", &fields).await.status, 303);
    owner.get("/settings/activity").await.assert_says("<b>Ana</b> trocou a própria senha");
    let noted: String = value(&app, "SELECT group_concat(payload) FROM activity").await;
    assert!(!noted.contains("frase"), "{noted}");
    assert!(
        serde_json::to_string(&Event::PasswordChanged { user: 1, by: Some(1) }).is_ok_and(|fact| noted.contains(&fact))
    );
}
