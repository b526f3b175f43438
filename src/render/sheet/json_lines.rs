//! JSON Lines: an object a line, with every column in it.

use crate::sheet::{Cell, Column, Failure, Sink};
use std::io::{self, Write};

/// Writes an object a line. What is missing is `null`.
pub struct JsonLinesSink<W: Write> {
    writer: W,
    /// `"name":`
    keys: Vec<String>,
}

impl<W: Write> JsonLinesSink<W> {
    /// For some columns.
    pub fn new(writer: W, columns: &[Column]) -> Self {
        let keys = columns.iter().map(|column| format!("{}:", serde_json::Value::from(column.name.as_str()))).collect();
        JsonLinesSink { writer, keys }
    }
}

impl<W: Write> Sink for JsonLinesSink<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Failure> {
        for (place, (key, cell)) in self.keys.iter().zip(cells).enumerate() {
            self.writer.write_all(if place == 0 { b"{" } else { b"," })?;
            self.writer.write_all(key.as_bytes())?;
            let written = match cell {
                Cell::Missing => serde_json::to_writer(&mut self.writer, &()),
                Cell::Text(text) => serde_json::to_writer(&mut self.writer, text),
                Cell::Integer(number) => serde_json::to_writer(&mut self.writer, number),
                Cell::Number(number) => serde_json::to_writer(&mut self.writer, number),
            };
            written.map_err(io::Error::from)?;
        }
        self.writer.write_all(b"}\n")?;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Failure> {
        Ok(self.writer.flush()?)
    }
}
