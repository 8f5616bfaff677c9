//! What happens in a conversation of the world.

use super::people::{People, address, contact_name};
use crate::words::{Dice, Words};

/// Messages of each conversation.
pub const MESSAGES: usize = 10;

/// One conversation, told before it is written.
pub struct Story {
    pub inbox: i64,
    pub contact: usize,
    pub name: String,
    pub address: String,
    pub subject: String,
    pub closed: bool,
    pub assignee: Option<i64>,
    pub messages: Vec<Said>,
    /// How many of the received messages each person has seen.
    pub seen: Vec<(i64, usize)>,
}

/// One message.
pub struct Said {
    pub kind: &'static str,
    pub text: String,
    /// Who of the team wrote it.
    pub by: Option<i64>,
}

impl Story {
    /// `age` is the share of the world that is older, in percent.
    pub fn new(dice: &mut Dice, words: &Words, people: &People, age: usize) -> Self {
        // Everybody's inboxes get most of the mail.
        let inbox =
            if dice.chance(90) { *dice.one_of(&people.inboxes[..4]) } else { *dice.one_of(&people.inboxes[4..]) };
        let contact = 1 + dice.below(people.contacts);
        let (closed, taken) = (dice.chance(60), dice.chance(60));
        let worker = *dice.one_of(&people.users);
        let messages: Vec<Said> = (0..MESSAGES).map(|place| said(dice, words, worker, place)).collect();
        let received = messages.iter().filter(|said| said.kind == "incoming").count();
        let mut seen = vec![(people.users[0], if age < 98 { received } else { dice.below(received + 1) })];
        if taken && worker != people.users[0] {
            seen.push((worker, received));
        }
        Self {
            inbox,
            contact,
            name: contact_name(contact),
            address: address(contact),
            subject: {
                let letters = 15 + dice.below(40);
                words.text(dice, letters)
            },
            closed,
            assignee: taken.then_some(worker),
            messages,
            seen,
        }
    }

    /// Messages received.
    pub fn received(&self) -> usize {
        self.messages.iter().filter(|said| said.kind == "incoming").count()
    }

    /// Whether it waits for an answer.
    pub fn waits(&self) -> bool {
        !self.closed
            && self.messages.iter().rfind(|said| said.kind != "note").is_some_and(|said| said.kind == "incoming")
    }
}

fn said(dice: &mut Dice, words: &Words, worker: i64, place: usize) -> Said {
    let kind = match dice.below(100) {
        _ if place == 0 => "incoming",
        0..50 => "incoming",
        50..92 => "outgoing",
        _ => "note",
    };
    let letters = 40 + dice.below(180) + dice.below(180);
    Said { kind, text: words.text(dice, letters), by: (kind != "incoming").then_some(worker) }
}
