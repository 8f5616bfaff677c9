//! What the product does under load, beside what the machine could do at best. `bin/bench --help` says how to run it;
//! nothing here asserts a time, it tells what it found.
//!
//! The world: 100,000 conversations of ten messages (`--conversations` changes it), half as many contacts, fifty users, six
//! inboxes, facts, read marks and assignments as they would stand after two years. The product runs as a process of its
//! own, built for release, on a copy of that world. Load comes from this process, on the same cores, over connections
//! that stay open.
//!
//! A floor is the same work with everything left out that makes it a product: see `floor.rs` for the pages, `intake.rs`
//! for mail. Both sides run in turns and the middle of several rounds counts, because a machine has its moods.

mod figures;
mod floor;
mod http;
mod intake;
mod live;
mod mailbox;
mod pages;
mod product;
mod weight;
mod words;
mod world;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use figures::{Figure, Form, median, share};
use pages::{Filtered, Pace, Pages, Side};
use product::Server;
use world::{Person, World};

/// Anything that goes wrong ends the run with a sentence.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// What can be measured alone.
const PARTS: [&str; 9] = ["start", "pages", "growth", "search", "accept", "mailbox", "live", "memory", "weight"];
/// Those that need no world.
const WORLDLESS: [&str; 2] = ["accept", "mailbox"];

struct Wish {
    form: Form,
    conversations: usize,
    only: Vec<String>,
}

impl Wish {
    fn wants(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == part)
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = runtime.map_err(Into::into).and_then(|runtime| match arguments.as_slice() {
        [floor, folder, secret] if floor == "--floor" => runtime.block_on(floor::serve(folder.as_ref(), secret)),
        arguments => wish(arguments).and_then(|wish| runtime.block_on(run(&wish))),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn wish(arguments: &[String]) -> Result<Wish> {
    let mut wish = Wish { form: Form::Table, conversations: 100_000, only: Vec::new() };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => wish.form = Form::Json,
            "--conversations" => {
                let number = arguments.next().and_then(|number| number.parse().ok()).filter(|number| *number >= 1_000);
                wish.conversations = number.ok_or("--conversations needs a number of 1000 or more")?;
            }
            "--only" => {
                let part = arguments.next().filter(|part| PARTS.contains(&part.as_str()));
                wish.only.push(part.ok_or_else(|| format!("--only needs one of {}", PARTS.join(", ")))?.clone());
            }
            other => return Err(format!("unknown argument {other}").into()),
        }
    }
    Ok(wish)
}

async fn run(wish: &Wish) -> Result<()> {
    eprintln!("load of the machine before: {}", std::fs::read_to_string("/proc/loadavg")?.trim());
    let mut figures = Vec::new();
    let outcome = measure(wish, &mut figures).await;
    eprintln!("load of the machine after: {}", std::fs::read_to_string("/proc/loadavg")?.trim());
    // What was measured before something failed is told, too.
    figures::print(&figures, wish.form)?;
    outcome
}

async fn measure(wish: &Wish, figures: &mut Vec<Figure>) -> Result<()> {
    if wish.wants("accept") {
        figures.extend(intake::measure().await?);
    }
    if wish.wants("mailbox") {
        figures.extend(mailbox::measure().await?);
    }
    if PARTS.iter().any(|part| !WORLDLESS.contains(part) && wish.wants(part)) {
        of_world(wish, figures).await?;
    }
    Ok(())
}

/// A world with everybody signed in, and ids to open.
struct Stage {
    world: World,
    everybody: Vec<Person>,
    ids: Vec<i64>,
    /// A conversation that nobody has taken and everybody may see.
    shared: i64,
}

impl Stage {
    async fn set(conversations: usize) -> Result<Self> {
        let world = World::of(conversations).await?;
        let db = world.open()?;
        let users: Vec<i64> = db
            .read(|connection| {
                let mut select = connection.prepare_cached("SELECT id FROM user ORDER BY id")?;
                Ok(select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
            })
            .await?;
        let mut everybody = Vec::new();
        for user in users {
            everybody.push(world::sign_in(&db, user).await?);
        }
        let ids = pages::some_ids(&db, &everybody[0], 400).await?;
        // The last one reads only what everybody reads.
        let shared = pages::newest_unassigned(&db, &everybody[everybody.len() - 1]).await?;
        tokio::task::spawn_blocking(move || db.close()).await?;
        Ok(Self { world, everybody, ids, shared })
    }

    /// Keeps filters under names for the owner. Not before the weight of a first visit was measured.
    async fn save_filters(&self) -> Result<()> {
        let db = self.world.open()?;
        pages::save_filters(&db, self.owner()).await?;
        tokio::task::spawn_blocking(move || db.close()).await?;
        Ok(())
    }

    fn owner(&self) -> &Person {
        &self.everybody[0]
    }

    /// What must not become slower with the world: a name for each, and what is asked.
    async fn grown(&self, server: &Arc<Server>) -> Result<[(&'static str, Side); 4]> {
        self.save_filters().await?;
        let pages = Pages::of_product(server, self.owner(), &self.ids);
        let filtered = Filtered::of_product(server, self.owner());
        Ok([
            (FILTERED, filtered.list),
            ("page of saved filters' numbers", filtered.numbers),
            ("inbox page", pages.inbox),
            ("conversation page", pages.conversation),
        ])
    }
}

type Kinds = Vec<(&'static str, Side)>;

const FILTERED: &str = "filtered page";

async fn of_world(wish: &Wish, figures: &mut Vec<Figure>) -> Result<()> {
    let stage = Stage::set(wish.conversations).await?;
    let folder = stage.world.folder.path();
    if wish.wants("start") {
        figures.extend(start(&stage).await?);
    }
    let server = Arc::new(Server::product(folder)?);
    first_page(&server, stage.owner()).await?;
    let idle = server.memory()?.0;
    let product = Pages::of_product(&server, stage.owner(), &stage.ids);
    if wish.wants("weight") {
        figures.extend(weight::measure(&server, stage.owner()).await?);
    }
    if wish.wants("pages") {
        let floor = Arc::new(Server::floor(folder, &stage.owner().secret)?);
        figures.extend(beside_floor(&product, &Pages::of_floor(&floor, &stage.ids)).await?);
    }
    if wish.wants("growth") {
        figures.extend(growth(&stage, &server).await?);
    }
    if wish.wants("search") {
        figures.extend(pages::search(&server, stage.owner()).await?);
    }
    if wish.wants("live") {
        figures.extend(live::measure(&server, &stage.world, &stage.everybody, stage.shared).await?);
    }
    if wish.wants("memory") {
        figures.push(Figure::new("memory, idle after the first page", idle, "MB").below(30.0));
        figures.push(Figure::new("memory, the most under all this load", server.memory()?.1, "MB").below(250.0));
    }
    Ok(())
}

async fn first_page(server: &Server, who: &Person) -> Result<()> {
    let request = http::get(server.address, "/conversations?section=unassigned", &who.secret);
    let answer = http::Connection::open(server.address).await?.ask(&request).await?;
    if answer.status == 200 { Ok(()) } else { Err(format!("the first page: {}", answer.head).into()) }
}

/// From the start of the process to the first whole page, several times.
async fn start(stage: &Stage) -> Result<Vec<Figure>> {
    let mut times = Vec::new();
    for _ in 0..7 {
        let begun = Instant::now();
        let server = Server::product(stage.world.folder.path())?;
        first_page(&server, stage.owner()).await?;
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(vec![Figure::new("start to the first page", median(&times), "ms").below(100.0)])
}

async fn beside_floor(product: &Pages, floor: &Pages) -> Result<Vec<Figure>> {
    let (inbox, bare) = pages::race(&product.inbox, &floor.inbox, Pace::FULL).await?;
    let (conversation, bare_conversation) = pages::race(&product.conversation, &floor.conversation, Pace::FULL).await?;
    let (list, show) = (pages::alone(&product.inbox).await?, pages::alone(&product.conversation).await?);
    Ok(vec![
        Figure::new("inbox page", inbox, "pages/s").against(bare).ratio_of_at_least(0.7),
        Figure::new("inbox page, alone, p50", median(&list.latencies), "ms"),
        Figure::new("inbox page, alone, p99", share(&list.latencies, 0.99), "ms"),
        Figure::new("inbox page, bytes on the wire", list.bytes / 1024.0, "KB"),
        Figure::new("conversation page", conversation, "pages/s").against(bare_conversation),
        Figure::new("conversation page, alone, p50", median(&show.latencies), "ms"),
        Figure::new("conversation page, alone, p99", share(&show.latencies, 0.99), "ms"),
    ])
}

/// The pages of this world beside those of one a tenth its size.
async fn growth(stage: &Stage, server: &Arc<Server>) -> Result<Vec<Figure>> {
    let conversations = stage.world.conversations;
    let small = Stage::set(conversations / 10).await?;
    let before = Arc::new(Server::product(small.world.folder.path())?);
    let mut figures = Vec::new();
    let pairs = stage.grown(server).await?.into_iter().zip(small.grown(&before).await?);
    for ((page, now), (_, then)) in pairs {
        let rates = pages::race(&now, &then, Pace::FULL).await?;
        figures.push(growing(page, conversations, rates).ratio_of_at_least(0.8));
        if page == FILTERED {
            let one = pages::alone(&now).await?;
            figures.push(Figure::new("filtered page, alone, p99", share(&one.latencies, 0.99), "ms"));
        }
    }
    let now = pages::searches(server, stage.owner());
    let then = pages::searches(&before, small.owner());
    figures.extend(growth_of_search(conversations, now, then).await?);
    Ok(figures)
}

fn growing(what: &str, conversations: usize, (rate, small_rate): (f64, f64)) -> Figure {
    let title = format!("{what}, {} to {conversations} conversations", conversations / 10);
    Figure::new(&title, rate, "pages/s").against(small_rate)
}

/// The same of searches: of those that show as many rows in both worlds, of each kind of these, and of all.
async fn growth_of_search(conversations: usize, now: Kinds, then: Kinds) -> Result<Vec<Figure>> {
    let (mut all, mut same) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
    let mut kinds = Vec::new();
    for ((kind, now), (_, then)) in now.into_iter().zip(then) {
        let (ours, theirs) = pages::alike(&now, &then).await?;
        let what = format!("search, {} of {} {kind}", ours.requests.len(), now.requests.len());
        if !ours.requests.is_empty() {
            kinds.push(growing(&what, conversations, pages::race(&ours, &theirs, Pace::ONE).await?));
        }
        same.0.push(ours);
        same.1.push(theirs);
        all.0.push(now);
        all.1.push(then);
    }
    let mut figures = Vec::new();
    for (what, (now, then)) in [("search", same), ("search, whatever it finds", all)] {
        let (now, then) = (pages::mixed(&now).ok_or("no searches")?, pages::mixed(&then).ok_or("no searches")?);
        let what = format!("{what}, {} searches", now.requests.len());
        let rates = pages::race(&now, &then, Pace::FULL).await?;
        figures.push(growing(&what, conversations, rates).ratio_of_at_least(0.8));
    }
    figures.extend(kinds);
    Ok(figures)
}
