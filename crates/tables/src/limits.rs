//! What is refused before it can do harm.

/// The most that is read of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: usize,
    /// Rows below the headings.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Characters in a cell.
    pub cell_chars: usize,
    /// Parts of an XLSX archive.
    pub parts: usize,
    /// Bytes of all its parts unpacked.
    pub unpacked_bytes: u64,
    /// How many times larger a part may be unpacked than packed, once it is larger than [`Self::ratio_from_bytes`].
    pub ratio: u64,
    /// Small parts pack well without meaning harm.
    pub ratio_from_bytes: u64,
    /// Bytes of one tag or one stretch of text in XML.
    pub token_bytes: usize,
    /// Tags within tags.
    pub depth: usize,
    /// Different texts that an XLSX file may share among its cells.
    pub shared_texts: usize,
    /// Bytes of those texts.
    pub shared_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 20 * 1024 * 1024,
            rows: 200_000,
            columns: 100,
            cell_chars: 2_000,
            parts: 1_000,
            unpacked_bytes: 256 * 1024 * 1024,
            ratio: 100,
            ratio_from_bytes: 1024 * 1024,
            token_bytes: 256 * 1024,
            depth: 32,
            shared_texts: 1_000_000,
            shared_bytes: 32 * 1024 * 1024,
        }
    }
}
