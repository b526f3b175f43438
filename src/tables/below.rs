//! What stands below the line that was taken for the header, where it names none of the wanted columns.

/// So many lines are looked at.
pub(super) const LOOKED_AT: usize = 20;

/// What was found there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Below {
    /// The line that holds most of the wanted names; in a workbook the row.
    pub header: Option<u32>,
    /// How many fields the widest of the lines has.
    pub widest: usize,
}

impl Below {
    /// Looks at a line; true where it is the one that is sought.
    pub(super) fn note<'c>(&mut self, line: u32, cells: impl Iterator<Item = &'c str>, names: &[&str]) -> bool {
        let cells: Vec<&str> = cells.collect();
        self.widest = self.widest.max(cells.len());
        let found = names.iter().filter(|name| cells.contains(name)).count();
        let is_header = found > 0 && 2 * found > names.len();
        if is_header {
            self.header = Some(line);
        }
        is_header
    }
}
