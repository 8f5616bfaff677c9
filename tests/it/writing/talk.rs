//! What a conversation shows, and how little one needs to answer it.

use recado::auth::Role;
use recado::clock::MINUTE;

use super::desk::{HELENA, box_of, colleague};
use crate::support::app::App;
use crate::support::desk::Desk;

/// A small picture, as a mail carries it.
fn with_picture(id: &str) -> String {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(8, 8).write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    format!(
        "Message-ID: <{id}>\r\nFrom: {HELENA}\r\nTo: contato@vereda.example\r\nSubject: Granito\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         Quanto custa?\r\n--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=sala.png\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
        data_encoding::BASE64.encode(&bytes.into_inner())
    )
}

/// The article of a message on a page.
fn article(page: &str, message: i64) -> &str {
    let (before, rest) = page.split_once(&format!("id=\"message-{message}\"")).expect("the message");
    let start = before.rfind("<article").expect("an article");
    &page[start..before.len() + rest.find("</article>").expect("its end")]
}

// proves: R17 R20 R21 R22 R23 R24
#[rocket::async_test]
async fn a_conversation_shows_who_where_what_when_theirs_left_and_ours_right() {
    let desk = Desk::start().await;
    let first = desk.receive(with_picture("m1@x")).await;
    let id = first.conversation;
    desk.app.clock().advance(5 * MINUTE);
    box_of(&desk.browser, id, &[("kind", "reply"), ("text", "Custa 100 reais.")]).await;
    let ours = desk.number("SELECT id FROM message WHERE kind = 'outgoing'").await;
    let second = desk.says("m2@x", "m1@x", "Obrigada.").await;
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("Helena Duarte");
    page.assert_says("contato@vereda.example");
    page.assert_says("Contato");
    for (message, words, is_ours) in [
        (first.message, "Quanto custa?", false),
        (ours, "Custa 100 reais.", true),
        (second.message, "Obrigada.", false),
    ] {
        let article = article(&page.body, message);
        assert!(article.contains(words), "{article}");
        assert_eq!(article.contains("msg-out"), is_ours, "{article}");
        assert!(article.contains("<time datetime=\"2026-11-20T13:0"), "{article}");
        assert!(article.contains("title=\"20 de novembro de 2026, 10:0"), "{article}");
    }
    let photo = article(&page.body, first.message);
    let (_, rest) = photo.split_once("<img src=\"").expect("the picture is shown");
    let shown = desk.browser.get(rest.split('"').next().unwrap_or_default()).await;
    assert_eq!((shown.status, shown.header("Content-Type")), (200, "image/png"));
}

// proves: R70
#[rocket::async_test]
async fn times_are_those_of_who_reads_with_the_whole_date_on_hover() {
    let desk = Desk::start().await;
    let receipt = desk.asked("m1@x").await;
    let (_, tokyo) = colleague(&desk.app, "naomi").await;
    let move_there = "UPDATE user SET zone = 'Asia/Tokyo' WHERE id != 1";
    desk.app.recado.db.write(move |tx| Ok(tx.execute(move_there, [])?)).await.expect("a zone");
    let path = format!("/conversations/{}", receipt.conversation);
    let here = desk.browser.get(&path).await;
    let there = tokyo.get(&path).await;
    assert!(article(&here.body, receipt.message).contains("title=\"20 de novembro de 2026, 10:00\">10:00</time>"));
    assert!(article(&there.body, receipt.message).contains("title=\"20 de novembro de 2026, 22:00\">22:00</time>"));
}

// proves: R68
#[rocket::async_test]
async fn an_answer_that_left_by_itself_leaves_the_grey_mark() {
    let desk = Desk::start().await;
    desk.set(desk.inbox.id, "$.answering.greeting", r#"{"pt-BR": "Recebemos sua mensagem."}"#).await;
    let receipt = desk.asked("m1@x").await;
    desk.left(1).await;
    let read = format!("/conversations/{}/read", receipt.conversation);
    let newest = desk.number("SELECT max(id) FROM message").await.to_string();
    desk.browser.post_form(&read, &[("message", &newest)]).await;
    let list = "/conversations/list?section=unassigned";
    desk.browser.get(list).await.assert_says("data-state=\"waiting\"");
    box_of(&desk.browser, receipt.conversation, &[("kind", "reply"), ("text", "Custa 100 reais.")]).await;
    desk.browser.get(list).await.assert_silent("data-state=\"waiting\"");
}

// proves: M2 M12 M18
#[rocket::async_test]
async fn customers_choose_where_they_write_and_are_answered_there() {
    let desk = Desk::start().await;
    let works = desk.inbox("Obras", "obras@vereda.example").await;
    let here = desk.asked("m1@x").await;
    let there = desk
        .receive_in(
            &works,
            format!(
                "Message-ID: <o1@x>\r\nFrom: {HELENA}\r\nTo: obras@vereda.example\r\nSubject: Obra\r\n\r\nQuando?\r\n"
            ),
        )
        .await;
    assert_ne!(here.conversation, there.conversation);
    for (place, (conversation, address)) in
        [(there.conversation, "obras@vereda.example"), (here.conversation, "contato@vereda.example")].iter().enumerate()
    {
        box_of(&desk.browser, *conversation, &[("kind", "reply"), ("text", "Já respondo.")]).await;
        let (to, mail, _) = desk.left(place + 1).await.remove(place);
        assert_eq!(to, ["helena@bemviver.example"]);
        assert_eq!(mail.from.address.as_str(), *address);
    }
}

// proves: M17 M26
#[rocket::async_test]
async fn a_new_agent_answers_on_the_first_page_without_opening_anything() {
    let desk = Desk::start().await;
    let id = desk.asked("m1@x").await.conversation;
    let (_, novice) = colleague(&desk.app, "bia").await;
    let page = novice.get(&format!("/conversations/{id}")).await;
    page.assert_says("id=\"kind-reply\" data-key=\"r\" checked");
    page.assert_says("id=\"write\"");
    page.assert_says("Para helena@bemviver.example");
    let work = page.body.split("id=\"work\"").nth(1).expect("the conversation");
    let work = work.split("id=\"side\"").next().unwrap_or_default();
    let opened =
        work.split("<details").skip(1).filter(|part| part.split('>').next().is_some_and(|tag| tag.contains(" open")));
    assert_eq!(opened.count(), 0, "nothing opens by itself");
    assert!(!work.contains("<dialog open"));
    assert_eq!(box_of(&novice, id, &[("kind", "reply"), ("text", "Custa 100 reais.")]).await.status, 200);
    desk.left(1).await;
}

// proves: P2 R1 M32
#[rocket::async_test]
async fn conversations_are_in_the_main_menu_and_inboxes_are_connected_in_the_settings_first() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    let page = owner.get("/account").await;
    page.assert_says("href=\"/conversations\"");
    page.assert_says("href=\"#page\"");
    let empty = owner.get("/conversations").await;
    empty.assert_says("href=\"#main\"");
    empty.assert_says("Nenhuma caixa");
    empty.assert_says("href=\"/settings/inboxes\"");
    let agent = app.user("diego", Role::Agent).await;
    let page = app.browser_of(agent).await.get("/conversations").await;
    page.assert_silent("href=\"/settings/inboxes\"");
}
