use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, RgbaImage};
use rocket::tokio;

use crate::support::app::App;
use crate::support::browser::Browser;

const PAGE: &str = "/settings/workspace";
const LOGO: &str = "/settings/workspace/logo";

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), format).expect("a picture");
    bytes
}

/// The address of the logo on a page.
async fn address(browser: &Browser, page: &str) -> Option<String> {
    let page = browser.get(page).await.body;
    let (_, after) = page.split_once("src=\"/logo/")?;
    Some(format!("/logo/{}", after.split('"').next().unwrap_or_default()))
}

async fn blobs(app: &App) -> i64 {
    let count =
        app.recado.db.read(|connection| Ok(connection.query_row("SELECT count(*) FROM blob", [], |row| row.get(0))?));
    count.await.expect("a number")
}

#[tokio::test]
async fn a_logo_is_made_small_and_stands_on_every_page_and_at_the_door() {
    let app = App::start().await;
    let (owner, stranger) = (app.browser_of(1).await, app.browser());
    assert_eq!(address(&stranger, "/sign-in").await, None);
    let mut sent = written(&RgbImage::from_pixel(1600, 400, Rgb([10, 80, 60])).into(), ImageFormat::Jpeg);
    sent.extend_from_slice(b"drawn at home");
    assert_eq!(owner.upload(LOGO, "logo", "logo.jpg", sent).await.location(), PAGE);
    let at = address(&stranger, "/sign-in").await.expect("a logo at the door");
    assert_eq!(address(&owner, "/account").await.as_ref(), Some(&at));
    let logo = stranger.get(&at).await;
    assert_eq!((logo.status, logo.header("Content-Type")), (200, "image/png"));
    assert_eq!(logo.header("Cache-Control"), "public, max-age=2592000, immutable");
    assert_eq!(logo.header("Content-Security-Policy"), "sandbox; default-src 'none'");
    let kept = image::load_from_memory(&logo.bytes).expect("a picture");
    assert_eq!((kept.width(), kept.height()), (384, 96), "as wide as it may be, not cut");
    assert!(!logo.body.contains("drawn at home"));
    assert_eq!(blobs(&app).await, 1, "what was sent is gone");
    owner.get("/settings/activity").await.assert_says("Logotipo");
}

#[tokio::test]
async fn a_small_logo_keeps_its_size_and_what_is_transparent_stays_so() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    let clear = written(&RgbaImage::new(40, 30).into(), ImageFormat::Png);
    assert_eq!(owner.upload(LOGO, "logo", "a.png", clear).await.status, 303);
    let first = address(&owner, PAGE).await.expect("a logo");
    let kept = image::load_from_memory(&owner.get(&first).await.bytes).expect("a picture");
    assert_eq!((kept.width(), kept.height(), kept.color().has_alpha()), (40, 30, true));
    // A photograph is no drawing.
    let noise = RgbImage::from_fn(800, 300, |x, y| {
        let mixed = x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503).wrapping_mul(x + 1);
        Rgb([mixed.to_le_bytes()[0], mixed.to_le_bytes()[1], mixed.to_le_bytes()[2]])
    });
    assert_eq!(owner.upload(LOGO, "logo", "b.png", written(&noise.into(), ImageFormat::Png)).await.status, 303);
    let second = address(&owner, PAGE).await.expect("a logo");
    assert_eq!(owner.get(&second).await.header("Content-Type"), "image/jpeg");
    assert_eq!(owner.get(&first).await.status, 404, "the one before is gone");
    assert_eq!(owner.change("delete", LOGO, &[]).await.status, 303);
    assert_eq!((owner.get(&second).await.status, address(&owner, PAGE).await, blobs(&app).await), (404, None, 0));
}

#[tokio::test]
async fn what_is_no_picture_is_refused_and_the_logo_before_stays() {
    let app = App::start().await;
    let owner = app.browser_of(1).await;
    owner.upload(LOGO, "logo", "a.png", written(&RgbImage::new(8, 8).into(), ImageFormat::Png)).await;
    let before = address(&owner, PAGE).await;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    for (name, bytes, says) in [
        ("a.svg", svg, "não pôde ser lida"),
        ("a.png", b"GIF89a".to_vec(), "não pôde ser lida"),
        ("a.png", vec![0; 16 * 1024 * 1024], "passa de 15 MB"),
        ("", Vec::new(), "Escolha uma imagem primeiro."),
    ] {
        let answer = owner.upload(LOGO, "logo", name, bytes).await;
        assert_eq!(answer.status, 422, "{says}");
        answer.assert_says(says);
        answer.assert_says("value=\"Vereda Arquitetura\"");
    }
    assert_eq!((address(&owner, PAGE).await, blobs(&app).await), (before, 1));
    assert_eq!(app.browser().get("/logo/unknown.png").await.status, 404);
}
