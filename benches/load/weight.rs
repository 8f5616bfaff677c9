//! What a first visit weighs: the page, and everything it asks for before anybody clicks, as bytes on the wire.

use std::collections::BTreeSet;
use std::io::Read;

use crate::Result;
use crate::figures::Figure;
use crate::http::{Answer, Connection, get};
use crate::product::Server;
use crate::world::Person;

pub async fn measure(server: &Server, who: &Person) -> Result<Vec<Figure>> {
    let mut connection = Connection::open(server.address).await?;
    let page = connection.ask(&get(server.address, "/conversations?section=unassigned", &who.secret)).await?;
    let html = text(&page)?;
    let (mut wanted, foreign) = asked_for(&html);
    let mut total = page.bytes;
    let mut seen = BTreeSet::new();
    let mut parts = vec![("page".to_owned(), page.bytes)];
    while let Some(path) = wanted.pop_first() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = connection.ask(&get(server.address, &path, &who.secret)).await?;
        if answer.status != 200 {
            return Err(format!("{} for {path}", answer.status).into());
        }
        total += answer.bytes;
        parts.push((path.clone(), answer.bytes));
        if path.contains(".css") {
            wanted.extend(addresses(&text(&answer)?, "url("));
        }
    }
    parts.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    for (path, bytes) in &parts {
        eprintln!("  first visit: {bytes:>7} bytes  {path}");
    }
    #[expect(clippy::cast_precision_loss, reason = "a few files")]
    Ok(vec![
        Figure::new("first visit, compressed", total as f64 / 1024.0, "KB").below(80.0),
        Figure::new("first visit, the page alone", page.bytes as f64 / 1024.0, "KB"),
        Figure::new("first visit, requests", parts.len() as f64, ""),
        Figure::new("first visit, requests to other hosts", foreign as f64, "").below(1.0),
    ])
}

/// An answer unpacked.
pub fn text(answer: &Answer) -> Result<String> {
    if !answer.head.to_ascii_lowercase().contains("content-encoding: gzip") {
        return Ok(String::from_utf8_lossy(&answer.body).into_owned());
    }
    let mut text = String::new();
    flate2::read::GzDecoder::new(answer.body.as_slice()).read_to_string(&mut text)?;
    Ok(text)
}

/// Addresses on this host that the page loads by itself, and how many it loads from elsewhere. Links that a person
/// follows and icons that a browser fetches only for a bookmark are not loaded.
fn asked_for(html: &str) -> (BTreeSet<String>, usize) {
    let mut wanted = BTreeSet::new();
    let mut foreign = 0;
    for tag in html.split('<').filter_map(|rest| rest.split('>').next()) {
        let name = tag.split_whitespace().next().unwrap_or_default();
        let loads = match name {
            "link" => ["stylesheet", "icon", "preload", "manifest"].iter().any(|kind| tag.contains(kind)),
            "script" | "img" | "iframe" | "use" | "source" => true,
            // A block that fetches itself as soon as the page stands.
            _ => tag.contains("hx-trigger=\"load"),
        };
        for name in ["href=\"", "src=\"", "hx-get=\""] {
            for address in addresses(tag, name).into_iter().filter(|_| loads) {
                wanted.insert(address);
            }
            foreign += tag.match_indices(name).filter(|(at, _)| loads && is_foreign(&tag[at + name.len()..])).count();
        }
    }
    (wanted, foreign)
}

fn is_foreign(address: &str) -> bool {
    ["http:", "https:", "//"].iter().any(|start| address.starts_with(start))
}

/// What stands behind `before`, if it is an address of this host.
fn addresses(text: &str, before: &str) -> Vec<String> {
    let behind = text.match_indices(before).map(|(at, _)| text[at + before.len()..].trim_start_matches(['"', '\'']));
    let whole = behind.filter_map(|rest| rest.split(['"', '\'', ')', '#']).next());
    whole.filter(|address| address.starts_with('/') && !address.starts_with("//")).map(unescaped).collect()
}

fn unescaped(address: &str) -> String {
    address.replace("&amp;", "&").replace("&#38;", "&")
}
