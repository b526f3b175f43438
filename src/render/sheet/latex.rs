//! A `tabular` with the rules of the package booktabs.

use crate::sheet::{Cell, Column, Failure, Sink};
use std::io::Write;

/// Writes a `tabular`, numbers to the right.
pub struct LatexSink<W: Write> {
    writer: W,
}

impl<W: Write> LatexSink<W> {
    /// Begins it, and writes the names.
    ///
    /// # Errors
    /// Where that fails.
    pub fn new(mut writer: W, columns: &[Column]) -> Result<Self, Failure> {
        let places: String = columns.iter().map(|column| if column.is_numeric { 'r' } else { 'l' }).collect();
        let names: Vec<String> = columns.iter().map(|column| escaped(&column.name)).collect();
        writeln!(writer, "% \\usepackage{{booktabs}}\n\\begin{{tabular}}{{{places}}}\n\\toprule")?;
        writeln!(writer, "{} \\\\\n\\midrule", names.join(" & "))?;
        Ok(LatexSink { writer })
    }
}

impl<W: Write> Sink for LatexSink<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Failure> {
        for (place, cell) in cells.iter().enumerate() {
            let joint = if place == 0 { "" } else { " & " };
            write!(self.writer, "{joint}{}", escaped(&cell.written()))?;
        }
        self.writer.write_all(b" \\\\\n")?;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Failure> {
        self.writer.write_all(b"\\bottomrule\n\\end{tabular}\n")?;
        Ok(self.writer.flush()?)
    }
}

/// Text that LaTeX sets as it is, whatever the encoding of its fonts.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    for letter in text.chars() {
        match letter {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => escaped.extend(['\\', letter]),
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '<' => escaped.push_str("\\textless{}"),
            '>' => escaped.push_str("\\textgreater{}"),
            '|' => escaped.push_str("\\textbar{}"),
            '\u{201c}' => escaped.push_str("``"),
            '"' | '\u{201d}' => escaped.push_str("''"),
            '\u{2018}' => escaped.push('`'),
            '\u{2019}' => escaped.push('\''),
            '\u{2013}' => escaped.push_str("--"),
            '\u{2014}' => escaped.push_str("---"),
            '\u{2026}' => escaped.push_str("\\ldots{}"),
            '\u{2192}' => escaped.push_str("$\\rightarrow$"),
            '\u{2190}' => escaped.push_str("$\\leftarrow$"),
            '\u{2212}' => escaped.push_str("$-$"),
            '\u{2264}' => escaped.push_str("$\\leq$"),
            '\u{2265}' => escaped.push_str("$\\geq$"),
            '\u{a0}' => escaped.push('~'),
            // Two of them would be one longer dash or one quotation mark.
            '-' if before == '-' => escaped.push_str("{}-"),
            '`' if before == '`' => escaped.push_str("{}`"),
            '\'' if before == '\'' => escaped.push_str("{}'"),
            // At the beginning of a row's first cell a bracket would belong to the `\\` before it.
            '[' => escaped.push_str("{[}"),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
        before = letter;
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn text_is_set_as_it_is() {
        assert_eq!(
            escaped(r"50% & a_b {c} \d ~e ^f #g $h [i]"),
            r"50\% \& a\_b \{c\} \textbackslash{}d \textasciitilde{}e \textasciicircum{}f \#g \$h {[}i]"
        );
        assert_eq!(
            escaped("“a” ‘b’ \"c\" met → not met 1-2–3—4 --by `d` …"),
            r"``a'' `b' ''c'' met $\rightarrow$ not met 1-2--3---4 -{}-by `d` \ldots{}"
        );
    }
}
