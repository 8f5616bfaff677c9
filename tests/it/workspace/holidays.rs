use recado::accounts;
use rocket::tokio;

use crate::support::app::{App, START};
use crate::support::browser::{Answer, Browser};

const PAGE: &str = "/settings/hours";
const HOLIDAYS: &str = "/settings/holidays";

async fn add(browser: &Browser, name: &str, date: &str, repeats: &str) -> Answer {
    browser.post_form(HOLIDAYS, &[("holiday", name), ("date", date), ("repeats", repeats)]).await
}

async fn count(app: &App) -> i64 {
    let count = app
        .recado
        .db
        .read(|connection| Ok(connection.query_row("SELECT count(*) FROM holiday", [], |row| row.get(0))?));
    count.await.expect("a number")
}

#[tokio::test]
async fn brazils_holidays_come_with_one_click_those_that_move_included() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    owner.get(PAGE).await.assert_says("Nenhum feriado ainda.");
    add(&owner, "Festas", "2025-12-25", "yearly").await;
    assert_eq!(owner.post_form("/settings/holidays/brazil", &[]).await.location(), PAGE);
    assert_eq!(count(&app).await, 13, "Christmas was there");
    let page = owner.get(PAGE).await;
    for words in [
        "<time datetime=\"2027-02-09\">9 fev. 2027</time> · todo ano, data móvel",
        "Sexta-feira Santa",
        "<time datetime=\"2027-03-26\">",
        "Corpus Christi",
        "<time datetime=\"2027-05-27\">",
        "<h3 class=\"cut\">Festas</h3>",
        "Feriados adicionados",
    ] {
        page.assert_says(words);
    }
    // In the order in which they come: today's first, this year's Christmas before next year's carnival.
    let place = |word: &str| page.body.find(&format!("<h3 class=\"cut\">{word}")).expect(word);
    assert!(place("Consciência Negra") < place("Festas") && place("Festas") < place("Carnaval"));
    page.assert_silent("Adicionar feriados nacionais");
    owner.post_form("/settings/holidays/brazil", &[]).await;
    owner.get(PAGE).await.assert_says("Todos já estavam na lista");
    assert_eq!(count(&app).await, 13);
    owner.get("/settings/activity").await.assert_says("Corpus Christi");
}

#[tokio::test]
async fn on_a_holiday_it_is_closed_and_the_page_says_which() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    let mut week = vec![("mode", "week")];
    week.extend(["all"; 7].map(|state| ("state", state)));
    owner.change("put", PAGE, &week).await;
    owner.get(PAGE).await.assert_says("Aberto agora, dia e noite.");
    assert_eq!(add(&owner, " Aniversário  da casa ", "2026-11-20", "").await.location(), PAGE);
    owner.get(PAGE).await.assert_says("Fechado hoje: Aniversário da casa. Abre amanhã às 00:00.");
    let hours = app.recado.db.read(accounts::business_hours).await.expect("hours");
    assert!(!hours.is_open(START));
    app.clock().advance(recado::clock::DAY);
    owner.get(PAGE).await.assert_says("já passou");
    owner.get(PAGE).await.assert_says("Aberto agora, dia e noite.");
    assert_eq!(owner.change("delete", &format!("{HOLIDAYS}/1"), &[]).await.location(), PAGE);
    assert_eq!(owner.change("delete", &format!("{HOLIDAYS}/1"), &[]).await.status, 404);
    assert_eq!(count(&app).await, 0);
    let log = owner.get("/settings/activity").await;
    log.assert_says("<del>20 nov. 2026</del>");
}

#[tokio::test]
async fn what_is_no_holiday_is_said_and_kept_in_its_fields() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    let page = add(&owner, "", "2026-02-30", "yearly").await;
    assert_eq!(page.status, 422);
    for words in ["id=\"error-holiday\"", "id=\"error-date\"", "value=\"2026-02-30\"", "value=\"yearly\" checked"] {
        page.assert_says(words);
    }
    for date in ["", "amanhã", "0001-01-01", "99999-01-01", "2026-13-01"] {
        assert_eq!(add(&owner, "Festa", date, "").await.status, 422, "{date}");
    }
    assert_eq!(add(&owner, "Festa", "2026-12-24", "yearly").await.status, 303);
    let page = add(&owner, "Outra festa", "2030-12-24", "yearly").await;
    assert_eq!(page.status, 422);
    page.assert_says("Este dia já está na lista.");
    page.assert_says("value=\"Outra festa\"");
    assert_eq!(add(&owner, "Só em 2028", "2028-02-29", "").await.status, 303);
    assert_eq!(count(&app).await, 2);
}
