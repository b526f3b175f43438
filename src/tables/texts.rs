//! The distinct texts of a column, and what each is.

use super::column::Symbol;
use super::places::PlainDate;
use std::sync::OnceLock;

/// Texts by their symbols, in the order in which they were found.
///
/// Tables of events have a great many dates, of which nobody asks for the text: of those no more is kept than which they are.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// Of each symbol a date, or the place of another text.
    all: Vec<Entry>,
    /// The other texts, one behind the other, and where each ends.
    written: String,
    ends: Vec<usize>,
    /// The number that each is; none that is a number where it is none.
    numbers: Vec<f64>,
    is_missing: Vec<bool>,
    /// The texts of dates at ten times their symbols, once somebody asks for one.
    dates: OnceLock<String>,
}

/// A text that is a date and whether that stands for no value, or the place of another text.
#[derive(Debug, Clone, Copy)]
struct Entry(u32);

enum Kind {
    Date(PlainDate, bool),
    Other(usize),
}

impl Entry {
    const DATE: u32 = 1 << 31;
    const MISSING: u32 = 1 << 30;

    fn date(date: PlainDate, is_missing: bool) -> Entry {
        Entry(Entry::DATE | if is_missing { Entry::MISSING } else { 0 } | date.number())
    }

    #[inline]
    fn kind(self) -> Kind {
        if self.0 & Entry::DATE == 0 {
            return Kind::Other(self.0 as usize);
        }
        Kind::Date(PlainDate::of_number(self.0 & !(Entry::DATE | Entry::MISSING)), self.0 & Entry::MISSING != 0)
    }
}

impl Texts {
    /// Adds a date.
    pub(super) fn push_date(&mut self, date: PlainDate, is_missing: bool) -> Symbol {
        let symbol = self.all.len() as Symbol;
        self.all.push(Entry::date(date, is_missing));
        if let Some(dates) = self.dates.get_mut() {
            add_date(dates, symbol, date);
        }
        symbol
    }

    /// Adds another text, with the number that it is.
    pub(super) fn push(&mut self, text: &str, number: Option<f64>, is_missing: bool) -> Symbol {
        let symbol = self.all.len() as Symbol;
        self.all.push(Entry(self.ends.len() as u32));
        self.written.push_str(text);
        self.ends.push(self.written.len());
        self.numbers.push(number.unwrap_or(f64::NAN));
        self.is_missing.push(is_missing);
        symbol
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The text of a symbol.
    pub(super) fn text(&self, symbol: Symbol) -> &str {
        match self.all[symbol as usize].kind() {
            Kind::Other(place) => {
                let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
                &self.written[start..self.ends[place]]
            }
            Kind::Date(..) => {
                let dates = self.dates.get_or_init(|| self.write_dates());
                let start = PlainDate::LENGTH * symbol as usize;
                &dates[start..start + PlainDate::LENGTH]
            }
        }
    }

    fn write_dates(&self) -> String {
        let mut dates = String::with_capacity(PlainDate::LENGTH * self.all.len());
        for (symbol, entry) in (0..).zip(&self.all) {
            if let Kind::Date(date, _) = entry.kind() {
                add_date(&mut dates, symbol, date);
            }
        }
        dates
    }

    /// The date that a text is, where it is written like `1999-04-02`.
    #[inline]
    pub(super) fn date(&self, symbol: Symbol) -> Option<PlainDate> {
        match self.all[symbol as usize].kind() {
            Kind::Date(date, _) => Some(date),
            Kind::Other(_) => None,
        }
    }

    /// The number that a text is.
    #[inline]
    pub(super) fn number(&self, symbol: Symbol) -> Option<f64> {
        match self.all[symbol as usize].kind() {
            Kind::Other(place) => Some(self.numbers[place]).filter(|number| !number.is_nan()),
            Kind::Date(..) => None,
        }
    }

    /// Whether a text stands for no value.
    #[inline]
    pub(super) fn is_missing(&self, symbol: Symbol) -> bool {
        match self.all[symbol as usize].kind() {
            Kind::Other(place) => self.is_missing[place],
            Kind::Date(_, is_missing) => is_missing,
        }
    }
}

/// Adds the text of a date at the place of its symbol.
fn add_date(dates: &mut String, symbol: Symbol, date: PlainDate) {
    let gap = PlainDate::LENGTH * symbol as usize - dates.len();
    dates.extend(std::iter::repeat_n(' ', gap));
    dates.push_str(&date.to_string());
}
