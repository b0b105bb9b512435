//! Somebody without an account at the door: from where, with what, how often.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::Extension;
use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderMap, header};
use identity::Guest;
use identity::limits::{Limiter, Rate};
use kit::{App, Failure, Lang, Ts};

use crate::sms::SmsGateway;

/// From one address: a family or an office behind one, then one a second.
const FROM_ADDRESS: Rate = Rate { burst: 90, per_second: 1.0 };
/// On one label or link, wherever from.
const ON_DOOR: Rate = Rate { burst: 120, per_second: 2.0 };

/// The header that opens a case: a link's token stands in no address.
pub(crate) const LINK_HEADER: &str = "x-link";

/// What stands around the public pages: who brings messages out, and how often somebody may ask. Layer it as an `Extension`.
#[derive(Clone)]
pub struct Doors {
    pub(crate) gateway: Arc<dyn SmsGateway>,
    from_address: Limiter,
    on_door: Limiter,
}

impl Doors {
    /// Doors that nobody has knocked at.
    #[must_use]
    pub fn new(gateway: Arc<dyn SmsGateway>) -> Self {
        Self { gateway, from_address: Limiter::new(FROM_ADDRESS), on_door: Limiter::new(ON_DOOR) }
    }

    /// Takes one request at a door, whoever knocks.
    pub(crate) fn take(&self, door: &str, now: Ts) -> Result<(), Failure> {
        self.on_door.take(IpAddr::V4(Ipv4Addr::UNSPECIFIED), door, now)
    }
}

/// Whoever asks, one of the limited number from their address.
#[derive(Clone)]
pub struct Visitor {
    pub(crate) address: String,
    pub(crate) lang: Lang,
    /// The secret of a verified browser.
    pub(crate) caller: Option<String>,
    /// The token of a link.
    pub(crate) link: String,
    pub(crate) doors: Doors,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Extension(doors) = Extension::<Doors>::from_request_parts(parts, app)
            .await
            .map_err(|e| Failure::Internal(anyhow::anyhow!("no doors are layered: {e}")))?;
        let Guest(address) = Guest::from_request_parts(parts, app).await?;
        doors.from_address.take(address, "", app.clock.now())?;
        let link = parts.headers.get(LINK_HEADER).and_then(|h| h.to_str().ok()).unwrap_or_default();
        Ok(Self {
            address: address.to_string(),
            lang: kit::http::lang_of(&parts.headers),
            caller: cookie_of(&parts.headers, app.web.secure_cookies),
            link: link.to_owned(),
            doors,
        })
    }
}

fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-aftercare_caller" } else { "aftercare_caller" }
}

/// The secret of a verified browser, if it sends one.
pub(crate) fn cookie_of(headers: &HeaderMap, secure: bool) -> Option<String> {
    let name = cookie_name(secure);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// The cookie of a verified browser, for thirty days.
pub(crate) fn cookie(secure: bool, token: &str) -> String {
    let (name, tls) = (cookie_name(secure), if secure { "; Secure" } else { "" });
    let seconds = crate::rules::CALLER_LIVES_US / Ts::SECOND;
    format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{tls}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browsers_cookie_is_found_among_others_and_made_for_scripts_to_miss() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=b; aftercare_caller=xyz; c=d".parse().unwrap());
        assert_eq!(cookie_of(&headers, false).as_deref(), Some("xyz"));
        assert_eq!(cookie_of(&headers, true), None);
        let made = cookie(true, "t");
        for part in ["__Host-aftercare_caller=t", "Path=/;", "HttpOnly", "SameSite=Lax", "Secure", "2592000"]
        {
            assert!(made.contains(part), "{made}");
        }
    }
}
