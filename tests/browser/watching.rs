//! Watching a conversation in open browsers: by a key, for a colleague, and found again by a filter with several values.

use crate::hands::Way::{Back, Forth};
use crate::house::{House, shows};
use crate::support::{ENTER, Language, Reader, Scheme, Size};

/// Whether the button in the head says that one watches.
const WATCHES: &str = "document.querySelector('#head-watch button[aria-current]')";

#[rocket::async_test]
async fn a_key_watches_a_colleague_is_added_and_both_see_it_at_once() {
    let house = House::demo().await;
    let (owner, id) = house.opened(Reader::default(), recado::demo::OWNER).await;
    let (agent, _) = house.opened(Reader::default(), recado::demo::AGENT).await;
    agent.goto(&format!("{}/conversations/{id}", house.url)).await;
    shows(&agent, "document.body.dataset.connected == 'yes'").await;
    owner.find("#talk").await.focus().await.expect("outside the fields");
    owner.press("w").await;
    shows(&owner, WATCHES).await;
    shows(&owner, "document.querySelectorAll('#side-watchers > .av').length == 1").await;
    shows(&agent, "document.querySelectorAll('#side-watchers > .av').length == 1").await;
    assert!(!agent.eval::<bool>(&format!("!!{WATCHES}")).await, "it is the owner's own choice");
    owner.walk_and_enter(Forth, "#side-watch > summary").await;
    owner.walk(Forth, "#side-watch form[id^=side-watcher-] button").await;
    owner.screenshot("watch-menu").await;
    owner.press(ENTER).await;
    shows(&owner, "document.querySelectorAll('#side-watchers > .av').length == 2").await;
    shows(&agent, "document.querySelectorAll('#side-watchers > .av').length == 2").await;
    owner.screenshot("watch-faces").await;
    owner.find("#talk").await.focus().await.expect("outside the fields");
    owner.walk_and_enter(Back, "#head-more > summary").await;
    owner.walk_and_enter(Forth, "#head-mute button").await;
    shows(&owner, "document.querySelector('#side-watchers').textContent.includes('Silenciada para você')").await;
    shows(&agent, "document.querySelectorAll('#side-watchers > .av').length == 1").await;
    assert!(!agent.eval::<bool>("document.querySelector('#side-watchers').textContent.includes('Silenciada')").await);
    owner.find("#talk").await.focus().await.expect("outside the fields");
    owner.press("w").await;
    shows(&owner, WATCHES).await;
    owner.press("f").await;
    shows(&owner, "document.querySelector('dialog#filter[open]')").await;
    owner.walk_and_enter(Forth, "#filter-within > summary").await;
    for part in ["open", "closed"] {
        owner.walk(Forth, &format!("#filter-within [value={part}]")).await;
        owner.press(" ").await;
    }
    owner.walk(Forth, "#filter-form [name=watching]").await;
    owner.press(" ").await;
    owner.screenshot("filter-watching").await;
    owner.press(ENTER).await;
    shows(&owner, "location.search == '?section=unassigned&within=open&within=closed&watching=me'").await;
    shows(&owner, &format!("[...document.querySelectorAll('#list a.row')].map(row => row.id).join() == 'row-{id}'"))
        .await;
    owner.screenshot("watching").await;
    owner.close().await;
    agent.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn on_a_phone_the_details_hold_what_one_wants_to_hear() {
    let house = House::demo().await;
    let reader = Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English };
    let (browser, id) = house.opened(reader, recado::demo::AGENT).await;
    browser.goto(&format!("{}/conversations/{id}/details", house.url)).await;
    shows(&browser, "document.body.dataset.connected == 'yes'").await;
    browser.walk_and_enter(Forth, "#side-watch > summary").await;
    browser.walk(Forth, "#side-watch-own button").await;
    browser.screenshot("watch-menu").await;
    browser.assert_fits().await;
    browser.press(ENTER).await;
    shows(&browser, "document.querySelectorAll('#side-watchers > .av').length == 1").await;
    browser.screenshot("watch-faces").await;
    browser.assert_fits().await;
    browser.close().await;
    house.close().await;
}
