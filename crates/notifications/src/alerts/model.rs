//! Alerts: to whom, as what, and why them.

use kit::{Both, Ts};
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::Facts;

kit::id_type!(
    /// Id of an alert.
    AlertId
);

kit::names! {
    /// How far an alert has come.
    Stage {
        /// Who is called first was told.
        Primary = "primary",
        /// The backup was told too.
        Backup = "backup",
        /// The unit's manager was told.
        Manager = "manager",
        /// There is nobody left to be told: it stands on the screens of the unit.
        Nobody = "nobody",
    }
}

kit::names! {
    /// Why somebody is told.
    #[schema(as = AlertWhy)]
    Why {
        /// The rota names them.
        OnDuty = "on_duty",
        /// The rota names a backup only.
        NoPrimary = "no_primary",
        /// Whoever was told before has not acknowledged it in time.
        Unanswered = "unanswered",
        /// The unit has a rota, and it names nobody for now.
        NobodyOnDuty = "nobody_on_duty",
        /// Neither the unit nor any above it has a rota.
        NoRota = "no_rota",
    }
}

/// Who was told, as what, and why them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Told {
    /// Employee, or an account without one.
    pub person_id: String,
    /// Their name.
    pub name: String,
    /// As what.
    pub stage: Stage,
    /// Why them.
    pub why: Why,
    /// When.
    pub told_at: Ts,
}

/// An alert as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Alert {
    /// Its id.
    pub id: AlertId,
    /// The kind of the event that raised it, or raised it again.
    pub kind: String,
    /// What it is about.
    pub subject_type: String,
    /// Which.
    pub subject_id: String,
    /// The case.
    pub case_id: Option<String>,
    /// Whose it is.
    pub customer_id: Option<String>,
    /// Whose rota is asked.
    pub unit_id: String,
    /// What it says.
    pub facts: Facts,
    /// Since when.
    pub raised_at: Ts,
    /// How far it has come.
    pub stage: Stage,
    /// Why those were told.
    pub why: Why,
    /// When the next is told.
    pub next_at: Option<Ts>,
    /// Version for the guard of an update.
    pub version: i64,
}

/// An open alert as the screen shows it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AlertView {
    /// Its id.
    pub id: AlertId,
    /// What happened: the kind of the event.
    pub kind: String,
    /// The case.
    pub case_id: Option<String>,
    /// Its number.
    pub case_number: Option<String>,
    /// The site's name.
    pub site: Option<String>,
    /// The zone in which its times are shown.
    pub zone: Option<String>,
    /// Which promise a clock measures.
    pub promise: Option<String>,
    /// When that is due.
    pub due_at: Option<Ts>,
    /// How much of the time is used, in percent.
    pub percent: Option<i64>,
    /// When an engineer who is late will be there, if that is known.
    pub expected_at: Option<Ts>,
    /// Whose rota is asked.
    pub unit: Both,
    /// Since when.
    pub raised_at: Ts,
    /// How far it has come.
    pub stage: Stage,
    /// Why those were told who were told last.
    pub why: Why,
    /// When the next is told, unless somebody acknowledges it; none if there is nobody left.
    pub next_at: Option<Ts>,
    /// Who was told, in order.
    pub told: Vec<Told>,
}

/// The open alerts of a person.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Alerts {
    /// Oldest first.
    pub items: Vec<AlertView>,
    /// The server's present instant.
    pub now: Ts,
}
