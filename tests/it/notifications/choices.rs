//! What somebody wants to be told of.

use super::{HELENA, assign, causes, mail};
use crate::support::browser::{Answer, send};
use crate::support::desk::Desk;

const PAGE: &str = "/notifications/settings";
const CAUSES: [&str; 5] = ["mine", "others", "unassigned", "assigned", "mention"];

/// The switches that are on, as `way-cause`.
fn switched_on(page: &Answer) -> Vec<String> {
    let mut on = Vec::new();
    for way in ["desktop", "email"] {
        for cause in CAUSES {
            let id = format!("id=\"{way}-{cause}\"");
            let (_, switch) = page.body.split_once(&id).unwrap_or_else(|| panic!("no {id}:\n{}", page.body));
            if switch.split('>').next().unwrap_or_default().contains(" checked") {
                on.push(format!("{way}-{cause}"));
            }
        }
    }
    on
}

const USUAL: [&str; 7] = [
    "desktop-mine",
    "desktop-unassigned",
    "desktop-assigned",
    "desktop-mention",
    "email-mine",
    "email-assigned",
    "email-mention",
];

// proves: P9 P11 P12 X29
#[rocket::async_test]
async fn everybody_switches_each_event_for_each_way_and_only_saving_changes_it() {
    let desk = Desk::start().await;
    let (_, camila) = desk.agent("camila").await;
    assert_eq!(switched_on(&camila.get(PAGE).await), USUAL);
    let page = camila.get(PAGE).await;
    for words in ["Nada muda até você salvar.", "btn btn-go\">Salvar", "Mensagem nova numa conversa sem dono"] {
        page.assert_says(words);
    }
    assert_eq!(switched_on(&camila.get(PAGE).await), USUAL, "looking at it changed something");
    let saved = camila.change("put", PAGE, &[("email", "others"), ("desktop", "mine"), ("desktop", "nonsense")]).await;
    assert_eq!((saved.status, saved.location()), (303, PAGE));
    assert_eq!(switched_on(&camila.get(PAGE).await), ["desktop-mine", "email-others"]);
    camila.get(PAGE).await.assert_silent("nonsense");
    assert_eq!(switched_on(&desk.browser.get(PAGE).await), USUAL, "what one person chose holds for them alone");
    camila.change("put", PAGE, &[]).await;
    assert_eq!(switched_on(&camila.get(PAGE).await), Vec::<String>::new());
}

// proves: P10
#[rocket::async_test]
async fn the_bell_stands_at_the_top_of_the_inbox_and_opens_a_window() {
    let desk = Desk::start().await;
    let inbox = desk.browser.get("/conversations").await;
    let (header, _) = inbox.body.split_once("id=\"list-scroll\"").expect("the list");
    assert!(header.contains("id=\"bell-open\"") && header.contains("href=\"/notifications\""), "{header}");
    for (path, dialog) in [("/notifications", "id=\"notices\""), (PAGE, "id=\"notice-settings\"")] {
        let request = desk.browser.request(reqwest::Method::GET, path).header("HX-Request", "true");
        let window = send(request.header("HX-Request-Type", "partial")).await;
        window.assert_says(&format!("<dialog class=\"dialog\" {dialog}"));
        window.assert_silent("<html");
        desk.browser.get(path).await.assert_says("<html");
    }
}

#[rocket::async_test]
async fn what_is_switched_off_is_not_told() {
    let desk = Desk::start().await;
    let (user, camila) = desk.agent("camila").await;
    camila.change("put", PAGE, &[("email", "mine")]).await;
    let first = desk.receive(mail("a1@x", HELENA, "Orçamento", "Bom dia")).await;
    assign(&desk.browser, first.conversation, user).await;
    assert_eq!(causes(&desk).await, "1 unassigned", "Camila wants to know of neither");
    desk.receive(mail("a2@x", HELENA, "Re: Orçamento", "Ainda?").replace("Subject", "In-Reply-To: <a1@x>\r\nSubject"))
        .await;
    assert_eq!(causes(&desk).await, format!("1 unassigned, {user} mine"));
    assert_eq!(desk.number("SELECT desktop FROM notification WHERE cause = 'mine'").await, 0);
}
