//! A mailbox on a mail server that is not ours: connected in the browser, and new mail on the screen as soon as it is there.

use crate::dovecot::{Dovecot, PASSWORD};
use crate::house::{House, shows};
use crate::support::{Browser, ENTER, Language, Reader, Scheme, Size};

const ADDRESS: &str = "loja@vereda.example";

/// Connects the mailbox in the settings, tried before it is stored.
async fn connect(owner: &Browser, house: &House, dovecot: &Dovecot) {
    owner.goto(&format!("{}/settings/inboxes/new", house.url)).await;
    owner.fill("#address", ADDRESS).await;
    owner.press(ENTER).await;
    owner.find("#inbox-form").await;
    owner.click("#in-mailbox").await;
    owner.fill("#imap_host", "127.0.0.1").await;
    owner.fill("#imap_port", &dovecot.port().to_string()).await;
    owner.click("#imap_security option[value=none]").await;
    owner.fill("#imap_password", PASSWORD).await;
    owner.click("#way-house").await;
    owner.click("[formaction$='/check']").await;
    owner.find("#inbox-trial .finding-good").await;
    owner.gone("#inbox-trial .finding-bad").await;
    owner.assert_fits().await;
    owner.screenshot("mailbox-checked").await;
    assert_eq!(owner.eval::<String>("document.querySelector('#imap_password').value").await, PASSWORD);
    owner.click("#inbox-form .actions .btn-go").await;
    owner.gone("#inbox-form").await;
    owner.assert_no_complaints().await;
}

fn letter(number: usize) -> Vec<u8> {
    format!(
        "Message-ID: <{number}@cliente.example>\r\nDate: Fri, 20 Nov 2026 10:00:00 -0300\r\nFrom: Helena <helena@cliente.example>\r\n\
         To: {ADDRESS}\r\nSubject: Mesa de granito {number}\r\n\r\nQuanto custa a mesa {number}?\r\n"
    )
    .into_bytes()
}

/// The row of a conversation in the list, by the words of its subject.
fn row(number: usize) -> String {
    format!(
        "[...document.querySelectorAll('#list [id^=row-]')].some(row => row.textContent.includes('Mesa de granito {number}'))"
    )
}

// proves: M3 M19
#[rocket::async_test]
async fn a_mailbox_is_connected_in_the_browser_and_new_mail_is_on_an_open_screen_at_once() {
    let house = House::with_a_mail_server().await;
    let dovecot = Dovecot::start(&[ADDRESS]);
    dovecot.deliver(ADDRESS, &letter(1));
    let owner = Browser::open(Reader::default()).await;
    let phone = Reader { size: Size::Phone, scheme: Scheme::Dark, language: Language::English };
    let camila = Browser::open(phone).await;
    house.sign_in(&owner, recado::demo::OWNER).await;
    house.sign_in(&camila, "camila@vereda.arq.br").await;
    camila.goto(&format!("{}/conversations?section=unassigned", house.url)).await;
    shows(&camila, "document.body.dataset.connected == 'yes'").await;
    camila.eval::<bool>("(window.sameDocument = true)").await;
    connect(&owner, &house, &dovecot).await;

    dovecot.deliver(ADDRESS, &letter(2));
    shows(&camila, &row(2)).await;
    dovecot.deliver(ADDRESS, &letter(3));
    shows(&camila, &row(3)).await;
    assert!(!camila.eval::<bool>(&row(1)).await, "what was there before is not taken in");
    assert!(camila.eval::<bool>("window.sameDocument").await, "nobody loaded the page again");
    camila.screenshot("mailbox-arrived").await;
    assert!(dovecot.mails(ADDRESS, "").iter().all(|mail| !mail.flags.contains('S')), "the mailbox is as it was");
    camila.assert_no_complaints().await;

    camila.click("#list a[id^=row-]").await;
    camila.find("#write").await.send_keys("Custa 4.200 reais.").await.expect("typed");
    camila.click("#composer .btn-go").await;
    let sent = "[...document.querySelectorAll('#timeline article')].some(m => m.textContent.includes('4.200'))";
    shows(&camila, sent).await;
    camila.close().await;
    owner.close().await;
    house.close().await;
}
