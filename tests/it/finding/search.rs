//! What a search shows: the words that were found, in each row, and the page that opens at them.

use reqwest::Method;
use rocket::tokio;

use super::Desk;
use crate::sections::office::{BRUNO, HELENA, row, rows};
use crate::support::browser::send;

#[tokio::test]
async fn a_row_shows_the_words_that_were_found_and_opens_at_their_message() {
    let desk = Desk::open().await;
    let long = "Bom dia! Escrevo porque a entrega da semana passada veio com defeito.\n\nA peça de <b>QUARTZITO</b> está \
                rachada perto da cuba, e a outra está boa.";
    let found = desk.office.mail(HELENA, "Bancada", long).await;
    desk.office.reply(HELENA, "m5@x", "Alguma novidade?").await;
    for query in ["q=quartzito", "q=Quartz", "q=quartz%C3%8Dto+pe%C3%A7a", "q=quartzito&within=everything"] {
        let page = desk.browser.get(&format!("/conversations/list?{query}")).await;
        let line = row(&page, found.conversation);
        assert!(line.contains("<mark>QUARTZITO</mark>"), "{query}: {line}");
        assert!(line.contains("&#60;b&#62;<mark>"), "what looks like HTML is text: {line}");
        page.assert_says(&format!("message={}\"", found.message));
    }
    // Spaces that do not break, as programs for mail write them, are spaces.
    let wide =
        desk.office.mail(BRUNO, "Preço", "Segue\u{a0}o\u{a0}valor\u{a0}combinado\u{2003}do\u{a0}travertino").await;
    let page = desk.browser.get("/conversations/list?q=travertino").await;
    let line = row(&page, wide.conversation);
    assert!(line.contains("…o valor combinado do <mark>travertino</mark>"), "{line}");
    let both = desk.browser.get("/conversations/list?q=defeito+rach").await;
    let line = row(&both, found.conversation);
    assert!(line.contains("…") && line.contains("<mark>defeito</mark>"), "{line}");
}

#[tokio::test]
async fn one_word_as_long_as_a_mail_makes_no_row_long() {
    let desk = Desk::open().await;
    let found = desk.office.mail(HELENA, "Bancada", &format!("xisto{}", "a".repeat(60_000))).await;
    let page = desk.browser.get("/conversations/list?q=xisto").await;
    let line = row(&page, found.conversation);
    assert!(line.contains("<mark>xistoaaa"), "{line}");
    assert!(line.len() < 3000, "{} bytes", line.len());
}

#[tokio::test]
async fn after_a_change_the_way_back_leads_to_the_list_one_came_from() {
    let desk = Desk::open().await;
    let id = desk.office.mail(HELENA, "Bancada", "Tem quartzito?").await.conversation;
    let hand_to_nobody = async |page: &str| {
        let token = desk.browser.token("/password-reset").await;
        let request = desk.browser.request(Method::POST, &format!("/conversations/{id}/assignment"));
        let request = request.header("Sec-Fetch-Site", "same-origin").header("HX-Request", "true");
        let request = request.header("HX-Request-Type", "partial").header("HX-Current-URL", page);
        send(request.form(&[("_token", token.as_str()), ("assignee", "")])).await
    };
    let there =
        hand_to_nobody(&format!("https://recado.example/conversations/{id}?section=unassigned&q=quartzito#talk")).await;
    there.assert_says("href=\"/conversations?section=unassigned&#38;q=quartzito");
    for elsewhere in
        ["https://recado.example/conversations/999?q=quartzito", "q=quartzito", "https://x", "://?q=quartzito"]
    {
        hand_to_nobody(elsewhere).await.assert_silent("quartzito");
    }
}

#[tokio::test]
async fn what_was_found_elsewhere_than_in_a_text_leaves_the_row_as_it_is() {
    let desk = Desk::open().await;
    // In the subject, and in a name.
    for query in ["q=madeira", "q=helena"] {
        let page = desk.browser.get(&format!("/conversations/list?{query}")).await;
        assert!(rows(&page).contains(&desk.wood), "{query}");
        assert!(!row(&page, desk.wood).contains("<mark>"), "{query}");
    }
    let plain = desk.browser.get("/conversations/list?section=others").await;
    plain.assert_silent("<mark>");
    plain.assert_silent("message=");
}

#[tokio::test]
async fn words_of_every_script_are_found_and_nothing_typed_is_an_error() {
    let desk = Desk::open().await;
    let texts = [
        "Привет, нужна смета",
        "هل يمكنكم إرسال عرض السعر",
        "नमस्ते हिन्दी में",
        "見積もりをお願いします",
        "ẞtraße Ǆ İstanbul",
    ];
    let mut found = Vec::new();
    for text in texts {
        found.push(desk.office.mail(BRUNO, "Fora", text).await.conversation);
    }
    for (query, place) in [("смет", 0), ("السعر", 1), ("हिन्दी", 2), ("見積もりをお願いします", 3), ("istanbul", 4)]
    {
        let page = desk.browser.get(&format!("/conversations/list?q={query}")).await;
        assert!(rows(&page).contains(&found[place]), "{query}");
    }
    for odd in [
        "%22",
        "NEAR(a",
        "a%00b",
        "-",
        "*",
        "a*b",
        "%F0%9F%8D%8A",
        "%E1%B2%90a%E1%B2%90",
        "a%CC%81",
        "%E2%93%90b",
        "\u{2}",
    ] {
        assert_eq!(desk.browser.get(&format!("/conversations/list?q={odd}")).await.status, 200, "{odd}");
    }
}

#[tokio::test]
async fn the_page_opens_at_a_message_however_far_back_it_is() {
    let desk = Desk::open().await;
    let first = desk.office.mail(HELENA, "Obra", "Começo").await;
    let wanted = desk.office.reply(HELENA, "m5@x", "A cor é azul petróleo").await;
    let mut last = wanted.message;
    for number in 0..60 {
        last = desk.office.reply(HELENA, "m5@x", &format!("Mais {number}")).await.message;
    }
    let read = format!("/conversations/{}/read", wanted.conversation);
    desk.browser.post_form(&read, &[("message", &last.to_string())]).await;
    assert_eq!(first.conversation, wanted.conversation, "one conversation");
    let id = format!("id=\"message-{}\"", wanted.message);
    let path = format!("/conversations/{}", wanted.conversation);
    desk.browser.get(&path).await.assert_silent(&id);
    let page = desk.browser.get(&format!("{path}?message={}", wanted.message)).await;
    page.assert_says(&id);
    page.assert_says(&format!("data-at=\"message-{}\"", wanted.message));
    // A message of elsewhere, or of nowhere, is no way in and no error.
    for other in [0, -5, 1, 999_999] {
        let page = desk.browser.get(&format!("{path}?message={other}")).await;
        assert_eq!(page.status, 200);
        page.assert_says("Mais 59");
    }
}
