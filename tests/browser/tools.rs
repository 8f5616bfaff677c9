//! Tools of the answer box in open browsers: a mention, a saved reply by its code, a macro.

use crate::hands::Way::Forth;
use crate::house::{House, shows};
use crate::support::{Browser, DOWN, ENTER, ESCAPE, Language, Reader, Scheme, Size};

/// A saved reply of the owner's, with a file.
async fn prepare(house: &House) {
    let made = house.app.db.write(|tx| {
        let owner: i64 = tx.query_row("SELECT id FROM user WHERE role = 'owner'", [], |row| row.get(0))?;
        tx.execute(
            "INSERT INTO saved_reply (owner_id, code, title, text, created_at, updated_at)
             VALUES (NULL, 'prazo', 'Prazo de entrega', 'Oi {{contact.first_name|tudo bem}}, o prazo é de 10 dias.', 0, 0)",
            [],
        )?;
        let reply = tx.last_insert_rowid();
        let blob = recado::blobs::store_in(tx, "10 dias".as_bytes())?;
        tx.execute(
            "INSERT INTO saved_reply_file (key, reply_id, blob_id, name, mime) VALUES ('k', ?1, ?2, 'prazo.txt', 'text/plain')",
            [reply, blob.id],
        )?;
        tx.execute(
            "INSERT INTO macro (owner_id, name, refusal, created_at, updated_at) VALUES (?1, 'Passar e fechar', 'go_on', 0, 0)",
            [owner],
        )?;
        let one = tx.last_insert_rowid();
        for (position, (kind, value)) in [("tag", "Prazo"), ("assign", "999"), ("close", "")].into_iter().enumerate() {
            tx.execute(
                "INSERT INTO macro_step (macro_id, position, kind, value) VALUES (?1, ?2, ?3, ?4)",
                rusqlite::params![one, position, kind, value],
            )?;
        }
        Ok(())
    });
    made.await.expect("it is prepared");
}

// proves: M22
#[rocket::async_test]
async fn somebody_named_by_keyboard_sees_it_at_once_under_mentions() {
    let house = House::demo().await;
    let (owner, id) = house.opened(Reader::default(), recado::demo::OWNER).await;
    let agent = Browser::open(Reader::default()).await;
    house.sign_in(&agent, recado::demo::AGENT).await;
    let count = "Number(document.querySelector('#section-mentioned b')?.textContent || 0)";
    let before = agent.eval::<u32>(count).await;
    owner.find("#talk").await.focus().await.expect("outside the fields");
    owner.press("n").await;
    owner.press("Veja isso, @cam").await;
    shows(&owner, "document.querySelector('#suggest:not([hidden]) [aria-selected=true]')").await;
    owner.screenshot("mention-list").await;
    owner.press(ENTER).await;
    shows(&owner, "document.querySelector('#write').value == 'Veja isso, @Camila Rocha '").await;
    shows(&owner, "document.querySelector('#suggest').hidden").await;
    owner.press("por favor").await;
    owner.press(ENTER).await;
    shows(&owner, "document.querySelector('#timeline .mention')").await;
    owner.screenshot("mention-kept").await;
    shows(&agent, &format!("{count} == {before} + 1")).await;
    agent.find("#section-mentioned").await.click().await.expect("opened");
    agent.find(&format!("#row-{id}")).await.click().await.expect("opened");
    shows(&agent, "document.querySelector('#timeline .mention')").await;
    shows(&agent, &format!("{count} == {before}")).await;
    agent.screenshot("mention-read").await;
    owner.close().await;
    agent.close().await;
    house.close().await;
}

// proves: M27
#[rocket::async_test]
async fn a_code_is_found_and_written_by_keyboard_with_its_file_and_nothing_is_sent() {
    let house = House::demo().await;
    prepare(&house).await;
    let (agent, _) = house.opened(Reader::default(), recado::demo::AGENT).await;
    let before = agent.eval::<u32>("document.querySelectorAll('#timeline .msg').length").await;
    agent.find("#talk").await.focus().await.expect("outside the fields");
    agent.press("r").await;
    agent.press("/pra").await;
    shows(&agent, "document.querySelector('#suggest:not([hidden]) [aria-selected=true]')").await;
    agent.press(ESCAPE).await;
    shows(&agent, "document.querySelector('#suggest').hidden && document.activeElement.id == 'write'").await;
    agent.eval::<Option<bool>>("document.querySelector('#write').select()").await;
    agent.press("/pra").await;
    shows(&agent, "document.querySelector('#suggest:not([hidden]) [aria-selected=true]')").await;
    agent.press(DOWN).await;
    agent.screenshot("reply-list").await;
    agent.press(ENTER).await;
    shows(&agent, "document.querySelector('#write').value.endsWith('o prazo é de 10 dias.')").await;
    shows(&agent, "document.querySelector('[data-chips]').textContent.includes('prazo.txt')").await;
    assert!(!agent.eval::<bool>("document.querySelector('#write').value.includes('{{')").await);
    agent.screenshot("reply-written").await;
    assert_eq!(agent.eval::<u32>("document.querySelectorAll('#timeline .msg').length").await, before);
    agent.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn saved_replies_open_by_a_button_on_a_phone_in_english_and_dark() {
    let house = House::demo().await;
    prepare(&house).await;
    let reader = Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English };
    let (agent, _) = house.opened(reader, recado::demo::AGENT).await;
    agent.find("[data-sign='/']").await.click().await.expect("tapped");
    shows(&agent, "document.querySelector('#suggest:not([hidden]) [role=option]')").await;
    agent.press(ESCAPE).await;
    shows(&agent, "document.querySelector('#write').value == ''").await;
    agent.find("[data-sign='/']").await.click().await.expect("tapped");
    shows(&agent, "document.querySelector('#suggest:not([hidden]) [role=option]')").await;
    agent.screenshot("reply-list").await;
    agent.assert_fits().await;
    agent.find("#suggest [data-text*='10 dias']").await.click().await.expect("tapped");
    shows(&agent, "document.querySelector('#write').value.includes('10 dias')").await;
    agent.assert_fits().await;
    agent.goto(&format!("{}/settings/replies/new", house.url)).await;
    agent.screenshot("reply-form").await;
    agent.assert_fits().await;
    agent.close().await;
    house.close().await;
}

// proves: M25
#[rocket::async_test]
async fn a_macro_is_looked_at_and_run_by_keyboard_with_a_line_for_each_action() {
    let house = House::demo().await;
    prepare(&house).await;
    let (owner, id) = house.opened(Reader::default(), recado::demo::OWNER).await;
    owner.find("#talk").await.focus().await.expect("outside the fields");
    owner.press("m").await;
    shows(&owner, "document.querySelector('dialog#macros[open]') && document.activeElement.matches('#macros-body a')")
        .await;
    owner.press(ENTER).await;
    shows(&owner, "document.querySelector('#run-macro') && document.activeElement.matches('#run-macro button')").await;
    shows(&owner, "document.querySelectorAll('#macro-lines .finding-bad').length == 1").await;
    owner.screenshot("macro-look").await;
    shows(&owner, "!document.querySelector('#head-title').textContent.includes('Prazo')").await;
    owner.press(ENTER).await;
    shows(&owner, "document.querySelector('#macro-result')").await;
    shows(&owner, "document.querySelectorAll('#macro-lines .finding-good').length == 2").await;
    owner.screenshot("macro-ran").await;
    owner.walk_and_enter(Forth, "#macros-body [data-close]").await;
    shows(&owner, "document.querySelector('#timeline').textContent.includes('Passar e fechar')").await;
    shows(&owner, "document.querySelector('#head-title').textContent.includes('Prazo')").await;
    owner.gone(&format!("#row-{id}")).await;
    owner.goto(&format!("{}/settings/macros", house.url)).await;
    owner.find(".listing a.whole").await.click().await.expect("opened");
    owner.screenshot("macro-form").await;
    owner.resize(Size::Phone).await;
    owner.assert_fits().await;
    owner.goto(&format!("{}/settings/tags", house.url)).await;
    owner.find(".tag-kept > summary").await.click().await.expect("opened");
    owner.assert_fits().await;
    owner.screenshot("tags-kept").await;
    owner.close().await;
    house.close().await;
}
