//! A filter made ready for one look.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Filter, Presses, Priority, Section, State, Who, Within};
use crate::clock::Millis;

/// The condition of a conversation that filters ask about.
#[derive(Debug, Clone)]
pub struct Standing {
    pub id: i64,
    pub inbox: i64,
    pub contact: i64,
    pub state: State,
    pub is_spam: bool,
    pub assignee: Option<i64>,
    pub priority: Priority,
    pub unanswered: bool,
    pub last_incoming_at: Option<Millis>,
    pub last_activity_at: Millis,
}

/// A filter made ready for one look: what its conditions mean for this person, now.
#[derive(Debug, Clone)]
pub struct Sieve {
    pub me: i64,
    pub section: Option<Section>,
    pub filter: Filter,
    /// Newest activity from, and before.
    pub from: Millis,
    pub before: Millis,
    pub now: Millis,
    /// Who is in the team.
    pub team: Vec<i64>,
}

impl Sieve {
    /// `section` is the one that is shown; none: what was searched for may stand anywhere.
    #[must_use]
    pub fn new(filter: &Filter, section: Option<Section>, me: i64, zone: &str, now: Millis) -> Self {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let start = |day: Date| zone.to_zoned(day.at(0, 0, 0, 0)).ok().map(|start| start.timestamp().as_millisecond());
        let from = filter.since.and_then(start).unwrap_or(Millis::MIN);
        let before = filter.until.and_then(|day| day.tomorrow().ok()).and_then(start).unwrap_or(Millis::MAX);
        let section = section.filter(|_| filter.within == Within::Section);
        Self { me, section, filter: filter.clone(), from, before, now, team: Vec::new() }
    }

    /// The person of the condition about who handles it.
    #[must_use]
    pub fn person(&self) -> Option<i64> {
        match self.filter.who {
            Some(Who::Me) => Some(self.me),
            Some(Who::Person(id)) => Some(id),
            _ => None,
        }
    }

    /// Whether all conditions hold that a conversation answers by itself.
    #[must_use]
    pub fn lets(&self, one: &Standing) -> bool {
        self.is_within(one)
            && self.is_handled(one)
            && (self.from..self.before).contains(&one.last_activity_at)
            && self.filter.presses.is_none_or(|presses| match presses {
                Presses::NotAtAll => one.priority == Priority::None,
                Presses::AtLeast(least) => one.priority >= least,
            })
            && self.filter.waiting.is_none_or(|waiting| {
                one.unanswered
                    && one.state != State::Closed
                    && one.last_incoming_at.is_some_and(|at| self.now - at >= waiting.least())
            })
    }

    fn is_within(&self, one: &Standing) -> bool {
        match (self.filter.within, self.section) {
            (Within::Section, None) => true,
            (Within::Section, Some(section)) => match section {
                Section::Unassigned => one.state == State::Open && one.assignee.is_none(),
                Section::Mine => one.state == State::Open && one.assignee == Some(self.me),
                Section::Others => one.state == State::Open && one.assignee.is_some_and(|who| who != self.me),
                Section::Closed => one.state == State::Closed && !one.is_spam,
                Section::Snoozed => one.state == State::Snoozed,
                // Wherever they stand; who asks begins with those.
                Section::Mentioned => true,
                Section::Spam => one.is_spam,
            },
            (Within::Open, _) => one.state == State::Open,
            (Within::Snoozed, _) => one.state == State::Snoozed,
            (Within::Closed, _) => one.state == State::Closed && !one.is_spam,
            (Within::Spam, _) => one.is_spam,
            (Within::Everything, _) => !one.is_spam,
        }
    }

    fn is_handled(&self, one: &Standing) -> bool {
        let by = match self.filter.who {
            None => true,
            Some(Who::Nobody) => one.assignee.is_none(),
            Some(_) => one.assignee.is_some() && one.assignee == self.person(),
        };
        by && (self.filter.team.is_none() || one.assignee.is_some_and(|who| self.team.contains(&who)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::DAY;

    #[test]
    fn days_are_those_of_the_persons_own_zone() {
        let filter = Filter::read([("since", "2026-11-20"), ("until", "2026-11-20")]);
        let sieve = Sieve::new(&filter, None, 1, "America/Sao_Paulo", 0);
        // 20 November 2026, 00:00 in São Paulo is 03:00 in UTC.
        assert_eq!((sieve.from, sieve.before - sieve.from), (1_795_143_600_000, DAY));
    }
}
