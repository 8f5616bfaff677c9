//! Teams of the demo company, who was there last, and somebody who was asked to join and has not answered.

use super::script::{CAMILA, DIEGO, PATRICIA, RENATA};
use super::story::Mate;
use crate::accounts;
use crate::auth::{Role, Viewer, sessions, tokens};
use crate::db::Tx;
use crate::error::Result;
use crate::server::App;

const TEAMS: &[(&str, &str, &[Mate])] = &[
    ("Atendimento", "Responde primeiro quem escreve", &[CAMILA, RENATA]),
    ("Obras", "Prazos, visitas e fornecedores", &[PATRICIA, DIEGO]),
];
/// Who was asked to join.
const INVITED: &str = "bruno@vereda.arq.br";

/// Makes the teams and the invitation.
pub(super) async fn gather(app: &App, team: &[Viewer]) -> Result<()> {
    let (by, language) = (team[PATRICIA].clone(), app.config.language.clone());
    let ids: Vec<i64> = team.iter().map(|mate| mate.id).collect();
    app.db
        .write(move |tx: &Tx<'_>| {
            let mut first = None;
            for (name, description, mates) in TEAMS {
                let made = accounts::create_team(tx, Some(&by), name, description)?;
                let members: Vec<i64> = mates.iter().map(|mate| ids[*mate]).collect();
                accounts::set_team_members(tx, Some(&by), made, &members)?;
                first.get_or_insert(made);
            }
            let invited = accounts::NewInvitation {
                email: INVITED.to_owned(),
                role: Role::Agent,
                rights: Role::Agent.usual_rights(),
                teams: first.into_iter().collect(),
                language,
            };
            for mate in [CAMILA, DIEGO] {
                sessions::open(tx, ids[mate], "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0", "127.0.0.1")?;
                sessions::end_all(tx, ids[mate], None)?;
            }
            // The mailbox of the demo is its customers'; nobody follows this link.
            accounts::invite(tx, &by, &invited, &tokens::secret()?)?;
            Ok(())
        })
        .await
}
