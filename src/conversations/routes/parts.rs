//! The parts of the inbox, read in one snapshot and put into words.

use super::super::model::{Bulk, Conversation, Counts, Passed, Place, Section, Slot};
use super::super::store::filtered::{self, Query, Stretch};
use super::super::store::joining::signposts;
use super::super::store::timeline::{self, Window};
use super::super::store::{
    audience, blocking, bulk, counters, drafts, list, mentions, saved, search, show, signatures, tags, waiting,
    watching,
};
use super::super::views::{
    Bar, Before, Choice, Composer, Deletion, Drafted, EmptyPane, FilterKnown, Finding, Handled, Head, Known, List,
    Named, Next, Picking, Progressed, Reach, Saving, Side, Snooze, Strip, Tags, Timeline, Waiting, Work, chips,
    contact_name, section_of,
};
use super::asked::Asked;
use crate::auth::{Right, Viewer};
use crate::db::Connection;
use crate::error::Result;
use crate::inboxes::store::health;
use crate::web::Cx;
use crate::{accounts, contacts, inboxes, keys};

/// Messages shown before one that was asked for.
const BEFORE: usize = 4;

/// Who asks, and through what: what every part needs.
pub struct Reader<'a> {
    pub connection: &'a Connection,
    pub cx: &'a Cx,
    pub viewer: &'a Viewer,
}

impl Reader<'_> {
    pub fn counts(&self) -> Result<Counts> {
        counters::counts(self.connection, self.viewer)
    }

    /// The list of a choice, with one row marked as open.
    pub fn list(&self, choice: &Choice, asked: &Asked, open: Option<i64>, counts: Counts) -> Result<List> {
        let limit = asked.limit();
        if !choice.filter.is_empty() {
            return self.filtered_list(choice, asked, open, counts);
        }
        let mut rows = if choice.query.is_empty() {
            list::rows(self.connection, self.viewer, choice.section, asked.place(), limit + 1)?
        } else {
            search::rows(self.connection, self.viewer, &choice.query, limit)?
        };
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = match rows.last().filter(|_| more) {
            Some(row) if choice.section == Section::Mentioned && choice.query.is_empty() => {
                mentions::place_of(self.connection, self.viewer, row.id)?.map(Next::below)
            }
            last => last.map(Next::after),
        };
        Ok(List::new(self.cx, choice, &rows, next, open, counts))
    }

    /// The same for what a filter lets through. A look further is one more look for the refetch of the whole.
    fn filtered_list(&self, choice: &Choice, asked: &Asked, open: Option<i64>, counts: Counts) -> Result<List> {
        let limit = asked.limit() as usize;
        let goes_on = asked.place() != Place::TOP;
        let looks = if goes_on { 1 } else { asked.looked() + 1 };
        let query = self.query(choice);
        let stretch = Stretch { after: asked.place(), limit: limit + 1, most: filtered::LOOKED_AT * looks };
        let found = filtered::places(self.connection, self.viewer, &query, stretch)?;
        let ids: Vec<i64> = found.places.iter().take(limit).map(|place| place.id).collect();
        let mut rows = list::by_ids(self.connection, self.viewer, &ids)?;
        search::show_hits(self.connection, &choice.query, &mut rows, &found.messages)?;
        let next = match found.reached {
            Some(reached) => Some(Next::further(self.cx, reached)),
            None => rows.last().filter(|_| found.places.len() > limit).map(Next::after),
        };
        let known = self.filter_known()?;
        Ok(List::new(self.cx, choice, &rows, next, open, counts)
            .with_chips(chips(self.cx, choice, &known))
            .having_looked(if goes_on { asked.looked().min(1) } else { asked.looked() }))
    }

    /// What stands around the list.
    pub fn finding(&self, choice: &Choice) -> Result<Finding> {
        let all = saved::listed(self.connection, self.viewer)?;
        let bar = if choice.picking == Picking::On { Some(self.bar(choice)?) } else { None };
        let bulk = bulk::latest(self.connection, self.viewer, self.cx.times.now())?;
        Ok(Finding {
            named: Named::new(self.cx, &all, self.viewer, choice),
            saving: Saving::new(&all, self.viewer, choice),
            progress: bulk.map(|bulk| self.progress(&bulk)).transpose()?,
            bar,
        })
    }

    /// The bar that begins a change of many.
    pub fn bar(&self, choice: &Choice) -> Result<Bar> {
        let count = filtered::count(self.connection, self.viewer, &self.query(choice))?;
        Ok(Bar::new(self.cx, self.viewer, choice, &self.filter_known()?, count))
    }

    /// How far a change of many has come.
    pub fn progress(&self, bulk: &Bulk) -> Result<Progressed> {
        let ids: Vec<i64> = bulk.reasons.iter().flat_map(|(_, _, ids)| ids.clone()).collect();
        Ok(Progressed::new(self.cx, bulk, &bulk::names(self.connection, self.viewer, &ids)?))
    }

    /// The filters under a name, with the number of what each of them lets through for this person.
    pub fn counted(&self, choice: &Choice) -> Result<Named> {
        let all = saved::listed(self.connection, self.viewer)?;
        let numbers = all.iter().map(|saved| {
            let there = Choice::read(&saved.query);
            filtered::count(self.connection, self.viewer, &self.query(&there))
        });
        let numbers = numbers.collect::<Result<Vec<_>>>()?;
        Ok(Named::new(self.cx, &all, self.viewer, choice).counted(&numbers))
    }

    fn query<'a>(&self, choice: &'a Choice) -> Query<'a> {
        Query { section: choice.section, words: &choice.query, filter: &choice.filter, now: self.cx.times.now() }
    }

    /// What conditions are called.
    pub fn filter_known(&self) -> Result<FilterKnown> {
        Ok(FilterKnown {
            inboxes: filtered::inboxes(self.connection, self.viewer)?,
            people: accounts::people(self.connection)?,
            teams: accounts::teams(self.connection)?.into_iter().map(|team| (team.id, team.name)).collect(),
            tags: tags::all(self.connection)?,
        })
    }

    /// What stands where no conversation is open.
    pub fn empty_pane(&self, choice: &Choice, counts: Counts) -> Result<EmptyPane> {
        let pane = |title: &str, text: &str, href: String, action: String| EmptyPane {
            title: self.cx.t(title),
            text: self.cx.t(text),
            href,
            action,
        };
        if inboxes::store::readable(self.connection, self.viewer)?.is_empty() {
            return Ok(if self.viewer.may(Right::InboxesManage) {
                pane("pane-first-title", "pane-first", "/settings/inboxes".to_owned(), self.cx.t("pane-first-action"))
            } else {
                pane("pane-no-inbox-title", "pane-no-inbox", String::new(), String::new())
            });
        }
        if counts.unanswered == 0 {
            return Ok(pane("pane-done-title", "pane-done", String::new(), String::new()));
        }
        if counts.unassigned == 0 || choice.section == Section::Unassigned {
            return Ok(pane("pane-choose-title", "pane-choose", String::new(), String::new()));
        }
        let href = format!("/conversations?section={}", Section::Unassigned.as_str());
        Ok(pane("pane-choose-title", "pane-choose", href, self.cx.t("pane-see-unassigned")))
    }

    /// What its head and its details both tell.
    pub fn handled(&self, conversation: i64) -> Result<Handled> {
        let sender = blocking::sender(self.connection, self.viewer, conversation)?;
        let blocks = sender.as_deref().map(|address| blocking::against(self.connection, address)).transpose()?;
        Ok(Handled {
            people: show::readers(self.connection, self.viewer, conversation)?,
            sender,
            blocks: blocks.unwrap_or_default(),
            watches: watching::of(self.connection, self.viewer, conversation)?,
        })
    }

    pub fn side(&self, conversation: &Conversation, handled: &Handled, address: &str) -> Result<Side> {
        let contact = contacts::get(self.connection, conversation.contact)?;
        let history = show::history(self.connection, self.viewer, conversation.contact, conversation.id)?;
        let known = Known { conversation, contact: &contact, history: &history, handled };
        Ok(Side::new(self.cx, &known, self.viewer, address))
    }

    pub fn strip(&self, conversation: &Conversation) -> Result<Strip> {
        let blocked = health::blocked(self.connection, conversation.inbox)?;
        Ok(Strip::new(self.cx, conversation, self.viewer, blocked.as_ref()))
    }

    /// The messages of a window; a page that is open says where its block begins, a fresh one begins where they do.
    pub fn timeline(&self, conversation: &Conversation, window: Window, reach: Option<Reach>) -> Result<Timeline> {
        let news = usize::try_from(conversation.unread).unwrap_or_default();
        let window = match window {
            Window::Latest => Window::Newest(news + 1),
            Window::Newest(messages) => Window::Newest(messages.max(news + 1)),
            window => window,
        };
        let stretch = timeline::read(self.connection, self.viewer, conversation.id, window)?;
        let reach = reach.unwrap_or_else(|| Reach::of(&stretch, conversation.unread));
        // The conversation this one goes on from may be in an inbox that the viewer does not read.
        let linked = conversation.linked.map(|id| signposts::standing(self.connection, id)).transpose()?;
        let is_there = |id: &i64| *id != conversation.id && show::get(self.connection, self.viewer, *id).is_ok();
        let linked = linked.filter(is_there);
        let waiting = waiting::of(self.connection, conversation.id)?;
        let waiting = waiting.iter().map(|waiting| Waiting::new(self.cx, waiting, self.viewer)).collect();
        Ok(Timeline { waiting, ..Timeline::new(self.cx, conversation, &stretch, reach, linked) })
    }

    /// The messages of a fresh page: with the one that was asked for and a few before it.
    fn window(&self, conversation: i64, asked: &Asked) -> Result<Window> {
        let Some(message) = asked.message() else { return Ok(asked.window()) };
        Ok(Window::Newest(timeline::since(self.connection, conversation, message)? + BEFORE))
    }

    /// An answer box with what was begun before. `reach` is where the timeline of the page begins, as a query.
    pub fn composer(&self, conversation: &Conversation, asked: &Asked, reach: String) -> Result<Composer> {
        let slot = Slot::of(asked.kind(), asked.scope(), asked.answer());
        let begun = |slot| drafts::find(self.connection, self.viewer.id, conversation.id, slot);
        let other = if slot == Slot::Note { Slot::Reply } else { Slot::Note };
        let (draft, other) = (begun(slot)?, begun(other)?.map(|draft| draft.text).unwrap_or_default());
        let is_begun = draft.is_some() || !other.is_empty();
        let passed =
            if is_begun { drafts::passed(self.connection, self.viewer, conversation.id)? } else { Passed::default() };
        let before = Before { draft, other, passed };
        // What was taken back is to the message that it was to.
        let taken = before.draft.as_ref().filter(|draft| draft.recipients.is_some() && slot == Slot::Reply);
        let (about, scope) = match (asked.answer(), taken) {
            (None, Some(draft)) if draft.about.is_some() => (draft.about, draft.scope),
            _ => (asked.answer(), asked.scope()),
        };
        let audience = audience::audience(self.connection, self.viewer, conversation.id, about, scope)?;
        let signature = signatures::below(self.connection, self.viewer, conversation.inbox)?;
        let drafted =
            Drafted { kind: asked.kind(), scope, chosen: about.is_some(), signature, zone: &self.viewer.zone };
        let composer = Composer::new(self.cx, conversation, &audience, drafted, reach);
        Ok(composer.continued(self.cx, before).numbered(keys::random_text::<16>()?))
    }

    /// Everything of one conversation, with one of its panes in front.
    pub fn work(&self, conversation: &Conversation, asked: &Asked, pane: &'static str) -> Result<Work> {
        let section = section_of(conversation, self.viewer);
        let address = asked.choice(section).address();
        let timeline = self.timeline(conversation, self.window(conversation.id, asked)?, None)?.at(asked.message());
        let handled = self.handled(conversation.id)?;
        Ok(Work {
            id: conversation.id,
            section,
            show: pane,
            label: self.cx.t1("talk-label", "name", contact_name(self.cx, conversation)),
            head: Head::new(self.cx, conversation, &handled, self.viewer, &address),
            composer: self.composer(conversation, asked, timeline.address.clone())?,
            timeline,
            strip: self.strip(conversation)?,
            side: self.side(conversation, &handled, &address)?,
            snooze: Snooze::new(self.cx, self.viewer, conversation.id, self.cx.times.now()),
            tags: Tags::new(conversation.id, conversation.tags.clone(), &tags::all(self.connection)?),
            deletion: Deletion::new(self.cx, conversation, self.viewer),
        })
    }
}
