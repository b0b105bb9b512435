//! The accept loop: time limits for headers and idle connections, a cap on connections per address, TLS.
//!
//! `axum::serve` gives hyper no timer, so that half-open connections stay for ever (reliability, F13): hence an own loop.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tower::Service as _;

use super::opening::opened;

/// What one address and all together may hold.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Seconds for the TLS handshake, for the first bytes, and for the head of a request.
    pub header_s: u64,
    /// Connections at once.
    pub connections: usize,
    /// Connections at once from one address (loopback and trusted proxies are not counted).
    pub per_address: usize,
    /// Proxies that speak for many: not counted.
    pub trusted: Vec<IpAddr>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { header_s: 10, connections: 10_000, per_address: 256, trusted: Vec::new() }
    }
}

/// A bound port, with TLS if a certificate was given.
pub struct Listener {
    tcp: TcpListener,
    tls: Option<TlsAcceptor>,
}

impl Listener {
    /// Binds `address`.
    ///
    /// # Errors
    /// If the port is taken or not allowed.
    pub async fn bind(address: SocketAddr) -> std::io::Result<Self> {
        Ok(Self { tcp: TcpListener::bind(address).await?, tls: None })
    }

    /// Adds TLS from PEM files.
    ///
    /// # Errors
    /// If the files can't be read or don't belong together.
    pub fn with_tls(mut self, certificate: &Path, key: &Path) -> anyhow::Result<Self> {
        use rustls_pki_types::pem::PemObject as _;
        let chain =
            rustls_pki_types::CertificateDer::pem_file_iter(certificate)?.collect::<Result<Vec<_>, _>>()?;
        let key = rustls_pki_types::PrivateKeyDer::from_pem_file(key)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        self.tls = Some(TlsAcceptor::from(Arc::new(config)));
        Ok(self)
    }

    /// The bound address.
    ///
    /// # Errors
    /// If the socket is gone.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.tcp.local_addr()
    }
}

struct PerAddress {
    held: Arc<Mutex<HashMap<IpAddr, usize>>>,
    address: IpAddr,
}

impl PerAddress {
    fn take(held: &Arc<Mutex<HashMap<IpAddr, usize>>>, address: IpAddr, limits: &Limits) -> Option<Self> {
        let mut counts = held.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let count = counts.entry(address).or_insert(0);
        if *count >= limits.per_address && !address.is_loopback() && !limits.trusted.contains(&address) {
            return None;
        }
        *count += 1;
        Some(Self { held: held.clone(), address })
    }
}

impl Drop for PerAddress {
    fn drop(&mut self) {
        let mut counts = self.held.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

/// Serves `router` until `stop` is done, then lets requests under way finish for up to ten seconds.
pub async fn serve(
    listener: Listener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()> + Send,
) {
    let mut server = auto::Builder::new(TokioExecutor::new());
    server
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(limits.header_s))
        .keep_alive(true);
    server
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(Some(Duration::from_secs(20)))
        .max_concurrent_streams(128);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(limits.connections));
    let held = Arc::new(Mutex::new(HashMap::new()));
    tokio::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.tcp.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "accepting a connection failed");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        // A socket on `[::]` shows IPv4 peers as mapped addresses: limits and proxies know the plain ones.
        let peer = SocketAddr::new(peer.ip().to_canonical(), peer.port());
        let Ok(place) = places.clone().try_acquire_owned() else {
            tracing::warn!(%peer, places = limits.connections, "every place for a connection is taken: one was turned away");
            continue;
        };
        let Some(counted) = PerAddress::take(&held, peer.ip(), &limits) else { continue };
        let (server, router, tls) = (server.clone(), router.clone(), listener.tls.clone());
        let (watcher, header_s) = (graceful.watcher(), limits.header_s);
        tokio::spawn(async move {
            let _held = (place, counted);
            let _ = stream.set_nodelay(true);
            let service =
                hyper::service::service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
                    request.extensions_mut().insert(ConnectInfo(peer));
                    router.clone().call(request)
                });
            let served = match tls {
                None => {
                    let Some(stream) = opened(stream, header_s).await else { return };
                    watcher
                        .watch(
                            server.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned(),
                        )
                        .await
                }
                Some(tls) => {
                    let Some(stream) = handshake(&tls, stream, header_s).await else { return };
                    let Some(stream) = opened(stream, header_s).await else { return };
                    watcher
                        .watch(
                            server.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned(),
                        )
                        .await
                }
            };
            if let Err(error) = served {
                tracing::debug!(%peer, %error, "a connection ended");
            }
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(Duration::from_secs(10)) => {}
    }
}

async fn handshake(
    tls: &TlsAcceptor,
    stream: TcpStream,
    seconds: u64,
) -> Option<tokio_rustls::server::TlsStream<TcpStream>> {
    tokio::time::timeout(Duration::from_secs(seconds), tls.accept(stream)).await.ok()?.ok()
}
