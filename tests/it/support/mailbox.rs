//! An inbox of a house that fetches from a mailbox, and what came in there.

use recado::config::Security;
use recado::inboxes::store::SecretKind;
use recado::inboxes::{
    self, Access, AfterReading, Capabilities, History, Inbox, MailSettings, NewInbox, OwnMailbox, OwnServer, SentCopy,
};
use recado::keys::Secret;

use super::dovecot::PASSWORD;
use super::house::House;
use super::wait::{DEADLINE, until};

/// INBOX of `user` at a port of this machine, unprotected, from now on, left as it is.
pub fn own(port: u16, user: &str) -> OwnMailbox {
    OwnMailbox {
        server: OwnServer {
            host: "127.0.0.1".to_owned(),
            port,
            security: Security::None,
            username: Some(user.to_owned()),
        },
        folder: "INBOX".to_owned(),
        history: History::None,
        after: AfterReading::Leave,
        sent: SentCopy::Append,
    }
}

/// Connects an inbox `<user>@vereda.example`.
pub async fn connect(house: &House, user: &str, mailbox: OwnMailbox) -> Inbox {
    let keys = house.app.keys.clone();
    let new = NewInbox {
        channel: "email",
        name: format!("Caixa {user}"),
        address: format!("{user}@vereda.example"),
        access: Access::All,
        members: Vec::new(),
        capabilities: Capabilities::email(),
        mail: MailSettings { imap: Some(mailbox), ..MailSettings::default() },
        password: None,
    };
    let owner = house.owner;
    let create = move |tx: &recado::db::Tx<'_>| {
        let id = inboxes::store::create(tx, Some(owner), &new, &keys)?;
        inboxes::store::set_secret(tx, id, SecretKind::Imap, Some(&Secret(PASSWORD.to_owned())), &keys)?;
        inboxes::store::get(tx, id)
    };
    house.app.db.write(create).await.expect("an inbox")
}

/// Changes the inbox as its form would.
pub async fn change(house: &House, inbox: &Inbox, mailbox: OwnMailbox, password: Option<&str>) {
    let (by, keys, inbox) = (house.owner().await, house.app.keys.clone(), inbox.clone());
    let secret = password.map(|password| Secret(password.to_owned()));
    let update = move |tx: &recado::db::Tx<'_>| {
        let new = NewInbox {
            channel: "email",
            name: inbox.name.clone(),
            address: inbox.address.clone(),
            access: inbox.access,
            members: Vec::new(),
            capabilities: inbox.capabilities.clone(),
            mail: MailSettings { imap: Some(mailbox), ..inbox.mail.clone() },
            password: None,
        };
        if secret.is_some() {
            inboxes::store::set_secret(tx, inbox.id, SecretKind::Imap, secret.as_ref(), &keys)?;
        }
        inboxes::store::update(tx, &by, inbox.id, &new, &keys)
    };
    house.app.db.write(update).await.expect("a changed inbox");
}

/// Subjects of what came into an inbox, in the order in which it came.
pub async fn subjects(house: &House, inbox: &Inbox) -> Vec<String> {
    let id = inbox.id;
    let read = move |connection: &recado::db::Connection| {
        let mut select = connection.prepare(
            "SELECT coalesce(nullif(subject, ''), '?') FROM message WHERE inbox_id = ?1 AND kind = 'incoming' ORDER BY id",
        )?;
        let found = select.query_map([id], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        Ok(found)
    };
    house.app.db.read(read).await.expect("subjects")
}

/// Waits until so many mails are in, and answers their subjects.
pub async fn arrived(house: &House, inbox: &Inbox, count: usize) -> Vec<String> {
    until(&format!("{count} mails in {}", inbox.name), DEADLINE, async || subjects(house, inbox).await.len() >= count)
        .await;
    subjects(house, inbox).await
}

/// Waits until the mailbox was looked at and everything that was there is in.
pub async fn caught_up(house: &House, inbox: &Inbox) {
    let sql = "SELECT CAST(checked_at IS NOT NULL AS TEXT) FROM mailbox_cursor WHERE inbox_id = ?1";
    until("the mailbox to be looked at", DEADLINE, async || {
        let id = inbox.id;
        let read = move |connection: &recado::db::Connection| {
            Ok(connection
                .prepare(sql)?
                .query_map([id], |row| row.get::<_, String>(0))?
                .any(|one| one.is_ok_and(|one| one == "1")))
        };
        house.app.db.read(read).await.expect("a cursor")
    })
    .await;
}

/// What is wrong with the way in, in the key of its sentence; empty when nothing is.
pub async fn problem(house: &House, inbox: &Inbox) -> String {
    house.text("SELECT problem_in FROM inbox WHERE id = ?1", inbox.id).await
}

/// Waits until that is wrong.
pub async fn broken(house: &House, inbox: &Inbox, key: &str) {
    until(&format!("{} to say {key}", inbox.name), DEADLINE, async || problem(house, inbox).await == key).await;
}
