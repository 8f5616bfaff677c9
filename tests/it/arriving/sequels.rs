//! Reactions, edits and messages taken back: shown as what they are, whatever the order they come in.

use recado::clock::{DAY, HOUR};
use recado::conversations::jobs;
use recado::conversations::model::{Incoming, IncomingFile, Nature, Outcome};

use super::channel::{BRUNO, HELENA, deletes, does, edits, reacts, says};
use crate::support::browser::Answer;
use crate::support::desk::Desk;

const LIST: &str = "/conversations/list?section=unassigned";

async fn talk(desk: &Desk, conversation: i64) -> Answer {
    desk.app.browser_of(1).await.get(&format!("/conversations/{conversation}")).await
}

/// Closes a conversation that was read and answered.
async fn close(desk: &Desk, conversation: i64) {
    let browser = desk.app.browser_of(1).await;
    let closed = browser.post_form(&format!("/conversations/{conversation}/closure"), &[]).await;
    assert_eq!(closed.status, 303);
    let settle = |tx: &recado::db::Tx<'_>| Ok(tx.execute("UPDATE conversation SET unanswered = 0", [])?);
    desk.app.recado.db.write(settle).await.expect("nobody waits");
}

#[rocket::async_test]
async fn a_reaction_stands_under_its_message_with_who_and_when_and_asks_for_nothing() {
    let desk = Desk::on_a_channel().await;
    let said = desk.take(says(HELENA, "w1", "Chega quando?")).await;
    close(&desk, said.conversation).await;
    let received = desk.number("SELECT incoming_count FROM conversation").await;
    let taken = desk.take(does(HELENA, "e1", 5, reacts("w1", "👍"))).await;
    assert_eq!((taken.outcome, taken.conversation, taken.message), (Outcome::Sequel, said.conversation, said.message));
    let page = talk(&desk, said.conversation).await;
    page.assert_says("👍 Helena");
    page.assert_says("Helena Duarte reagiu com 👍 em 20 de novembro de 2026, 10:05");
    assert_eq!(desk.take(does(HELENA, "e1", 5, reacts("w1", "👍"))).await.outcome, Outcome::Duplicate);
    desk.take(does(BRUNO, "e2", 6, reacts("w1", "🎉"))).await;
    desk.take(does(HELENA, "e3", 7, reacts("w1", "❤️"))).await;
    let page = talk(&desk, said.conversation).await;
    page.assert_says("❤️ Helena");
    page.assert_says("🎉 bruno@sa.example");
    page.assert_silent("👍");
    desk.take(does(HELENA, "e4", 8, reacts("w1", ""))).await;
    let page = talk(&desk, said.conversation).await;
    page.assert_silent("❤️");
    page.assert_says("🎉");
    assert_eq!(desk.number("SELECT count(*) FROM message").await, 1);
    assert_eq!(desk.number("SELECT unanswered FROM conversation WHERE state = 'closed'").await, 0, "it stays closed");
    assert_eq!(desk.number("SELECT incoming_count FROM conversation").await, received, "and nothing is unread");
    assert_eq!(desk.number("SELECT count(*) FROM event WHERE kind = 'message.changed'").await, 4, "open pages follow");
    assert_eq!(desk.number("SELECT count(*) FROM event WHERE kind = 'message.received'").await, 1, "nobody is told");
}

#[rocket::async_test]
async fn an_edit_shows_the_new_words_keeps_the_old_ones_and_waits_for_an_answer() {
    let desk = Desk::on_a_channel().await;
    let said = desk.take(says(HELENA, "w1", "São três vasos azulados")).await;
    close(&desk, said.conversation).await;
    desk.take(does(HELENA, "e1", 5, edits("w1", "São quatro vasos"))).await;
    desk.take(does(HELENA, "e2", 6, edits("w1", "São cinco vasos"))).await;
    let page = talk(&desk, said.conversation).await;
    page.assert_says(&format!("id=\"text-{}\" dir=\"auto\" hx-ignore>São cinco vasos</div>", said.message));
    page.assert_says("Editada pelo contato em 20 de novembro de 2026, 10:06");
    for (until, text) in [("10:05", "São três vasos azulados"), ("10:06", "São quatro vasos")] {
        page.assert_says(&format!(
            "Até 20 de novembro de 2026, {until}:</p><div class=\"plain-text quote\" dir=\"auto\" hx-ignore>{text}"
        ));
    }
    let row = desk.browser.get(LIST).await;
    row.assert_says("São cinco vasos");
    assert_eq!(desk.number("SELECT unanswered FROM conversation WHERE state = 'open'").await, 1, "it opened again");
    for (words, found) in [("cinco", true), ("azulados", false), ("quatro", false)] {
        let hits = desk.browser.get(&format!("/conversations/list?q={words}")).await;
        assert_eq!(hits.body.contains("id=\"row-"), found, "{words}");
    }
}

#[rocket::async_test]
async fn a_message_taken_back_says_so_and_its_text_is_nowhere_any_more() {
    let desk = Desk::on_a_channel().await;
    let blob = recado::blobs::store(&desk.app.recado.db, b"planta").await.expect("a file");
    let file = IncomingFile {
        key: "chave-da-planta".to_owned(),
        name: "planta.txt".to_owned(),
        mime: "text/plain".to_owned(),
        blob,
        content_id: None,
        inline: false,
        edges: None,
    };
    let said = desk.take(Incoming { files: Vec::from([file]), ..says(HELENA, "w1", "A senha é abacaxi") }).await;
    desk.take(does(HELENA, "e1", 4, edits("w1", "A senha é maracujá"))).await;
    close(&desk, said.conversation).await;
    assert_eq!(desk.browser.get("/attachments/chave-da-planta").await.status, 200);
    desk.take(does(HELENA, "e2", 5, deletes("w1"))).await;
    let page = talk(&desk, said.conversation).await;
    page.assert_says("Apagada pelo contato em 20 de novembro de 2026, 10:05. O texto não é mais mostrado.");
    let print = desk.browser.get(&format!("/conversations/{}/print", said.conversation)).await;
    print.assert_says("Apagada pelo contato");
    let closed = desk.browser.get("/conversations/list?section=closed").await;
    closed.assert_says("Mensagem apagada pelo contato");
    let text = desk.browser.get(&format!("/messages/{}/text", said.message)).await;
    for place in [&page, &print, &closed, &text] {
        for words in ["abacaxi", "maracujá", "planta.txt"] {
            place.assert_silent(words);
        }
    }
    assert_eq!(desk.browser.get("/attachments/chave-da-planta").await.status, 404);
    for words in ["abacaxi", "maracujá"] {
        desk.browser.get(&format!("/conversations/list?q={words}")).await.assert_silent("id=\"row-");
    }
    assert_eq!(desk.number("SELECT count(*) FROM sequel WHERE kind IN ('original', 'edit')").await, 0);
    desk.take(does(HELENA, "e3", 3, edits("w1", "A senha é caju"))).await;
    talk(&desk, said.conversation).await.assert_silent("caju");
    assert_eq!(desk.number("SELECT unanswered FROM conversation WHERE state = 'closed'").await, 0, "it stays closed");
    assert_eq!(desk.number("SELECT count(*) FROM message WHERE raw_id IS NOT NULL").await, 1, "the original is kept");
}

#[rocket::async_test]
async fn only_who_wrote_a_message_changes_it() {
    let desk = Desk::on_a_channel().await;
    let said = desk.take(says(HELENA, "w1", "Fecho por mil")).await;
    desk.take(does(BRUNO, "e1", 5, edits("w1", "Fecho por dez mil"))).await;
    desk.take(does(BRUNO, "e2", 6, deletes("w1"))).await;
    let ours = "INSERT INTO message (id, conversation_id, inbox_id, kind, text, delivery, external_id, written_at, created_at)
                SELECT (SELECT id FROM next_message), conversation_id, inbox_id, 'outgoing', 'Combinado', 'sent', 'o1', 1, 1
                  FROM message";
    desk.app.recado.db.write(move |tx| Ok(tx.execute(ours, [])?)).await.expect("an answer");
    desk.take(does(HELENA, "e3", 7, edits("o1", "De graça"))).await;
    desk.take(does(HELENA, "e4", 8, reacts("o1", "👍"))).await;
    let page = talk(&desk, said.conversation).await;
    for words in ["Fecho por mil", "Combinado", "👍 Helena"] {
        page.assert_says(words);
    }
    for words in ["dez mil", "De graça", "Editada", "Apagada"] {
        page.assert_silent(words);
    }
    assert_eq!(desk.number("SELECT count(*) FROM inbound WHERE outcome = 'sequel'").await, 4, "all of it is journaled");
}

#[rocket::async_test]
async fn what_comes_before_its_message_waits_for_it_and_the_order_is_no_matter() {
    let desk = Desk::on_a_channel().await;
    let early = desk.take(does(HELENA, "e1", 9, edits("w1", "terceiras palavras"))).await;
    assert_eq!((early.conversation, early.message), (0, 0));
    desk.take(does(HELENA, "e2", 8, edits("w1", "segundas palavras"))).await;
    desk.take(does(HELENA, "e3", 6, reacts("w1", ""))).await;
    desk.take(does(HELENA, "e4", 5, reacts("w1", "👍"))).await;
    desk.take(does(BRUNO, "e5", 7, deletes("w1"))).await;
    assert_eq!(desk.number("SELECT count(*) FROM conversation").await, 0);
    let said = desk.take(says(HELENA, "w1", "primeiras palavras")).await;
    let page = talk(&desk, said.conversation).await;
    page.assert_says(&format!("id=\"text-{}\" dir=\"auto\" hx-ignore>terceiras palavras</div>", said.message));
    page.assert_says("segundas palavras");
    for words in ["👍", "Apagada"] {
        page.assert_silent(words);
    }
    desk.browser.get(LIST).await.assert_says("terceiras palavras");
    desk.take(does(HELENA, "e6", 7, edits("w1", "palavras do meio"))).await;
    talk(&desk, said.conversation).await.assert_says("hx-ignore>terceiras palavras</div>");
    desk.take(does(HELENA, "e7", 10, deletes("w2"))).await;
    desk.take(says(HELENA, "w2", "por engano")).await;
    let page = talk(&desk, said.conversation).await;
    page.assert_says("Apagada pelo contato");
    page.assert_silent("por engano");
    desk.browser.get(LIST).await.assert_says("Mensagem apagada pelo contato");
}

#[rocket::async_test]
async fn what_waits_in_vain_goes_after_a_month() {
    let desk = Desk::on_a_channel().await;
    desk.take(says(HELENA, "w1", "Oi")).await;
    desk.take(does(HELENA, "e1", 5, edits("nunca", "segredo"))).await;
    desk.take(does(HELENA, "e2", 5, reacts("w1", "👍"))).await;
    desk.app.clock().advance(29 * DAY);
    desk.app.recado.db.write(jobs::sweep).await.expect("swept");
    assert_eq!(desk.number("SELECT count(*) FROM sequel").await, 2);
    desk.app.clock().advance(DAY + HOUR);
    let blobs = desk.number("SELECT count(*) FROM blob").await;
    desk.app.recado.db.write(jobs::sweep).await.expect("swept");
    assert_eq!(desk.number("SELECT count(*) FROM sequel").await, 1, "what has its message stays");
    assert_eq!(desk.number("SELECT count(*) FROM blob").await, blobs - 1);
}

#[rocket::async_test]
async fn a_kind_that_nobody_knows_is_shown_as_such_and_waits_for_an_answer() {
    let desk = Desk::on_a_channel().await;
    let nature = Nature::Unknown { kind: "order<b>\n".to_owned() };
    let said = desk.take(Incoming { nature, ..says(HELENA, "w1", "") }).await;
    assert_eq!(said.outcome, Outcome::New);
    talk(&desk, said.conversation)
        .await
        .assert_says("Uma mensagem de um tipo que o Recado ainda não mostra (order&#60;b&#62;)");
    let row = desk.browser.get(LIST).await;
    row.assert_says("Mensagem de um tipo que ainda não é mostrado");
    assert_eq!(desk.number("SELECT unanswered FROM conversation").await, 1);
    assert_eq!(desk.number("SELECT count(*) FROM event WHERE kind = 'message.received'").await, 1);
}

#[rocket::async_test]
async fn paper_and_files_say_what_became_of_each_message() {
    let desk = Desk::on_a_channel().await;
    let said = desk.take(says(HELENA, "w1", "São três vasos")).await;
    desk.take(does(HELENA, "e1", 5, edits("w1", "São quatro vasos"))).await;
    desk.take(does(HELENA, "e2", 6, reacts("w1", "👍"))).await;
    desk.take(says(HELENA, "w2", "por engano")).await;
    desk.take(does(HELENA, "e3", 7, deletes("w2"))).await;
    let path = format!("/conversations/{}/export", said.conversation);
    let file = desk.browser.post_form(&path, &[("format", "json"), ("notes", "no")]).await;
    let json: serde_json::Value = serde_json::from_str(&file.body).expect("JSON");
    let [first, second] = [&json["messages"][0], &json["messages"][1]];
    assert_eq!((&first["text"], &first["earlier"][0]["text"]), (&"São quatro vasos".into(), &"São três vasos".into()));
    assert_eq!(first["edited_at"], "2026-11-20T10:05:00-03:00");
    assert_eq!(
        (&first["reactions"][0]["emoji"], &first["reactions"][0]["name"]),
        (&"👍".into(), &"Helena Duarte".into())
    );
    assert_eq!((&second["text"], &second["deleted_at"]), (&"".into(), &"2026-11-20T10:07:00-03:00".into()));
    let print = desk.browser.get(&format!("/conversations/{}/print", said.conversation)).await;
    for words in ["São quatro vasos", "São três vasos", "reagiu com 👍", "Apagada pelo contato"] {
        print.assert_says(words);
    }
    let file = desk.browser.post_form(&path, &[("format", "eml"), ("notes", "no")]).await;
    let mail = mail_parser::MessageParser::default().parse(file.body.as_bytes()).expect("a mail");
    let words: Vec<_> = (0..10).filter_map(|place| mail.body_text(place)).collect();
    for said in ["São três vasos", "reagiu com 👍", "Apagada pelo contato"] {
        assert!(words.iter().any(|text| text.contains(said)), "{said}: {words:?}");
    }
    assert!(!words.iter().any(|text| text.contains("por engano")));
    assert!(file.body.contains("raw w1") && !file.body.contains("raw w2"), "of one taken back nothing leaves");
}

#[rocket::async_test]
async fn a_deleted_conversation_takes_all_of_it_along() {
    let desk = Desk::on_a_channel().await;
    let said = desk.take(says(HELENA, "w1", "Oi")).await;
    desk.take(does(HELENA, "e1", 5, edits("w1", "Olá"))).await;
    let gone =
        desk.browser.post_form(&format!("/conversations/{}/deletion", said.conversation), &[("sure", "yes")]).await;
    assert_eq!(gone.status, 303, "{}", gone.body);
    desk.app.idle().await;
    for table in ["SELECT count(*) FROM sequel", "SELECT count(*) FROM inbound", "SELECT count(*) FROM blob"] {
        assert_eq!(desk.number(table).await, 0, "{table}");
    }
    assert_eq!(desk.take(does(HELENA, "e1", 5, edits("w1", "Olá"))).await.outcome, Outcome::Deleted);
    assert_eq!(desk.take(says(HELENA, "w1", "Oi")).await.outcome, Outcome::Deleted);
}
