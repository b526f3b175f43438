//! Where fields and lines end in a buffer, found for all of it at once.

use crate::columns::Ones;
use wide::u8x64;

/// So many bytes are compared at once.
const BLOCK: usize = 64;

/// The delimiters and line feeds of a buffer.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Where they stand, in order, in the first places: there is room for more.
    ends: Vec<usize>,
    count: usize,
    /// Which of them are line feeds.
    pub lines: Vec<usize>,
}

impl Marks {
    /// Those of a buffer, in place of those of another one.
    pub(super) fn find(&mut self, buffer: &[u8], delimiter: u8) {
        self.count = 0;
        self.lines.clear();
        // Each byte may be one.
        self.ends.resize(self.ends.len().max(buffer.len() + BLOCK), 0);
        let (blocks, rest) = buffer.as_chunks::<BLOCK>();
        for (number, block) in blocks.iter().enumerate() {
            self.add(block, number * BLOCK, delimiter);
        }
        // A byte that is no mark stands for each that is missing.
        let mut block = [if delimiter == 0 { 1 } else { 0 }; BLOCK];
        block[..rest.len()].copy_from_slice(rest);
        self.add(&block, blocks.len() * BLOCK, delimiter);
    }

    #[inline]
    fn add(&mut self, block: &[u8; BLOCK], begin: usize, delimiter: u8) {
        let block = u8x64::from(*block);
        let places = |sign: u8| block.simd_eq(u8x64::splat(sign)).to_bitmask();
        let (line_feeds, all) = (places(b'\n'), places(b'\n') | places(delimiter));
        let known = self.count;
        self.lines.extend(Ones(line_feeds).map(|place| known + (all & ((1 << place) - 1)).count_ones() as usize));
        self.ends[known..].iter_mut().zip(Ones(all)).for_each(|(end, place)| *end = begin + place);
        self.count += all.count_ones() as usize;
    }

    /// Where they stand, in order.
    pub(super) fn ends(&self) -> &[usize] {
        &self.ends[..self.count]
    }

    /// Where one of them stands, to be moved.
    pub(super) fn end_mut(&mut self, mark: usize) -> &mut usize {
        &mut self.ends[mark]
    }
}

#[cfg(test)]
mod tests {
    use super::Marks;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn marks_are_where_the_signs_stand(
            bytes in proptest::collection::vec(prop_oneof![Just(0), Just(b','), Just(b'-'), Just(b'\n'), Just(0x8A), any::<u8>()], 0..300),
        ) {
            let mut marks = Marks::default();
            marks.find(b"1,2\n", b',');
            marks.find(&bytes, b',');
            let expected: Vec<usize> = (0..bytes.len()).filter(|place| matches!(bytes[*place], b',' | b'\n')).collect();
            prop_assert_eq!(marks.ends(), &expected);
            prop_assert!(marks.lines.iter().all(|line| bytes[marks.ends()[*line]] == b'\n'));
            prop_assert_eq!(marks.lines.len(), bytes.iter().filter(|byte| **byte == b'\n').count());
            prop_assert!(marks.lines.is_sorted());
        }
    }
}
