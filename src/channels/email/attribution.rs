//! The words with which mail programs introduce a quoted or forwarded mail, in the languages we meet most.

/// The longest introduction in bytes; longer lines are prose.
const LONGEST: usize = 400;

/// How an introduction begins and which verb it holds: "On … wrote:".
const SAID: &[(&[&str], &str)] = &[
    (&["on "], "wrote"),
    (&["em ", "no dia ", "a ", "às ", "na ", "no "], "escreveu"),
    (&["el ", "en "], "escribió"),
    (&["le "], "a écrit"),
    (&["am ", "on "], "schrieb"),
    (&["il giorno ", "il ", "in data "], "ha scritto"),
    (&["op "], "schreef"),
];

const FROM: &[&str] = &["from", "de", "von", "da", "van"];
const SENT: &[&str] = &[
    "sent",
    "date",
    "enviada em",
    "enviado em",
    "enviada",
    "enviado",
    "enviado el",
    "data",
    "fecha",
    "envoyé",
    "gesendet",
    "datum",
    "inviato",
    "data de envio",
];
const TO: &[&str] = &["to", "para", "à", "an", "a", "aan", "cc", "cópia"];
const SUBJECT: &[&str] = &["subject", "assunto", "asunto", "objet", "betreff", "oggetto", "onderwerp"];

const ORIGINAL: &[&str] = &[
    "original message",
    "mensagem original",
    "mensaje original",
    "message d'origine",
    "message d’origine",
    "message original",
    "ursprüngliche nachricht",
    "originalnachricht",
    "messaggio originale",
    "oorspronkelijk bericht",
    "original-nachricht",
];
const FORWARDED: &[&str] = &[
    "forwarded message",
    "mensagem encaminhada",
    "mensaje reenviado",
    "message transféré",
    "weitergeleitete nachricht",
    "messaggio inoltrato",
    "messaggio reindirizzato",
    "doorgestuurd bericht",
];
const BEGIN_FORWARDED: &[&str] = &[
    "begin forwarded message",
    "início da mensagem encaminhada",
    "inicio del mensaje reenviado",
    "início da mensagem reencaminhada",
];

/// How sure an introduction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    /// With an address or a full date: a program wrote it.
    Program,
    /// The words alone: a person may have written them.
    Words,
}

/// Whether a line (or a few joined ones) introduces a quote and nothing else.
pub(super) fn introduces(line: &str) -> Option<Certainty> {
    let line = line.trim().trim_start_matches(['>', ' ', '*', '_']);
    if line.len() > LONGEST || !line.trim_end_matches(['*', '_', ' ', '\u{a0}']).ends_with(':') {
        return None;
    }
    let lower = line.to_lowercase();
    let known = SAID.iter().any(|(starts, verb)| {
        lower.contains(verb)
            && (starts.iter().any(|s| lower.starts_with(s)) || lower.contains('@') || starts_with_digit(&lower))
    });
    if !known || !lower.contains(|c: char| c.is_ascii_digit() || c == '@') {
        return None;
    }
    let dated = lower
        .as_bytes()
        .windows(4)
        .any(|w| w.iter().all(u8::is_ascii_digit) || (w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit()));
    Some(if lower.contains('@') || dated { Certainty::Program } else { Certainty::Words })
}

/// Whether an introduction may begin on this line and go on in the next.
pub(super) fn may_begin(line: &str) -> bool {
    let line = line.trim_start_matches(['>', ' ', '*', '_']);
    if line.len() > LONGEST {
        return false;
    }
    let lower = line.to_lowercase();
    SAID.iter().any(|(starts, _)| starts.iter().any(|s| lower.starts_with(s))) || starts_with_digit(&lower)
}

fn starts_with_digit(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_digit())
}

/// `-----Original Message-----` in any of the languages.
pub(super) fn marks_original(line: &str) -> bool {
    dashed(line, ORIGINAL)
}

/// `---------- Forwarded message ---------` and its kin.
pub(super) fn marks_forward(line: &str) -> bool {
    if dashed(line, FORWARDED) {
        return true;
    }
    let line = line.trim();
    line.len() <= LONGEST && BEGIN_FORWARDED.iter().any(|m| line.trim_end_matches(':').to_lowercase() == *m)
}

fn dashed(line: &str, phrases: &[&str]) -> bool {
    let line = line.trim();
    if line.len() > LONGEST || !line.starts_with("--") {
        return false;
    }
    let inner = line.trim_matches(['-', ' ', ':']).to_lowercase();
    phrases.contains(&inner.as_str())
}

/// Whether `line` begins a block of `From: … Sent: … To: … Subject: …` that goes on in `next`.
pub(super) fn begins_header_block<'t>(line: &str, next: impl Iterator<Item = &'t str>) -> bool {
    if !labelled_from(line) {
        return false;
    }
    let mut seen = [false; 3];
    for (number, line) in next.take(8).enumerate() {
        let label = label(line);
        if label.as_ref().is_some_and(|l| FROM.contains(&l.as_str()) && !TO.contains(&l.as_str())) {
            break;
        }
        for (seen, labels) in seen.iter_mut().zip([SENT, TO, SUBJECT]) {
            *seen = *seen || label.as_ref().is_some_and(|l| labels.contains(&l.as_str()));
        }
        // The block stands together; at most one line of another kind lies between.
        if number >= 1 && !seen.contains(&true) {
            return false;
        }
    }
    seen.iter().filter(|s| **s).count() >= 2
}

/// Whether a line has the label with which such a block begins.
pub(super) fn labelled_from(line: &str) -> bool {
    label(line).is_some_and(|label| FROM.contains(&label.as_str()))
}

/// The word before the colon at the beginning of a line, in lower case.
fn label(line: &str) -> Option<String> {
    let line = line.trim_start_matches([' ', '*', '>', '\t', '\u{a0}']);
    let (label, _) = line.get(..line.floor_char_boundary(40))?.split_once(':')?;
    Some(label.trim_matches(['*', ' ', '\u{a0}']).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn introductions_of_programs_are_known_in_many_languages() {
        for line in [
            "On Mon, Jan 5, 2026 at 10:00 AM Ana <ana@x.br> wrote:",
            "Em seg., 5 de jan. de 2026 às 10:00, Ana <ana@x.br> escreveu:",
            "El lun, 5 ene 2026 a las 10:00, Ana (<ana@x.es>) escribió:",
            "Le lun. 5 janv. 2026 à 10:00, Ana <ana@x.fr> a écrit :",
            "Am Mo., 5. Jan. 2026 um 10:00 Uhr schrieb Ana <ana@x.de>:",
            "Il giorno lun 5 gen 2026 alle ore 10:00 Ana <ana@x.it> ha scritto:",
            "2026-01-05 10:00 GMT-03:00 Ana <ana@x.br>: escreveu:",
        ] {
            assert_eq!(introduces(line), Some(Certainty::Program), "{line}");
        }
        for line in
            ["He wrote:", "On the other hand, wrote nobody", "Em resumo: escreveu", "a: b", "On Monday Ana wrote:"]
        {
            assert_eq!(introduces(line), None, "{line}");
        }
    }

    #[test]
    fn marks_and_header_blocks_are_known() {
        assert!(marks_original("-----Mensagem original-----"));
        assert!(marks_original("-------- Message d'origine --------"));
        assert!(!marks_original("original message"));
        assert!(marks_forward("---------- Forwarded message ---------"));
        assert!(begins_header_block("De: Ana", ["Enviada em: ontem", "Para: Beto", "Assunto: x"].into_iter()));
        assert!(begins_header_block("*From:* Ana", ["*Sent:* today", "*To:* b"].into_iter()));
        assert!(!begins_header_block("De: Ana", ["Oi", "Para: Beto"].into_iter()));
    }
}
