//! A signed request leaves, after Standard Webhooks: 15 seconds, no redirect followed, only to the address that was judged.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper_util::rt::TokioIo;
use kit::Ts;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use crate::model::{DeliveryFailure, Settings, Webhook};
use crate::outside::{Target, address, target, tls};
use crate::rules::{Outcome, Why, answered, sign, silent};

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
        Err(refused) => {
            return Outcome::Never(Why::new(DeliveryFailure::WebhookInvalid, refused.to_string()));
        }
    };
    let timestamp = now.micros() / Ts::SECOND;
    let Some(signature) = sign(&webhook.secret, id, timestamp, payload.as_bytes()) else {
        return Outcome::Never(Why::new(DeliveryFailure::WebhookInvalid, "whsec_"));
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
        Err(error) => {
            return Outcome::Never(Why::new(DeliveryFailure::WebhookInvalid, error.to_string()));
        }
    };
    match tokio::time::timeout(PATIENCE, exchange(settings, &target, request)).await {
        Err(_) => Outcome::Later(silent(&target.host, PATIENCE)),
        Ok(Ok(status)) => answered(status),
        Ok(Err(outcome)) => outcome,
    }
}

async fn exchange(
    settings: &Settings,
    target: &Target,
    request: http::Request<Full<Bytes>>,
) -> Result<u16, Outcome> {
    let later = |failure: DeliveryFailure, error: &dyn std::fmt::Display| {
        Outcome::Later(Why::new(failure, format!("{}: {error}", target.host)))
    };
    let address = address(target, settings.allow_private).await.map_err(|why| match why {
        Ok(said) => Outcome::Later(Why::new(DeliveryFailure::NotFound, said)),
        Err(said) => Outcome::Never(Why::new(DeliveryFailure::Private, said)),
    })?;
    let unreached = DeliveryFailure::NoConnection;
    let tcp = TcpStream::connect(address).await.map_err(|e| later(unreached, &e))?;
    let stream: Box<dyn Stream> = if target.https {
        let name = rustls_pki_types::ServerName::try_from(target.host.clone()).map_err(|e| {
            Outcome::Never(Why::new(DeliveryFailure::WebhookInvalid, format!("{}: {e}", target.host)))
        })?;
        let unsafe_there = DeliveryFailure::Tls;
        let connector = tls(settings.authority_pem.as_deref()).map_err(|e| later(unsafe_there, &e))?;
        Box::new(connector.connect(name, tcp).await.map_err(|e| later(unsafe_there, &e))?)
    } else {
        Box::new(tcp)
    };
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|e| later(unreached, &e))?;
    let driven = tokio::spawn(connection);
    let answer = sender.send_request(request).await;
    // The body of the answer says nothing we need.
    driven.abort();
    Ok(answer.map_err(|e| later(unreached, &e))?.status().as_u16())
}
