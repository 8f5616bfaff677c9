//! What happens at a bad moment: the network fails, somebody else is faster, a click follows a click.

use crate::house::{House, shows};
use crate::support::{Browser, ENTER, Language, Reader};

const VALUE: &str = "document.querySelector('#write').value";

/// Makes the first request fail whose address ends so and that is a GET, or is none: for `how`, a body of a function that
/// answers a promise.
async fn first(browser: &Browser, method: &str, part: &str, how: &str) {
    let script = format!(
        "(() => {{ const real = window.fetch; let done = false;
            window.fetch = (address, asked) => {{
              const is = !done && String(address).includes({part:?}) && ((asked && asked.method) || 'GET') === {method:?};
              if (!is) return real(address, asked);
              done = true;
              return ({how})(() => real(address, asked), asked);
            }}; }})()"
    );
    browser.eval::<Option<bool>>(&script).await;
}

const FAILS: &str = "() => Promise.reject(new TypeError('no network'))";

#[rocket::async_test]
async fn an_answer_for_tomorrow_that_met_no_network_is_still_one_for_tomorrow() {
    let house = House::demo().await;
    let (agent, _) = house.opened(Reader::default(), recado::demo::AGENT).await;
    let sent = "document.querySelectorAll('#timeline .msg-out:not(.msg-waiting)').length";
    let before = agent.eval::<u32>(sent).await;
    first(&agent, "POST", "/messages", FAILS).await;
    agent.find("#write").await.send_keys("Até amanhã").await.expect("typed");
    agent.click("#later summary").await;
    agent.click("#later [value=tomorrow]").await;
    shows(&agent, "!document.querySelector('[data-waiting]').hidden").await;
    agent.screenshot("waits-for-the-network").await;
    assert_eq!(agent.eval::<String>(VALUE).await, "Até amanhã");
    shows(&agent, "document.querySelector('.msg-waiting').textContent.includes('09:00')").await;
    shows(&agent, &format!("{VALUE} == ''")).await;
    assert_eq!(agent.eval::<u32>(sent).await, before, "nothing has left");
    let complaints = agent.complaints().await;
    assert!(complaints.iter().all(|one| one.contains("no network")), "{complaints:?}");
    agent.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn a_refused_answer_keeps_its_files() {
    let house = House::demo().await;
    let (agent, _) = house.opened(Reader::default(), recado::demo::AGENT).await;
    let file = tempfile::Builder::new().prefix("medidas").suffix(".txt").tempfile().expect("a file");
    std::fs::write(file.path(), "3 x 2").expect("written");
    let path = file.path().to_str().expect("a path").to_owned();
    agent.find("input[name=files]").await.send_keys(path).await.expect("attached");
    agent.click("#audience > summary").await;
    agent.find("#add-cc").await.send_keys("renata em casa").await.expect("typed");
    agent.find("#write").await.send_keys("Seguem as medidas.").await.expect("typed");
    agent.click(".for-reply[data-send]").await;
    shows(&agent, "document.querySelector('#composer-error')").await;
    agent.screenshot("refused-with-a-file").await;
    agent.assert_fits().await;
    assert_eq!(agent.eval::<u32>("document.querySelectorAll('[data-chips] .file').length").await, 1);
    agent.fill("#add-cc", "renata@obra.example").await;
    agent.click(".for-reply[data-send]").await;
    shows(&agent, "document.querySelector('#timeline .msg-out .file').textContent.includes('medidas')").await;
    agent.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn the_row_that_was_clicked_last_is_the_one_that_opens() {
    let house = House::demo().await;
    let (agent, id) = house.opened(Reader::default(), recado::demo::AGENT).await;
    agent.goto(&format!("{}/conversations?section=unassigned", house.url)).await;
    shows(&agent, "document.querySelectorAll('#list a.row').length > 1").await;
    let other = "document.querySelectorAll('#list a.row')[1].id.slice(4)";
    let other = agent.eval::<String>(other).await;
    // The first page never comes; its request ends where it is given up.
    let slow = "(go, asked) => new Promise((take, give) => asked.signal.addEventListener('abort', () => {
        window.givenUp = true; give(new DOMException('given up', 'AbortError')); }))";
    first(&agent, "GET", &format!("/conversations/{id}"), slow).await;
    agent.click(&format!("#row-{id}")).await;
    agent.click(&format!("#row-{other}")).await;
    shows(&agent, &format!("document.querySelector('#work').dataset.conversation == '{other}'")).await;
    shows(&agent, "window.givenUp").await;
    assert_eq!(agent.eval::<String>("document.querySelector('#work').dataset.conversation").await, other);
    assert!(agent.eval::<String>("location.pathname").await.ends_with(&other));
    agent.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn who_types_while_the_conversation_goes_types_on_in_what_is_left_of_it() {
    let house = House::demo().await;
    let (agent, id) = house.opened(Reader::default(), recado::demo::AGENT).await;
    let owner = Browser::open(Reader { language: Language::English, ..Reader::default() }).await;
    house.sign_in(&owner, recado::demo::OWNER).await;
    agent.find("#write").await.send_keys("Bom dia, ").await.expect("typed");
    let delete = format!(
        "fetch('/conversations/{id}/deletion', {{ method: 'POST', headers: recado.headers(),
            body: new URLSearchParams({{ sure: 'yes' }}) }}) && null"
    );
    owner.eval::<Option<bool>>(&delete).await;
    shows(&agent, "document.querySelector('#work').dataset.gone").await;
    shows(&agent, "document.activeElement.id == 'kept'").await;
    let page = agent.eval::<String>("location.href").await;
    agent.press("cuea").await;
    agent.screenshot("gone-while-typing").await;
    agent.assert_fits().await;
    assert_eq!(agent.eval::<String>("document.querySelector('#kept').value").await, "Bom dia, cuea");
    assert_eq!(agent.eval::<String>("location.href").await, page, "no letter was a key");
    agent.close().await;
    owner.close().await;
    house.close().await;
}

#[rocket::async_test]
async fn the_key_takes_a_conversation_from_a_colleague_and_the_menu_stays_as_it_stood() {
    let house = House::demo().await;
    let (agent, id) = house.opened(Reader::default(), recado::demo::AGENT).await;
    let owner = Browser::open(Reader { language: Language::English, ..Reader::default() }).await;
    house.sign_in(&owner, recado::demo::OWNER).await;
    owner.goto(&format!("{}/conversations/{id}", house.url)).await;
    shows(&owner, "document.body.dataset.connected == 'yes'").await;
    let names = "[...document.querySelectorAll('#head-people .pop-item')].map((one) => one.id || one.form.id).join()";
    owner.find("#talk").await.focus().await.expect("outside the fields");
    owner.press("A").await;
    shows(&owner, "document.querySelector('#head-assign').open").await;
    owner.screenshot("assign-open").await;
    let before = owner.eval::<String>(names).await;
    agent.find("#talk").await.focus().await.expect("outside the fields");
    agent.press("a").await;
    shows(&owner, "document.querySelector('#head-people [aria-current]').textContent.includes('Camila')").await;
    assert_eq!(owner.eval::<String>(names).await, before, "nobody changed places under the finger");
    owner.screenshot("assign-taken").await;
    owner.press(crate::support::ESCAPE).await;
    owner.find("#talk").await.focus().await.expect("outside the fields");
    owner.press("a").await;
    shows(&agent, "document.querySelector('#strip').textContent.includes('Patrícia')").await;
    agent.find("#write").await.send_keys("Oi").await.expect("typed");
    agent.press(ENTER).await;
    shows(&agent, "document.querySelector('#timeline .msg-out:last-of-type').textContent.includes('Oi')").await;
    agent.close().await;
    owner.close().await;
    house.close().await;
}
