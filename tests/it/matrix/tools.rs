//! Prepared texts and macros of one person, and tags, made anew for each call.

use recado::keys;

use super::samples::Names;
use crate::support::app::App;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    Reply,
    File,
    Macro,
    Step,
    Tag,
}

impl Tool {
    pub fn of(names: Names) -> Option<Self> {
        match names {
            Names::SavedReply => Some(Self::Reply),
            Names::ReplyFile => Some(Self::File),
            Names::Macro => Some(Self::Macro),
            Names::MacroStep => Some(Self::Step),
            Names::Tag => Some(Self::Tag),
            _ => None,
        }
    }
}

/// A macro without actions that the whole team runs; its number is 1.
pub async fn shared_macro(app: &App) {
    let sql = "INSERT INTO macro (id, name, refusal, created_at, updated_at) VALUES (1, 'x', 'stop', 0, 0)";
    app.recado.db.write(move |tx| Ok(tx.execute(sql, [])?)).await.expect("a macro");
}

/// What stands in an address for one of `owner`'s; nobody's was never there.
pub async fn id(app: &App, tool: Tool, owner: Option<i64>) -> Option<String> {
    let Some(owner) = owner else { return Some("999999".to_owned()) };
    let word = keys::random_text::<8>().expect("a word").to_lowercase();
    let made = app.recado.db.write(move |tx| {
        let reply = "INSERT INTO saved_reply (owner_id, code, title, text, created_at, updated_at)
                     VALUES (?1, ?2, 'x', 'x', 0, 0)";
        let one = "INSERT INTO macro (owner_id, name, refusal, created_at, updated_at) VALUES (?1, ?2, 'stop', 0, 0)";
        let row = |sql: &str| -> recado::error::Result<i64> {
            tx.execute(sql, rusqlite::params![owner, word])?;
            Ok(tx.last_insert_rowid())
        };
        Ok(match tool {
            Tool::Reply => row(reply)?.to_string(),
            Tool::File => {
                let file = "INSERT INTO saved_reply_file (key, reply_id, blob_id, name, mime)
                            VALUES (?1, ?2, (SELECT min(blob_id) FROM attachment), 'x', 'text/plain')";
                let reply = row(reply)?;
                tx.execute(file, rusqlite::params![word, reply])?;
                word
            }
            Tool::Macro => row(one)?.to_string(),
            Tool::Step => {
                let one = row(one)?;
                tx.execute("INSERT INTO macro_step (macro_id, position, kind) VALUES (?1, 1, 'note')", [one])?;
                tx.last_insert_rowid().to_string()
            }
            Tool::Tag => {
                tx.execute("INSERT INTO tag (name, folded, tint, created_at) VALUES (?1, ?1, 1, 0)", [&word])?;
                tx.last_insert_rowid().to_string()
            }
        })
    });
    Some(made.await.expect("it is made"))
}
