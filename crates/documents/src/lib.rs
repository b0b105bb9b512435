//! Papers as PDF: service orders, acceptance certificates, labels for assets. The only crate that knows typst.
//!
//! A domain fills one of the papers ([`ServiceOrder`], [`Acceptance`], [`Labels`]) with words in the reader's language and gets a
//! [`Sheet`]; [`Press`] lays it out with the company's own template, or with the one that stands here. The same sheet gives the
//! same bytes: the date is the document's, nothing comes from the clock. A template sees its sheet and nothing else: no file
//! of the machine, no package from the network ([`world`]).
//!
//! A node draws each paper in a process of its own ([`Press::new`], [`draw_one`]): fonts and everything typst remembers go with it.

mod answer;
mod apart;
mod errors;
mod labels;
mod press;
mod qr;
pub mod sample;
mod sheet;
#[cfg(test)]
mod tests;
mod typeset;
mod words;
mod world;

pub use answer::{PaperQuery, Pdf, Template};
pub use apart::draw_one;
pub use errors::DocumentError;
pub use labels::{Label, LabelSize, Labels};
pub use press::{Press, TemplateState};
pub use qr::qr;
pub use sheet::{
    Acceptance, Check, Fact, Finding, Letterhead, Line, Paper, Picture, ServiceOrder, Sheet, Signature,
};
pub use words::{money, quantity, strokes_svg, time};
pub use world::{Fault, Printed, draw};
