//! A row of a list of cases as cells of a spreadsheet: the columns that are shown, words for codes, no number whole (P68).

use jiff::tz::TimeZone;
use kit::sheet::Cell;
use kit::{Lang, Ts};

use super::mask_private;
use crate::views::CaseRow;

/// Rows of one file at most.
pub const MAX_ROWS: usize = 10_000;

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

fn word(lang: Lang, key: &str) -> String {
    kit::texts::text(lang, key, &[]).unwrap_or_else(|| key.rsplit('.').next().unwrap_or_default().to_owned())
}

/// The heads of the columns; those of times say that they are local to the site.
#[must_use]
pub fn heads(columns: &[CaseColumn], lang: Lang) -> Vec<String> {
    columns.iter().map(|c| word(lang, &format!("cases.column.{c}"))).collect()
}

fn clock_time(at: Ts, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    at.timestamp().to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The cells of a row.
#[must_use]
pub fn cells(row: &CaseRow, columns: &[CaseColumn], lang: Lang) -> Vec<Cell> {
    columns.iter().map(|column| Cell::from(cell(row, *column, lang))).collect()
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
                    clock_time(due, &row.zone)
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
        CaseColumn::Due => row.next.as_ref().map(|n| clock_time(n.due_at, &row.zone)).unwrap_or_default(),
        CaseColumn::Owner => row.owner.name.clone(),
        CaseColumn::Coverage => row.coverage.as_ref().map(|c| c.text.in_lang(lang)).unwrap_or_default(),
        CaseColumn::Device => row
            .asset
            .as_ref()
            .map(|a| format!("{} {} {}", a.product.in_lang(lang), a.model, a.serial))
            .unwrap_or_default(),
        CaseColumn::Unit => row.unit.name.in_lang(lang),
        CaseColumn::Reported => clock_time(row.reported_at, &row.zone),
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

    #[test]
    fn times_are_those_of_the_site() {
        let at: Ts = "2026-10-09T16:40:00+08:00".parse().unwrap();
        assert_eq!(clock_time(at, "Asia/Shanghai"), "2026-10-09 16:40");
        assert_eq!(clock_time(at, "no such zone"), "2026-10-09 08:40");
    }
}
