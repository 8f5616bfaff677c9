//! A conversation on paper and as a file.

use mail_parser::{MessageParser, MimeHeaders as _};
use recado::conversations::model::MessageKind;
use rocket::tokio;

use super::office::{HELENA, Office};

/// A conversation with a mail, an answer that left, and a note.
async fn spoken(office: &Office) -> i64 {
    let id = office.mail(HELENA, "Granito <b>", "Quanto custa?\r\n<script>alert(1)</script>").await.conversation;
    office.write(office.ana, id, MessageKind::Outgoing, "Custa 100 reais.").await;
    office.app.letters(1).await;
    office.app.idle().await;
    office.write(office.ana, id, MessageKind::Note, "Cliente antiga").await;
    id
}

// proves: M23
#[tokio::test]
async fn the_page_that_is_printed_holds_what_was_said_and_notes_only_when_asked_for() {
    let office = Office::open().await;
    let id = spoken(&office).await;
    let browser = office.browser(office.ana).await;
    let page = browser.get(&format!("/conversations/{id}/print")).await;
    for words in ["Helena Duarte", "Quanto custa?", "Custa 100 reais.", "contato@vereda.example"] {
        page.assert_says(words);
    }
    page.assert_silent("Cliente antiga");
    page.assert_silent("<script>alert");
    let whole = browser.get(&format!("/conversations/{id}/print?notes=yes")).await;
    whole.assert_says("Cliente antiga");
    whole.assert_says("Com anotações internas: só para a equipe.");
    browser.get(&format!("/conversations/{id}")).await.assert_says(&format!("/conversations/{id}/print"));
}

#[tokio::test]
async fn a_long_conversation_is_printed_in_parts_without_a_gap() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "um").await.conversation;
    for number in 0..520 {
        office.write(office.ana, id, MessageKind::Note, &format!("nota-{number}-")).await;
    }
    let browser = office.browser(office.ana).await;
    let first = browser.get(&format!("/conversations/{id}/print?notes=yes")).await;
    let (_, rest) = first.body.split_once("/print?after=").expect("a next part");
    let after: i64 = rest.split('&').next().and_then(|after| after.parse().ok()).expect("a number");
    let second = browser.get(&format!("/conversations/{id}/print?after={after}&notes=yes")).await;
    for number in 0..520 {
        let words = format!("nota-{number}-");
        assert!(first.body.contains(&words) != second.body.contains(&words), "{words} is in one part");
    }
    second.assert_silent("/print?after=");
}

#[tokio::test]
async fn the_json_file_holds_it_all_and_that_it_left_is_in_the_log() {
    let office = Office::open().await;
    let id = spoken(&office).await;
    let browser = office.browser(office.ana).await;
    let path = format!("/conversations/{id}/export");
    for (notes, expected) in [("no", vec!["incoming", "outgoing"]), ("yes", vec!["incoming", "outgoing", "note"])] {
        let file = browser.post_form(&path, &[("format", "json"), ("notes", notes)]).await;
        assert_eq!(file.header("Content-Disposition"), format!("attachment; filename=\"conversa-{id}.json\""));
        let json: serde_json::Value = serde_json::from_str(&file.body).expect("JSON");
        let kinds: Vec<_> =
            json["messages"].as_array().expect("messages").iter().map(|said| said["kind"].as_str()).collect();
        assert_eq!(kinds, expected.iter().map(|kind| Some(*kind)).collect::<Vec<_>>());
        assert_eq!(json["messages"][0]["from"]["address"], "helena@bemviver.example");
        assert_eq!(json["messages"][1]["text"], "Custa 100 reais.");
        assert_eq!(json["conversation"]["subject"], "Granito <b>");
    }
    browser
        .get("/settings/activity")
        .await
        .assert_says(&format!("exportou a conversa {id} da caixa contato como JSON"));
    let wrong = browser.post_form(&path, &[("format", "docx")]).await;
    assert_eq!(wrong.status, 422);
    wrong.assert_says("Escolha JSON ou EML.");
}

// proves: M23
#[tokio::test]
async fn the_mail_file_carries_each_mail_as_it_was_and_no_note() {
    let office = Office::open().await;
    let id = spoken(&office).await;
    let browser = office.browser(office.ana).await;
    let file = browser.post_form(&format!("/conversations/{id}/export"), &[("format", "eml"), ("notes", "yes")]).await;
    let mail = MessageParser::default().parse(file.body.as_bytes()).expect("a mail");
    assert_eq!(mail.subject(), Some("Conversa com Helena Duarte"));
    let carried: Vec<_> = mail.attachments().collect();
    assert_eq!(carried.len(), 2);
    let names: Vec<_> = carried.iter().filter_map(|part| part.attachment_name()).collect();
    assert_eq!(names.len(), 2);
    let first = carried[0].message().expect("a mail in it");
    assert_eq!(first.message_id(), Some("m1@x"));
    assert_eq!(first.subject(), Some("Granito <b>"));
    assert!(carried[1].message().expect("a mail in it").body_text(0).expect("a text").contains("Custa 100 reais."));
    assert!(!file.body.contains("Cliente antiga"));
    browser.get("/settings/activity").await.assert_says("exportou os e-mails da conversa");
}

#[tokio::test]
async fn paper_and_files_are_for_readers_of_the_inbox() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let own = office.connect(diego, "so diego", recado::inboxes::Access::Owner, &[]).await;
    let id = office.receive(own, &office.raw(HELENA, "Só", "Oi", "")).await.conversation;
    let browser = office.browser(office.ana).await;
    assert_eq!(browser.get(&format!("/conversations/{id}/print")).await.status, 404);
    let refused = browser.post_form(&format!("/conversations/{id}/export"), &[("format", "json")]).await;
    assert_eq!(refused.status, 404);
    browser.get("/settings/activity").await.assert_silent("exportou a conversa");
}
