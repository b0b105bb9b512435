//! A row of a list of work orders as cells of a spreadsheet.

use identity::lists::{ListColumn, local_time, word};
use kit::Lang;
use policy::Promise;

use crate::views::WorkOrderRow;

kit::names! {
    /// A column of a list of work orders.
    OrderColumn {
        /// Its number.
        Number = "number",
        /// By when somebody is there.
        Clock = "clock",
        /// How much the fault hinders.
        Severity = "severity",
        /// Its state.
        State = "state",
        /// Who goes, or went last.
        Engineer = "engineer",
        /// When.
        Window = "window",
        /// Where.
        Site = "site",
        /// The skill it needs.
        Skill = "skill",
        /// Minutes it should take.
        Duration = "duration",
        /// Who pays, in short.
        Coverage = "coverage",
    }
}

impl ListColumn<WorkOrderRow> for OrderColumn {
    const COLUMNS: &'static [Self] = Self::ALL;

    fn head(self, lang: Lang) -> String {
        let key = match self {
            Self::Clock => "due",
            Self::Duration => "duration_short",
            column => column.name(),
        };
        word(lang, &format!("workorders.{key}"))
    }

    fn cell(self, row: &WorkOrderRow, lang: Lang) -> String {
        let zone = &row.site.zone;
        match self {
            Self::Number => row.number.clone(),
            Self::Clock => row
                .clocks
                .iter()
                .filter(|c| c.promise == Promise::Arrive && c.stopped_at.is_none())
                .find_map(|c| c.due_at)
                .map(|due| local_time(due, zone))
                .unwrap_or_default(),
            Self::Severity => word(lang, &format!("status.severity.{}", row.severity.name())),
            Self::State => word(lang, &format!("status.work_order.{}", row.state)),
            Self::Engineer => row
                .visit
                .as_ref()
                .map(|v| v.engineer.name.clone())
                .or_else(|| row.done_by.as_ref().map(|e| e.name.clone()))
                .unwrap_or_default(),
            Self::Window => {
                let window = row.visit.as_ref().map_or(row.wish, |v| v.window);
                format!("{} – {}", local_time(window.start, zone), local_time(window.end, zone))
            }
            Self::Site => row.site.name.clone(),
            Self::Skill => row
                .skill
                .as_ref()
                .map(|code| word(lang, &format!("organisation.skill.{code}")))
                .unwrap_or_default(),
            Self::Duration => row.duration_min.to_string(),
            Self::Coverage => row.coverage.as_ref().map(|c| c.text.in_lang(lang)).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_head_in_both_languages() {
        for lang in Lang::ALL {
            for column in OrderColumn::ALL {
                assert_ne!(column.head(lang), column.name(), "{lang:?}");
            }
        }
    }
}
