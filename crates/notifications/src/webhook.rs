//! A signed request leaves, after Standard Webhooks: 15 seconds, no redirect followed, only to the address that was judged.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
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

/// What of an answer is read at most, in bytes: a number and a name.
const ANSWER: usize = 4096;

/// Sends a payload to a webhook; `id` is the same on every attempt, `now` the time of this one.
pub(crate) async fn send(
    settings: &Settings,
    webhook: &Webhook,
    id: &str,
    now: Ts,
    payload: String,
) -> Outcome {
    match post(settings, webhook, id, now, payload, None).await {
        Ok((status, _)) => answered(status),
        Err(outcome) => outcome,
    }
}

/// The same where the answer says something: its body, if it was taken.
pub(crate) async fn ask(
    settings: &Settings,
    webhook: &Webhook,
    id: &str,
    now: Ts,
    payload: String,
) -> Result<Bytes, Outcome> {
    let (status, body) = post(settings, webhook, id, now, payload, Some(ANSWER)).await?;
    match answered(status) {
        Outcome::Delivered => Ok(body),
        outcome => Err(outcome),
    }
}

async fn post(
    settings: &Settings,
    webhook: &Webhook,
    id: &str,
    now: Ts,
    payload: String,
    read: Option<usize>,
) -> Result<(u16, Bytes), Outcome> {
    let invalid = |why: String| Outcome::Never(Why::new(DeliveryFailure::WebhookInvalid, why));
    let target =
        target(&webhook.url, settings.allow_private).map_err(|refused| invalid(refused.to_string()))?;
    let timestamp = now.micros() / Ts::SECOND;
    let signature = sign(&webhook.secret, id, timestamp, payload.as_bytes())
        .ok_or_else(|| invalid("whsec_".to_owned()))?;
    let request = http::Request::post(target.path.as_str())
        .header(http::header::HOST, target.authority.as_str())
        .header(http::header::CONTENT_TYPE, "application/json")
        .header(http::header::USER_AGENT, "Aftercare")
        .header("webhook-id", id)
        .header("webhook-timestamp", timestamp)
        .header("webhook-signature", signature)
        .body(Full::new(Bytes::from(payload)))
        .map_err(|error| invalid(error.to_string()))?;
    tokio::time::timeout(PATIENCE, exchange(settings, &target, request, read))
        .await
        .map_err(|_| Outcome::Later(silent(&target.host, PATIENCE)))?
}

async fn exchange(
    settings: &Settings,
    target: &Target,
    request: http::Request<Full<Bytes>>,
    read: Option<usize>,
) -> Result<(u16, Bytes), Outcome> {
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
    let told = async {
        let answer = sender.send_request(request).await.map_err(|e| later(unreached, &e))?;
        let status = answer.status().as_u16();
        // Otherwise the body of the answer says nothing we need.
        let Some(most) = read else { return Ok((status, Bytes::new())) };
        let body = Limited::new(answer.into_body(), most).collect().await;
        Ok((status, body.map_err(|e| later(DeliveryFailure::Refused, &e))?.to_bytes()))
    }
    .await;
    driven.abort();
    told
}
