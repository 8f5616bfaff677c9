//! Guessing by the thousand: it costs the machine next to nothing, tells nothing, and keeps nobody out.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};

use recado::auth::Role;
use recado::clock::{DAY, HOUR, MINUTE, SECOND};
use reqwest::Method;
use rocket::futures::{StreamExt, stream};
use rocket::tokio;

use crate::support::app::{App, PASSWORD, email};
use crate::support::authenticator::set_up;
use crate::support::browser::{Answer, Browser, send};
use crate::support::wait::{DEADLINE, until};

/// Passwords of strangers that the limit lets through at once.
const AT_ONCE: u64 = 20;

/// 100,000 in the long run.
fn attempts() -> u32 {
    if std::env::var_os("RECADO_TEST_LONG").is_some() { 100_000 } else { 500 }
}

async fn behind_a_proxy() -> App {
    let app = App::with(|config| config.trusted_proxies = vec!["127.0.0.1/32".parse().expect("a network")]).await;
    app.found().await;
    app
}

fn address(n: u32) -> IpAddr {
    IpAddr::from(Ipv4Addr::from(0x0A00_0000 + n))
}

/// One try as a script would send it, with a forwarding header.
async fn guess(browser: &Browser, token: &str, account: &str, from: u32) -> Answer {
    let request = browser.request(Method::POST, "/session").header("Sec-Fetch-Site", "same-origin");
    let fields = [("_token", token), ("email", account), ("password", "123456")];
    send(request.header("X-Forwarded-For", address(from).to_string()).form(&fields)).await
}

/// Tries many, sixteen at a time; answers the statuses seen. `turn` says account and address of each try.
async fn storm(app: &App, count: u32, turn: impl Fn(u32) -> (String, u32)) -> BTreeSet<u16> {
    let browser = app.browser();
    let token = browser.token("/sign-in").await;
    let (browser, token) = (&browser, token.as_str());
    let tries = (0..count).map(|n| {
        let (account, from) = turn(n);
        async move { guess(browser, token, &account, from).await.status }
    });
    stream::iter(tries).buffer_unordered(16).collect().await
}

fn compared(app: &App) -> u64 {
    app.recado.limiter.work().compared
}

async fn count(app: &App, sql: &'static str) -> i64 {
    let read = app.recado.db.read(move |connection| Ok(connection.query_row(sql, [], |row| row.get(0))?));
    read.await.expect("a number")
}

// One account, many accounts, many made-up forwarding headers: for the server it is one address.
#[tokio::test]
async fn a_storm_from_one_address_is_let_through_a_few_times_and_the_real_person_signs_in_elsewhere() {
    type Turn = fn(u32) -> (String, u32);
    let turns: [Turn; 3] =
        [|_| (email("ana"), 1), |n| (format!("conta{}@vereda.example", n % 10_000), 1), |n| (email("ana"), n % 1000)];
    for turn in turns {
        let app = App::start().await;
        let seen = storm(&app, attempts(), turn).await;
        assert!(seen.iter().all(|status| matches!(status, 422 | 429)), "{seen:?}");
        assert!(compared(&app) <= AT_ONCE + 1, "{} passwords were compared", compared(&app));
        let facts = count(&app, "SELECT count(*) FROM event WHERE kind = 'session.refused'").await;
        assert!((1..=2).contains(&facts), "{facts} facts for one address");
    }
    let app = behind_a_proxy().await;
    storm(&app, attempts(), |_| (email("ana"), 1)).await;
    assert_eq!(app.browser().from(address(2)).sign_in(&email("ana"), PASSWORD).await.status, 303);
}

#[tokio::test]
async fn a_storm_from_a_thousand_addresses_shares_a_few_turns_a_second_and_known_browsers_are_let_in() {
    let app = behind_a_proxy().await;
    let known = app.browser().from(address(70_000));
    assert_eq!(known.sign_in(&email("ana"), PASSWORD).await.status, 303);
    known.change("delete", "/session", &[]).await;
    let before = compared(&app);
    let turn = |n: u32| (format!("conta{}@vereda.example", n % 7), n % 1000);
    storm(&app, attempts(), turn).await;
    assert!(compared(&app) - before <= AT_ONCE, "{} at once", compared(&app) - before);
    for _ in 0..5 {
        let before = compared(&app);
        app.clock().advance(SECOND);
        storm(&app, attempts() / 5, turn).await;
        assert!(compared(&app) - before <= 8, "{} in a second", compared(&app) - before);
        // In the middle of it.
        assert_eq!(known.sign_in(&email("ana"), PASSWORD).await.status, 303);
        known.change("delete", "/session", &[]).await;
    }
    // A new browser of hers waits its turn, and is told how long.
    let new = app.browser().from(address(80_000));
    let wait = new.sign_in(&email("ana"), PASSWORD).await;
    assert_eq!((wait.status, wait.header("Retry-After")), (429, "1"));
    app.clock().advance(SECOND);
    assert_eq!(new.sign_in(&email("ana"), PASSWORD).await.status, 303);
    let rows = count(&app, "SELECT count(*) FROM refusal").await;
    let counted = count(&app, "SELECT sum(count) FROM refusal").await;
    assert!(rows <= 61 && counted >= i64::try_from(AT_ONCE).expect("small"), "{counted} in {rows} rows");
}

#[tokio::test]
async fn strangers_at_the_same_account_and_address_cost_a_known_browser_nothing() {
    let app = App::start().await;
    let known = app.browser();
    known.sign_in(&email("ana"), PASSWORD).await;
    known.change("delete", "/session", &[]).await;
    let turn = |n: u32| (if n.is_multiple_of(2) { email("ana") } else { format!("conta{n}@vereda.example") }, 1);
    let statuses = storm(&app, 60, turn).await;
    assert!(statuses.contains(&429));
    assert_eq!(app.browser().sign_in(&email("ana"), PASSWORD).await.status, 429);
    assert_eq!(known.sign_in(&email("ana"), PASSWORD).await.status, 303);
    // It is known for its person only, and its own wrong tries count.
    known.change("delete", "/session", &[]).await;
    app.user("bia", Role::Agent).await;
    assert_eq!(known.sign_in(&email("bia"), PASSWORD).await.status, 429);
    let mut seen = Vec::new();
    for _ in 0..7 {
        seen.push(known.sign_in(&email("ana"), "wrong").await.status);
    }
    assert_eq!(seen, [422, 422, 422, 422, 422, 422, 429]);
}

#[tokio::test]
async fn nobody_somebody_disabled_and_a_wrong_password_cost_the_same_work() {
    let app = App::start().await;
    let diego = app.user("diego", Role::Agent).await;
    let disable =
        move |tx: &recado::db::Tx<'_>| Ok(tx.execute("UPDATE user SET state = 'disabled' WHERE id = ?1", [diego])?);
    app.recado.db.write(disable).await.expect("a write");
    for (name, password) in [("ana", "wrong"), ("nobody", PASSWORD), ("diego", PASSWORD), ("ana", "")] {
        let before = compared(&app);
        app.clock().advance(2 * MINUTE);
        let rows = count(&app, "SELECT count(*) FROM refusal").await;
        assert_eq!(app.browser().sign_in(&email(name), password).await.status, 422);
        assert_eq!(compared(&app) - before, 1, "{name}");
        assert_eq!(count(&app, "SELECT count(*) FROM refusal").await, rows + 1, "{name}");
    }
}

#[tokio::test]
async fn links_and_codes_that_are_wrong_used_or_too_old_are_answered_alike() {
    let app = App::start().await;
    app.user("bia", Role::Agent).await;
    let (_, codes) = set_up(&app, &app.browser_of(1).await).await;
    let alike = async |browser: &Browser, path: &str, fields: &[(&str, &str)]| {
        app.clock().advance(15 * MINUTE + 1);
        let answer = browser.post_form(path, fields).await;
        (answer.status, answer.location().to_owned(), answer.body.len())
    };
    let guest = app.browser();
    let known = alike(&guest, "/password-reset", &[("email", "bia@vereda.example")]).await;
    let unknown = alike(&guest, "/password-reset", &[("email", "rui@vereda.example")]).await;
    assert_eq!(known, unknown);
    // Half a sign-in of nobody, none at all.
    let made_up = app.browser();
    made_up.set_cookie("p", "made-up");
    let wrong = alike(&made_up, "/sign-in/code", &[("code", "123456")]).await;
    assert_eq!(wrong, alike(&guest, "/sign-in/code", &[("code", &codes[0])]).await);
    let long = "a".repeat(52);
    for path in ["/email/", "/password-reset/"] {
        let fields = [("password", "outra frase nada parecida")];
        let short = alike(&guest, &[path, "x"].concat(), &fields).await;
        assert_eq!(short.0, 404);
        // The page names its own path nowhere.
        assert_eq!(short, alike(&guest, &[path, &long].concat(), &fields).await);
    }
}

#[tokio::test]
async fn refused_sign_ins_are_facts_once_a_minute_and_their_addresses_are_gone_after_thirty_days() {
    let app = behind_a_proxy().await;
    let try_in = async |name: &str, from: u32| {
        let browser = app.browser().from(address(from));
        assert_eq!(browser.sign_in(&email(name), "wrong").await.status, 422);
    };
    for _ in 0..3 {
        try_in("ana", 1).await;
    }
    try_in("ana", 2).await;
    try_in("rui", 1).await;
    app.clock().advance(MINUTE);
    try_in("ana", 1).await;
    let facts = "SELECT count(*) FROM activity WHERE kind = 'session.refused'";
    assert_eq!(count(&app, facts).await, 4);
    let of_ana = "SELECT count(*) FROM activity WHERE kind = 'session.refused' AND user_id = 1 AND actor_id IS NULL";
    assert_eq!(count(&app, of_ana).await, 3);
    assert_eq!(count(&app, "SELECT count FROM refusal WHERE user_id = 1 AND address = '10.0.0.1'").await, 3);
    let leaks = "SELECT count(*) FROM activity WHERE payload LIKE '%10.0.0%' OR payload LIKE '%@%'";
    assert_eq!(count(&app, leaks).await, 0, "the log holds ids only");
    app.clock().advance(30 * DAY + HOUR);
    let swept = async || count(&app, "SELECT count(*) FROM refusal").await == 0;
    until("the addresses to be gone", DEADLINE, swept).await;
    assert_eq!(count(&app, facts).await, 4);
}
