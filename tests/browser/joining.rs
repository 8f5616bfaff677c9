//! Moving, merging and splitting in open browsers.

use crate::hands::Way::Forth;
use crate::house::{House, shows};
use crate::support::{Browser, ENTER, Language, Reader, Scheme, Size};

/// Signs in and opens a conversation.
async fn opened(house: &House, reader: Reader, email: &str, id: i64) -> Browser {
    let browser = Browser::open(reader).await;
    house.sign_in(&browser, email).await;
    browser.goto(&format!("{}/conversations/{id}", house.url)).await;
    shows(&browser, "document.body.dataset.connected == 'yes'").await;
    browser
}

async fn number(house: &House, sql: &'static str) -> i64 {
    let read = house.app.db.read(move |connection| Ok(connection.query_row(sql, [], |row| row.get(0))?));
    read.await.expect("a number")
}

/// The oldest and the newest conversation of the first inbox that go on.
async fn two(house: &House) -> [i64; 2] {
    let oldest = "SELECT min(id) FROM conversation WHERE state = 'open' AND inbox_id = 1";
    let newest = "SELECT max(id) FROM conversation WHERE state = 'open' AND inbox_id = 1";
    [number(house, oldest).await, number(house, newest).await]
}

#[rocket::async_test]
async fn merging_by_keyboard_shows_at_once_to_who_reads_either_and_is_undone() {
    let house = House::demo().await;
    let [one, two] = two(&house).await;
    let owner = opened(&house, Reader::default(), recado::demo::OWNER, two).await;
    let of_one = opened(&house, Reader::default(), recado::demo::AGENT, one).await;
    let of_two = opened(&house, Reader::default(), recado::demo::AGENT, two).await;
    let messages = "document.querySelectorAll('#talk .msg').length";
    let [in_one, in_two] = [of_one.eval::<u32>(messages).await, of_two.eval::<u32>(messages).await];
    of_one.fill("#write", "Bom dia, um momento").await;
    owner.find("#talk").await.focus().await.expect("in the conversation");
    owner.walk_and_enter(Forth, "#head-more > summary").await;
    owner.walk_and_enter(Forth, "#head-merge").await;
    shows(&owner, "document.querySelector('dialog#joining[open]') && document.activeElement.id == 'merge-q'").await;
    owner.screenshot("merge-choose").await;
    owner.press(one.to_string()).await;
    owner.press(ENTER).await;
    owner.find(&format!("#pick-{one}")).await;
    owner.screenshot("merge-found").await;
    owner.walk_and_enter(Forth, &format!("#pick-{one}")).await;
    shows(&owner, "document.querySelector('#merge [name=stays]:checked') == document.activeElement").await;
    owner.screenshot("merge-look").await;
    owner.walk_and_enter(Forth, "#merge .btn-go").await;
    shows(&owner, "document.querySelector('[id^=undo-merger]')").await;
    owner.screenshot("merged").await;
    // Who reads the one that stays sees all of it without doing anything; who reads the other is led there.
    shows(&of_two, &format!("{messages} == {}", in_one + in_two)).await;
    shows(&of_one, "document.querySelector('#work').dataset.gone").await;
    shows(&of_one, "document.querySelector('#kept').value == 'Bom dia, um momento'").await;
    of_one.screenshot("merged-away").await;
    of_one.click(&format!("#work a[href='/conversations/{two}']")).await;
    shows(&of_one, &format!("{messages} == {}", in_one + in_two)).await;
    shows(&of_one, "document.querySelector('#write').value.includes('Bom dia, um momento')").await;
    owner.gone(&format!("#row-{one}")).await;
    owner.find("#talk").await.focus().await.expect("in the conversation");
    owner.click("[id^=undo-merger] button").await;
    shows(&of_two, &format!("{messages} == {in_two}")).await;
    // The text is back where it was begun; here it would go to somebody else.
    shows(&of_one, "document.querySelector('#write').value == ''").await;
    shows(&owner, &format!("{messages} == {in_two}")).await;
    owner.gone("[id^=undo-merger]").await;
    owner.screenshot("merge-undone").await;
    for browser in [owner, of_one, of_two] {
        browser.close().await;
    }
    house.close().await;
}

#[rocket::async_test]
async fn splitting_leads_to_the_new_conversation_and_the_messages_leave_the_other() {
    let house = House::demo().await;
    let sql = "SELECT conversation_id FROM message m JOIN conversation c ON c.id = m.conversation_id
                WHERE c.inbox_id = 1 AND c.spam = 0 AND m.kind != 'note'
                GROUP BY 1 HAVING count(*) BETWEEN 3 AND 8 ORDER BY 1 LIMIT 1";
    let id = number(&house, sql).await;
    let owner = opened(&house, Reader::default(), recado::demo::OWNER, id).await;
    let agent = opened(&house, Reader::default(), recado::demo::AGENT, id).await;
    let mails = "document.querySelectorAll('#timeline .mail').length";
    let before = owner.eval::<u32>(mails).await;
    let last = owner.eval::<String>("[...document.querySelectorAll('#timeline .mail')].pop().id.split('-')[1]").await;
    owner.find("#talk").await.focus().await.expect("in the conversation");
    owner.walk_and_enter(Forth, &format!("#menu-{last} > summary")).await;
    owner.screenshot("split-menu").await;
    owner.walk_and_enter(Forth, &format!("#split-{last}")).await;
    shows(&owner, "document.querySelector('dialog#joining[open]') && document.activeElement.value == 'one'").await;
    owner.screenshot("split-question").await;
    owner.press(ENTER).await;
    shows(&owner, &format!("document.querySelector('#work')?.dataset.conversation > {id}")).await;
    shows(&owner, &format!("{mails} == 1 && document.querySelector('#message-{last}')")).await;
    owner.screenshot("split-new").await;
    shows(&agent, &format!("{mails} == {}", before - 1)).await;
    agent.gone(&format!("#message-{last}")).await;
    agent.screenshot("split-old").await;
    owner.close().await;
    agent.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn moving_on_a_phone_in_english_and_dark() {
    let reader = Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English };
    let house = House::demo().await;
    let [id, _] = two(&house).await;
    let owner = opened(&house, reader, recado::demo::OWNER, id).await;
    let agent = opened(&house, Reader::default(), recado::demo::AGENT, id).await;
    owner.click("#head-side").await;
    owner.click("#side-move").await;
    shows(&owner, "document.querySelector('dialog#joining[open]')").await;
    owner.screenshot("move").await;
    owner.assert_fits().await;
    let small =
        "[...document.querySelectorAll('dialog#joining .btn')].filter(one => one.getBoundingClientRect().height < 43)";
    assert_eq!(owner.eval::<u32>(&format!("{small}.length")).await, 0, "fingers need 44 px");
    // The second inbox is read by chosen people, and Camila is none of them.
    owner.click("#move-2 .offer").await;
    shows(&owner, "document.querySelector('#toasts').textContent.includes('Conversation moved')").await;
    owner.screenshot("moved").await;
    shows(&agent, "document.querySelector('#work').textContent.includes('Patrícia Lima moveu em')").await;
    agent.gone(&format!("#row-{id}")).await;
    agent.screenshot("moved-away").await;
    owner.close().await;
    agent.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn whom_somebody_took_out_of_an_answer_stays_out_when_a_colleague_merges() {
    let house = House::demo().await;
    let [one, two] = two(&house).await;
    let owner = opened(&house, Reader::default(), recado::demo::OWNER, two).await;
    let agent = opened(&house, Reader::default(), recado::demo::AGENT, two).await;
    agent.click("#audience > summary").await;
    agent.find("#add-cc").await.send_keys("renata@obra.example").await.expect("typed");
    agent.find("#write").await.send_keys("Bom dia").await.expect("typed");
    shows(&agent, "document.querySelector('[data-saved]')").await;
    let messages = "document.querySelectorAll('#talk .msg').length";
    let before = agent.eval::<u32>(messages).await;
    let count = "void (() => { const real = window.fetch; window.asked = 0;
        window.fetch = (...all) => { if (String(all[0]).includes('/composer')) window.asked += 1; return real(...all); }; })()";
    agent.eval::<Option<bool>>(count).await;
    let merge = format!(
        "fetch('/conversations/{two}/merger', {{ method: 'POST', headers: recado.headers(),
            body: new URLSearchParams({{ other: '{one}', stays: '{two}' }}) }}) && null"
    );
    owner.eval::<Option<bool>>(&merge).await;
    shows(&agent, &format!("{messages} > {before}")).await;
    assert_eq!(agent.eval::<u32>("window.asked").await, 0, "no other box was asked for");
    assert_eq!(agent.eval::<String>("document.querySelector('#write').value").await, "Bom dia");
    assert_eq!(agent.eval::<String>("document.querySelector('#add-cc').value").await, "renata@obra.example");
    assert!(agent.eval::<bool>("document.querySelector('#audience').open").await);
    owner.close().await;
    agent.close().await;
    house.close().await;
}
