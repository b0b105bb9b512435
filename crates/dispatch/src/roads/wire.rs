//! A connection to a road server: kept while questions follow each other, one at a time.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1::SendRequest;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

use super::speak::Question;

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Where a road server is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoadsUrl {
    https: bool,
    host: String,
    port: u16,
    authority: String,
    /// Without a slash at its end.
    path: String,
}

impl RoadsUrl {
    /// Takes an address apart.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(url: &str) -> Result<Self, String> {
        // Said without the address: a password may stand in it.
        let wrong = |why: &str| format!("this is no address of a road server: {why}");
        let uri: http::Uri = url.trim().parse().map_err(|_| wrong("write http://host:port"))?;
        let https = match uri.scheme_str() {
            Some("http") => false,
            Some("https") => true,
            _ => return Err(wrong("it begins with http:// or https://")),
        };
        let authority = uri.authority().ok_or_else(|| wrong("it names no host"))?;
        let host = authority.host().trim_matches(['[', ']']).to_owned();
        if host.is_empty() || authority.as_str().contains('@') {
            return Err(wrong("it names a host, and no user"));
        }
        if uri.query().is_some() {
            return Err(wrong("nothing stands behind the path"));
        }
        let path = uri.path().trim_end_matches('/').to_owned();
        let port = authority.port_u16().unwrap_or(if https { 443 } else { 80 });
        Ok(Self { https, host, port, authority: authority.as_str().to_owned(), path })
    }
}

impl std::fmt::Display for RoadsUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}://{}{}", if self.https { "https" } else { "http" }, self.authority, self.path)
    }
}

/// A connection.
pub(super) struct Wire {
    url: RoadsUrl,
    open: Option<(SendRequest<Full<Bytes>>, JoinHandle<()>)>,
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.close();
    }
}

impl Wire {
    pub(super) fn to(url: &RoadsUrl) -> Self {
        Self { url: url.clone(), open: None }
    }

    fn close(&mut self) {
        if let Some((_, driven)) = self.open.take() {
            driven.abort();
        }
    }

    /// Asks, and reads the answer of at most so many bytes: its status and body.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) async fn ask(
        &mut self,
        question: &Question,
        most: usize,
        within: Duration,
    ) -> Result<(u16, Bytes), String> {
        let asked = tokio::time::timeout(within, self.exchange(question, most)).await;
        let answer = asked.unwrap_or_else(|_| Err(format!("no answer within {within:?}")));
        if answer.is_err() {
            self.close();
        }
        answer
    }

    async fn exchange(&mut self, question: &Question, most: usize) -> Result<(u16, Bytes), String> {
        // The other side may have closed a connection that was kept: then it is asked on a new one.
        if let Some((sender, _)) = &mut self.open
            && (sender.is_closed() || sender.ready().await.is_err())
        {
            self.close();
        }
        let kept = self.open.is_some();
        match self.once(question, most).await {
            Err(_) if kept => {
                self.close();
                self.once(question, most).await
            }
            answer => answer,
        }
    }

    async fn once(&mut self, question: &Question, most: usize) -> Result<(u16, Bytes), String> {
        let told = |error: &dyn std::fmt::Display| error.to_string();
        if self.open.is_none() {
            self.open = Some(self.connected().await?);
        }
        let Some((sender, _)) = &mut self.open else { return Err("no connection".into()) };
        let path = format!("{}{}", self.url.path, question.path);
        let request = http::Request::builder()
            .method(if question.body.is_some() { http::Method::POST } else { http::Method::GET })
            .uri(path)
            .header(http::header::HOST, self.url.authority.as_str())
            .header(http::header::USER_AGENT, "Aftercare")
            .header(http::header::ACCEPT, "application/json")
            .header(http::header::CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::from(question.body.clone().unwrap_or_default())))
            .map_err(|e| told(&e))?;
        let answer = sender.send_request(request).await.map_err(|e| told(&e))?;
        let status = answer.status().as_u16();
        let body = Limited::new(answer.into_body(), most).collect().await.map_err(|e| told(&e))?;
        Ok((status, body.to_bytes()))
    }

    async fn connected(&self) -> Result<(SendRequest<Full<Bytes>>, JoinHandle<()>), String> {
        let told = |error: &dyn std::fmt::Display| error.to_string();
        let url = &self.url;
        let tcp = TcpStream::connect((url.host.as_str(), url.port)).await.map_err(|e| told(&e))?;
        let stream: Box<dyn Stream> = if url.https {
            let name = rustls_pki_types::ServerName::try_from(url.host.clone()).map_err(|e| told(&e))?;
            Box::new(tls()?.connect(name, tcp).await.map_err(|e| told(&e))?)
        } else {
            Box::new(tcp)
        };
        let (sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(|e| told(&e))?;
        let driven = tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection to the road server ended");
            }
        });
        Ok((sender, driven))
    }
}

fn tls() -> Result<tokio_rustls::TlsConnector, String> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| e.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(tokio_rustls::TlsConnector::from(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart_or_refused_with_a_reason() {
        for (url, shown) in [
            ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
            ("http://osrm.lan/maps/", "http://osrm.lan/maps"),
            ("https://[::1]:8443/", "https://[::1]:8443"),
        ] {
            assert_eq!(RoadsUrl::parse(url).unwrap().to_string(), shown);
        }
        for (url, why) in [
            ("osrm:5000", "begins with http"),
            ("127.0.0.1:5000", "begins with http"),
            ("ftp://maps/", "begins with http"),
            ("http://a@maps/", "no user"),
            ("http://maps/?x=1", "behind the path"),
            ("ht tp://", "write http://host:port"),
        ] {
            let refused = RoadsUrl::parse(url).unwrap_err();
            assert!(refused.contains(why), "{refused}");
        }
    }
}
