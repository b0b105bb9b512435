//! What assets refuses.

kit::errors! {
    /// Why a use of products, assets or acceptances didn't happen.
    pub enum AssetsError {
        /// There is no such product.
        ProductUnknown => 404 "product_unknown",
        /// There is no such asset, or it is out of reach.
        AssetUnknown => 404 "asset_unknown",
        /// There is no such acceptance, or it is out of reach.
        AcceptanceUnknown => 404 "acceptance_unknown",
        /// A product named in the input isn't there, or is no longer sold.
        ProductNotFound => 422 "product_not_found" at "/product_id",
        /// A site named in the input isn't there.
        SiteNotFound => 422 "asset_site_not_found" at "/site_id",
        /// A product needs a model, 1 to 100 characters.
        ModelInvalid => 422 "product_model_invalid" at "/model",
        /// A product needs a Chinese name, 1 to 200 characters.
        ProductNameInvalid => 422 "product_name_invalid" at "/name",
        /// A skill code is lower-case letters, digits and underscores.
        KindInvalid => 422 "product_kind_invalid" at "/kind",
        /// A code is lower-case letters, digits and underscores, at most 40.
        FaultCodeInvalid => 422 "fault_code_invalid" at "/code",
        /// A code needs a Chinese name, 1 to 60 characters.
        FaultCodeNameInvalid => 422 "fault_code_name_invalid" at "/name",
        /// A skill code is lower-case letters, digits and underscores.
        FaultCodeProductKindInvalid => 422 "fault_code_product_kind_invalid" at "/product_kind",
        /// The code is in the catalogue already.
        FaultCodeExists { code: String } => 409 "fault_code_exists" at "/code",
        /// There is no such code.
        FaultCodeUnknown => 404 "fault_code_unknown",
        /// The model is in the catalogue already.
        ModelExists { model: String } => 409 "product_exists",
        /// A serial has letters or digits, at most 64 characters.
        SerialInvalid => 422 "asset_serial_invalid" at "/serial",
        /// The product has an asset with this serial already.
        SerialExists { serial: String } => 409 "asset_serial_exists",
        /// A software version has at most 64 characters.
        SoftwareVersionInvalid => 422 "asset_software_version_invalid" at "/software_version",
        /// The parent system isn't there or stands elsewhere.
        ParentElsewhere => 422 "asset_parent_elsewhere" at "/parent_asset_id",
        /// The parent is the asset itself or part of it.
        ParentCycle => 422 "asset_parent_cycle" at "/parent_asset_id",
        /// Systems are nested too deeply.
        ParentTooDeep { max: usize } => 422 "asset_parent_too_deep" at "/parent_asset_id",
        /// An asset with parts can't leave them behind.
        PartsLeftBehind { parts: i64 } => 409 "asset_parts_left_behind",
        /// An acceptance covers one to 200 assets, each named once.
        AcceptanceAssetsInvalid { max: usize } => 422 "acceptance_assets_invalid" at "/asset_ids",
        /// An asset of the acceptance isn't at the site.
        AcceptanceAssetElsewhere { serials: String } => 422 "acceptance_asset_elsewhere" at "/asset_ids",
        /// Acceptance lies in the future.
        AcceptedInFuture { today: String } => 422 "accepted_in_future" at "/accepted_on",
        /// The signer has no name.
        SignerMissing => 422 "acceptance_signer_missing" at "/signed_by_name",
        /// There must be strokes or a stored file, and not both.
        SignatureMissing => 422 "acceptance_signature_missing" at "/signature",
        /// Strokes without a line in them, or too many.
        SignatureInvalid { max: usize } => 422 "acceptance_signature_invalid" at "/signature/strokes",
        /// The signature's file hasn't arrived.
        SignatureFileMissing => 409 "acceptance_signature_file_missing" at "/signature/file_sha256",
        /// An asset was accepted before.
        AlreadyAccepted { serials: String } => 409 "asset_already_accepted",
        /// The acceptance was revoked before.
        AlreadyRevoked => 409 "acceptance_already_revoked",
        /// A revocation needs a reason of at least four characters.
        RevokeReasonMissing => 422 "acceptance_revoke_reason_missing" at "/reason",
    }
}
