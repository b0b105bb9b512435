//! Files to fill in: the headings in one's language, and a line that shows how.

use ::tables::FieldKind;
use kit::Lang;
use kit::sheet::{Cell, Sheet, SheetFormat};

use super::{TableKind, heading};

/// The number by which the line that shows how is known again, and left out.
#[must_use]
pub fn example(lang: Lang, kind: TableKind) -> String {
    kit::texts::text(lang, &format!("tables.example.{kind}.external_ref"), &[]).unwrap_or_default()
}

/// A template.
#[must_use]
pub fn template(lang: Lang, kind: TableKind, format: SheetFormat) -> Vec<u8> {
    let fields = kind.bare();
    let heads: Vec<String> = fields
        .iter()
        .map(|field| {
            let name = heading(lang, kind, field.name);
            if field.required { format!("{name} *") } else { name }
        })
        .collect();
    // Columns of text: what looks like a number keeps its zeros.
    let mut sheet = Sheet::of_text(format, &heads);
    let cells: Vec<Cell> = fields
        .iter()
        .map(|field| {
            let key = format!("tables.example.{kind}.{}", field.name);
            let text = kit::texts::text(lang, &key, &[]).unwrap_or_default();
            match field.kind {
                FieldKind::Text | FieldKind::Code | FieldKind::Number => Cell::Text(text),
            }
        })
        .collect();
    sheet.row(&cells);
    sheet.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tables::Sent;

    #[test]
    fn every_template_is_read_again_in_both_languages_and_forms_and_its_example_is_nobodys_row() {
        for lang in Lang::ALL {
            for kind in TableKind::ALL {
                for format in SheetFormat::ALL {
                    let bytes = template(lang, *kind, *format);
                    for reader in Lang::ALL {
                        let sent = Sent::read(&bytes, *kind, reader);
                        let what = format!("{kind} {format} {} {}", lang.tag(), reader.tag());
                        assert_eq!(sent.report.refusal, None, "{what}");
                        assert_eq!((sent.report.examples, sent.rows()), (1, 0), "{what}");
                        assert!(sent.report.unknown.is_empty(), "{what}: {:?}", sent.report.unknown);
                        assert_eq!(sent.report.headings.len(), kind.bare().len(), "{what}");
                    }
                }
            }
        }
    }
}
