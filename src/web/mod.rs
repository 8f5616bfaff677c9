//! What all pages share: the context a template gets, the answers a handler gives, forms and uploads, assets, languages,
//! live updates, and the headers every response carries. It knows no feature.

pub mod assets;
pub mod csv;
mod cx;
mod errors;
mod failure;
mod fairings;
mod files;
mod house;
pub mod i18n;
pub mod live;
mod page;
mod pieces;
mod posted;
mod routes;
mod showcase;
pub mod text;
pub mod times;
mod upload;

use rocket::fairing::AdHoc;

pub use cx::{Cx, Htmx};
pub use errors::catchers;
pub use failure::{Answer, Failure};
pub use files::{Disposition, FileResponse};
pub use i18n::Lang;
pub use page::{Html, Page, Reply, redirect};
pub use pieces::{Piece, Written};
pub use posted::{NoFields, Posted};
pub use routes::{GUARDS, Guards, check_guards, guard_of};
pub use showcase::Showcase;
pub use upload::{Part, Upload, UploadLimits};

/// Mounts what belongs to no feature: assets, live updates, the refusal page; and the fairings.
#[must_use]
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("web", |rocket| async {
        rocket
            .attach(fairings::Doorman)
            .attach(fairings::SecurityHeaders)
            .attach(fairings::RequestLog)
            .attach(live::stage())
            .mount("/", routes::all())
            .register("/", catchers())
    })
}
