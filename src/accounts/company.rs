//! What the company sets for everybody.

use super::model::{check_name, check_place};
use crate::error::Problems;
use crate::events::Change;

/// How many days the activity log may be kept, shortest and longest.
pub const ACTIVITY_DAYS: std::ops::RangeInclusive<u16> = 30..=3650;

/// The general settings of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    pub name: String,
    /// For people who chose none and whose browser asks for none, and for texts the product writes by itself.
    pub language: String,
    pub zone: String,
    /// How long entries of the activity log are kept.
    pub activity_days: u16,
}

impl Company {
    /// Notes what cannot be taken.
    pub fn check(&self, problems: &mut Problems) {
        check_name(problems, "name", &self.name);
        check_place(problems, Some(&self.language), &self.zone);
        if !ACTIVITY_DAYS.contains(&self.activity_days) {
            problems.add("activity_days", "activity-days-wrong");
        }
    }

    /// What would be different.
    #[must_use]
    pub fn changes_to(&self, new: &Self) -> Vec<Change> {
        let days = |days: u16| days.to_string();
        let all = [
            Change::between("name", &self.name, &new.name),
            Change::between("language", &self.language, &new.language),
            Change::between("zone", &self.zone, &new.zone),
            Change::between("activity-days", &days(self.activity_days), &days(new.activity_days)),
        ];
        all.into_iter().flatten().collect()
    }
}
