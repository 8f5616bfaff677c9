//! Answers and the mailboxes on both sides: the customer has them in theirs, and ours has them among its sent mail.

use recado::channels::email::{Limits, parse};
use recado::conversations::model::MessageKind;
use recado::inboxes::{Inbox, OwnMailbox, SentCopy};

use super::{house_by, letter};
use crate::support::dovecot::Dovecot;
use crate::support::house::{House, Way, mail};
use crate::support::mailbox::{arrived, caught_up, connect, own};
use crate::support::smtp::SmtpPeer;
use crate::support::wait::{DEADLINE, until};

/// A house with a mailbox of its own at a server where a customer has one, too.
async fn connected(dovecot: &Dovecot, peer: &SmtpPeer, sent: SentCopy) -> (House, Inbox) {
    let mut house = house_by(Way::Server(peer.port()), dovecot).await;
    house.serve().await;
    let inbox = connect(&house, "ana", OwnMailbox { sent, ..own(dovecot.port(), "ana") }).await;
    caught_up(&house, &inbox).await;
    (house, inbox)
}

async fn conversation(house: &House) -> i64 {
    house.number("SELECT max(conversation_id) FROM message").await
}

/// The bytes of an answer as they are stored here.
async fn stored(house: &House, message: i64) -> Vec<u8> {
    let read = move |connection: &recado::db::Connection| {
        let raw = connection.query_row("SELECT raw_id FROM message WHERE id = ?1", [message], |row| row.get(0))?;
        recado::blobs::read(connection, raw)
    };
    house.app.db.read(read).await.expect("it was composed")
}

// proves: M19 M20
#[rocket::async_test]
async fn an_answer_is_in_the_customers_own_mailbox_and_the_reply_in_the_same_conversation() {
    let (dovecot, peer) = (Dovecot::start(&["ana", "cliente"]), SmtpPeer::start().await);
    let (house, inbox) = connected(&dovecot, &peer, SentCopy::Append).await;
    let question = mail("q@cliente.example", "Helena <cliente@cliente.example>", "Orçamento", "Quanto custa?");
    dovecot.deliver("ana", &question);
    arrived(&house, &inbox, 1).await;
    let conversation = conversation(&house).await;
    let message = house.write(conversation, MessageKind::Outgoing, "Custa 100 reais.").await;
    house.delivery(message, "sent").await;
    let handed_over = peer.messages(1).await;
    assert_eq!(handed_over[0].recipients, ["cliente@cliente.example"]);
    // The last mile between two providers: what the one was given, the other delivers.
    dovecot.deliver("cliente", &handed_over[0].bytes);

    let theirs = dovecot.mails("cliente", "");
    assert_eq!(theirs.len(), 1);
    let answer = parse(&theirs[0].bytes, &Limits::default());
    assert!(answer.text.contains("Custa 100 reais."), "{}", answer.text);
    let (id, to) = (answer.message_id.expect("an id"), &answer.reply_to[0].address);
    let reply = format!(
        "Message-ID: <r@cliente.example>\r\nFrom: Helena <cliente@cliente.example>\r\nTo: {to}\r\n\
         Subject: Re: Orçamento\r\nIn-Reply-To: <{id}>\r\nReferences: <q@cliente.example> <{id}>\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nFechado!\r\n"
    );
    dovecot.deliver("ana", reply.as_bytes());
    arrived(&house, &inbox, 2).await;
    assert_eq!(house.number("SELECT count(*) FROM conversation").await, 1, "no second one was begun");
    let texts: Vec<String> =
        house.timeline(conversation).await.messages.into_iter().map(|message| message.text).collect();
    assert_eq!(texts.len(), 3);
    assert!(texts[2].contains("Fechado!"));
    peer.assert_polite();
    house.close().await;
}

#[rocket::async_test]
async fn sent_mail_holds_each_answer_once_byte_for_byte() {
    let (dovecot, peer) = (Dovecot::start(&["ana"]), SmtpPeer::start().await);
    dovecot.make_folder("ana", "Itens Enviados");
    dovecot.make_folder("ana", "Rascunhos");
    let (mut house, inbox) = connected(&dovecot, &peer, SentCopy::Append).await;
    dovecot.deliver("ana", &letter(0));
    arrived(&house, &inbox, 1).await;
    let conversation = conversation(&house).await;
    let mut expected = Vec::new();
    for text in ["Primeira resposta", "Segunda: ação\n.\n..fim"] {
        let message = house.write(conversation, MessageKind::Outgoing, text).await;
        house.delivery(message, "sent").await;
        expected.push(stored(&house, message).await);
    }
    until("the copies", DEADLINE, async || dovecot.mails("ana", "Itens Enviados").len() >= 2).await;
    house.pause().await;
    // A copy whose answer was lost, or that the provider made: it is looked for first.
    let again = "INSERT INTO job (kind, payload, state, run_at, created_at)
                 SELECT 'sent_copy', json_object('message', id), 'ready', 0, 0 FROM message WHERE kind = 'outgoing'";
    house.app.db.write(|tx| Ok(tx.execute(again, [])?)).await.expect("jobs");
    house.serve().await;
    until("the jobs to end", DEADLINE, async || house.number("SELECT count(*) FROM job").await == 0).await;
    let sent = dovecot.mails("ana", "Itens Enviados");
    // The folder lists them by the names of files, which say nothing of the order.
    let mut bytes: Vec<Vec<u8>> = sent.iter().map(|mail| mail.bytes.clone()).collect();
    bytes.sort();
    expected.sort();
    assert_eq!(bytes, expected);
    assert!(sent.iter().all(|mail| mail.flags == "S"), "they are marked as read");
    assert!(dovecot.mails("ana", "Rascunhos").is_empty());
    assert_eq!(house.number("SELECT count(*) FROM message").await, 3, "none of them came in");
    house.close().await;
}

#[rocket::async_test]
async fn a_mailbox_without_such_a_folder_gets_one_and_a_provider_that_copies_is_left_alone() {
    let (dovecot, peer) = (Dovecot::start(&["ana", "bia"]), SmtpPeer::start().await);
    let (house, inbox) = connected(&dovecot, &peer, SentCopy::Append).await;
    let copies = OwnMailbox { sent: SentCopy::Provider, ..own(dovecot.port(), "bia") };
    let other = connect(&house, "bia", copies).await;
    caught_up(&house, &other).await;
    for (user, inbox) in [("ana", &inbox), ("bia", &other)] {
        dovecot.deliver(user, &letter(0));
        arrived(&house, inbox, 1).await;
        let message = house.write(conversation(&house).await, MessageKind::Outgoing, "Olá").await;
        house.delivery(message, "sent").await;
    }
    until("the copy", DEADLINE, async || dovecot.mails("ana", "Sent").len() == 1).await;
    assert_eq!(house.number("SELECT count(*) FROM job").await, 0);
    assert!(dovecot.mails("bia", "Sent").is_empty());
    house.close().await;
}

#[rocket::async_test]
async fn a_copy_that_fails_changes_nothing_for_the_answer_and_is_said() {
    let (mut dovecot, peer) = (Dovecot::start(&["ana"]), SmtpPeer::start().await);
    let (house, inbox) = connected(&dovecot, &peer, SentCopy::Append).await;
    dovecot.deliver("ana", &letter(0));
    arrived(&house, &inbox, 1).await;
    dovecot.stop();
    let message = house.write(conversation(&house).await, MessageKind::Outgoing, "Olá").await;
    house.delivery(message, "sent").await;
    let sql = "SELECT sent_problem FROM mailbox_cursor WHERE inbox_id = ?1";
    until("it to be said", DEADLINE, async || house.text(sql, inbox.id).await == "imap-sent-failed").await;
    dovecot.run();
    until("the copy", DEADLINE, async || {
        house.app.clock().advance(recado::clock::MINUTE);
        dovecot.mails("ana", "Sent").len() == 1
    })
    .await;
    until("it to be well again", DEADLINE, async || house.text(sql, inbox.id).await.is_empty()).await;
    house.delivery(message, "sent").await;
    house.close().await;
}
