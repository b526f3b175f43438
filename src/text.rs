//! The texts that were read, and places in them.
//!
//! Every later phase refers to the user's words by a [`Span`]; nothing but the
//! renderer needs the text itself.

/// One text among those that were read. Ids follow the order of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one text. `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text in which the range lies.
    pub file: FileId,
    /// First byte of the range.
    pub start: u32,
    /// First byte after the range.
    pub end: u32,
}

impl Span {
    /// The range from `start` up to `end` in `file`.
    #[must_use]
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        // Files are refused above 4 GiB when they are read, so the casts cannot wrap.
        Span { file, start: start as u32, end: end as u32 }
    }

    /// The smallest range that holds both; both must lie in the same text.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the range holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// One text: its name as the user gave it, and what it says.
#[derive(Debug, Clone)]
pub struct Text {
    /// The path as the user wrote it (or as it follows from a `use` in such a path).
    pub name: String,
    /// The content, without a byte order mark.
    pub content: String,
    /// Byte at which each line begins.
    line_starts: Vec<u32>,
}

/// What the texts are called that hold facts assumed for one run, and are no files.
pub const ASSUMED: &str = "--assume";

impl Text {
    /// Whether it holds what is assumed for one run.
    #[must_use]
    pub fn is_assumed(&self) -> bool {
        self.name == ASSUMED
    }

    /// How many lines it has; an empty text has one.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The number (from 1) of the line in which a byte lies.
    #[must_use]
    pub fn line_at(&self, byte: u32) -> usize {
        self.line_starts.partition_point(|start| *start <= byte)
    }

    /// The bytes of a line (from 1), without its end; none where there is no such line.
    #[must_use]
    pub fn line_range(&self, line: usize) -> Option<std::ops::Range<usize>> {
        let start = *self.line_starts.get(line.checked_sub(1)?)? as usize;
        let end = self.line_starts.get(line).map_or(self.content.len(), |next| *next as usize - 1);
        let end = if self.content.as_bytes()[start..end].ends_with(b"\r") { end - 1 } else { end };
        Some(start..end)
    }
}

/// All texts of a run.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    texts: Vec<Text>,
}

impl Texts {
    /// An empty collection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text and gives its id. A leading byte order mark is dropped.
    pub fn add(&mut self, name: impl Into<String>, content: impl Into<String>) -> FileId {
        let mut content: String = content.into();
        if content.starts_with('\u{feff}') {
            content.drain(..'\u{feff}'.len_utf8());
        }
        let line_starts = std::iter::once(0)
            .chain(content.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1))
            .collect();
        self.texts.push(Text { name: name.into(), content, line_starts });
        FileId(self.texts.len() as u32 - 1)
    }

    /// Gives a text another name.
    pub fn rename(&mut self, file: FileId, name: impl Into<String>) {
        self.texts[file.0 as usize].name = name.into();
    }

    /// The text of an id that this collection gave.
    #[must_use]
    pub fn get(&self, file: FileId) -> &Text {
        &self.texts[file.0 as usize]
    }

    /// All texts, in the order of reading.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Text)> {
        self.texts.iter().enumerate().map(|(index, text)| (FileId(index as u32), text))
    }

    /// The words at a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).content.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Line and column (both from 1, columns counted in characters) at which a span begins.
    #[must_use]
    pub fn line_and_column(&self, span: Span) -> (usize, usize) {
        let text = self.get(span.file);
        let line = text.line_at(span.start);
        let start = text.line_starts[line - 1] as usize;
        let column = text.content.get(start..span.start as usize).map_or(0, |before| before.chars().count());
        (line, column + 1)
    }
}
