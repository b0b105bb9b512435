//! The first bytes of a connection, under the same time limit as a request's head.
//!
//! The server decides between HTTP/1 and HTTP/2 by the first bytes and waits for them without a timer: whoever sends nothing,
//! or a piece of the HTTP/2 preface, would keep its place for ever (G14). So they are read here first and handed on.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, ReadBuf};

/// What every HTTP/2 connection begins with (RFC 9113, 3.4).
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// A connection whose first bytes are known.
pub(super) struct Opened<S> {
    first: [u8; PREFACE.len()],
    from: usize,
    to: usize,
    stream: S,
}

/// Reads until the version is decided; `None` if that takes longer than `seconds`, or nothing ever comes.
pub(super) async fn opened<S: AsyncRead + Unpin>(stream: S, seconds: u64) -> Option<Opened<S>> {
    let mut opened = Opened { first: [0; PREFACE.len()], from: 0, to: 0, stream };
    tokio::time::timeout(Duration::from_secs(seconds), opened.decide()).await.ok()?.ok()?;
    Some(opened)
}

impl<S: AsyncRead + Unpin> Opened<S> {
    async fn decide(&mut self) -> io::Result<()> {
        while self.to < PREFACE.len() && self.first[..self.to] == PREFACE[..self.to] {
            match self.stream.read(&mut self.first[self.to..]).await? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => self.to += read,
            }
        }
        Ok(())
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Opened<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.from < self.to {
            let to = self.to.min(self.from + into.remaining());
            into.put_slice(&self.first[self.from..to]);
            self.from = to;
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Opened<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
