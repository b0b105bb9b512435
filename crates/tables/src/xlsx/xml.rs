//! XML as a stream of tags and texts, without document types, entities or deep nesting.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::archive::{Unpacked, refusal};
use crate::error::TableError;
use crate::limits::Limits;

/// A stream of XML.
pub(super) struct Xml<'a> {
    reader: Reader<Unpacked<'a>>,
    buffer: Vec<u8>,
    depth: usize,
    limits: Limits,
}

/// What comes next.
pub(super) enum Node<'b> {
    /// A tag opens.
    Open(BytesStart<'b>),
    /// A tag closes, by its name without prefix.
    Close(String),
    /// Text between tags; a text may come in pieces.
    Text(String),
    /// The end.
    End,
}

impl<'a> Xml<'a> {
    pub(super) fn new(part: Unpacked<'a>, limits: &Limits) -> Self {
        let mut reader = Reader::from_reader(part);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), depth: 0, limits: *limits }
    }

    pub(super) fn next(&mut self) -> Result<Node<'_>, TableError> {
        let broken = || TableError::new("xlsx_broken");
        loop {
            self.buffer.clear();
            self.reader.get_mut().next_token();
            // The second borrow of the buffer is only taken where the first isn't handed on.
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event.into_owned(),
                Err(_) => return Err(refusal(self.reader.get_ref().over(), &self.limits)),
            };
            return Ok(match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > self.limits.depth {
                        return Err(TableError::new("xlsx_deep").value("max", self.limits.depth));
                    }
                    Node::Open(tag)
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close(tag.local_name().as_ref().to_owned())
                }
                Event::Text(text) => Node::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Node::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => {
                    let known = match &*reference {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => reference.resolve_char_ref().ok().flatten(),
                    };
                    Node::Text(known.ok_or_else(|| TableError::new("xlsx_entities"))?.to_string())
                }
                Event::DocType(_) => return Err(TableError::new("xlsx_entities")),
                Event::Eof if self.depth > 0 => return Err(broken()),
                Event::Eof => Node::End,
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }
}

/// The name of a tag without its prefix.
pub(super) fn name(tag: &BytesStart<'_>) -> String {
    tag.local_name().as_ref().to_owned()
}

/// The value of an attribute, by its name without prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .flatten()
        .find(|a| a.key.local_name().as_ref() == name)
        .and_then(|a| a.normalized_value(XmlVersion::Implicit1_0).ok())
        .map(|value| value.into_owned())
}
