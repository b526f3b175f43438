//! From the bytes of a field to its text.

/// How the letters of a table are written as bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8; a byte order mark is passed over.
    #[default]
    Utf8,
    /// ISO 8859-1: each byte is the letter with its number.
    Latin1,
    /// Windows-1252, which older programs on Windows write.
    Windows1252,
}

impl Encoding {
    /// As scholars call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Latin1 => "Latin-1",
            Encoding::Windows1252 => "Windows-1252",
        }
    }

    /// The text of all fields of a record at once, where it is the same as the bytes of it: the usual case, and a fast one.
    pub(super) fn whole(self, bytes: &[u8]) -> Option<&str> {
        let is_the_same = self == Encoding::Utf8 || bytes.is_ascii();
        if is_the_same { std::str::from_utf8(bytes).ok() } else { None }
    }

    /// Adds the text of some bytes to `text`; what it was is kept.
    ///
    /// # Errors
    /// The first byte that stands for nothing; `text` is as it was.
    pub(super) fn decode(self, bytes: &[u8], text: &mut String) -> Result<(), u8> {
        match self {
            Encoding::Utf8 => match std::str::from_utf8(bytes) {
                Ok(decoded) => text.push_str(decoded),
                Err(error) => return Err(bytes.get(error.valid_up_to()).copied().unwrap_or_default()),
            },
            Encoding::Latin1 => text.extend(bytes.iter().map(|byte| char::from(*byte))),
            Encoding::Windows1252 => {
                if let Some(byte) = bytes.iter().find(|byte| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D)) {
                    return Err(*byte);
                }
                text.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0);
            }
        }
        Ok(())
    }
}
