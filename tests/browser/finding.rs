//! Finding and changing many, in open browsers: a filter by keyboard with its chips on a phone, all that match closed with
//! progress and taken back, the palette.

use recado::channels::email::Intake;
use thirtyfour::Key;

use crate::hands::Way::Forth;
use crate::house::{House, shows};
use crate::support::{Browser, DOWN, ENTER, ESCAPE, Language, Reader, Scheme, Size};

/// The number beside the filter of the test.
const NUMBER: &str = "Number([...document.querySelectorAll('.saved a')].find(one => one.textContent.includes('Sem resposta')).querySelector('b').textContent)";

async fn in_list(house: &House, reader: Reader) -> Browser {
    let browser = Browser::open(reader).await;
    house.sign_in(&browser, recado::demo::OWNER).await;
    browser.goto(&format!("{}/conversations?section=unassigned", house.url)).await;
    shows(&browser, "document.body.dataset.connected == 'yes'").await;
    browser
}

#[rocket::async_test]
async fn a_filter_is_set_by_keyboard_and_taken_off_by_its_chips_on_a_phone() {
    let house = House::demo().await;
    let reader = Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English };
    let browser = in_list(&house, reader).await;
    browser.walk_and_enter(Forth, "#filter-open").await;
    shows(&browser, "document.querySelector('dialog#filter[open]') && document.activeElement.id == 'filter-words'")
        .await;
    browser.screenshot("filter").await;
    browser.assert_fits().await;
    browser.press(ESCAPE).await;
    shows(&browser, "document.activeElement.id == 'filter-open'").await;
    browser.press(ENTER).await;
    shows(&browser, "document.activeElement.id == 'filter-words'").await;
    browser.walk_and_enter(Forth, "#filter-within > summary").await;
    for part in ["open", "snoozed", "closed"] {
        browser.walk(Forth, &format!("#filter-within [value={part}]")).await;
        browser.press(" ").await;
    }
    let said = browser.text("#filter-within summary .grow").await;
    assert_eq!(said, "All open ones or For later or Closed", "it follows the boxes");
    let sideways = "[...document.querySelectorAll('#filter, #filter *')].some(one => one.scrollWidth > one.clientWidth \
                    && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX))";
    assert!(!browser.eval::<bool>(sideways).await, "nothing in it goes sideways");
    browser.screenshot("filter-several").await;
    browser.assert_fits().await;
    browser.walk(Forth, "#filter-waiting").await;
    browser.press("Unanswered").await;
    browser.walk_and_enter(Forth, "#filter-form .btn-go").await;
    shows(&browser, "document.querySelectorAll('.chip').length == 2").await;
    assert_eq!(
        browser.eval::<String>("location.search").await,
        "?section=unassigned&within=open&within=snoozed&within=closed&waiting=yes",
        "nothing empty stands in the address"
    );
    browser.screenshot("filter-chips").await;
    browser.assert_fits().await;
    let all = browser.eval::<u32>("document.querySelectorAll('#list a.row').length").await;
    assert!(all > 0);
    browser.walk_and_enter(Forth, ".chip").await;
    shows(&browser, "location.search == '?section=unassigned&waiting=yes'").await;
    let fewer = browser.eval::<u32>("document.querySelectorAll('#list a.row').length").await;
    assert!(fewer <= all, "{fewer} of {all}");
    browser.eval::<Option<bool>>("history.back()").await;
    shows(&browser, "document.querySelectorAll('.chip').length == 2").await;
    browser.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn a_filter_is_saved_from_its_list_and_its_number_is_live() {
    let house = House::demo().await;
    let browser = in_list(&house, Reader::default()).await;
    browser.goto(&format!("{}/conversations?section=unassigned&waiting=yes", house.url)).await;
    browser.walk_and_enter(Forth, "#filter-save > summary").await;
    browser.walk(Forth, "#filter-name").await;
    browser.press("Sem resposta").await;
    browser.screenshot("filter-save").await;
    browser.press(ENTER).await;
    shows(&browser, "document.querySelector('.saved a[aria-current]').textContent.includes('Sem resposta')").await;
    shows(&browser, "document.querySelectorAll('.saved b').length >= 3").await;
    let before = browser.eval::<u32>(NUMBER).await;
    assert!(before > 0);
    browser.screenshot("filter-saved").await;
    browser.goto(&format!("{}/account/filters", house.url)).await;
    browser.screenshot("filters").await;
    browser.assert_fits().await;
    browser.goto(&format!("{}/conversations?section=unassigned", house.url)).await;
    browser.find("#list a.row").await.click().await.expect("opened");
    shows(&browser, "document.querySelector('#work').dataset.conversation").await;
    browser.find("#talk").await.focus().await.expect("outside the fields");
    browser.press("e").await;
    shows(&browser, &format!("document.querySelectorAll('.saved b').length >= 3 && {NUMBER} < {before}")).await;
    browser.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn all_that_match_are_closed_with_progress_and_come_back() {
    let house = House::demo().await;
    let add = house.app.db.write(|tx| {
        Ok(tx.execute_batch(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)
             INSERT INTO conversation (inbox_id, contact_id, state, last_activity_at, created_at, subject)
             SELECT (SELECT min(id) FROM inbox), (SELECT min(id) FROM contact), 'open', i, 1, 'Velha ' || i FROM n",
        )?)
    });
    add.await.expect("many conversations");
    let browser = in_list(&house, Reader::default()).await;
    browser.find("#list a.row").await.focus().await.expect("in the list");
    browser.press("x").await;
    shows(&browser, "document.querySelectorAll('#list .pick:checked').length == 1").await;
    shows(&browser, "document.activeElement.matches('a.row')").await;
    browser.press("j").await;
    browser.press("j").await;
    browser.chord(Key::Shift, 'X').await;
    shows(&browser, "document.querySelectorAll('#list .pick:checked').length == 3").await;
    assert!(browser.text("#bulk-count").await.contains("3 escolhidas"));
    browser.screenshot("picking").await;
    browser.walk(Forth, "#bulk-all").await;
    browser.press(" ").await;
    shows(&browser, "document.querySelector('#bulk-count').textContent.includes('99+')").await;
    browser.walk(Forth, "#bulk-action").await;
    browser.press("Encerrar").await;
    // However quick it is, it was drawn.
    browser
        .eval::<Option<bool>>(
            "void new MutationObserver(() => { window.drawn ||= Boolean(document.querySelector('#bulk-told progress')) }) \
             .observe(document.body, { childList: true, subtree: true })",
        )
        .await;
    browser.walk_and_enter(Forth, "#bulk .btn-go").await;
    shows(&browser, "window.drawn").await;
    browser.screenshot("bulk-progress").await;
    shows(&browser, "document.querySelector('#bulk-undo')").await;
    assert!(browser.text("#bulk-told").await.contains("conversas mudaram"));
    browser.gone("#list a.row").await;
    browser.screenshot("bulk-done").await;
    let open = "fetch('/conversations/list?section=unassigned').then(a => a.text()).then(t => { window.counted = t.split('id=\"row-').length - 1 })";
    browser.eval::<Option<bool>>(&format!("void {open}")).await;
    shows(&browser, "window.counted === 0").await;
    shows(&browser, "document.querySelectorAll('#list .pick:checked').length == 0").await;
    browser.walk_and_enter(Forth, "#bulk-undo button").await;
    shows(&browser, "document.querySelector('#bulk-told').textContent.includes('voltaram a como estavam')").await;
    browser.screenshot("bulk-undone").await;
    browser.eval::<Option<bool>>(&format!("void {open}")).await;
    shows(&browser, "window.counted === 50").await;
    browser.eval::<Option<bool>>("document.activeElement.blur()").await;
    browser.press(ESCAPE).await;
    browser.gone("#bulk").await;
    browser.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn the_palette_goes_to_places_conversations_and_actions_by_name() {
    let house = House::demo().await;
    let browser = in_list(&house, Reader::default()).await;
    browser.chord(Key::Control, 'k').await;
    shows(&browser, "document.activeElement.id == 'palette-field'").await;
    shows(&browser, "document.querySelectorAll('#palette [role=option]').length > 5").await;
    browser.screenshot("palette").await;
    browser.press("assinat").await;
    shows(&browser, "document.querySelector('#palette [aria-selected=true]').textContent.includes('Assinatura')").await;
    shows(&browser, "document.activeElement.getAttribute('aria-activedescendant') == document.querySelector('#palette [aria-selected=true]').id").await;
    browser.press(ENTER).await;
    shows(&browser, "location.pathname == '/account/signature'").await;

    browser.goto(&format!("{}/conversations?section=unassigned", house.url)).await;
    browser.find("#list a.row").await.click().await.expect("opened");
    shows(&browser, "document.querySelector('#work').dataset.conversation").await;
    let id = browser.eval::<String>("document.querySelector('#work').dataset.conversation").await;
    browser.find("#write").await.focus().await.expect("in a field");
    browser.press("Olá").await;
    browser.chord(Key::Control, 'k').await;
    shows(&browser, "document.activeElement.id == 'palette-field'").await;
    browser.press(ESCAPE).await;
    shows(&browser, "document.activeElement.id == 'write' && document.activeElement.value == 'Olá'").await;
    browser.chord(Key::Control, 'k').await;
    shows(&browser, "document.activeElement.id == 'palette-field'").await;
    browser.press("encerrar").await;
    shows(&browser, "document.querySelector('#palette [aria-selected=true]').textContent.includes('Esta conversa')")
        .await;
    browser.press(DOWN).await;
    browser.press("\u{e013}").await;
    browser.press(ENTER).await;
    browser.gone(&format!("#row-{id}")).await;
    shows(&browser, "document.querySelector('#head').textContent.includes('Reabrir')").await;
    browser.close().await;
    house.close().await;
}

/// One more mail of the same talk.
async fn ivo_writes(house: &House, number: usize, text: &str) {
    let recado::App { db, keys, .. } = &house.app;
    let inboxes = db.read(recado::inboxes::store::all).await.expect("inboxes");
    let inbox = inboxes.iter().find(|inbox| inbox.channel == "email").expect("one for mail");
    let intake = Intake { db: db.clone(), keys: keys.clone(), max_bytes: 1 << 20 };
    let raw = format!(
        "Message-ID: <longa-{number}@x>\r\nIn-Reply-To: <longa-0@x>\r\nFrom: Ivo <ivo@longa.example>\r\nSubject: Portas\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    );
    intake.receive(inbox, raw.into_bytes()).await.expect("every mail is taken");
}

#[rocket::async_test]
async fn a_search_shows_what_it_found_and_opens_there_however_far_back() {
    let house = House::demo().await;
    for number in 0..60 {
        let text = if number == 1 { "A cor das portas é azul petróleo, como combinado." } else { "Mais um recado." };
        ivo_writes(&house, number, text).await;
    }
    let reader = Reader { size: Size::Desk, scheme: Scheme::Light, language: Language::Portuguese };
    let browser = in_list(&house, reader).await;
    browser.press("/").await;
    browser.press("petroleo").await;
    browser.press(ENTER).await;
    shows(&browser, "document.querySelector('#list .row mark')?.textContent == 'petróleo'").await;
    browser.screenshot("search-found").await;
    browser.walk_and_enter(Forth, "#list .row").await;
    let in_view = "(() => { const found = document.getElementById(document.querySelector('#timeline')?.dataset.at);
        const talk = document.querySelector('#talk')?.getBoundingClientRect(), rect = found?.getBoundingClientRect();
        return !!found && found.textContent.includes('petróleo') && rect.top >= talk.top && rect.bottom <= talk.bottom; })()";
    shows(&browser, in_view).await;
    browser.screenshot("search-opened").await;
    let top = "Math.round(document.querySelector('#timeline').querySelectorAll('.msg')[0].getBoundingClientRect().top)";
    let before = browser.eval::<i64>(top).await;
    // What comes in below moves nothing and is counted.
    ivo_writes(&house, 99, "Está aí?").await;
    shows(&browser, "document.querySelector('#below').hidden == false").await;
    assert_eq!(browser.eval::<i64>(top).await, before, "the page stands still");
    browser.close().await;
    house.close().await;
}
