//! Folding of quotes loses nothing, whatever it is given.

use proptest::prelude::*;
use recado::channels::email::{split, split_html};

fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    letters.sort_unstable();
    letters
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "", " ", "> quoted", ">> twice", ">", "On Mon, Jan 5, 2026 at 10:00 Ana <a@x.y> wrote:", "On Mon, Jan 5, 2026 Ana",
            "<a@x.y> wrote:", "Em 5 de jan. de 2026 às 10:00, Ana <a@x.y> escreveu:", "-----Original Message-----",
            "-----Mensagem original-----", "De: Ana", "Enviada em: hoje", "Para: Beto", "Assunto: x", "From: Ana", "Sent: today",
            "To: Bob", "Subject: x", "________________", "-- ", "---------- Forwarded message ---------", "\r", "Le 5 2026 a@b a écrit :",
        ]).prop_map(str::to_owned),
        2 => "\\PC{0,40}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_letter_of_a_text_is_lost(lines in prop::collection::vec(line(), 0..25)) {
        let text = lines.join("\n");
        let folded = split(&text);
        prop_assert_eq!(letters(&format!("{}{}", folded.visible, folded.quoted)), letters(&text));
        prop_assert!(!folded.visible.trim().is_empty() || text.trim().is_empty());
    }

    #[test]
    fn no_byte_of_an_html_is_lost(pieces in prop::collection::vec(prop_oneof![
        prop::sample::select(vec![
            "<div class=\"gmail_quote\">", "</div>", "<div>", "<blockquote type=cite>", "</blockquote>", "<div id=divRplyFwdMsg>", "<hr>", "<p>", "</p>",
            "<div style='border-top:solid red'>De: x", "<div class=moz-cite-prefix>", "<!--", "-->", "<a href='", "\"", "'", "<", ">", "texto",
        ]).prop_map(str::to_owned),
        "\\PC{0,10}",
    ], 0..25)) {
        let html = pieces.concat();
        let folded = split_html(&html);
        prop_assert_eq!(format!("{}{}", folded.visible, folded.quoted), html);
    }
}
