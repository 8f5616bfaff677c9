//! Handing out by the inbox itself.

use recado::conversations::model::MessageKind;
use recado::inboxes::Access;
use rocket::tokio;

use super::office::{HELENA, Office, shown};

impl Office {
    /// Sets how the inbox hands out, by its page.
    async fn hand_out(&self, inbox: i64, way: &str, cap: &str, reopening: &str) {
        let browser = self.browser(self.ana).await;
        let path = format!("/settings/inboxes/{inbox}/assigning");
        let answer = browser.change("put", &path, &[("way", way), ("cap", cap), ("reopening", reopening)]).await;
        assert_eq!((answer.status, answer.location()), (303, path.as_str()), "{}", answer.body);
    }

    /// A new conversation, and who has it.
    async fn next(&self, n: usize) -> (i64, i64) {
        let from = format!("Cliente {n} <c{n}@cliente.example>");
        let id = self.mail(&from, &format!("Assunto {n}"), "Oi").await.conversation;
        (id, self.assignee(id).await)
    }
}

// proves: X15
#[tokio::test]
async fn in_turn_each_available_reader_gets_one_and_nobody_else_any() {
    let office = Office::open().await;
    let (diego, eva, rui) = (office.agent("diego").await, office.agent("eva").await, office.agent("rui").await);
    let works = office.connect(office.ana, "obras", Access::Selected, &[diego, rui]).await;
    assert_eq!(office.next(0).await.1, 0, "off is the usual");
    office.hand_out(office.inbox, "round_robin", "", "keep").await;
    office.away(office.ana).await;
    office.away(rui).await;
    let mut had = Vec::new();
    for n in 1..=4 {
        had.push(office.next(n).await.1);
    }
    assert_eq!(had, [diego, eva, diego, eva]);
    let other = office.receive(works, &office.raw(HELENA, "Obra", "Oi", "")).await.conversation;
    assert_eq!(office.assignee(other).await, 0, "another inbox has its own setting");
    let page = office.browser(eva).await.get(&format!("/conversations/{}", office.next(5).await.0)).await;
    page.assert_says("Passou para Diego, pela distribuição da caixa");
}

// proves: X15
#[tokio::test]
async fn many_at_once_are_shared_out_evenly() {
    let office = Office::open().await;
    let (diego, eva) = (office.agent("diego").await, office.agent("eva").await);
    office.hand_out(office.inbox, "round_robin", "", "keep").await;
    let raws: Vec<Vec<u8>> =
        (0..30).map(|n| office.raw(&format!("c{n}@cliente.example"), &format!("Assunto {n}"), "Oi", "")).collect();
    let receiving = raws.iter().map(|raw| office.receive(office.inbox, raw));
    rocket::futures::future::join_all(receiving).await;
    for user in [office.ana, diego, eva] {
        assert_eq!(office.number("SELECT count(*) FROM conversation WHERE assignee_id = ?1", user).await, 10);
    }
}

// proves: X15
#[tokio::test]
async fn the_one_with_the_fewest_is_next_and_nobody_gets_more_than_the_limit() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    office.hand_out(office.inbox, "fewest", "2", "keep").await;
    let first = office.next(1).await;
    let second = office.next(2).await;
    assert_eq!([first.1, second.1], [office.ana, diego]);
    let by_ana = office.browser(office.ana).await;
    by_ana.post_form(&format!("/conversations/{}/closure", first.0), &[]).await;
    let more = [office.next(3).await.1, office.next(4).await.1, office.next(5).await.1];
    assert_eq!(more, [office.ana, diego, office.ana], "Ana had none open; then both had one, and Diego waited longer");
    let (full, nobody) = office.next(6).await;
    assert_eq!(nobody, 0);
    by_ana
        .get(&format!("/conversations/{full}"))
        .await
        .assert_says("Ficou sem dono: todos já têm o máximo de conversas");
    office.away(office.ana).await;
    office.away(diego).await;
    let (alone, nobody) = office.next(7).await;
    assert_eq!(nobody, 0);
    by_ana.get(&format!("/conversations/{alone}")).await.assert_says("Ficou sem dono: ninguém está disponível");
    assert_eq!(shown(&by_ana, "unassigned").await, [alone, full]);
}

// proves: P37 P37bis X5
#[tokio::test]
async fn a_conversation_that_its_contact_reopens_goes_where_the_inbox_says() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let (by_ana, by_diego) = (office.browser(office.ana).await, office.browser(diego).await);
    let close = async || {
        by_ana.post_form(&format!("/conversations/{id}/closure"), &[]).await;
        assert_eq!(shown(&by_diego, "closed").await, [id]);
    };
    by_ana.post_form(&format!("/conversations/{id}/assignment"), &[("assignee", &diego.to_string())]).await;
    close().await;
    office.away(diego).await;
    office.reply(HELENA, "m1@x", "Voltei").await;
    assert_eq!(
        shown(&by_diego, "mine").await,
        [id],
        "who had it keeps it, even unavailable: it is the same conversation"
    );
    office.hand_out(office.inbox, "off", "", "release").await;
    close().await;
    office.reply(HELENA, "m1@x", "De novo").await;
    assert_eq!(shown(&by_diego, "unassigned").await, [id]);
    by_ana.get(&format!("/conversations/{id}")).await.assert_says("Ficou sem dono: o contato escreveu de novo");
    by_ana.post_form(&format!("/conversations/{id}/assignment"), &[("assignee", "1")]).await;
    office.hand_out(office.inbox, "round_robin", "", "release").await;
    close().await;
    let eva = office.agent("eva").await;
    office.away(office.ana).await;
    office.reply(HELENA, "m1@x", "Outra vez").await;
    assert_eq!(office.assignee(id).await, eva, "handed out anew, to who is there");
    let page = by_ana.get(&format!("/settings/inboxes/{}/assigning", office.inbox)).await;
    page.assert_says("Ela reabre com quem cuidava dela");
    page.assert_says("Sem dono, ela passa de novo pela distribuição acima.");
}

#[tokio::test]
async fn automatic_mail_is_handed_to_nobody_and_an_answer_of_ours_changes_no_one() {
    let office = Office::open().await;
    office.hand_out(office.inbox, "round_robin", "", "keep").await;
    let raw = office.raw("lista@noticias.example", "Notícias", "Leia", "List-Id: <noticias.example>\r\n");
    let id = office.receive(office.inbox, &raw).await.conversation;
    assert_eq!(office.assignee(id).await, 0);
    let (mine, had) = office.next(1).await;
    assert_eq!(had, office.ana);
    let diego = office.agent("diego").await;
    office.write(diego, mine, MessageKind::Outgoing, "Pois não").await;
    assert_eq!(office.assignee(mine).await, office.ana);
}

#[tokio::test]
async fn what_does_not_fit_is_said_with_what_was_typed_kept() {
    let office = Office::open().await;
    let browser = office.browser(office.ana).await;
    let path = format!("/settings/inboxes/{}/assigning", office.inbox);
    let wrong = browser.change("put", &path, &[("way", "fewest"), ("cap", "muitas"), ("reopening", "release")]).await;
    assert_eq!(wrong.status, 422);
    wrong.assert_says("Escreva um número de 1 a 999, ou deixe vazio.");
    wrong.assert_says("value=\"muitas\"");
    wrong.assert_says("value=\"fewest\" checked");
    wrong.assert_says("value=\"release\" checked");
    assert_eq!(office.number("SELECT count(*) FROM inbox_assigning WHERE inbox_id = ?1", office.inbox).await, 0);
    let agent = office.agent("diego").await;
    assert_eq!(office.browser(agent).await.get(&path).await.status, 403);
}
