//! CSV: commas, semicolons or tabs, quoted line breaks, rows counted as a spreadsheet counts them.

use crate::cell::Cell;
use crate::decode::decode;
use crate::error::TableError;
use crate::read::Collect;

/// Reads the text of a file row by row.
pub(crate) fn read(bytes: &[u8], collect: &mut Collect<'_>) -> Result<(), TableError> {
    let text = decode(bytes)?;
    // Excel's own word for the separator, in a line before the headings.
    let (text, told) = match text.split_once('\n') {
        Some((first, rest)) if first.trim_end().len() == 5 && first.starts_with("sep=") => {
            (rest, first.as_bytes().get(4).copied())
        }
        _ => (&*text, None),
    };
    let separator = told.unwrap_or_else(|| separator(text));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    // Lines that are no rows: those within quotes.
    let mut within = 0_u64;
    // What comes before a record, empty lines and all, is counted here: the parser passes over it.
    let (mut counted, mut lines) = (0_usize, 1_u64);
    let mut cells = Vec::new();
    loop {
        let more = reader.read_record(&mut record).map_err(|e| {
            let line = e.position().map_or(1, csv::Position::line);
            TableError::new("file_csv").value("line", line)
        })?;
        if !more {
            return Ok(());
        }
        let from = record.position().and_then(|p| usize::try_from(p.byte()).ok()).unwrap_or(counted);
        let rest = text.as_bytes().get(from..).unwrap_or_default();
        let begin = from + rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        lines += line_breaks(text.as_bytes().get(counted..begin).unwrap_or_default());
        counted = begin;
        let row = u32::try_from(lines.saturating_sub(within)).unwrap_or(u32::MAX);
        within += record.iter().map(|field| line_breaks(field.as_bytes())).sum::<u64>();
        cells.clear();
        cells.extend(
            record.iter().map(
                |field| {
                    if field.is_empty() { Cell::Empty } else { Cell::Text(field.to_owned()) }
                },
            ),
        );
        collect.row(row, &mut cells)?;
    }
}

fn line_breaks(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|b| **b == b'\n').count() as u64
}

// The sign that occurs most in the first line that says something, outside of quotes.
fn separator(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let (mut quoted, mut something) = (false, false);
    for byte in text.bytes().take(64 * 1024) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted && something => break,
            _ if quoted => {}
            byte => {
                something |= !byte.is_ascii_whitespace();
                if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| *sign == byte) {
                    *count += 1;
                }
            }
        }
    }
    // Among equals the first: max_by_key takes the last.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}
