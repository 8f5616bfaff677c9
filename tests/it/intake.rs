//! Mail comes in: stored once, joined to the right conversation, never lost for what it contains.

use recado::conversations::model::{MessageKind, Outcome, What};
use recado::conversations::model::{Place, Section};
use recado::conversations::store::{closure, list, search};

use crate::support::house::{ADDRESS, House, mail};

const HELENA: &str = "Helena Duarte <helena@bemviver.example>";

#[rocket::async_test]
async fn a_mail_becomes_a_conversation_once() {
    let (house, _outbox) = House::quiet().await;
    let raw = mail("m1@bemviver.example", HELENA, "Orçamento", "Bom dia, quanto custa?");
    let (first, incoming) = house.receive(&raw).await;
    let (second, _) = house.receive(&raw).await;
    assert_eq!(first.outcome, Outcome::New);
    assert_eq!(second.outcome, Outcome::Duplicate);
    assert_eq!(first.message, second.message);
    assert_eq!(incoming.subject, "Orçamento");
    assert_eq!(house.number("SELECT count(*) FROM message").await, 1);
    let timeline = house.timeline(first.conversation).await;
    assert_eq!(timeline.messages[0].text, "Bom dia, quanto custa?");
    assert_eq!(timeline.messages[0].sender_address, "helena@bemviver.example");
}

#[rocket::async_test]
async fn the_answer_to_our_answer_lands_in_the_same_conversation() {
    let (mut house, outbox) = House::quiet().await;
    house.serve().await;
    let (first, _) = house.receive(&mail("m1@bemviver.example", HELENA, "Orçamento", "Quanto custa?")).await;
    let answer = house.write(first.conversation, MessageKind::Outgoing, "Custa 100 reais.").await;
    house.delivery(answer, "sent").await;
    let letter = outbox.letters().pop().expect("one letter");
    let sent = recado::channels::email::parse(&letter.raw, &recado::channels::email::Limits::default());
    assert_eq!(letter.envelope.to, ["helena@bemviver.example"]);
    assert_eq!(sent.subject, "Re: Orçamento");
    assert_eq!(sent.in_reply_to, ["m1@bemviver.example"]);
    let reply_to = &sent.reply_to[0].address;
    assert!(reply_to.starts_with("contato+r") && reply_to.ends_with("@vereda.example"), "{reply_to}");

    let by_token =
        format!("Message-ID: <m2@x>\r\nFrom: {HELENA}\r\nTo: {reply_to}\r\nSubject: outro assunto\r\n\r\nFechado.\r\n");
    let (second, _) = house.receive(by_token.as_bytes()).await;
    assert_eq!(second.conversation, first.conversation, "a valid token and a known sender join");
    let by_reference = format!(
        "Message-ID: <m3@x>\r\nFrom: {HELENA}\r\nTo: {ADDRESS}\r\nIn-Reply-To: <{}>\r\nSubject: Re: x\r\n\r\nObrigada.\r\n",
        sent.message_id.as_deref().unwrap_or_default()
    );
    let (third, _) = house.receive(by_reference.as_bytes()).await;
    assert_eq!(third.conversation, first.conversation, "a reference and a known sender join");
    house.close().await;
}

#[rocket::async_test]
async fn a_stranger_with_a_token_is_marked_and_one_with_a_reference_gets_a_linked_conversation() {
    let (mut house, outbox) = House::quiet().await;
    house.serve().await;
    let (first, _) = house.receive(&mail("m1@bemviver.example", HELENA, "Orçamento", "Quanto custa?")).await;
    let answer = house.write(first.conversation, MessageKind::Outgoing, "100").await;
    house.delivery(answer, "sent").await;
    let raw = outbox.letters().pop().expect("one letter").raw;
    let sent = recado::channels::email::parse(&raw, &recado::channels::email::Limits::default());
    let token = sent.reply_to[0].address.clone();
    let id = sent.message_id.unwrap_or_default();

    let stranger =
        format!("Message-ID: <s1@y>\r\nFrom: eva@outro.example\r\nTo: {token}\r\nSubject: oi\r\n\r\nSou eu.\r\n");
    let (joined, _) = house.receive(stranger.as_bytes()).await;
    assert_eq!(joined.conversation, first.conversation);
    let shown = house.timeline(first.conversation).await.messages.pop().expect("it shows");
    assert!(shown.unfamiliar, "an address not seen before is said to be one");
    house.write(first.conversation, MessageKind::Outgoing, "Segue.").await;
    crate::support::wait::until("both answers to leave", crate::support::wait::DEADLINE, || async {
        outbox.letters().len() == 2
    })
    .await;
    let to = outbox.letters().pop().expect("a second letter").envelope.to;
    assert_eq!(to, ["helena@bemviver.example"], "the stranger is not answered until somebody accepts them");

    let by_reference = format!(
        "Message-ID: <s2@y>\r\nFrom: eva@outro.example\r\nTo: {ADDRESS}\r\nReferences: <{id}>\r\n\r\nE eu?\r\n"
    );
    let (apart, _) = house.receive(by_reference.as_bytes()).await;
    assert_ne!(apart.conversation, first.conversation);
    let linked = house.number("SELECT linked_id FROM conversation ORDER BY id DESC LIMIT 1").await;
    assert_eq!(linked, first.conversation);

    let forged = token.replace("+r", "+rx");
    let raw = format!("Message-ID: <s3@y>\r\nFrom: eva@outro.example\r\nTo: {forged}\r\n\r\nForjado.\r\n");
    let (other, _) = house.receive(raw.as_bytes()).await;
    assert_ne!(other.conversation, first.conversation, "a forged token joins nothing");
    house.close().await;
}

#[rocket::async_test]
async fn nothing_that_a_mail_lacks_loses_it() {
    let (house, _outbox) = House::quiet().await;
    let mails: [&[u8]; 6] = [
        b"From: ana@x.example\r\n\r\nsem identidade\r\n",
        b"Message-ID: <a@b>\r\nSubject: sem remetente\r\n\r\ntexto\r\n",
        b"Message-ID: <c@d>\r\nFrom: ana@x.example\r\nContent-Type: multipart/mixed\r\n\r\nsem limite\r\n",
        b"\0\0\0\xff\xfe nada que se leia",
        b"",
        b"From: ana@x.example\r\nDate: ontem\r\nContent-Type: text/plain; charset=inexistente\r\n\r\nol\xe1\r\n",
    ];
    for raw in mails {
        let (receipt, _) = house.receive(raw).await;
        let (again, _) = house.receive(raw).await;
        assert_eq!(again.outcome, Outcome::Duplicate);
        assert_eq!(again.message, receipt.message);
        assert_eq!(house.timeline(receipt.conversation).await.messages.len(), 1);
    }
    assert_eq!(house.number("SELECT count(*) FROM conversation").await, 6);
    let owner = house.owner().await;
    let rows = house.app.db.read(move |c| list::rows(c, &owner, Section::Unassigned, Place::TOP, 50)).await;
    assert_eq!(rows.expect("a list").len(), 6, "each is visible to a person");
}

#[rocket::async_test]
async fn a_mail_over_the_limit_keeps_its_text_and_says_its_size() {
    let (outbox, limit) = (recado::mailer::Outbox::default(), 200_000);
    let house = House::with(crate::support::house::Way::Memory(outbox), |config| config.max_mail_bytes = limit).await;
    let mut raw = b"Message-ID: <big@x>\r\nFrom: ana@x.example\r\nSubject: grande\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nveja o anexo\r\n--b\r\n\
        Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        .to_vec();
    raw.extend(std::iter::repeat_n(b'A', 300_000));
    raw.extend(b"\r\n--b--\r\n");
    let (receipt, _) = house.receive(&raw).await;
    let message = house.timeline(receipt.conversation).await.messages.remove(0);
    assert_eq!(message.text.trim(), "veja o anexo");
    assert_eq!(message.oversize, i64::try_from(raw.len()).ok());
    assert!(message.attachments.is_empty());
}

#[rocket::async_test]
async fn a_persons_mail_reopens_and_an_automatic_one_does_not() {
    let (house, _outbox) = House::quiet().await;
    let (first, _) = house.receive(&mail("m1@bemviver.example", HELENA, "Oi", "Tudo bem?")).await;
    let (owner, conversation) = (house.owner().await, first.conversation);
    house.app.db.write(move |tx| closure::close(tx, &owner, conversation)).await.expect("closed");
    let away = format!(
        "Message-ID: <auto@x>\r\nIn-Reply-To: <m1@bemviver.example>\r\nFrom: {HELENA}\r\nTo: {ADDRESS}\r\n\
         Auto-Submitted: auto-replied\r\nSubject: Ausente\r\n\r\nVolto segunda.\r\n"
    );
    let (receipt, _) = house.receive(away.as_bytes()).await;
    assert_eq!(receipt.outcome, Outcome::Automatic);
    assert_eq!(receipt.conversation, conversation);
    assert_eq!(house.text("SELECT state FROM conversation WHERE id = ?1", conversation).await, "closed");
    let person =
        format!("Message-ID: <p@x>\r\nIn-Reply-To: <m1@bemviver.example>\r\nFrom: {HELENA}\r\n\r\nVoltei.\r\n");
    house.receive(person.as_bytes()).await;
    assert_eq!(house.text("SELECT state FROM conversation WHERE id = ?1", conversation).await, "open");
    let facts = house.timeline(conversation).await.facts;
    assert!(matches!(facts[0].what, What::Closed) && matches!(facts[1].what, What::Reopened), "{facts:?}");
}

#[rocket::async_test]
async fn two_hundred_varied_mails_are_all_there_and_none_twice() {
    let (house, _outbox) = House::quiet().await;
    let mails: Vec<Vec<u8>> = (0..200).map(varied).collect();
    for raw in &mails {
        house.receive(raw).await;
    }
    for raw in &mails {
        let (receipt, _) = house.receive(raw).await;
        assert_eq!(receipt.outcome, Outcome::Duplicate);
    }
    assert_eq!(house.number("SELECT count(*) FROM message").await, 200);
    assert_eq!(house.number("SELECT count(*) FROM inbound").await, 200);
}

/// Plain, HTML, with files, in other charsets, without ids, with the same id and another text.
fn varied(n: usize) -> Vec<u8> {
    let from = format!("Pessoa {n} <p{}@cliente.example>", n % 17);
    let head = format!("From: {from}\r\nTo: {ADDRESS}\r\nSubject: Assunto {n}\r\nMIME-Version: 1.0\r\n");
    let body = match n % 6 {
        0 => format!("Message-ID: <v{n}@x>\r\n{head}\r\ntexto {n}\r\n"),
        1 => format!("Message-ID: <v{n}@x>\r\n{head}Content-Type: text/html\r\n\r\n<p>ol&aacute; {n}</p>\r\n"),
        2 => format!(
            "Message-ID: <v{n}@x>\r\n{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ncorpo {n}\r\n\
             --b\r\nContent-Type: text/csv; name=a.csv\r\n\r\na;b;{n}\r\n--b--\r\n"
        ),
        3 => format!("{head}\r\nsem id {n}\r\n"),
        4 => format!("Message-ID: <repetido@x>\r\n{head}\r\nmesmo id, outro texto {n}\r\n"),
        _ => format!("Message-ID: <v{n}@x>\r\nIn-Reply-To: <v{}@x>\r\n{head}\r\nresposta {n}\r\n", n - 5),
    };
    body.into_bytes()
}

#[rocket::async_test]
async fn search_folds_accents_finds_beginnings_and_names() {
    let (house, _outbox) = House::quiet().await;
    let (first, _) =
        house.receive(&mail("m1@x", HELENA, "Orçamento da recepção", "O balcão em granito São Gabriel")).await;
    house.receive(&mail("m2@x", "Bruno <bruno@y.example>", "Outra coisa", "Nada a ver")).await;
    let found = async |query: &'static str| {
        let owner = house.owner().await;
        let rows = house.app.db.read(move |c| search::rows(c, &owner, query, 50)).await.expect("an answer");
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    for query in ["balcao", "BALCÃO granito", "sao gab", "orcamento", "bemviver", "helena duar", "lena"] {
        assert_eq!(found(query).await, [first.conversation], "{query}");
    }
    for query in ["marmore", "\"", "a* OR b", "", "  ", "NEAR(", "balcao nada"] {
        assert_eq!(found(query).await, [0_i64; 0], "{query}");
    }
}
