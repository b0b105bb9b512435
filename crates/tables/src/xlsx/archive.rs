//! The ZIP archive around an XLSX file: its directory, held against the limits before a byte is unpacked, and parts unpacked as a stream.

use std::io::{self, BufRead, Read};

use flate2::bufread::DeflateDecoder;

use crate::error::TableError;
use crate::limits::Limits;

/// A part of the archive.
#[derive(Clone, Debug)]
pub(super) struct Part {
    name: String,
    packed_from: usize,
    packed_to: usize,
    plain: u64,
    deflated: bool,
}

/// The directory of an archive.
#[derive(Debug)]
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    parts: Vec<Part>,
    limits: Limits,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..at + 2)?.try_into().ok().map(|b| usize::from(u16::from_le_bytes(b)))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..at + 4)?.try_into().ok().and_then(|b| usize::try_from(u32::from_le_bytes(b)).ok())
}

const END: &[u8] = b"PK\x05\x06";

fn broken() -> TableError {
    TableError::new("xlsx_broken")
}

fn bomb(limits: &Limits) -> TableError {
    TableError::new("xlsx_bomb")
        .value("max_mib", limits.unpacked_bytes / 1024 / 1024)
        .value("ratio", limits.ratio)
}

impl<'a> Archive<'a> {
    /// Reads the directory and refuses what would unpack to more than the limits.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, TableError> {
        let tail = bytes.len().saturating_sub(22 + 65_535);
        let end = bytes[tail..].windows(4).rposition(|w| w == END).map(|n| n + tail).ok_or_else(broken)?;
        let count = u16_at(bytes, end + 10).ok_or_else(broken)?;
        let mut at = u32_at(bytes, end + 16).ok_or_else(broken)?;
        if count > limits.parts {
            return Err(bomb(limits));
        }
        let mut parts = Vec::with_capacity(count);
        let mut all = 0_u64;
        for _ in 0..count {
            let (part, next) = Self::part(bytes, at, limits)?;
            all += part.plain;
            parts.push(part);
            at = next;
        }
        if all > limits.unpacked_bytes {
            return Err(bomb(limits));
        }
        // Parts that share their bytes unpack to many times what the file holds.
        let mut places: Vec<(usize, usize)> = parts.iter().map(|p| (p.packed_from, p.packed_to)).collect();
        places.sort_unstable();
        if places.windows(2).any(|pair| pair[1].0 < pair[0].1) {
            return Err(bomb(limits));
        }
        Ok(Self { bytes, parts, limits: *limits })
    }

    fn part(bytes: &[u8], at: usize, limits: &Limits) -> Result<(Part, usize), TableError> {
        let short = |n: usize| u16_at(bytes, at + n).ok_or_else(broken);
        let long = |n: usize| u32_at(bytes, at + n).ok_or_else(broken);
        if bytes.get(at..at + 4) != Some(b"PK\x01\x02") {
            return Err(broken());
        }
        let (flags, method) = (short(8)?, short(10)?);
        if flags & 1 != 0 {
            return Err(TableError::new("xlsx_locked"));
        }
        let (packed, plain) = (long(20)?, long(24)? as u64);
        let (name_len, extra_len, comment_len) = (short(28)?, short(30)?, short(32)?);
        let name = bytes.get(at + 46..at + 46 + name_len).ok_or_else(broken)?;
        let head = long(42)?;
        if bytes.get(head..head + 4) != Some(b"PK\x03\x04") {
            return Err(broken());
        }
        let from = head
            + 30
            + u16_at(bytes, head + 26).ok_or_else(broken)?
            + u16_at(bytes, head + 28).ok_or_else(broken)?;
        let to = from.checked_add(packed).filter(|to| *to <= bytes.len()).ok_or_else(broken)?;
        if plain > limits.ratio_from_bytes && plain / (packed as u64).max(1) > limits.ratio {
            return Err(bomb(limits));
        }
        let part = Part {
            name: String::from_utf8_lossy(name).replace('\\', "/"),
            packed_from: from,
            packed_to: to,
            plain,
            deflated: match method {
                0 => false,
                8 => true,
                _ => return Err(broken()),
            },
        };
        Ok((part, at + 46 + name_len + extra_len + comment_len))
    }

    /// A part by its name, unpacked as it is read.
    pub(super) fn stream(&self, name: &str) -> Option<Unpacked<'a>> {
        let part = self.parts.iter().find(|p| p.name.eq_ignore_ascii_case(name))?;
        let bytes = &self.bytes[part.packed_from..part.packed_to];
        let from = if part.deflated {
            Source::Deflated(Box::new(DeflateDecoder::new(bytes)))
        } else {
            Source::Stored(bytes)
        };
        // What the directory says was held against the limits; more than it says is not unpacked.
        let (left, token) = (part.plain, self.limits.token_bytes);
        Some(Unpacked {
            from,
            buffer: vec![0; 16 * 1024],
            at: 0,
            end: 0,
            left,
            token,
            most: token,
            over: None,
        })
    }
}

enum Source<'a> {
    Stored(&'a [u8]),
    Deflated(Box<DeflateDecoder<&'a [u8]>>),
}

/// What a stream was broken off for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// It is longer than the directory says.
    Length,
    /// One tag or text is longer than any table needs.
    Token,
}

/// A part as it is unpacked: never as a whole, and never more than the directory says.
pub(super) struct Unpacked<'a> {
    from: Source<'a>,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    left: u64,
    token: usize,
    most: usize,
    over: Option<Over>,
}

impl Unpacked<'_> {
    /// The next tag or text begins.
    pub(super) fn next_token(&mut self) {
        self.token = self.most;
    }

    /// Why it was broken off, if it was.
    pub(super) fn over(&self) -> Option<Over> {
        self.over
    }

    fn stop(&mut self, why: Over) -> io::Error {
        self.over = Some(why);
        io::Error::other("over the limit")
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let there = self.fill_buf()?;
        let n = there.len().min(into.len());
        into[..n].copy_from_slice(&there[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Unpacked<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.token == 0 {
            return Err(self.stop(Over::Token));
        }
        if self.at == self.end {
            self.at = 0;
            self.end = match &mut self.from {
                Source::Stored(bytes) => bytes.read(&mut self.buffer)?,
                Source::Deflated(decoder) => decoder.read(&mut self.buffer)?,
            };
            match self.left.checked_sub(self.end as u64) {
                Some(left) => self.left = left,
                None => return Err(self.stop(Over::Length)),
            }
        }
        Ok(&self.buffer[self.at..self.end])
    }

    fn consume(&mut self, n: usize) {
        self.at = (self.at + n).min(self.end);
        self.token = self.token.saturating_sub(n);
    }
}

/// What a broken-off stream is refused with.
pub(super) fn refusal(over: Option<Over>, limits: &Limits) -> TableError {
    match over {
        Some(Over::Length | Over::Token) => bomb(limits),
        None => broken(),
    }
}
