//! What an export holds: a file per table, its columns by names that stay.

/// What a column holds, and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name, a number of a record, a code, a day (`2026-10-09`).
    Text,
    /// Words people wrote: numbers of telephones in them are masked unless revealed.
    Words,
    /// A whole number; amounts of money are minor units (1/100) of the `currency` beside them.
    Int,
    /// A decimal number.
    Real,
    /// `true` or `false`.
    Bool,
    /// An instant, RFC 3339 in UTC.
    Time,
    /// A structure, as JSON.
    Json,
    /// The number of a telephone: masked unless revealed.
    Phone,
    /// An address of mail: masked unless revealed.
    Mail,
}

impl Kind {
    /// The name in the manifest.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Words => "words",
            Self::Int => "integer",
            Self::Real => "decimal",
            Self::Bool => "boolean",
            Self::Time => "time",
            Self::Json => "json",
            Self::Phone => "phone",
            Self::Mail => "mail",
        }
    }
}

/// A column of a file.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the file and, unless `masked` says otherwise, in the database.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Where the masked form stands, and the whole one.
    pub masked: Option<(&'static str, &'static str)>,
}

/// How rows of a table belong to a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// They don't: the company's own.
    Nobody,
    /// They are the customer.
    Itself,
    /// By this column.
    Column(&'static str),
    /// By the row of another table that a column refers to: column, table, its key, its column of the customer.
    Through(&'static str, &'static str, &'static str, &'static str),
}

/// A file of an export.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name, and that of the file.
    pub name: &'static str,
    /// The table of the database.
    pub from: &'static str,
    /// The columns that make a row unique: the order of the file.
    pub key: &'static [&'static str],
    /// Whose rows they are.
    pub owner: Owner,
    /// The columns of the file.
    pub columns: &'static [Column],
}

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, masked: None }
}
const fn t(name: &'static str) -> Column {
    column(name, Kind::Text)
}
const fn words(name: &'static str) -> Column {
    column(name, Kind::Words)
}
const fn int(name: &'static str) -> Column {
    column(name, Kind::Int)
}
const fn real(name: &'static str) -> Column {
    column(name, Kind::Real)
}
const fn yes(name: &'static str) -> Column {
    column(name, Kind::Bool)
}
const fn at(name: &'static str) -> Column {
    column(name, Kind::Time)
}
const fn json(name: &'static str) -> Column {
    column(name, Kind::Json)
}
const fn phone(name: &'static str, masked: &'static str, whole: &'static str) -> Column {
    Column { name, kind: Kind::Phone, masked: Some((masked, whole)) }
}
const ID: &[&str] = &["id"];
const CASE: Owner = Owner::Through("case_id", "service_case", "id", "customer_id");
const ORDER: Owner = Owner::Through("work_order_id", "work_order", "id", "customer_id");
const VISIT: Owner = Owner::Through("visit_id", "visit", "id", "customer_id");
const ASSET: Owner = Owner::Through("asset_id", "asset", "id", "customer_id");
const CUSTOMER: Owner = Owner::Column("customer_id");

macro_rules! tables {
    ($( $name:literal $from:literal $key:expr, $owner:expr, [$($column:expr),+ $(,)?]; )+) => {
        /// Every file an export can have.
        pub const ALL: &[Table] = &[$(
            Table { name: $name, from: $from, key: $key, owner: $owner, columns: &[$($column),+] }
        ),+];
    };
}

tables! {
    "units" "org_unit" ID, Owner::Nobody,
        [t("id"), t("parent_id"), t("kind"), t("name_zh"), t("name_en"), t("zone"), yes("active")];
    "employees" "employee" ID, Owner::Nobody,
        [t("id"), t("unit_id"), t("role"), t("name"), t("badge_number"), t("badge_valid_until"), yes("active")];
    "customers" "customer" ID, Owner::Itself,
        [t("id"), t("number"), t("name"), t("vip_level"), words("billing_party"), t("unit_id"), at("created_at"), at("changed_at")];
    "contacts" "contact" ID, CUSTOMER,
        [t("id"), t("customer_id"), t("site_id"), t("name"), t("role"), phone("phone", "phone_masked", "phone_e164"),
         column("email", Kind::Mail), t("lang"), at("created_at"), at("changed_at")];
    "sites" "site" ID, CUSTOMER,
        [t("id"), t("customer_id"), t("name"), t("address"), t("division_code"), real("lon"), real("lat"), words("access_hours"),
         t("unit_id"), t("zone"), at("created_at"), at("changed_at")];
    "products" "product" ID, Owner::Nobody,
        [t("id"), t("model"), t("model_version"), t("name_zh"), t("name_en"), t("kind"), yes("active")];
    "assets" "asset" ID, CUSTOMER,
        [t("id"), t("serial"), t("label"), t("product_id"), t("site_id"), t("customer_id"), t("unit_id"), t("parent_asset_id"),
         yes("foreign_components"), t("software_version"), t("accepted_on"), t("acceptance_id"), at("created_at"), at("changed_at")];
    "acceptances" "acceptance" ID, CUSTOMER,
        [t("id"), t("number"), t("site_id"), t("customer_id"), t("accepted_on"), t("signed_by_name"), at("signed_at"), json("document"),
         t("document_sha256"), t("signature_sha256"), at("recorded_at"), at("revoked_at"), words("revoked_reason")];
    "agreements" "agreement" ID, CUSTOMER,
        [t("id"), t("number"), t("customer_id"), t("level"), t("covered_from"), t("covered_to"), int("price_minor"), t("currency"),
         int("respond_min"), int("arrive_major_min"), int("arrive_normal_min"), t("status"), t("signed_on"),
         t("terminated_from"), words("terminated_reason"), t("renews_id"), at("created_at"), at("changed_at")];
    "agreement_assets" "agreement_asset" &["agreement_id", "asset_id"], ASSET, [t("agreement_id"), t("asset_id")];
    "agreement_suspensions" "agreement_suspension" &["agreement_id", "suspended_from"],
        Owner::Through("agreement_id", "agreement", "id", "customer_id"),
        [t("agreement_id"), t("suspended_from"), t("suspended_until"), words("reason")];
    "part_warranties" "part_warranty" ID, ASSET,
        [t("id"), t("kind"), t("asset_id"), t("part"), t("serial"), t("source_number"), t("delivered_on"), at("recorded_at")];
    "price_lists" "price_list" ID, Owner::Nobody,
        [t("id"), int("version"), t("name_zh"), t("name_en"), t("valid_from"), t("valid_to"), t("currency"), words("reason"), at("made_at")];
    "price_lines" "price_line" ID, Owner::Nobody,
        [t("id"), t("price_list_id"), int("ordinal"), t("code"), t("kind"), t("description_zh"), t("description_en"), t("unit_zh"),
         t("unit_en"), int("price_minor"), int("tax_ppm"), yes("tax_included"), t("product_kind")];
    "cases" "service_case" ID, CUSTOMER,
        [t("id"), t("number"), t("kind"), t("channel"), t("severity"), words("severity_reason"), t("state"), t("phone"), t("customer_id"),
         t("site_id"), t("asset_id"), t("contact_id"), words("symptom"), t("symptom_class"), json("effects"), words("reachable_when"),
         t("unit_id"), t("second_unit_id"), t("owner_id"), t("reported_by"), int("hand_overs"), at("escalated_at"), t("next_step"),
         words("next_step_note"), at("next_due_at"), at("reported_at"), at("onsite_agreed_at"), t("resolved_how"), at("resolved_at"),
         at("closed_at"), t("merged_into"), int("reopened"), t("rework_of"), int("policy_version"), t("coverage_decision_id")];
    "calls" "call" ID, CASE,
        [t("id"), t("hotline_id"), phone("caller", "caller_masked", "caller_e164"), at("started_at"), at("ended_at"), t("agent_id"),
         t("outcome"), t("case_id"), t("unit_id"), at("call_back_due_at"), t("called_back_by"), t("direction"), t("extension"),
         at("answered_at")];
    "case_notes" "case_note" ID, CASE,
        [t("id"), t("case_id"), words("text"), yes("for_customer"), t("written_by"), at("written_at")];
    "hand_overs" "case_hand_over" ID, CASE,
        [t("id"), t("case_id"), t("from_id"), t("to_id"), words("reason"), at("offered_at"), at("answered_at"), t("answer"),
         words("answer_reason")];
    "phone_supports" "phone_support" ID, CASE,
        [t("id"), t("case_id"), t("supporter_id"), at("started_at"), at("ended_at"), t("outcome"), words("steps_tried"),
         words("fix_plan"), words("reason"), t("needed_skill"), words("expected_parts"), int("expected_minutes"), t("cause_code")];
    "onsite_agreements" "onsite_agreement" ID, CASE,
        [t("id"), t("case_id"), t("phone_support_id"), words("exception_reason"), t("contact_id"), t("company_person_id"), t("how"),
         at("agreed_at"), at("recorded_at")];
    "clocks" "clock" ID, CUSTOMER,
        [t("id"), t("subject_type"), t("subject_id"), t("thread_id"), t("customer_id"), t("promise"), at("started_at"), at("stopped_at"),
         at("due_at"), t("outcome"), yes("provisional")];
    "coverage_decisions" "coverage_decision" ID, CASE,
        [t("id"), t("case_id"), int("ordinal"), t("asset_id"), t("cause"), t("verdict"), json("facts"), json("decision"),
         int("policy_version"), t("decided_by"), at("decided_at")];
    "exclusions" "exclusion_finding" ID, CASE,
        [t("id"), t("case_id"), t("code"), t("state"), at("explained_at"), t("acknowledgement"), at("acknowledged_at"), at("proposed_at"),
         at("ruled_at"), words("ruled_reason")];
    "work_orders" "work_order" ID, CUSTOMER,
        [t("id"), t("number"), t("case_id"), t("kind"), t("state"), t("customer_id"), t("site_id"), t("asset_id"), t("unit_id"),
         at("wish_start"), at("wish_end"), t("place"), words("symptom"), t("skill"), int("duration_min"), words("cancel_reason"),
         at("created_at"), at("closed_at")];
    "visits" "visit" ID, CUSTOMER,
        [t("id"), t("number"), t("work_order_id"), t("case_id"), t("engineer_id"), at("window_start"), at("window_end"), t("state"),
         t("state_code"), words("state_note"), t("customer_id"), at("arrived_at"), at("left_at"), at("self_checked_at"),
         at("signed_at"), at("created_at")];
    "visit_stamps" "visit_stamp" ID, VISIT,
        [t("id"), t("visit_id"), t("step"), at("at"), at("device_at"), t("by_id"), real("lon"), real("lat"), real("accuracy_m"),
         t("method"), t("place_check"), int("distance_m"), int("drift_s"), words("note")];
    "findings" "finding" ID, VISIT,
        [t("id"), t("visit_id"), t("work_order_id"), t("fault_code"), t("cause_code"), words("text"), words("action"), at("at")];
    "checklist_answers" "checklist_answer" &["visit_id", "item"], VISIT,
        [t("visit_id"), t("item"), t("result"), words("note"), at("at")];
    "evidence" "evidence" ID, VISIT,
        [t("id"), t("visit_id"), t("work_order_id"), t("kind"), t("sha256"), words("note"), at("at")];
    "old_parts" "old_part" ID, VISIT,
        [t("id"), t("visit_id"), t("work_order_id"), t("name"), t("serial"), int("quantity"), t("fate"), at("at")];
    "device_checks" "device_check" ID, VISIT,
        [t("id"), t("visit_id"), t("work_order_id"), words("said"), t("asset_id"), t("method"), yes("matches"), words("reason"), at("at")];
    "visit_ratings" "visit_rating" &["visit_id"], VISIT,
        [t("visit_id"), t("case_id"), int("rating"), words("comment"), at("at")];
    "signatures" "signature" ID, ORDER,
        [t("id"), t("visit_id"), t("work_order_id"), t("kind"), t("outcome"), t("document_sha256"), t("signer_name"), words("reason"),
         t("witness"), at("at"), t("binding_sha256")];
    "charges" "charge" ID, ORDER,
        [t("id"), t("case_id"), t("work_order_id"), int("ordinal"), t("kind"), t("description_zh"), t("description_en"), t("part_serial"),
         int("quantity_milli"), t("unit_zh"), t("unit_en"), int("price_minor"), t("currency"), int("tax_ppm"), yes("tax_included"),
         t("payer"), int("net_minor"), int("tax_minor"), int("gross_minor"), int("total_minor"), int("waived_minor"),
         t("price_line_id"), t("coverage_decision_id"), words("override_reason"), at("added_at"), at("removed_at")];
    "invoices" "invoice_duty" &["work_order_id"], ORDER,
        [t("work_order_id"), t("case_id"), int("amount_minor"), t("currency"), at("opened_at"), t("invoice_number"), at("issued_at")];
    "follow_ups" "follow_up" ID, CUSTOMER,
        [t("id"), t("number"), t("case_id"), t("customer_id"), t("site_id"), t("contact_id"), t("how"), t("state"), at("due_at"),
         int("attempts"), t("caller_id"), t("result"), int("rating"), json("answers"), words("comment"), yes("concern"),
         at("created_at"), at("done_at"), t("complaint_case_id")];
    "complaints" "complaint" &["case_id"], CASE,
        [t("case_id"), t("about_case_id"), at("received_at"), at("acknowledged_at"), t("acknowledged_by"), t("finding"), words("cause"),
         words("remedy"), words("answer"), at("answered_at"), t("answered_by"), t("reaction"), words("reaction_words"), at("reacted_at"),
         int("rounds"), at("closed_at")];
    "complaint_concerns" "case_concern" &["case_id", "employee_id"], CASE,
        [t("case_id"), t("employee_id"), t("named_by"), at("named_at")];
    "customer_requests" "customer_request" ID, CASE,
        [t("id"), t("case_id"), t("kind"), words("words"), at("wish_start"), at("wish_end"), at("made_at"), t("made_by"), t("state"),
         at("answered_at"), t("answered_by"), words("answer"), t("complaint_case_id")];
    "customer_photos" "customer_photo" ID, CASE,
        [t("id"), t("case_id"), t("sha256"), at("added_at"), t("added_by")];
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_money_has_its_currency() {
        assert_eq!(ALL.iter().map(|t| t.name).collect::<BTreeSet<_>>().len(), ALL.len());
        for table in ALL {
            let names: BTreeSet<_> = table.columns.iter().map(|c| c.name).collect();
            assert_eq!(names.len(), table.columns.len(), "{}", table.name);
            let money = names.iter().any(|n| n.ends_with("_minor"));
            // A price line's currency is its list's.
            assert!(!money || names.contains("currency") || table.name == "price_lines", "{}", table.name);
            for column in table.columns {
                let time = column.name.ends_with("_at")
                    || matches!(
                        column.name,
                        "at" | "window_start" | "window_end" | "wish_start" | "wish_end"
                    );
                assert_eq!(time, column.kind == Kind::Time, "{}.{}", table.name, column.name);
            }
            assert!(table.key.iter().all(|k| names.contains(k)), "{}", table.name);
        }
    }
}
