//! Random choices that a seed repeats.

/// A generator after Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, not including, `count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.next() >> 16) as usize % count
    }

    pub(crate) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub(crate) fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// Those of a list that chance takes, one in `rarity`.
    pub(crate) fn some<T: Copy>(&mut self, list: &[T], rarity: usize) -> Vec<T> {
        list.iter().copied().filter(|_| self.one_in(rarity)).collect()
    }

    pub(crate) fn id(&mut self) -> nexus_kernel::model::Uuid {
        nexus_kernel::model::Uuid::from_u128((u128::from(self.next()) << 64) | u128::from(self.next()))
    }
}
