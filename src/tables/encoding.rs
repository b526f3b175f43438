//! From the bytes of a field to its text.

use std::borrow::Cow;

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

    /// Whether some bytes are their own text: the usual case, and a fast one.
    pub(super) fn leaves(self, bytes: &[u8]) -> bool {
        bytes.is_ascii() || (self == Encoding::Utf8 && std::str::from_utf8(bytes).is_ok())
    }

    /// The text of some bytes.
    ///
    /// # Errors
    /// The first byte that stands for nothing.
    pub(super) fn decode(self, bytes: &[u8]) -> Result<Cow<'_, str>, u8> {
        match self {
            Encoding::Utf8 => match std::str::from_utf8(bytes) {
                Ok(decoded) => Ok(Cow::Borrowed(decoded)),
                Err(error) => Err(bytes.get(error.valid_up_to()).copied().unwrap_or_default()),
            },
            Encoding::Latin1 => Ok(bytes.iter().map(|byte| char::from(*byte)).collect()),
            Encoding::Windows1252 => match bytes.iter().find(|byte| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D)) {
                Some(byte) => Err(*byte),
                None => Ok(encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0),
            },
        }
    }
}
