//! Telling a device while no page is open.

use recado::clock::{DAY, HOUR, MINUTE};
use recado::config::PrivateHosts;

use super::service::{Delivery, PushService, Subscriber};
use super::{HELENA, mail, read, told};
use crate::support::browser::Browser;
use crate::support::desk::Desk;
use crate::support::wait::{DEADLINE, until};

const DEVICES: &str = "/notifications/devices";

async fn desk() -> (Desk, PushService) {
    let desk = Desk::with(|config| config.private_web_hosts = PrivateHosts::Allowed).await;
    (desk, PushService::start().await)
}

/// Subscribes a browser at `path` of the service.
async fn subscribe(browser: &Browser, service: &PushService, path: &str) -> Subscriber {
    let subscriber = Subscriber::new();
    let (p256dh, auth) = subscriber.keys();
    let endpoint = [&service.origin(), path].concat();
    let fields = [("endpoint", endpoint.as_str()), ("p256dh", p256dh.as_str()), ("auth", auth.as_str())];
    let answer = browser.post_form(DEVICES, &fields).await;
    assert_eq!(answer.status, 204, "{}", answer.body);
    subscriber
}

async fn delivered(service: &PushService, count: usize) -> Vec<Delivery> {
    until(&format!("{count} messages at the push service"), DEADLINE, async || service.delivered().len() >= count)
        .await;
    service.delivered()
}

/// Waits until nothing that is due is left to do.
async fn done(desk: &Desk) {
    told(desk).await;
    until("all errands to be done", DEADLINE, async || {
        let now = desk.app.clock().now();
        let read = desk.app.recado.db.read(move |connection| {
            let sql = "SELECT 1 FROM job WHERE kind = 'notification_push' AND state != 'dead'
                          AND (run_at <= ?1 OR state = 'running')";
            Ok(connection.prepare(sql)?.exists([now])?)
        });
        !read.await.expect("jobs")
    })
    .await;
}

// proves: X18
#[rocket::async_test]
async fn a_device_is_told_by_a_message_that_only_it_can_read() {
    let (desk, service) = desk().await;
    let page = desk.browser.get(DEVICES).await;
    let (_, key) = page.body.split_once("id=\"this-device\" data-key=\"").expect("the server's key");
    let key = key.split('"').next().expect("a key").to_owned();
    let subscriber = subscribe(&desk.browser, &service, "/send/abc").await;
    let first = desk.receive(mail("a1@x", HELENA, "Obra", "Segredo do cliente")).await.conversation;
    let delivery = delivered(&service, 1).await.remove(0);
    assert_eq!(delivery.path, "/send/abc");
    delivery.assert_signed(&key, &service.origin(), desk.app.clock().now());
    let told_of = subscriber.read(&delivery);
    assert_eq!(told_of["title"], "Helena Duarte");
    assert_eq!(told_of["text"], "Segredo do cliente");
    assert_eq!(told_of["link"], format!("/conversations/{first}"));
    done(&desk).await;
    assert_eq!(service.delivered().len(), 1);
    let sealed = desk.number("SELECT instr(hex(private), hex(public)) FROM push_key").await;
    assert_eq!(sealed, 0, "the private key is sealed");
}

#[rocket::async_test]
async fn the_key_pair_outlives_a_start_and_another_key_file_gives_another_one() {
    use recado::notifications::push::ServerKey;
    let (house, _) = crate::support::house::House::quiet().await;
    let (db, keys) = (&house.app.db, &house.app.keys);
    let first = ServerKey::load_or_create(db, keys).await.expect("a key").public();
    assert_eq!(ServerKey::load_or_create(db, keys).await.expect("the same").public(), first);
    let other = recado::keys::Keys::fleeting().expect("randomness");
    let second = ServerKey::load_or_create(db, &other).await.expect("another").public();
    assert_ne!(second, first);
    assert_eq!(ServerKey::load_or_create(db, &other).await.expect("kept").public(), second);
}

#[rocket::async_test]
async fn what_was_read_may_not_be_read_or_belongs_to_an_ended_session_is_not_told() {
    let (desk, service) = desk().await;
    let (user, camila) = desk.agent("camila").await;
    let again = desk.app.browser_of(user).await;
    subscribe(&camila, &service, "/camila").await;
    subscribe(&again, &service, "/again").await;
    let first = desk.receive(mail("a1@x", HELENA, "Obra", "Oi")).await.conversation;
    let paths = delivered(&service, 2).await;
    assert_eq!(paths.iter().map(|one| one.path.as_str()).filter(|path| *path == "/again").count(), 1);
    again.change("delete", "/session", &[]).await;
    desk.receive(mail("a2@x", HELENA, "Piso", "Oi")).await;
    done(&desk).await;
    assert_eq!(delivered(&service, 3).await.len(), 3);
    assert_eq!(service.delivered()[2].path, "/camila", "a device that signed out is not told");
    read(&camila, first).await;
    service.answer(&[503]);
    desk.receive(mail("a3@x", HELENA, "Teto", "Oi")).await;
    delivered(&service, 4).await;
    desk.app.recado.db.write(|tx| Ok(tx.execute("UPDATE inbox SET access = 'owner'", [])?)).await.expect("changed");
    desk.app.clock().advance(MINUTE);
    done(&desk).await;
    desk.receive(mail("a4@x", HELENA, "Porta", "Oi")).await;
    done(&desk).await;
    assert_eq!(service.delivered().len(), 4, "what is not theirs any more is not told, not even at a second try");
    desk.app.recado.db.write(|tx| Ok(tx.execute("UPDATE inbox SET access = 'all'", [])?)).await.expect("changed");
    desk.app.clock().advance(8 * DAY);
    desk.receive(mail("a5@x", HELENA, "Janela", "Oi")).await;
    done(&desk).await;
    assert_eq!(service.delivered().len(), 4, "a session unused for too long is over");
}

#[rocket::async_test]
async fn a_device_that_is_gone_is_forgotten_and_a_busy_service_is_asked_again() {
    let (desk, service) = desk().await;
    subscribe(&desk.browser, &service, "/one").await;
    desk.browser.get(DEVICES).await.assert_says("· este aparelho");
    service.answer(&[429, 500, 201]);
    desk.receive(mail("a1@x", HELENA, "Obra", "Oi")).await;
    delivered(&service, 1).await;
    done(&desk).await;
    desk.app.clock().advance(MINUTE);
    delivered(&service, 2).await;
    done(&desk).await;
    desk.app.clock().advance(MINUTE);
    delivered(&service, 3).await;
    done(&desk).await;
    assert_eq!(service.delivered().len(), 3, "it was taken");
    service.answer(&[410]);
    desk.receive(mail("a2@x", HELENA, "Piso", "Oi")).await;
    delivered(&service, 4).await;
    done(&desk).await;
    desk.browser.get(DEVICES).await.assert_silent("· este aparelho");
    desk.receive(mail("a3@x", HELENA, "Teto", "Oi")).await;
    done(&desk).await;
    desk.app.clock().advance(HOUR);
    done(&desk).await;
    assert_eq!(service.delivered().len(), 4, "nobody is asked about it again");
}

// proves: P13
#[rocket::async_test]
async fn a_test_can_be_asked_for_and_the_page_says_what_to_do_when_nothing_appears() {
    let (desk, service) = desk().await;
    assert_eq!(desk.browser.post_form("/notifications/test", &[]).await.status, 409, "its page shows the test itself");
    let subscriber = subscribe(&desk.browser, &service, "/one").await;
    assert_eq!(desk.browser.post_form("/notifications/test", &[]).await.status, 204);
    let told_of = subscriber.read(&delivered(&service, 1).await[0]);
    assert_eq!(told_of["title"], "Aviso de teste");
    let page = desk.browser.get(DEVICES).await;
    for words in
        ["O navegador está bloqueando", "Não perturbe", "Adicionar à Tela de Início", "Mandar um aviso de teste"]
    {
        page.assert_says(words);
    }
}

#[rocket::async_test]
async fn addresses_on_private_networks_and_broken_keys_are_refused() {
    let desk = Desk::start().await;
    let (p256dh, auth) = Subscriber::new().keys();
    let send = async |endpoint: &str, p256dh: &str, auth: &str| {
        let fields = [("endpoint", endpoint), ("p256dh", p256dh), ("auth", auth)];
        desk.browser.post_form(DEVICES, &fields).await.status
    };
    let good = "https://push.example/send/1";
    assert_eq!(send("http://push.example/send/1", &p256dh, &auth).await, 422, "not over TLS");
    assert_eq!(send("https://ana:x@push.example/", &p256dh, &auth).await, 422);
    assert_eq!(send("nonsense", &p256dh, &auth).await, 422);
    assert_eq!(send(good, "AAAA", &auth).await, 422);
    assert_eq!(send(good, &p256dh, "AAAA").await, 422);
    assert_eq!(desk.number("SELECT count(*) FROM push_subscription").await, 0);
    assert_eq!(send("https://127.0.0.1/send/1", &p256dh, &auth).await, 204, "judged when it is asked");
    desk.receive(mail("a1@x", HELENA, "Obra", "Oi")).await;
    until("the address to be judged", DEADLINE, async || {
        desk.text("SELECT max(last_error) FROM job WHERE kind = 'notification_push'").await.contains("private network")
    })
    .await;
}
