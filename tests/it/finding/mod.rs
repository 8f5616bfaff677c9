//! Finding conversations again: filters, filters under a name, changing many at once, the palette.

mod bulk;
mod filters;
mod names;
mod palette;
mod saved;
mod search;
mod several;

use recado::clock::HOUR;
use recado::conversations::store::tags;

use crate::sections::office::{BRUNO, HELENA, Office};
use crate::support::browser::Browser;

/// An office with a few conversations that differ in everything a filter asks for.
pub struct Desk {
    pub office: Office,
    pub browser: Browser,
    /// Nobody's, unanswered since an hour.
    pub granite: i64,
    /// Ana's, urgent.
    pub marble: i64,
    /// Diego's, tagged.
    pub wood: i64,
    /// Closed, Diego's.
    pub glass: i64,
    pub diego: i64,
    pub tag: i64,
}

impl Desk {
    pub async fn open() -> Self {
        let office = Office::open().await;
        let diego = office.agent("diego").await;
        let mut ids = Vec::new();
        for (from, subject, text) in [
            (HELENA, "Granito", "Quanto custa o granito?"),
            (BRUNO, "Marmore", "Preciso de uma visita"),
            (HELENA, "Madeira", "A porta chegou torta"),
            (BRUNO, "Vidro", "Obrigado pela visita"),
        ] {
            ids.push(office.mail(from, subject, text).await.conversation);
            office.app.clock().advance(HOUR / 4);
        }
        let [granite, marble, wood, glass] = ids[..] else { panic!("four conversations") };
        let browser = office.browser(office.ana).await;
        for (id, who) in [(marble, office.ana), (wood, diego), (glass, diego)] {
            let path = format!("/conversations/{id}/assignment");
            assert_eq!(browser.post_form(&path, &[("assignee", &who.to_string())]).await.status, 303);
        }
        browser.change("put", &format!("/conversations/{marble}/priority"), &[("priority", "urgent")]).await;
        browser.post_form(&format!("/conversations/{glass}/closure"), &[]).await;
        let by = office.viewer(office.ana).await;
        let add = move |tx: &recado::db::Tx<'_>| tags::add(tx, &by, wood, "Obra");
        office.app.recado.db.write(add).await.expect("a tag");
        let tag = office.number("SELECT max(id) FROM tag WHERE id != ?1", 0).await;
        Self { office, browser, granite, marble, wood, glass, diego, tag }
    }

    /// What a list shows, in its order.
    pub async fn list(&self, query: &str) -> Vec<i64> {
        crate::sections::office::rows(&self.browser.get(&format!("/conversations/list?{query}")).await)
    }
}
