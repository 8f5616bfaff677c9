//! How the hot queries are answered: by indexes, in their order. A page costs what its rows cost, however much there is.

use recado::conversations::model::Section;
use recado::conversations::store::{automatic, blocking, counters, filtered, list, mentions, saved, search, watching};
use recado::notifications::store::{list as notices, telling};
use recado::{audit, contacts};

use crate::support::house::House;

/// Tables that stay small, or that are read by their own index, and why a scan of them is right.
const GRANTED: &[(&str, &str)] = &[
    ("message_fts VIRTUAL TABLE INDEX", "the full text index answers in its own order"),
    ("contact_fts VIRTUAL TABLE INDEX", "the index of parts of names answers in its own order"),
    ("contact_name_fts VIRTUAL TABLE INDEX", "the index of words of names answers in its own order"),
    ("f", "the matches just found, a few hundred at most"),
    ("s", "the filters that somebody shares, in the order of their index, up to a page of them"),
    ("json_each", "the nouns of one area, a handful"),
    ("i", "who reads which inbox: each of a handful of inboxes, once for a query"),
];

/// The steps of a query, as the database tells them.
async fn plan(house: &House, sql: &str) -> Vec<String> {
    let explained = ["EXPLAIN QUERY PLAN ", sql].concat();
    let read = move |connection: &recado::db::Connection| {
        let mut select = connection.prepare(&explained)?;
        let values = vec![rusqlite::types::Value::Null; select.parameter_count()];
        let steps = select.query_map(rusqlite::params_from_iter(values), |row| row.get(3))?;
        Ok(steps.collect::<rusqlite::Result<Vec<String>>>()?)
    };
    house.app.db.read(read).await.expect("a plan")
}

fn slow_steps(steps: &[String]) -> Vec<&String> {
    let granted = |step: &str| {
        let scanned = step.strip_prefix("SCAN ").unwrap_or_default();
        GRANTED.iter().any(|(name, _)| scanned == *name || scanned.starts_with(&[name, " "].concat()))
    };
    // The ways to reach one contact are a handful, sorted only where the contact has no name.
    let few = |before: Option<&String>| before.is_some_and(|before| before.starts_with("SEARCH p USING INDEX"));
    let slow = |place: usize, step: &str| {
        let sorts = step.contains("TEMP B-TREE") && !few(place.checked_sub(1).map(|before| &steps[before]));
        sorts || (step.starts_with("SCAN ") && !granted(step))
    };
    steps.iter().enumerate().filter(|(place, step)| slow(*place, step)).map(|(_, step)| step).collect()
}

async fn assert_answered_by_indexes(house: &House, name: &str, sql: &str) {
    let steps = plan(house, sql).await;
    assert!(!steps.is_empty(), "{name} has no plan");
    assert_eq!(slow_steps(&steps), Vec::<&String>::new(), "{name}: {steps:#?}");
}

#[rocket::async_test]
async fn hot_queries_neither_scan_nor_sort() {
    let (house, _) = House::quiet().await;
    for section in Section::ALL {
        assert_answered_by_indexes(&house, section.as_str(), list::run_query(section)).await;
    }
    assert_answered_by_indexes(&house, "rows of the list", list::ROWS).await;
    assert_answered_by_indexes(&house, "search in texts", search::IN_TEXT).await;
    assert_answered_by_indexes(&house, "search by names", search::BY_CONTACT).await;
    assert_answered_by_indexes(&house, "counters", counters::COUNTS).await;
    assert_answered_by_indexes(&house, "who can be handed something", automatic::CANDIDATES).await;
    for (name, query) in audit::run_queries() {
        assert_answered_by_indexes(&house, name, query).await;
    }
    assert_answered_by_indexes(&house, "news", counters::NEWS).await;
    assert_answered_by_indexes(&house, "mentions", mentions::COUNTS).await;
    for (name, query) in contacts::queries() {
        assert_answered_by_indexes(&house, name, query).await;
    }
    for (name, query) in filtered::queries() {
        assert_answered_by_indexes(&house, name, query).await;
    }
    assert_answered_by_indexes(&house, "own filters", saved::OWN).await;
    assert_answered_by_indexes(&house, "refused mail", blocking::KEPT_MAILS).await;
    assert_answered_by_indexes(&house, "shared filters", saved::OTHERS).await;
    for (name, query) in [
        ("behind the bell", notices::PAGE),
        ("the number at the bell", notices::UNREAD),
        ("what is to be shown", notices::FRESH),
        ("who is told", telling::AUDIENCE),
        ("who is told of a note", telling::WATCHERS),
        ("who watches", watching::OF),
    ] {
        assert_answered_by_indexes(&house, name, query).await;
    }
}

#[rocket::async_test]
async fn a_query_that_scans_or_sorts_is_found() {
    let (house, _) = House::quiet().await;
    for sql in [
        "SELECT count(*) FROM conversation WHERE preview = ?1",
        "SELECT id FROM conversation WHERE inbox_id = ?1 AND state = 'open' ORDER BY preview",
        "SELECT id FROM message m ORDER BY created_at LIMIT 10",
    ] {
        let steps = plan(&house, sql).await;
        assert!(!slow_steps(&steps).is_empty(), "{sql}: {steps:#?}");
    }
}
