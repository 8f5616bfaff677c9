//! The world that is measured: conversations of ten messages each, half as many contacts, fifty users, six inboxes. Built
//! once for a schema and a size and kept below `target`; each run works on a copy.

mod people;
mod rows;
mod story;

use std::fs;
use std::path::{Path, PathBuf};

use recado::auth::{Viewer, sessions};
use recado::clock::{Clock, DAY};
use recado::config::Config;
use recado::db::{Db, Options, SCHEMA};
use recado::events::Bus;
use recado::keys::Keys;
use sha2::{Digest, Sha256};

use crate::Result;

pub use people::address;

/// Raised when the generator changes what it writes.
const EDITION: u8 = 2;
/// How long a session of this run lasts.
const IDLE: i64 = 7 * DAY;

/// A copy of a world for one run; its folder goes with it.
pub struct World {
    pub folder: tempfile::TempDir,
    pub conversations: usize,
}

/// A signed-in person with the secret of the cookie.
pub struct Person {
    pub viewer: Viewer,
    pub secret: String,
}

impl World {
    /// A copy of the world of this size, which is built first if it is not there.
    pub async fn of(conversations: usize) -> Result<Self> {
        let kept = place(conversations)?;
        if !kept.join("done").exists() {
            build(&kept, conversations).await?;
        }
        let folder = tempfile::Builder::new().prefix("bench-run-").tempdir_in(target())?;
        for name in ["recado.sqlite", "recado.key"] {
            fs::copy(kept.join(name), folder.path().join(name))?;
            // Else the first write that is measured waits until the whole copy is on the disk.
            fs::File::open(folder.path().join(name))?.sync_all()?;
        }
        settle(folder.path()).await?;
        Ok(Self { folder, conversations })
    }

    /// The database, opened beside (or before) the server.
    pub fn open(&self) -> Result<Db> {
        open(self.folder.path())
    }

    /// Its keys.
    pub fn keys(&self) -> Result<Keys> {
        Ok(Keys::load_or_create(&config(self.folder.path())?.key_file())?)
    }
}

/// Opens (or creates) the database of a folder.
pub fn open(folder: &Path) -> Result<Db> {
    Ok(Db::open(&config(folder)?.database(), &Options::default(), &Clock::default(), &Bus::default())?)
}

fn config(folder: &Path) -> Result<Config> {
    Ok(Config::simple(folder, "http://127.0.0.1:8000", ([127, 0, 0, 1], 0).into())?)
}

/// Signs somebody in.
pub async fn sign_in(db: &Db, user: i64) -> Result<Person> {
    let secret = db.write(move |tx| sessions::open(tx, user, "Firefox", "127.0.0.1")).await?;
    let viewer = viewer(db, &secret).await?;
    Ok(Person { viewer, secret })
}

/// Who has this secret.
pub async fn viewer(db: &Db, secret: &str) -> Result<Viewer> {
    let (secret, now) = (secret.to_owned(), db.clock().now());
    let found = db.read(move |connection| sessions::find(connection, &secret, now, IDLE)).await?;
    Ok(found.ok_or("nobody is signed in")?.0)
}

/// Where build products of this repository stand.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("target"),
    }
}

fn place(conversations: usize) -> Result<PathBuf> {
    let mut hash = Sha256::new();
    hash.update([EDITION]);
    hash.update(SCHEMA.to_le_bytes());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut steps = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    steps.sort();
    for step in steps {
        hash.update(fs::read(step)?);
    }
    let hash = data_encoding::HEXLOWER.encode(&hash.finalize()[..4]);
    Ok(target().join(format!("bench-world-{hash}-{conversations}")))
}

/// Its facts are old: what follows facts has dealt with them, so that it does not do so while something is measured.
async fn settle(folder: &Path) -> Result<()> {
    let db = open(folder)?;
    db.write(|tx| {
        for follower in recado::FOLLOWERS.iter().copied().flatten() {
            tx.execute(
                "INSERT INTO event_cursor (name, event_id) SELECT ?1, coalesce(max(id), 0) FROM event WHERE true
                 ON CONFLICT (name) DO UPDATE SET event_id = excluded.event_id",
                [follower.name],
            )?;
        }
        Ok(())
    })
    .await?;
    tokio::task::spawn_blocking(move || db.close()).await?;
    Ok(())
}

async fn build(folder: &Path, conversations: usize) -> Result<()> {
    let _ = fs::remove_dir_all(folder);
    eprintln!("building a world of {conversations} conversations (kept for the next run)");
    let started = std::time::Instant::now();
    let db = open(folder)?;
    let keys = Keys::load_or_create(&config(folder)?.key_file())?;
    let start = db.clock().now() - 730 * DAY;
    // Everybody joined before the first message came.
    db.clock().hold(start);
    let people = people::furnish(&db, &keys, conversations / 2).await?;
    rows::fill(&db, people, conversations, start).await?;
    // Closing empties the write-ahead log into the file and lets the planner learn.
    tokio::task::spawn_blocking(move || db.close()).await?;
    eprintln!("built in {:.0} s", started.elapsed().as_secs_f64());
    fs::write(folder.join("done"), [])?;
    Ok(())
}
