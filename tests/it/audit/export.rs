use recado::accounts;
use recado::auth::Role;
use recado::db::Tx;
use recado::events::{Change, Event};
use rocket::tokio;

use super::{exported, inbox, tell, value};
use crate::support::app::App;
use crate::support::browser::{Answer, Browser};

const EXPORT: &str = "/settings/activity/export";

async fn export(browser: &Browser, format: &str, filter: &[(&str, &str)]) -> Answer {
    let answer = browser.post_form(EXPORT, &[&[("format", format)], filter].concat()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer
}

/// The rows of a file, each as its cells.
fn rows(text: &str, separator: &str) -> Vec<Vec<String>> {
    let line = |line: &str| {
        let inside = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).expect("every cell is quoted");
        inside.split(&format!("\"{separator}\"")).map(|cell| cell.replace("\"\"", "\"")).collect()
    };
    text.strip_prefix('\u{feff}').expect("a mark for spreadsheets").split_terminator("\r\n").map(line).collect()
}

fn count<T>(all: &[T]) -> i64 {
    i64::try_from(all.len()).expect("a small number")
}

/// More than the file is read in pieces of.
async fn many(app: &App, by: i64) {
    let many = move |tx: &Tx<'_>| (0..1100).try_for_each(|_| tx.emit(Event::InboxChanged { inbox: 1, by: Some(by) }));
    app.recado.db.write(many).await.expect("told");
}

#[tokio::test]
async fn the_file_holds_all_that_matches_and_that_it_left_is_in_it() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    inbox(&app).await;
    many(&app, diego).await;
    let owner = app.browser_of(1).await;
    let file = export(&owner, "csv", &[]).await;
    assert_eq!(file.header("Content-Type"), "text/csv; charset=utf-8");
    let name = "attachment; filename=\"registro-de-acoes-2026-11-20.csv\"";
    assert_eq!(file.header("Content-Disposition"), name);
    let rows = rows(&file.body, ";");
    assert_eq!(rows[0], ["Quando", "Quem", "O que fez", "Detalhes", "Tipo", "Número"]);
    assert_eq!(rows[1][1..3], ["Ana", "exportou o registro de ações como planilha"]);
    assert_eq!(rows[2][0], "2026-11-20T10:00:00-03:00");
    let all: i64 = value(&app, "SELECT count(*) FROM activity").await;
    assert_eq!(count(&rows), all + 1, "a row for each entry, and the names of the columns");
    let mut numbers: Vec<&str> = rows[1..].iter().map(|row| row[5].as_str()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(count(&numbers), all, "each once");

    let file = export(&owner, "csv", &[("filter.person", "1"), ("filter.area", "inboxes")]).await;
    let rows = self::rows(&file.body, ";");
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!(rows[1][2], "conectou a caixa Contato");
    let noted: i64 = value(&app, "SELECT count(*) FROM activity WHERE kind = 'activity.exported'").await;
    assert_eq!(noted, 2);
}

#[tokio::test]
async fn nothing_in_the_file_is_a_formula() {
    let app = App::start().await;
    let rename = |tx: &Tx<'_>| {
        tx.execute("UPDATE user SET name = '=cmd|''/C calc''!A0' WHERE id = 1", [])?;
        let changes = vec![Change { what: "name".into(), from: "a".into(), to: "+1\"; x".into() }];
        tx.emit(Event::WorkspaceChanged { by: Some(1), changes })
    };
    app.recado.db.write(rename).await.expect("told");
    let owner = app.browser_of(1).await;
    let english = [("name", "=1+1"), ("language", "en"), ("zone", "UTC"), ("theme", "auto")];
    owner.change("put", "/account", &english).await;
    let file = export(&owner, "csv", &[]).await;
    let rows = rows(&file.body, ",");
    assert_eq!(rows[0][0], "When");
    assert!(rows[1..].iter().any(|row| row[1] == "'=1+1"), "{rows:?}");
    assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{rows:?}");
    assert!(rows.iter().any(|row| row[3] == "Name: a → +1\"; x"), "{rows:?}");
}

#[tokio::test]
async fn json_lines_hold_ids_and_all_that_was_noted() {
    let app = App::start().await;
    inbox(&app).await;
    tell(&app, vec![Event::InboxChanged { inbox: 1, by: Some(99) }, exported(None, "csv")]).await;
    let file = export(&app.browser_of(1).await, "jsonl", &[]).await;
    assert_eq!(file.header("Content-Type"), "application/jsonl; charset=utf-8");
    let lines: Vec<serde_json::Value> =
        file.body.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(count(&lines), value::<i64>(&app, "SELECT count(*) FROM activity").await);
    let changed = lines.iter().find(|line| line["kind"] == "inbox.changed").expect("the change");
    assert_eq!(changed["by"], serde_json::json!({ "id": 99, "name": null }));
    assert_eq!(changed["inbox"], serde_json::json!({ "id": 1, "name": "Contato" }));
    assert_eq!(changed["noted"]["inbox"], 1);
    assert!(changed["at"].as_str().is_some_and(|at| at.ends_with('Z')));
}

#[tokio::test]
async fn an_unknown_format_and_a_person_without_the_right_take_nothing_along() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let before: i64 = value(&app, "SELECT count(*) FROM activity WHERE kind = 'activity.exported'").await;
    let answer = app.browser_of(1).await.post_form(EXPORT, &[("format", "exe")]).await;
    assert_eq!(answer.status, 422);
    answer.assert_says("Escolha planilha ou JSON.");
    let answer = app.browser_of(diego).await.post_form(EXPORT, &[("format", "csv")]).await;
    assert_eq!(answer.status, 403);
    assert_eq!(app.browser_of(1).await.get(EXPORT).await.status, 404, "looking exports nothing");
    let after: i64 = value(&app, "SELECT count(*) FROM activity WHERE kind = 'activity.exported'").await;
    assert_eq!(before, after);
    assert!(app.recado.db.read(accounts::people).await.expect("people").len() == 2);
}
