//! The pages, as types.

mod account;
mod door;

pub use account::{AccountPage, AvailabilityBlock, SettingsPage, Typed};
pub use door::{ResetGonePage, ResetPage, ResetRequestPage, SetupPage, SignInPage, Stage};

use super::model;

/// The choice of a time zone.
pub struct Zones(pub String);

impl Zones {
    pub fn chosen(&self) -> &str {
        &self.0
    }

    pub fn is(&self, zone: &str) -> bool {
        self.0 == zone
    }

    /// Those of Brazil, with the key of the name.
    #[expect(clippy::unused_self, reason = "templates call methods")]
    pub fn brazil(&self) -> &'static [(&'static str, &'static str)] {
        &model::BRAZIL
    }

    /// All others.
    #[expect(clippy::unused_self, reason = "templates call methods")]
    pub fn others(&self) -> &'static [String] {
        model::zones()
    }

    /// An old name of a zone, which stands in neither list.
    pub fn is_rare(&self) -> bool {
        !self.brazil().iter().any(|(zone, _)| self.is(zone)) && !self.others().iter().any(|zone| self.is(zone))
    }
}
