//! A signed request leaves, after Standard Webhooks: 15 seconds, no redirect followed, only to the address that was judged.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper_util::rt::TokioIo;
use kit::Ts;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use crate::model::{Settings, Webhook};
use crate::outside::{Target, address, target, tls};
use crate::rules::{Outcome, answered, sign};

/// How long a request may take, from the look-up of the name to the answer's head.
const PATIENCE: Duration = Duration::from_secs(15);

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Sends a payload to a webhook; `id` is the same on every attempt, `now` the time of this one.
pub(crate) async fn send(
    settings: &Settings,
    webhook: &Webhook,
    id: &str,
    now: Ts,
    payload: String,
) -> Outcome {
    let target = match target(&webhook.url, settings.allow_private) {
        Ok(target) => target,
        Err(refused) => return Outcome::Never(refused.to_string()),
    };
    let timestamp = now.micros() / Ts::SECOND;
    let Some(signature) = sign(&webhook.secret, id, timestamp, payload.as_bytes()) else {
        return Outcome::Never("the webhook's key is no whsec_ key".into());
    };
    let request = http::Request::post(target.path.as_str())
        .header(http::header::HOST, target.authority.as_str())
        .header(http::header::CONTENT_TYPE, "application/json")
        .header(http::header::USER_AGENT, "Aftercare")
        .header("webhook-id", id)
        .header("webhook-timestamp", timestamp)
        .header("webhook-signature", signature)
        .body(Full::new(Bytes::from(payload)));
    let request = match request {
        Ok(request) => request,
        Err(error) => return Outcome::Never(error.to_string()),
    };
    match tokio::time::timeout(PATIENCE, exchange(settings, &target, request)).await {
        Err(_) => Outcome::Later(format!("{} did not answer within {} s", target.host, PATIENCE.as_secs())),
        Ok(Ok(status)) => answered(status),
        Ok(Err(outcome)) => outcome,
    }
}

async fn exchange(
    settings: &Settings,
    target: &Target,
    request: http::Request<Full<Bytes>>,
) -> Result<u16, Outcome> {
    let later = |what: &str, error: &dyn std::fmt::Display| {
        Outcome::Later(format!("{}: {what}: {error}", target.host))
    };
    let address = address(target, settings.allow_private).await.map_err(|why| match why {
        Ok(later) => Outcome::Later(later),
        Err(never) => Outcome::Never(never),
    })?;
    let tcp = TcpStream::connect(address).await.map_err(|e| later("no connection", &e))?;
    let stream: Box<dyn Stream> = if target.https {
        let name = rustls_pki_types::ServerName::try_from(target.host.clone())
            .map_err(|e| Outcome::Never(format!("{}: {e}", target.host)))?;
        let connector = tls(settings.authority_pem.as_deref()).map_err(|e| later("TLS", &e))?;
        Box::new(connector.connect(name, tcp).await.map_err(|e| later("TLS", &e))?)
    } else {
        Box::new(tcp)
    };
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(|e| later("HTTP", &e))?;
    let driven = tokio::spawn(connection);
    let answer = sender.send_request(request).await;
    // The body of the answer says nothing we need.
    driven.abort();
    Ok(answer.map_err(|e| later("HTTP", &e))?.status().as_u16())
}
