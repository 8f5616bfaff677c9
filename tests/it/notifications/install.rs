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
