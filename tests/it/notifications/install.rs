//! The pages as an application of their own.

use serde_json::Value;

use crate::support::desk::Desk;

// proves: X18
#[rocket::async_test]
async fn the_pages_can_be_installed_under_the_name_of_the_workspace() {
    let desk = Desk::start().await;
    desk.browser.get("/conversations").await.assert_says("rel=\"manifest\" href=\"/manifest.webmanifest\"");
    let answer = desk.app.browser().get("/manifest.webmanifest").await;
    assert_eq!(answer.header("Content-Type"), "application/manifest+json");
    let manifest: Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!(manifest["name"], "Vereda Arquitetura");
    assert_eq!((manifest["start_url"].as_str(), manifest["display"].as_str()), (Some("/"), Some("standalone")));
    let icons = manifest["icons"].as_array().expect("icons");
    for (purpose, sizes) in [("any", "192x192"), ("any", "512x512"), ("maskable", "192x192"), ("maskable", "512x512")] {
        let icon = icons.iter().find(|icon| icon["purpose"] == purpose && icon["sizes"] == sizes).expect("an icon");
        let picture = desk.app.browser().get(icon["src"].as_str().expect("an address")).await;
        assert_eq!((picture.status, picture.header("Content-Type")), (200, "image/png"));
        let edge = u32::from_be_bytes(picture.bytes[16..20].try_into().expect("a width"));
        assert_eq!(format!("{edge}x{edge}"), sizes);
    }
}

// proves: X18
#[rocket::async_test]
async fn with_a_logo_the_pages_are_installed_under_it() {
    let desk = Desk::start().await;
    let mut logo = std::io::Cursor::new(Vec::new());
    let green = image::RgbImage::from_pixel(400, 100, image::Rgb([10, 80, 60]));
    green.write_to(&mut logo, image::ImageFormat::Png).expect("a picture");
    let saved = desk.browser.upload("/settings/workspace/logo", "logo", "logo.png", logo.into_inner()).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let stranger = desk.app.browser();
    let manifest: Value = serde_json::from_str(&stranger.get("/manifest.webmanifest").await.body).expect("JSON");
    let icons = manifest["icons"].as_array().expect("icons");
    assert_eq!(icons.len(), 4);
    let mut first = String::new();
    for icon in icons {
        let address = icon["src"].as_str().expect("an address");
        let answer = stranger.get(address).await;
        assert_eq!((answer.status, answer.header("Content-Type")), (200, "image/png"), "{address}");
        assert_eq!(answer.header("Cache-Control"), "public, max-age=2592000, immutable");
        let picture = image::load_from_memory(&answer.bytes).expect("a picture").to_rgb8();
        let edge = picture.width();
        assert_eq!(icon["sizes"], format!("{edge}x{}", picture.height()));
        assert_eq!(picture.get_pixel(edge / 2, edge / 2).0, [10, 80, 60], "the logo in the middle");
        assert_eq!(picture.get_pixel(1, 1).0, [0xf4, 0xf1, 0xea], "on paper");
        // A mask cuts away what is outside of a circle of four fifths.
        let side = picture.get_pixel(edge * 12 / 100, edge / 2).0;
        assert_eq!(side == [10, 80, 60], icon["purpose"] == "any", "{address}");
        address.clone_into(&mut first);
    }
    for odd in ["nothing.png/0", "nothing.png/4", "x"] {
        assert_eq!(stranger.get(&format!("/icons/{odd}")).await.status, 404, "{odd}");
    }
    desk.browser.change("delete", "/settings/workspace/logo", &[]).await;
    assert_eq!(stranger.get(&first).await.status, 404, "a logo that is gone has no icon");
    let manifest = stranger.get("/manifest.webmanifest").await;
    manifest.assert_says("/static/");
    manifest.assert_silent("/icons/");
}

// proves: X18
#[rocket::async_test]
async fn the_worker_keeps_a_page_for_no_network_and_nothing_of_anybody() {
    let desk = Desk::start().await;
    let worker = desk.app.browser().get("/worker.js").await;
    assert_eq!((worker.status, worker.header("Cache-Control")), (200, "no-cache"));
    assert!(worker.header("Content-Type").contains("javascript"), "{}", worker.header("Content-Type"));
    let (_, given) = worker.body.split_once("const GIVEN = ").expect("what it keeps");
    let given: Value = serde_json::from_str(given.split(";\n").next().expect("JSON")).expect("JSON");
    for kept in given["kept"].as_array().expect("addresses") {
        let kept = kept.as_str().expect("an address");
        assert!(kept.starts_with("/static/"), "{kept}");
        assert_eq!(desk.app.browser().get(kept).await.status, 200, "{kept}");
    }
    assert_eq!(given["offline"], "/offline");
    let mine = desk.browser.get("/offline").await;
    mine.assert_says("Sem internet");
    for secret in ["_token", "X-CSRF-Token", "data-viewer", "Ana"] {
        mine.assert_silent(secret);
    }
    assert_eq!(desk.app.browser().get("/offline").await.body, mine.body, "the same for everybody");
}
