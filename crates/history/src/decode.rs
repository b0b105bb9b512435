//! Bytes to text: UTF-8 with or without a byte order mark, or GB18030 (GB 18030-2022).

use encoding_rs::{DecoderResult, GB18030};

use crate::error::LogError;
use crate::mapping::Encoding;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The text of a log.
///
/// # Errors
/// `log_encoding` with line and byte column of the first bytes that are no text in this encoding.
pub fn decode(bytes: &[u8], encoding: Encoding) -> Result<String, LogError> {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    match encoding {
        Encoding::Utf8 => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(broken(bytes, error.valid_up_to(), error.error_len().unwrap_or(1))),
        },
        Encoding::Gb18030 => {
            let mut decoder = GB18030.new_decoder_without_bom_handling();
            let mut text = String::new();
            let length = decoder
                .max_utf8_buffer_length_without_replacement(bytes.len())
                .unwrap_or_else(|| bytes.len().saturating_mul(3));
            text.reserve(length);
            match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
                (DecoderResult::InputEmpty, _) => Ok(text),
                (DecoderResult::OutputFull, read) => Err(broken(bytes, read, 1)),
                (DecoderResult::Malformed(bad, after), read) => {
                    let length = usize::from(bad);
                    let at = read.saturating_sub(length + usize::from(after));
                    Err(broken(bytes, at, length))
                }
            }
        }
    }
}

fn broken(bytes: &[u8], at: usize, length: usize) -> LogError {
    let before = &bytes[..at.min(bytes.len())];
    let line = before.iter().filter(|b| **b == b'\n').count() as u64 + 1;
    let line_start = before.iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1);
    let column = (before.len() - line_start) as u64 + 1;
    let end = (at + length.max(1)).min(bytes.len());
    let shown: Vec<String> = bytes[before.len()..end].iter().map(|b| format!("{b:02X}")).collect();
    LogError { line, column: Some(column), code: "log_encoding", what: shown.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_with_and_without_mark_and_gb18030_give_the_same_text() {
        let text = "编号,地点\nINC1,上海市黄浦区𠮷\n";
        let (gb, _, lossy) = GB18030.encode(text);
        assert!(!lossy);
        let marked = [BOM, text.as_bytes()].concat();
        assert_eq!(decode(text.as_bytes(), Encoding::Utf8).unwrap(), text);
        assert_eq!(decode(&marked, Encoding::Utf8).unwrap(), text);
        assert_eq!(decode(&gb, Encoding::Gb18030).unwrap(), text);
    }

    #[test]
    fn bytes_that_are_no_text_are_named_by_line_and_column() {
        let wrong = decode(b"a,b\nc,\xff\n", Encoding::Utf8).unwrap_err();
        assert_eq!((wrong.line, wrong.column, wrong.what.as_str()), (2, Some(3), "FF"));
        let wrong = decode(b"a,b\nc,\xff\n", Encoding::Gb18030).unwrap_err();
        assert_eq!((wrong.line, wrong.column), (2, Some(3)));
        let cut = decode(b"a\n\xe4\xb8", Encoding::Utf8).unwrap_err();
        assert_eq!((cut.line, cut.column), (2, Some(1)));
        // Text of one encoding told as the other is found out where it can be.
        let (gb, _, _) = GB18030.encode("编号");
        assert_eq!(decode(&gb, Encoding::Utf8).unwrap_err().line, 1);
    }
}
