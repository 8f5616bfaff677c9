//! Words below an answer, with names filled in from a closed list.

use crate::inboxes::greeting;

/// Longest signature in Unicode scalar values.
pub const LONGEST: usize = 2_000;

/// The fields, as they are typed.
pub const FIELDS: [&str; 2] = ["{agent}", "{company}"];

/// The words with the names in place of the fields. Braces that are no field stay as they are, and a name with a field in
/// it is not filled again.
#[must_use]
pub fn filled(words: &str, agent: &str, company: &str) -> String {
    let [first, second] = FIELDS;
    greeting::filled(words, &[(first, agent), (second, company)])
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn only_the_fields_of_the_list_are_filled_and_once() {
        assert_eq!(filled("{agent}\n{company}", "Ana", "Vereda"), "Ana\nVereda");
        assert_eq!(filled("{agent} {token} {", "{company}", "Vereda"), "{company} {token} {");
        assert_eq!(filled("  ", "Ana", "Vereda"), "");
    }
}
