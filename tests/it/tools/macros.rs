//! Macros.

use recado::inboxes::Access;
use rocket::tokio;

use super::{block_of, multipart, number};
use crate::sections::office::{HELENA, Office, block, shown};
use crate::support::browser::{Answer, Browser};

/// A new macro of these actions: kind and value; `!` before a kind says that its answer counts.
async fn make(browser: &Browser, settings: &[(&str, &str)], steps: &[(&str, &str)]) -> i64 {
    let id = number(&browser.post_form("/settings/macros", &[&[("name", "Fechar pedido")], settings].concat()).await);
    for (kind, value) in steps {
        let counts = if kind.starts_with('!') { "yes" } else { "" };
        let fields = [("kind", kind.trim_start_matches('!')), ("value", value), ("counts", counts)];
        let added = browser.post_form(&format!("/settings/macros/{id}/steps"), &fields).await;
        assert_eq!(added.status, 303, "{kind}: {}", added.body);
    }
    id
}

async fn run(browser: &Browser, conversation: i64, id: i64, once: &str) -> Answer {
    let fields = [("chosen", id.to_string()), ("once", once.to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    block(browser, "post", &format!("/conversations/{conversation}/macros"), &fields).await
}

/// The ends of a run's actions, in their order.
fn ends(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let read = answer.body.replace("&#34;", "\"");
    let lines = read.split("<small class=\"muted\">").skip(1);
    lines.map(|line| line.split('<').next().unwrap_or_default().to_owned()).collect()
}

// proves: M25
#[tokio::test]
async fn a_macro_is_looked_at_and_then_does_its_actions_in_order_with_a_line_for_each() {
    let office = Office::open().await;
    let ana = office.browser(office.ana).await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let steps = [
        ("assign_me", ""),
        ("tag", "Orçamento"),
        ("priority", "high"),
        ("note", "Visto por {{agent.name}}"),
        ("!answer", "Oi {{contact.first_name}}, segue."),
        ("close", ""),
        ("close", ""),
    ];
    let one = make(&ana, &[], &steps).await;
    block_of(&ana, &format!("/conversations/{id}/macros")).await.assert_says("Fechar pedido");
    let before = office.number("SELECT max(id) FROM event WHERE id > ?1", 0).await;
    let look = block_of(&ana, &format!("/conversations/{id}/macros?chosen={one}")).await;
    assert_eq!(ends(&look)[..6], vec!["vai ser feito"; 6]);
    assert_eq!(ends(&look)[6], "já estava assim");
    look.assert_says("Responder: Oi Helena, segue. (conta como resposta)");
    assert_eq!(office.number("SELECT max(id) FROM event WHERE id > ?1", 0).await, before, "nothing has happened");
    assert_eq!(office.number("SELECT count(*) FROM message WHERE conversation_id = ?1", id).await, 1);
    assert_eq!(office.number("SELECT count(*) FROM tag WHERE id > ?1", 0).await, 0);
    let ran = run(&ana, id, one, "a").await;
    assert_eq!(ends(&ran)[..6], vec!["feito"; 6]);
    ran.assert_says("\"Fechar pedido\" foi usada");
    assert_eq!(office.assignee(id).await, office.ana);
    assert_eq!(shown(&ana, "closed").await, [id]);
    let page = ana.get(&format!("/conversations/{id}")).await;
    for said in [
        "Visto por Ana",
        "Oi Helena, segue.",
        "pôs a etiqueta Orçamento",
        "Ana usou a macro \"Fechar pedido\": 7 ações feitas",
    ] {
        page.assert_says(said);
    }
    let again = run(&ana, id, one, "a").await;
    assert_eq!(again.status, 409);
    assert_eq!(office.number("SELECT count(*) FROM macro_run WHERE conversation_id = ?1", id).await, 1);
    assert_eq!(office.number("SELECT count(*) FROM message WHERE conversation_id = ?1", id).await, 3);
    let left = office.app.letters(1).await;
    assert!(left.iter().all(|letter| !String::from_utf8_lossy(&letter.raw).contains("Visto por")), "a note stays");
}

// proves: M25
#[tokio::test]
async fn how_each_action_of_the_last_macro_ended_stands_where_the_next_is_chosen() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let (ana, diegos) = (office.browser(office.ana).await, office.browser(diego).await);
    office.away(diego).await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let first = make(&ana, &[], &[("tag", "Obra")]).await;
    let steps = [("assign", diego.to_string()), ("priority", "high".to_owned()), ("reopen", String::new())];
    let steps: Vec<(&str, &str)> = steps.iter().map(|(kind, value)| (*kind, value.as_str())).collect();
    let second = make(&ana, &[("refusal", "go_on")], &steps).await;
    let path = format!("/conversations/{id}/macros");
    block_of(&ana, &path).await.assert_silent("Última vez");
    run(&ana, id, first, "a").await;
    assert_eq!(ends(&block_of(&ana, &path).await), ["feito"]);
    let ran = run(&ana, id, second, "b").await;
    ana.change("delete", &format!("/settings/macros/{second}"), &[]).await;
    for browser in [&ana, &diegos] {
        let page = block_of(browser, &path).await;
        page.assert_says("Última vez: Fechar pedido, por Ana");
        page.assert_says("Diego");
        assert_eq!(ends(&page), ends(&ran), "each action with its own end");
        page.assert_silent("Etiqueta: Obra");
    }
    let before = office.number("SELECT count(*) FROM macro_run_line WHERE run_id > ?1", 0).await;
    block_of(&ana, &format!("{path}?chosen={first}")).await;
    assert_eq!(
        office.number("SELECT count(*) FROM macro_run_line WHERE run_id > ?1", 0).await,
        before,
        "a look is none"
    );
}

// proves: P19 P21
#[tokio::test]
async fn a_macro_hands_nothing_to_somebody_unavailable_and_stops_or_goes_on_as_it_says() {
    let office = Office::open().await;
    let (diego, zoe) = (office.agent("diego").await, office.agent("zoe").await);
    let ana = office.browser(office.ana).await;
    office.away(diego).await;
    let steps = [("assign", diego.to_string()), ("tag", "Obra".to_owned())];
    let steps: Vec<(&str, &str)> = steps.iter().map(|(kind, value)| (*kind, value.as_str())).collect();
    let halts = make(&ana, &[("refusal", "stop")], &steps).await;
    let goes_on = make(&ana, &[("refusal", "go_on")], &steps).await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let look = block_of(&ana, &format!("/conversations/{id}/macros?chosen={halts}")).await;
    let why = "recusado: Esta pessoa está indisponível agora. Escolha outra.";
    assert_eq!(ends(&look), [why, "não será feito: a macro para antes"]);
    assert_eq!(ends(&run(&ana, id, halts, "a").await)[0], why);
    assert_eq!(office.number("SELECT count(*) FROM tagging WHERE conversation_id = ?1", id).await, 0);
    assert_eq!(ends(&run(&ana, id, goes_on, "b").await), [why, "feito"]);
    assert_eq!(office.number("SELECT count(*) FROM tagging WHERE conversation_id = ?1", id).await, 1);
    assert_eq!(office.assignee(id).await, 0);
    ana.get(&format!("/conversations/{id}")).await.assert_says("1 ação feita, 1 recusada");
    let inbox = office.connect(office.ana, "obras", Access::Selected, &[diego]).await;
    let to_zoe = make(&ana, &[], &[("assign", &zoe.to_string())]).await;
    let raw = office.raw(HELENA, "Areia", "Oi", "");
    let closed = office.receive(inbox, &raw).await.conversation;
    assert_eq!(ends(&run(&ana, closed, to_zoe, "c").await), ["recusado: Esta pessoa não lê esta caixa de entrada."]);
    let by_diego = office.browser(diego).await;
    let me = make(&by_diego, &[], &[("assign_me", "")]).await;
    assert_eq!(ends(&run(&by_diego, id, me, "d").await), [why], "not even oneself");
}

#[tokio::test]
async fn a_macro_takes_no_conversation_from_whoever_took_it_after_the_look() {
    let office = Office::open().await;
    let diego = office.agent("diego").await;
    let (ana, by_diego) = (office.browser(office.ana).await, office.browser(diego).await);
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let me = make(&ana, &[("refusal", "go_on")], &[("assign_me", ""), ("unassign", ""), ("tag", "Obra")]).await;
    let path = format!("/conversations/{id}/macros");
    block_of(&ana, &format!("{path}?chosen={me}")).await.assert_says("name=\"holder\" value=\"\"");
    by_diego.post_form(&format!("/conversations/{id}/assignment"), &[("assignee", &diego.to_string())]).await;
    let chosen = me.to_string();
    let ran = block(&ana, "post", &path, &[("chosen", &chosen), ("once", "a"), ("holder", "")]).await;
    let ends = ends(&ran);
    let why = "recusado: A conversa mudou de mãos nesse meio-tempo.";
    assert_eq!(ends, [why, why, "feito"]);
    assert_eq!(office.assignee(id).await, diego);
    // Seen with Diego, it may be taken, and what the macro hands on itself is no surprise.
    let fields = [("chosen", chosen.clone()), ("once", "b".to_owned()), ("holder", diego.to_string())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    block(&ana, "post", &path, &fields).await;
    assert_eq!(office.assignee(id).await, 0);
}

// proves: R68
#[tokio::test]
async fn an_answer_of_a_macro_ends_no_waiting_unless_it_is_marked_so() {
    let office = Office::open().await;
    let ana = office.browser(office.ana).await;
    let waits = "SELECT unanswered FROM conversation WHERE id = ?1";
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let plain = make(&ana, &[], &[("answer", "Recebemos.")]).await;
    let marked = make(&ana, &[], &[("!answer", "Custa 100.")]).await;
    assert_eq!(ends(&run(&ana, id, plain, "a").await), ["feito"]);
    assert_eq!(office.number(waits, id).await, 1);
    let counted = "SELECT coalesce(sum(unanswered), 0) FROM conversation_counter WHERE inbox_id = ?1";
    assert_eq!(office.number(counted, office.inbox).await, 1);
    assert_eq!(ends(&run(&ana, id, marked, "b").await), ["feito"]);
    assert_eq!(office.number(waits, id).await, 0);
    assert_eq!(ends(&run(&ana, id, plain, "c").await), ["feito"]);
    assert_eq!(office.number(waits, id).await, 0, "nobody waited");
}

// proves: M25
#[tokio::test]
async fn nobody_can_do_more_by_a_macro_than_by_hand_and_ones_own_is_nobody_elses() {
    let office = Office::open().await;
    let (diego, caio) = (office.agent("diego").await, office.agent("caio").await);
    let (ana, by_diego) = (office.browser(office.ana).await, office.browser(diego).await);
    let inbox = office.connect(office.ana, "obras", Access::Selected, &[caio]).await;
    let raw = office.raw(HELENA, "Granito", "Quanto custa?", "");
    let hidden = office.receive(inbox, &raw).await.conversation;
    let open = office.mail(HELENA, "Areia", "Oi").await.conversation;
    let own = make(&ana, &[], &[("close", "")]).await;
    let shared = make(&ana, &[("sharing", "team")], &[("note", "@Caio, vê?"), ("close", "")]).await;
    assert_eq!(run(&by_diego, hidden, shared, "a").await.status, 404);
    assert_eq!(block_of(&by_diego, &format!("/conversations/{hidden}/macros?chosen={shared}")).await.status, 404);
    assert_eq!(run(&by_diego, open, own, "b").await.status, 404);
    for (id, status) in [(own, 404), (shared, 403)] {
        let path = format!("/settings/macros/{id}");
        assert_eq!(by_diego.get(&path).await.status, status);
        assert_eq!(by_diego.change("put", &path, &[("name", "Outra")]).await.status, status);
        assert_eq!(by_diego.change("delete", &path, &[]).await.status, status);
        let fields = [("kind", "close")];
        assert_eq!(by_diego.post_form(&format!("{path}/steps"), &fields).await.status, status);
    }
    let step = office.number("SELECT min(id) FROM macro_step WHERE macro_id = ?1", shared).await;
    assert_eq!(by_diego.change("delete", &format!("/settings/macro-steps/{step}"), &[]).await.status, 403);
    let team = by_diego.post_form("/settings/macros", &[("name", "Minha"), ("sharing", "team")]).await;
    assert_eq!(team.status, 403);
    office.run("UPDATE inbox SET access = 'selected' WHERE name = 'contato'; INSERT INTO inbox_member SELECT id, 2 FROM inbox WHERE name = 'contato'").await;
    let ran = run(&by_diego, open, shared, "c").await;
    assert_eq!(ends(&ran)[0], "recusado: Alguém que você mencionou não lê esta caixa de entrada.");
    assert_eq!(
        office.number("SELECT count(*) FROM message WHERE kind = 'note' AND conversation_id = ?1", open).await,
        0
    );
}

// proves: M25
#[tokio::test]
async fn actions_are_added_changed_moved_and_taken_out_by_plain_forms() {
    let office = Office::open().await;
    let ana = office.browser(office.ana).await;
    let one = make(&ana, &[], &[("note", "um"), ("note", "dois"), ("note", "três")]).await;
    let path = format!("/settings/macros/{one}");
    let order = async || {
        let page = ana.get(&path).await;
        let lines = page.body.split("<li id=\"step-").skip(1);
        let said = lines.map(|line| {
            let id: i64 = line.split('"').next().and_then(|id| id.parse().ok()).expect("a number");
            let text = line.split("<div><span>").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
            (id, text.replace("Anotação interna: ", ""))
        });
        said.collect::<Vec<_>>()
    };
    let texts = async || order().await.into_iter().map(|(_, text)| text).collect::<Vec<_>>();
    let last = order().await[2].0;
    let place = format!("/settings/macro-steps/{last}/place");
    assert_eq!(ana.post_form(&place, &[("to", "up")]).await.location(), format!("{path}#step-{last}"));
    assert_eq!(texts().await, ["um", "três", "dois"]);
    ana.post_form(&place, &[("to", "up")]).await;
    ana.post_form(&place, &[("to", "up")]).await;
    assert_eq!(texts().await, ["três", "um", "dois"]);
    let changed = ana.change("put", &format!("/settings/macro-steps/{last}"), &[("value", "quatro")]).await;
    assert_eq!(changed.status, 303, "{}", changed.body);
    let first = order().await[1].0;
    ana.change("delete", &format!("/settings/macro-steps/{first}"), &[]).await;
    assert_eq!(texts().await, ["quatro", "dois"]);
    ana.get(&format!("{path}?add=answer")).await.assert_says("Conta como resposta");
    for (kind, value, said) in [
        ("answer", "Oi {{contact.secret}}", "Há um campo que não existe."),
        ("note", "  ", "Escreva o texto."),
        ("assign", "999", "Escolha uma pessoa da equipe."),
        ("reply", "7", "Escolha uma resposta pronta."),
        ("snooze", "ontem", "Escolha um prazo da lista."),
        ("priority", "enorme", "prioridade"),
    ] {
        let wrong = ana.post_form(&format!("{path}/steps"), &[("kind", kind), ("value", value)]).await;
        assert_eq!(wrong.status, 422, "{kind}");
        wrong.assert_says(said);
    }
    assert_eq!(texts().await.len(), 2);
}

// proves: M25 M27
#[tokio::test]
async fn a_macro_answers_with_a_saved_reply_and_its_files_and_a_shared_one_uses_shared_ones_only() {
    let office = Office::open().await;
    let ana = office.browser(office.ana).await;
    let id = office.mail(HELENA, "Granito", "Quanto custa?").await.conversation;
    let fields =
        [("code", "tabela"), ("title", "Tabela"), ("text", "Segue, {{contact.first_name}}."), ("sharing", "own")];
    let made = multipart(&ana, "/settings/replies", &fields, &[("tabela.txt", "100 reais")]).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let reply = office.number("SELECT max(id) FROM saved_reply WHERE id > ?1", 0).await.to_string();
    let one = make(&ana, &[], &[("reply", &reply)]).await;
    ana.get(&format!("/settings/macros/{one}")).await.assert_says("/tabela");
    let sharing =
        ana.change("put", &format!("/settings/macros/{one}"), &[("name", "Tabela"), ("sharing", "team")]).await;
    assert_eq!(sharing.status, 422);
    sharing.assert_says("só usa respostas prontas da equipe");
    assert_eq!(ends(&run(&ana, id, one, "a").await), ["feito"]);
    let page = ana.get(&format!("/conversations/{id}")).await;
    page.assert_says("Segue, Helena.");
    page.assert_says("tabela.txt");
    ana.change("delete", &format!("/settings/replies/{reply}"), &[]).await;
    assert_eq!(ends(&run(&ana, id, one, "b").await), ["recusado: A resposta pronta não existe mais, ou não é sua."]);
}
