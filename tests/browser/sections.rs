//! Who handles what, in open browsers: taken by two at once, away and back, deleted, put off, tagged, closed one by one.

use thirtyfour::Key;

use crate::hands::Way::Forth;
use crate::house::{House, shows};
use crate::support::{Browser, DOWN, ENTER, ESCAPE, Language, Reader, Scheme, Size, TAB};

#[rocket::async_test]
async fn who_takes_second_is_told_who_was_first() {
    let house = House::demo().await;
    let (first, id) = house.opened(Reader::default(), recado::demo::AGENT).await;
    let (second, same) = house.opened(Reader::default(), recado::demo::OWNER).await;
    assert_eq!(id, same);
    // The second browser hears nothing for a moment, as on a slow line.
    second.eval::<Option<bool>>("window.recado.live.close()").await;
    first.find("#talk").await.focus().await.expect("outside the fields");
    first.press("a").await;
    shows(&first, "document.querySelector('#head').textContent.includes('Com você')").await;
    second.find("#write").await.send_keys("Já respondo").await.expect("typed");
    second.find("#talk").await.focus().await.expect("outside the fields");
    second.press("a").await;
    shows(
        &second,
        "document.querySelector('#toasts').textContent.includes('Camila Rocha ficou com esta conversa antes')",
    )
    .await;
    shows(&second, "document.querySelector('#head').textContent.includes('Com Camila')").await;
    second.screenshot("taken").await;
    assert_eq!(second.eval::<String>("document.querySelector('#write').value").await, "Já respondo");
    first.close().await;
    second.close().await;
    house.close().await;
}

// proves: P14 P21
#[rocket::async_test]
async fn going_away_shows_at_once_in_ones_other_browser_and_in_every_list_of_people() {
    let house = House::demo().await;
    let (other, _) = house.opened(Reader::default(), recado::demo::OWNER).await;
    let (one, two) = (Browser::open(Reader::default()).await, Browser::open(Reader::default()).await);
    house.sign_in(&one, recado::demo::AGENT).await;
    house.sign_in(&two, recado::demo::AGENT).await;
    let camila =
        "[...document.querySelectorAll('#head-people .pop-item')].find(one => one.textContent.includes('Camila'))";
    shows(&other, &format!("{camila}.matches('button')")).await;
    one.walk_and_enter(Forth, "#availability button").await;
    shows(&one, "document.querySelector('#availability .dot:not(.dot-on)')").await;
    shows(&two, "document.querySelector('#availability .dot:not(.dot-on)')").await;
    shows(&other, &format!("{camila}.matches('.pop-off') && {camila}.textContent.includes('indisponível')")).await;
    other.find("#head-assign > summary").await.click().await.expect("opened");
    other.screenshot("people").await;
    two.walk_and_enter(Forth, "#availability button").await;
    shows(&one, "document.querySelector('#availability .dot-on')").await;
    shows(&other, &format!("{camila}.matches('button')")).await;
    for browser in [one, two, other] {
        browser.close().await;
    }
    house.close().await;
}

// proves: P39 P40
#[rocket::async_test]
async fn deleting_asks_in_a_dialog_by_keyboard_and_other_open_pages_say_who_did_it() {
    let house = House::demo().await;
    let (owner, id) = house.opened(Reader::default(), recado::demo::OWNER).await;
    let (agent, _) = house.opened(Reader::default(), recado::demo::AGENT).await;
    agent.find("#write").await.send_keys("Bom dia, Rafael").await.expect("typed");
    owner.find("#talk").await.focus().await.expect("in the conversation");
    owner.walk_and_enter(Forth, "#side-menu > summary").await;
    owner.walk_and_enter(Forth, "#side-menu .pop-item").await;
    shows(&owner, "document.querySelector('dialog#delete-conversation[open]')").await;
    shows(&owner, "document.activeElement.matches('[data-close]')").await;
    owner.screenshot("delete-question").await;
    owner.press(ESCAPE).await;
    shows(&owner, "document.activeElement.matches('#side-menu > summary')").await;
    assert_eq!(owner.eval::<u32>(&format!("document.querySelectorAll('#row-{id}').length")).await, 1);
    owner.press(ENTER).await;
    owner.walk_and_enter(Forth, "#side-menu .pop-item").await;
    owner.walk_and_enter(Forth, "#delete-conversation .btn-bad").await;
    shows(&owner, "document.querySelector('#work').dataset.gone").await;
    owner.gone(&format!("#row-{id}")).await;
    shows(&owner, "document.activeElement.matches('#list a.row')").await;
    owner.screenshot("deleted").await;
    shows(&agent, "document.querySelector('#work').textContent.includes('Patrícia Lima apagou em')").await;
    agent.gone(&format!("#row-{id}")).await;
    shows(&agent, "document.querySelector('#kept').value == 'Bom dia, Rafael' && document.activeElement.id == 'kept'")
        .await;
    agent.screenshot("deleted-by-other").await;
    owner.close().await;
    agent.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn putting_off_and_fetching_back_on_a_phone_in_english_and_dark() {
    let reader = Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English };
    let house = House::demo().await;
    let (agent, id) = house.opened(reader, recado::demo::AGENT).await;
    agent.find("#head-snooze").await.click().await.expect("tapped");
    shows(&agent, "document.querySelector('dialog#snooze[open]')").await;
    agent.screenshot("snooze").await;
    agent.assert_fits().await;
    let small =
        "[...document.querySelectorAll('dialog#snooze .btn')].filter(one => one.getBoundingClientRect().height < 43)";
    assert_eq!(agent.eval::<u32>(&format!("{small}.length")).await, 0, "fingers need 44 px");
    agent.find("#snooze-at").await.clear().await.expect("cleared");
    agent.find("#snooze-own .btn-go").await.click().await.expect("tapped");
    shows(&agent, "document.querySelector('#snooze-error')").await;
    agent.screenshot("snooze-refused").await;
    shows(&agent, "document.querySelector('dialog#snooze[open]')").await;
    agent.find("#snooze .offer[value=tomorrow]").await.click().await.expect("tapped");
    shows(&agent, "document.querySelector('#toasts').textContent.includes('comes back tomorrow, 09:00')").await;
    shows(&agent, "document.querySelector('#head-wake')").await;
    agent.screenshot("snoozed").await;
    agent.assert_fits().await;
    agent.goto(&format!("{}/conversations?section=snoozed", house.url)).await;
    shows(&agent, &format!("document.querySelector('#row-{id}').textContent.includes('Back tomorrow, 09:00')")).await;
    agent.screenshot("snoozed-list").await;
    agent.assert_fits().await;
    agent.find(&format!("#row-{id}")).await.click().await.expect("tapped");
    agent.find("#head-wake button").await.click().await.expect("tapped");
    shows(&agent, "document.querySelector('#head-snooze')").await;
    agent.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn a_conversation_is_given_to_a_colleague_by_keyboard() {
    let house = House::demo().await;
    let (agent, _) = house.opened(Reader::default(), recado::demo::OWNER).await;
    agent.find("#talk").await.focus().await.expect("outside the fields");
    agent.chord(Key::Shift, 'A').await;
    shows(&agent, "document.querySelector('#head-assign').open").await;
    agent.chord(Key::Shift, Key::Tab).await;
    agent.press(TAB).await;
    agent.press(DOWN).await;
    shows(&agent, "document.activeElement.matches('#head-people .pop-item')").await;
    agent.screenshot("assign-menu").await;
    let name = agent.eval::<String>("document.activeElement.textContent.slice(-5)").await;
    agent.press(ENTER).await;
    shows(&agent, &format!("document.querySelector('#head-assign summary').textContent.includes({name:?})")).await;
    shows(&agent, "!document.querySelector('#head-assign').open").await;
    shows(&agent, "document.activeElement.matches('#head-assign summary')").await;
    agent.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn a_conversation_is_tagged_and_untagged_by_keyboard() {
    let house = House::demo().await;
    let (agent, id) = house.opened(Reader::default(), recado::demo::AGENT).await;
    agent.find("#talk").await.focus().await.expect("outside the fields");
    agent.press("t").await;
    shows(&agent, "document.activeElement.id == 'tag-name'").await;
    agent.press("Planta nova").await;
    agent.press(ENTER).await;
    shows(&agent, "document.querySelector('#tags-own .tag') && document.querySelector('#tag-name').value == ''").await;
    shows(&agent, "document.activeElement.id == 'tag-name'").await;
    agent.press("Prazo").await;
    agent.press(ENTER).await;
    shows(&agent, "document.querySelectorAll('#tags-own .tag').length >= 2").await;
    agent.screenshot("tags").await;
    agent.press(ESCAPE).await;
    shows(&agent, &format!("document.querySelector('#row-{id}').textContent.includes('Planta nova')")).await;
    shows(&agent, "document.querySelector('#head-title').textContent.includes('Prazo')").await;
    agent.screenshot("tagged").await;
    agent.find("#talk").await.focus().await.expect("outside the fields");
    agent.press("t").await;
    shows(&agent, "document.activeElement.id == 'tag-name'").await;
    agent.chord(Key::Shift, Key::Tab).await;
    agent.press(ENTER).await;
    shows(&agent, "!document.querySelector('#head-title').textContent.includes('Prazo')").await;
    agent.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn after_closing_the_next_row_has_the_focus_so_that_a_list_is_worked_down_by_two_keys() {
    let house = House::demo().await;
    let (agent, first) = house.opened(Reader::default(), recado::demo::AGENT).await;
    let second = agent.eval::<String>("document.querySelectorAll('#list a.row')[1].id").await;
    agent.find("#talk").await.focus().await.expect("outside the fields");
    agent.press("e").await;
    shows(&agent, &format!("document.activeElement.id == '{second}'")).await;
    agent.gone(&format!("#row-{first}")).await;
    agent.screenshot("next").await;
    agent.press(ENTER).await;
    shows(&agent, &format!("'row-' + document.querySelector('#work').dataset.conversation == '{second}'")).await;
    agent.press("e").await;
    agent.gone(&format!("#{second}")).await;
    shows(&agent, "document.activeElement.matches('#list a.row')").await;
    agent.eval::<Option<bool>>("[...document.querySelectorAll('#toasts button')].pop().focus()").await;
    agent.press(ENTER).await;
    shows(&agent, &format!("document.querySelector('#{second}')")).await;
    agent.close().await;
    house.close().await;
}
#[rocket::async_test]
async fn after_closing_on_a_phone_the_next_conversation_is_a_tap_away() {
    let house = House::demo().await;
    let reader = Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English };
    let (agent, first) = house.opened(reader, recado::demo::AGENT).await;
    let row = "document.querySelectorAll('#list a.row')[1]";
    let second = agent.eval::<String>(&format!("{row}.id")).await;
    let name = agent.eval::<String>(&format!("{row}.querySelector('.who').textContent")).await;
    agent.find("#head-close button.only-narrow").await.click().await.expect("closed");
    agent.gone(&format!("#row-{first}")).await;
    shows(&agent, &format!("document.querySelector('#next').innerText.trim() == 'Next: {name}'")).await;
    agent.screenshot("next-phone").await;
    agent.find("#next a").await.click().await.expect("opened");
    shows(&agent, &format!("'row-' + document.querySelector('#work').dataset.conversation == '{second}'")).await;
    shows(&agent, "document.querySelector('#next').hidden").await;
    agent.find("#head-close button.only-narrow").await.click().await.expect("closed");
    shows(&agent, "!document.querySelector('#next').hidden").await;
    shows(&agent, "!document.querySelector('#head-close').matches('[data-leaves]')").await;
    agent.find("#head-close button.only-narrow").await.click().await.expect("open again");
    shows(&agent, "document.querySelector('#next').hidden").await;
    agent.close().await;
    house.close().await;
}
