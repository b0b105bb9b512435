//! Price lists, charges and their sums.

use coverage_rules::{ChargeKind, Payer};
use jiff::civil::Date;
use kit::{Both, Ts};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::schema;

kit::id_type!(
    /// Id of a version of the price list.
    PriceListId
);
kit::id_type!(
    /// Id of a price.
    PriceLineId
);
kit::id_type!(
    /// Id of a charge.
    ChargeId
);

/// What a customer is entitled to beyond the standard price (P54), as whoever charges knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct CustomerLevels {
    /// A service agreement of the customer is in force.
    pub agreement: bool,
    /// The customer is a VIP.
    pub vip: bool,
}

/// Which of a line's prices was charged (P54).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PriceLevel {
    /// Everybody's.
    #[default]
    Standard,
    /// That of customers with a service agreement in force.
    Agreement,
    /// That of VIP customers.
    Vip,
}

/// A new version of the price list.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPriceList {
    /// Its name.
    pub name: Both,
    /// First day in force.
    #[schema(value_type = String, format = Date)]
    pub valid_from: Date,
    /// Last day in force; left out until the next version begins.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_to: Option<Date>,
    /// `CNY`.
    #[schema(pattern = "^CNY$")]
    pub currency: String,
    /// Why it was made.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub reason: String,
    /// Its prices.
    pub lines: Vec<NewPriceLine>,
}

/// A price in a new list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPriceLine {
    /// Its code, unique in the list.
    #[schema(min_length = 1, max_length = 40, pattern = r"\S")]
    pub code: String,
    /// What it charges for.
    #[schema(value_type = schema::ChargeKind)]
    pub kind: ChargeKind,
    /// What it is.
    pub description: Both,
    /// The unit it is counted in.
    pub unit: Both,
    /// Fen per unit: the standard price, which the public page shows.
    #[schema(minimum = 0)]
    pub price_minor: i64,
    /// Fen per unit for customers with a service agreement in force; left out for the standard price.
    #[serde(default)]
    pub agreement_price_minor: Option<i64>,
    /// Fen per unit for VIP customers; left out for the standard price.
    #[serde(default)]
    pub vip_price_minor: Option<i64>,
    /// Tax in parts per million: 13 % is 130000.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub tax_ppm: i64,
    /// Whether the price includes the tax.
    pub tax_included: bool,
    /// The kind of product it is for (a skill code); left out for every kind.
    pub product_kind: Option<String>,
}

/// A price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PriceLineView {
    /// Its id: the source that a charge names.
    pub id: PriceLineId,
    /// Its code.
    pub code: String,
    /// What it charges for.
    #[schema(value_type = schema::ChargeKind)]
    pub kind: ChargeKind,
    /// What it is.
    pub description: Both,
    /// The unit it is counted in.
    pub unit: Both,
    /// Fen per unit: the standard price.
    pub price_minor: i64,
    /// Fen per unit for customers with a service agreement in force; never on the public page.
    pub agreement_price_minor: Option<i64>,
    /// Fen per unit for VIP customers; never on the public page.
    pub vip_price_minor: Option<i64>,
    /// Currency.
    pub currency: String,
    /// Tax in parts per million.
    pub tax_ppm: i64,
    /// Whether the price includes the tax.
    pub tax_included: bool,
    /// The kind of product it is for; absent for every kind.
    pub product_kind: Option<String>,
}

/// A version of the price list with its prices: what the public page shows (P70).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PriceListView {
    /// Its id.
    pub id: PriceListId,
    /// Its version, from 1.
    pub version: i64,
    /// Its name.
    pub name: Both,
    /// First day in force.
    #[schema(value_type = String, format = Date)]
    pub valid_from: Date,
    /// Last day in force, if fixed.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_to: Option<Date>,
    /// Currency.
    pub currency: String,
    /// Its prices, in their order.
    pub lines: Vec<PriceLineView>,
}

/// A version of the price list in a list of versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PriceListSummary {
    /// Its id.
    pub id: PriceListId,
    /// Its version.
    pub version: i64,
    /// Its name.
    pub name: Both,
    /// First day in force.
    #[schema(value_type = String, format = Date)]
    pub valid_from: Date,
    /// Last day in force, if fixed.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_to: Option<Date>,
    /// How many prices.
    pub line_count: i64,
    /// Why it was made.
    pub reason: String,
    /// When.
    pub made_at: Ts,
}

/// What a charge stands on: the case and work order, with the units for its event.
#[derive(Clone, Debug)]
pub struct ChargeFor {
    /// The case.
    pub case_id: String,
    /// The work order.
    pub work_order_id: String,
    /// The unit that owns it.
    pub unit_id: String,
    /// The customer.
    pub customer_id: String,
    /// Which prices the customer is entitled to; only a new charge asks.
    pub levels: CustomerLevels,
}

/// A charge as a phone or desk sends it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChargeInput {
    /// What it charges for; checked against the price line if given.
    #[schema(value_type = Option<schema::ChargeKind>)]
    pub kind: Option<ChargeKind>,
    /// The price in force that it stands on (P26).
    pub price_line_id: Option<PriceLineId>,
    /// Quantity in thousandths: 1.5 h is 1500.
    #[schema(minimum = 1, maximum = 1_000_000_000)]
    pub quantity_milli: i64,
    /// The serial number of the part, for part warranties.
    pub part_serial: Option<String>,
}

/// The payer as coverage decided it, for this kind of charge and part (P55). `None`: not decided yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecidedPayer {
    /// Who pays.
    pub payer: Option<Payer>,
    /// The decision it comes from.
    pub decision_id: Option<String>,
}

/// Where a price comes from (P26).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChargeSource {
    /// A line of the price list in force.
    PriceLine(PriceLineId),
    /// A line of a quote that the customer signed; whoever calls has checked the signature.
    Quote(QuoteLine),
}

/// A line of a signed quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteLine {
    /// The quote.
    pub quote_id: String,
    /// The price it names.
    pub price: ChargePrice,
}

/// A price with its words, as it is copied into a charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargePrice {
    /// What it charges for.
    pub kind: ChargeKind,
    /// What it is.
    pub description: Both,
    /// The unit.
    pub unit: Both,
    /// Fen per unit.
    pub price_minor: i64,
    /// Which of the line's prices that is.
    pub level: PriceLevel,
    /// Currency.
    pub currency: String,
    /// Tax in parts per million.
    pub tax_ppm: i64,
    /// Whether the price includes the tax.
    pub tax_included: bool,
}

/// A payer chosen against the decision (P55).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OverridePayer {
    /// Who pays.
    #[schema(value_type = schema::Payer)]
    pub payer: Payer,
    /// Why.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub reason: String,
}

/// Net, tax and gross of a line or a sum, in fen: net + tax = gross.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Amounts {
    /// Without tax.
    pub net_minor: i64,
    /// Tax.
    pub tax_minor: i64,
    /// With tax.
    pub gross_minor: i64,
}

/// A line of a service order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChargeView {
    /// Its id.
    pub id: ChargeId,
    /// The case.
    pub case_id: String,
    /// The work order.
    pub work_order_id: String,
    /// Its place on the order, from 1.
    pub ordinal: i64,
    /// What it charges for.
    #[schema(value_type = schema::ChargeKind)]
    pub kind: ChargeKind,
    /// What it is.
    pub description: Both,
    /// The unit.
    pub unit: Both,
    /// The part.
    pub part_serial: Option<String>,
    /// Quantity in thousandths.
    pub quantity_milli: i64,
    /// Fen per unit.
    pub price_minor: i64,
    /// Currency.
    pub currency: String,
    /// Tax in parts per million.
    pub tax_ppm: i64,
    /// Whether the price includes the tax.
    pub tax_included: bool,
    /// Which of that line's prices it is (P54).
    pub price_level: PriceLevel,
    /// The price line it stands on.
    pub price_line_id: Option<PriceLineId>,
    /// The version of that price list.
    pub price_list_version: Option<i64>,
    /// The quote it stands on.
    pub quote_id: Option<String>,
    /// The coverage decision the payer comes from.
    pub coverage_decision_id: Option<String>,
    /// Who pays.
    #[schema(value_type = schema::Payer)]
    pub payer: Payer,
    /// Who would pay by the coverage decision.
    #[schema(value_type = schema::Payer)]
    pub decided_payer: Payer,
    /// Why another payer was chosen.
    pub override_reason: Option<String>,
    /// The line's list price: net, tax, gross.
    pub amounts: Amounts,
    /// What the customer owes.
    pub total_minor: i64,
    /// List price that the company bears (P12).
    pub waived_minor: i64,
    /// When it was added.
    pub added_at: Ts,
    /// Its version.
    pub version: i64,
}

/// The sums of an order, per payer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Totals {
    /// What the customer pays.
    pub customer: Amounts,
    /// List price that the company bears.
    pub company: Amounts,
    /// What the customer owes: the customer's gross.
    pub total_minor: i64,
    /// The company's gross: shown as waived (P12).
    pub waived_minor: i64,
    /// Currency; absent without lines.
    pub currency: Option<String>,
}

/// The charges of a work order and their sums.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChargesView {
    /// The lines, in their order.
    pub items: Vec<ChargeView>,
    /// The sums.
    pub totals: Totals,
}
