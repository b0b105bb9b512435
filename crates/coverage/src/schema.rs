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
    /// Covered, chargeable, or not known yet.
    Verdict { "covered" "chargeable" "undecided" }
    /// A source of cover.
    Layer { "rework" "acceptance_year" "agreement" "repaired_part" "sold_part" }
    /// A column of the payer matrix.
    CoverageKind {
        "rework" "acceptance_year" "agreement" "repaired_part" "sold_part" "out_of_period" "excluded" "part_sale"
        "training" "patch" "upgrade"
    }
    /// What a line charges for.
    ChargeKind { "labour" "parts" "travel" "postage" "packing" "training" "patch" "upgrade" }
    /// Who pays.
    Payer { "customer" "company" }
    /// What becomes of a charge.
    ChargeOutcome { "covered" "chargeable" "refused" "not_included" "undecided" }
    /// The exclusions P31-P35.
    ExclusionCode { "abnormal_operation" "self_dismantled" "non_designated" "mixed_system" "out_of_period" }
    /// The clauses of the promise.
    ClauseKey {
        "acceptance_year" "agreement" "abnormal_operation" "self_dismantled" "non_designated" "mixed_system"
        "out_of_period" "repaired_part" "part_sale" "sold_part" "customer_pays" "training_free" "patch_included"
        "patch_unlicensed" "upgrade_quoted" "rework"
    }
    /// How a layer stood at the report.
    LayerState {
        "in_force" "unknown" "ended" "not_started" "not_signed" "other_asset" "suspended" "terminated" "other_part"
        "other_fault" "rework_excluded"
    }
    /// What a reason says.
    ReasonCode {
        "in_force" "ended" "not_started" "agreement_not_in_force" "rework_excluded" "end_extended" "end_provisional"
        "parts_only" "out_of_period" "exclusion_decided" "exclusion_proposed" "exclusion_overruled" "level_excludes"
        "customer_pays" "not_known" "part_sale" "training_free" "patch_included" "patch_unlicensed" "upgrade_quoted"
    }
    /// A fact that is missing.
    MissingFact {
        "acceptance_certificate" "acceptance_date" "acceptance_signature" "before_acceptance" "agreement_level"
        "usable_dates" "affected_part" "same_fault" "site_licence" "policy_payer"
    }
    /// Who or what proposed an exclusion.
    ProposalSource { "finding" "foreign_components" "outside_work" }
    /// What a proposed exclusion still needs.
    ProposalNeed { "decision" "decider" "reason" "photo" "text" "explanation" "acknowledgement" }
    /// A kind of evidence.
    EvidenceKind { "photo" "text" }
    /// Whether a site holds a licence.
    SiteLicence { "unknown" "licensed" "unlicensed" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names<T: serde::Serialize>(all: &[T]) -> Vec<String> {
        all.iter().map(|one| serde_json::to_value(one).unwrap().as_str().unwrap().to_owned()).collect()
    }

    // A name that the engine gains must be gained here, and the compiler says nothing about it.
    #[test]
    fn the_lists_are_the_engines_own() {
        use coverage_rules as engine;
        assert_eq!(names(&engine::Layer::ALL), Layer::NAMES);
        assert_eq!(names(&engine::CoverageKind::ALL), CoverageKind::NAMES);
        assert_eq!(names(&engine::ChargeKind::ALL), ChargeKind::NAMES);
        assert_eq!(names(&engine::ExclusionCode::ALL), ExclusionCode::NAMES);
        assert_eq!(names(&engine::ClauseKey::ALL), ClauseKey::NAMES);
        for name in ReasonCode::NAMES {
            serde_json::from_value::<engine::ReasonCode>((*name).into()).unwrap();
        }
        for name in LayerState::NAMES {
            serde_json::from_value::<engine::LayerState>((*name).into()).unwrap();
        }
        for name in MissingFact::NAMES {
            serde_json::from_value::<engine::MissingFact>((*name).into()).unwrap();
        }
        for name in ProposalNeed::NAMES {
            serde_json::from_value::<engine::ProposalNeed>((*name).into()).unwrap();
        }
        for name in Verdict::NAMES {
            serde_json::from_value::<engine::Verdict>((*name).into()).unwrap();
        }
    }
}
