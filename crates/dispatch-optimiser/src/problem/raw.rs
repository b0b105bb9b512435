//! The shape of an fsp-1 file, before its numbers and names are looked at.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct RawProblem {
    pub(super) format: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) now: i64,
    #[serde(default)]
    pub(super) locations: Vec<[f64; 2]>,
    pub(super) travel: RawTravel,
    #[serde(default)]
    pub(super) objective: RawObjective,
    pub(super) engineers: Vec<RawEngineer>,
    pub(super) jobs: Vec<RawJob>,
    #[serde(default)]
    pub(super) stores: Vec<RawStore>,
    #[serde(default)]
    pub(super) initial: Vec<RawRoute>,
}

#[derive(Deserialize)]
pub(super) struct RawTravel {
    pub(super) kind: String,
    pub(super) detour: Option<f64>,
    pub(super) metres_per_second: Option<f64>,
    pub(super) seconds: Option<Vec<Vec<i64>>>,
}

#[derive(Default, Deserialize)]
pub(super) struct RawObjective {
    pub(super) travel_weight: Option<i64>,
    pub(super) mandatory_cost: Option<i64>,
    pub(super) change: Option<RawChange>,
}

#[derive(Deserialize)]
pub(super) struct RawChange {
    pub(super) cost: i64,
    pub(super) near_cost: i64,
    pub(super) horizon: i64,
}

#[derive(Deserialize)]
pub(super) struct RawEngineer {
    pub(super) id: String,
    pub(super) person: Option<String>,
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) shift: [i64; 2],
    pub(super) overtime: Option<RawOvertime>,
    #[serde(default)]
    pub(super) skills: Vec<String>,
    #[serde(default)]
    pub(super) territories: Vec<String>,
    pub(super) stock: Option<BTreeMap<String, i64>>,
    #[serde(default)]
    pub(super) breaks: Vec<RawBreak>,
}

#[derive(Deserialize)]
pub(super) struct RawOvertime {
    pub(super) until: i64,
    pub(super) weight: i64,
}

#[derive(Deserialize)]
pub(super) struct RawBreak {
    pub(super) window: [i64; 2],
    pub(super) duration: i64,
}

#[derive(Deserialize)]
pub(super) struct RawJob {
    pub(super) id: String,
    pub(super) location: i64,
    pub(super) duration: i64,
    #[serde(default)]
    pub(super) skills: Vec<String>,
    pub(super) territory: Option<String>,
    #[serde(default)]
    pub(super) windows: Option<Vec<[i64; 2]>>,
    pub(super) promised: Option<[i64; 2]>,
    pub(super) release: Option<i64>,
    pub(super) due: Option<i64>,
    #[serde(default)]
    pub(super) late_weight: i64,
    pub(super) unserved_cost: i64,
    #[serde(default)]
    pub(super) priority: Option<String>,
    #[serde(default)]
    pub(super) parts: BTreeMap<String, i64>,
    pub(super) pinned: Option<RawPin>,
    pub(super) preferred: Option<RawPreferred>,
    pub(super) published: Option<RawPublished>,
    pub(super) crew: Option<String>,
    #[serde(default)]
    pub(super) after: Vec<RawAfter>,
}

#[derive(Deserialize)]
pub(super) struct RawPin {
    pub(super) engineer: String,
    pub(super) start: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct RawPreferred {
    pub(super) people: Vec<String>,
    pub(super) cost: i64,
}

#[derive(Deserialize)]
pub(super) struct RawPublished {
    pub(super) engineer: String,
    pub(super) start: i64,
}

#[derive(Deserialize)]
pub(super) struct RawAfter {
    pub(super) job: String,
    #[serde(default)]
    pub(super) gap: i64,
}

#[derive(Deserialize)]
pub(super) struct RawStore {
    pub(super) id: String,
    pub(super) location: i64,
    #[serde(default)]
    pub(super) duration: i64,
    pub(super) window: Option<[i64; 2]>,
    pub(super) stock: BTreeMap<String, i64>,
}

#[derive(Deserialize)]
pub(super) struct RawRoute {
    pub(super) engineer: String,
    pub(super) items: Vec<String>,
}
