//! The pages: whole ones, compressed, as a browser asks for them.

use std::sync::Arc;
use std::time::Duration;

use recado::conversations::model::{Place, Section, Shared};
use recado::conversations::store::{list, saved};
use recado::db::Db;

use crate::Result;
use crate::figures::{Figure, median, share};
use crate::http::{self, get, load};
use crate::product::Server;
use crate::weight::text;
use crate::words::{Dice, Words, name};
use crate::world::{Person, address};

/// Connections of the load.
const CONNECTIONS: usize = 32;
/// Runs of each side; the middle one counts.
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_millis(1_500);

type Requests = Arc<Vec<Vec<u8>>>;

/// A server and what is asked of it.
pub struct Side {
    pub server: Arc<Server>,
    pub requests: Requests,
}

/// The pages of one world.
pub struct Pages {
    pub inbox: Side,
    pub conversation: Side,
}

/// Lists with conditions, and the numbers beside saved ones.
pub struct Filtered {
    pub list: Side,
    pub numbers: Side,
}

/// Conditions as people set them: some let through much, some little, some a few among all.
const FILTERS: [&str; 6] = [
    "section=unassigned&waiting=1d",
    "section=others&waiting=yes&inbox=1&inbox=2",
    "section=unassigned&within=open&who=nobody",
    "section=closed&within=closed&who=me",
    "section=unassigned&within=everything&contact=silva",
    "section=unassigned&within=everything&presses=high",
];

impl Filtered {
    /// Those of the product.
    pub fn of_product(server: &Arc<Server>, who: &Person) -> Self {
        let ask = |path: &str| get(server.address, path, &who.secret);
        let list = FILTERS.map(|filter| ask(&format!("/conversations?{filter}"))).to_vec();
        let numbers = vec![ask("/filters?section=unassigned")];
        let side = |requests: Vec<Vec<u8>>| Side { server: server.clone(), requests: Arc::new(requests) };
        Self { list: side(list), numbers: side(numbers) }
    }
}

/// Keeps the filters under names, so that their numbers stand beside each list.
pub async fn save_filters(db: &Db, who: &Person) -> Result<()> {
    let viewer = who.viewer.clone();
    db.write(move |tx| {
        for (number, filter) in FILTERS.iter().enumerate() {
            saved::create(tx, &viewer, &format!("Filtro {number}"), filter, Shared::No)?;
        }
        Ok(())
    })
    .await?;
    Ok(())
}

impl Pages {
    /// The pages of the product.
    pub fn of_product(server: &Arc<Server>, who: &Person, ids: &[i64]) -> Self {
        let ask = |path: &str| get(server.address, path, &who.secret);
        let inbox = Section::ALL.map(|section| ask(&format!("/conversations?section={}", section.as_str())));
        let conversation = ids.iter().map(|id| ask(&format!("/conversations/{id}?section=unassigned")));
        Self {
            inbox: Side { server: server.clone(), requests: Arc::new(inbox.to_vec()) },
            conversation: Side { server: server.clone(), requests: Arc::new(conversation.collect()) },
        }
    }

    /// The same rows from the floor.
    pub fn of_floor(server: &Arc<Server>, ids: &[i64]) -> Self {
        let ask = |path: &str| get(server.address, path, "");
        let inbox = Section::ALL.map(|section| ask(&format!("/rows/{}", section.as_str())));
        let conversation = ids.iter().map(|id| ask(&format!("/conversation/{id}")));
        Self {
            inbox: Side { server: server.clone(), requests: Arc::new(inbox.to_vec()) },
            conversation: Side { server: server.clone(), requests: Arc::new(conversation.collect()) },
        }
    }
}

/// Ids this person may open, from all over the world.
pub async fn some_ids(db: &Db, who: &Person, count: usize) -> Result<Vec<i64>> {
    let viewer = who.viewer.clone();
    let found = db
        .read(move |connection| {
            let newest = list::rows(connection, &viewer, Section::Closed, Place::TOP, 1)?;
            let last = newest.first().map_or(0, |row| row.last_activity_at);
            let mut dice = Dice::new(11);
            let mut ids = Vec::new();
            for _ in 0..count {
                // Anywhere in the last two years.
                let ago = i64::try_from(dice.below(720)).unwrap_or(0) * recado::clock::DAY;
                let after = Place { at: last - ago, id: i64::MAX };
                ids.extend(list::rows(connection, &viewer, Section::Closed, after, 1)?.iter().map(|row| row.id));
            }
            Ok(ids)
        })
        .await?;
    if found.is_empty() { Err("the world is empty".into()) } else { Ok(found) }
}

/// The newest conversation that nobody has taken and this person sees.
pub async fn newest_unassigned(db: &Db, who: &Person) -> Result<i64> {
    let viewer = who.viewer.clone();
    let rows = db.read(move |connection| list::rows(connection, &viewer, Section::Unassigned, Place::TOP, 1)).await?;
    Ok(rows.first().ok_or("nothing is unassigned")?.id)
}

/// How much is asked in a race.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    connections: usize,
    round: Duration,
}

impl Pace {
    /// As much as the machine answers.
    pub const FULL: Self = Self { connections: CONNECTIONS, round: ROUND };
    /// One page after the other, shortly.
    pub const ONE: Self = Self { connections: 1, round: Duration::from_millis(300) };
}

/// What each side answers in a second, taken in turns so that both have the same weather.
pub async fn race(first: &Side, second: &Side, pace: Pace) -> Result<(f64, f64)> {
    for side in [first, second] {
        load(side.server.address, &side.requests, pace.connections, pace.round / 2).await?;
    }
    let (mut rates, mut others) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        rates.push(load(first.server.address, &first.requests, pace.connections, pace.round).await?.rate);
        others.push(load(second.server.address, &second.requests, pace.connections, pace.round).await?.rate);
    }
    Ok((median(&rates), median(&others)))
}

/// How long one page takes when nothing else is asked.
pub async fn alone(side: &Side) -> Result<http::Run> {
    load(side.server.address, &side.requests, 1, ROUND).await
}

/// A search as a person types it.
fn typed(server: &Server, who: &Person, query: &str) -> Vec<u8> {
    let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
    get(server.address, &format!("/conversations?section=unassigned&q={query}"), &who.secret)
}

/// Searches of each kind.
pub fn searches(server: &Arc<Server>, who: &Person) -> Vec<(&'static str, Side)> {
    let side = |queries: Vec<String>| {
        let requests = queries.iter().map(|query| typed(server, who, query)).collect();
        Side { server: server.clone(), requests: Arc::new(requests) }
    };
    queries().into_iter().map(|(kind, queries)| (kind, side(queries))).collect()
}

/// All of them, one after the other.
pub fn mixed(sides: &[Side]) -> Option<Side> {
    let requests = sides.iter().flat_map(|side| side.requests.iter().cloned()).collect();
    Some(Side { server: sides.first()?.server.clone(), requests: Arc::new(requests) })
}

/// Of both only what shows as many rows here as there: a page of more rows costs more, wherever they were found.
pub async fn alike(first: &Side, second: &Side) -> Result<(Side, Side)> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for (one, other) in first.requests.iter().zip(second.requests.iter()) {
        if rows_shown(first, one).await? == rows_shown(second, other).await? {
            ours.push(one.clone());
            theirs.push(other.clone());
        }
    }
    let side = |of: &Side, requests| Side { server: of.server.clone(), requests: Arc::new(requests) };
    Ok((side(first, ours), side(second, theirs)))
}

async fn rows_shown(side: &Side, request: &[u8]) -> Result<usize> {
    let answer = http::Connection::open(side.server.address).await?.ask(request).await?;
    Ok(text(&answer)?.matches("id=\"row-").count())
}

/// Search for words, beginnings and names.
pub async fn search(server: &Server, who: &Person) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for connections in [1, 4] {
        let mut all = Vec::new();
        for (kind, queries) in queries() {
            let requests = Arc::new(queries.iter().map(|query| typed(server, who, query)).collect::<Vec<_>>());
            load(server.address, &requests, connections, ROUND / 3).await?;
            let run = load(server.address, &requests, connections, ROUND).await?;
            if connections == 1 {
                figures.push(Figure::new(&format!("search, {kind}, p99"), share(&run.latencies, 0.99), "ms"));
            }
            // Each kind counts the same, however many answers it gave.
            all.push(run.latencies);
        }
        let even = all.iter().map(Vec::len).min().unwrap_or(0);
        let all: Vec<f64> = all.into_iter().flat_map(|kind| kind.into_iter().take(even)).collect();
        let title = |what: &str| format!("search, mixed, {connections} at once, {what}");
        figures.push(Figure::new(&title("p50"), median(&all), "ms"));
        figures.push(Figure::new(&title("p99"), share(&all, 0.99), "ms").below(20.0));
    }
    Ok(figures)
}

fn queries() -> Vec<(&'static str, Vec<String>)> {
    let words = Words::new(30_000);
    let mut dice = Dice::new(5);
    let mut ranks = |from: usize, to: usize| -> Vec<String> {
        (0..40).map(|_| words.at(from + dice.below(to - from)).to_owned()).collect()
    };
    let (common, middle, rare) = (ranks(0, 30), ranks(200, 2_000), ranks(5_000, 30_000));
    let beginnings = |length: usize| -> Vec<String> {
        let long = middle.iter().chain(&rare).filter(|word| word.chars().count() > length);
        long.map(|word| word.chars().take(length).collect()).collect()
    };
    let pairs = common.iter().zip(&middle).map(|(one, other)| [one.as_str(), other.as_str()].join(" ")).collect();
    let people: Vec<String> = (0..40).map(|seed| name(&mut Dice::new(1_000_000 + seed))).collect();
    let two = |name: &String| name.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let addresses = (1..=40).map(|number| address(number * 100)).collect();
    let surnames = people.iter().filter_map(|name| name.split(' ').next_back()).map(str::to_owned).collect();
    vec![
        ("beginnings of 2 letters", beginnings(2)),
        ("beginnings of 3 letters", beginnings(3)),
        ("beginnings of 4 letters", beginnings(4)),
        ("beginnings of 5 letters", beginnings(5)),
        ("beginnings of 6 letters", beginnings(6)),
        ("two words", pairs),
        ("addresses", addresses),
        ("two names", people.iter().map(two).collect()),
        ("full names", people),
        ("surnames", surnames),
        ("common words", common),
        ("middling words", middle),
        ("rare words", rare),
    ]
}
