//! Ids (UUID version 7) from one source that a test can seed.

use std::sync::{Arc, Mutex};

use uuid::Uuid;

use crate::clock::Ts;

/// Where new ids and random bytes come from: the operating system, or a seed.
#[derive(Clone, Debug)]
pub struct Ids(Arc<Source>);

#[derive(Debug)]
enum Source {
    System(Mutex<(i64, u16)>),
    Seeded(Mutex<(u64, i64, u16)>),
}

impl Ids {
    /// Randomness of the operating system.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(Source::System(Mutex::new((0, 0)))))
    }

    /// The same ids in the same order for the same seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Source::Seeded(Mutex::new((seed, 0, 0)))))
    }

    /// Fills `buffer` with random bytes.
    ///
    /// # Panics
    /// If the operating system has no randomness: nothing safe can be done then.
    pub fn fill(&self, buffer: &mut [u8]) {
        match &*self.0 {
            Source::System(_) => {
                #[allow(clippy::expect_used)] // no id or token may be made without randomness
                getrandom::fill(buffer).expect("the operating system has no randomness");
            }
            Source::Seeded(state) => {
                let mut state = lock(state);
                for chunk in buffer.chunks_mut(8) {
                    let word = splitmix(&mut state.0).to_le_bytes();
                    chunk.copy_from_slice(&word[..chunk.len()]);
                }
            }
        }
    }

    /// A new UUID version 7: sorts by time, and within one millisecond by order of making.
    #[must_use]
    pub fn next(&self, now: Ts) -> Uuid {
        let mut random = [0_u8; 10];
        self.fill(&mut random);
        let millis = now.micros().max(0) / 1000;
        let counter = match &*self.0 {
            Source::System(state) => {
                let mut state = lock(state);
                let (last, counter) = &mut *state;
                tick(last, counter, millis)
            }
            Source::Seeded(state) => {
                let mut state = lock(state);
                let (_, last, counter) = &mut *state;
                tick(last, counter, millis)
            }
        };
        let [high, low] = counter.to_be_bytes();
        random[0] = high;
        random[1] = low;
        uuid::Builder::from_unix_timestamp_millis(millis.unsigned_abs(), &random).into_uuid()
    }

    /// A secret of 256 bits, as 64 hexadecimal digits.
    #[must_use]
    pub fn secret(&self) -> String {
        let mut bytes = [0_u8; 32];
        self.fill(&mut bytes);
        hex::encode(bytes)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

// Twelve bits of the id count within a millisecond, so that ids made together keep their order.
fn tick(last: &mut i64, counter: &mut u16, millis: i64) -> u16 {
    if *last == millis {
        *counter = (*counter + 1) & 0x0fff;
    } else {
        *last = millis;
        *counter = 0;
    }
    *counter
}

fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Declares a distinct id type over a UUID: serde, `Display`, `FromStr`, storage and OpenAPI.
#[macro_export]
macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            $crate::serde::Serialize, $crate::serde::Deserialize,
        )]
        #[serde(transparent, crate = "kit::serde")]
        pub struct $name(pub $crate::uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
        impl From<$crate::uuid::Uuid> for $name {
            fn from(id: $crate::uuid::Uuid) -> Self {
                Self(id)
            }
        }
        impl From<$name> for $crate::db::Value {
            fn from(id: $name) -> Self {
                $crate::db::Value::Text(id.0.to_string())
            }
        }
        impl From<&$name> for $crate::db::Value {
            fn from(id: &$name) -> Self {
                $crate::db::Value::Text(id.0.to_string())
            }
        }
        impl $crate::db::FromValue for $name {
            fn from_value(cell: $crate::db::Cell<'_>) -> Option<Self> {
                match cell {
                    $crate::db::Cell::Text(text) => text.parse().ok(),
                    _ => None,
                }
            }
        }
        impl $crate::utoipa::PartialSchema for $name {
            fn schema() -> $crate::utoipa::openapi::RefOr<$crate::utoipa::openapi::schema::Schema> {
                $crate::ids::uuid_schema()
            }
        }
        impl $crate::utoipa::ToSchema for $name {}
    };
}

/// The OpenAPI schema of an id.
#[must_use]
pub fn uuid_schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
    utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::Uuid)))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeded_ids_repeat_and_rise() {
        let (a, b) = (Ids::seeded(7), Ids::seeded(7));
        let first: Vec<_> = (0..2000).map(|i| a.next(Ts(i))).collect();
        let second: Vec<_> = (0..2000).map(|i| b.next(Ts(i))).collect();
        assert_eq!(first, second);
        assert!(first.is_sorted());
        assert_eq!(first[0].get_version_num(), 7);
    }
}
