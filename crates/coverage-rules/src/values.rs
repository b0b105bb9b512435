//! The named facts inside a sentence.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The facts in a reason's sentence by name; a map in JSON. A list sorted by name inside: a verdict makes
/// many of them, none holds more than a handful, and a store may hand keys back in another order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ReasonValues(Vec<(Cow<'static, str>, String)>);

impl ReasonValues {
    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value.as_str()))
    }

    pub(crate) fn insert(&mut self, name: &'static str, value: String) {
        let at = self.0.partition_point(|(known, _)| known.as_ref() < name);
        self.0.insert(at, (Cow::Borrowed(name), value));
    }
}

impl Serialize for ReasonValues {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for ReasonValues {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = ReasonValues;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the values of a reason by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ReasonValues, A::Error> {
        let mut values = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, String>()? {
            values.push((Cow::Owned(name), value));
        }
        values.sort();
        Ok(ReasonValues(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_equal_in_whatever_order_they_come_back() {
        let mut values = ReasonValues::default();
        values.insert("start", "2025-03-01".to_owned());
        values.insert("end", "2026-03-02".to_owned());
        let shuffled = r#"{"start":"2025-03-01","end":"2026-03-02"}"#;
        assert_eq!(serde_json::from_str::<ReasonValues>(shuffled).unwrap(), values);
        let written = r#"{"end":"2026-03-02","start":"2025-03-01"}"#;
        assert_eq!(serde_json::to_string(&values).unwrap(), written);
        assert_eq!(values.get("end"), Some("2026-03-02"));
        assert_eq!(values.get("over"), None);
    }
}
