//! What a template can reach: itself, the sheet as `/data.json`, the signature's picture, the fonts of the binary. Nothing else:
//! every other path is refused and every package is unknown, so that a template can't read a file or ask the network.

use std::sync::LazyLock;

use kit::Ts;
use serde::{Deserialize, Serialize};
use typst_layout::PagedDocument;
use typst_library::diag::{FileError, FileResult, PackageError, SourceDiagnostic};
use typst_library::foundations::{Bytes, Datetime, Duration, Smart};
use typst_library::text::{Font, FontBook};
use typst_library::{Library, World, WorldExt as _};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst_utils::LazyHash;

use crate::sheet::{Picture, Sheet};
use crate::typeset;

// Regular has every character of GBK and of the general standard table, for names; Bold those of GB 2312, for headings: what it
// lacks is drawn in Regular.
static REGULAR: &[u8] = include_bytes!("../fonts/NotoSansCJKsc-Regular.otf");
static BOLD: &[u8] = include_bytes!("../fonts/NotoSansCJKsc-Bold.otf");

struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

// Read when the first paper is drawn, so that a node which prints nothing doesn't hold them.
static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> =
        [REGULAR, BOLD].into_iter().flat_map(|data| Font::iter(Bytes::new(data))).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

/// Where and why a template can't be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What typst says; English.
    pub message: String,
    /// Line in the template, from 1; none where the fault has no place in it.
    pub line: Option<usize>,
    /// Column in that line, from 1.
    pub column: Option<usize>,
}

impl Fault {
    /// A fault of the whole, without a place.
    pub(crate) fn whole(message: impl Into<String>) -> Self {
        Self { message: message.into(), line: None, column: None }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(f, "line {line}, column {column}: {}", self.message),
            _ => f.write_str(&self.message),
        }
    }
}

/// A paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// Draws a sheet with a template. Blocks for tens of milliseconds: not for an async thread.
///
/// # Errors
/// Where and why the template can't be drawn.
pub fn draw(sheet: &Sheet, template: &str) -> Result<Printed, Fault> {
    let drawn = lay_out(sheet, template, |document| {
        let pdf = pdf_of(document, sheet)?;
        Ok(Printed { pdf, pages: document.pages().len() })
    });
    // What the layout remembers of this paper is of no use to the next.
    comemo::evict(0);
    drawn
}

/// Lays a sheet out and hands the pages to `use_it`.
pub(crate) fn lay_out<T>(
    sheet: &Sheet,
    template: &str,
    use_it: impl FnOnce(&PagedDocument) -> Result<T, Vec<SourceDiagnostic>>,
) -> Result<T, Fault> {
    let world = Desk::of(sheet, template);
    let document = typeset::pages(&world, &world.main).map_err(|found| world.fault(&found))?;
    use_it(&document).map_err(|found| world.fault(&found))
}

fn pdf_of(document: &PagedDocument, sheet: &Sheet) -> Result<Vec<u8>, Vec<SourceDiagnostic>> {
    let options = |standards: &[PdfStandard]| PdfOptions {
        ident: Smart::Custom(sheet.ident.clone()),
        creator: Smart::Custom(Some("Aftercare".into())),
        timestamp: datetime(sheet.made_at).map(Timestamp::new_utc),
        standards: PdfStandards::new(standards).unwrap_or_default(),
        ..PdfOptions::default()
    };
    // PDF/A refuses a character that no font has, as in a rare name: better a plain PDF than none.
    typst_pdf::pdf(document, &options(&[PdfStandard::A_2u]))
        .or_else(|_| typst_pdf::pdf(document, &options(&[])))
        .map_err(|found| found.to_vec())
}

fn datetime(at: Ts) -> Option<Datetime> {
    let at = at.timestamp().to_zoned(jiff::tz::TimeZone::UTC);
    let small = |n: i8| u8::try_from(n).ok();
    Datetime::from_ymd_hms(
        at.year().into(),
        small(at.month())?,
        small(at.day())?,
        small(at.hour())?,
        small(at.minute())?,
        small(at.second())?,
    )
}

struct Desk {
    library: LazyHash<Library>,
    main: Source,
    data: (FileId, Bytes),
    picture: Option<(FileId, Bytes)>,
    today: Option<Datetime>,
}

fn place(path: &str) -> FileId {
    // The paths are written here and are good ones.
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).unwrap_or_else(|_| unreachable!())).intern()
}

impl Desk {
    fn of(sheet: &Sheet, template: &str) -> Self {
        let picture =
            sheet.picture.as_ref().map(|Picture(bytes)| (place("/signature"), Bytes::new(bytes.clone())));
        Self {
            library: LazyHash::new(typeset::library()),
            main: Source::new(place("/main.typ"), template.to_owned()),
            data: (place("/data.json"), Bytes::from_string(sheet.data.to_string())),
            picture,
            today: datetime(sheet.made_at),
        }
    }

    fn fault(&self, found: &[SourceDiagnostic]) -> Fault {
        let Some(first) = found.first() else {
            return Fault::whole("the template can't be drawn");
        };
        let mut message = first.message.to_string();
        if let Some(hint) = first.hints.first() {
            message = format!("{message} ({})", hint.v);
        }
        // A fault inside typst's own functions is told by the call in the template that led there.
        let here = (first.span.id() == Some(self.main.id())).then(|| self.range(first.span)).flatten();
        let at = here.and_then(|range| self.main.lines().byte_to_line_column(range.start));
        Fault { message, line: at.map(|(line, _)| line + 1), column: at.map(|(_, column)| column + 1) }
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(refused(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        [Some(&self.data), self.picture.as_ref()]
            .into_iter()
            .flatten()
            .find(|(there, _)| *there == id)
            .map(|(_, bytes)| bytes.clone())
            .ok_or_else(|| refused(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

fn refused(id: FileId) -> FileError {
    match id.get().root() {
        VirtualRoot::Project => FileError::AccessDenied,
        VirtualRoot::Package(package) => FileError::Package(PackageError::NotFound(package.clone())),
    }
}
