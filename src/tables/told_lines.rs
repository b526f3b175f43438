//! Lines of a table, of which the first few are told.

/// So many lines are told.
const TOLD: usize = 3;

/// Lines of a table, in order: how many, and the first ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToldLines {
    first: Vec<u32>,
    last: u32,
    count: usize,
}

impl ToldLines {
    /// Notes a line. One that was noted last is not counted again.
    pub fn add(&mut self, line: u32) {
        if self.count > 0 && self.last == line {
            return;
        }
        (self.last, self.count) = (line, self.count + 1);
        if self.first.len() < TOLD {
            self.first.push(line);
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// Adds others, of which each is another line.
    pub fn join(&mut self, others: &ToldLines) {
        self.first.extend_from_slice(&others.first);
        self.first.sort_unstable();
        self.first.truncate(TOLD);
        self.last = self.last.max(others.last);
        self.count += others.count;
    }
}

impl std::fmt::Display for ToldLines {
    /// `line 3`; `lines 3, 17, 20 and 14 more`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut words: Vec<String> = self.first.iter().map(u32::to_string).collect();
        match self.count.saturating_sub(words.len()) {
            0 => {}
            more => words.push(format!("{more} more")),
        }
        match words.as_slice() {
            [] => formatter.write_str("no line"),
            [only] => write!(formatter, "line {only}"),
            [first @ .., last] => write!(formatter, "lines {} and {last}", first.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ToldLines;

    #[test]
    fn the_first_lines_are_told_and_the_others_counted() {
        let told = |lines: &[u32]| {
            let mut all = ToldLines::default();
            lines.iter().for_each(|line| all.add(*line));
            all.to_string()
        };
        assert_eq!(told(&[3]), "line 3");
        assert_eq!(told(&[3, 3, 17]), "lines 3 and 17");
        assert_eq!(told(&[3, 17, 20]), "lines 3, 17 and 20");
        assert_eq!(told(&[3, 17, 20, 21, 30, 30]), "lines 3, 17, 20 and 2 more");
    }
}
