//! Photos of people: made small and new, never kept as sent, seen by those who are signed in.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, RgbaImage};
use rocket::tokio;

use crate::support::app::App;
use crate::support::browser::Browser;

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), format).expect("a picture");
    bytes
}

/// Red at the left, green in the middle, blue at the right.
fn flag() -> DynamicImage {
    let color = |x: u32| [Rgb([255, 0, 0]), Rgb([0, 255, 0]), Rgb([0, 0, 255])][(x / 300) as usize];
    RgbImage::from_fn(900, 300, |x, _| color(x)).into()
}

async fn upload(browser: &Browser, bytes: Vec<u8>) -> crate::support::browser::Answer {
    browser.upload("/account/photo", "photo", "ana.jpg", bytes).await
}

/// The address of the photo on the account page.
async fn address(browser: &Browser) -> Option<String> {
    let page = browser.get("/account").await.body;
    let (_, after) = page.split_once("src=\"/photos/")?;
    Some(format!("/photos/{}", after.split('"').next().unwrap_or_default()))
}

async fn blobs(app: &App) -> i64 {
    let read =
        app.recado.db.read(|connection| Ok(connection.query_row("SELECT count(*) FROM blob", [], |row| row.get(0))?));
    read.await.expect("a number")
}

#[tokio::test]
async fn a_photo_becomes_square_and_small_and_nothing_else_of_the_file_is_kept() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let mut sent = written(&flag(), ImageFormat::Jpeg);
    sent.extend_from_slice(b"taken at home");
    let answer = upload(&browser, sent).await;
    assert_eq!((answer.status, answer.location()), (303, "/account"));
    let address = address(&browser).await.expect("a photo");
    let photo = browser.get(&address).await;
    assert_eq!((photo.status, photo.header("Content-Type")), (200, "image/jpeg"));
    assert_eq!(photo.header("Content-Security-Policy"), "sandbox; default-src 'none'");
    assert_eq!(photo.header("Cache-Control"), "private, max-age=2592000, immutable");
    let kept = image::load_from_memory(&photo.bytes).expect("a picture").to_rgb8();
    assert_eq!(kept.dimensions(), (192, 192));
    let Rgb([red, green, blue]) = *kept.get_pixel(5, 96);
    assert!(green > 200 && red < 60 && blue < 60, "the middle is kept");
    assert!(!photo.body.contains("taken at home"));
    assert_eq!(blobs(&app).await, 1, "what was sent is gone");
    assert_eq!(app.browser().get(&address).await.status, 303);
}

#[tokio::test]
async fn every_kind_is_read_and_transparency_stays() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let clear: DynamicImage = RgbaImage::new(10, 40).into();
    for (picture, format, kind) in [
        (flag(), ImageFormat::Png, "image/jpeg"),
        (flag(), ImageFormat::Gif, "image/png"),
        (flag(), ImageFormat::WebP, "image/jpeg"),
        (clear, ImageFormat::Png, "image/png"),
    ] {
        assert_eq!(upload(&browser, written(&picture, format)).await.status, 303, "{format:?}");
        let address = address(&browser).await.expect("a photo");
        assert_eq!(browser.get(&address).await.header("Content-Type"), kind, "{format:?}");
    }
}

#[tokio::test]
async fn a_removed_photo_is_gone_with_its_content() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    upload(&browser, written(&flag(), ImageFormat::Png)).await;
    let first = address(&browser).await.expect("a photo");
    upload(&browser, written(&flag().rotate90(), ImageFormat::Png)).await;
    let second = address(&browser).await.expect("a photo");
    assert_ne!(first, second);
    assert_eq!(browser.get(&first).await.status, 404);
    assert_eq!(browser.change("delete", "/account/photo", &[]).await.status, 303);
    assert_eq!(browser.get(&second).await.status, 404);
    assert_eq!(address(&browser).await, None);
    assert_eq!(blobs(&app).await, 0);
}

/// A small picture that says it is huge.
fn bomb() -> Vec<u8> {
    let mut png = written(&RgbImage::new(4, 4).into(), ImageFormat::Png);
    png[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    let mut sum = flate2::Crc::new();
    sum.update(&png[12..29]);
    png[29..33].copy_from_slice(&sum.sum().to_be_bytes());
    png
}

#[tokio::test]
async fn bombs_drawings_and_other_files_are_refused_and_not_kept() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    let mut cut = written(&flag(), ImageFormat::Jpeg);
    cut.truncate(300);
    for (bytes, says) in [
        (bomb(), "mais de 40 megapixels"),
        (svg, "não pôde ser lida"),
        (b"GIF89a".to_vec(), "não pôde ser lida"),
        (cut, "não pôde ser lida"),
        (Vec::new(), "não pôde ser lida"),
        (vec![0; 16 * 1024 * 1024], "passa de 15 MB"),
        (vec![0; 26 * 1024 * 1024], "passa de 15 MB"),
    ] {
        let answer = upload(&browser, bytes).await;
        assert_eq!(answer.status, 422, "{says}");
        answer.assert_says(says);
    }
    // What a browser sends when no file was chosen.
    let nothing = browser.upload("/account/photo", "photo", "", Vec::new()).await;
    assert_eq!(nothing.status, 422);
    nothing.assert_says("Escolha uma imagem primeiro.");
    assert_eq!(address(&browser).await, None);
    assert_eq!(blobs(&app).await, 0);
}

#[tokio::test]
async fn an_upload_without_the_token_is_refused_before_anything_is_stored() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let photo = || reqwest::multipart::Part::bytes(written(&flag(), ImageFormat::Png)).file_name("a.png");
    let none = reqwest::multipart::Form::new().part("photo", photo());
    let wrong = reqwest::multipart::Form::new().text("_token", "AAAA").part("photo", photo());
    let late = reqwest::multipart::Form::new().part("photo", photo()).text("_token", browser.token("/account").await);
    for form in [none, wrong, late] {
        let request = browser.request(reqwest::Method::POST, "/account/photo").header("Sec-Fetch-Site", "same-origin");
        assert_eq!(crate::support::browser::send(request.multipart(form)).await.status, 403);
    }
    assert_eq!(blobs(&app).await, 0);
}
