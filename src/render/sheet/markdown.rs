//! A table of a Markdown page, of the form that GitHub and Pandoc take.

use crate::sheet::{Cell, Column, Failure, Sink};
use std::io::Write;

/// Writes a table, numbers to the right.
pub struct MarkdownSink<W: Write> {
    writer: W,
}

impl<W: Write> MarkdownSink<W> {
    /// Writes the names, and the line below them.
    ///
    /// # Errors
    /// Where that fails.
    pub fn new(mut writer: W, columns: &[Column]) -> Result<Self, Failure> {
        let names: Vec<String> = columns.iter().map(|column| escaped(&column.name)).collect();
        let rules: Vec<&str> = columns.iter().map(|column| if column.is_numeric { "---:" } else { "---" }).collect();
        writeln!(writer, "| {} |\n| {} |", names.join(" | "), rules.join(" | "))?;
        Ok(MarkdownSink { writer })
    }
}

impl<W: Write> Sink for MarkdownSink<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Failure> {
        for cell in cells {
            write!(self.writer, "| {} ", escaped(&cell.written()))?;
        }
        self.writer.write_all(b"|\n")?;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Failure> {
        Ok(self.writer.flush()?)
    }
}

/// Text that Markdown shows as it is, in one line. An underscore within a word needs no escape.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let letters: Vec<char> = text.chars().collect();
    let is_word = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|letter| letter.is_alphanumeric());
    for (at, letter) in letters.iter().enumerate() {
        match letter {
            '_' if is_word(at.checked_sub(1)) && is_word(Some(at + 1)) => escaped.push('_'),
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '~' => escaped.extend(['\\', *letter]),
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(*letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn text_is_shown_as_it_is() {
        assert_eq!(escaped("a|b *c* _d_ e_f <g> & `h`\ni"), r"a\|b \*c\* \_d\_ e_f &lt;g> &amp; \`h\` i");
    }
}
