//! Contents of messages: how large pictures are, and what becomes of contents that nobody holds.

use recado::blobs;
use recado::clock::{DAY, HOUR};
use rocket::tokio;

use crate::support::house::{House, mail};

fn picture(width: u32, height: u32, format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(width, height).write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// A JPEG that is to be turned by a quarter when it is shown (EXIF orientation 6).
fn lying(width: u32, height: u32) -> Vec<u8> {
    let jpeg = picture(width, height, image::ImageFormat::Jpeg);
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, exif, &jpeg[2..]].concat()
}

/// A mail with one file.
fn with_file(id: &str, kind: &str, bytes: &[u8]) -> Vec<u8> {
    let encoded = data_encoding::BASE64.encode(bytes);
    format!(
        "Message-ID: <{id}@x>\r\nFrom: ana@x.example\r\nSubject: foto\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nsegue\r\n\
         --b\r\nContent-Type: {kind}; name=foto\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=foto\r\n\r\n{encoded}\r\n--b--\r\n"
    )
    .into_bytes()
}

#[tokio::test]
async fn a_page_keeps_the_place_of_a_picture_that_is_not_there_yet() {
    let (house, browser) = House::served().await;
    let mut huge = picture(8, 8, image::ImageFormat::Png);
    huge[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
    for (name, kind, bytes, place) in [
        ("wide", "image/png", picture(800, 600, image::ImageFormat::Png), Some((426, 320))),
        ("small", "image/gif", picture(20, 10, image::ImageFormat::Gif), Some((20, 10))),
        ("tall", "image/jpeg", picture(30, 6_000, image::ImageFormat::Jpeg), Some((1, 320))),
        ("webp", "image/webp", picture(320, 320, image::ImageFormat::WebP), Some((320, 320))),
        ("lying", "image/jpeg", lying(600, 200), Some((106, 320))),
        ("huge", "image/png", huge, None),
        ("cut", "image/png", picture(800, 600, image::ImageFormat::Png)[..20].to_vec(), None),
        ("none", "image/png", b"no picture".to_vec(), None),
    ] {
        let conversation = house.receive(&with_file(name, kind, &bytes)).await.0.conversation;
        let page = browser.get(&format!("/conversations/{conversation}")).await;
        let (_, shown) = page.body.split_once("class=\"file-photo\"").expect("a picture");
        let tag = shown.split_once("<img ").and_then(|(_, tag)| tag.split_once('>')).expect("its tag").0;
        match place {
            Some((w, h)) => assert!(tag.contains(&format!(" width=\"{w}\" height=\"{h}\"")), "{name}: {tag}"),
            None => assert!(!tag.contains("width="), "{name}: {tag}"),
        }
    }
}

#[tokio::test]
async fn a_picture_that_a_person_sends_has_its_place_too() {
    let (house, browser) = House::served().await;
    let conversation = house.receive(&mail("m@x", "ana@x.example", "oi", "oi")).await.0.conversation;
    let path = format!("/conversations/{conversation}");
    let file = reqwest::multipart::Part::bytes(picture(640, 640, image::ImageFormat::Png))
        .file_name("planta.png")
        .mime_str("image/png")
        .expect("a type");
    let form = reqwest::multipart::Form::new()
        .text("_token", browser.token("/password-reset").await)
        .text("kind", "note")
        .text("text", "Veja")
        .part("files", file);
    let request = browser.request(reqwest::Method::POST, &format!("{path}/messages"));
    let sent = crate::support::browser::send(request.header("Sec-Fetch-Site", "same-origin").multipart(form)).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    browser.get(&path).await.assert_says(" width=\"320\" height=\"320\"");
}

/// Whether a content is there.
async fn is_there(house: &House, id: i64) -> bool {
    let read = move |c: &recado::db::Connection| Ok(c.prepare("SELECT 1 FROM blob WHERE id = ?1")?.exists([id])?);
    house.app.db.read(read).await.expect("an answer")
}

#[tokio::test]
async fn contents_that_nobody_holds_are_swept_after_a_day_and_no_others() {
    let (house, _outbox) = House::quiet().await;
    let (db, clock) = (&house.app.db, house.app.clock());
    clock.hold(clock.now());
    house.receive(&with_file("held", "application/pdf", b"held")).await;
    let raw = house.number("SELECT raw_id FROM message").await;
    let held = house.number("SELECT blob_id FROM attachment").await;
    let orphan = blobs::store(db, b"nobody's").await.expect("stored").id;
    let again = blobs::store(db, b"used again").await.expect("stored").id;
    let staged = blobs::Staged::begin(db, 1).await.expect("begun");
    clock.advance(DAY - HOUR);
    assert_eq!(blobs::sweep(db, 0).await.expect("swept"), 0, "all of it is younger than a day");
    assert!(is_there(&house, orphan).await);
    assert_eq!(blobs::store(db, b"used again").await.expect("stored").id, again);
    clock.advance(2 * HOUR);
    let swept = blobs::sweep(db, 0).await.expect("swept");
    assert!(!is_there(&house, orphan).await, "nobody holds it");
    assert!(is_there(&house, again).await, "somebody is about to hold it");
    for id in [raw, held] {
        assert!(is_there(&house, id).await, "a message holds it");
    }
    assert_eq!(house.number("SELECT count(*) FROM blob WHERE state = 'staged'").await, 0);
    drop(staged);
    clock.advance(DAY);
    blobs::sweep(db, swept).await.expect("swept");
    let left = "SELECT count(*) FROM blob b WHERE NOT EXISTS (SELECT 1 FROM blob_holder h WHERE h.blob_id = b.id)";
    assert_eq!(house.number(left).await, 0, "the next sweep goes on where this one ended");
}

#[tokio::test]
async fn everything_that_can_hold_a_content_is_known_to_the_sweep() {
    let (house, _outbox) = House::quiet().await;
    let read = |c: &recado::db::Connection| {
        let sql = "SELECT sql FROM sqlite_schema WHERE name = 'blob_holder'";
        let view: String = c.query_row(sql, [], |row| row.get(0))?;
        let mut select = c.prepare(
            "SELECT 'SELECT ' || f.\"from\" || ' FROM ' || m.name FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
              WHERE m.type = 'table' AND f.\"table\" = 'blob' AND m.name != 'blob_chunk'",
        )?;
        let holders = select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
        Ok((view, holders))
    };
    let (view, holders) = house.app.db.read(read).await.expect("a schema");
    assert!(holders.len() >= 5, "{holders:?}");
    for holder in holders {
        assert!(view.contains(&holder), "make the view blob_holder anew in a migration, with: {holder}");
    }
}
