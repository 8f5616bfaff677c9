//! The whole server: what all features stand on, the stages they mount, the jobs they do.

use std::net::SocketAddr;
use std::sync::Arc;

use rocket::config::{Ident, LogLevel, Shutdown as Grace};
use rocket::data::{Limits, ToByteUnit};
use rocket::fairing::AdHoc;
use rocket::{Build, Ignite, Rocket, Shutdown};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::accounts;
use crate::audit;
use crate::auth::limits::Limiter;
use crate::blobs;
use crate::channels::email::{Collector, Deliverer, Doors, Intake, SENT_COPY, SentCopier};
use crate::clock::{Clock, HOUR};
use crate::config::Config;
use crate::conversations;
use crate::conversations::store::writing::DELIVER;
use crate::db::{self, Db};
use crate::error::{Error, Result};
use crate::events::Bus;
use crate::followers::{self, Follower, Followers};
use crate::http;
use crate::imap::Dialer;
use crate::inboxes::consent::Consents;
use crate::inboxes::{self, Courier, Credentials, Watch};
use crate::jobs::Runner;
use crate::keys::Keys;
use crate::mailer::{self, Carrier};
use crate::notifications::{self, Answers, Mailer, push::Pusher};
use crate::search;
use crate::web::{self, Guards, UploadLimits};

/// What every part of the product stands on.
#[derive(Clone)]
pub struct App {
    pub config: Arc<Config>,
    pub db: Db,
    pub keys: Keys,
    pub carrier: Carrier,
    /// What is remembered about guessing.
    pub limiter: Limiter,
    pub http: http::Client,
    /// The door to mailboxes.
    pub mailboxes: Dialer,
    pub credentials: Credentials,
}

/// What every route asks of its caller.
pub const GUARDS: &[Guards] = &[
    web::GUARDS,
    accounts::GUARDS,
    inboxes::GUARDS,
    conversations::GUARDS,
    notifications::GUARDS,
    search::GUARDS,
    audit::GUARDS,
];

/// Who acts on facts.
pub const FOLLOWERS: &[&[Follower]] = &[inboxes::FOLLOWERS, conversations::FOLLOWERS, notifications::FOLLOWERS];

impl App {
    /// Opens the database and the key file of a configuration.
    ///
    /// # Errors
    /// As [`Db::open`] and [`Keys::load_or_create`].
    pub fn open(config: Config, clock: &Clock, carrier: Carrier, watch: db::Watch) -> Result<Self> {
        let options = db::Options { max_pages: config.max_database_pages, watch, ..db::Options::default() };
        let db = Db::open(&config.database(), &options, clock, &Bus::default())?;
        let keys = Keys::load_or_create(&config.key_file())?;
        let http = http::Client::new(config.private_web_hosts)?;
        let mailboxes = Dialer::configured(&config, carrier.patience())?;
        let config = Arc::new(config);
        let consents = Consents::new(http.clone(), config.clone(), keys.clone());
        let credentials = Credentials::new(db.clone(), keys.clone(), consents);
        let limiter = Limiter::new(clock.clone());
        Ok(Self { config, db, keys, carrier, limiter, http, mailboxes, credentials })
    }

    /// Takes mail of inboxes to their servers.
    #[must_use]
    pub fn courier(&self) -> Courier {
        Courier::new(self.carrier.clone(), self.credentials.clone())
    }

    /// The clock everything goes by.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        self.db.clock()
    }
}

/// The server with everything mounted, readable as a site map.
#[must_use]
pub fn rocket(app: &App) -> Rocket<Build> {
    let limits = UploadLimits { file: app.config.max_upload_bytes, total: app.config.max_upload_bytes };
    rocket::custom(settings(&app.config))
        .manage(app.config.clone())
        .manage(app.db.clone())
        .manage(app.keys.clone())
        .manage(app.carrier.clone())
        .manage(app.limiter.clone())
        .manage(app.http.clone())
        .manage(app.credentials.clone())
        .manage(limits)
        .attach(web::stage())
        .attach(accounts::stage())
        .attach(inboxes::stage())
        .attach(conversations::stage())
        .manage(app.mailboxes.clone())
        .attach(notifications::stage())
        .attach(search::stage())
        .attach(audit::stage())
        .attach(jobs(app))
        .attach(collecting(app))
        .attach(upkeep(app))
        .attach(AdHoc::try_on_ignite("guards", |rocket| async {
            match web::check_guards(&rocket, GUARDS) {
                Ok(()) => Ok(rocket),
                Err(error) => {
                    tracing::error!(%error, "the server does not start");
                    Err(rocket)
                }
            }
        }))
}

fn settings(config: &Config) -> rocket::Config {
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    rocket::Config {
        address: config.listen.ip(),
        port: config.listen.port(),
        workers: (2 * cores).max(8),
        // Client addresses come from `auth::ClientAddress` alone; the header would be believed from anybody.
        ip_header: None,
        ident: Ident::none(),
        limits: Limits::default().limit("form", 4.mebibytes()),
        log_level: LogLevel::Off,
        cli_colors: false,
        shutdown: Grace { grace: 2, mercy: 1, ctrlc: true, ..Grace::default() },
        ..rocket::Config::default()
    }
}

/// Runs the queued work and what follows from facts while the server runs.
fn jobs(app: &App) -> AdHoc {
    let app = app.clone();
    AdHoc::on_liftoff("jobs", move |rocket| {
        let (work, facts) = (rocket.shutdown(), rocket.shutdown());
        Box::pin(async move {
            tokio::spawn(runner(&app).run(work));
            tokio::spawn(Followers::new(app.db.clone(), FOLLOWERS).run(facts));
        })
    })
}

/// Fetches mail from mailboxes while the server runs.
fn collecting(app: &App) -> AdHoc {
    let intake = Intake { db: app.db.clone(), keys: app.keys.clone(), max_bytes: app.config.max_mail_bytes };
    let collector = Collector { intake, dialer: app.mailboxes.clone(), credentials: app.credentials.clone() };
    AdHoc::on_liftoff("mailboxes", move |rocket| {
        let shutdown = rocket.shutdown();
        Box::pin(async move {
            tokio::spawn(collector.run(shutdown));
        })
    })
}

/// Everything that is done by jobs.
#[must_use]
pub fn runner(app: &App) -> Runner {
    let mut runner = Runner::new(app.db.clone());
    let (db, carrier) = (app.db.clone(), app.carrier.clone());
    runner.register(mailer::system::JOB, move |job| {
        let (db, carrier) = (db.clone(), carrier.clone());
        async move { mailer::system::deliver(&db, &carrier, job).await }
    });
    let (db, config) = (app.db.clone(), app.config.clone());
    runner.register(accounts::RESET, move |job| {
        let (db, config) = (db.clone(), config.clone());
        async move { accounts::send_reset(&db, &config, job).await }
    });
    let (db, config, carrier) = (app.db.clone(), app.config.clone(), app.carrier.clone());
    runner.register(accounts::NOTICE, move |job| {
        let (db, config, carrier) = (db.clone(), config.clone(), carrier.clone());
        async move { accounts::send_notice(&db, &config, &carrier, job).await }
    });
    let followers = Followers::new(app.db.clone(), FOLLOWERS);
    runner.register(followers::AGAIN, move |job| {
        let followers = followers.clone();
        async move { followers.follow_again(job).await }
    });
    let email = Deliverer {
        db: app.db.clone(),
        keys: app.keys.clone(),
        courier: app.courier(),
        config: app.config.clone(),
        doors: Doors::default(),
    };
    runner.register(DELIVER, move |job| {
        let email = email.clone();
        async move { email.deliver(job).await }
    });
    let sent = SentCopier { db: app.db.clone(), credentials: app.credentials.clone(), dialer: app.mailboxes.clone() };
    runner.register(SENT_COPY, move |job| {
        let sent = sent.clone();
        async move { sent.copy(job).await }
    });
    look_after_conversations(&mut runner, app);
    look_after_inboxes(&mut runner, app);
    notify(&mut runner, app);
    runner
}

fn look_after_conversations(runner: &mut Runner, app: &App) {
    let db = app.db.clone();
    runner.register(conversations::jobs::DISCARD, move |job| {
        let db = db.clone();
        async move { conversations::jobs::discard(&db, job).await }
    });
    let db = app.db.clone();
    runner.register(conversations::jobs::WAKE, move |job| {
        let db = db.clone();
        async move { conversations::jobs::wake(&db, job).await }
    });
    let db = app.db.clone();
    runner.register(conversations::jobs::UNTAG, move |job| {
        let db = db.clone();
        async move { conversations::jobs::untag(&db, job).await }
    });
    let db = app.db.clone();
    runner.register(conversations::jobs::LEAVE, move |job| {
        let db = db.clone();
        async move { conversations::jobs::leave(&db, job).await }
    });
    let db = app.db.clone();
    runner.register(conversations::jobs::BULK, move |job| {
        let db = db.clone();
        async move { conversations::jobs::change_many(&db, job).await }
    });
    let db = app.db.clone();
    runner.register(conversations::jobs::KEEP, move |job| {
        let db = db.clone();
        async move { conversations::jobs::keep(&db, job).await }
    });
}

fn notify(runner: &mut Runner, app: &App) {
    let (db, keys, config) = (app.db.clone(), app.keys.clone(), app.config.clone());
    let mailer = Mailer { db: db.clone(), keys: keys.clone(), config: config.clone(), carrier: app.carrier.clone() };
    let pusher = Pusher { db: db.clone(), keys: keys.clone(), config: config.clone(), http: app.http.clone() };
    let intake = Intake { db, keys, max_bytes: config.max_mail_bytes };
    let answers = Answers { intake, config };
    runner.register(notifications::store::mails::MAIL, move |job| {
        let mailer = mailer.clone();
        async move { mailer.tell(job).await }
    });
    runner.register(notifications::store::push::PUSH, move |job| {
        let pusher = pusher.clone();
        async move { pusher.deliver(job).await }
    });
    runner.register(conversations::store::team::TEAM_MAIL, move |job| {
        let answers = answers.clone();
        async move { answers.take(job).await }
    });
}

fn look_after_inboxes(runner: &mut Runner, app: &App) {
    let watch = Watch { db: app.db.clone(), config: app.config.clone(), courier: app.courier() };
    let (look, tell, test, stop) = (watch.clone(), watch.clone(), watch.clone(), watch);
    runner.register(inboxes::watch::STOPPED, move |job| {
        let watch = stop.clone();
        async move { watch.tell_of_stop(job).await }
    });
    runner.register(inboxes::watch::WATCH, move |job| {
        let watch = look.clone();
        async move { watch.look(job).await }
    });
    runner.register(inboxes::watch::JOINED, move |job| {
        let watch = tell.clone();
        async move { watch.tell_owner(job).await }
    });
    runner.register(inboxes::TEST, move |job| {
        let watch = test.clone();
        async move { watch.send_test(job).await }
    });
}

/// What is swept once an hour: contents that were never completed or that nobody holds, old mail of blocked senders, what
/// is too old for the activity log, what of signing in is over.
fn upkeep(app: &App) -> AdHoc {
    let db = app.db.clone();
    AdHoc::on_liftoff("upkeep", move |rocket| {
        let mut shutdown = rocket.shutdown();
        Box::pin(async move {
            tokio::spawn(async move {
                let mut swept = 0;
                loop {
                    let next = db.clock().now() + HOUR;
                    tokio::select! {
                        () = &mut shutdown => return,
                        () = db.clock().sleep_until(next) => {}
                    }
                    match blobs::sweep(&db, swept).await {
                        Ok(last) => swept = last,
                        Err(error) => tracing::warn!(%error, "contents that nobody holds could not be swept"),
                    }
                    if let Err(error) = db.write(accounts::sweep).await {
                        tracing::warn!(%error, "old sign-ins could not be swept");
                    }
                    if let Err(error) = audit::purge(&db).await {
                        tracing::warn!(%error, "old entries of the activity log could not be removed");
                    }
                    if let Err(error) = conversations::jobs::expire(&db).await {
                        tracing::warn!(%error, "conversations whose time is over could not be removed");
                    }
                    if let Err(error) = notifications::purge(&db).await {
                        tracing::warn!(%error, "old notifications could not be removed");
                    }
                    if let Err(error) = db.write(conversations::jobs::sweep).await {
                        tracing::warn!(%error, "what conversations keep for a while could not be removed");
                    }
                }
            });
        })
    })
}

/// A server that runs.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    shutdown: Shutdown,
    ended: JoinHandle<std::result::Result<Rocket<Ignite>, rocket::Error>>,
    db: Db,
}

impl Running {
    /// Starts and returns when the server accepts connections.
    ///
    /// # Errors
    /// When it cannot listen or a part does not start.
    pub async fn start(app: &App) -> Result<Self> {
        Self::launch(rocket(app), app).await
    }

    /// The same for a server with something mounted beside the product (the demo's mailbox).
    ///
    /// # Errors
    /// As [`Running::start`].
    pub async fn launch(rocket: Rocket<Build>, app: &App) -> Result<Self> {
        let (lifted, ready) = oneshot::channel();
        let lifted = std::sync::Mutex::new(Some(lifted));
        let rocket = rocket.attach(AdHoc::on_liftoff("ready", move |rocket| {
            let address = SocketAddr::new(rocket.config().address, rocket.config().port);
            if let Some(lifted) = lifted.lock().ok().and_then(|mut lifted| lifted.take()) {
                let _ = lifted.send(address);
            }
            Box::pin(async {})
        }));
        let rocket = rocket.ignite().await.map_err(Error::internal)?;
        let shutdown = rocket.shutdown();
        let ended = tokio::spawn(rocket.launch());
        let Ok(address) = ready.await else {
            return Err(match ended.await {
                Ok(Err(error)) => Error::internal(error),
                _ => Error::internal("the server ended at once"),
            });
        };
        Ok(Self { address, shutdown, ended, db: app.db.clone() })
    }

    /// Returns when the server has ended (a signal, or [`Running::stop`] elsewhere), with everything written.
    ///
    /// # Errors
    /// When it ended badly.
    pub async fn wait(self) -> Result<()> {
        let ended = self.ended.await.map_err(Error::internal)?;
        let db = self.db;
        tokio::task::spawn_blocking(move || db.close()).await.map_err(Error::internal)?;
        ended.map(|_| ()).map_err(Error::internal)
    }

    /// Ends the server and waits for it.
    ///
    /// # Errors
    /// When it ended badly.
    pub async fn stop(self) -> Result<()> {
        self.shutdown.clone().notify();
        self.wait().await
    }
}
