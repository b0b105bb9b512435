//! XLSX (ECMA-376): the first visible sheet, row by row.

mod archive;
mod styles;
mod xml;

use crate::cell::Cell;
use crate::error::TableError;
use crate::limits::Limits;
use crate::read::Collect;
use archive::Archive;
use styles::Styles;
use xml::{Node, Xml, attribute, name};

/// Reads the first visible sheet of a workbook.
pub(crate) fn read(bytes: &[u8], limits: &Limits, collect: &mut Collect<'_>) -> Result<(), TableError> {
    let archive = Archive::open(bytes, limits)?;
    let workbook = Workbook::read(&archive, limits)?;
    collect.early_epoch = workbook.early_epoch;
    let styles = Styles::read(&archive, limits)?;
    let shared = Shared::read(&archive, limits)?;
    sheet(&archive, &workbook.sheet, limits, &styles, &shared, collect)
}

struct Workbook {
    sheet: String,
    early_epoch: bool,
}

impl Workbook {
    fn read(archive: &Archive<'_>, limits: &Limits) -> Result<Self, TableError> {
        let part = archive.stream("xl/workbook.xml").ok_or_else(|| TableError::new("xlsx_broken"))?;
        let mut xml = Xml::new(part, limits);
        let (mut relation, mut early_epoch) = (None, false);
        loop {
            match xml.next()? {
                Node::End => break,
                Node::Open(tag) => match name(&tag).as_str() {
                    "workbookPr" => {
                        early_epoch = attribute(&tag, "date1904").is_some_and(|v| v == "1" || v == "true");
                    }
                    "sheet" if relation.is_none() => {
                        let hidden = attribute(&tag, "state").is_some_and(|s| s != "visible");
                        relation = if hidden { None } else { attribute(&tag, "id") };
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        let relation = relation.ok_or_else(|| TableError::new("xlsx_no_sheet"))?;
        let sheet = Self::target(archive, limits, &relation)?;
        Ok(Self { sheet, early_epoch })
    }

    fn target(archive: &Archive<'_>, limits: &Limits, relation: &str) -> Result<String, TableError> {
        let Some(part) = archive.stream("xl/_rels/workbook.xml.rels") else {
            return Err(TableError::new("xlsx_broken"));
        };
        let mut xml = Xml::new(part, limits);
        loop {
            match xml.next()? {
                Node::End => return Err(TableError::new("xlsx_no_sheet")),
                Node::Open(tag) if name(&tag) == "Relationship" => {
                    let same = attribute(&tag, "Id").is_some_and(|id| id == relation);
                    let outside = attribute(&tag, "TargetMode").is_some_and(|mode| mode == "External");
                    if !same {
                        continue;
                    }
                    let target = attribute(&tag, "Target").filter(|_| !outside);
                    let target = target.ok_or_else(|| TableError::new("xlsx_no_sheet"))?;
                    return Ok(match target.strip_prefix('/') {
                        Some(whole) => whole.to_owned(),
                        None => format!("xl/{target}"),
                    });
                }
                _ => {}
            }
        }
    }
}

/// The texts that cells share, in one piece of memory.
#[derive(Default)]
struct Shared {
    text: String,
    ends: Vec<u32>,
}

impl Shared {
    fn read(archive: &Archive<'_>, limits: &Limits) -> Result<Self, TableError> {
        let mut shared = Self::default();
        let Some(part) = archive.stream("xl/sharedStrings.xml") else { return Ok(shared) };
        let mut xml = Xml::new(part, limits);
        // Text stands in `t`; what stands in `rPh` tells how to pronounce it.
        let (mut text, mut phonetic) = (false, false);
        loop {
            match xml.next()? {
                Node::End => return Ok(shared),
                Node::Open(tag) => match name(&tag).as_str() {
                    "t" => text = true,
                    "rPh" => phonetic = true,
                    _ => {}
                },
                Node::Close(tag) => match tag.as_str() {
                    "t" => text = false,
                    "rPh" => phonetic = false,
                    "si" => {
                        let end = u32::try_from(shared.text.len()).unwrap_or(u32::MAX);
                        shared.ends.push(end);
                        if shared.ends.len() > limits.shared_texts {
                            return Err(Self::too_many(limits));
                        }
                    }
                    _ => {}
                },
                Node::Text(piece) if text && !phonetic => {
                    shared.text.push_str(&piece);
                    if shared.text.len() > limits.shared_bytes {
                        return Err(Self::too_many(limits));
                    }
                }
                Node::Text(_) => {}
            }
        }
    }

    fn too_many(limits: &Limits) -> TableError {
        TableError::new("xlsx_texts")
            .value("max", limits.shared_texts)
            .value("max_mib", limits.shared_bytes / 1024 / 1024)
    }

    fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        let begin = if at == 0 { 0 } else { *self.ends.get(at - 1)? as usize };
        self.text.get(begin..end)
    }
}

/// A cell under way.
#[derive(Default)]
struct Half {
    column: usize,
    kind: String,
    style: usize,
    value: String,
    inline: String,
}

impl Half {
    fn whole(self, styles: &Styles, shared: &Shared) -> Result<Cell, TableError> {
        let value = self.value.trim();
        Ok(match self.kind.as_str() {
            "inlineStr" => Cell::Text(self.inline),
            _ if value.is_empty() => Cell::Empty,
            "s" => {
                let text = value.parse().ok().and_then(|at| shared.get(at));
                Cell::Text(text.ok_or_else(|| TableError::new("xlsx_broken"))?.to_owned())
            }
            "str" | "d" => Cell::Text(self.value),
            "b" => Cell::Truth(value == "1"),
            "e" => Cell::Error(value.to_owned()),
            _ => match value.parse::<f64>() {
                Ok(days) if styles.is_day(self.style) => Cell::Day(days),
                Ok(_) => match styles.padded(self.style, value) {
                    // A format such as 000000 shows the zeros that the number lacks.
                    Some(text) => Cell::Text(text),
                    None => Cell::Number(value.to_owned()),
                },
                Err(_) => return Err(TableError::new("xlsx_broken")),
            },
        })
    }
}

fn sheet(
    archive: &Archive<'_>,
    path: &str,
    limits: &Limits,
    styles: &Styles,
    shared: &Shared,
    collect: &mut Collect<'_>,
) -> Result<(), TableError> {
    let part = archive.stream(path).ok_or_else(|| TableError::new("xlsx_no_sheet"))?;
    let mut xml = Xml::new(part, limits);
    let mut cells: Vec<Cell> = Vec::new();
    let (mut row, mut column) = (0_u32, 0_usize);
    let mut half: Option<Half> = None;
    let (mut value, mut text, mut phonetic) = (false, false, false);
    loop {
        match xml.next()? {
            Node::End => return Ok(()),
            Node::Open(tag) => match name(&tag).as_str() {
                "row" => {
                    row = attribute(&tag, "r").and_then(|r| r.parse().ok()).unwrap_or(row + 1);
                    column = 0;
                    cells.clear();
                }
                "c" => {
                    let place = attribute(&tag, "r").and_then(|r| column_of(&r));
                    column = place.unwrap_or(column + 1);
                    half = Some(Half {
                        column,
                        kind: attribute(&tag, "t").unwrap_or_default(),
                        style: attribute(&tag, "s").and_then(|s| s.parse().ok()).unwrap_or(0),
                        ..Half::default()
                    });
                }
                "v" => value = true,
                "t" => text = true,
                "rPh" => phonetic = true,
                _ => {}
            },
            Node::Text(piece) => {
                if let Some(half) = &mut half {
                    let into = match (value, text && !phonetic) {
                        (true, _) => &mut half.value,
                        (_, true) => &mut half.inline,
                        _ => continue,
                    };
                    into.push_str(&piece);
                    // A text in pieces, each short enough, is too long all the same.
                    if into.len() > limits.token_bytes {
                        return Err(archive::refusal(Some(archive::Over::Token), limits));
                    }
                }
            }
            Node::Close(tag) => match tag.as_str() {
                "v" => value = false,
                "t" => text = false,
                "rPh" => phonetic = false,
                "c" => {
                    let Some(half) = half.take() else { continue };
                    let at = half.column.saturating_sub(1);
                    let cell = half.whole(styles, shared)?;
                    if cell != Cell::Empty {
                        if at >= limits.columns {
                            return Err(TableError::new("file_columns").value("max", limits.columns));
                        }
                        if cells.len() <= at {
                            cells.resize(at + 1, Cell::Empty);
                        }
                        cells[at] = cell;
                    }
                }
                "row" => collect.row(row, &mut cells)?,
                _ => {}
            },
        }
    }
}

// The column of `AB12`, from 1.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let column = letters.fold(0_usize, |all, b| all * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    (column > 0).then_some(column)
}
