//! Rows of bits.

use super::Pair;
use crate::columns::Ones;

/// In a word.
pub(super) const BITS: usize = 64;

/// The places of the ones of a word of a row.
pub(super) fn ones(word: usize, bits: u64) -> impl Iterator<Item = u32> {
    Ones(bits).map(move |place| (word * BITS + place) as u32)
}

/// A row of bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits(pub Vec<u64>);

impl Bits {
    pub fn new(size: usize) -> Bits {
        Bits(vec![0; size.div_ceil(BITS)])
    }

    pub fn full(size: usize) -> Bits {
        let mut bits = Bits(vec![u64::MAX; size.div_ceil(BITS)]);
        if let Some(last) = bits.0.last_mut().filter(|_| !size.is_multiple_of(BITS)) {
            *last = (1 << (size % BITS)) - 1;
        }
        bits
    }

    pub fn has(&self, place: usize) -> bool {
        self.0[place / BITS] >> (place % BITS) & 1 == 1
    }

    pub fn set(&mut self, place: usize, value: bool) {
        let bit = 1 << (place % BITS);
        if value { self.0[place / BITS] |= bit } else { self.0[place / BITS] &= !bit }
    }

    pub fn clear(&mut self) {
        self.0.fill(0);
    }

    pub fn add(&mut self, other: &[u64]) {
        self.0.iter_mut().zip(other).for_each(|(own, other)| *own |= other);
    }

    pub fn has_all(&self, other: &[u64]) -> bool {
        self.0.iter().zip(other).all(|(own, other)| other & !own == 0)
    }

    pub fn ones(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().enumerate().flat_map(|(word, bits)| ones(word, *bits))
    }
}

/// A row for each of as many nodes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Matrix {
    words: usize,
    bits: Vec<u64>,
}

impl Matrix {
    pub fn new(size: usize) -> Matrix {
        let words = size.div_ceil(BITS);
        Matrix { words, bits: vec![0; words * size] }
    }

    pub fn row(&self, row: usize) -> &[u64] {
        &self.bits[row * self.words..(row + 1) * self.words]
    }

    pub fn row_mut(&mut self, row: usize) -> &mut [u64] {
        &mut self.bits[row * self.words..(row + 1) * self.words]
    }

    pub fn set(&mut self, pair: Pair, value: bool) {
        let place = pair.second as usize;
        let bit = 1 << (place % BITS);
        let word = &mut self.row_mut(pair.first as usize)[place / BITS];
        if value { *word |= bit } else { *word &= !bit }
    }

    pub fn is_part_of(&self, other: &Matrix) -> bool {
        self.bits.iter().zip(&other.bits).all(|(own, other)| own & !other == 0)
    }
}
