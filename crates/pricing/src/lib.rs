//! What things cost, and what was charged.
//!
//! A price list has a version and a first day; a published one never changes, so an old order keeps its prices (P54). A line may
//! name a lower price for agreement and VIP customers; the public page shows the standard one (P70). A
//! charge names its source (a price line in force, or a signed quote: P26), its payer as coverage decided it (P55) and, when
//! the company pays, the list price waived (P12). Training is never charged (P61). Money is integer fen (decision 14).
//!
//! - [`in_force`], [`create_price_list`] ([`NewPriceList`]).
//! - [`add_charge`], [`remove_charge`], [`override_payer`], [`follow_decision`], [`charges_of`]; the pure rule is [`totals`].

mod actions;
mod check;
mod errors;
mod http;
mod model;
mod rules;
mod schema;
mod store;

pub use actions::{
    add_charge, charges_of, charges_of_each, create_price_list, follow_decision, in_force, in_force_on,
    override_payer, remove_charge,
};
pub use check::{ChargeMismatch, verify_charges};
pub use coverage_rules::{ChargeKind, Payer};
pub use errors::PricingError;
pub use http::routes;
pub use model::{
    Amounts, ChargeFor, ChargeId, ChargeInput, ChargePrice, ChargeSource, ChargeView, ChargesView,
    CustomerLevels, DecidedPayer, NewPriceLine, NewPriceList, OverridePayer, PriceLevel, PriceLineId,
    PriceLineView, PriceListId, PriceListSummary, PriceListView, QuoteLine, Totals,
};
pub use rules::{line_amounts, price_at, totals};
