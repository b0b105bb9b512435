//! What the press refuses.

kit::errors! {
    /// Why a paper can't be printed.
    pub enum DocumentError {
        /// Too many papers are being drawn.
        Busy => 503 "paper_busy",
        /// Drawing it took too long.
        TooSlow { seconds: u64 } => 503 "paper_too_slow",
        /// The built-in template can't draw it: a fault of ours, with the place for the log.
        Unprintable { fault: String } => 500 "paper_unprintable",
        /// The company's own template can't be drawn. What is wrong is told in English, as the typesetter says it.
        TemplateBroken { file: String, fault: String } => 409 "template_broken",
        /// Labels of nothing, or of too many.
        LabelsCount { max: usize } => 422 "labels_count" at "/asset_ids",
    }
}
