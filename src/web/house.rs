//! Whose product it is, for pages of people who are not signed in: the workspace speaks its language there and shows its
//! name. Read once for a request.

use rocket::request::Request;
use rusqlite::OptionalExtension;

use super::i18n::Lang;
use crate::db::{Connection, Db};
use crate::error::Result;

/// What a stranger sees of the workspace.
#[derive(Debug, Clone)]
pub struct House {
    pub name: String,
    pub lang: Option<Lang>,
    pub zone: String,
    /// Key of the logo, if there is one.
    pub logo: Option<String>,
}

/// The workspace; `None` before it was set up, or while the database cannot be asked: a page must come even then.
pub(super) async fn house<'r>(request: &'r Request<'_>) -> Option<&'r House> {
    request
        .local_cache_async(async {
            match request.rocket().state::<Db>()?.read(find).await {
                Ok(found) => found,
                Err(error) => {
                    tracing::warn!(%error, "the workspace could not be read for a page");
                    None
                }
            }
        })
        .await
        .as_ref()
}

fn find(connection: &Connection) -> Result<Option<House>> {
    let found = connection
        .prepare_cached("SELECT name, language, zone, logo_key FROM workspace WHERE id = 1")?
        .query_row([], |row| {
            let lang = Lang::parse(row.get_ref(1)?.as_str()?);
            Ok(House { name: row.get(0)?, lang, zone: row.get(2)?, logo: row.get(3)? })
        })
        .optional()?;
    Ok(found)
}
