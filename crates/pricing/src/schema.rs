//! The engine's closed lists as OpenAPI schemas: the engine itself knows no HTTP.

use kit::utoipa::openapi::schema::Type;
use kit::utoipa::openapi::{ObjectBuilder, RefOr, schema::Schema};
use kit::utoipa::{PartialSchema, ToSchema};

macro_rules! lists {
    ($( $(#[$doc:meta])* $name:ident { $($text:literal)+ } )+) => {$(
        $(#[$doc])*
        pub struct $name;

        impl $name {
            /// The names as sent.
            pub const NAMES: &'static [&'static str] = &[$($text),+];
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(Self::NAMES.iter().copied())).into()
            }
        }

        impl ToSchema for $name {}
    )+};
}

lists! {
    /// What a line charges for.
    ChargeKind { "labour" "parts" "travel" "postage" "packing" "training" "patch" "upgrade" }
    /// Who pays.
    Payer { "customer" "company" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_the_engines_own() {
        let sent = |one: &coverage_rules::ChargeKind| serde_json::to_value(one).unwrap();
        let kinds: Vec<_> = coverage_rules::ChargeKind::ALL.iter().map(sent).collect();
        assert_eq!(kinds, ChargeKind::NAMES);
        for name in Payer::NAMES {
            serde_json::from_value::<coverage_rules::Payer>((*name).into()).unwrap();
        }
    }
}
