//! Places for texts of which there are few and of which tables are full: short numbers, and dates. What has a place is found at once.

use super::column::Symbol;
use std::ops::Range;

/// A place of its own for each whole number of at most four digits that does not begin with a 0, and for each of at most four
/// decimals behind `0.`. No two texts have the same one. The number stands in a text.
#[inline]
pub(super) fn slot_of_short_number(text: &[u8], place: &Range<usize>) -> Option<usize> {
    let field = &text[place.clone()];
    let (digits, first_slot) = match field {
        [b'1'..=b'9', ..] | [b'0'] => (field.len(), 0),
        [b'0', b'.', decimals @ ..] => (decimals.len(), *[0, 10_000, 10_010, 10_110, 11_110].get(decimals.len())?),
        _ => return None,
    };
    if !(1..=4).contains(&digits) {
        return None;
    }
    // Whatever stands before them counts as noughts.
    let others = 8 * (4 - digits as u32);
    let (hundreds, ones) = two_numbers((last_four(text, place.end) ^ NOUGHTS) >> others << others)?;
    Some(first_slot + 100 * hundreds + ones)
}

/// Four noughts.
const NOUGHTS: u32 = u32::from_le_bytes(*b"0000");

/// The four bytes before a place, the last of them in the highest byte.
#[inline]
fn last_four(text: &[u8], end: usize) -> u32 {
    let four = end.checked_sub(4).and_then(|begin| text.get(begin..end)?.try_into().ok());
    four.map_or_else(|| text[..end].iter().fold(0, |four, byte| four >> 8 | u32::from(*byte) << 24), u32::from_le_bytes)
}

/// The numbers that the first two and the last two of four digits are, of each of which a nought is taken away; none where one is no
/// digit.
#[inline]
fn two_numbers(values: u32) -> Option<(usize, usize)> {
    // All four at once, the first one in the lowest byte.
    let is_digits = (values | values.wrapping_add(0x0606_0606)) & 0xF0F0_F0F0 == 0;
    let pairs = values.wrapping_mul(10).wrapping_add(values >> 8);
    is_digits.then_some(((pairs & 0xFF) as usize, (pairs >> 16 & 0xFF) as usize))
}

/// A symbol, or none, for each date that is written as `1999-04-02`: most tables of dates have few years, so that it is found at
/// once, where among tens of thousands of texts it would have to be looked for.
#[derive(Debug, Default)]
pub(super) struct Dates {
    /// Of each year that occurs, for each month and day, one more than the symbol; 0 where there is none.
    years: Vec<Option<Box<[Symbol; 13 * 32]>>>,
}

impl Dates {
    /// Year, and month and day as one number, of a text of that form.
    #[inline]
    pub(super) fn place(text: &[u8]) -> Option<(usize, usize)> {
        let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = *text else { return None };
        let (century, year) = two_numbers(u32::from_le_bytes([y0, y1, y2, y3]) ^ NOUGHTS)?;
        let (month, day) = two_numbers(u32::from_le_bytes([m0, m1, d0, d1]) ^ NOUGHTS)?;
        (month <= 12 && day <= 31).then_some((100 * century + year, 32 * month + day))
    }

    #[inline]
    pub(super) fn symbol(&self, (year, day): (usize, usize)) -> Option<Symbol> {
        self.years.get(year)?.as_ref()?[day].checked_sub(1)
    }

    #[cold]
    pub(super) fn add(&mut self, (year, day): (usize, usize), symbol: Symbol) {
        if self.years.len() <= year {
            self.years.resize_with(year + 1, || None);
        }
        self.years[year].get_or_insert_with(|| Box::new([0; 13 * 32]))[day] = symbol + 1;
    }
}
