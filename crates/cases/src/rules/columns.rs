//! A row of a list of cases as cells of a spreadsheet: the columns that are shown, words for codes, no number whole (P68).

use identity::lists::{ListColumn, local_time, word};
use kit::Lang;

use super::mask_private;
use crate::views::CaseRow;

kit::names! {
    /// A column of a list of cases.
    CaseColumn {
        /// Its number.
        Number = "number",
        /// Which promise is due first, and when.
        Clock = "clock",
        /// How much the fault hinders.
        Severity = "severity",
        /// Its state.
        State = "state",
        /// Whose it is.
        Customer = "customer",
        /// Where.
        Site = "site",
        /// What happens.
        Symptom = "symptom",
        /// What is to be done next.
        Next = "next",
        /// By when that is to be done.
        Due = "due",
        /// Whose job it is.
        Owner = "owner",
        /// Who pays, in short.
        Coverage = "coverage",
        /// Which device.
        Device = "device",
        /// The owning unit.
        Unit = "unit",
        /// When it was reported.
        Reported = "reported",
    }
}

impl ListColumn<CaseRow> for CaseColumn {
    const COLUMNS: &'static [Self] = Self::ALL;

    fn head(self, lang: Lang) -> String {
        word(lang, &format!("cases.column.{self}"))
    }

    fn cell(self, row: &CaseRow, lang: Lang) -> String {
        cell(row, self, lang)
    }
}

fn cell(row: &CaseRow, column: CaseColumn, lang: Lang) -> String {
    match column {
        CaseColumn::Number => row.number.clone(),
        CaseColumn::Clock => row
            .clocks
            .iter()
            .filter(|c| c.stopped_at.is_none())
            .filter_map(|c| c.due_at.map(|due| (due, c.promise)))
            .min_by_key(|(due, _)| *due)
            .map(|(due, promise)| {
                format!(
                    "{} {}",
                    word(lang, &format!("status.clock.kind.{promise}")),
                    local_time(due, &row.zone)
                )
            })
            .unwrap_or_default(),
        CaseColumn::Severity => word(lang, &format!("status.severity.{}", row.severity.name())),
        CaseColumn::State => word(lang, &format!("status.case.{}", row.state)),
        CaseColumn::Customer => row.customer_name.clone(),
        CaseColumn::Site => row.site_name.clone(),
        // Words of others may hold a private number: imported ones were never looked at.
        CaseColumn::Symptom => mask_private(&row.symptom).map_or_else(|| row.symptom.clone(), |m| m.text),
        CaseColumn::Next => {
            row.next.as_ref().map(|n| word(lang, &format!("cases.next.{}", n.step))).unwrap_or_default()
        }
        CaseColumn::Due => row.next.as_ref().map(|n| local_time(n.due_at, &row.zone)).unwrap_or_default(),
        CaseColumn::Owner => row.owner.name.clone(),
        CaseColumn::Coverage => row.coverage.as_ref().map(|c| c.text.in_lang(lang)).unwrap_or_default(),
        CaseColumn::Device => row
            .asset
            .as_ref()
            .map(|a| format!("{} {} {}", a.product.in_lang(lang), a.model, a.serial))
            .unwrap_or_default(),
        CaseColumn::Unit => row.unit.name.in_lang(lang),
        CaseColumn::Reported => local_time(row.reported_at, &row.zone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_head_in_both_languages() {
        for lang in Lang::ALL {
            for column in CaseColumn::ALL {
                let key = format!("cases.column.{column}");
                assert!(kit::texts::text(lang, &key, &[]).is_some(), "{key} {lang:?}");
            }
        }
    }
}
