//! Names in notes: `@` and the name of a person or a team.

/// Whom a note can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    Person(i64),
    Team(i64),
}

/// A name that may stand behind an `@`.
#[derive(Debug, Clone)]
pub struct Nameable {
    pub who: Named,
    pub name: String,
    /// Whether they may read the conversation; a team: somebody else in it may.
    pub reads: bool,
}

/// A place of a note that names somebody.
#[derive(Debug, PartialEq, Eq)]
pub struct Naming<'t> {
    /// As it was written, with its `@`.
    pub words: &'t str,
    /// Places in the list of names. More than one: a full name that several have, or a first name that is not clear.
    pub who: Vec<usize>,
    pub clear: Clear,
}

/// Whether a name says who is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clear {
    Yes,
    /// Several have this first name.
    No,
}

/// Who is named in a text, in its order. The longest full name wins; a first name alone does where one person has it. An
/// `@` inside of a word (an address) names nobody.
#[must_use]
pub fn namings<'t>(text: &'t str, names: &[Nameable]) -> Vec<Naming<'t>> {
    let mut found = Vec::new();
    let mut before = None;
    for (at, letter) in text.char_indices() {
        let begins = letter == '@' && !before.is_some_and(char::is_alphanumeric);
        before = Some(letter);
        if begins {
            found.extend(naming(&text[at..], names));
        }
    }
    found
}

fn naming<'t>(text: &'t str, names: &[Nameable]) -> Option<Naming<'t>> {
    let rest = &text[1..];
    let whole: Vec<(usize, usize)> =
        names.iter().enumerate().filter_map(|(place, one)| Some((place, beginning(rest, &one.name)?))).collect();
    if let Some(longest) = whole.iter().map(|(_, length)| *length).max() {
        let who = whole.iter().filter(|(_, length)| *length == longest).map(|(place, _)| *place).collect();
        return Some(Naming { words: &text[..=longest], who, clear: Clear::Yes });
    }
    let end = rest.find(|letter: char| !is_of_name(letter)).unwrap_or(rest.len());
    let called = |one: &Nameable| {
        let first = one.name.split_whitespace().next().unwrap_or_default();
        matches!(one.who, Named::Person(_)) && end > 0 && first.to_lowercase() == rest[..end].to_lowercase()
    };
    let mut who: Vec<usize> = (0..names.len()).filter(|place| called(&names[*place])).collect();
    // Of several, those are meant who can read it.
    if who.iter().any(|place| names[*place].reads) {
        who.retain(|place| names[*place].reads);
    }
    let clear = if who.len() > 1 { Clear::No } else { Clear::Yes };
    (!who.is_empty()).then(|| Naming { words: &text[..=end], who, clear })
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || "-'’".contains(letter)
}

/// How many bytes of `text` are this name, in whatever case, ending where a word does.
fn beginning(text: &str, name: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    for wanted in name.chars() {
        let (_, letter) = letters.next()?;
        if !letter.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    match letters.next() {
        None => Some(text.len()),
        Some((_, next)) if is_of_name(next) => None,
        Some((end, _)) => Some(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<Nameable> {
        let person = |id, name: &str, reads| Nameable { who: Named::Person(id), name: name.to_owned(), reads };
        vec![
            person(1, "Ana Lima", true),
            person(2, "Ana Lima Souza", true),
            person(3, "Caio Mendes", true),
            person(4, "Caio Prado", false),
            person(5, "Érica", true),
            Nameable { who: Named::Team(7), name: "Obra".to_owned(), reads: true },
        ]
    }

    fn named(text: &str) -> Vec<(&str, Vec<usize>, Clear)> {
        let found = namings(text, &names());
        found.into_iter().map(|naming| (naming.words, naming.who, naming.clear)).collect()
    }

    #[test]
    fn the_longest_name_is_meant_and_a_first_name_where_it_is_clear() {
        assert_eq!(named("Oi @ana lima souza, vê?"), [("@ana lima souza", vec![1], Clear::Yes)]);
        assert_eq!(named("(@Ana Lima)"), [("@Ana Lima", vec![0], Clear::Yes)]);
        assert_eq!(named("@Caio"), [("@Caio", vec![2], Clear::Yes)], "the other one does not read it");
        assert_eq!(named("@ana pode?"), [("@ana", vec![0, 1], Clear::No)]);
        assert_eq!(named("@ÉRICA! @obra."), [("@ÉRICA", vec![4], Clear::Yes), ("@obra", vec![5], Clear::Yes)]);
    }

    #[test]
    fn addresses_and_other_words_name_nobody() {
        for text in ["caio@obra.example", "@ Caio", "@caiozinho", "@obras", "@", "", "@@"] {
            assert_eq!(named(text), [], "{text}");
        }
    }
}
