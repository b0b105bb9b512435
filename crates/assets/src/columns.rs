//! A row of a list of devices as cells of a spreadsheet.

use identity::lists::{ListColumn, word};
use kit::Lang;

use crate::model::AssetView;

kit::names! {
    /// A column of a list of devices.
    AssetColumn {
        /// Its serial.
        Serial = "serial",
        /// What it is.
        Product = "product",
        /// Where it stands.
        Site = "site",
        /// Whose it is.
        Customer = "customer",
        /// The day of its signed acceptance.
        Accepted = "accepted",
    }
}

impl ListColumn<AssetView> for AssetColumn {
    const COLUMNS: &'static [Self] = Self::ALL;

    fn head(self, lang: Lang) -> String {
        let key = if self == Self::Accepted { "accepted_on" } else { self.name() };
        word(lang, &format!("assets.{key}"))
    }

    fn cell(self, row: &AssetView, lang: Lang) -> String {
        match self {
            Self::Serial => row.serial.clone(),
            Self::Product => {
                let product = &row.product;
                format!("{} {} {}", product.name.in_lang(lang), product.model, product.model_version)
                    .trim()
                    .to_owned()
            }
            Self::Site => row.site_name.clone(),
            Self::Customer => row.customer_name.clone(),
            Self::Accepted => row.accepted_on.map(|day| day.to_string()).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_head_in_both_languages() {
        for lang in Lang::ALL {
            for column in AssetColumn::ALL {
                assert_ne!(column.head(lang), column.name(), "{lang:?}");
            }
        }
    }
}
