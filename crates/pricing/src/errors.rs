//! What pricing refuses.

kit::errors! {
    /// Why something about prices or charges can't be done.
    pub enum PricingError {
        /// No price list is in force on that day.
        NoListInForce { on: String } => 404 "price_list_none_in_force",
        /// There is no such version.
        ListUnknown => 404 "price_list_unknown",
        /// The list has faults; each names its field.
        ListInvalid => 422 "price_list_invalid",
        /// The list would begin before today or before the newest one.
        ListBackdated { earliest: String } => 422 "price_list_backdated" at "/valid_from",
        /// A charge without a source (P26).
        WithoutSource => 422 "charge_without_source" at "/price_line_id",
        /// The price line is not of the list in force (P26, P54).
        LineNotInForce { on: String } => 422 "charge_price_not_in_force" at "/price_line_id",
        /// Training is free of charge (P61).
        TrainingIsFree => 422 "charge_training_is_free" at "/kind",
        /// The kind is not that of the price line.
        KindDiffers { kind: String } => 422 "charge_kind_differs" at "/kind",
        /// The quantity is not between 0.001 and 1,000,000.
        Quantity => 422 "charge_quantity" at "/quantity_milli",
        /// The amount is too large.
        AmountTooLarge => 422 "charge_amount_too_large" at "/quantity_milli",
        /// All lines of an order are in one currency.
        CurrencyDiffers { currency: String } => 422 "charge_currency_differs" at "/price_line_id",
        /// Coverage has not decided who pays.
        PayerUndecided { kind: String } => 409 "charge_payer_undecided",
        /// There is no such charge on this order.
        ChargeUnknown => 404 "charge_unknown",
        /// Another payer needs a reason (P55).
        ReasonMissing => 422 "charge_reason_missing" at "/reason",
        /// The part's serial number is longer than 80 characters.
        SerialTooLong => 422 "charge_serial_too_long" at "/part_serial",
    }
}
