//! Tags kept in order.

use rocket::tokio;

use crate::sections::office::{BRUNO, HELENA, Office, block, row};

const GONE: &str = "SELECT count(*) FROM tag WHERE id = ?1";

async fn tagged(office: &Office, conversation: i64, name: &str) -> i64 {
    let browser = office.browser(office.ana).await;
    let added = browser.post_form(&format!("/conversations/{conversation}/tags"), &[("name", name)]).await;
    assert_eq!(added.status, 303, "{}", added.body);
    office.number("SELECT max(tag_id) FROM tagging WHERE conversation_id = ?1", conversation).await
}

// proves: M24
#[tokio::test]
async fn a_tag_gets_another_name_and_color_everywhere_and_its_lines_stay_true() {
    let office = Office::open().await;
    let ana = office.browser(office.ana).await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let tag = tagged(&office, id, "Orsamento").await;
    let other = tagged(&office, id, "Urgente").await;
    let path = format!("/settings/tags/{tag}");
    ana.get("/settings/tags").await.assert_says("em 1 conversa");
    let one = ana.post_form("/settings/macros", &[("name", "Macro")]).await;
    ana.post_form(&format!("{}/steps", one.location()), &[("kind", "tag"), ("value", "ORSAMENTO")]).await;
    assert_eq!(ana.change("put", &path, &[("name", "Orçamento"), ("tint", "4")]).await.status, 303);
    let list = ana.get("/conversations/list?section=unassigned").await;
    assert!(row(&list, id).contains("av-4") && row(&list, id).contains("Orçamento"), "{}", row(&list, id));
    ana.get(one.location()).await.assert_says("Pôr etiqueta: Orçamento");
    for (name, tint, said) in
        [("urgente", "1", "Já existe uma etiqueta"), ("  ", "1", "até 40 caracteres"), ("Bom", "9", "Escolha uma cor")]
    {
        let wrong = ana.change("put", &path, &[("name", name), ("tint", tint)]).await;
        assert_eq!(wrong.status, 422, "{name}");
        wrong.assert_says(said);
        wrong.assert_says(&format!("value=\"{name}\""));
    }
    ana.change("delete", &format!("/conversations/{id}/tags"), &[("tag", &other.to_string())]).await;
    let page = ana.get(&format!("/conversations/{id}")).await;
    page.assert_says("Ana pôs a etiqueta Orçamento");
    page.assert_says("Ana tirou a etiqueta Urgente");
    ana.get("/settings/activity").await.assert_says("mudou uma etiqueta");
}

// proves: M24
#[tokio::test]
async fn two_tags_become_one_and_one_that_goes_leaves_its_name_in_the_lines_only() {
    let office = Office::open().await;
    let ana = office.browser(office.ana).await;
    let (first, second) =
        (office.mail(HELENA, "Granito", "Oi").await.conversation, office.mail(BRUNO, "Areia", "Oi").await.conversation);
    let old = tagged(&office, first, "Obra velha").await;
    tagged(&office, second, "Obra velha").await;
    let new = tagged(&office, second, "Obra").await;
    let merged = ana.post_form(&format!("/settings/tags/{old}/merger"), &[("into", &new.to_string())]).await;
    assert_eq!(merged.status, 303, "{}", merged.body);
    assert_eq!(office.number(GONE, old).await, 0);
    assert_eq!(office.number("SELECT count(*) FROM tagging WHERE tag_id = ?1", new).await, 2);
    ana.get(&format!("/conversations/{first}/head")).await.assert_says("Obra</span>");
    let own = ana.post_form(&format!("/settings/tags/{new}/merger"), &[("into", &new.to_string())]).await;
    assert_eq!(own.status, 422);
    assert_eq!(ana.change("delete", &format!("/settings/tags/{new}"), &[]).await.status, 303);
    assert_eq!(office.number("SELECT count(*) FROM tagging WHERE tag_id > ?1", 0).await, 0);
    ana.get(&format!("/conversations/{first}/head")).await.assert_silent("Obra");
    ana.get(&format!("/conversations/{first}")).await.assert_says("pôs a etiqueta Obra velha");
    let again = tagged(&office, first, "Outra").await;
    assert!(again > new, "the number of a tag that is gone is not given again");
    ana.get("/settings/activity").await.assert_says("apagou uma etiqueta");
    let diego = office.agent("diego").await;
    let by_diego = office.browser(diego).await;
    assert_eq!(block(&by_diego, "delete", &format!("/settings/tags/{again}"), &[]).await.status, 403);
}

// proves: M24
#[tokio::test]
async fn a_tag_of_many_conversations_leaves_them_by_a_job_while_nobody_can_choose_it() {
    let office = Office::open().await;
    let ana = office.browser(office.ana).await;
    let id = office.mail(HELENA, "Granito", "Oi").await.conversation;
    let tag = tagged(&office, id, "Antiga").await;
    office
        .run(
            "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1200)
         INSERT INTO conversation (inbox_id, contact_id, last_activity_at, created_at)
         SELECT c.inbox_id, c.contact_id, 0, 0 FROM n, conversation c WHERE c.id = (SELECT min(id) FROM conversation);
         INSERT INTO tagging (conversation_id, tag_id, tagged_at)
         SELECT c.id, t.id, 0 FROM conversation c, tag t WHERE 1 ON CONFLICT DO NOTHING",
        )
        .await;
    ana.get("/settings/tags").await.assert_says("em 1201 conversas");
    assert_eq!(ana.change("delete", &format!("/settings/tags/{tag}"), &[]).await.status, 303);
    office.app.idle().await;
    assert_eq!(office.number(GONE, tag).await, 0);
    assert_eq!(office.number("SELECT count(*) FROM tagging WHERE tag_id = ?1", tag).await, 0);
    assert_eq!(office.number("SELECT count(*) FROM event WHERE kind = 'tag.deleted' AND id > ?1", 0).await, 1);
}
