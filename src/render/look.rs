//! For whom something is rendered.

/// How text for people looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns.
    pub width: usize,
    /// Whether colours may be used; they never carry meaning alone.
    pub colour: bool,
    /// Drawn with lines and blocks; otherwise narrated in ASCII, for screen readers and for keeping.
    pub drawn: bool,
}

impl Look {
    /// Drawn, without colours, 80 columns.
    pub const HUMAN: Look = Look { width: 80, colour: false, drawn: true };
    /// Narrated in ASCII, 80 columns.
    pub const PLAIN: Look = Look { width: 80, colour: false, drawn: false };
}
