//! Rows of the lists of follow-ups and complaints as cells of a spreadsheet.

use identity::lists::{ListColumn, local_time, word};
use kit::Lang;

use crate::complaints::ComplaintRow;
use crate::model::FollowUpRow;

kit::names! {
    /// A column of a list of follow-ups.
    FollowUpColumn {
        /// Its number.
        Number = "number",
        /// By when it is due.
        Due = "due",
        /// How far it has come, with its result and score.
        State = "state",
        /// Who is called.
        Customer = "customer",
        /// What had happened.
        Symptom = "symptom",
        /// Who did the work.
        Served = "served",
        /// Attempts so far.
        Attempts = "attempts",
        /// When to call next, or when it was done.
        Next = "next",
        /// Who calls or called.
        Caller = "caller",
        /// The case's number.
        Case = "case",
    }
}

impl ListColumn<FollowUpRow> for FollowUpColumn {
    const COLUMNS: &'static [Self] = Self::ALL;

    fn head(self, lang: Lang) -> String {
        let key = if self == Self::Served { "served_by" } else { self.name() };
        word(lang, &format!("care.{key}"))
    }

    fn cell(self, row: &FollowUpRow, lang: Lang) -> String {
        let zone = &row.zone;
        match self {
            Self::Number => row.number.clone(),
            Self::Due => local_time(row.due_at, zone),
            Self::State => {
                let state = match row.result {
                    Some(result) => word(lang, &format!("care.result.{result}")),
                    None => word(lang, &format!("care.state.{}", row.state)),
                };
                row.rating.map_or(state.clone(), |rating| format!("{state} {rating}/5"))
            }
            Self::Customer => row.customer_name.clone(),
            Self::Symptom => cases::masked(row.symptom.clone()),
            Self::Served => row.served_by_name.clone().unwrap_or_default(),
            Self::Attempts => row.attempts.to_string(),
            Self::Next => local_time(row.done_at.unwrap_or(row.next_at), zone),
            Self::Caller => row.caller_name.clone().unwrap_or_default(),
            Self::Case => row.case_number.clone(),
        }
    }
}

kit::names! {
    /// A column of a list of complaints.
    ComplaintColumn {
        /// Its number.
        Number = "number",
        /// By when it is answered.
        Due = "due",
        /// How far it has come, with what was found.
        State = "state",
        /// What the customer says.
        Words = "words",
        /// Where.
        Site = "site",
        /// Who answers it.
        Owner = "owner",
        /// When it came.
        Received = "received",
        /// The number of the case it is about.
        About = "about",
    }
}

impl ListColumn<ComplaintRow> for ComplaintColumn {
    const COLUMNS: &'static [Self] = Self::ALL;

    fn head(self, lang: Lang) -> String {
        match self {
            Self::Site => word(lang, "care.customer"),
            column => word(lang, &format!("care.complaint.{column}")),
        }
    }

    fn cell(self, row: &ComplaintRow, lang: Lang) -> String {
        let zone = &row.zone;
        match self {
            Self::Number => row.number.clone(),
            Self::Due => row.due_at.map(|at| local_time(at, zone)).unwrap_or_default(),
            Self::State => {
                let state = word(lang, &format!("care.complaint.state.{}", row.state));
                match row.finding {
                    Some(finding) => {
                        format!("{state} {}", word(lang, &format!("care.complaint.finding.{finding}")))
                    }
                    None => state,
                }
            }
            Self::Words => cases::masked(row.words.clone()),
            Self::Site => format!("{} {}", row.customer_name, row.site_name),
            Self::Owner => row.owner.name.clone(),
            Self::Received => local_time(row.received_at, zone),
            Self::About => row.about_number.clone().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_head_in_both_languages() {
        for lang in Lang::ALL {
            for column in FollowUpColumn::ALL {
                assert_ne!(column.head(lang), column.name(), "{lang:?}");
            }
            for column in ComplaintColumn::ALL {
                assert_ne!(column.head(lang), column.name(), "{lang:?}");
            }
        }
    }
}
