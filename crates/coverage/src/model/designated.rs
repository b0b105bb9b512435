//! The list of designated persons and firms (P33).

use jiff::civil::Date;
use kit::Ts;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

kit::id_type!(
    /// Id of an entry of the list of designated persons and firms.
    DesignatedId
);

kit::names! {
    /// Whether a person or a firm is designated.
    DesignatedKind {
        /// A person.
        Person = "person",
        /// A firm.
        Firm = "firm",
    }
}

/// A person or firm designated to guide, install or repair in the company's name, for some days.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DesignatedInput {
    /// A person or a firm.
    pub kind: DesignatedKind,
    /// The name as on the contract, 1 to 120 characters.
    #[schema(min_length = 1, max_length = 120, pattern = r"\S")]
    pub name: String,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub valid_from: Date,
    /// Last day; left out until further notice.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_to: Option<Date>,
    /// Contract number, scope; at most 200 characters.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub remark: String,
}

/// An entry of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DesignatedView {
    /// Its id.
    pub id: DesignatedId,
    /// A person or a firm.
    pub kind: DesignatedKind,
    /// The name.
    pub name: String,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub valid_from: Date,
    /// Last day; absent until further notice.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_to: Option<Date>,
    /// Contract number, scope.
    pub remark: String,
    /// Last change.
    pub changed_at: Ts,
    /// Version, for `If-Match`.
    pub version: i64,
}

/// Somebody else worked on the asset, as the customer or an engineer says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutsideWorkAnswer {
    /// The person or firm, by name.
    pub name: String,
    /// The day of the work.
    #[schema(value_type = String, format = Date)]
    pub done_on: Date,
}

/// Work by somebody else as the decision weighed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OutsideWorkView {
    /// The person or firm.
    pub name: String,
    /// The day of the work.
    #[schema(value_type = String, format = Date)]
    pub done_on: Date,
    /// Whether they were on the list that day.
    pub designated: bool,
}
