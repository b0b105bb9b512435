//! Commands that take no input, and bodies that are not there.

use std::fmt;

use serde::de::value::Error;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// The input of a command that needs none: an empty object, or no body at all.
#[derive(Clone, Copy, Debug, Default, serde::Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)] // read by hand below; the description takes it from here
pub struct Nothing {}

impl<'de> Deserialize<'de> for Nothing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("Nothing", &[], EmptyObject)
    }
}

struct EmptyObject;

impl<'de> Visitor<'de> for EmptyObject {
    type Value = Nothing;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an empty object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Nothing, A::Error> {
        match map.next_key::<String>()? {
            None => Ok(Nothing {}),
            Some(name) => Err(serde::de::Error::unknown_field(&name, &[])),
        }
    }

    fn visit_none<E>(self) -> Result<Nothing, E> {
        Ok(Nothing {})
    }
}

/// A body that is not there. JSON's `null` is another thing: it is a unit, this is none.
pub(super) struct NoBody;

impl<'de> Deserializer<'de> for NoBody {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_none()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}
