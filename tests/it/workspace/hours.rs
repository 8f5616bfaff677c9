use recado::accounts;
use recado::clock::{DAY, HOUR, Millis};
use rocket::tokio;

use crate::support::app::{App, START};
use crate::support::browser::{Answer, Browser};

const PAGE: &str = "/settings/hours";

/// Monday to Friday from 9 to 12 and from 13 to 18, Saturday all day.
fn office() -> Vec<(&'static str, &'static str)> {
    let mut fields = vec![("mode", "week")];
    fields.extend(["hours", "hours", "hours", "hours", "hours", "all", "closed"].map(|state| ("state", state)));
    for day in ["1", "2", "3", "4", "5"] {
        fields.extend([("day", day), ("opens", "13:00"), ("closes", "18:00")]);
        fields.extend([("day", day), ("opens", "09:00"), ("closes", "12:00")]);
    }
    fields
}

/// The office with another Monday.
fn monday<'a>(state: &'a str, intervals: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("mode", "week"), ("state", state)];
    fields.extend(["closed"; 6].map(|state| ("state", state)));
    for (opens, closes) in intervals {
        fields.extend([("day", "1"), ("opens", *opens), ("closes", *closes)]);
    }
    fields
}

async fn stored(app: &App) -> String {
    let sql = "SELECT coalesce(group_concat(weekday || ' ' || opens || '-' || closes, ', '), '') FROM
               (SELECT * FROM business_hour ORDER BY weekday, opens)";
    app.recado.db.read(move |connection| Ok(connection.query_row(sql, [], |row| row.get(0))?)).await.expect("rows")
}

async fn is_open(app: &App, at: Millis) -> bool {
    app.recado.db.read(accounts::business_hours).await.expect("hours").is_open(at)
}

async fn put(browser: &Browser, fields: &[(&str, &str)]) -> Answer {
    browser.change("put", PAGE, fields).await
}

#[tokio::test]
async fn the_page_says_in_words_whether_it_is_open_and_until_when() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    let page = owner.get(PAGE).await;
    page.assert_says("Sempre aberto, também nos feriados.");
    page.assert_says("value=\"09:00\"");
    assert!(is_open(&app, START).await);
    assert_eq!(put(&owner, &office()).await.location(), PAGE);
    for (at, words) in [
        (START, "Aberto agora, até 12:00."),
        (START + 2 * HOUR, "Fechado agora. Abre hoje às 13:00."),
        (START + 9 * HOUR, "Fechado agora. Abre amanhã às 00:00."),
        (START + DAY, "Aberto agora, até 24:00."),
        (START + 2 * DAY, "Fechado agora. Abre amanhã às 09:00."),
        (START + 4 * DAY + 9 * HOUR, "Fechado agora. Abre amanhã às 09:00."),
    ] {
        app.clock().hold(at);
        owner.get(PAGE).await.assert_says(words);
        assert_eq!(is_open(&app, at).await, words.starts_with("Aberto"), "{words}");
    }
    app.clock().hold(START + 4 * HOUR);
    let english = [("name", "Ana"), ("language", "en"), ("zone", "Asia/Tokyo"), ("theme", "auto")];
    owner.change("put", "/account", &english).await;
    // In the company's zone, wherever its reader is.
    owner.get(PAGE).await.assert_says("Open now, until 18:00.");
}

#[tokio::test]
async fn hours_are_kept_in_order_and_the_log_says_what_they_were() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    put(&owner, &office()).await;
    assert!(stored(&app).await.starts_with("1 540-720, 1 780-1080, 2 540-720"), "{}", stored(&app).await);
    assert!(stored(&app).await.ends_with("6 0-1440"));
    let fields = monday("hours", &[("9h", "12:30"), ("12:30", "00:00"), ("", "")]);
    assert_eq!(put(&owner, &fields).await.status, 303);
    assert_eq!(stored(&app).await, "1 540-1440", "what touches is one, and midnight ends a day");
    let log = owner.get("/settings/activity").await;
    for words in
        ["Horário de atendimento", "<del>Sempre aberto</del>", "<del>09:00–12:00, 13:00–18:00</del>", "Fechado"]
    {
        log.assert_says(words);
    }
    log.assert_says("09:00–24:00");
    // Always open keeps the week for later.
    let mut always = fields.clone();
    always[0] = ("mode", "always");
    put(&owner, &always).await;
    assert_eq!(stored(&app).await, "1 540-1440");
    assert!(is_open(&app, START + 2 * DAY).await);
    owner.get(PAGE).await.assert_says("value=\"00:00\" aria-label=\"Fecha às\"");
}

#[tokio::test]
async fn what_cannot_be_is_said_at_its_day_and_nothing_is_lost_or_stored() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    for (fields, words) in [
        (monday("hours", &[("18:00", "09:00")]), "O fim vem depois do início."),
        (monday("hours", &[("09:00", "12:00"), ("11:00", "13:00")]), "Dois intervalos deste dia se cruzam."),
        (monday("hours", &[("cedo", "tarde")]), "Escreva início e fim de cada intervalo"),
        (monday("hours", &[("09:00", "")]), "Escreva início e fim de cada intervalo"),
        (monday("hours", &[("", "")]), "Escreva um intervalo ou marque este dia como fechado."),
        (monday("closed", &[]), "Abra pelo menos um dia"),
    ] {
        let page = put(&owner, &fields).await;
        assert_eq!(page.status, 422, "{words}");
        page.assert_says(words);
        for (_, typed) in fields.iter().filter(|(name, value)| matches!(*name, "opens" | "closes") && !value.is_empty())
        {
            page.assert_says(&format!("value=\"{typed}\""));
        }
    }
    assert_eq!(stored(&app).await, "");
    for odd in
        [vec![("mode", "week"), ("day", "9"), ("opens", "1"), ("closes", "2")], vec![("mode", "x"), ("day", "1")]]
    {
        let status = put(&owner, &odd).await.status;
        assert!(matches!(status, 303 | 422), "{status}");
    }
    assert_eq!(put(&owner, &[("mode", "week"), ("day", "999")]).await.status, 400);
}

#[tokio::test]
async fn buttons_add_copy_and_take_away_intervals_without_script_and_store_nothing() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    let typed = monday("hours", &[("08:15", "11:45"), ("13:00", "17:30")]);
    let rows = |page: &Answer| page.body.matches("name=\"opens\"").count();

    let page = put(&owner, &[typed.as_slice(), &[("add", "1")]].concat()).await;
    assert_eq!((page.status, rows(&page)), (200, 9), "two typed, one new, one for each other day");
    page.assert_says("value=\"08:15\"");
    page.assert_says("value=\"\" aria-label=\"Abre às\" autofocus");

    let page = put(&owner, &[typed.as_slice(), &[("add", "7")]].concat()).await;
    assert_eq!(rows(&page), 8, "a closed day opens with its first interval");

    let page = put(&owner, &[typed.as_slice(), &[("remove", "0")]].concat()).await;
    page.assert_silent("value=\"08:15\"");
    page.assert_says("value=\"13:00\"");

    let page = put(&owner, &[typed.as_slice(), &[("copy", "1")]].concat()).await;
    assert_eq!((page.body.matches("value=\"08:15\"").count(), rows(&page)), (5, 12));
    assert_eq!(
        put(&owner, &[typed.as_slice(), &[("remove", "99")]].concat()).await.status,
        303,
        "a row that is not there"
    );
    assert_eq!(stored(&app).await, "1 495-705, 1 780-1050");
    put(&owner, &monday("all", &[])).await;
    let page = put(&owner, &[typed.as_slice(), &[("add", "1")]].concat()).await;
    assert_eq!(page.status, 200);
    assert_eq!(stored(&app).await, "1 0-1440", "a button of the editor stores nothing");
}
