//! A tape of choices. A generated program is a function of its tapes; shorter tapes and smaller numbers make simpler
//! programs, which is how proptest shrinks them.

pub struct Tape<'t> {
    choices: &'t [u16],
    at: usize,
}

impl<'t> Tape<'t> {
    pub fn new(choices: &'t [u16]) -> Self {
        Tape { choices, at: 0 }
    }

    /// The next choice; beyond the end always the simplest one.
    fn draw(&mut self) -> usize {
        let choice = self.choices.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(choice)
    }

    /// A number below `limit`, which is at least 1.
    pub fn below(&mut self, limit: usize) -> usize {
        self.draw() % limit.max(1)
    }

    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// True with so many percent; the simplest choice is false.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.draw() % 100 >= 100 - percent.min(100)
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    pub fn pick_maybe<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        if from.is_empty() { None } else { Some(self.pick(from)) }
    }

    /// One of several, each with its weight.
    pub fn weighted<T: Copy>(&mut self, from: &[(usize, T)]) -> T {
        let total: usize = from.iter().map(|(weight, _)| weight).sum();
        let mut left = self.below(total);
        for (weight, value) in from {
            if left < *weight {
                return *value;
            }
            left -= weight;
        }
        from[0].1
    }

    /// Whether the tape has run out.
    pub fn is_over(&self) -> bool {
        self.at >= self.choices.len()
    }
}
