//! Papers as PDF: service orders, acceptance certificates, labels for assets. The only crate that knows typst.
//!
//! A domain fills one of the papers ([`ServiceOrder`], [`Acceptance`], [`Labels`]) with words in the reader's language and gets a
//! [`Sheet`]; [`Press`] lays it out with the company's own template, or with the one that stands here. The same sheet gives the
//! same bytes: the date is the document's, nothing comes from the clock. A template sees its sheet and nothing else: no file
//! of the machine, no package from the network ([`world`]).
//!
//! Fonts are taken from the binary when the first paper is drawn, and what the layout remembers is dropped after each.

mod answer;
mod errors;
mod labels;
mod press;
mod qr;
mod sample;
mod sheet;
#[cfg(test)]
mod tests;
mod words;
mod world;

pub use answer::{PaperQuery, Pdf};
pub use errors::DocumentError;
pub use labels::{Label, LabelSize, Labels};
pub use press::{Press, TemplateState};
pub use qr::qr;
pub use sample::sheet as sample;
pub use sheet::{
    Acceptance, Check, Fact, Finding, Letterhead, Line, Paper, Picture, ServiceOrder, Sheet, Signature,
};
pub use words::{money, quantity, strokes_svg, time};
pub use world::{Fault, Printed, draw};
