//! Words and chance, the same ones in every run: made-up words of Portuguese syllables, chosen as often as words are in
//! real texts (the second half as often as the first, the third a third as often, …).

use std::collections::HashSet;

const SYLLABLES: &[&str] = &[
    "a", "ba", "bra", "ca", "cão", "ção", "cha", "co", "da", "de", "do", "é", "en", "fa", "fe", "ga", "gui", "ha", "i",
    "já", "la", "le", "lho", "lu", "ma", "mé", "mi", "mo", "na", "nhe", "nó", "o", "pa", "pe", "pró", "que", "ra",
    "re", "ri", "sa", "se", "são", "ta", "te", "tí", "tra", "u", "va", "ve", "vo", "xi", "za",
];
const FIRST: &[&str] = &[
    "Ana",
    "Antônio",
    "Beatriz",
    "Bruno",
    "Camila",
    "Carlos",
    "Célia",
    "César",
    "Clara",
    "Débora",
    "Diego",
    "Eduarda",
    "Fábio",
    "Fernanda",
    "Flávio",
    "Gabriela",
    "Guilherme",
    "Helena",
    "Inês",
    "Íris",
    "João",
    "Júlia",
    "Karina",
    "Larissa",
    "Luís",
    "Márcia",
    "Mateus",
    "Mônica",
    "Natália",
    "Otávio",
    "Patrícia",
    "Rafael",
    "Sônia",
    "Tomás",
    "Vinícius",
    "Zélia",
];
const LAST: &[&str] = &[
    "Almeida",
    "Araújo",
    "Barbosa",
    "Cardoso",
    "Conceição",
    "Dias",
    "Esteves",
    "Falcão",
    "Gonçalves",
    "Guimarães",
    "Leão",
    "Lima",
    "Magalhães",
    "Mendes",
    "Moraes",
    "Nóbrega",
    "Oliveira",
    "Peçanha",
    "Queirós",
    "Ramos",
    "Sá",
    "Simões",
    "Teixeira",
    "Valadão",
    "Vasconcelos",
    "Zanetti",
];

/// Chance that repeats itself: `SplitMix64`.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `most`, which is above 0.
    pub fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.roll() % most.max(1) as u64).unwrap_or(0)
    }

    /// Whether something happens that happens `percent` times of a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn one_of<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }
}

/// All words, the most common first.
pub struct Words(Vec<String>);

impl Words {
    /// So many different words.
    pub fn new(count: usize) -> Self {
        let mut dice = Dice::new(7);
        let mut seen = HashSet::new();
        let mut words = Vec::with_capacity(count);
        while words.len() < count {
            // Common words are short.
            let syllables = match words.len() {
                0..40 => 1,
                40..1_500 => 2,
                _ => 3 + dice.below(2),
            };
            let word: String = (0..syllables).map(|_| *dice.one_of(SYLLABLES)).collect();
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        Self(words)
    }

    /// The word of this rank.
    pub fn at(&self, rank: usize) -> &str {
        &self.0[rank.min(self.0.len() - 1)]
    }

    /// A word by its frequency: rank r comes up in proportion to 1/r.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rank between 0 and the number of words"
    )]
    pub fn any(&self, dice: &mut Dice) -> &str {
        let share = dice.roll() as f64 / u64::MAX as f64;
        let rank = ((self.0.len() as f64).ln() * share).exp() - 1.0;
        self.at(rank as usize)
    }

    /// Sentences of about so many letters.
    pub fn text(&self, dice: &mut Dice, letters: usize) -> String {
        let mut text = String::with_capacity(letters + 24);
        let mut in_sentence = 0;
        while text.len() < letters {
            if !text.is_empty() {
                text.push_str(if in_sentence == 0 { ". " } else { " " });
            }
            text.push_str(self.any(dice));
            in_sentence = (in_sentence + 1) % 12;
        }
        text.push('.');
        text
    }
}

/// The name of a person.
pub fn name(dice: &mut Dice) -> String {
    [*dice.one_of(FIRST), *dice.one_of(LAST), *dice.one_of(LAST)].join(" ")
}
