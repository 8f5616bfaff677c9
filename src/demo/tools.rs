//! What the demo's team has prepared: texts behind a slash, and actions in a row.

use crate::auth::Viewer;
use crate::conversations::model::macros::{Action, Counts, Kind, NewMacro, Refusal};
use crate::conversations::model::reply::{NewReply, Sharing};
use crate::conversations::store::{macros, replies};
use crate::error::{Error, Result};
use crate::server::App;

const REPLIES: &[(&str, &str, &str)] = &[
    (
        "visita",
        "Marcar uma visita",
        "Oi {{contact.first_name|tudo bem}}, podemos passar na obra na terça ou na quinta, entre 9h e 11h. Qual dia é \
         melhor?\n\n{{agent.name}}",
    ),
    (
        "medidas",
        "Pedir as medidas",
        "{{contact.first_name|Olá}}, para fechar o orçamento só faltam as medidas: largura, profundidade e altura, em \
         centímetros. Uma foto ajuda.",
    ),
];

/// A macro that an estimate went out with, and what it does.
const MACRO: (&str, &[(Kind, &str)]) = (
    "Orçamento enviado",
    &[
        (Kind::AssignMe, ""),
        (Kind::Tag, "Orçamento"),
        (Kind::Note, "Orçamento enviado por {{agent.name}}. Ligar se não houver resposta."),
        (Kind::Snooze, "answer"),
    ],
);

/// Lays out what the whole team uses.
pub(super) async fn lay_out(app: &App, team: &[Viewer]) -> Result<()> {
    let owner = team.first().ok_or(Error::NotFound)?.clone();
    let done = app.db.write(move |tx| {
        for (code, title, text) in REPLIES {
            let text = (*text).to_owned();
            let new = NewReply { sharing: Sharing::Team, code: (*code).to_owned(), title: (*title).to_owned(), text };
            replies::create(tx, &owner, &new, &[])?;
        }
        let (name, steps) = MACRO;
        let new = NewMacro { name: name.to_owned(), sharing: Sharing::Team, refusal: Refusal::GoOn };
        let id = macros::create(tx, &owner, &new)?;
        for (kind, value) in steps {
            let action = Action { kind: *kind, value: (*value).to_owned(), counts: Counts::No };
            macros::add(tx, &owner, id, &action)?;
        }
        Ok(())
    });
    done.await
}
