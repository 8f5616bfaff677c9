//! Durable accept: mails taken in by 64 senders at once, each answered when it is on the disk and found by search. The
//! floor is the same writer thread doing the least that could be called that: one row, one update, full text.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use recado::channels::email::Intake;
use recado::db::Db;
use recado::inboxes::{self, Access, Capabilities, Inbox, MailSettings, NewInbox};
use recado::keys::Keys;
use rusqlite::params;

use crate::Result;
use crate::figures::{Figure, median};
use crate::words::{Dice, Words, name};
use crate::world;

const SENDERS: usize = 64;
const ROUNDS: usize = 4;
const ROUND: Duration = Duration::from_secs(2);

pub async fn measure() -> Result<Vec<Figure>> {
    let (ours, theirs) = (folder()?, folder()?);
    let (intake, inbox) = furnish(ours.path()).await?;
    let bare = world::open(theirs.path())?;
    bare.write(|tx| Ok(tx.execute_batch(FLOOR)?)).await?;
    let words = Arc::new(Words::new(30_000));
    let (mut accepted, mut floor, mut slow) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        floor.push(bare_round(&bare, &words, round).await?);
        let (rate, p99) = round_of_mail(&intake, &inbox, &words, round).await?;
        accepted.push(rate);
        slow.push(p99);
    }
    Ok(vec![
        Figure::new("durable accept, 64 senders", median(&accepted), "mails/s")
            .against(median(&floor))
            .ratio_of_at_least(0.5),
        Figure::new("durable accept, 64 senders, p99", median(&slow), "ms"),
    ])
}

/// The floor alone, for others that take mail in.
pub async fn bare() -> Result<f64> {
    let folder = folder()?;
    let bare = world::open(folder.path())?;
    bare.write(|tx| Ok(tx.execute_batch(FLOOR)?)).await?;
    let words = Arc::new(Words::new(30_000));
    let mut rounds = Vec::new();
    for round in 0..ROUNDS {
        rounds.push(bare_round(&bare, &words, round).await?);
    }
    Ok(median(&rounds))
}

pub fn folder() -> Result<tempfile::TempDir> {
    Ok(tempfile::Builder::new().prefix("bench-run-").tempdir_in(world::target())?)
}

async fn furnish(folder: &Path) -> Result<(Intake, Arc<Inbox>)> {
    let db = world::open(folder)?;
    let keys = Keys::load_or_create(&folder.join("recado.key"))?;
    let sealing = keys.clone();
    let inbox = db
        .write(move |tx| {
            let new = NewInbox {
                channel: "email",
                name: "Contato".to_owned(),
                address: "contato@vereda.example".to_owned(),
                access: Access::All,
                members: Vec::new(),
                capabilities: Capabilities::email(),
                mail: MailSettings::default(),
                password: None,
            };
            let id = inboxes::store::create(tx, None, &new, &sealing)?;
            inboxes::store::get(tx, id)
        })
        .await?;
    Ok((Intake { db, keys, max_bytes: 40 * 1024 * 1024 }, Arc::new(inbox)))
}

/// Mails per second, and the 99th percentile of the time until one was on the disk, in milliseconds.
async fn round_of_mail(intake: &Intake, inbox: &Arc<Inbox>, words: &Arc<Words>, round: usize) -> Result<(f64, f64)> {
    let started = Instant::now();
    let until = started + ROUND;
    let senders = (0..SENDERS).map(|sender| {
        let (intake, inbox, words) = (intake.clone(), inbox.clone(), words.clone());
        tokio::spawn(async move {
            let mut dice = Dice::new((round * SENDERS + sender) as u64);
            let mut times = Vec::new();
            while Instant::now() < until {
                let raw = mail(&mut dice, &words, [round, sender, times.len()]);
                let sent = Instant::now();
                intake.receive(&inbox, raw).await?;
                times.push(sent.elapsed().as_secs_f64() * 1000.0);
            }
            Ok::<_, recado::error::Error>(times)
        })
    });
    let mut times = Vec::new();
    for sender in senders.collect::<Vec<_>>() {
        times.extend(sender.await??);
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of mails")]
    let rate = times.len() as f64 / started.elapsed().as_secs_f64();
    Ok((rate, crate::figures::share(&times, 0.99)))
}

/// Every second mail begins a conversation, every other one answers the one before it. A sender writes from some
/// addresses.
pub fn mail(dice: &mut Dice, words: &Words, [round, sender, number]: [usize; 3]) -> Vec<u8> {
    let id = |number: usize| format!("<{round}.{sender}.{number}@cliente.example>");
    let answers = if number % 2 == 1 { format!("In-Reply-To: {}\r\n", id(number - 1)) } else { String::new() };
    let who = number / 2 % 20;
    let (letters, title) = (40 + dice.below(180) + dice.below(180), 15 + dice.below(40));
    format!(
        "Message-ID: {}\r\nDate: Fri, 20 Nov 2026 10:00:00 -0300\r\nFrom: {} <p{sender}.{who}@cliente.example>\r\n\
         To: contato@vereda.example\r\nSubject: {}\r\n{answers}MIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n",
        id(number),
        name(&mut Dice::new((sender * 20 + who) as u64)),
        words.text(dice, title),
        words.text(dice, letters),
    )
    .into_bytes()
}

const FLOOR: &str = "
CREATE TABLE floor_conversation (id INTEGER PRIMARY KEY, preview TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX floor_newest ON floor_conversation (at, id);
CREATE TABLE floor_message (id INTEGER PRIMARY KEY, conversation_id INTEGER NOT NULL, subject TEXT NOT NULL,
                            text TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX floor_of ON floor_message (conversation_id, id);
CREATE VIRTUAL TABLE floor_fts USING fts5 (subject, text, content = 'floor_message', content_rowid = 'id',
  tokenize = \"unicode61 remove_diacritics 2\", prefix = '2 3');
CREATE TRIGGER floor_insert AFTER INSERT ON floor_message BEGIN
  INSERT INTO floor_fts (rowid, subject, text) VALUES (new.id, new.subject, new.text);
END;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
  INSERT INTO floor_conversation SELECT i, '', i FROM n;";

/// Rows per second: insert, update, full text, FULL, the same group commit.
async fn bare_round(db: &Db, words: &Arc<Words>, round: usize) -> Result<f64> {
    let started = Instant::now();
    let until = started + ROUND;
    let written = Arc::new(AtomicUsize::new(0));
    let senders = (0..SENDERS).map(|sender| {
        let (db, words, written) = (db.clone(), words.clone(), written.clone());
        tokio::spawn(async move {
            let mut dice = Dice::new((round * SENDERS + sender) as u64);
            while Instant::now() < until {
                let (letters, title) = (40 + dice.below(180) + dice.below(180), 15 + dice.below(40));
                let (text, subject) = (words.text(&mut dice, letters), words.text(&mut dice, title));
                let conversation = 1 + dice.below(10_000);
                db.write(move |tx| {
                    tx.prepare_cached(
                        "INSERT INTO floor_message (conversation_id, subject, text, at) VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![conversation, subject, text, tx.now()])?;
                    tx.prepare_cached("UPDATE floor_conversation SET preview = ?2, at = ?3 WHERE id = ?1")?
                        .execute(params![conversation, text, tx.now()])?;
                    Ok(())
                })
                .await?;
                written.fetch_add(1, Ordering::Relaxed);
            }
            Ok::<_, recado::error::Error>(())
        })
    });
    for sender in senders.collect::<Vec<_>>() {
        sender.await??;
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
    Ok(written.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64())
}
