//! The command line: mail from a pipe with the exit codes mail servers know, back-ups that are whole, words that help.

use recado::keys::Secret;
use reqwest::Client;
use tempfile::TempDir;

use crate::support::house::{House, mail};
use crate::support::process::{ServerProcess, Settings, open};
use crate::support::wait::{DEADLINE, until};

fn json(line: &str) -> serde_json::Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

async fn installation() -> (House, Settings) {
    let (house, _outbox) = House::quiet().await;
    let settings = Settings::new(house.folder.path(), None);
    (house, settings)
}

#[rocket::async_test]
async fn mail_in_says_what_it_took_and_that_it_had_it_already() {
    let (house, settings) = installation().await;
    let raw = b"Message-ID: <m1@x>\r\nFrom: =?utf-8?q?Ana_Concei=C3=A7=C3=A3o?= <ana@x.example>\r\nTo: contato@vereda.example\r\n\
        Cc: Rui <rui@x.example>\r\nSubject: Planta\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
        --b\r\nContent-Type: text/plain\r\n\r\nSegue.\r\n--b\r\nContent-Type: text/csv; name=\"medidas.csv\"\r\n\
        Content-Transfer-Encoding: base64\r\n\r\nYTtiCg==\r\n--b--\r\n";
    let args = ["mail-in", "--inbox", "contato DA loja", "--json"];
    let (code, out, _) = settings.run(&args, raw);
    assert_eq!(code, Some(0));
    let told = json(&out);
    assert_eq!(told["outcome"], "new");
    assert_eq!(told["from"], serde_json::json!({ "address": "ana@x.example", "name": "Ana Conceição" }));
    assert_eq!(told["cc"][0]["address"], "rui@x.example");
    let file = &told["attachments"][0];
    assert_eq!(
        (file["name"].as_str(), file["type"].as_str(), file["size"].as_i64()),
        (Some("medidas.csv"), Some("text/csv"), Some(4))
    );
    assert_eq!(file["sha256"], "9a8be2eb1604c06722f17a9bbdb1160123efa0dcf87979013ead941593977af2");
    let (code, out, _) = settings.run(&["mail-in", "--inbox", "contato@vereda.example", "--json"], raw);
    assert_eq!((code, json(&out)["outcome"].as_str()), (Some(0), Some("duplicate")));
    assert_eq!(house.number("SELECT count(*) FROM message").await, 1);
}

#[rocket::async_test]
async fn mail_in_tells_a_mail_server_when_to_try_again_and_when_not() {
    let (house, settings) = installation().await;
    let raw = mail("m1@x", "ana@x.example", "oi", "oi");
    let (code, _, error) = settings.run(&["mail-in", "--inbox", "Outra"], &raw);
    assert_eq!(code, Some(67), "{error}");
    let (code, _, _) = settings.run(&["mail-in"], &raw);
    assert_eq!(code, Some(64));
    let holder = open(house.app.db.path());
    holder.execute_batch("BEGIN IMMEDIATE").expect("locked");
    let (code, _, error) = settings.run(&["mail-in", "--inbox", "Contato da loja"], &raw);
    assert_eq!(code, Some(75), "a locked database is temporary: {error}");
    holder.execute_batch("ROLLBACK").expect("unlocked");
    assert_eq!(house.number("SELECT count(*) FROM message").await, 0);
    let (code, _, _) = settings.run(&["mail-in", "--inbox", "Contato da loja"], &raw);
    assert_eq!(code, Some(0));
}

#[rocket::async_test]
async fn a_copy_made_while_serving_comes_back_whole_with_its_key() {
    let (house, settings) = installation().await;
    house.receive(&mail("m1@x", "ana@x.example", "guardada", "texto")).await;
    let sealed = house.app.keys.seal("place", &Secret("senha".into())).expect("sealed");
    let _server = ServerProcess::start(&settings);
    let copies = TempDir::new().expect("a folder");
    let file = copies.path().join("copia.sqlite");
    let name = file.to_str().expect("a name");
    let with_phrase = |args: &[&str], settings: &Settings| {
        let output = settings.command(args).env("RECADO_BACKUP_PASSPHRASE", "quatro palavras bem simples").output();
        let output = output.expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(with_phrase(&["backup", name], &settings).0, Some(0));
    assert_ne!(with_phrase(&["backup", name], &settings).0, Some(0), "a copy is never overwritten");

    let elsewhere = TempDir::new().expect("a folder");
    let new = Settings::new(elsewhere.path(), None);
    let (code, _, error) = new.run(&["restore", name], b"");
    assert_eq!(code, Some(78), "without the passphrase it says what is missing: {error}");
    assert!(!elsewhere.path().join("recado.sqlite").exists(), "and changes nothing");
    let (code, error) = with_phrase(&["restore", name], &new);
    assert_eq!(code, Some(0), "{error}");
    let restored = open(&elsewhere.path().join("recado.sqlite"));
    let count = |sql: &str| restored.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a number");
    assert_eq!(count("SELECT count(*) FROM message"), 1);
    assert_eq!(count("SELECT count(*) FROM wrapped_key"), 0, "the key is taken out of the copy");
    let keys = recado::keys::Keys::load_or_create(&elsewhere.path().join("recado.key")).expect("the key");
    assert_eq!(keys.open("place", &sealed).map(|secret| secret.0).as_deref(), Some("senha"));
}

#[rocket::async_test]
async fn what_is_no_copy_of_ours_is_not_restored() {
    let folder = TempDir::new().expect("a folder");
    let settings = Settings::new(folder.path(), None);
    let foreign = folder.path().join("foreign.sqlite");
    open(&foreign).execute_batch("CREATE TABLE t (x)").expect("a table");
    let broken = folder.path().join("broken.sqlite");
    std::fs::write(&broken, b"SQLite format 3\0 and then nonsense").expect("written");
    for file in [foreign, broken] {
        let (code, _, error) = settings.run(&["restore", file.to_str().expect("a name")], b"");
        assert_ne!(code, Some(0), "{error}");
    }
    assert!(!folder.path().join("recado.sqlite").exists());
}

#[rocket::async_test]
#[expect(clippy::disallowed_methods, reason = "a client for this machine")]
async fn a_server_serves_on_when_nobody_reads_what_it_says() {
    let folder = TempDir::new().expect("a folder");
    let settings = Settings::new(folder.path(), None);
    let _server = ServerProcess::start_unheard(&settings);
    let page = [settings.get("RECADO_PUBLIC_URL"), "/setup"].concat();
    let client = Client::new();
    let is_served = async || client.get(&page).send().await.is_ok_and(|answer| answer.status() == 200);
    until("the page", DEADLINE, is_served).await;
}

#[rocket::async_test]
async fn a_newer_database_is_refused_in_words() {
    let (house, settings) = installation().await;
    house.app.db.write(|tx| Ok(tx.pragma_update(None, "user_version", 9_999)?)).await.expect("from the future");
    house.app.db.close();
    let output = settings.command(&["serve"]).output().expect("it ends");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && error.contains("9999") && error.contains("newer version"), "{error}");
}

#[rocket::async_test]
async fn a_second_server_for_the_same_database_is_refused() {
    let (_house, settings) = installation().await;
    let _first = ServerProcess::start(&settings);
    let second = settings.command(&["serve"]).output().expect("it ends");
    assert_eq!(second.status.code(), Some(78));
}

#[rocket::async_test]
async fn settings_that_are_wrong_are_named_with_an_example() {
    let folder = TempDir::new().expect("a folder");
    let settings = Settings::new(folder.path(), None);
    for (name, value, example) in [
        ("RECADO_PUBLIC_URL", "recado.example.com", "RECADO_PUBLIC_URL=https://"),
        ("RECADO_PUBLIC_URL", "https://x.example/path", "RECADO_PUBLIC_URL=https://"),
        ("RECADO_TIME_ZONE", "Brasil", "RECADO_TIME_ZONE=America/Sao_Paulo"),
        ("RECADO_LANGUAGE", "fr", "RECADO_LANGUAGE=pt-BR"),
        ("RECADO_TRUSTED_PROXIES", "proxy", "RECADO_TRUSTED_PROXIES=127.0.0.1"),
    ] {
        let output = settings.command(&["serve"]).env(name, value).output().expect("it ends");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(78), "{name}={value}: {error}");
        assert!(error.contains(example), "{name}={value}: {error}");
    }
    let output = settings.command(&["serve"]).env("RECADO_PUBIC_URL", "x").output().expect("it ends");
    assert_eq!(output.status.code(), Some(78), "a misspelled setting is not ignored");
}

#[rocket::async_test]
async fn check_says_in_words_and_in_json_what_works() {
    let (_house, settings) = installation().await;
    let (code, out, _) = settings.run(&["check"], b"");
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("without encryption") && out.contains("RECADO_SMTP_HOST"), "{out}");
    let (_, out, _) = settings.run(&["check", "--json"], b"");
    let states: Vec<_> = out.lines().map(|line| json(line)["state"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(states, ["warning", "ok", "ok", "warning", "warning"], "{out}");
    assert!(out.contains("No mail server is set up for sending"), "each inbox is tried: {out}");
    let peerless = settings
        .command(&["check"])
        .env("RECADO_SMTP_HOST", "127.0.0.1")
        .env("RECADO_SMTP_PORT", "1")
        .env("RECADO_MAIL_FROM", "a@b.c")
        .output()
        .expect("it ends");
    assert_eq!(peerless.status.code(), Some(78), "a mail server that does not answer is an error");
}

#[rocket::async_test]
async fn the_owner_is_made_once_from_the_command_line() {
    let folder = TempDir::new().expect("a folder");
    let settings = Settings::new(folder.path(), None);
    let args = ["user", "create", "--owner", "--name", "Ana", "--email", "ana@x.example"];
    let (code, _, error) = settings.run(&args, b"curta\n");
    assert_eq!(code, Some(64), "{error}");
    assert!(error.contains("password"), "{error}");
    let (code, out, error) = settings.run(&args, b"cavalo bateria grampo certo\n");
    assert_eq!(code, Some(0), "{error}");
    assert!(out.contains("ana@x.example"));
    assert_ne!(settings.run(&args, b"cavalo bateria grampo certo\n").0, Some(0), "one owner");
    let args = ["user", "reset-password", "--email", "ana@x.example"];
    assert_eq!(settings.run(&args, b"outra senha bem comprida\n").0, Some(0));
    let args = ["user", "reset-password", "--email", "nobody@x.example"];
    assert_ne!(settings.run(&args, b"outra senha bem comprida\n").0, Some(0));
}

#[rocket::async_test]
async fn users_are_listed_disabled_and_given_roles_beside_a_running_server() {
    let (house, settings) = installation().await;
    let diego = house.add_user("Diego", recado::auth::Role::Agent).await;
    let _server = ServerProcess::start(&settings);
    let run = |args: &[&str]| settings.run(&[&["user"], args].concat(), b"");
    let address = "diego@vereda.example";
    assert_eq!(run(&["set-role", "--email", address, "--role", "admin"]).0, Some(0));
    assert_eq!(run(&["disable", "--email", address]).0, Some(0));
    let (code, out, _) = run(&["list", "--json"]);
    let lines: Vec<serde_json::Value> = out.lines().map(json).collect();
    assert_eq!((code, lines.len()), (Some(0), 2));
    let told = lines.iter().find(|line| line["email"] == address).expect("Diego");
    assert_eq!((told["role"].as_str(), told["access"].as_str()), (Some("admin"), Some("disabled")));
    assert_eq!(run(&["enable", "--email", address]).0, Some(0));
    let (_, words, _) = run(&["list"]);
    assert!(words.contains("patricia@vereda.example  owner  active    Patrícia Lima"), "{words}");
    for refused in [
        run(&["disable", "--email", "patricia@vereda.example"]),
        run(&["set-role", "--email", "patricia@vereda.example", "--role", "agent"]),
    ] {
        assert_eq!(refused.0, Some(64), "{refused:?}");
        assert!(refused.2.contains("owner's role"), "{}", refused.2);
    }
    let (code, _, error) = run(&["disable", "--email", "nobody@x.example"]);
    assert_eq!(code, Some(78), "{error}");
    assert!(error.contains("recado user list"), "{error}");
    let logged = house.text("SELECT group_concat(kind) FROM activity WHERE user_id = ?1 AND actor_id IS NULL", diego);
    assert!(logged.await.contains("user.role_changed,user.rights_changed,user.disabled,user.enabled"));
}
