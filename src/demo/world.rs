//! Builds the demo company through the product's own verbs, on a clock held in the past, so that times and order are those
//! of two real weeks.

use super::script::{DIEGO, PATRICIA, RENATA, stories};
use super::story::{Mate, Step, Story};
use super::{filters, greetings, letters, people, sequels, tools};
use crate::accounts::{self, NewUser, Workspace};
use crate::auth::{Availability, Role, Viewer, passwords, sessions};
use crate::blobs;
use crate::channels::email::{Intake, Mailbox, Outgoing, OutgoingFile, Quoted, Writer, compose};
use crate::clock::{DAY, HOUR, MINUTE, Millis};
use crate::conversations::model::{Addressed, Hold, IncomingFile, MessageKind, Written, edges};
use crate::conversations::store::{assignment, closure, delivery, reading, snooze, tags, waiting, writing};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::inboxes::{self, Access, Capabilities, Inbox, MailSettings, NewInbox};
use crate::keys;
use crate::notifications;
use crate::server::{self, App};
use crate::web::Lang;
use crate::web::i18n::args;
use crate::web::times::Times;

/// The owner's address.
pub const OWNER: &str = "patricia@vereda.arq.br";
/// An agent's address.
pub const AGENT: &str = "camila@vereda.arq.br";
/// Everybody's password in the demo.
pub const PASSWORD: &str = "recado na mesa azul";

const TEAM: &[(&str, &str, Role)] = &[
    ("Patrícia Lima", OWNER, Role::Owner),
    ("Camila Rocha", AGENT, Role::Agent),
    ("Diego Martins", "diego@vereda.arq.br", Role::Agent),
    ("Renata Alves", "renata@vereda.arq.br", Role::Admin),
];
const INBOXES: &[(&str, &str, Access)] = &[
    ("Contato da loja", "contato@vereda.arq.br", Access::All),
    ("Obras", "obras@vereda.arq.br", Access::Selected),
    ("Patrícia", "direcao@vereda.arq.br", Access::Owner),
];

/// How far a story has come.
#[derive(Default, Clone)]
struct Progress {
    conversation: i64,
    last_message: i64,
    /// The Message-ID of the customer's first mail: their later ones refer to it.
    first_id: Option<String>,
    mails: usize,
}

/// What becomes of something written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It goes out, and the story waits for that.
    Leaves,
    Refused,
    /// A note.
    Stays,
}

struct World<'a> {
    app: &'a App,
    team: Vec<Viewer>,
    inboxes: Vec<Inbox>,
    /// The time outside, where the last story ends.
    now: Millis,
}

/// Builds the company into an empty database.
///
/// # Errors
/// Database errors.
pub async fn build(app: &App) -> Result<()> {
    let now = app.clock().now();
    app.clock().hold(now - 14 * DAY);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let runner = tokio::spawn(server::runner(app).run(async {
        let _ = stopped.await;
    }));
    let world = World { app, team: team(app).await?, inboxes: Vec::new(), now };
    let world = World { inboxes: connect(app, &world.team).await?, ..world };
    let outcome = fill(app, &world).await;
    drop(stop);
    runner.await.map_err(Error::internal)?;
    app.clock().release();
    outcome
}

async fn fill(app: &App, world: &World<'_>) -> Result<()> {
    world.play(world.now).await?;
    // Not before, because nobody hands anything to somebody unavailable.
    world.leave(RENATA).await?;
    people::gather(app, &world.team).await?;
    tools::lay_out(app, &world.team).await?;
    greetings::set(app, &world.team[PATRICIA], &world.inboxes[0], world.now).await?;
    filters::keep(app, &world.team[PATRICIA]).await
}

async fn team(app: &App) -> Result<Vec<Viewer>> {
    let hash = passwords::hash(PASSWORD.to_owned()).await?;
    let (language, zone) = (app.config.language.clone(), app.config.zone.clone());
    let workspace = Workspace { name: "Vereda Arquitetura".to_owned(), language, zone: zone.clone() };
    app.db.write(move |tx| accounts::create_workspace(tx, &workspace)).await?;
    let mut team = Vec::new();
    for (name, email, role) in TEAM {
        let user = NewUser {
            name: (*name).to_owned(),
            email: (*email).to_owned(),
            role: *role,
            password_hash: Some(hash.clone()),
            language: None,
            zone: zone.clone(),
        };
        team.push(hire(app, user).await?);
    }
    Ok(team)
}

/// A teammate, as the viewer they will be. The session that proves it ends at once.
async fn hire(app: &App, user: NewUser) -> Result<Viewer> {
    let secret = app
        .db
        .write(move |tx| {
            let id = accounts::create_user(tx, None, &user)?;
            sessions::open(tx, id, "demo", "127.0.0.1")
        })
        .await?;
    let now = app.clock().now();
    let found = app.db.read(move |connection| sessions::find(connection, &secret, now, DAY)).await?;
    let viewer = found.ok_or(Error::NotFound)?.0;
    let id = viewer.id;
    app.db.write(move |tx| sessions::end_all(tx, id, None)).await?;
    Ok(viewer)
}

async fn connect(app: &App, team: &[Viewer]) -> Result<Vec<Inbox>> {
    let members: Vec<i64> = [PATRICIA, DIEGO, RENATA].iter().map(|mate| team[*mate].id).collect();
    let (owner, keys) = (team[PATRICIA].id, app.keys.clone());
    app.db
        .write(move |tx| {
            let mut connected = Vec::new();
            for (name, address, access) in INBOXES {
                let inbox = NewInbox {
                    channel: "email",
                    name: (*name).to_owned(),
                    address: (*address).to_owned(),
                    access: *access,
                    members: if *access == Access::Selected { members.clone() } else { Vec::new() },
                    capabilities: Capabilities::email(),
                    mail: MailSettings::default(),
                    password: None,
                };
                let id = inboxes::store::create(tx, Some(owner), &inbox, &keys)?;
                connected.push(inboxes::store::get(tx, id)?);
            }
            Ok(connected)
        })
        .await
}

impl World<'_> {
    /// All steps of all stories in the order of their times.
    async fn play(&self, now: Millis) -> Result<()> {
        let (stories, mut steps) = (stories(), Vec::new());
        for (number, story) in stories.iter().enumerate() {
            for (place, (after, step)) in story.steps.iter().enumerate() {
                let odd = i64::try_from(number * 7 % 30 + place * 3).unwrap_or(0);
                let at = now - story.began * HOUR + after * HOUR + odd * MINUTE;
                steps.push((at.min(now - MINUTE), number, step));
            }
        }
        steps.sort_by_key(|(at, ..)| *at);
        let mut progress = vec![Progress::default(); stories.len()];
        let last_hours = now - 12 * HOUR;
        for (at, number, step) in steps {
            self.app.clock().hold(at);
            if at < last_hours {
                notifications::pass_over(&self.app.db).await?;
            }
            self.step(stories[number], &mut progress[number], step).await?;
            if at >= last_hours {
                notifications::tell_quietly(&self.app.db).await?;
            }
        }
        Ok(())
    }

    /// The line above what is quoted: an hour ago this person wrote.
    fn introduction(&self, who: &str) -> String {
        let at = self.app.clock().now() - HOUR;
        let date = Times::new(Lang::PtBr, &self.app.config.zone, at).full(at);
        Lang::PtBr.with("mail-quote-line", &args([("date", date), ("name", who.to_owned())]))
    }

    /// Somebody goes home.
    async fn leave(&self, mate: Mate) -> Result<()> {
        let viewer = self.team[mate].clone();
        self.app.db.write(move |tx| accounts::set_availability(tx, &viewer, Availability::Unavailable)).await
    }

    async fn step(&self, story: &Story, progress: &mut Progress, step: &Step) -> Result<()> {
        let (db, conversation, message) = (&self.app.db, progress.conversation, progress.last_message);
        match step {
            Step::Writes(text) => self.mail(story, progress, letter(text)).await,
            Step::WritesHtml(html) => self.raw(story, progress, |head| html_mail(head, html)).await,
            Step::Sends(text, name, kind) => {
                let file =
                    OutgoingFile { name: (*name).to_owned(), mime: (*kind).to_owned(), bytes: letters::file(kind)? };
                self.mail(story, progress, Outgoing { attachments: vec![file], ..letter(text) }).await
            }
            Step::Away(text) => {
                self.mail(story, progress, Outgoing { writer: Writer::Automatic, ..letter(text) }).await
            }
            Step::Bounces => self.bounce(story, progress).await,
            Step::Quotes(text, who, before) => {
                let quoted = Quoted { introduction: self.introduction(who), text: (*before).to_owned() };
                self.mail(story, progress, Outgoing { quoted: Some(quoted), ..letter(text) }).await
            }
            Step::Answers(mate, text) => self.answer(progress, *mate, said(text), Fate::Leaves).await,
            Step::Refused(mate, text) => self.answer(progress, *mate, said(text), Fate::Refused).await,
            Step::Encloses(mate, text, name, kind) => {
                let files = vec![self.enclosed(name, kind).await?];
                self.answer(progress, *mate, Written { files, ..said(text) }, Fate::Leaves).await
            }
            Step::Notes(mate, text) => {
                let note = Written { kind: MessageKind::Note, ..said(text) };
                self.answer(progress, *mate, note, Fate::Stays).await
            }
            Step::Assigns(by, to) => {
                let (by, to) = (self.team[*by].clone(), self.team[*to].id);
                db.write(move |tx| assignment::assign(tx, &by, conversation, Some(to))).await
            }
            Step::Tags(by, _) | Step::Presses(by, _) | Step::PutsOff(by, _) | Step::Schedules(by, _) => {
                self.arrange(*by, conversation, step).await
            }
            Step::Reacts(_) | Step::Edits(_) | Step::TakesBack => {
                sequels::happen(self.app, self.inboxes[story.inbox].id, story.who, (message, step)).await
            }
            Step::Closes(by) => {
                let by = self.team[*by].clone();
                db.write(move |tx| closure::close(tx, &by, conversation)).await
            }
            Step::Reopens(by) => {
                let by = self.team[*by].clone();
                db.write(move |tx| closure::reopen(tx, &by, conversation)).await
            }
            Step::Reads(by) => {
                let by = self.team[*by].clone();
                db.write(move |tx| reading::mark_read(tx, &by, conversation, message)).await
            }
            Step::Unsure => {
                let reason = Some(("delivery-unsure", "connection reset by peer"));
                db.write(move |tx| delivery::set(tx, message, "uncertain", reason)).await
            }
        }
    }

    /// Tags, priority, putting off.
    async fn arrange(&self, mate: Mate, conversation: i64, step: &Step) -> Result<()> {
        let (db, by, now) = (&self.app.db, self.team[mate].clone(), self.now);
        match *step {
            Step::Tags(_, name) => db.write(move |tx| tags::add(tx, &by, conversation, name)).await,
            Step::Presses(_, priority) => db.write(move |tx| tags::prioritize(tx, &by, conversation, priority)).await,
            Step::PutsOff(_, ref until) => {
                let until = until.time(now, &by.zone).ok().flatten();
                db.write(move |tx| snooze::snooze(tx, &by, conversation, until)).await
            }
            Step::Schedules(_, text) => {
                let until = (Hold::Schedule, now + 20 * HOUR);
                let hold = move |tx: &Tx<'_>| {
                    waiting::hold(tx, &by, conversation, (&said(text), &Addressed::default()), until)
                };
                db.write(hold).await
            }
            _ => Ok(()),
        }
    }

    async fn mail(&self, story: &Story, progress: &mut Progress, mail: Outgoing) -> Result<()> {
        let (name, address) = story.who;
        let inbox = self.inboxes[story.inbox].address.clone();
        let id = message_id(story, progress);
        let references: Vec<String> = progress.first_id.iter().cloned().collect();
        let raw = compose(&Outgoing {
            from: Mailbox { name: name.to_owned(), address: address.to_owned() },
            to: vec![Mailbox { name: String::new(), address: inbox }],
            message_id: id.clone(),
            in_reply_to: references.first().cloned(),
            references,
            subject: story.subject.to_owned(),
            sent_at_ms: self.app.clock().now(),
            ..mail
        });
        self.take(story, progress, id, raw.map_err(Error::internal)?).await
    }

    async fn raw(&self, story: &Story, progress: &mut Progress, make: impl FnOnce(&str) -> String) -> Result<()> {
        let (name, address) = story.who;
        let id = message_id(story, progress);
        let inbox = &self.inboxes[story.inbox].address;
        let head =
            format!("Message-ID: <{id}>\r\nFrom: {name} <{address}>\r\nTo: {inbox}\r\nSubject: {}\r\n", story.subject);
        self.take(story, progress, id, make(&head).into_bytes()).await
    }

    async fn take(&self, story: &Story, progress: &mut Progress, id: String, raw: Vec<u8>) -> Result<()> {
        let intake =
            Intake { db: self.app.db.clone(), keys: self.app.keys.clone(), max_bytes: self.app.config.max_mail_bytes };
        let (receipt, _) = intake.receive(&self.inboxes[story.inbox], raw).await?;
        progress.conversation = receipt.conversation;
        progress.last_message = receipt.message;
        progress.first_id.get_or_insert(id);
        progress.mails += 1;
        Ok(())
    }

    async fn answer(&self, progress: &mut Progress, mate: Mate, written: Written, fate: Fate) -> Result<()> {
        let (by, conversation) = (self.team[mate].clone(), progress.conversation);
        let written = move |tx: &Tx<'_>| {
            let message = writing::write(tx, &by, conversation, &written)?;
            if fate == Fate::Refused {
                // In the same transaction, so that the job finds nothing to send.
                let reason = Some(("delivery-refused-address", "550 5.1.1 mailbox unavailable"));
                delivery::set(tx, message, "failed", reason)?;
            }
            Ok(message)
        };
        progress.last_message = self.app.db.write(written).await?;
        if fate == Fate::Leaves { letters::sent(self.app, progress.last_message).await } else { Ok(()) }
    }

    async fn enclosed(&self, name: &str, kind: &str) -> Result<IncomingFile> {
        let bytes = letters::file(kind)?;
        let (blob, edges) = (blobs::store(&self.app.db, &bytes).await?, edges(kind, &bytes));
        let (key, name, mime) = (keys::random_text::<16>()?, name.to_owned(), kind.to_owned());
        Ok(IncomingFile { key, name, mime, blob, content_id: None, inline: false, edges })
    }

    async fn bounce(&self, story: &Story, progress: &mut Progress) -> Result<()> {
        let message = progress.last_message;
        let sent: Option<String> = self
            .app
            .db
            .read(move |connection| {
                let sql = "SELECT external_id FROM message WHERE id = ?1";
                Ok(connection.query_row(sql, [message], |row| row.get(0))?)
            })
            .await?;
        let raw = super::mailbox::bounce(&sent.unwrap_or_default(), story.who.1);
        let id = message_id(story, progress);
        self.take(story, progress, id, raw).await
    }
}

fn message_id(story: &Story, progress: &Progress) -> String {
    let (local, domain) = story.who.1.split_once('@').unwrap_or(("cliente", "example.com"));
    format!("{local}.{}.{}@{domain}", story.began, progress.mails)
}

/// An answer with this text.
fn said(text: &str) -> Written {
    Written { kind: MessageKind::Outgoing, text: text.to_owned(), client_id: None, files: Vec::new() }
}

fn letter(text: &str) -> Outgoing {
    super::mailbox::letter(text)
}

fn html_mail(head: &str, html: &str) -> String {
    format!("{head}MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n")
}
