//! Bytes to text, without being told the encoding: a byte order mark, else UTF-8 if it is valid, else GB18030 (as Excel in China saves).

use std::borrow::Cow;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use crate::error::TableError;

/// The text of a CSV file.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, TableError> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return utf8(rest).map(Cow::Borrowed);
    }
    for (mark, encoding) in [(b"\xff\xfe", UTF_16LE), (b"\xfe\xff", UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            return encoding
                .decode_without_bom_handling_and_without_replacement(rest)
                .ok_or_else(|| TableError::new("file_encoding").value("line", 1));
        }
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(error) => match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
            Some(text) if !text.contains('\0') => Ok(text),
            _ => Err(broken(bytes, error.valid_up_to())),
        },
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, TableError> {
    std::str::from_utf8(bytes).map_err(|error| broken(bytes, error.valid_up_to()))
}

fn broken(bytes: &[u8], at: usize) -> TableError {
    let line = bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
    TableError::new("file_encoding").value("line", line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_that_spreadsheets_save_gives_the_same_text() {
        let text = "编号,地点\r\n1,上海市黄浦区𠮷\r\n";
        let (gb, _, lossy) = GB18030.encode(text);
        assert!(!lossy);
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        let mut little = vec![0xff, 0xfe];
        let mut big = vec![0xfe, 0xff];
        for unit in text.encode_utf16() {
            little.extend(unit.to_le_bytes());
            big.extend(unit.to_be_bytes());
        }
        for bytes in [text.as_bytes(), &marked, &gb, &little, &big] {
            assert_eq!(decode(bytes).unwrap(), text);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_with_their_line() {
        for bytes in [&b"a,b\nc,\xff\n"[..], b"\xef\xbb\xbfa\nb\n\xff", b"a\n\xff\x00"] {
            let error = decode(bytes).unwrap_err();
            assert_eq!(error.code, "file_encoding");
            assert!(error.values.iter().any(|(name, line)| name == "line" && line != "1"), "{error}");
        }
    }
}
