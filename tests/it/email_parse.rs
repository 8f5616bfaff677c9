//! Mails as they are found: every shape is read, and the text is never lost.

use recado::channels::email::{Automatic, Limits, Mail, parse, synthetic_id};

fn read(raw: &str) -> Mail {
    parse(raw.as_bytes(), &Limits::default())
}

/// The same mail with LF, with CRLF and, if it is short, with the line ends of old systems.
fn read_all(raw: &str) -> Vec<Mail> {
    [raw.to_owned(), raw.replace('\n', "\r\n"), raw.replace('\n', "\r")].iter().map(|raw| read(raw)).collect()
}

#[test]
fn a_mail_of_text_html_picture_and_file_is_read_whole() {
    let raw = "Return-Path: <ana@example.com>\nDelivered-To: suporte@loja.br\nX-Original-To: Vendas@Loja.br\nMessage-ID: <m1@example.com>\n\
        In-Reply-To: <r1@loja.br>\nReferences: <r0@loja.br>\n <r1@loja.br>\nDate: Mon, 5 Jan 2026 10:00:00 -0300\nFrom: =?utf-8?Q?Ana_Concei=C3=A7=C3=A3o?= <ana@example.com>\n\
        To: Suporte <suporte@loja.br>, \"Beto, o \\\"Bom\\\"\" <beto@loja.br>\nCc: c@d.e\nReply-To: outra@example.com\nSubject: =?utf-8?B?UGVkaWRvIG7Dug==?=\n =?utf-8?B?bWVybyAx?=\n\
        Thread-Index: AdX=\nThread-Topic: Pedido\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"outer\"\n\nignored preamble\n--outer\n\
        Content-Type: multipart/related; boundary=outer1\n\n--outer1\nContent-Type: multipart/alternative; boundary=\"alt\"\n\n--alt\nContent-Type: text/plain; charset=iso-8859-1\n\
        Content-Transfer-Encoding: quoted-printable\n\nOl=E1, n=E3o chegou=\n ainda.\n--alt\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n\
        PHA+T2zDoTxpbWcgc3JjPSJjaWQ6TG9nb0B4Ij48L3A+\n--alt--\n\n--outer1\nContent-Type: image/png; name=\"logo.png\"\nContent-ID: <logo@x>\nContent-Transfer-Encoding: base64\n\n\
        iVBORw0=\n--outer1--\n--outer\nContent-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''or%C3%A7amento.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==\n\
        --outer\nContent-Type: text/plain\n\n--\nrodape da lista\n--outer--\nepilogue\n";
    for mail in read_all(raw) {
        assert_eq!(mail.message_id.as_deref(), Some("m1@example.com"));
        assert_eq!(
            (mail.in_reply_to.as_slice(), mail.references.as_slice()),
            (&["r1@loja.br".to_owned()][..], &["r0@loja.br".to_owned(), "r1@loja.br".to_owned()][..])
        );
        assert_eq!((mail.from.name.as_str(), mail.from.address.as_str()), ("Ana Conceição", "ana@example.com"));
        assert_eq!(mail.subject, "Pedido número 1");
        assert_eq!(
            (mail.to.len(), mail.to[1].name.as_str(), mail.cc[0].address.as_str()),
            (2, "Beto, o \"Bom\"", "c@d.e")
        );
        assert_eq!(mail.reply_to[0].address, "outra@example.com");
        assert_eq!(mail.delivered_to, ["suporte@loja.br", "Vendas@loja.br"]);
        assert_eq!(mail.sent_at_ms, Some(1_767_618_000_000));
        assert_eq!(mail.text, "Olá, não chegou ainda.\n\n--\nrodape da lista");
        assert!(mail.html.as_deref().unwrap().contains("<p>Olá<img"));
        let files: Vec<(&str, &str, bool, &[u8])> =
            mail.attachments.iter().map(|a| (a.name.as_str(), a.mime.as_str(), a.inline, a.bytes.as_slice())).collect();
        assert_eq!(
            files,
            [("logo.png", "image/png", true, &b"\x89PNG\r"[..]), ("orçamento.pdf", "application/pdf", false, b"%PDF")]
        );
        assert_eq!((mail.outlook_index.as_deref(), mail.outlook_topic.as_deref()), (Some("AdX="), Some("Pedido")));
        assert!(
            mail.automatic.is_none()
                && !mail.spam
                && !mail.unreadable
                && mail.oversize.is_none()
                && mail.bounce.is_none()
        );
    }
}

#[test]
fn broken_mime_keeps_its_text() {
    let head = "From: a@b.c\nSubject: s\n";
    for body in [
        "Content-Type: multipart/mixed\n\n--x\nContent-Type: text/plain\n\nkept\n--x--\n",
        "Content-Type: multipart/mixed; boundary=\"wrong\"\n\n--x\nContent-Type: text/plain\n\nkept\n--x--\n",
        "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nkept",
        "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nkept\n",
        "Content-Type: multipart/mixed; boundary=x\n\nkept\n",
        "Content-Type: multipart/mixed; boundary=x\n\n--x\nkept\n--x--",
        "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\n\nkept\n--x--",
        "Content-Type: multipart/mixed; boundary=ab\n\n--ab\nContent-Type: multipart/alternative; boundary=abc\n\n--abc\n\nkept\n--abc--\n--ab--",
        "Content-Type: text/plain; charset=nonsense\n\nkept",
        "Content-Type: text\n\nkept",
        "Content-Type: \n\nkept",
        "Content-Type: /;;=;charset\n\nkept",
        "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\na2VwdA",
        "Content-Type: text/plain\nContent-Transfer-Encoding: 8-bit-ish\n\nkept",
        "Content-Type: text/html\n\n<p>kept",
        "Content-Type: text/plain; name=note.txt\n\nkept",
        "Content-Type: multipart/mixed; boundary=\"x\"\n\n--x  \nContent-Type: text/plain\n\nkept\n--x-- \n",
        "Content-Type: multipart/signed; boundary=x\n\n--x\n\nkept\n--x\nContent-Type: application/pgp-signature\n\nsig\n--x--",
        "\0\0\nkept",
        "X: y\nkept",
    ] {
        for mail in read_all(&format!("{head}{body}")) {
            assert_eq!(mail.text.lines().last(), Some("kept"), "{body}");
            assert_eq!(mail.subject, "s");
        }
    }
}

#[test]
fn what_is_no_mail_at_all_is_marked() {
    for raw in [&b""[..], b"\0", b"\xff\xfe\xfd", b"\n\n\n", b"just a text\nof two lines", b"PK\x03\x04\x00\x00: x"] {
        let mail = parse(raw, &Limits::default());
        assert!(mail.unreadable && mail.from.address.is_empty() && mail.message_id.is_none());
    }
    assert_eq!(read("just a text\nof two lines").text, "just a text\nof two lines");
    assert_eq!(synthetic_id(b"a"), synthetic_id(b"a"));
    assert_ne!(synthetic_id(b"a"), synthetic_id(b"b"));
}

#[test]
fn attached_mails_and_invitations_are_files_and_seals_are_not() {
    let inner = "From: x@y.z\r\nSubject: =?utf-8?Q?Antes/?=\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\nin\r\n--i--\r\n";
    let raw = format!(
        "From: a@b.c\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n\r\nout\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n\
         --o\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n--o\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx\r\n\
         --o\r\nContent-Type: application/pkcs7-signature; name=\"smime.p7s\"\r\n\r\ny\r\n--o\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=\"../../\u{202e}\"\r\n\r\nz\r\n--o--\r\n"
    );
    let mail = read(&raw);
    assert_eq!(mail.text, "out");
    let files: Vec<(&str, &str)> = mail.attachments.iter().map(|a| (a.name.as_str(), a.mime.as_str())).collect();
    assert_eq!(
        files,
        [
            ("Antes-.eml", "message/rfc822"),
            ("file-2.ics", "text/calendar"),
            ("winmail.dat", "application/ms-tnef"),
            ("file-4.png", "image/png"),
        ]
    );
    assert_eq!(mail.attachments[0].bytes, inner.as_bytes());
}

#[test]
fn a_bounce_names_the_mail_the_address_and_the_reason() {
    let raw = "From: MAILER-DAEMON@mx.br (Mail Delivery System)\nTo: suporte@loja.br\nSubject: Undelivered\nAuto-Submitted: auto-replied\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n\
        Reporting-MTA: dns; mx.br\n\nFinal-Recipient: rfc822; Ana@Example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1\n  User unknown\n\n\
        Final-Recipient: rfc822; beto@example.com\nAction: failed\nStatus: 5.2.2\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <ours@loja.br>\nSubject: x\n--b--\n";
    for mail in read_all(raw) {
        let bounce = mail.bounce.unwrap();
        assert_eq!(mail.automatic, Some(Automatic::Bounce));
        assert_eq!(bounce.original_message_id.as_deref(), Some("ours@loja.br"));
        assert_eq!(
            (bounce.recipient.as_deref(), bounce.others.as_slice()),
            (Some("Ana@example.com"), &["beto@example.com".to_owned()][..])
        );
        assert_eq!(
            (bounce.status.as_deref(), bounce.diagnostic.as_str(), bounce.permanent),
            (Some("5.1.1"), "550 5.1.1 User unknown", true)
        );
        assert_eq!(mail.text, "Sorry.");
    }
    let delayed = read(
        &raw.replace("Action: failed\nStatus: 5.1.1", "Action: delayed\nStatus: 4.4.1")
            .replace("Action: failed", "Action: delayed"),
    );
    assert!(!delayed.bounce.unwrap().permanent);
    let delivered = read(&raw.replace("Action: failed", "Action: delivered"));
    assert!(delivered.bounce.is_none() && delivered.automatic == Some(Automatic::Bounce));
}

#[test]
fn bounces_of_old_servers_are_read_too() {
    let exim = read(
        "From: Mail Delivery System <Mailer-Daemon@mx.br>\nX-Failed-Recipients: ana@x.y, b@x.y\nSubject: failed\n\nA message could not be delivered:\n\n  ana@x.y\n    550 5.7.1 refused\n\n\
         ------ This is a copy of the message, including all the headers. ------\n\nSubject: z\nMessage-Id: <ours@loja.br>\n",
    )
    .bounce
    .unwrap();
    assert_eq!(
        (exim.original_message_id.as_deref(), exim.recipient.as_deref(), exim.others.len()),
        (Some("ours@loja.br"), Some("ana@x.y"), 1)
    );
    assert_eq!(
        (exim.status.as_deref(), exim.diagnostic.as_str(), exim.permanent),
        (Some("5.7.1"), "550 5.7.1 refused", true)
    );
    let qmail = read("Return-Path: <>\nFrom: MAILER-DAEMON@x.y\nSubject: failure notice\n\nHi. I'm afraid I wasn't able to deliver your message.\n\n<ana@x.y>:\nno mailbox\n\n--- Below\nMessage-ID: <o@l>\n").bounce.unwrap();
    assert_eq!(
        (qmail.original_message_id.as_deref(), qmail.recipient.as_deref(), qmail.permanent),
        (Some("o@l"), Some("ana@x.y"), true)
    );
    assert!(
        read("From: ana@x.y\nSubject: your bounce\n\n550 5.1.1 was what I got\nMessage-ID: <a@b>\n").bounce.is_none()
    );
}

#[test]
fn marks_of_spam_and_own_loops_are_seen() {
    assert!(read("From: a@b.c\nX-Spam-Flag: YES\n\nx").spam);
    assert!(read("From: a@b.c\nX-Spam-Status: Yes, score=9\n\nx").spam);
    assert!(!read("From: a@b.c\nX-Spam-Status: No, score=1\n\nx").spam);
    let mail = read("From: a@b.c\nX-Recado-Loop: Suporte@loja.br\n\nx");
    assert!(mail.came_back_to("suporte@Loja.br") && !mail.came_back_to("vendas@loja.br"));
    assert_eq!(mail.automatic, None);
}

/// Small mails of many kinds, each with the word `CAFÉ-1` in its text.
fn fixtures() -> Vec<String> {
    let word = "CAFÉ-1";
    let heads = [
        "From: Ana <ana@example.com>\nTo: s@l.br\nSubject: =?utf-8?Q?Ol=C3=A1?= mundo\nMessage-ID: <1@x>\nDate: Mon, 5 Jan 2026 10:00:00 +0000\n",
        "Received: from x by y; Mon, 5 Jan 2026 10:00:00 +0000\nFrom: \"A, B\" <a@b.c>\nReferences: <1@x> <2@x>\nSubject: x\n",
        "From: lista@g.com\nList-Id: <l.g.com>\nX-Original-From: Zé <ze@x.br>\nSubject: \u{e9}\n",
    ];
    let bodies = [
        format!("\n{word}\n"),
        format!("Content-Type: text/plain; charset=utf-8; format=flowed\n\n{word} \nmais\n> antes\n"),
        format!(
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{}=\n\n",
            word.replace('É', "=C3=89")
        ),
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nQ0FGw4ktMSBlIG1haXM=\n"
            .to_owned(),
        format!(
            "Content-Type: text/html; charset=utf-8\n\n<html><body><p>{word}</p><blockquote>x</blockquote></body></html>"
        ),
        format!(
            "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n{word}\n--b\nContent-Type: text/html\n\n<p>{word}</p>\n--b--\n"
        ),
        format!(
            "Content-Type: multipart/mixed; boundary=\"b b\"\n\n--b b\nContent-Type: text/plain; charset=utf-8\n\n{word}\n--b b\nContent-Type: application/pdf; name=\"x.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--b b--\n"
        ),
        format!(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain; charset=utf-8\n\n{word}\n--c--\n--b\nContent-Type: message/rfc822\n\nSubject: in\n\nin\n--b--\n"
        ),
        format!(
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n{word}\n--b\nContent-Type: message/delivery-status\n\nAction: failed\n\nStatus: 5.0.0\n--b--\n"
        ),
    ];
    heads.iter().flat_map(|head| bodies.iter().map(move |body| format!("{head}{body}"))).collect()
}

/// A small generator of chance with a fixed beginning.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or_default() % limit.max(1)
    }
}

fn shows(mail: &Mail, word: &str) -> bool {
    mail.text.contains(word) || mail.attachments.iter().any(|a| String::from_utf8_lossy(&a.bytes).contains(word))
}

#[test]
fn every_fixture_shows_its_text() {
    for raw in fixtures() {
        for mail in read_all(&raw) {
            assert!(mail.text.contains("CAFÉ-1"), "{raw}\n---\n{}", mail.text);
        }
    }
}

#[test]
fn mails_cut_at_every_byte_are_read_and_keep_what_arrived() {
    for raw in fixtures() {
        let raw = raw.replace('\n', "\r\n");
        let at = raw.find("CAFÉ-1");
        for end in 0..raw.len() {
            let mail = parse(&raw.as_bytes()[..end], &Limits::default());
            if at.is_some_and(|at| end >= at + "CAFÉ-1".len()) {
                assert!(shows(&mail, "CAFÉ-1"), "cut at {end}: {raw}");
            }
        }
    }
}

#[test]
fn mails_without_any_one_header_line_keep_their_text() {
    for raw in fixtures().into_iter().filter(|raw| raw.contains("CAFÉ-1")) {
        let lines: Vec<&str> = raw.split('\n').collect();
        for without in 0..lines.len() {
            if lines[without].contains("CAFÉ-1") {
                continue;
            }
            let rest: Vec<&str> = lines.iter().enumerate().filter(|(n, _)| *n != without).map(|(_, l)| *l).collect();
            assert!(shows(&read(&rest.join("\n")), "CAFÉ-1"), "without line {without}: {raw}");
        }
    }
}

#[test]
fn flipped_shuffled_and_repeated_bytes_never_stop_the_reader() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let fixtures = fixtures();
    for round in 0..6_000 {
        let mut raw = fixtures[round % fixtures.len()].clone().into_bytes();
        for _ in 0..=chance.below(12) {
            let at = chance.below(raw.len());
            match chance.below(6) {
                0 => raw[at] = u8::try_from(chance.below(256)).unwrap(),
                1 => raw[at] ^= 1 << chance.below(8),
                2 => drop(raw.drain(at..(at + chance.below(20)).min(raw.len()))),
                3 => raw
                    .splice(at..at, b"\0\r\n=?;\"(<>:-".iter().copied().take(chance.below(12)).collect::<Vec<_>>())
                    .for_each(drop),
                4 => raw.extend_from_within(at..(at + chance.below(200)).min(raw.len())),
                _ => raw.rotate_left(at),
            }
            if raw.is_empty() {
                raw.push(b'x');
            }
        }
        let mail = parse(&raw, &Limits::default());
        assert!(mail.subject.chars().all(|c| !c.is_control()) && !mail.text.contains('\0'));
        assert!(mail.attachments.iter().all(|a| !a.name.is_empty() && !a.name.contains(['/', '\\', '\0'])));
    }
}
