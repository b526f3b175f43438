//! The symbols of a column's rows, in as few bytes as they need.

use super::column::Symbol;

/// A symbol for each row. While there are few different ones, each takes a byte or two.
#[derive(Debug, Clone)]
pub(super) enum Symbols {
    One(Vec<u8>),
    Two(Vec<u16>),
    Four(Vec<Symbol>),
}

impl Default for Symbols {
    fn default() -> Self {
        Symbols::One(Vec::new())
    }
}

impl Symbols {
    #[inline]
    pub fn push(&mut self, symbol: Symbol) {
        match self {
            Symbols::One(rows) if symbol <= u32::from(u8::MAX) => rows.push(symbol as u8),
            Symbols::Two(rows) if symbol <= u32::from(u16::MAX) => rows.push(symbol as u16),
            Symbols::Four(rows) => rows.push(symbol),
            _ => {
                self.widen();
                self.push(symbol);
            }
        }
    }

    /// Gives each symbol more bytes, and leaves as much room for rows as there was.
    fn widen(&mut self) {
        *self = match self {
            Symbols::One(rows) => Symbols::Two(widened(rows)),
            Symbols::Two(rows) => Symbols::Four(widened(rows)),
            Symbols::Four(rows) => Symbols::Four(std::mem::take(rows)),
        };
    }

    #[inline]
    pub fn at(&self, row: usize) -> Symbol {
        match self {
            Symbols::One(rows) => Symbol::from(rows[row]),
            Symbols::Two(rows) => Symbol::from(rows[row]),
            Symbols::Four(rows) => rows[row],
        }
    }

    pub fn reserve(&mut self, rows: usize) {
        match self {
            Symbols::One(known) => known.reserve(rows),
            Symbols::Two(known) => known.reserve(rows),
            Symbols::Four(known) => known.reserve(rows),
        }
    }

    /// Keeps the rows of which it is said.
    pub fn retain(&mut self, is_kept: &[bool]) {
        match self {
            Symbols::One(rows) => retain(rows, is_kept),
            Symbols::Two(rows) => retain(rows, is_kept),
            Symbols::Four(rows) => retain(rows, is_kept),
        }
    }
}

fn widened<S: Copy, T: From<S>>(rows: &Vec<S>) -> Vec<T> {
    let mut wider = Vec::with_capacity(rows.capacity().max(rows.len() + 1));
    wider.extend(rows.iter().map(|symbol| T::from(*symbol)));
    wider
}

/// Keeps the values of which it is said.
pub(super) fn retain<T>(values: &mut Vec<T>, is_kept: &[bool]) {
    let mut kept = is_kept.iter();
    values.retain(|_| kept.next().copied().unwrap_or(true));
}

#[cfg(test)]
mod tests {
    use super::Symbols;

    #[test]
    fn symbols_are_those_that_were_pushed_however_many_bytes_they_need() {
        let mut symbols = Symbols::default();
        symbols.reserve(10);
        let pushed: Vec<u32> = (0..70_000).map(|number| if number % 3 == 0 { 5 } else { number }).collect();
        for (place, symbol) in pushed.iter().enumerate() {
            symbols.push(*symbol);
            assert_eq!(symbols.at(place / 2), pushed[place / 2]);
        }
        assert!(pushed.iter().enumerate().all(|(place, symbol)| symbols.at(place) == *symbol));
        let is_kept: Vec<bool> = (0..pushed.len()).map(|place| place % 2 == 1).collect();
        symbols.retain(&is_kept);
        assert!((0..pushed.len() / 2).all(|place| symbols.at(place) == pushed[2 * place + 1]));
    }
}
