//! Changing many conversations at once: the chosen ones, or all that a list shows.

use recado::clock::SECOND;
use recado::conversations::model::Action;
use recado::conversations::store::bulk;
use recado::inboxes::Access;
use rocket::tokio;

use super::Desk;
use crate::sections::office::{HELENA, block, shown};
use crate::support::wait::{DEADLINE, until};

const OPEN: &str = "section=unassigned&within=open";

/// The report of a change that is over.
async fn report(desk: &Desk) -> (i64, String) {
    let id = desk.office.number("SELECT max(id) FROM bulk WHERE id != ?1", 0).await;
    until("the change to be over", DEADLINE, async || {
        let going = "SELECT state IN ('collecting', 'running', 'undoing') FROM bulk WHERE id = ?1";
        desk.office.number(going, id).await == 0
    })
    .await;
    (id, desk.browser.get(&format!("/bulk/{id}")).await.body)
}

/// Seven hundred more that nobody has.
async fn many(desk: &Desk) {
    desk.office
        .run(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700)
             INSERT INTO conversation (inbox_id, contact_id, state, last_activity_at, created_at)
             SELECT 1, (SELECT min(id) FROM contact), 'open', i, 1 FROM n",
        )
        .await;
}

#[tokio::test]
async fn chosen_ones_are_closed_at_once_and_come_back_when_undone() {
    let desk = Desk::open().await;
    let Desk { granite, marble, wood, glass, .. } = desk;
    let ids = [granite, marble, glass].map(|id| id.to_string());
    let mut fields = vec![("verb", "close"), ("address", OPEN)];
    fields.extend(ids.iter().map(|id| ("chosen", id.as_str())));
    let done = block(&desk.browser, "post", "/bulk", &fields).await;
    assert_eq!(done.status, 200, "{}", done.body);
    done.assert_says("2 conversas mudaram.");
    done.assert_says("1 não mudou. Outra pessoa já encerrou esta conversa.");
    done.assert_says("Desfazer");
    assert_eq!(desk.list("within=open").await, [wood]);
    let (id, _) = report(&desk).await;
    let undone = block(&desk.browser, "post", &format!("/bulk/{id}/undo"), &[]).await;
    undone.assert_says("2 conversas voltaram a como estavam.");
    undone.assert_silent("Desfazer<");
    assert_eq!(desk.list("within=open").await, [wood, marble, granite]);
    assert_eq!(desk.list("within=closed").await, [glass], "what was closed before stays so");
    assert_eq!(block(&desk.browser, "post", &format!("/bulk/{id}/undo"), &[]).await.status, 409);
}

#[tokio::test]
async fn every_action_is_the_one_of_one_by_one() {
    let desk = Desk::open().await;
    let (office, granite) = (&desk.office, desk.granite);
    let id = granite.to_string();
    let act = async |action: &str| {
        let answer =
            block(&desk.browser, "post", "/bulk", &[("verb", action), ("address", OPEN), ("chosen", &id)]).await;
        assert_eq!(answer.status, 200, "{action}");
        answer.assert_says("1 conversa mudou.");
        answer.assert_silent("não mud");
    };
    act(&format!("assign:{}", desk.diego)).await;
    assert_eq!(office.assignee(granite).await, desk.diego);
    act("assign:nobody").await;
    assert_eq!(office.assignee(granite).await, 0);
    act(&format!("tag:{}", desk.tag)).await;
    assert_eq!(office.number("SELECT count(*) FROM tagging WHERE conversation_id = ?1", granite).await, 1);
    act(&format!("untag:{}", desk.tag)).await;
    act("priority:high").await;
    assert_eq!(office.number("SELECT priority FROM conversation WHERE id = ?1", granite).await, 3);
    act("read").await;
    assert_eq!(desk.list("section=unassigned").await, [granite]);
    act("unread").await;
    act("snooze:tomorrow").await;
    assert_eq!(shown(&desk.browser, "snoozed").await, [granite]);
    act("spam").await;
    assert_eq!(shown(&desk.browser, "spam").await, [granite]);
    act("not-spam").await;
    act("close").await;
    act("reopen").await;
    let same = block(&desk.browser, "post", "/bulk", &[("verb", "priority:high"), ("chosen", &id)]).await;
    same.assert_says("Nenhuma conversa mudou.");
    same.assert_says("1 já estava assim.");
}

// proves: P14 P24
#[tokio::test]
async fn rights_and_availability_are_those_of_each_one() {
    let desk = Desk::open().await;
    let zoe = desk.office.agent("zoe").await;
    let private = desk.office.connect(zoe, "zoe", Access::Owner, &[]).await;
    let raw = desk.office.raw(HELENA, "Segredo", "granito", "");
    let hidden = desk.office.receive(private, &raw).await.conversation;
    desk.office.away(desk.diego).await;
    let (granite, hidden_id) = (desk.granite.to_string(), hidden.to_string());
    let to = format!("assign:{}", desk.diego);
    let bar = desk.browser.get("/conversations?section=unassigned&pick=yes").await;
    bar.assert_says(&format!("value=\"{to}\" disabled>"));
    bar.assert_says("(indisponível)");
    let refused =
        block(&desk.browser, "post", "/bulk", &[("verb", &to), ("chosen", &granite), ("chosen", &hidden_id)]).await;
    refused.assert_says("Nenhuma conversa mudou.");
    refused.assert_says("Esta pessoa está indisponível agora.");
    refused.assert_says("não tem acesso");
    assert_eq!(refused.body.matches(&format!("/conversations/{hidden}\"")).count(), 0, "nothing tells of it");
    assert_eq!((desk.office.assignee(desk.granite).await, desk.office.assignee(hidden).await), (0, 0));
    let close = block(&desk.browser, "post", "/bulk", &[("verb", "close"), ("chosen", &hidden_id)]).await;
    close.assert_says("Nenhuma conversa mudou.");
    let all = [("verb", "close"), ("all", "yes"), ("address", "section=unassigned&within=everything")];
    assert_eq!(desk.browser.post_form("/bulk", &all).await.status, 303);
    report(&desk).await;
    assert_eq!(desk.office.number("SELECT count(*) FROM closure WHERE conversation_id = ?1", hidden).await, 0);
    let (id, _) = report(&desk).await;
    let zoes = desk.office.browser(zoe).await;
    for (method, path) in [("post", format!("/bulk/{id}/undo")), ("delete", format!("/bulk/{id}"))] {
        assert_eq!(zoes.change(method, &path, &[]).await.status, 404);
    }
    assert_eq!(zoes.get(&format!("/bulk/{id}")).await.status, 404);
}

#[tokio::test]
async fn all_that_match_are_changed_by_a_job_each_once_and_undone() {
    let desk = Desk::open().await;
    many(&desk).await;
    let begun =
        block(&desk.browser, "post", "/bulk", &[("verb", "close"), ("all", "yes"), ("address", "section=unassigned")])
            .await;
    assert_eq!(begun.status, 200);
    let (id, told) = report(&desk).await;
    assert!(told.contains("701 conversas mudaram."), "{told}");
    assert!(shown(&desk.browser, "unassigned").await.is_empty());
    assert_eq!(shown(&desk.browser, "mine").await, [desk.marble], "the other sections are as they were");
    let twice = "SELECT count(*) FROM (SELECT conversation_id FROM closure WHERE id != ?1 GROUP BY conversation_id HAVING count(*) > 1)";
    assert_eq!(desk.office.number(twice, 0).await, 0);
    // Somebody goes on with one of them meanwhile.
    let note = desk.browser.post_form(&format!("/conversations/{}/tags", desk.granite), &[("name", "Visto")]).await;
    assert_eq!(note.status, 303);
    block(&desk.browser, "post", &format!("/bulk/{id}/undo"), &[]).await;
    let (_, told) = report(&desk).await;
    assert!(told.contains("700 conversas voltaram") && told.contains("1 ficou, porque mudou depois."), "{told}");
    assert_eq!(desk.list("within=closed&who=nobody").await, [desk.granite]);
}

#[tokio::test]
async fn one_that_takes_as_many_as_fit_says_so_and_goes_on_with_the_others() {
    let desk = Desk::open().await;
    many(&desk).await;
    let bar = desk.browser.get("/conversations?section=unassigned&pick=yes").await;
    bar.assert_says("No máximo 50.000 de cada vez");
    desk.browser.get("/conversations?section=mine&pick=yes").await.assert_silent("No máximo");
    let (by, tag) = (desk.office.viewer(desk.office.ana).await, desk.tag);
    let begin = move |tx: &recado::db::Tx<'_>| {
        let id = bulk::change_all(tx, &by, Action::Tag(tag), "section=unassigned")?;
        // As if so many had been written down before.
        tx.execute("UPDATE bulk SET total = 49800 WHERE id = ?1", [id])?;
        Ok(id)
    };
    let first = desk.office.app.recado.db.write(begin).await.expect("it begins");
    let (_, told) = report(&desk).await;
    assert!(told.contains("200 conversas mudaram.") && told.contains("Cabem 50.000 de cada vez"), "{told}");
    assert!(told.contains("Continuar com as outras"), "{told}");
    let zoe = desk.office.agent("zoe").await;
    let path = format!("/bulk/{first}/rest");
    assert_eq!(desk.office.browser(zoe).await.post_form(&path, &[]).await.status, 404);
    assert_eq!(block(&desk.browser, "post", &path, &[]).await.status, 200);
    let (next, told) = report(&desk).await;
    assert_ne!(next, first);
    assert!(told.contains("501 conversas mudaram.") && !told.contains("Cabem"), "{told}");
    let tagged = "SELECT count(*) FROM tagging x JOIN conversation c ON c.id = x.conversation_id
                   WHERE c.assignee_id IS NULL AND x.tag_id = ?1";
    assert_eq!(desk.office.number(tagged, tag).await, 701);
    assert_eq!(block(&desk.browser, "post", &path, &[]).await.status, 409, "once is enough");
}

#[tokio::test]
async fn after_thirty_seconds_it_stays_as_it_is() {
    let desk = Desk::open().await;
    let id = desk.granite.to_string();
    block(&desk.browser, "post", "/bulk", &[("verb", "close"), ("address", OPEN), ("chosen", &id)]).await;
    let (bulk, _) = report(&desk).await;
    desk.office.app.clock().advance(31 * SECOND);
    desk.browser.get(&format!("/bulk/{bulk}")).await.assert_silent("Desfazer<");
    let late = block(&desk.browser, "post", &format!("/bulk/{bulk}/undo"), &[]).await;
    assert_eq!(late.status, 409);
    late.assert_says("Não dá mais para desfazer");
    assert_eq!(desk.list("within=closed").await.len(), 2);
}

#[tokio::test]
async fn a_canceled_one_stops_and_one_that_a_stop_cut_off_goes_on() {
    let desk = Desk::open().await;
    many(&desk).await;
    // As a server leaves it that was killed between two pieces: some are done, the rest waits, and so does the job.
    desk.office
        .run(
            "INSERT INTO bulk (id, user_id, action, query, state, total, created_at)
               VALUES (70, 1, 'close', 'section=unassigned', 'running', 3, 1), (71, 1, 'close', 'section=unassigned', 'running', 1, 1);
             INSERT INTO bulk_row (bulk_id, conversation_id, state)
               SELECT 70, id, 'waiting' FROM conversation WHERE state = 'open' AND assignee_id IS NULL ORDER BY id DESC LIMIT 2;
             INSERT INTO bulk_row (bulk_id, conversation_id, state)
               SELECT 71, id, 'waiting' FROM conversation WHERE state = 'open' AND assignee_id IS NOT NULL LIMIT 1",
        )
        .await;
    let stopped = block(&desk.browser, "delete", "/bulk/71", &[]).await;
    assert_eq!(stopped.status, 200, "{}", stopped.body);
    stopped.assert_says("Parado antes de mudar alguma.");
    assert_eq!(block(&desk.browser, "delete", "/bulk/71", &[]).await.status, 409);
    desk.office
        .run(
            "INSERT INTO job (kind, key, payload, state, run_at, created_at)
               VALUES ('bulk', 'bulk-70', '{\"bulk\":70}', 'ready', 1, 1), ('bulk', 'bulk-71', '{\"bulk\":71}', 'ready', 1, 1)",
        )
        .await;
    desk.office.app.idle().await;
    assert_eq!(desk.office.number("SELECT count(*) FROM bulk_row WHERE bulk_id = ?1 AND state = 'done'", 70).await, 2);
    assert_eq!(desk.office.number("SELECT count(*) FROM bulk_row WHERE bulk_id = ?1 AND state = 'done'", 71).await, 0);
    assert_eq!(desk.list("within=open&who=me").await, [desk.marble]);
}

#[tokio::test]
async fn who_lost_their_access_changes_nothing_any_more() {
    let desk = Desk::open().await;
    desk.office
        .run(
            "UPDATE user SET state = 'disabled' WHERE id = 2;
             INSERT INTO bulk (id, user_id, action, query, state, total, created_at)
               VALUES (70, 2, 'close', 'section=unassigned', 'collecting', 0, 1);
             INSERT INTO job (kind, key, payload, state, run_at, created_at)
               VALUES ('bulk', 'bulk-70', '{\"bulk\":70}', 'ready', 1, 1)",
        )
        .await;
    desk.office.app.idle().await;
    assert_eq!(desk.office.number("SELECT state = 'canceled' FROM bulk WHERE id = ?1", 70).await, 1);
    assert_eq!(desk.list("section=unassigned").await, [desk.granite]);
}

#[tokio::test]
async fn without_script_rows_are_chosen_by_a_form_and_a_missing_choice_is_said() {
    let desk = Desk::open().await;
    let page = desk.browser.get("/conversations?section=unassigned&pick=yes").await;
    page.assert_says(&format!("name=\"chosen\" value=\"{}\" form=\"bulk\"", desk.granite));
    page.assert_says("<option value=\"close\">");
    page.assert_says("Todas as que a lista mostra (1)");
    desk.browser.get("/conversations?section=unassigned").await.assert_silent("name=\"chosen\"");
    let id = desk.granite.to_string();
    for fields in [
        vec![("verb", "close")],
        vec![("verb", ""), ("chosen", id.as_str())],
        vec![("verb", "delete"), ("chosen", &id)],
    ] {
        let wrong = desk.browser.post_form("/bulk", &fields).await;
        assert_eq!(wrong.status, 422);
        wrong.assert_says("Escolha");
    }
    let done = desk.browser.post_form("/bulk", &[("verb", "close"), ("address", OPEN), ("chosen", &id)]).await;
    assert_eq!(done.status, 303);
    let report = desk.browser.get(done.location()).await;
    report.assert_says("1 conversa mudou.");
    report.assert_says(&format!("href=\"/conversations?{}\"", OPEN.replace('&', "&#38;")));
}
