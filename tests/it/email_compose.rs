//! Outgoing mails: what is written can be read again, and nothing slips into a header.

use recado::channels::email::{
    Automatic, ComposeError, Limits, Mailbox, Outgoing, OutgoingFile, Quoted, ReplyKey, Writer, compose, parse,
    reply_subject, sanitize, split, split_html,
};

fn mailbox(name: &str, address: &str) -> Mailbox {
    Mailbox { name: name.to_owned(), address: address.to_owned() }
}

fn draft() -> Outgoing {
    Outgoing {
        from: mailbox("Suporte, Ação \"24h\"", "suporte@loja.br"),
        to: vec![mailbox("Ana Conceição", "ana@example.com")],
        cc: vec![mailbox("", "beto@example.com")],
        reply_to: None,
        message_id: "abc@loja.br".to_owned(),
        in_reply_to: Some("m1@example.com".to_owned()),
        references: (0..60).map(|n| format!("r{n}@example.com")).collect(),
        subject: "RES: Re: ENC: Orçamento nº 1".to_owned(),
        sent_at_ms: 1_767_618_000_000,
        outlook_index: Some("AdXYZ=".to_owned()),
        outlook_topic: Some("Orçamento".to_owned()),
        writer: Writer::Person,
        text: "Olá <Ana>,\n\nveja https://loja.br/?a=1&b=2\n.\nFrom here\n".to_owned(),
        quoted: Some(Quoted {
            introduction: "Em 5 de jan. de 2026 às 10:00, Ana <ana@example.com> escreveu:".to_owned(),
            text: "antes\ndisso".to_owned(),
        }),
        attachments: vec![
            OutgoingFile {
                name: "orçamento final.pdf".to_owned(),
                mime: "application/pdf".to_owned(),
                bytes: (0..=255).collect(),
            },
            OutgoingFile {
                name: "a\r\nb.eml".to_owned(),
                mime: "message/rfc822".to_owned(),
                bytes: b"From: x\n\ny\n".to_vec(),
            },
        ],
    }
}

#[test]
fn what_is_written_is_read_again() {
    let key = ReplyKey::new(&[1; 32]).unwrap();
    let address = key.reply_address("suporte@loja.br", 42).unwrap();
    let raw = compose(&Outgoing { reply_to: Some(address), message_id: key.message_id("loja.br").unwrap(), ..draft() })
        .unwrap();
    let mail = parse(&raw, &Limits::default());
    assert_eq!(mail.from, draft().from);
    assert_eq!((&mail.to, &mail.cc), (&draft().to, &draft().cc));
    assert_eq!(mail.subject, "Re: Orçamento nº 1");
    assert!(key.is_ours(mail.message_id.as_deref().unwrap()));
    assert_eq!(key.conversation("suporte@loja.br", &[mail.reply_to[0].address.clone()]), Some(42));
    assert_eq!(mail.in_reply_to, ["m1@example.com"]);
    assert_eq!(
        (mail.references.len(), mail.references[0].as_str(), mail.references[19].as_str()),
        (20, "r0@example.com", "r59@example.com")
    );
    assert_eq!(mail.sent_at_ms, Some(1_767_618_000_000));
    assert_eq!((mail.outlook_index.as_deref(), mail.outlook_topic.as_deref()), (Some("AdXYZ="), Some("Orçamento")));
    assert!(mail.came_back_to("suporte@loja.br"));
    assert_eq!(mail.automatic, None);
    assert_eq!(split(&mail.text).visible, "Olá <Ana>,\n\nveja https://loja.br/?a=1&b=2\n.\nFrom here");
    let html = mail.html.unwrap();
    let visible = sanitize(split_html(&html).visible, &Limits::default(), &std::collections::HashMap::new()).html;
    assert!(
        visible.contains("Olá &lt;Ana&gt;") && visible.contains("href=\"https://loja.br/?a=1&amp;b=2\""),
        "{visible}"
    );
    let files: Vec<(&str, &[u8])> = mail.attachments.iter().map(|a| (a.name.as_str(), a.bytes.as_slice())).collect();
    assert_eq!(
        files,
        [("orçamento final.pdf", draft().attachments[0].bytes.as_slice()), ("ab.eml", b"From: x\n\ny\n")]
    );
}

#[test]
fn lines_end_and_fold_as_servers_want_them() {
    let raw = compose(&Outgoing {
        subject: "x".repeat(3_000),
        text: format!("{}{}", "ã ".repeat(5_000), "y".repeat(5_000)),
        ..draft()
    })
    .unwrap();
    let text = String::from_utf8(raw).unwrap();
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.is_ascii() && text.split("\r\n").all(|line| line.len() <= 998));
}

#[test]
fn line_breaks_in_headers_are_refused() {
    for bad in ["a\r\nBcc: x@y.z", "a\nb", "a\rb", "a\0b", "a\u{2028}b", "\u{85}"] {
        let attempts = [
            Outgoing { subject: bad.to_owned(), ..draft() },
            Outgoing { from: mailbox(bad, "s@l.br"), ..draft() },
            Outgoing { to: vec![mailbox(bad, "s@l.br")], ..draft() },
            Outgoing { cc: vec![mailbox("", &format!("x@{bad}"))], ..draft() },
            Outgoing { to: vec![mailbox("", &format!("{bad}@x.y"))], ..draft() },
            Outgoing { reply_to: Some(format!("{bad}@x.y")), ..draft() },
            Outgoing { message_id: bad.to_owned(), ..draft() },
            Outgoing { in_reply_to: Some(bad.to_owned()), ..draft() },
            Outgoing { outlook_topic: Some(bad.to_owned()), ..draft() },
            Outgoing { outlook_index: Some(bad.to_owned()), ..draft() },
        ];
        for attempt in attempts {
            assert!(matches!(compose(&attempt), Err(ComposeError::Control { .. })), "{attempt:?}");
        }
        let raw = compose(&Outgoing { references: vec![bad.to_owned(), "ok@x".to_owned()], ..draft() }).unwrap();
        assert_eq!(parse(&raw, &Limits::default()).references, ["ok@x"]);
    }
}

#[test]
fn senseless_addresses_and_dates_are_refused() {
    for bad in ["", "x", "@", "a@", "@b", "a b@c.d", "josé@x.y", "a@b@c d"] {
        assert!(
            matches!(compose(&Outgoing { to: vec![mailbox("", bad)], ..draft() }), Err(ComposeError::Address { .. })),
            "{bad}"
        );
    }
    assert!(matches!(compose(&Outgoing { to: vec![], cc: vec![], ..draft() }), Err(ComposeError::NoRecipient)));
    for bad in [-1, i64::MAX, i64::MIN] {
        assert!(matches!(compose(&Outgoing { sent_at_ms: bad, ..draft() }), Err(ComposeError::Date)));
    }
    let raw = compose(&Outgoing { to: vec![mailbox("", "ana@maçã.br")], ..draft() }).unwrap();
    assert!(String::from_utf8(raw).unwrap().contains("ana@xn--"));
}

#[test]
fn automatic_mail_is_marked_so_that_no_machine_answers() {
    let raw = compose(&Outgoing { writer: Writer::Automatic, ..draft() }).unwrap();
    let text = String::from_utf8_lossy(&raw).into_owned();
    for mark in [
        "Auto-Submitted: auto-replied",
        "X-Auto-Response-Suppress: All",
        "Precedence: bulk",
        "X-Recado-Loop: suporte@loja.br",
    ] {
        assert!(text.contains(mark), "{mark}");
    }
    assert_eq!(parse(&raw, &Limits::default()).automatic, Some(Automatic::AutoReply));
}

#[test]
fn a_subject_gets_one_prefix() {
    for (subject, expected) in [
        ("Pedido", "Re: Pedido"),
        ("Re: Pedido", "Re: Pedido"),
        ("RES: ENC: Re[2]: AW: FWD: Pedido", "Re: Pedido"),
        ("Re : re: R: Pedido: urgente", "Re: Pedido: urgente"),
        ("Resumo: x", "Re: Resumo: x"),
        ("", "Re:"),
    ] {
        assert_eq!(reply_subject(subject), expected);
    }
    let odd = compose(&Outgoing { in_reply_to: Some("ímpar sem arroba".to_owned()), ..draft() }).unwrap();
    let odd = parse(&odd, &Limits::default());
    assert!(odd.in_reply_to.is_empty() && odd.subject.starts_with("Re: "));
    let first = compose(&Outgoing { in_reply_to: None, subject: "Pedido".to_owned(), ..draft() }).unwrap();
    assert_eq!(parse(&first, &Limits::default()).subject, "Pedido");
}
