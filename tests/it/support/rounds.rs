//! How often a fault is tried, and random choices that can be repeated.

/// Rounds of a fault loop: 5, or `full` in `bin/test --long`.
pub fn rounds(full: u32) -> u32 {
    if std::env::var_os("RECADO_TEST_LONG").is_some() { full } else { full.min(5) }
}

/// Random choices from one number; `bin/test --seed N` makes them again.
#[derive(Clone, Debug)]
pub struct Chance {
    state: u64,
}

impl Chance {
    /// Choices of this run. The name keeps tests apart that run beside each other; the seed is shown when a test fails.
    ///
    /// # Panics
    /// If `RECADO_TEST_SEED` is no number.
    pub fn of(name: &str) -> Self {
        let seed = std::env::var("RECADO_TEST_SEED").unwrap_or_else(|_| "1".to_owned());
        println!("{name}: RECADO_TEST_SEED={seed}");
        let seed: u64 = seed.parse().expect("RECADO_TEST_SEED is a number");
        Self::from(name.bytes().fold(seed, |state, byte| state.wrapping_mul(31).wrapping_add(byte.into())))
    }

    /// The next number (`SplitMix64`, Steele and others 2014).
    pub fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        let number = self.next() % u64::try_from(end).expect("a size fits into 64 bits");
        usize::try_from(number).expect("less than a size")
    }

    /// One of several, which are not none.
    pub fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

impl From<u64> for Chance {
    fn from(seed: u64) -> Self {
        Self { state: seed }
    }
}

#[test]
fn the_same_seed_makes_the_same_choices() {
    let choices = |seed: u64| {
        let mut chance = Chance::from(seed);
        std::array::from_fn::<char, 20, _>(|_| *chance.one_of(&['a', 'b', 'c', 'd']))
    };
    assert_eq!(choices(7), choices(7));
    assert_ne!(choices(7), choices(8));
    let mut chance = Chance::of("rounds");
    assert!((0..100).all(|_| chance.below(3) < 3));
    assert!(rounds(3) == 3 && rounds(500) >= 5);
}
