//! People are found by what somebody remembers of them.

use super::Desk;
use crate::sections::office::rows;

const MARIA: &str = "Maria Aparecida da Conceição Sá <cida.flores@gmail.com>";

async fn found(desk: &Desk, query: &str) -> Vec<i64> {
    rows(&desk.browser.get(&format!("/conversations/list?within=everything&q={query}")).await)
}

#[tokio::test]
async fn words_of_a_name_are_found_in_any_order_and_with_others_between() {
    let desk = Desk::open().await;
    let hers = desk.office.mail(MARIA, "Pia", "Bom dia").await.conversation;
    for query in [
        "maria+conceicao",
        "CONCEI%C3%87%C3%83O+Maria",
        "s%C3%A1+aparecida",
        "maria+conc",
        "aparecida%2C+da",
        "maria%00+sa",
    ] {
        assert_eq!(found(&desk, query).await, [hers], "{query}");
    }
    // Two of them is Bruno's as well.
    assert!(found(&desk, "s%C3%A1").await.contains(&hers) && found(&desk, "S%C3%81").await.contains(&desk.glass));
    for query in ["maria+duarte", "mariano+sa", "aria+da+sa", "m", "%22maria%22+OR+helena"] {
        assert!(!found(&desk, query).await.contains(&hers), "{query}");
    }
}

#[tokio::test]
async fn a_part_of_a_name_or_an_address_leads_to_its_conversations() {
    let desk = Desk::open().await;
    let hers = desk.office.mail(MARIA, "Pia", "Bom dia").await.conversation;
    for query in ["arecid", "cida.flores%40gmail.com", "Cida.Flo", "CIDA.FLORES%40", "flores%40gmail", "recida+da+Con"]
    {
        assert_eq!(found(&desk, query).await, [hers], "{query}");
    }
    for query in ["flora%40gmail", "cida.flores%40gmail.com.br", "%25", "cida_flores"] {
        assert_eq!(found(&desk, query).await, Vec::<i64>::new(), "{query}");
    }
    // A filter asks in the same way.
    let page = desk.browser.get("/conversations/list?within=everything&contact=concei%C3%A7%C3%A3o+maria").await;
    assert_eq!(rows(&page), [hers]);
}

#[tokio::test]
async fn a_new_name_is_found_and_the_old_one_is_not() {
    let desk = Desk::open().await;
    let hers = desk.office.mail(MARIA, "Pia", "Bom dia").await.conversation;
    let rename =
        "UPDATE contact SET name = 'Cida Flores Prado' WHERE id = (SELECT contact_id FROM conversation WHERE id = ?1)";
    desk.office
        .app
        .recado
        .db
        .write(move |tx| Ok(tx.prepare_cached(rename)?.execute([hers])?))
        .await
        .expect("a new name");
    assert_eq!(found(&desk, "prado+cida").await, [hers]);
    assert_eq!(found(&desk, "maria+conceicao").await, Vec::<i64>::new());
    let offered = desk.browser.get("/conversations/new?q=prado+cida").await;
    offered.assert_says("Cida Flores Prado");
    assert_eq!(desk.browser.get("/conversations/new?q=prado%00cida").await.status, 200);
}
