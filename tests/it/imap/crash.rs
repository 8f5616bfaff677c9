//! The power goes out while mail is fetched: what was stored is there once, what was not is fetched again.

use recado::config::PrivateHosts;
use recado::inboxes::{History, OwnMailbox};
use recado::mailer::Outbox;

use super::{letter, letters};
use crate::support::house::{House, Way};
use crate::support::imap::ImapPeer;
use crate::support::mailbox::{connect, own};
use crate::support::process::{ServerProcess, Settings, open};
use crate::support::rounds::{Chance, rounds};
use crate::support::wait::{DEADLINE, until};

/// Mails in the mailbox.
const MAILS: usize = 200;
/// How often the server is killed while it fetches them.
const KILLS: usize = 3;

#[rocket::async_test]
async fn a_server_killed_while_it_fetches_loses_and_doubles_nothing() {
    let mut chance = Chance::of("imap crash");
    for _ in 0..rounds(170) {
        one_round(&mut chance).await;
    }
}

async fn one_round(chance: &mut Chance) {
    let peer = ImapPeer::start().await;
    let house =
        House::with(Way::Memory(Outbox::default()), |config| config.private_mail_hosts = PrivateHosts::Allowed).await;
    connect(&house, "ana", OwnMailbox { history: History::All, ..own(peer.port(), "ana") }).await;
    for number in 0..MAILS {
        peer.deliver(&letter(number));
    }
    let folder = house.folder.path().to_owned();
    house.app.db.close();
    let settings = Settings::new(&folder, None).and("RECADO_ALLOW_PRIVATE_MAIL_HOSTS", "true");
    for _ in 0..KILLS {
        let given = peer.given() + 1 + chance.below(MAILS / KILLS);
        let server = ServerProcess::start(&settings);
        until("some mails to be given", DEADLINE, async || peer.given() >= given || count(&folder) == MAILS).await;
        server.kill();
    }
    let server = ServerProcess::start(&settings);
    until("all mails to be in", DEADLINE, async || count(&folder) >= MAILS).await;
    server.kill();
    let db = open(&folder.join("recado.sqlite"));
    let mut select = db.prepare("SELECT subject FROM message ORDER BY id").expect("messages");
    let found: Vec<String> =
        select.query_map([], |row| row.get(0)).expect("rows").collect::<Result<_, _>>().expect("subjects");
    assert_eq!(found, letters(MAILS));
    let verdict: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a verdict");
    assert_eq!(verdict, "ok");
    peer.assert_polite();
}

fn count(folder: &std::path::Path) -> usize {
    let db = open(&folder.join("recado.sqlite"));
    db.query_row("SELECT count(*) FROM message", [], |row| row.get(0)).unwrap_or(0)
}
