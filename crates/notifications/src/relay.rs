//! Numbers between engineers and customers: the company's provider behind an [`crate::adapter`], and a simulator for demos (P68).
//!
//! `relay.bind` tells the adapter the customer's number and who goes (the engineer's company phone stands with the adapter, not here); it
//! answers `{"number", "extension", "reference"}`. `relay.end` names the reference.

use std::sync::Arc;

use futures::future::BoxFuture;
use kit::jobs::{Job, Worker};
use kit::{App, Cx, Failure, Tx};
use portal::{GatewayFault, GatewayStanding, RelayEnd, RelayGateway, RelayGiven, RelayWanted};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::adapter::{self, Adapter, AdapterInput, standing_name};

const ADAPTER: Adapter = Adapter { setting: "relay", changed: "relay_settings.changed" };
/// Characters of a number, extension or reference at most.
const LONGEST: usize = 100;

/// Where numbers between engineers and customers come from, as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RelayView {
    /// `off` (calls go through the service hotline), `simulated` (a demo) or `on`.
    pub standing: String,
    /// The company's adapter to its provider; none: calls go through the service hotline.
    pub url: Option<String>,
    /// The key that signs requests; shown once, when it is made.
    pub secret: Option<String>,
}

/// Where numbers between engineers and customers are to come from.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RelayInput {
    /// `https://…`; none turns them off.
    pub url: Option<String>,
    /// Make another key; one is made with the first address anyhow.
    #[serde(default)]
    pub new_key: bool,
}

/// The way to the company's provider of masked numbers by the settings, or the simulator.
#[must_use]
pub fn relay_gateway() -> Arc<dyn RelayGateway> {
    Arc::new(BySettings)
}

struct BySettings;

impl RelayGateway for BySettings {
    fn standing<'t>(&'t self, tx: &'t mut Tx) -> BoxFuture<'t, Result<GatewayStanding, Failure>> {
        Box::pin(ADAPTER.standing(tx))
    }

    fn bind<'a>(
        &'a self,
        app: &'a App,
        wanted: RelayWanted,
    ) -> BoxFuture<'a, Result<Result<RelayGiven, GatewayFault>, Failure>> {
        Box::pin(bind(app, wanted))
    }
}

async fn bind(app: &App, wanted: RelayWanted) -> Result<Result<RelayGiven, GatewayFault>, Failure> {
    let Some(settings) = ADAPTER.settings(&mut app.db.reader().await?).await? else {
        return Ok(Err(GatewayFault::Never("no provider of numbers is set up".to_owned())));
    };
    let now = app.clock.now();
    let payload = json!({
        "type": "relay.bind",
        "timestamp": now,
        "data": {
            "visit": wanted.visit_number,
            "engineer": { "id": wanted.engineer_id, "badge_number": wanted.badge_number },
            "to": wanted.to, "to_extension": wanted.to_extension, "until": wanted.until,
        }
    });
    let id = format!("relay_{}", wanted.id);
    Ok(adapter::ask(app, settings, &id, now, payload).await?.and_then(|answer| given(&answer)))
}

// An answer that names no number helps nobody; one that is too long is none.
fn given(answer: &[u8]) -> Result<RelayGiven, GatewayFault> {
    let short = |text: &str| !text.trim().is_empty() && text.chars().count() <= LONGEST;
    let dialled =
        |text: &str| short(text) && text.chars().all(|c| c.is_ascii_digit() || "+-*#, ".contains(c));
    serde_json::from_slice::<RelayGiven>(answer)
        .ok()
        .filter(|g| dialled(&g.number) && short(&g.reference) && g.extension.as_deref().is_none_or(dialled))
        .ok_or_else(|| GatewayFault::Never("the answer names no number and reference".to_owned()))
}

/// The settings as shown: no key.
pub(crate) async fn shown(tx: &mut Tx) -> Result<RelayView, Failure> {
    let standing = standing_name(ADAPTER.standing(tx).await?).to_owned();
    Ok(RelayView { standing, url: ADAPTER.settings(tx).await?.map(|s| s.url), secret: None })
}

/// Changes where numbers come from; the key from `random` is in the answer if it is a new one.
///
/// # Errors
/// `webhook_url_invalid`, `webhook_url_not_https`, `webhook_url_private`.
pub(crate) async fn change(
    tx: &mut Tx,
    cx: &Cx,
    input: RelayInput,
    random: &[u8],
) -> Result<(RelayView, bool), Failure> {
    let input = AdapterInput { url: input.url, signature: String::new(), new_key: input.new_key };
    let new_key = ADAPTER.change(tx, cx, input, random).await?;
    Ok((shown(tx).await?, new_key))
}

/// Who tells the provider that a number ends.
pub(crate) fn courier() -> Worker {
    Worker { kind: portal::RELAY_END_JOB, work: |app, job| Box::pin(end(app, job)) }
}

async fn end(app: App, job: Job) -> Result<(), Failure> {
    let RelayEnd { reference } = job.data()?;
    let settings = ADAPTER.settings(&mut app.db.reader().await?).await?;
    // Whoever turned the provider off ended its numbers there.
    if let Some(settings) = settings {
        let now = app.clock.now();
        let payload = json!({ "type": "relay.end", "timestamp": now, "data": { "reference": reference } });
        let id = format!("relay_end_{}_{}", job.id, job.due_at.micros());
        match adapter::tell(&app, settings, &id, now, payload).await? {
            Ok(()) => {}
            Err(GatewayFault::Later(why)) => return Err(Failure::Unavailable(why)),
            Err(GatewayFault::Never(why)) => tracing::warn!(why, "a number was not ended at its provider"),
        }
    }
    job.run_inside(&app, |_, _, _| Box::pin(async { Ok(()) })).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p68_an_answer_without_a_number_or_a_name_is_none() {
        let taken = given(br#"{"number":"+8617012345678","reference":"b-1","more":1}"#).unwrap();
        assert_eq!((taken.number.as_str(), taken.extension), ("+8617012345678", None));
        assert!(given(br#"{"number":"95013","extension":"1234","reference":"b-1"}"#).is_ok());
        for bad in [
            &b""[..],
            b"{}",
            br#"{"number":"","reference":"b"}"#,
            br#"{"number":"javascript:x","reference":"b"}"#,
            br#"{"number":"95013","reference":" "}"#,
            br#"{"number":"95013","extension":"x","reference":"b"}"#,
        ] {
            assert!(given(bad).is_err(), "{}", String::from_utf8_lossy(bad));
        }
    }
}
