//! A column of a table: each distinct text once.

use super::numbers;
use super::places::{Dates, PlainDate, slot_of_short_number};
use super::row::trimmed;
use super::texts::Texts;
use crate::columns::Shared;
use hashbrown::HashTable;
use std::hash::Hasher;
use std::ops::Range;

/// A distinct text of a column.
pub type Symbol = u32;

/// So many of the texts that were read last are at hand.
const RECENT: usize = 32;

/// A column: for each kept row which of its distinct texts stands there.
#[derive(Debug, Default)]
pub struct Column {
    /// As the table names it.
    pub header: String,
    /// Texts that stand for no value, besides the empty one.
    missing_codes: Vec<(String, Option<f64>)>,
    /// The sign before the decimals of a number.
    decimal: Option<char>,
    /// The sign between thousands, where it is none that is read without being told.
    thousands: Option<char>,
    /// Texts that are numbers and no dates, because the cell counts days from a beginning: see [`Column::is_no_day`].
    no_days: Vec<String>,
    /// The distinct texts.
    texts: Texts,
    by_key: HashTable<(Key, Symbol)>,
    /// The symbols of texts that are dates like `1999-04-02`.
    by_date: Dates,
    /// Of each short number, by its slot, one more than the symbol of its text; 0 where there is none. Codes, years and shares are such.
    by_number: Vec<Symbol>,
    /// Texts that were read last, by their keys: tables are mostly sorted by something, or have few texts in a column.
    recent: [Option<(Key, Symbol)>; RECENT],
    pub(super) rows: Shared,
    /// The symbols of rows of which it is open whether they are kept.
    pub(super) open: Vec<Symbol>,
}

impl Column {
    pub(super) fn new(header: &str, missing_codes: Vec<String>, decimal: Option<char>) -> Column {
        let missing_codes = missing_codes
            .into_iter()
            .map(|code| {
                let number = numbers::value(&code, decimal);
                (code, number)
            })
            .collect();
        Column { header: header.to_owned(), missing_codes, decimal, ..Column::default() }
    }

    /// Reads numbers with this sign between thousands.
    pub(super) fn part_thousands(&mut self, sign: char) {
        self.thousands = Some(sign);
    }

    /// Adds the fields of some open rows, in UTF-8: the text in which they are, and the place of each in it. White space around a field is
    /// no part of it.
    pub(super) fn add(&mut self, text: &[u8], rows: usize, places: impl Iterator<Item = Range<usize>>) {
        let mut open = std::mem::take(&mut self.open);
        let known = open.len();
        open.resize(known + rows, 0);
        open[known..].iter_mut().zip(places).for_each(|(symbol, place)| *symbol = self.symbol(text, place));
        self.open = open;
    }

    /// Keeps all open rows.
    pub(super) fn keep_all_open(&mut self) {
        self.rows.own().extend(&self.open);
        self.open.clear();
    }

    /// Keeps some of the open rows.
    pub(super) fn keep_open(&mut self, kept: &[usize]) {
        for (place, row) in kept.iter().enumerate() {
            self.open[place] = self.open[*row];
        }
        self.open.truncate(kept.len());
        self.keep_all_open();
    }

    /// The symbol of a field, which is new where no row had its text before. All that is read goes through here, in one loop.
    #[inline(always)]
    fn symbol(&mut self, text: &[u8], place: Range<usize>) -> Symbol {
        let field = &text[place.clone()];
        // What has a place of its own has nothing around it.
        if let Some(slot) = slot_of_short_number(text, &place) {
            let known = self.by_number.get(slot).and_then(|symbol| symbol.checked_sub(1));
            return known.unwrap_or_else(|| self.add_short_number(field, slot));
        }
        if let Some(date) = PlainDate::of(field) {
            return self.by_date.symbol(date).unwrap_or_else(|| self.add_date(field, date));
        }
        self.symbol_of_other(field)
    }

    #[cold]
    fn add_short_number(&mut self, field: &[u8], slot: usize) -> Symbol {
        let symbol = self.push(field);
        self.by_number.resize(self.by_number.len().max(slot + 1), 0);
        self.by_number[slot] = symbol + 1;
        symbol
    }

    #[cold]
    fn add_date(&mut self, field: &[u8], date: PlainDate) -> Symbol {
        // No number is written in this way.
        let symbol = self.texts.push_date(date, self.stands_for_none(field, None));
        self.by_date.add(date, symbol);
        symbol
    }

    /// That of a field that has no place of its own, unless what is around it hides it.
    #[inline(never)]
    fn symbol_of_other(&mut self, field: &[u8]) -> Symbol {
        let trimmed = trimmed(field);
        if trimmed.len() < field.len() { self.symbol(trimmed, 0..trimmed.len()) } else { self.symbol_by_key(field) }
    }

    fn symbol_by_key(&mut self, text: &[u8]) -> Symbol {
        let key = Key::of(text);
        let is_it = |column: &Column, (known, symbol): (Key, Symbol)| {
            known == key && (key.is_whole() || column.text(symbol).as_bytes() == text)
        };
        let recent = (key.spread() >> 32) as usize % RECENT;
        if let Some((_, symbol)) = self.recent[recent].filter(|recent| is_it(self, *recent)) {
            return symbol;
        }
        let found = self.by_key.find(key.spread(), |known| is_it(self, *known));
        let symbol = found.map(|(_, symbol)| *symbol).unwrap_or_else(|| self.add_by_key(text, key));
        self.recent[recent] = Some((key, symbol));
        symbol
    }

    fn add_by_key(&mut self, text: &[u8], key: Key) -> Symbol {
        let symbol = self.push(text);
        self.by_key.insert_unique(key.spread(), (key, symbol), |(key, _)| key.spread());
        symbol
    }

    /// Adds a text that is no date.
    fn push(&mut self, text: &[u8]) -> Symbol {
        let is_missing = |number| self.stands_for_none(text, number);
        let text = std::str::from_utf8(text).unwrap_or_default();
        let number = numbers::value_in_thousands(text, self.decimal, self.thousands);
        self.texts.push(text, number, is_missing(number))
    }

    /// Whether a text and the number that it is stand for no value.
    fn stands_for_none(&self, text: &[u8], number: Option<f64>) -> bool {
        let mut codes = self.missing_codes.iter();
        text.is_empty() || codes.any(|(code, value)| code.as_bytes() == text || (value.is_some() && *value == number))
    }

    /// How many distinct texts there are.
    #[must_use]
    pub fn symbols(&self) -> usize {
        self.texts.len()
    }

    /// A distinct text.
    #[must_use]
    pub fn text(&self, symbol: Symbol) -> &str {
        self.texts.text(symbol)
    }

    /// The number that a text is.
    #[must_use]
    pub fn number(&self, symbol: Symbol) -> Option<f64> {
        self.texts.number(symbol)
    }

    /// The date that a text is, where it is written like `1999-04-02`.
    #[must_use]
    pub fn date(&self, symbol: Symbol) -> Option<PlainDate> {
        self.texts.date(symbol)
    }

    /// The sign before the decimals of its numbers, where it is another one than a point.
    #[must_use]
    pub fn decimal(&self) -> Option<char> {
        self.decimal
    }

    /// Whether a text stands for no value.
    #[must_use]
    pub fn is_missing(&self, symbol: Symbol) -> bool {
        self.texts.is_missing(symbol)
    }

    /// Whether a number cannot be a year: a workbook has given the cell the format of a date, and the number is no day there.
    #[must_use]
    pub fn is_no_day(&self, symbol: Symbol) -> bool {
        !self.no_days.is_empty() && self.no_days.iter().any(|text| text == self.text(symbol))
    }

    /// Notes the texts that are no days.
    pub(super) fn note_no_days(&mut self, texts: Vec<String>) {
        self.no_days = texts;
    }

    /// What stands in a kept row.
    #[must_use]
    pub fn at(&self, row: usize) -> Symbol {
        self.rows.at(row)
    }

    /// What stands in each kept row.
    #[must_use]
    pub fn rows(&self) -> &Shared {
        &self.rows
    }

    /// Gives back what only reading needed, and lets others have the rows.
    pub(super) fn finish(&mut self) {
        (self.by_key, self.by_date) = (HashTable::new(), Dates::default());
        (self.by_number, self.open) = (Vec::new(), Vec::new());
        self.rows.share();
    }
}

/// A text of at most fifteen bytes as two numbers, with its length in the highest byte; of a longer one a hash, and 255 there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key(u64, u64);

impl Key {
    #[inline]
    fn of(bytes: &[u8]) -> Key {
        let length = bytes.len();
        let four =
            |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes);
        let eight =
            |at: usize| bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()).map_or(0, u64::from_le_bytes);
        let low = match bytes {
            [] => 0,
            [a] => u64::from(*a),
            [a, b] => u64::from(u16::from_le_bytes([*a, *b])),
            [a, b, c] => u64::from(u32::from_le_bytes([*a, *b, *c, 0])),
            // The two halves overlap where they have to.
            _ if length < 8 => u64::from(four(0)) | u64::from(four(length - 4)) << (8 * (length - 4)),
            _ => eight(0),
        };
        let high = match length {
            0..=8 => 0,
            // What lies behind the first eight bytes.
            9..=15 => eight(length - 8) >> (8 * (16 - length)),
            _ => {
                // One for which nobody makes texts that have the same.
                let mut hasher = std::hash::DefaultHasher::new();
                hasher.write(bytes);
                return Key(hasher.finish(), 0xFF << 56);
            }
        };
        Key(low, high | (length as u64) << 56)
    }

    /// Whether it holds the whole of its text.
    #[inline]
    fn is_whole(self) -> bool {
        self.1 >> 56 != 0xFF
    }

    /// A hash of it: both halves of a product, of which no factor is ever 0, as no text has a byte 255.
    #[inline]
    fn spread(self) -> u64 {
        let product = u128::from(self.0 ^ 0x9E37_FFB9_7F4A_7C15) * u128::from(self.1 ^ 0xA5C2_49D1_3B87_E66F);
        (product >> 64) as u64 ^ product as u64
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Key, Symbol};

    /// Of a text, wherever it stands.
    fn symbol_of(column: &mut Column, text: &str) -> Symbol {
        let around = format!("0.7,{text},9");
        let symbol = column.symbol(around.as_bytes(), 4..4 + text.len());
        assert_eq!(column.symbol(text.as_bytes(), 0..text.len()), symbol);
        symbol
    }

    #[test]
    fn short_texts_are_their_keys() {
        let long = "0123456789abcdefg";
        let mut texts: Vec<String> = (0..16).map(|length| long[..length].to_owned()).collect();
        texts.extend((0..16).map(|length| long[1..=length].to_owned()).skip(1));
        texts
            .extend(["\0", "\0\0", "a\0", "0123456789\0", "1999-04-02", "1999-04-03", "2999-04-02"].map(str::to_owned));
        let keys: std::collections::BTreeSet<(u64, u64)> =
            texts.iter().map(|text| (Key::of(text.as_bytes()).0, Key::of(text.as_bytes()).1)).collect();
        assert_eq!(keys.len(), texts.len());
        assert!(texts.iter().all(|text| Key::of(text.as_bytes()).is_whole()));
        assert!(!Key::of(&long.as_bytes()[..16]).is_whole());
    }

    /// Of such texts a hash by one multiplication of a word is the same.
    #[test]
    fn texts_that_are_made_to_have_one_hash_have_many() {
        let letters = |number: u64| (0..8).map(move |place| b'a' + (number >> (2 * place) & 3) as u8);
        let hashes: std::collections::BTreeSet<u64> = (0..10_000)
            .map(|number| {
                let low: Vec<u8> = letters(number).collect();
                let first = u64::from_le_bytes(low.as_slice().try_into().unwrap_or_default());
                let high = (first ^ 0x6161_6161_6161_6161).rotate_right(29) & 0x00FF_FFFF_FFFF_FFFF;
                Key(first, high | 15 << 56).spread()
            })
            .collect();
        assert_eq!(hashes.len(), 10_000);
    }

    #[test]
    fn dates_have_symbols_as_other_texts_do() {
        let mut column = Column::new("c", vec!["9999-12-31".to_owned()], None);
        let texts = ["1999-04-02", "1999-04-03", "1999-04-2", "1999-13-02", "9999-12-31", "1999/04/02", "0000-00-00"];
        for _ in 0..2 {
            for (symbol, text) in texts.iter().enumerate() {
                assert_eq!(symbol_of(&mut column, text), symbol as u32, "{text}");
                assert_eq!((column.text(symbol as u32), column.is_missing(symbol as u32)), (*text, symbol == 4));
            }
        }
    }

    #[test]
    fn short_numbers_have_symbols_as_other_texts_do() {
        let mut column = Column::new("c", vec!["0".to_owned(), "77".to_owned()], None);
        let texts = [
            "2", "02", "20", "0", "00", "9999", "10000", "-2", "2.0", "77", "7a", "1e3", "200", "0.2", "0.20", "0.02",
            "0.002", "0.0002", "0.9999", "0.999", "0.99", "0.9", "0.00002", "0.2e1", "0.a", "0.",
        ];
        for _ in 0..2 {
            for (symbol, text) in texts.iter().enumerate() {
                assert_eq!(symbol_of(&mut column, text), symbol as u32, "{text}");
                let is_missing = ["0", "00", "77", "0."].contains(text);
                assert_eq!((column.text(symbol as u32), column.is_missing(symbol as u32)), (*text, is_missing));
                assert_eq!(column.number(symbol as u32), text.parse().ok(), "{text}");
                assert_eq!(symbol_of(&mut column, &format!(" {text}\u{a0}")), symbol as u32, "{text}");
            }
        }
    }

    #[test]
    fn each_text_has_one_symbol_and_the_number_that_it_is() {
        let mut column = Column::new("c", vec!["-9".to_owned()], None);
        let texts: Vec<String> = (0..3_000).map(|number| format!("{}", f64::from(number % 1_000) * 1.125)).collect();
        let symbols: Vec<u32> = texts.iter().map(|text| symbol_of(&mut column, text)).collect();
        assert_eq!(column.symbols(), 1_000);
        for (text, symbol) in texts.iter().zip(symbols) {
            assert_eq!((column.text(symbol), column.number(symbol)), (text.as_str(), text.parse().ok()));
            assert!(!column.is_missing(symbol));
        }
        for (text, number, missing) in [("", None, true), ("-9.0", Some(-9.0), true), ("Côte d’Ivoire", None, false)]
        {
            let symbol = symbol_of(&mut column, text);
            assert_eq!((column.number(symbol), column.is_missing(symbol)), (number, missing), "{text}");
            assert_eq!(symbol_of(&mut column, text), symbol);
        }
    }
}
