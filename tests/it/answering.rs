//! Answering as a mail program would: to one, to all, on to somebody else, with hidden copies; and the words below it.

use recado::conversations::model::Receipt;

use crate::support::desk::{CONTATO, Desk};

const HELENA: &str = "helena@bemviver.example";

/// A mail of Helena to us and Renata, with a copy to Bruno, and a file.
async fn asked(desk: &Desk) -> Receipt {
    let raw = format!(
        "Message-ID: <m1@bemviver.example>\r\nDate: Fri, 20 Nov 2026 10:00:00 -0300\r\nFrom: Helena <{HELENA}>\r\n\
         To: {CONTATO}, renata@bemviver.example\r\nCc: Bruno <bruno@obra.example>\r\nSubject: Planta\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsegue a planta\r\n\
         --b\r\nContent-Type: application/pdf; name=planta.pdf\r\n\r\nPDF-CONTENT\r\n\
         --b\r\nContent-Type: text/csv; name=custos.csv\r\n\r\nsecreto;1\r\n--b--\r\n"
    );
    desk.receive(raw).await
}

fn sorted(mut addresses: Vec<String>) -> Vec<String> {
    addresses.sort();
    addresses
}

// proves: M18
#[rocket::async_test]
async fn an_answer_goes_to_all_on_the_mail_and_to_one_when_asked() {
    let desk = Desk::start().await;
    let receipt = asked(&desk).await;
    let id = receipt.conversation;
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("Para helena@bemviver.example, com cópia a 2 pessoas");
    desk.write(id, &[("kind", "reply"), ("text", "A todos")]).await;
    let one = desk.browser.get(&format!("/conversations/{id}?answer={}&scope=one", receipt.message)).await;
    one.assert_says("data-sentence>Para helena@bemviver.example</span>");
    desk.write(
        id,
        &[
            ("kind", "reply"),
            ("text", "Só a ela"),
            ("addressed", "1"),
            ("scope", "one"),
            ("about", &receipt.message.to_string()),
            ("to", HELENA),
            ("cc", ""),
            ("bcc", ""),
        ],
    )
    .await;
    let left = desk.left(2).await;
    assert_eq!(sorted(left[0].0.clone()), ["bruno@obra.example", HELENA, "renata@bemviver.example"]);
    assert_eq!(left[1].0, [HELENA]);
    for (_, mail, _) in &left {
        assert_eq!(mail.subject, "Re: Planta");
        assert_eq!(mail.in_reply_to, ["m1@bemviver.example"]);
        assert_eq!(mail.references.last().map(String::as_str), Some("m1@bemviver.example"));
        assert!(!left[0].1.cc.iter().any(|cc| cc.address == CONTATO), "we are no recipient of ours");
    }
}

// proves: M18
#[rocket::async_test]
async fn hidden_copies_arrive_and_nobody_sees_them() {
    let desk = Desk::start().await;
    let id = asked(&desk).await.conversation;
    let hidden = "contador@fora.example";
    desk.write(
        id,
        &[
            ("kind", "reply"),
            ("text", "Segue"),
            ("addressed", "1"),
            ("scope", "all"),
            ("to", HELENA),
            ("cc", "\"Bruno, da obra\" <bruno@obra.example>"),
            ("bcc", hidden),
        ],
    )
    .await;
    let (envelope, mail, raw) = desk.left(1).await.remove(0);
    assert_eq!(envelope, [HELENA, "bruno@obra.example", hidden]);
    assert_eq!(mail.cc[0].name, "Bruno, da obra");
    assert!(!raw.contains("contador") && !raw.to_lowercase().contains("\nbcc"), "{raw}");
    desk.browser.get(&format!("/conversations/{id}")).await.assert_says("cópia oculta a contador@fora.example");
    // Neither does it come back by quoting, nor as a recipient of the next answer.
    desk.receive(format!(
        "Message-ID: <m2@x>\r\nIn-Reply-To: <m1@bemviver.example>\r\nFrom: {HELENA}\r\nTo: {CONTATO}\r\n\r\nOk\r\n"
    ))
    .await;
    desk.write(id, &[("kind", "reply"), ("text", "Combinado")]).await;
    let (envelope, _, raw) = desk.left(2).await.remove(1);
    assert_eq!(envelope, [HELENA]);
    assert!(!raw.contains("contador"));
}

#[rocket::async_test]
async fn what_was_typed_wrong_is_kept_and_says_what_is_wrong() {
    let desk = Desk::start().await;
    let id = asked(&desk).await.conversation;
    let form = |to: &'static str| {
        [("kind", "reply"), ("text", "Texto que fica"), ("addressed", "1"), ("scope", "all"), ("to", to)]
    };
    for (to, says) in [
        ("helena@", "\"helena@\" não é um endereço de e-mail"),
        ("ana@x.example, contato@vereda.example", "é uma caixa sua"),
        ("Contato+r5.abc@vereda.example", "é uma caixa sua"),
        ("ana@x.example\r\nBcc: eva@x.example", "não é um endereço de e-mail"),
        ("", "Ainda não há endereço"),
    ] {
        let answer = desk.write(id, &form(to)).await;
        assert_eq!(answer.status, 422, "{to}");
        answer.assert_says(says);
        answer.assert_says("Texto que fica");
    }
    let many = (0..101).map(|n| format!("p{n}@x.example")).collect::<Vec<_>>().join(", ");
    let answer = desk.write(id, &[("kind", "reply"), ("text", "x"), ("addressed", "1"), ("to", &many)]).await;
    assert_eq!(answer.status, 422);
    assert_eq!(desk.number("SELECT count(*) FROM message WHERE kind = 'outgoing'").await, 0);
}

// proves: M18 M23
#[rocket::async_test]
async fn a_mail_goes_on_to_somebody_else_with_the_chosen_files_and_the_customer_hears_nothing() {
    let desk = Desk::start().await;
    let receipt = asked(&desk).await;
    let id = receipt.conversation;
    desk.write(id, &[("kind", "note"), ("text", "não contem a ninguém")]).await;
    let box_page = desk.browser.get(&format!("/conversations/{id}?answer={}&scope=forward", receipt.message)).await;
    for words in ["Encaminhar para", "planta.pdf", "custos.csv"] {
        box_page.assert_says(words);
    }
    let read = desk.app.recado.db.read(|c| {
        Ok(c.query_row("SELECT key FROM attachment WHERE name = 'planta.pdf'", [], |r| r.get::<_, String>(0))?)
    });
    let key = read.await.expect("a file");
    // Refused, the box keeps what was taken out of it out.
    let about = receipt.message.to_string();
    let wrong = [("addressed", "1"), ("scope", "forward"), ("about", &about), ("to", "marmoraria"), ("keep", &key)];
    let refused = desk.write(id, &[&[("kind", "reply"), ("text", "Pode orçar?")], &wrong[..]].concat()).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let ticked = |name: &str| {
        let before = refused.body.split(&format!("<span>{name}</span>")).next().expect("a box").to_owned();
        before.rsplit("<input").next().expect("a box").contains("checked")
    };
    assert!(ticked("planta.pdf") && !ticked("custos.csv"), "{}", refused.body);
    let answer = desk
        .write(
            id,
            &[
                ("kind", "reply"),
                ("text", "Pode orçar?"),
                ("addressed", "1"),
                ("scope", "forward"),
                ("about", &receipt.message.to_string()),
                ("to", "marmoraria@pedra.example"),
                ("keep", &key),
            ],
        )
        .await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let (envelope, mail, _) = desk.left(1).await.remove(0);
    assert_eq!(envelope, ["marmoraria@pedra.example"]);
    assert_eq!(mail.subject, "Fwd: Planta");
    assert!(mail.in_reply_to.is_empty() && mail.references.is_empty(), "for them it is the first mail");
    for words in ["Pode orçar?", "Mensagem encaminhada", "De: \"Helena\" <helena@bemviver.example>", "segue a planta"]
    {
        assert!(mail.text.contains(words), "{words}: {}", mail.text);
    }
    assert!(!mail.text.contains("não contem"), "a note never leaves");
    assert_eq!(mail.attachments.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["planta.pdf"]);
    desk.browser
        .get(&format!("/conversations/{id}"))
        .await
        .assert_says("Encaminhada. Só marmoraria@pedra.example recebe.");
    assert_eq!(desk.number("SELECT unanswered FROM conversation").await, 1, "Helena still waits");

    // The answer of whom it went on to is known here, but the next answer is Helena's, and quotes Helena.
    let token = &mail.reply_to[0].address;
    desk.receive(format!("Message-ID: <p1@pedra.example>\r\nFrom: marmoraria@pedra.example\r\nTo: {token}\r\nSubject: Re: Planta\r\n\r\nCusta 5.000, com 30% para voces.\r\n")).await;
    assert_eq!(desk.number("SELECT count(*) FROM message WHERE unfamiliar = 1").await, 0);
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("Para helena@bemviver.example, com cópia a 2 pessoas");
    desk.write(id, &[("kind", "reply"), ("text", "Sai por 7.000")]).await;
    let (envelope, mail, _) = desk.left(2).await.remove(1);
    assert!(envelope.contains(&HELENA.to_owned()) && !envelope.contains(&"marmoraria@pedra.example".to_owned()));
    assert!(mail.text.contains("segue a planta") && !mail.text.contains("30%"), "{}", mail.text);
}

// proves: M23
#[rocket::async_test]
async fn a_note_cannot_be_passed_on_or_answered_and_no_message_of_another_conversation_can() {
    let desk = Desk::start().await;
    let id = asked(&desk).await.conversation;
    desk.write(id, &[("kind", "note"), ("text", "só nós")]).await;
    let note = desk.number("SELECT id FROM message WHERE kind = 'note'").await.to_string();
    let other = desk
        .receive(b"Message-ID: <o@x>\r\nFrom: eva@x.example\r\nSubject: o\r\n\r\noutra\r\n")
        .await
        .message
        .to_string();
    for about in [note, other] {
        for scope in ["forward", "one"] {
            let answer = desk
                .write(
                    id,
                    &[
                        ("kind", "reply"),
                        ("text", "x"),
                        ("addressed", "1"),
                        ("scope", scope),
                        ("about", &about),
                        ("to", "a@x.example"),
                    ],
                )
                .await;
            assert_eq!(answer.status, 404);
        }
        assert_eq!(desk.browser.get(&format!("/conversations/{id}?answer={about}&scope=forward")).await.status, 404);
    }
    assert_eq!(desk.number("SELECT count(*) FROM message WHERE kind = 'outgoing'").await, 0);
}

// proves: M20
#[rocket::async_test]
async fn a_changed_subject_goes_on_and_the_answer_goes_under_the_latest() {
    let desk = Desk::start().await;
    let first = asked(&desk).await;
    let second = desk.receive(format!("Message-ID: <m2@x>\r\nIn-Reply-To: <m1@bemviver.example>\r\nFrom: {HELENA}\r\nTo: {CONTATO}\r\nSubject: Agora a cozinha\r\n\r\nE a cozinha?\r\n")).await;
    assert_eq!(second.conversation, first.conversation);
    let page = desk.browser.get(&format!("/conversations/{}", first.conversation)).await;
    page.assert_says("<h2 class=\"cut\">Agora a cozinha</h2>");
    desk.write(first.conversation, &[("kind", "reply"), ("text", "Vamos ver")]).await;
    assert_eq!(desk.left(1).await[0].1.subject, "Re: Agora a cozinha");
}

// proves: M20
#[rocket::async_test]
async fn an_address_not_seen_before_is_let_in_by_a_person() {
    let desk = Desk::start().await;
    let id = asked(&desk).await.conversation;
    desk.write(id, &[("kind", "reply"), ("text", "Oi")]).await;
    let token = desk.left(1).await[0].1.reply_to[0].address.clone();
    let joined = desk.receive(format!("Message-ID: <s1@y>\r\nFrom: Eva <Eva@outro.example>\r\nTo: {token}\r\nSubject: Re: Planta\r\n\r\nSou eu\r\n")).await;
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    page.assert_says("Este endereço ainda não tinha aparecido");
    page.assert_says("Incluir na conversa");
    page.assert_says("Para helena@bemviver.example");
    let accept = format!("/messages/{}/participation", joined.message);
    assert_eq!(desk.browser.post_form(&accept, &[]).await.status, 303);
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    page.assert_silent("Este endereço ainda não tinha aparecido");
    page.assert_says("incluiu um endereço novo na conversa");
    page.assert_says("Para Eva@outro.example");
}

#[rocket::async_test]
async fn a_signature_stands_below_answers_the_own_before_the_inboxs() {
    let desk = Desk::start().await;
    let id = asked(&desk).await.conversation;
    desk.set(desk.inbox.id, "$.answering.signature", r#""{agent}\n{company} {oops}""#).await;
    desk.browser.get(&format!("/conversations/{id}")).await.assert_says("Ana\nVereda Arquitetura {oops}");
    desk.write(id, &[("kind", "reply"), ("text", "Bom dia")]).await;
    let text = desk.left(1).await[0].1.text.clone();
    assert!(text.starts_with("Bom dia\n\n-- \nAna\nVereda Arquitetura {oops}\n"), "{text}");
    let saved = desk.browser.change("put", "/account/signature", &[("signature", "Ana <b>Souza</b>\nArquiteta")]).await;
    assert_eq!(saved.status, 303);
    desk.write(id, &[("kind", "reply"), ("text", "Até")]).await;
    let (_, mail, _) = desk.left(2).await.remove(1);
    assert!(mail.text.starts_with("Até\n\n-- \nAna <b>Souza</b>\nArquiteta\n"), "{}", mail.text);
    assert!(mail.html.unwrap_or_default().contains("Ana &lt;b&gt;Souza&lt;/b&gt;"), "its HTML is text");
    desk.write(id, &[("kind", "note"), ("text", "só nós")]).await;
    assert_eq!(desk.text("SELECT signature FROM message WHERE kind = 'note'").await, "");
}

#[rocket::async_test]
async fn the_quoting_line_is_in_the_contacts_language_else_the_inboxs_else_the_workspaces() {
    let desk = Desk::start().await;
    let id = asked(&desk).await.conversation;
    for (number, sql) in [
        "UPDATE contact SET language = NULL",
        "UPDATE inbox SET settings = json_set(settings, '$.answering.language', 'en')",
        "UPDATE contact SET language = 'pt-BR'",
    ]
    .into_iter()
    .enumerate()
    {
        desk.app.recado.db.write(move |tx| Ok(tx.execute(sql, [])?)).await.expect("set");
        desk.write(id, &[("kind", "reply"), ("text", "Oi")]).await;
        let text = desk.left(number + 1).await[number].1.text.clone();
        assert_eq!(text.contains("Helena wrote:"), number == 1, "{text}");
        assert_eq!(text.contains("Helena escreveu:"), number != 1, "{text}");
    }
}
