//! Who is available, and who handles a conversation.

use recado::auth::Availability;
use recado::conversations::model::MessageKind;
use recado::inboxes::Access;
use rocket::tokio;

use super::office::{HELENA, Office, block, rows, shown};

const NEW: &str = "Conversa passada adiante";

// proves: P14 P15 P18
#[tokio::test]
async fn the_switch_at_the_top_of_the_list_shows_a_full_or_a_hollow_dot_with_its_word() {
    let office = Office::open().await;
    let browser = office.browser(office.ana).await;
    let page = browser.get("/conversations").await;
    let head = page.body.split("id=\"sections\"").next().unwrap_or_default();
    assert!(head.contains("<span class=\"dot dot-on\"></span>Disponível"), "{head}");
    let answer = block(&browser, "put", "/account/availability", &[("availability", "unavailable")]).await;
    answer.assert_says("<span class=\"dot\"></span>Indisponível");
    browser.get("/conversations").await.assert_says("<span class=\"dot\"></span>Indisponível");
    let own = browser.get("/account/availability").await;
    own.assert_says("<span class=\"dot\"></span>Indisponível");
    own.assert_silent("toast");
}

// proves: P16 P17 P22 P23 P25 P26 P30
#[tokio::test]
async fn an_open_conversation_stands_in_exactly_one_section_of_each_person() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let (by_ana, by_diego) = (office.browser(office.ana).await, office.browser(diego).await);
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let sections = async |browser| {
        let mut standing = Vec::new();
        for section in ["unassigned", "mine", "others", "closed", "snoozed"] {
            if shown(browser, section).await.contains(&id) {
                standing.push(section);
            }
        }
        standing
    };
    assert_eq!((sections(&by_ana).await, sections(&by_diego).await), (vec!["unassigned"], vec!["unassigned"]));
    let path = format!("/conversations/{id}/assignment");
    let answer = block(&by_diego, "post", &path, &[("assignee", &office.ana.to_string()), ("holder", "")]).await;
    assert_eq!(answer.status, 200);
    answer.assert_says(NEW);
    assert_eq!((sections(&by_ana).await, sections(&by_diego).await), (vec!["mine"], vec!["others"]));
    by_ana.post_form(&path, &[("assignee", &diego.to_string())]).await;
    assert_eq!((sections(&by_ana).await, sections(&by_diego).await), (vec!["others"], vec!["mine"]));
    by_ana.post_form(&format!("/conversations/{id}/closure"), &[]).await;
    assert_eq!((sections(&by_ana).await, sections(&by_diego).await), (vec!["closed"], vec!["closed"]));
}

// proves: P19 P21
#[tokio::test]
async fn nobody_hands_a_conversation_to_somebody_unavailable_not_even_that_person() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let path = format!("/conversations/{id}/assignment");
    let browser = office.browser(office.ana).await;
    let before = browser.get(&format!("/conversations/{id}")).await;
    before.assert_says(&format!("name=\"assignee\" value=\"{diego}\""));
    // The page is still open when Diego goes home.
    office.away(diego).await;
    let late = block(&browser, "post", &path, &[("assignee", &diego.to_string()), ("holder", "")]).await;
    assert_eq!(late.status, 409);
    late.assert_says("Esta pessoa está indisponível agora. Escolha outra.");
    late.assert_says("id=\"head\"");
    let plain = browser.post_form(&path, &[("assignee", &diego.to_string())]).await;
    assert_eq!(plain.status, 409);
    plain.assert_says("Esta pessoa está indisponível agora. Escolha outra.");
    plain.assert_says("id=\"write\"");
    let own = office.browser(diego).await;
    let itself = block(&own, "post", &path, &[("assignee", &diego.to_string()), ("holder", "")]).await;
    assert_eq!(itself.status, 409, "not even Diego himself");
    let page = own.get(&format!("/conversations/{id}")).await;
    page.assert_silent("id=\"head-take\"");
    page.assert_says("<span class=\"dot\"></span>indisponível");
    assert_eq!(office.assignee(id).await, 0);
    assert_eq!(office.number("SELECT count(*) FROM assignment WHERE conversation_id = ?1", id).await, 0);
}

// proves: P20
#[tokio::test]
async fn who_goes_unavailable_keeps_what_they_have_and_can_answer_it() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let browser = office.browser(diego).await;
    browser.post_form(&format!("/conversations/{id}/assignment"), &[("assignee", &diego.to_string())]).await;
    office.away(diego).await;
    assert_eq!(office.assignee(id).await, diego);
    assert_eq!(shown(&browser, "mine").await, [id]);
    office.write(diego, id, MessageKind::Outgoing, "Custa 100 reais.").await;
    assert_eq!(office.assignee(id).await, diego);
    office.availability(diego, Availability::Available).await;
    assert_eq!(office.assignee(id).await, diego);
}

// proves: P28 P29
#[tokio::test]
async fn a_conversation_is_reassigned_and_given_back_at_any_time_with_a_line_for_each() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let browser = office.browser(office.ana).await;
    let path = format!("/conversations/{id}/assignment");
    for assignee in ["1".to_owned(), diego.to_string(), String::new()] {
        let answer = browser.post_form(&path, &[("assignee", &assignee)]).await;
        assert_eq!((answer.status, answer.location()), (303, format!("/conversations/{id}").as_str()));
        office.app.clock().advance(recado::clock::MINUTE);
    }
    assert_eq!(office.assignee(id).await, 0);
    assert_eq!(shown(&browser, "unassigned").await, [id]);
    let page = browser.get(&format!("/conversations/{id}")).await;
    for line in ["Ana ficou com a conversa", "Ana passou para Diego", "Ana deixou sem dono"] {
        page.assert_says(line);
    }
}

// proves: P23
#[tokio::test]
async fn of_two_who_take_at_once_one_has_it_and_the_other_is_told_who() {
    let office = Office::open().await;
    let (diego, eva) = (office.agent("diego").await, office.agent("eva").await);
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let path = format!("/conversations/{id}/assignment");
    let (one, two) = (office.browser(diego).await, office.browser(eva).await);
    let (diego_id, eva_id) = (diego.to_string(), eva.to_string());
    let (a, b) = rocket::futures::future::join(
        block(&one, "post", &path, &[("assignee", &diego_id), ("holder", "")]),
        block(&two, "post", &path, &[("assignee", &eva_id), ("holder", "")]),
    )
    .await;
    let winner = office.assignee(id).await;
    let (won, lost, name) = if winner == diego { (a, b, "Diego") } else { (b, a, "Eva") };
    assert_eq!((won.status, lost.status), (200, 409));
    lost.assert_says(&format!("{name} ficou com esta conversa antes."));
    assert_eq!(office.number("SELECT count(*) FROM assignment WHERE conversation_id = ?1", id).await, 1);
    let again = block(&one, "post", &path, &[("assignee", &winner.to_string()), ("holder", "")]).await;
    assert_eq!(again.status, 200, "who asks for what is so already is not refused");
    // Without script the page comes whole and says it.
    let other = if winner == diego { &two } else { &one };
    let plain = other.post_form(&path, &[("assignee", "1"), ("holder", "")]).await;
    assert_eq!(plain.status, 409);
    plain.assert_says(&format!("{name} ficou com esta conversa antes."));
    plain.assert_says("id=\"timeline\"");
}

// proves: P24 P27
#[tokio::test]
async fn only_readers_of_the_inbox_are_offered_and_the_fact_names_whom_to_tell() {
    let office = Office::open().await;
    let (diego, eva) = (office.agent("diego").await, office.agent("eva").await);
    let works = office.connect(office.ana, "obras", Access::Selected, &[diego]).await;
    let raw = office.raw(HELENA, "Obra", "Quando começa?", "");
    let id = office.receive(works, &raw).await.conversation;
    let browser = office.browser(office.ana).await;
    let page = browser.get(&format!("/conversations/{id}")).await;
    page.assert_says(&format!("id=\"head-person-{diego}\""));
    page.assert_silent(&format!("id=\"head-person-{eva}\""));
    let path = format!("/conversations/{id}/assignment");
    assert_eq!(block(&browser, "post", &path, &[("assignee", &eva.to_string())]).await.status, 404);
    let foreign = office.browser(eva).await;
    let refused = block(&foreign, "post", &path, &[("assignee", &eva.to_string())]).await;
    assert_eq!(refused.status, 404);
    assert!(rows(&foreign.get("/conversations/list?section=unassigned").await).is_empty());
    assert_eq!(office.assignee(id).await, 0);
    block(&browser, "post", &path, &[("assignee", &diego.to_string())]).await;
    let told = office
        .number(
            "SELECT payload ->> '$.assignee' FROM event WHERE kind = 'conversation.assigned' AND conversation_id = ?1",
            id,
        )
        .await;
    assert_eq!(told, diego);
}
