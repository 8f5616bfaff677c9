//! What the company sets for everybody.

use askama::Template;

use super::Zones;
use crate::accounts::routes::CompanyForm;
use crate::error::Problems;
use crate::web::Cx;

/// How long the activity log may be kept, as the form offers it: days, and the key of the words for them.
const KEPT: [(u16, &str); 6] = [
    (90, "activity-days-90"),
    (180, "activity-days-180"),
    (365, "activity-days-365"),
    (730, "activity-days-730"),
    (1825, "activity-days-1825"),
    (3650, "activity-days-3650"),
];

/// One choice of how long.
struct Kept {
    days: u16,
    words: &'static str,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "accounts/workspace.html")]
pub struct WorkspacePage {
    cx: Cx,
    typed: CompanyForm,
    zones: Zones,
    kept: [Kept; 6],
    /// What the settings of the server say.
    idle_days: i64,
    problems: Problems,
}

impl WorkspacePage {
    pub fn new(cx: Cx, idle_days: u32, typed: CompanyForm, problems: Problems) -> Self {
        let kept = KEPT.map(|(days, words)| Kept { days, words, is_chosen: typed.activity_days == days.to_string() });
        Self { zones: Zones::new(&typed.zone), kept, idle_days: i64::from(idle_days), cx, typed, problems }
    }

    /// A number of days that the form does not offer.
    fn keeps_other(&self) -> bool {
        self.kept.iter().all(|kept| !kept.is_chosen)
    }
}
