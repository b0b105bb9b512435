//! Instants and the one clock of a node.
//!
//! Nothing below this module asks the machine for the time: a day can be replayed in a test, and the
//! demo can start at any instant (`--clock`) and be advanced (decision 20).

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant in UTC with a resolution of one microsecond; stored as `BIGINT`, sent as RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ts(pub i64);

impl Ts {
    /// Microseconds in one second.
    pub const SECOND: i64 = 1_000_000;
    /// Microseconds in one minute.
    pub const MINUTE: i64 = 60 * Self::SECOND;
    /// Microseconds in one hour.
    pub const HOUR: i64 = 60 * Self::MINUTE;
    /// Microseconds in one day of 24 hours.
    pub const DAY: i64 = 24 * Self::HOUR;

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0
    }

    /// This instant moved by `micros` microseconds.
    #[must_use]
    pub fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// The same instant as a jiff timestamp; values outside jiff's range are clamped to it.
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
    }
}

impl From<Timestamp> for Ts {
    fn from(at: Timestamp) -> Self {
        Self(at.as_microsecond())
    }
}

impl From<Ts> for Timestamp {
    fn from(at: Ts) -> Self {
        at.timestamp()
    }
}

impl fmt::Display for Ts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}

impl FromStr for Ts {
    type Err = jiff::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<Timestamp>().map(Self::from)
    }
}

impl Serialize for Ts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl utoipa::PartialSchema for Ts {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::DateTime)))
            .description(Some("Instant in UTC, RFC 3339"))
            .into()
    }
}

impl utoipa::ToSchema for Ts {}

/// The clock of a node: real, shifted (demo) or standing still until moved (tests).
#[derive(Clone, Debug)]
pub struct Clock(Arc<Inner>);

#[derive(Debug)]
enum Inner {
    /// Machine time plus an offset in microseconds.
    Running(AtomicI64),
    /// Moves only when told.
    Standing(AtomicI64),
}

impl Clock {
    /// Machine time.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(Inner::Running(AtomicI64::new(0))))
    }

    /// Starts at `at` and runs on from there.
    #[must_use]
    pub fn starting_at(at: Ts) -> Self {
        Self(Arc::new(Inner::Running(AtomicI64::new(at.0 - machine_micros()))))
    }

    /// Stands at `at` until moved: for tests and replays.
    #[must_use]
    pub fn standing_at(at: Ts) -> Self {
        Self(Arc::new(Inner::Standing(AtomicI64::new(at.0))))
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Ts {
        match &*self.0 {
            Inner::Running(offset) => Ts(machine_micros() + offset.load(Ordering::Relaxed)),
            Inner::Standing(at) => Ts(at.load(Ordering::Relaxed)),
        }
    }

    /// Moves the clock forward (or back) by `micros` microseconds.
    pub fn advance(&self, micros: i64) {
        match &*self.0 {
            Inner::Running(value) | Inner::Standing(value) => {
                value.fetch_add(micros, Ordering::Relaxed);
            }
        }
    }

    /// Sets the present instant.
    pub fn set(&self, at: Ts) {
        match &*self.0 {
            Inner::Running(offset) => offset.store(at.0 - machine_micros(), Ordering::Relaxed),
            Inner::Standing(value) => value.store(at.0, Ordering::Relaxed),
        }
    }
}

// The one place where the machine is asked for the time.
#[allow(clippy::disallowed_methods)]
fn machine_micros() -> i64 {
    Timestamp::now().as_microsecond()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ts_is_sent_as_rfc_3339_and_comes_back() {
        let at: Ts = "2026-10-09T16:40:00+08:00".parse().unwrap();
        let text = serde_json::to_string(&at).unwrap();
        assert_eq!(text, "\"2026-10-09T08:40:00Z\"");
        assert_eq!(serde_json::from_str::<Ts>(&text).unwrap(), at);
    }

    #[test]
    fn a_standing_clock_moves_only_when_told() {
        let clock = Clock::standing_at(Ts(5));
        assert_eq!(clock.now(), Ts(5));
        clock.advance(7);
        assert_eq!(clock.now(), Ts(12));
    }
}
