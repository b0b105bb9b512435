//! Enums that are stored and sent by a name of their own.

/// Declares an enum whose values have one name in the database, in JSON and in the texts.
///
/// The crate that uses it depends on `serde` and `utoipa`.
///
/// ```
/// kit::names! {
///     /// A colour.
///     Colour {
///         /// 红
///         Red = "red",
///     }
/// }
/// assert_eq!(("red".parse(), Colour::Red.to_string()), (Ok(Colour::Red), "red".to_owned()));
/// ```
#[macro_export]
macro_rules! names {
    ($(#[$edoc:meta])* $enum:ident { $( $(#[$doc:meta])* $variant:ident = $name:tt ),+ $(,)? }) => {
        // First, so that the enum's own attributes may be those of its derives.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
        )]
        $(#[$edoc])*
        pub enum $enum { $( $(#[$doc])* #[serde(rename = $name)] $variant ),+ }

        impl $enum {
            /// Every value, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$( Self::$variant ),+];

            /// The stored name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name ),+ }
            }
        }

        impl From<$enum> for $crate::Value {
            fn from(value: $enum) -> Self {
                Self::from(value.name())
            }
        }

        impl std::fmt::Display for $enum {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl std::str::FromStr for $enum {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $( $name => Ok(Self::$variant), )+ _ => Err(()) }
            }
        }
    };
}
