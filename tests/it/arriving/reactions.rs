//! Reactions by mail, as Gmail sends them and as RFC 9078 has them.

use recado::conversations::model::Outcome;

use crate::support::desk::{CONTATO, Desk};

const HELENA: &str = "Helena Duarte <helena@bemviver.example>";

/// A mail as Gmail sends it for an emoji: words for other programs, and the part that only programs read.
fn gmail(id: &str, from: &str, to: &str, json: &str) -> String {
    format!(
        "Message-ID: <{id}>\r\nIn-Reply-To: <{to}>\r\nReferences: <{to}>\r\nFrom: {from}\r\nTo: {CONTATO}\r\nSubject: Re: Granito\r\n\
         Date: Fri, 20 Nov 2026 13:05:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=\"UTF-8\"\r\n\r\nHelena reacted via Gmail\r\n\
         --b\r\nContent-Type: text/vnd.google.email-reaction+json; charset=\"UTF-8\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n\
         --b\r\nContent-Type: text/html; charset=\"UTF-8\"\r\n\r\n<p>Helena reacted via Gmail</p>\r\n--b--\r\n",
        data_encoding::BASE64.encode(json.as_bytes())
    )
}

/// A mail whose words are a reaction (RFC 9078, section 5).
fn standard(id: &str, from: &str, to: &str, words: &str) -> String {
    format!(
        "Message-ID: <{id}>\r\nIn-Reply-To: <{to}>\r\nFrom: {from}\r\nTo: {CONTATO}\r\nSubject: Re: Granito\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: Reaction\r\n\r\n{words}\r\n"
    )
}

const THUMB: &str = r#"{"emoji":"👍","version":1}"#;

/// A desk with a question that was answered, its conversation closed; the id of the answer.
async fn answered() -> (Desk, i64, String) {
    let desk = Desk::start().await;
    let id = desk.asked("m1@x").await.conversation;
    desk.write(id, &[("kind", "reply"), ("text", "Custa 100 reais.")]).await;
    desk.left(1).await;
    desk.app.idle().await;
    assert_eq!(desk.browser.post_form(&format!("/conversations/{id}/closure"), &[]).await.status, 303);
    let ours = desk.text("SELECT external_id FROM message WHERE kind = 'outgoing'").await;
    (desk, id, ours)
}

#[rocket::async_test]
async fn an_emoji_of_gmail_stands_under_our_answer_and_is_no_mail() {
    let (desk, id, ours) = answered().await;
    let taken = desk.receive(gmail("r1@x", HELENA, &ours, THUMB)).await;
    assert_eq!((taken.outcome, taken.conversation), (Outcome::Sequel, id));
    let again = desk.receive(gmail("r1@x", HELENA, &ours, THUMB)).await;
    assert_eq!(again.outcome, Outcome::Duplicate);
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("Helena Duarte reagiu com 👍 em 20 de novembro de 2026, 10:05");
    page.assert_silent("reacted via Gmail");
    assert_eq!(desk.number("SELECT count(*) FROM message").await, 2);
    assert_eq!(desk.text("SELECT state FROM conversation").await, "closed");
    assert_eq!(desk.number("SELECT unanswered FROM conversation").await, 0);
    desk.receive(standard("r2@x", "helena@bemviver.example", "m1@x", "🎉\r\n")).await;
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("reagiu com 🎉");
    assert_eq!(desk.number("SELECT count(*) FROM message").await, 2);
}

#[rocket::async_test]
async fn a_mail_that_only_looks_like_a_reaction_stays_a_mail() {
    let (desk, id, ours) = answered().await;
    for (number, raw) in [
        gmail("n1@x", HELENA, &ours, r#"{"emoji":"me liga","version":1}"#),
        gmail("n2@x", HELENA, &ours, r#"{"emoji":"👍","version":2}"#),
        gmail("n3@x", HELENA, &ours, "no json"),
        standard("n4@x", HELENA, &ours, "👍 mas quero desconto"),
        gmail("n5@x", HELENA, "unknown@x", THUMB),
        gmail("n6@x", "Estranho <alguem@outro.example>", &ours, THUMB),
        gmail("n7@x", HELENA, &ours, THUMB).replacen("MIME", "X-Spam-Flag: YES\r\nMIME", 1),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(desk.receive(raw).await.outcome, Outcome::New, "{number}");
    }
    assert_eq!(desk.number("SELECT count(*) FROM message WHERE kind = 'incoming'").await, 8, "all of them are seen");
    assert_eq!(desk.number("SELECT count(*) FROM sequel").await, 0);
    assert_eq!(desk.number("SELECT count(*) FROM attachment").await, 0, "the part for programs is no file");
    let strangers = "SELECT linked_id FROM conversation c JOIN message m ON m.conversation_id = c.id
                      WHERE m.sender_address = 'alguem@outro.example'";
    assert_eq!(desk.number(strangers).await, id, "a stranger's begins a conversation that is linked");
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    page.assert_silent("reagiu com");
}
