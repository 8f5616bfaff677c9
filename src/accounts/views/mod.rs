//! The pages, as types.

mod account;
mod door;
mod factor;
mod hours;
mod invitations;
mod people;
mod teams;
mod workspace;

pub use account::{AccountPage, AvailabilityBlock, OwnDot, SettingsPage, Standing, Typed};
pub use door::{EmailGonePage, EmailPage, ResetGonePage, ResetPage, ResetRequestPage, SetupPage, SignInPage, Stage};
pub use factor::{
    CodePage, CodesPage, Drafted, EnrolmentPage, FactorPage, FactorResetPage, FactorRulePage, Freshness, Keyboard,
    Refused, Step,
};
pub use hours::HoursPage;
pub use invitations::{AcceptGonePage, AcceptPage, InviteDialog, InvitePage, InviteView, Sends};
pub use people::{Asked, PeoplePage, PersonDialog, PersonPage, PersonParts, PersonView};
pub use teams::{OwnershipPage, TeamPage, TeamsPage};
pub use workspace::WorkspacePage;

use super::model;

/// The choice of a time zone.
pub struct Zones {
    pub chosen: String,
    /// Those of Brazil, with the key of the name.
    pub brazil: &'static [(&'static str, &'static str)],
    pub others: &'static [String],
}

impl Zones {
    pub fn new(chosen: &str) -> Self {
        Self { chosen: chosen.to_owned(), brazil: &model::BRAZIL, others: model::zones() }
    }

    pub fn is(&self, zone: &str) -> bool {
        self.chosen == zone
    }

    /// An old name of a zone, which stands in neither list.
    pub fn is_rare(&self) -> bool {
        !self.brazil.iter().any(|(zone, _)| self.is(zone)) && !self.others.iter().any(|zone| self.is(zone))
    }
}
