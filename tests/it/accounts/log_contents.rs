//! What the log of a real server tells: that something was asked, and never by what.

use std::path::Path;

use mail_parser::MessageParser;
use rocket::tokio;

use crate::support::app::PASSWORD;
use crate::support::browser::Browser;
use crate::support::house::{ADDRESS, House};
use crate::support::process::{ServerProcess, Settings};
use crate::support::smtp::SmtpPeer;
use crate::support::wait::{DEADLINE, until};

/// Who owns every house.
const PERSON: &str = "patricia@vereda.example";

const MAIL: &str = "Message-ID: <segredo-1@cliente.example>\r\nFrom: Rui <rui@cliente.example>\r\n\
    To: contato@vereda.example\r\nSubject: Assunto muito particular\r\n\r\nO cofre abre com 4711.\r\n";

fn log(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

/// The value of a cookie that this browser sends.
fn cookie(browser: &Browser, name: &str) -> String {
    let cookies = browser.cookies();
    let found = cookies.split("; ").find_map(|cookie| cookie.strip_prefix(&format!("{name}=")).map(str::to_owned));
    found.expect("the browser has it")
}

#[tokio::test]
async fn no_password_token_cookie_text_or_address_stands_in_the_log() {
    let ((house, _), peer) = (House::quiet().await, SmtpPeer::start().await);
    let settings = Settings::new(house.folder.path(), Some(peer.port())).telling();
    let reset = ["user", "reset-password", "--email", PERSON];
    assert_eq!(settings.run(&reset, PASSWORD.as_bytes()).0, Some(0));
    let path = house.folder.path().join("log");
    let server = ServerProcess::start_logging(&settings, &path);
    let browser = Browser::new(settings.get("RECADO_PUBLIC_URL"));
    let mut secrets = vec![PASSWORD.to_owned()];

    // A wrong password, a right one, an inbox, a mail, a link for a new password, a page with a query.
    browser.sign_in(PERSON, "senha errada demais").await;
    browser.sign_in("rui@cliente.example", "senha errada demais").await;
    assert_eq!(browser.sign_in(PERSON, PASSWORD).await.status, 303);
    secrets.extend([cookie(&browser, "s"), cookie(&browser, "d"), cookie(&browser, "g")]);
    secrets.push(browser.token("/account").await);
    let (code, out, said) = settings.run(&["mail-in", "--inbox", ADDRESS], MAIL.as_bytes());
    assert_eq!(code, Some(0), "{out} {said}");
    browser.get("/conversations?q=particular").await;
    browser.post_form("/password-reset", &[("email", PERSON)]).await;
    let letter = peer.messages(1).await.remove(0);
    let text =
        MessageParser::default().parse(&letter.bytes).expect("a mail").body_text(0).expect("a text").into_owned();
    let link = text.split_whitespace().find(|word| word.contains("/password-reset/")).expect("a link").to_owned();
    let path_of_link = link[link.find("/password-reset/").unwrap_or_default()..].to_owned();
    secrets.push(path_of_link["/password-reset/".len()..].to_owned());
    browser.get(&path_of_link).await;
    browser.post_form(&path_of_link, &[("password", "outra frase nada parecida")]).await;
    secrets.extend(
        ["senha errada demais", "outra frase nada parecida", "4711", "particular", "segredo-1"].map(str::to_owned),
    );
    secrets.extend([PERSON, "rui@cliente.example", ADDRESS, "127.0.0.1", "?q=", "?next="].map(str::to_owned));

    until("the log to tell of the last request", DEADLINE, async || {
        log(&path).matches("/password-reset/<secret>").count() >= 2
    })
    .await;
    drop(server);
    let told = [log(&path), said].concat();
    assert!(told.contains("127.0.0.x"), "addresses are masked: {told}");
    for secret in secrets {
        assert!(!told.contains(&secret), "the log holds {secret:?}:\n{told}");
    }
    assert!(told.lines().count() >= 8, "{told}");
}
