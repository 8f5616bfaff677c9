//! A second factor: set up, asked for at every sign-in, good once, changed and taken away only by who may.

use recado::auth::Role;
use recado::clock::{DAY, MINUTE, SECOND};
use recado::keys::Keys;
use rocket::tokio;

use crate::support::app::{App, PASSWORD, email};
use crate::support::authenticator::{Authenticator, recovery_codes, set_up};
use crate::support::browser::{Answer, Browser};
use crate::support::letters::{link, subject, text};

async fn password(browser: &Browser, name: &str) -> Answer {
    browser.post_form("/session", &[("email", &email(name)), ("password", PASSWORD), ("remember", "1")]).await
}

async fn code(browser: &Browser, code: &str) -> Answer {
    browser.post_form("/sign-in/code", &[("code", code)]).await
}

async fn change(browser: &Browser, what: &str, code: &str) -> Answer {
    let fields = [("what", what), ("password", PASSWORD), ("code", code)];
    browser.change("put", "/account/second-factor", &fields).await
}

async fn is_in(browser: &Browser) -> bool {
    browser.get("/account").await.status == 200
}

/// How often a fact stands in the activity log.
async fn logged(app: &App, kind: &'static str) -> i64 {
    let read = app.recado.db.read(move |connection| {
        let sql = "SELECT count(*) FROM activity WHERE kind = ?1";
        Ok(connection.query_row(sql, [kind], |row| row.get(0))?)
    });
    read.await.expect("a log")
}

#[tokio::test]
async fn after_the_password_comes_the_code_and_only_then_a_session() {
    let app = App::start().await;
    let (authenticator, _) = set_up(&app, &app.browser_of(1).await).await;
    let browser = app.browser();
    let fields = [("email", "ana@vereda.example"), ("password", PASSWORD), ("next", "/account")];
    let halfway = browser.post_form("/session", &fields).await;
    assert_eq!((halfway.status, halfway.location()), (303, "/sign-in/code"));
    assert!(halfway.cookie("s").is_none() && !is_in(&browser).await);
    let page = browser.get("/sign-in/code").await;
    for part in ["autocomplete=\"one-time-code\"", "inputmode=\"numeric\"", "Escreva seu código"] {
        page.assert_says(part);
    }
    // A phone's keyboard for digits has no letters; recovery codes have some.
    page.assert_says("href=\"/sign-in/code?recovery=1\"");
    browser.get("/sign-in/code?recovery=1").await.assert_says("inputmode=\"text\"");
    browser.get_in("en", "/sign-in/code").await.assert_says("Type your code");
    let wrong = code(&browser, &authenticator.wrong(&app)).await;
    assert_eq!(wrong.status, 422);
    wrong.assert_says("Este código não confere");
    let spaced = authenticator.code(&app, 0);
    let done = code(&browser, &format!(" {} {}", &spaced[..3], &spaced[3..])).await;
    assert_eq!((done.status, done.location()), (303, "/account"));
    assert!(is_in(&browser).await);
    // The half sign-in is used up.
    assert_eq!(browser.get("/sign-in/code").await.location(), "/sign-in");
    assert_eq!(logged(&app, "second_factor.enabled").await, 1);
}

#[tokio::test]
async fn what_is_known_of_the_password_step_waits_five_minutes_and_in_one_browser() {
    let app = App::start().await;
    let (authenticator, _) = set_up(&app, &app.browser_of(1).await).await;
    let (browser, other) = (app.browser(), app.browser());
    password(&browser, "ana").await;
    let elsewhere = code(&other, &authenticator.code(&app, 0)).await;
    assert_eq!((elsewhere.status, elsewhere.location()), (303, "/sign-in"));
    app.clock().advance(5 * MINUTE);
    let late = code(&browser, &authenticator.code(&app, 0)).await;
    assert_eq!((late.status, late.location()), (303, "/sign-in"));
    browser.get("/sign-in").await.assert_says("Demorou demais. Entre de novo.");
    assert!(!is_in(&browser).await && !is_in(&other).await);
    // A new password ends what was begun with the old one.
    password(&browser, "ana").await;
    let stored = app.recado.db.clone();
    let reset =
        move || recado::accounts::commands::reset_password(&stored, "ana@vereda.example", "outra frase bem longa");
    tokio::task::spawn_blocking(reset).await.expect("a thread").expect("a new password");
    assert_eq!(code(&browser, &authenticator.code(&app, 1)).await.location(), "/sign-in");
    assert!(!is_in(&browser).await);
}

#[tokio::test]
async fn a_code_is_good_once_and_one_step_around_now() {
    let app = App::start().await;
    let (authenticator, _) = set_up(&app, &app.browser_of(1).await).await;
    let enter = async |typed: String| {
        let browser = app.browser();
        password(&browser, "ana").await;
        code(&browser, &typed).await.status
    };
    // The step that set it up, and what lies behind it.
    assert_eq!(enter(authenticator.code(&app, -1)).await, 422);
    assert_eq!(enter(authenticator.code(&app, -2)).await, 422);
    assert_eq!(enter(authenticator.code(&app, 2)).await, 422);
    let next = authenticator.code(&app, 1);
    assert_eq!(enter(next.clone()).await, 303);
    assert_eq!(enter(next).await, 422);
    // An earlier step is over as soon as a later one was used.
    assert_eq!(enter(authenticator.code(&app, 0)).await, 422);
    app.clock().advance(16 * MINUTE);
    assert_eq!(enter(authenticator.code(&app, -1)).await, 303);
}

#[tokio::test]
async fn five_wrong_codes_make_a_pause_from_every_address_and_a_recovery_code_still_works() {
    let app = App::with(|config| config.trusted_proxies = vec!["127.0.0.1/32".parse().expect("a network")]).await;
    app.found().await;
    let (authenticator, codes) = set_up(&app, &app.browser_of(1).await).await;
    let enter = async |from: u8, typed: &str| {
        let browser = app.browser().from([203, 0, 113, from]);
        password(&browser, "ana").await;
        code(&browser, typed).await
    };
    for from in 0..5 {
        assert_eq!(enter(from, &authenticator.wrong(&app)).await.status, 422);
    }
    let refused = enter(6, &authenticator.code(&app, 0)).await;
    assert_eq!((refused.status, refused.header("Retry-After")), (429, "900"));
    refused.assert_says("15 minutos");
    refused.assert_says("Um código de recuperação vale na hora.");
    assert_eq!(enter(7, &codes[0]).await.status, 303);
    // Whoever is in sets the count back.
    assert_eq!(enter(8, &authenticator.code(&app, 0)).await.status, 303);
    app.idle().await;
    let letters = app.outbox.letters();
    let warned = letters.iter().filter(|letter| subject(letter) == "Alguém pode saber sua senha");
    assert_eq!(warned.count(), 1, "the person is told that somebody knows their password");
}

#[tokio::test]
async fn the_pause_after_wrong_codes_outlives_a_restart_and_a_clock_that_jumps() {
    let app = App::start().await;
    let (authenticator, _) = set_up(&app, &app.browser_of(1).await).await;
    let browser = app.browser();
    password(&browser, "ana").await;
    for _ in 0..5 {
        assert_eq!(code(&browser, &authenticator.wrong(&app)).await.status, 422);
    }
    // A second server on the same database remembers nothing of its own.
    let again = recado::App { limiter: recado::auth::limits::Limiter::new(app.clock().clone()), ..app.recado.clone() };
    let (db, keys) = (again.db.clone(), again.keys.clone());
    let right = authenticator.code(&app, 0);
    let verdict = db.write(move |tx| recado::accounts::compare_code(tx, &keys, 1, &right)).await.expect("a verdict");
    assert_eq!(format!("{verdict:?}"), "Wait(900)");
    app.clock().advance(-365 * DAY);
    let (keys, right) = (again.keys.clone(), authenticator.code(&app, 365 * 2880));
    let verdict = db.write(move |tx| recado::accounts::compare_code(tx, &keys, 1, &right)).await.expect("a verdict");
    assert_eq!(format!("{verdict:?}"), "Wrong", "a year back the clock asks for no year of waiting");
}

#[tokio::test]
async fn a_recovery_code_works_once_is_logged_and_told() {
    let app = App::start().await;
    let (_, codes) = set_up(&app, &app.browser_of(1).await).await;
    assert_eq!(codes.len(), 10);
    let browser = app.browser();
    password(&browser, "ana").await;
    let typed = codes[3].to_uppercase().replace('-', " ");
    assert_eq!(code(&browser, &typed).await.status, 303);
    browser.get("/account").await.assert_says("Restam 9 códigos de recuperação");
    let again = app.browser();
    password(&again, "ana").await;
    let wrong = code(&again, &codes[3]).await;
    assert_eq!(wrong.status, 422);
    for bad in ["", "aaaa-aaaa-aaaa-aaaa", "%", "' OR 1=1 --"] {
        app.clock().advance(MINUTE);
        let answer = code(&again, bad).await;
        let same = |answer: &Answer| (answer.status, answer.body.len());
        assert_eq!(same(&answer), same(&wrong), "{bad:?} is told apart from a used one");
    }
    assert_eq!(logged(&app, "second_factor.used_recovery_code").await, 1);
    app.idle().await;
    assert!(app.outbox.letters().iter().any(|letter| text(letter).contains("Restam 9 códigos")));
    // What is stored opens nothing: the codes are not in the file.
    let stored = app.recado.db.read(|connection| {
        let sql = "SELECT group_concat(hex(code_hash)) FROM recovery_code";
        Ok(connection.query_row(sql, [], |row| row.get::<_, String>(0))?)
    });
    let stored = stored.await.expect("hashes");
    assert!(codes.iter().all(|code| !stored.to_lowercase().contains(&code.replace('-', ""))));
}

#[tokio::test]
async fn setting_up_needs_the_password_the_session_that_began_and_a_code() {
    let app = App::start().await;
    let (here, there) = (app.browser_of(1).await, app.browser_of(1).await);
    let wrong = here.post_form("/account/second-factor", &[("password", "wrong")]).await;
    assert_eq!(wrong.status, 422);
    wrong.assert_says("Esta não é sua senha atual.");
    here.post_form("/account/second-factor", &[("password", PASSWORD)]).await;
    let page = here.get("/account/second-factor").await;
    page.assert_says("src=\"data:image/png;base64,");
    page.assert_says("otpauth://totp/Vereda%20Arquitetura%3Aana%40vereda.example?secret=");
    let authenticator = Authenticator::typed(&page);
    // Another session of the same person is not shown the key and cannot confirm it.
    there.get("/account/second-factor").await.assert_silent("id=\"secret\"");
    let right = authenticator.code(&app, 0);
    let stolen = there.post_form("/account/second-factor/confirmation", &[("code", &right)]).await;
    assert_eq!((stolen.status, stolen.location()), (303, "/account/second-factor"));
    let not_yet = here.post_form("/account/second-factor/confirmation", &[("code", &authenticator.wrong(&app))]).await;
    assert_eq!(not_yet.status, 422);
    not_yet.assert_says("Veja se o relógio do celular está certo");
    assert_eq!(Authenticator::typed(&not_yet).code(&app, 0), right, "the same key is shown again");
    assert_eq!(password(&app.browser(), "ana").await.location(), "/", "nothing counts before a code was right");
    let before = here.cookies();
    let done = here.post_form("/account/second-factor/confirmation", &[("code", &right)]).await;
    done.assert_says("Guarde seus códigos de recuperação");
    done.assert_says("download=\"recado-codigos-de-recuperacao.txt\"");
    // The others are out, this one goes on under a new secret, and the codes are shown once.
    assert!(is_in(&here).await && !is_in(&there).await);
    assert_ne!(before, here.cookies());
    let thief = app.browser();
    thief.set_cookie("s", before.split("s=").nth(1).unwrap_or_default().split(';').next().unwrap_or_default());
    assert!(!is_in(&thief).await);
    let again = here.post_form("/account/second-factor/confirmation", &[("code", &right)]).await;
    assert_eq!((again.status, again.location()), (303, "/account/second-factor"));
    here.get("/account/second-factor").await.assert_silent("id=\"codes\"");
}

#[tokio::test]
async fn a_key_that_nobody_confirmed_is_gone_after_half_an_hour_or_when_given_up() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    browser.post_form("/account/second-factor", &[("password", PASSWORD)]).await;
    let authenticator = Authenticator::typed(&browser.get("/account/second-factor").await);
    app.clock().advance(30 * MINUTE);
    let code = authenticator.code(&app, 0);
    let late = browser.post_form("/account/second-factor/confirmation", &[("code", &code)]).await;
    assert_eq!((late.status, late.location()), (303, "/account/second-factor"));
    browser.get("/account/second-factor").await.assert_says("Esta chave venceu. Comece de novo.");
    browser.post_form("/account/second-factor", &[("password", PASSWORD)]).await;
    browser.change("delete", "/account/second-factor/draft", &[]).await;
    browser.get("/account/second-factor").await.assert_silent("id=\"secret\"");
}

#[tokio::test]
async fn changing_and_switching_off_need_password_and_code() {
    let app = App::start().await;
    let browser = app.browser_of(1).await;
    let (first, codes) = set_up(&app, &browser).await;
    let there = app.browser_of(1).await;
    assert_eq!(change(&browser, "off", "").await.status, 422);
    let fields = [("what", "off"), ("password", "wrong"), ("code", codes[0].as_str())];
    let wrong = browser.change("put", "/account/second-factor", &fields).await;
    assert_eq!(wrong.status, 422);
    wrong.assert_says("value=\"off\" checked");
    let begun = browser.post_form("/account/second-factor", &[("password", PASSWORD)]).await;
    assert_eq!(begun.status, 422, "with a second factor the password alone begins nothing");
    // New codes: the old ones are over, and so are other sessions.
    let renewed = change(&browser, "codes", &first.code(&app, 0)).await;
    assert_eq!(renewed.status, 200);
    let new_codes = recovery_codes(&renewed);
    assert!(new_codes.iter().all(|code| !codes.contains(code)) && !is_in(&there).await);
    assert_eq!(change(&browser, "off", &codes[1]).await.status, 422);
    // Another phone: the first one goes on until the second has shown a code.
    app.clock().advance(30 * SECOND);
    assert_eq!(change(&browser, "move", &first.code(&app, 0)).await.location(), "/account/second-factor");
    let second = Authenticator::typed(&browser.get("/account/second-factor").await);
    app.clock().advance(30 * SECOND);
    assert_ne!(first.code(&app, 0), second.code(&app, 0));
    let code_now = second.code(&app, 0);
    let moved = browser.post_form("/account/second-factor/confirmation", &[("code", &code_now)]).await;
    let last_codes = recovery_codes(&moved);
    app.clock().advance(30 * SECOND);
    let elsewhere = app.browser();
    password(&elsewhere, "ana").await;
    assert_eq!(code(&elsewhere, &first.code(&app, 0)).await.status, 422);
    assert_eq!(code(&elsewhere, &new_codes[0]).await.status, 422);
    assert_eq!(code(&elsewhere, &second.code(&app, 0)).await.status, 303);
    let off = change(&browser, "off", &last_codes[0]).await;
    assert_eq!((off.status, off.location()), (303, "/account/second-factor"));
    assert!(is_in(&browser).await && !is_in(&elsewhere).await);
    assert_eq!(password(&app.browser(), "ana").await.location(), "/");
    assert_eq!(logged(&app, "second_factor.disabled").await, 1);
}

#[tokio::test]
async fn a_new_password_by_mail_does_not_get_around_the_code() {
    let app = App::start().await;
    let (authenticator, _) = set_up(&app, &app.browser_of(1).await).await;
    app.idle().await;
    let browser = app.browser();
    browser.post_form("/password-reset", &[("email", &email("ana"))]).await;
    app.idle().await;
    let letter = app.outbox.letters().pop().expect("a mail");
    let link = link(&app, &letter);
    let new = "outra frase nada parecida";
    assert_eq!(browser.post_form(&link, &[("password", new)]).await.location(), "/sign-in");
    assert!(!is_in(&browser).await);
    let fields = [("email", "ana@vereda.example"), ("password", new)];
    assert_eq!(browser.post_form("/session", &fields).await.location(), "/sign-in/code");
    assert_eq!(code(&browser, &authenticator.code(&app, 0)).await.status, 303);
}

#[tokio::test]
async fn with_a_lost_key_file_the_page_says_so_and_a_recovery_code_or_the_command_line_helps() {
    let app = App::start().await;
    let (authenticator, codes) = set_up(&app, &app.browser_of(1).await).await;
    let other = Keys::fleeting().expect("randomness");
    let right = authenticator.code(&app, 0);
    let verdict = app.recado.db.write({
        let other = other.clone();
        move |tx| recado::accounts::compare_code(tx, &other, 1, &right)
    });
    assert_eq!(format!("{:?}", verdict.await.expect("a verdict")), "KeyLost");
    // The sealed secret of somebody else opens nothing either: it is bound to its place.
    app.recado.db.write(|tx| Ok(tx.execute("UPDATE second_factor SET sealed = x'01'", [])?)).await.expect("a write");
    let browser = app.browser();
    password(&browser, "ana").await;
    let page = browser.get("/sign-in/code").await;
    page.assert_says("Este servidor perdeu a chave que confere os códigos");
    page.assert_says("recado user reset-second-factor");
    assert_eq!(code(&browser, &authenticator.code(&app, 0)).await.status, 422);
    assert_eq!(code(&browser, &codes[0]).await.status, 303);
    let db = app.recado.db.clone();
    let reset = move || recado::accounts::commands::reset_second_factor(&db, "ANA@vereda.example");
    tokio::task::spawn_blocking(reset).await.expect("a thread").expect("it is there");
    assert!(!is_in(&browser).await);
    assert_eq!(password(&browser, "ana").await.location(), "/");
}

#[tokio::test]
async fn an_admin_resets_an_agents_and_only_the_owner_an_admins() {
    let app = App::start().await;
    let (bia, diego) = (app.user("bia", Role::Admin).await, app.user("diego", Role::Agent).await);
    for user in [1, bia, diego] {
        set_up(&app, &app.browser_of(user).await).await;
    }
    let reset = async |browser: &Browser, user: i64, password: &str| {
        browser.change("delete", &format!("/settings/second-factor/{user}"), &[("password", password)]).await
    };
    let (ana, admin, agent) = (app.browser_of(1).await, app.browser_of(bia).await, app.browser_of(diego).await);
    assert_eq!(reset(&agent, bia, PASSWORD).await.status, 403);
    let list = admin.get("/settings/second-factor").await;
    list.assert_says("Redefinir para Diego");
    list.assert_silent("Redefinir para Ana");
    list.assert_silent("Redefinir para Bia");
    assert_eq!(reset(&admin, bia, PASSWORD).await.status, 403);
    assert_eq!(reset(&admin, 1, PASSWORD).await.status, 409);
    assert_eq!(reset(&ana, 1, PASSWORD).await.status, 409);
    assert_eq!(reset(&admin, 99, PASSWORD).await.status, 404);
    let wrong = reset(&admin, diego, "wrong").await;
    assert_eq!(wrong.status, 422);
    wrong.assert_says("Diego vai entrar só com a senha");
    assert!(is_in(&agent).await);
    app.idle().await;
    let before = app.outbox.letters().len();
    assert_eq!(reset(&admin, diego, PASSWORD).await.location(), "/settings/second-factor");
    assert!(!is_in(&agent).await, "all sessions of that person end");
    assert_eq!(password(&app.browser(), "diego").await.location(), "/");
    assert_eq!(reset(&admin, diego, PASSWORD).await.status, 409);
    assert_eq!(reset(&ana, bia, PASSWORD).await.status, 303);
    app.idle().await;
    let told: Vec<_> = app.outbox.letters().split_off(before).into_iter().map(|letter| letter.envelope.to).collect();
    assert!(told.contains(&vec![email("diego")]) && told.contains(&vec![email("bia")]), "{told:?}");
    let read = app.recado.db.read(|connection| {
        let sql = "SELECT group_concat(actor_id || '>' || user_id) FROM activity WHERE kind = 'second_factor.reset'";
        Ok(connection.query_row(sql, [], |row| row.get::<_, String>(0))?)
    });
    assert_eq!(read.await.expect("a log"), format!("{bia}>{diego},1>{bia}"));
}
