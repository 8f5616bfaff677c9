//! A filter made ready for one look.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Filter, Priority, Section, State, Who, Within};
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
    /// Who is in one of the teams.
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
        let section = section.filter(|_| filter.within.is_empty());
        Self { me, section, filter: filter.clone(), from, before, now, team: Vec::new() }
    }

    /// The values of the condition about who handles it, each once; none is nobody.
    #[must_use]
    pub fn handlers(&self) -> Vec<Option<i64>> {
        let mut found = Vec::new();
        for handler in self.filter.who.any().iter().map(|who| self.handler(*who)) {
            if !found.contains(&handler) {
                found.push(handler);
            }
        }
        found
    }

    fn handler(&self, who: Who) -> Option<i64> {
        match who {
            Who::Me => Some(self.me),
            Who::Nobody => None,
            Who::Person(id) => Some(id),
        }
    }

    /// Whether all conditions hold that a conversation answers by itself.
    #[must_use]
    pub fn lets(&self, one: &Standing) -> bool {
        let priorities = &self.filter.priorities;
        self.is_within(one)
            && self.is_handled(one)
            && (self.from..self.before).contains(&one.last_activity_at)
            && (priorities.is_empty() || priorities.contains(&one.priority))
            && self.filter.waiting.is_none_or(|waiting| {
                one.unanswered
                    && one.state != State::Closed
                    && one.last_incoming_at.is_some_and(|at| self.now - at >= waiting.least())
            })
    }

    fn is_within(&self, one: &Standing) -> bool {
        if !self.filter.within.is_empty() {
            return self.filter.within.iter().any(|within| match within {
                Within::Open => one.state == State::Open,
                Within::Snoozed => one.state == State::Snoozed,
                Within::Closed => one.state == State::Closed && !one.is_spam,
                Within::Spam => one.is_spam,
            });
        }
        self.section.is_none_or(|section| match section {
            Section::Unassigned => one.state == State::Open && one.assignee.is_none(),
            Section::Mine => one.state == State::Open && one.assignee == Some(self.me),
            Section::Others => one.state == State::Open && one.assignee.is_some_and(|who| who != self.me),
            Section::Closed => one.state == State::Closed && !one.is_spam,
            Section::Snoozed => one.state == State::Snoozed,
            // Wherever they stand; who asks begins with those.
            Section::Mentioned => true,
            Section::Spam => one.is_spam,
        })
    }

    fn is_handled(&self, one: &Standing) -> bool {
        let in_team = one.assignee.is_some_and(|who| self.team.contains(&who));
        self.filter.who.lets(|who| one.assignee == self.handler(*who)) && self.filter.teams.lets(|_| in_team)
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
