//! Tags and priority.

use rocket::tokio;

use super::office::{BRUNO, HELENA, Office, block, row};

// proves: M24
#[tokio::test]
async fn a_tag_is_made_by_its_name_shown_in_row_and_head_and_taken_off() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let other = office.mail(BRUNO, "Mármore", "Oi").await.conversation;
    let browser = office.browser(diego).await;
    let path = format!("/conversations/{id}/tags");
    let made = block(&browser, "post", &path, &[("name", "  Orçamento   novo ")]).await;
    assert_eq!(made.status, 200);
    made.assert_says("Orçamento novo");
    block(&browser, "post", &format!("/conversations/{other}/tags"), &[("name", "ORÇAMENTO NOVO")]).await;
    assert_eq!(office.number("SELECT count(*) FROM tag WHERE id != ?1", 0).await, 1, "however it is written");
    for name in ["Urgente", "Obra", "Norte"] {
        browser.post_form(&path, &[("name", name)]).await;
    }
    let list = office.browser(office.ana).await.get("/conversations/list?section=unassigned").await;
    let shown = row(&list, id);
    assert!(shown.contains("Orçamento novo") && shown.contains("Urgente") && shown.contains("+2"), "{shown}");
    assert!(row(&list, other).contains("Orçamento novo") && !row(&list, other).contains("Urgente"));
    browser.get(&format!("/conversations/{id}/head")).await.assert_says("Norte");
    browser.get(&format!("/conversations/{other}/tags")).await.assert_says("<option value=\"Urgente\">");
    let tag = office.number("SELECT id FROM tag WHERE folded = 'norte' AND id != ?1", 0).await;
    let taken = block(&browser, "delete", &path, &[("tag", &tag.to_string())]).await;
    taken.assert_silent("id=\"tag-4\"");
    browser.get(&format!("/conversations/{id}/head")).await.assert_silent("Norte");
}

#[tokio::test]
async fn a_name_that_does_not_do_is_said_and_kept() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let browser = office.browser(office.ana).await;
    let path = format!("/conversations/{id}/tags");
    let long = "a".repeat(41);
    for (name, said) in [("   ", "Escreva um nome de até 40 caracteres."), (long.as_str(), "até 40 caracteres")] {
        let wrong = block(&browser, "post", &path, &[("name", name)]).await;
        assert_eq!(wrong.status, 422);
        wrong.assert_says(said);
        wrong.assert_says(&format!("value=\"{name}\""));
    }
    for n in 0..20 {
        assert_eq!(browser.post_form(&path, &[("name", &format!("t{n}"))]).await.status, 303);
    }
    let full = browser.post_form(&path, &[("name", "mais uma")]).await;
    assert_eq!(full.status, 422);
    full.assert_says("Cabem 20 etiquetas.");
    block(&browser, "post", &path, &[("name", "<b onclick=x>")]).await.assert_silent("<b onclick");
}

// proves: M24
#[tokio::test]
async fn priority_is_set_and_shown_where_it_presses() {
    let office = Office::open().await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let browser = office.browser(office.ana).await;
    let path = format!("/conversations/{id}/priority");
    for (name, label, marked) in
        [("urgent", "Urgente", true), ("high", "Alta", true), ("normal", "Normal", false), ("none", "Nenhuma", false)]
    {
        let answer = browser.change("put", &path, &[("priority", name)]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let list = browser.get("/conversations/list?section=unassigned").await;
        assert_eq!(row(&list, id).contains(label), marked, "{name}");
        browser.get(&format!("/conversations/{id}/side")).await.assert_says(label);
    }
    assert_eq!(browser.change("put", &path, &[("priority", "enorme")]).await.status, 422);
}
