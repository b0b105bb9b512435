//! Chance for the demo, from a seed: the same seed makes the same company.

/// A small generator (splitmix64); good enough to scatter demo data, for nothing else.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Starts from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number from `low` up to and including `high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low + 1).unwrap_or(1).max(1);
        low + i64::try_from(self.word() % span).unwrap_or(0)
    }

    /// One of a list.
    ///
    /// # Panics
    /// If the list is empty: the lists of the demo are not.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let at = usize::try_from(self.word() % of.len() as u64).unwrap_or(0);
        &of[at]
    }

    /// True in `percent` of a hundred throws.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_throws_within_bounds() {
        let (mut a, mut b) = (Dice::new(3), Dice::new(3));
        for _ in 0..1000 {
            let n = a.between(-5, 9);
            assert_eq!(n, b.between(-5, 9));
            assert!((-5..=9).contains(&n));
        }
        assert!((0..1000).filter(|_| a.chance(30)).count().abs_diff(300) < 80);
    }
}
