//! Writing in open browsers: taken back by keyboard, a draft in two browsers, the limit in sight, who else is there.

use thirtyfour::Key;

use crate::hands::Way::Forth;
use crate::house::{House, shows};
use crate::support::{Browser, ENTER, ESCAPE, Language, Reader, Scheme, Size};

const VALUE: &str = "document.querySelector('#write').value";

// proves: R30 R31
#[rocket::async_test]
async fn an_answer_is_taken_back_by_keyboard_and_sent_again() {
    let house = House::demo().await;
    house.undo_on().await;
    for reader in [Reader::default(), Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English }] {
        // What one has taken back is a draft of theirs, in every browser.
        let who = if reader.size == Size::Desk { recado::demo::AGENT } else { recado::demo::OWNER };
        let (agent, _) = house.opened(reader, who).await;
        agent.find("#write").await.focus().await.expect("a field");
        agent.press("Bom dia").await;
        agent.chord(Key::Shift, Key::Enter).await;
        agent.press("Custa 100 reais.").await;
        assert_eq!(agent.eval::<String>(VALUE).await, "Bom dia\nCusta 100 reais.");
        if reader.size == Size::Desk {
            agent.press(ENTER).await;
        } else {
            agent.walk_and_enter(Forth, ".for-reply[data-send]").await;
        }
        shows(&agent, "document.querySelector('.msg-waiting')").await;
        assert_eq!(agent.eval::<String>(VALUE).await, "");
        agent.screenshot("answer-waits").await;
        agent.assert_fits().await;
        agent.find("#write").await.focus().await.expect("a field");
        agent.press(ESCAPE).await;
        agent.press("z").await;
        shows(&agent, "!document.querySelector('.msg-waiting')").await;
        shows(&agent, &format!("{VALUE} == 'Bom dia\\nCusta 100 reais.'")).await;
        agent.screenshot("taken-back").await;
        agent.assert_fits().await;
        agent.close().await;
    }
    house.close().await;
}

#[rocket::async_test]
async fn an_answer_for_tomorrow_is_chosen_and_stands_there() {
    let house = House::demo().await;
    let (agent, _) = house.opened(Reader::default(), recado::demo::AGENT).await;
    agent.find("#write").await.send_keys("Até amanhã").await.expect("typed");
    agent.find("#later summary").await.click().await.expect("a menu");
    agent.screenshot("send-later").await;
    agent.assert_fits().await;
    agent.find("#later [value=tomorrow]").await.click().await.expect("a choice");
    shows(&agent, "document.querySelector('.msg-waiting').textContent.includes('09:00')").await;
    agent.screenshot("scheduled").await;
    agent.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn a_draft_goes_on_in_another_browser_and_two_windows_lose_nothing() {
    let house = House::demo().await;
    let (first, id) = house.opened(Reader::default(), recado::demo::AGENT).await;
    let second = Browser::open(Reader::default()).await;
    house.sign_in(&second, recado::demo::AGENT).await;
    let path = format!("{}/conversations/{id}", house.url);
    second.goto(&path).await;
    first.find("#write").await.send_keys("Bom dia, aqui").await.expect("typed");
    shows(&first, "document.querySelector('[data-saved]')").await;
    shows(&first, "document.querySelector('#list [aria-current] .row-draft')").await;
    first.screenshot("draft-saved").await;
    // The second window was open before and knows nothing of it.
    second.find("#write").await.send_keys("Outro começo").await.expect("typed");
    shows(&second, "document.querySelector('[data-aside]')").await;
    second.screenshot("draft-aside").await;
    second.assert_fits().await;
    second.find("[data-take]").await.click().await.expect("a button");
    shows(&second, &format!("{VALUE} == 'Outro começo\\n\\nBom dia, aqui'")).await;
    shows(&second, "!document.querySelector('[data-aside]')").await;
    // A fresh page has what was kept last, and the list says so.
    second.goto(&path).await;
    shows(&second, &format!("{VALUE} == 'Outro começo\\n\\nBom dia, aqui'")).await;
    shows(&second, "document.querySelector('.row-draft')").await;
    second.screenshot("draft-in-the-list").await;
    first.close().await;
    second.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn the_limit_of_a_channel_is_in_sight_and_keeps_the_text() {
    let house = House::demo().await;
    let limit = "UPDATE inbox SET capabilities = json_set(capabilities, '$.text_limit', 50, '$.unit', 'bytes')";
    house.app.db.write(move |tx| Ok(tx.execute(limit, [])?)).await.expect("a limit");
    let (agent, _) = house.opened(Reader::default(), recado::demo::AGENT).await;
    let sent = "document.querySelectorAll('#timeline .msg-out').length";
    let before = agent.eval::<u32>(sent).await;
    let over = "é".repeat(26);
    agent.find("#write").await.send_keys(&over).await.expect("typed");
    shows(&agent, "document.querySelector('[data-counter]').textContent.includes('52')").await;
    agent.press(ENTER).await;
    shows(&agent, "!document.querySelector('[data-over]').hidden").await;
    agent.screenshot("over-the-limit").await;
    agent.assert_fits().await;
    assert_eq!(agent.eval::<String>(VALUE).await, over);
    assert_eq!(agent.eval::<u32>(sent).await, before);
    agent.press("\u{e003}").await;
    agent.press(ENTER).await;
    shows(&agent, &format!("{sent} == {}", before + 1)).await;
    agent.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn somebody_else_is_seen_looking_and_writing_and_what_came_meanwhile_is_told() {
    let house = House::demo().await;
    let (agent, id) = house.opened(Reader::default(), recado::demo::AGENT).await;
    let other = Browser::open(Reader { language: Language::English, ..Reader::default() }).await;
    house.sign_in(&other, recado::demo::OWNER).await;
    other.goto(&format!("{}/conversations/{id}", house.url)).await;
    shows(&agent, "document.querySelector('#presence').textContent.includes('vendo')").await;
    shows(&other, "document.querySelector('#presence').textContent.includes('looking')").await;
    other.find("#write").await.send_keys("I am on it").await.expect("typed");
    shows(&agent, "document.querySelector('#presence').textContent.includes('escrevendo')").await;
    agent.screenshot("somebody-writes").await;
    agent.assert_fits().await;
    agent.find("#write").await.send_keys("Já respondo.").await.expect("typed");
    agent.press(ENTER).await;
    shows(&other, "document.querySelector('#passed').textContent.includes('1 new message')").await;
    other.screenshot("passed").await;
    other.assert_fits().await;
    assert_eq!(other.eval::<String>(VALUE).await, "I am on it");
    other.click("#passed a").await;
    shows(&other, "!document.querySelector('#passed a') && document.activeElement.id == 'write'").await;
    assert!(!other.eval::<bool>("document.querySelector('#main').scrollTop > 0").await, "the page stays where it is");
    agent.find("#write").await.send_keys("Falamos amanhã.").await.expect("typed");
    agent.press(ENTER).await;
    shows(&other, "document.querySelector('#passed').textContent.includes('1 new message')").await;
    other.goto(&format!("{}/settings", house.url)).await;
    shows(&agent, "!document.querySelector('#presence').textContent.includes('Patrícia')").await;
    agent.close().await;
    other.close().await;
    house.close().await;
}

/// Browsers fill in on the way back what was typed before; a note must not stand in the answer then.
#[rocket::async_test]
async fn a_note_is_no_answer_after_the_way_back() {
    let house = House::demo().await;
    let (agent, id) = house.opened(Reader::default(), recado::demo::AGENT).await;
    agent.goto(&format!("{}/conversations/{id}", house.url)).await;
    shows(&agent, "document.body.dataset.connected == 'yes'").await;
    agent.find("#talk").await.focus().await.expect("outside the fields");
    agent.press("n").await;
    agent.press("A margem é de 40%").await;
    agent.press(ESCAPE).await;
    agent.press("gs").await;
    shows(&agent, "!document.querySelector('#talk')").await;
    agent.driver.back().await.expect("back");
    shows(&agent, "document.body.dataset.connected == 'yes' && document.querySelector('#kind-reply')").await;
    agent.find("#talk").await.focus().await.expect("outside the fields");
    agent.press("r").await;
    shows(&agent, "document.activeElement.id == 'write' && document.querySelector('#kind-reply').checked").await;
    assert_eq!(agent.eval::<String>(VALUE).await, "");
    agent.press(ESCAPE).await;
    agent.press("n").await;
    shows(&agent, "document.querySelector('#kind-note').checked").await;
    assert_eq!(agent.eval::<String>(VALUE).await, "A margem é de 40%", "the note is where it was");
    agent.close().await;
    house.close().await;
}

// proves: R34
#[rocket::async_test]
async fn a_new_conversation_begins_by_key_on_a_page_that_fits() {
    let house = House::demo().await;
    for reader in [Reader::default(), Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English }] {
        let agent = Browser::open(reader).await;
        house.sign_in(&agent, recado::demo::OWNER).await;
        agent.press("c").await;
        agent.find("#begin-q").await;
        agent.assert_fits().await;
        agent.walk(Forth, "#to").await;
        agent.press("rita@prado.example").await;
        agent.walk(Forth, "#subject").await;
        agent.press("Sua visita").await;
        agent.walk(Forth, "#text").await;
        agent.press("Podemos na terça?").await;
        agent.screenshot("new-conversation").await;
        agent.walk_and_enter(Forth, "main .btn-go").await;
        shows(&agent, "document.querySelector('#timeline .msg-out')").await;
        agent.screenshot("begun").await;
        agent.close().await;
    }
    house.close().await;
}
