//! A mailbox with many new mails: how fast they are in, durable and found by search, and how much memory that takes. The
//! mail server is a bare one in this process, so it is part of the load; the floor is that of `intake.rs`.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use recado::config::Security;
use recado::inboxes::store::SecretKind;
use recado::inboxes::{
    self, Access, AfterReading, Capabilities, History, MailSettings, NewInbox, OwnMailbox, OwnServer, SentCopy,
};
use recado::keys::{Keys, Secret};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::figures::Figure;
use crate::product::Server;
use crate::words::{Dice, Words};
use crate::{Result, intake, world};

const MAILS: usize = 10_000;

pub async fn measure() -> Result<Vec<Figure>> {
    let floor = intake::bare().await?;
    let words = Words::new(30_000);
    let mut dice = Dice::new(7);
    let mails: Arc<Vec<Vec<u8>>> =
        Arc::new((0..MAILS).map(|number| intake::mail(&mut dice, &words, [0, number / 500, number])).collect());
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let port = listener.local_addr()?.port();
    let serving = tokio::spawn(serve(listener, mails));
    let folder = intake::folder()?;
    furnish(folder.path(), port).await?;
    let server = Server::product(folder.path())?;
    let started = Instant::now();
    let mut looks = tokio::time::interval(Duration::from_millis(20));
    while taken_in(folder.path()) < MAILS {
        looks.tick().await;
        if started.elapsed() > Duration::from_mins(5) {
            return Err("the mails of a mailbox did not come in within five minutes".into());
        }
    }
    let elapsed = started.elapsed().as_secs_f64();
    let memory = server.memory()?.1;
    serving.abort();
    #[expect(clippy::cast_precision_loss, reason = "a count of mails")]
    let rate = MAILS as f64 / elapsed;
    Ok(vec![
        Figure::new("mails taken in from a mailbox", rate, "mails/s").against(floor),
        Figure::new("memory, the most while taking in 10,000 mails", memory, "MB").below(250.0),
    ])
}

fn taken_in(folder: &Path) -> usize {
    let open = || -> rusqlite::Result<usize> {
        #[expect(clippy::disallowed_methods, reason = "a second pair of eyes on the file")]
        let db = rusqlite::Connection::open(folder.join("recado.sqlite"))?;
        db.query_row("SELECT count(*) FROM message", [], |row| row.get(0))
    };
    open().unwrap_or(0)
}

/// An inbox that was connected before the mails came.
async fn furnish(folder: &Path, port: u16) -> Result<()> {
    let db = world::open(folder)?;
    let keys = Keys::load_or_create(&folder.join("recado.key"))?;
    let server = OwnServer {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        username: Some("contato".to_owned()),
    };
    let mailbox = OwnMailbox {
        server,
        folder: "INBOX".to_owned(),
        history: History::None,
        after: AfterReading::Leave,
        sent: SentCopy::Provider,
    };
    let new = NewInbox {
        channel: "email",
        name: "Contato".to_owned(),
        address: "contato@vereda.example".to_owned(),
        access: Access::All,
        members: Vec::new(),
        capabilities: Capabilities::email(),
        mail: MailSettings { imap: Some(mailbox), ..MailSettings::default() },
        password: None,
    };
    db.write(move |tx| {
        let id = inboxes::store::create(tx, None, &new, &keys)?;
        inboxes::store::set_secret(tx, id, SecretKind::Imap, Some(&Secret("senha".to_owned())), &keys)?;
        tx.execute(
            "INSERT INTO mailbox_cursor (inbox_id, folder, uid_validity, last_uid, connected_at)
             VALUES (?1, 'INBOX', 1, 0, ?2)",
            [id, tx.now()],
        )?;
        Ok(())
    })
    .await?;
    tokio::task::spawn_blocking(move || db.close()).await?;
    Ok(())
}

async fn serve(listener: TcpListener, mails: Arc<Vec<Vec<u8>>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let mails = mails.clone();
        // A client that leaves ends its own connection.
        tokio::spawn(async move { converse(stream, &mails).await });
    }
}

async fn converse(stream: TcpStream, mails: &[Vec<u8>]) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"* OK ready\r\n").await?;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let tag = words.first().copied().unwrap_or_default().to_owned();
        let mut answer = Vec::new();
        match words.get(1).copied().unwrap_or_default() {
            "CAPABILITY" => answer.extend_from_slice(b"* CAPABILITY IMAP4rev1\r\n"),
            "EXAMINE" => {
                let (exists, next) = (mails.len(), mails.len() + 1);
                let opened = format!("* {exists} EXISTS\r\n* OK [UIDVALIDITY 1] .\r\n* OK [UIDNEXT {next}] .\r\n");
                answer.extend_from_slice(opened.as_bytes());
            }
            "UID" => fetch(&mut answer, mails, &words),
            _ => {}
        }
        answer.extend_from_slice(format!("{tag} OK done\r\n").as_bytes());
        stream.write_all(&answer).await?;
    }
}

/// `UID FETCH 1:* (UID FLAGS …)` and `UID FETCH 1,2,3 (UID BODY.PEEK[])`.
fn fetch(answer: &mut Vec<u8>, mails: &[Vec<u8>], words: &[&str]) {
    let set = words.get(3).copied().unwrap_or_default();
    let bodies = words.iter().any(|word| word.contains("BODY.PEEK[]"));
    let uids: Vec<usize> = match set.split_once(':') {
        Some((first, _)) => (first.parse().unwrap_or(1)..=mails.len()).collect(),
        None => set.split(',').filter_map(|uid| uid.parse().ok()).collect(),
    };
    for uid in uids {
        let Some(mail) = mails.get(uid.wrapping_sub(1)) else { continue };
        let head = if bodies {
            format!("* {uid} FETCH (UID {uid} BODY[] {{{}}}\r\n", mail.len())
        } else {
            let date = "20-Nov-2026 10:00:00 -0300";
            format!("* {uid} FETCH (UID {uid} FLAGS () RFC822.SIZE {} INTERNALDATE \"{date}\"", mail.len())
        };
        answer.extend_from_slice(head.as_bytes());
        if bodies {
            answer.extend_from_slice(mail);
        }
        answer.extend_from_slice(b")\r\n");
    }
}
