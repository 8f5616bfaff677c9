//! Mail shown as its sender meant it: invitations, seals, attached mails, long conversations.

use crate::support::desk::{CONTATO, Desk};

fn invitation(id: &str, method: &str, event: &str) -> String {
    format!(
        "Message-ID: <{id}>\r\nFrom: Ana <ana@x.example>\r\nTo: {CONTATO}\r\nSubject: Visita\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nveja o convite\r\n\
         --b\r\nContent-Type: text/calendar; charset=utf-8; method={method}\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:{method}\r\n\
         BEGIN:VEVENT\r\nUID:1\r\n{event}END:VEVENT\r\nEND:VCALENDAR\r\n--b--\r\n"
    )
}

#[rocket::async_test]
async fn an_invitation_is_a_box_with_its_time_in_the_readers_zone() {
    let desk = Desk::start().await;
    for (number, (time, says)) in [
        ("DTSTART:20261127T130000Z\r\nDTEND:20261127T140000Z", "27 de novembro de 2026, 10:00 até 11:00"),
        ("DTSTART;TZID=America/Sao_Paulo:20261127T100000", "27 de novembro de 2026, 10:00"),
        ("DTSTART;TZID=\"E. South America Standard Time\":20261127T100000", "27 de novembro de 2026, 10:00"),
        (
            "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Lisbon:20261127T130000",
            "27 de novembro de 2026, 10:00",
        ),
        ("DTSTART;VALUE=DATE:20261127\r\nDTEND;VALUE=DATE:20261129", "27 nov. até 28 nov."),
        ("DTSTART;TZID=Nenhures:20261127T100000", "2026-11-27 10:00 (Nenhures)"),
    ]
    .into_iter()
    .enumerate()
    {
        let event = format!(
            "SUMMARY:Visita à obra\\, bloco\r\n  B\r\n{time}\r\nLOCATION:Rua A\\n10\r\n\
             ORGANIZER;CN=\"Ana: Lima\":mailto:ana@x.example\r\n"
        );
        let receipt = desk.receive(invitation(&format!("i{number}@x"), "REQUEST", &event)).await;
        let page = desk.browser.get(&format!("/conversations/{}", receipt.conversation)).await;
        for words in ["Convite", "Visita à obra, bloco B", "Rua A 10", "Convite de Ana: Lima", "Salvar na agenda", says]
        {
            page.assert_says(words);
        }
        page.assert_silent("file-1.ics");
    }
}

#[rocket::async_test]
async fn a_canceled_meeting_and_an_answer_say_so() {
    let desk = Desk::start().await;
    let when = "SUMMARY:Visita\r\nDTSTART:20261127T130000Z\r\nRRULE:FREQ=WEEKLY\r\n";
    let off = desk.receive(invitation("c@x", "CANCEL", when)).await;
    let page = desk.browser.get(&format!("/conversations/{}", off.conversation)).await;
    page.assert_says("Cancelado");
    page.assert_says("invited-off");
    page.assert_says(", repete");
    let yes = format!("{when}ATTENDEE;PARTSTAT=ACCEPTED;CN=Bia:mailto:bia@x.example\r\n");
    let yes = desk.receive(invitation("y@x", "REPLY", &yes)).await;
    desk.browser.get(&format!("/conversations/{}", yes.conversation)).await.assert_says("Bia aceitou");
    // A calendar that is none is a file like others.
    let broken = desk.receive(invitation("b@x", "REQUEST", "").replace("BEGIN:VEVENT", "")).await;
    let page = desk.browser.get(&format!("/conversations/{}", broken.conversation)).await;
    page.assert_says("file-1.ics");
    page.assert_silent("class=\"invited");
}

#[rocket::async_test]
async fn signed_mail_is_read_plainly_and_encrypted_mail_says_so() {
    let desk = Desk::start().await;
    let mail = |kind: &str, parts: &str| {
        format!(
            "Message-ID: <{kind}@x>\r\nFrom: ana@x.example\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: {kind}; boundary=b\r\n\r\n{parts}"
        )
    };
    let text = "--b\r\nContent-Type: text/plain\r\n\r\ntexto assinado\r\n";
    for signature in ["application/pkcs7-signature; name=smime.p7s", "application/pgp-signature; name=signature.asc"] {
        let raw = mail("multipart/signed", &format!("{text}--b\r\nContent-Type: {signature}\r\n\r\nAAAA\r\n--b--\r\n"));
        let receipt = desk.receive(raw.replace("<multipart/signed@x>", &format!("<{}@x>", signature.len()))).await;
        let page = desk.browser.get(&format!("/conversations/{}", receipt.conversation)).await;
        page.assert_says("texto assinado");
        page.assert_says("(não verificado)");
        page.assert_silent("smime.p7s");
        page.assert_silent("signature.asc");
    }
    let pgp = "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\nContent-Type: application/octet-stream; name=encrypted.asc\r\n\r\nAAAA\r\n--b--\r\n";
    let receipt = desk.receive(mail("multipart/encrypted", pgp)).await;
    let page = desk.browser.get(&format!("/conversations/{}", receipt.conversation)).await;
    page.assert_says("Este e-mail é criptografado");
    page.assert_says("encrypted.asc");
}

#[rocket::async_test]
async fn an_attached_mail_is_a_file_with_its_subject_as_name_and_a_winmail_is_listed() {
    let desk = Desk::start().await;
    let raw = "Message-ID: <w@x>\r\nFrom: ana@x.example\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
        --b\r\n\r\nveja\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: eva@x.example\r\nSubject: Orçamento antigo\r\n\r\ndentro\r\n\
        --b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\r\nAAAA\r\n--b--\r\n";
    let receipt = desk.receive(raw).await;
    let page = desk.browser.get(&format!("/conversations/{}", receipt.conversation)).await;
    page.assert_says("Orçamento antigo.eml");
    page.assert_says("winmail.dat");
    let key = desk.text("SELECT key FROM attachment WHERE mime = 'message/rfc822'").await;
    let file = desk.browser.get(&format!("/attachments/{key}?save=1")).await;
    assert!(file.body.starts_with("From: eva@x.example\r\nSubject: Or") && file.body.contains("dentro"));
}

#[rocket::async_test]
async fn a_long_conversation_shows_its_beginning_and_its_end() {
    let desk = Desk::start().await;
    let mut id = 0;
    for number in 1..=35 {
        let answers = if number > 1 { "In-Reply-To: <m1@x>\r\n" } else { "" };
        let raw = format!(
            "Message-ID: <m{number}@x>\r\n{answers}From: ana@x.example\r\nSubject: s\r\n\r\nrecado numero {number}.\r\n"
        );
        id = desk.receive(raw).await.conversation;
        if number == 30 {
            let page = desk.browser.get(&format!("/conversations/{id}")).await;
            page.assert_says("recado numero 7.");
            page.assert_silent("mensagens anteriores");
        }
    }
    let newest = desk.number("SELECT max(id) FROM message").await.to_string();
    let read = desk.browser.post_form(&format!("/conversations/{id}/read"), &[("message", &newest)]).await;
    assert_eq!(read.status, 204);
    let page = desk.browser.get(&format!("/conversations/{id}")).await;
    for shown in ["recado numero 1.", "14 mensagens anteriores", "recado numero 16.", "recado numero 35."] {
        page.assert_says(shown);
    }
    page.assert_silent("recado numero 15.");
    let (_, link) = page.body.split_once("id=\"older\"").expect("a link to the earlier ones");
    let (_, link) = link.split_once("hx-get=\"").expect("an address");
    let link = link.split('"').next().unwrap_or_default();
    let earlier = desk.browser.get(link).await;
    for number in 2..=15 {
        earlier.assert_says(&format!("recado numero {number}."));
    }
    earlier.assert_silent("recado numero 1.");
    earlier.assert_silent("anteriores");
}
