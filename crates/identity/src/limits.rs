//! How often somebody may ask: a bucket of tokens per key, in memory.
//!
//! It stands before everything costly, so that guessing from one address doesn't reach the hash or the database. What must
//! survive a restart or hold on every node (locks after failures) stands in the database. For sign-in and public forms.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use kit::{Failure, Ts};

use crate::errors::IdentityError;

/// How many at once, and how many again per second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Requests at once.
    pub burst: u32,
    /// Requests per second in the long run.
    pub per_second: f64,
}

/// Where a request comes from, behind trusted proxies too: whom limits of public pages count.
#[must_use]
pub fn address_of(parts: &http::request::Parts, app: &kit::App) -> IpAddr {
    let peer = parts
        .extensions
        .get::<axum::extract::ConnectInfo<std::net::SocketAddr>>()
        .map_or(IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
    crate::rules::address(peer, &parts.headers, &app.web.trusted_proxies)
}

/// Keys kept at most; beyond that full buckets are forgotten, which changes no answer.
const MAX_KEYS: usize = 50_000;

/// Buckets by key; cheap to clone.
#[derive(Clone, Debug)]
pub struct Limiter {
    rate: Rate,
    buckets: Arc<Mutex<HashMap<(IpAddr, String), Bucket>>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    at: Ts,
}

impl Limiter {
    /// A limiter with no key seen yet.
    #[must_use]
    pub fn new(rate: Rate) -> Self {
        Self { rate, buckets: Arc::default() }
    }

    /// Takes one request of `address` for `account` (empty where only the address counts).
    ///
    /// # Errors
    /// `too_many_requests` with the seconds until the next may pass.
    pub fn take(&self, address: IpAddr, account: &str, now: Ts) -> Result<(), Failure> {
        let burst = f64::from(self.rate.burst);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MAX_KEYS {
            let rate = self.rate;
            buckets.retain(|_, bucket| refilled(*bucket, rate, now) < burst);
        }
        let key = (network(address), account.to_owned());
        let bucket = buckets.entry(key).or_insert(Bucket { tokens: burst, at: now });
        bucket.tokens = refilled(*bucket, self.rate, now);
        bucket.at = now;
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Ok(());
        }
        let mut refusal = IdentityError::TooManyRequests.refusal();
        refusal.retry_after_s = Some(seconds_until(1.0 - bucket.tokens, self.rate));
        Err(refusal.into())
    }
}

#[allow(clippy::cast_precision_loss)] // differences of seconds are far below 2^52 µs
fn refilled(bucket: Bucket, rate: Rate, now: Ts) -> f64 {
    // A clock that was set back gives nothing and takes nothing.
    let elapsed_s = (now.0 - bucket.at.0).max(0) as f64 / Ts::SECOND as f64;
    (bucket.tokens + elapsed_s * rate.per_second).min(f64::from(rate.burst))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped to an hour
fn seconds_until(missing: f64, rate: Rate) -> u64 {
    (missing / rate.per_second).ceil().clamp(1.0, 3600.0) as u64
}

/// The part of an address that one subscriber holds: all of IPv4, the first 64 bits of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6((u128::from(v6) & !u128::from(u64::MAX)).into()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { burst: 3, per_second: 0.5 };

    #[test]
    fn a_burst_passes_then_one_every_two_seconds() {
        let limiter = Limiter::new(RATE);
        let here: IpAddr = "192.0.2.7".parse().unwrap();
        let at = |s: i64| Ts(s * Ts::SECOND);
        assert!((0..3).all(|_| limiter.take(here, "", at(0)).is_ok()));
        let Err(Failure::Refused(refusal)) = limiter.take(here, "", at(0)) else { panic!("refused") };
        assert_eq!((refusal.code, refusal.retry_after_s), ("too_many_requests", Some(2)));
        assert!(limiter.take(here, "", at(1)).is_err());
        assert!(limiter.take(here, "", at(3)).is_ok());
        assert!(limiter.take(here, "", at(-100)).is_err(), "a clock set back gives nothing");
        assert!(limiter.take(here, "other", at(3)).is_ok(), "another account has its own bucket");
        assert!(limiter.take("192.0.2.8".parse().unwrap(), "", at(3)).is_ok());
    }

    #[test]
    fn one_subscribers_ipv6_addresses_share_a_bucket() {
        assert_eq!(
            network("2001:db8:1:2:3:4:5:6".parse().unwrap()),
            network("2001:db8:1:2:ffff::1".parse().unwrap())
        );
        assert_ne!(network("2001:db8:1:2::1".parse().unwrap()), network("2001:db8:1:3::1".parse().unwrap()));
        assert_eq!(network("::ffff:192.0.2.7".parse().unwrap()), "192.0.2.7".parse::<IpAddr>().unwrap());
    }
}
