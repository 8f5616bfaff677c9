//! The mail as it came: bit-exact, with its headers on a page, and with no file kept twice.

use crate::support::desk::Desk;

/// Bytes that do not compress.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let step = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    std::iter::repeat_with(step).take(length).collect()
}

fn base64(bytes: &[u8], line: usize, end: &str) -> String {
    let text = data_encoding::BASE64.encode(bytes);
    let lines: Vec<&str> = text.as_bytes().chunks(line).map(|part| std::str::from_utf8(part).expect("ASCII")).collect();
    lines.join(end)
}

/// A mail with one file, encoded in lines of `line` characters.
fn with_file(bytes: &[u8], line: usize, end: &str) -> Vec<u8> {
    let encoded = base64(bytes, line, end);
    [
        "Message-ID: <file@x>",
        "From: Helena <helena@bemviver.example>",
        "To: contato@vereda.example",
        "X-Odd:   two  spaces\tand a tab ",
        "Subject: Planta",
        "MIME-Version: 1.0",
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "segue a planta",
        "--b",
        "Content-Type: application/pdf; name=planta.pdf",
        "Content-Transfer-Encoding: base64",
        "",
        &encoded,
        "--b--",
        "",
    ]
    .join(end)
    .into_bytes()
}

#[rocket::async_test]
async fn the_original_comes_back_byte_for_byte_and_its_files_are_kept_once() {
    let file = noise(300_000);
    for (line, end) in [(76, "\r\n"), (76, "\n"), (60, "\r\n"), (1000, "\n")] {
        let desk = Desk::start().await;
        let raw = with_file(&file, line, end);
        let receipt = desk.receive(&raw).await;
        let answer = desk.browser.get(&format!("/messages/{}/original", receipt.message)).await;
        assert_eq!(answer.status, 200);
        assert!(answer.bytes == raw, "lines of {line} with {end:?} come back as they were");
        assert!(answer.header("Content-Disposition").starts_with("attachment"));
        let kept = desk.number("SELECT sum(length(data)) FROM blob_chunk").await;
        assert!(
            usize::try_from(kept).expect("a size") < file.len() + 20_000,
            "{kept} bytes are kept for a file of {}",
            file.len()
        );
    }
}

#[rocket::async_test]
async fn what_cannot_be_written_again_the_same_is_kept_as_it_is() {
    let file = noise(20_000);
    let whole = String::from_utf8(with_file(&file, 76, "\r\n")).expect("ASCII");
    let odd = [
        // A blank inside of the encoding, a line of another length, padding in the middle, no line break at all.
        whole.replacen("\r\n--b--", " \r\n--b--", 1),
        whole.replacen(&base64(&file, 76, "\r\n")[76..78], "\r\nA\r\n", 1),
        whole.replacen(&base64(&file, 76, "\r\n"), &base64(&file, 1_000_000, ""), 1),
        "\0recado original 1\nFrom: eu@x.example\n\nparece nosso".to_owned(),
    ];
    for raw in odd {
        let desk = Desk::start().await;
        let receipt = desk.receive(&raw).await;
        let answer = desk.browser.get(&format!("/messages/{}/original", receipt.message)).await;
        assert!(answer.status == 200 && answer.bytes == raw.as_bytes(), "it comes back as it was");
    }
}

#[rocket::async_test]
async fn the_headers_stand_on_a_page_as_text() {
    let desk = Desk::start().await;
    let raw = b"Message-ID: <h@x>\r\nReceived: from mx by us\r\nFrom: Eva <eva@x.example>\r\nX-Evil: <script>alert(1)</script>\r\n\
        Subject: oi\r\n\r\nO texto fica fora.\r\n";
    let receipt = desk.receive(raw).await;
    let page = desk.browser.get(&format!("/messages/{}/headers", receipt.message)).await;
    assert_eq!(page.status, 200);
    page.assert_says("Received: from mx by us");
    page.assert_says("X-Evil: &#60;script&#62;");
    page.assert_silent("<script>alert");
    page.assert_silent("O texto fica fora.");
    let talk = desk.browser.get(&format!("/conversations/{}", receipt.conversation)).await;
    talk.assert_says(&format!("/messages/{}/original", receipt.message));
    talk.assert_says(&format!("/messages/{}/headers", receipt.message));
}

#[rocket::async_test]
async fn originals_and_headers_are_for_readers_of_the_inbox() {
    let desk = Desk::start().await;
    let (_, bia) = desk.agent("bia").await;
    let receipt = desk.receive(b"From: eva@x.example\r\nSubject: s\r\n\r\nsegredo\r\n").await;
    let close = "UPDATE inbox SET access = 'owner'";
    desk.app.recado.db.write(move |tx| Ok(tx.execute(close, [])?)).await.expect("changed");
    for page in ["original", "headers"] {
        let answer = bia.get(&format!("/messages/{}/{page}", receipt.message)).await;
        assert_eq!(answer.status, 404);
        answer.assert_silent("eva@x.example");
    }
}
