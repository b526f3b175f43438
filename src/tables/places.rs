//! Places for texts of which there are few and of which tables are full: short numbers, and dates. What has a place is found at once.

use super::column::Symbol;
use std::fmt;
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

/// A date that is written as `1999-04-02`, whether the calendar has it or not: five bits for its day, four for its month, and its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlainDate(u32);

impl PlainDate {
    /// How many bytes its text has.
    pub(super) const LENGTH: usize = 10;
    const BITS_IN_YEAR: u32 = 9;

    /// The date that a text is.
    #[inline]
    pub(super) fn of(text: &[u8]) -> Option<PlainDate> {
        let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = *text else { return None };
        let (century, year) = two_numbers(u32::from_le_bytes([y0, y1, y2, y3]) ^ NOUGHTS)?;
        let (month, day) = two_numbers(u32::from_le_bytes([m0, m1, d0, d1]) ^ NOUGHTS)?;
        let date = (100 * century + year) << PlainDate::BITS_IN_YEAR | month << 5 | day;
        (month <= 12 && day <= 31).then_some(PlainDate(date as u32))
    }

    /// A number for it, in the order of dates, of at most 23 bits.
    #[inline]
    pub(super) fn number(self) -> u32 {
        self.0
    }

    /// The date of such a number.
    #[inline]
    pub(super) fn of_number(number: u32) -> PlainDate {
        PlainDate(number)
    }

    /// At most 9999.
    #[must_use]
    pub fn year(self) -> u16 {
        (self.0 >> PlainDate::BITS_IN_YEAR) as u16
    }

    /// At most 12; 0 where none is written.
    #[must_use]
    pub fn month(self) -> u8 {
        (self.0 >> 5 & 15) as u8
    }

    /// At most 31; 0 where none is written.
    #[must_use]
    pub fn day(self) -> u8 {
        (self.0 & 31) as u8
    }

    /// Its place among those of its year.
    #[inline]
    fn in_year(self) -> usize {
        self.0 as usize % DAYS_OF_YEAR
    }
}

/// Places for the days of a year, some of which it does not have.
const DAYS_OF_YEAR: usize = 1 << PlainDate::BITS_IN_YEAR;

impl fmt::Display for PlainDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

/// A symbol, or none, for each such date: most tables of dates have few years, so that it is found at once, where among tens of
/// thousands of texts it would have to be looked for.
#[derive(Debug, Default)]
pub(super) struct Dates {
    /// Of each year that occurs, for each month and day, one more than the symbol; 0 where there is none.
    years: Vec<Option<Box<[Symbol; DAYS_OF_YEAR]>>>,
}

impl Dates {
    #[inline]
    pub(super) fn symbol(&self, date: PlainDate) -> Option<Symbol> {
        self.years.get(usize::from(date.year()))?.as_ref()?[date.in_year()].checked_sub(1)
    }

    #[cold]
    pub(super) fn add(&mut self, date: PlainDate, symbol: Symbol) {
        let year = usize::from(date.year());
        if self.years.len() <= year {
            self.years.resize_with(year + 1, || None);
        }
        self.years[year].get_or_insert_with(|| Box::new([0; DAYS_OF_YEAR]))[date.in_year()] = symbol + 1;
    }
}
